package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxSecret    = 128    // bytes of a password in a text
	minSecret    = 3      // characters of one
	firstOther   = 0x2E80 // from here on letters are not Latin, Greek or Cyrillic: in a value they are prose
	minToken     = 16     // characters of the value of a key that is not called a password
	maxKeySuffix = 24     // bytes of a key's name after the word
	maxBetween   = 40     // bytes of blanks and marks between a key and its value
)

// secretWords name a secret, in the languages of the files we read; what is called a password may be any word, the
// others must look like something that a machine made.
var (
	passwordWords = [...]string{"password", "passwd", "passwort", "passphrase", "pwd", "pass", "contraseña", "wachtwoord", "mot de passe", "parola chiave"}
	tokenWords    = [...]string{"secret", "token", "api_key", "apikey", "api-key", "api key", "access_key", "accesskey", "secretkey", "private_key", "chiave api"}
)

// defaultPasswords are the ones that everybody tries first.
var defaultPasswords = words(`admin administrator amministratore root toor changeme changeit change_me change-me cambiami cambiala cambialo postgres mysql oracle tomcat
	guest demo manager letmein welcome qwerty sa tiger manage jenkins grafana minio wordpress drupal joomla keycloak rabbitmq elastic sysadmin
	geoserver ckan superuser p@ssw0rd passw0rd default test1234`)

// placeholderWords, as a part of a value, say that it stands for another one.
var placeholderWords = words(`password passwort passwd pwd pass passphrase secret token key your yours my tua tuo vostra user utente username example esempio sample
	placeholder replace insert inserisci inserire here qui xxx xxxx xxxxx xxxxxx dummy fake mock foo bar baz hash hashed stub value valore todo secure sicura sicheres
	enter generate generated genera generata random string stringa env variable strong some any redacted omissis hidden wrong the la il una un same new nuova old vecchia
	that this that's test type field campo null nil none true false undefined required optional obbligatoria obbligatorio facoltativa opzionale
	sua senha tu contraseña clave ton votre motdepasse dein ihr jouw wachtwoord cognome
	encrypted criptata cifrata crypted bcrypt sha md5 base64 yes no`)

// findPasswords gives the places of values that a text calls a password or a key, and of pairs like admin/admin.
func findPasswords(text string, found func(from, to int, kind Kind) bool) {
	for i := 0; i < len(text); {
		if !alnum(text[i]) && text[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !strings.ContainsRune("pswctamrgde", rune(text[i]|0x20)) || i > 0 && letterBefore(text, i) && !edgeOfWord(text, i) {
			i++
			continue
		}
		if from, to := defaultPair(text, i); to > 0 {
			if !found(from, to, leakDefault) {
				return
			}
			i = to
			continue
		}
		word, password := secretWord(text, i)
		if word == 0 {
			i++
			continue
		}
		from, to, next := secretValue(text, i, i+word, password)
		i += word
		if to > 0 && !found(from, to, kindOfPassword(text[from:to])) {
			return
		}
		i = max(i, next)
	}
}

// edgeOfWord says that a word of a name in camel case begins at i ("dbPassword").
func edgeOfWord(text string, i int) bool {
	return text[i] >= 'A' && text[i] <= 'Z' && text[i-1] >= 'a' && text[i-1] <= 'z'
}

// secretWord gives the length of the word for a secret that stands at i, or 0.
func secretWord(text string, i int) (n int, password bool) {
	for _, w := range passwordWords {
		if len(text)-i >= len(w) && strings.EqualFold(text[i:i+len(w)], w) {
			return len(w), true
		}
	}
	for _, w := range tokenWords {
		if len(text)-i >= len(w) && strings.EqualFold(text[i:i+len(w)], w) {
			return len(w), false
		}
	}
	return 0, false
}

// secretValue finds the value of the key in whose name the word for a secret stands from name to i; a suffix may follow. next
// is how far the text was read.
func secretValue(text string, name, i int, password bool) (from, to, next int) {
	start := i
	for i < len(text) && i-start < maxKeySuffix && (alnum(text[i]) || text[i] == '_' || text[i] == '-') {
		i++
	}
	switch strings.ToLower(strings.Trim(text[start:i], "_-0123456789")) {
	case "", "key", "keybase", "key_base", "value", "code", "admin", "root", "user", "db":
	default:
		return 0, 0, i // password_hash, passwords, tokenizer
	}
	i = skipQualifier(text, i)
	j := skipMarks(text, i)
	n, strict := assignment(text[j:])
	fallback := n == 0 && j > i && strings.HasPrefix(text[j:], ", ") // get("DB_PASSWORD", "changeme")
	if fallback {
		n = 1
	}
	if n == 0 {
		return spokenValue(text, name, i)
	}
	prose := strict && text[j] != '='
	shouting := text[start-1] >= 'A' && text[start-1] <= 'Z' && name > 0 && text[name-1] == '_' // POSTGRES_PASSWORD
	j += n
	value, quote := skipOpening(text, j)
	end := valueEnd(text, value, quote)
	if end <= value || end-value > maxSecret {
		return 0, 0, i
	}
	if end-value > 2 && text[value] == '*' && text[end-1] == '*' {
		value, end = value+1, end-1
	}
	v := text[value:end]
	if fallback && (quote == 0 || !wellKnown(v)) {
		return 0, 0, i
	}
	if utf8.RuneCountInString(v) < minSecret && !defaultPasswords[strings.ToLower(v)] || isPlaceholder(v) || strings.EqualFold(v, text[start-min(start, len(v)):start]) {
		return 0, 0, end
	}
	switch {
	case !password && !madeByMachine(v):
		return 0, 0, end
	case quote == 0 && prose && !shouting && !secretLike(v) && !defaultPasswords[strings.ToLower(v)]:
		return 0, 0, end
	case quote == 0 && !lastOfItsKind(text[end:]) && !secretLike(v):
		return 0, 0, end // "password: admin of the system"
	case quote == 0 && isReference(v):
		return 0, 0, end
	}
	return value, end, end
}

// skipQualifier goes over the words that say which password is meant.
func skipQualifier(text string, i int) int {
	for _, q := range [...]string{" di default", " predefinita", " iniziale", " provvisoria", " di accesso", " by default"} {
		if strings.HasPrefix(text[i:], q) {
			return i + len(q)
		}
	}
	return i
}

// spokenValue finds the value that follows the word without any sign, as in «con password "gabbiano7"»: it must look like
// one, or what comes before must say that one follows.
func spokenValue(text string, name, i int) (from, to, next int) {
	if i >= len(text) || text[i] != ' ' {
		return 0, 0, i
	}
	value, quote := skipOpening(text, i)
	end := valueEnd(text, value, quote)
	if end <= value || end-value > maxSecret {
		return 0, 0, i
	}
	v := text[value:end]
	before := strings.ToLower(strings.TrimRight(text[max(0, name-nearBytes):name], " "))
	said := strings.HasSuffix(before, " con") || strings.HasSuffix(before, " with") || strings.HasSuffix(before, " /")
	switch {
	case isPlaceholder(v) || isReference(v):
	case quote != 0 && (secretLike(v) && said || wellKnown(v)), said && wellKnown(v) && secretLike(v), said && quote != 0 && utf8.RuneCountInString(v) > minSecret:
		return value, end, end
	}
	return 0, 0, i
}

// skipMarks goes over what closes a name: quotes, marks of Markdown, brackets, one line's blanks.
func skipMarks(text string, i int) int {
	for n := 0; i < len(text) && n < maxBetween && strings.IndexByte(" \t\"'`*_\\])", text[i]) >= 0; n++ {
		i++
	}
	return i
}

// assignment gives the length of the sign or word that gives a value to a name; strict where prose may follow.
func assignment(s string) (n int, strict bool) {
	for _, sign := range [...]string{"=>", ":=", "=", ":", "è ", "e' ", "is "} {
		if strings.HasPrefix(s, sign) {
			if sign == "=" && strings.HasPrefix(s, "==") || sign == ":" && strings.HasPrefix(s, "::") {
				return 0, false
			}
			return len(sign), sign == ":" || sign[len(sign)-1] == ' '
		}
	}
	return 0, false
}

// skipOpening goes over blanks and what opens a value. quote is the sign that must close it, 0 when there is none.
func skipOpening(text string, i int) (start int, quote byte) {
	for n := 0; i < len(text) && n < maxBetween; n++ {
		switch c := text[i]; c {
		case ' ', '\t', ':':
		case '*', '_':
			if quote == 0 {
				quote = c
			}
		case '"', '\'', '`':
			return i + 1, c
		default:
			return i, quote
		}
		i++
	}
	return i, quote
}

// valueEnd finds the end of a value; one in quotes has no blanks either.
func valueEnd(text string, i int, quote byte) int {
	end := i
	for end < len(text) && end-i <= maxSecret {
		c := text[end]
		if c <= ' ' || c == 0x7f || quote != 0 && c == quote {
			break
		}
		if quote == 0 && strings.IndexByte("\"'`,;|<>)]}&", c) >= 0 {
			break
		}
		end++
	}
	switch {
	case quote != 0 && quote != '_' && (end >= len(text) || text[end] != quote):
		return i
	case quote == 0:
		for end > i && strings.IndexByte(".:!?*\\", text[end-1]) >= 0 && !secretLike(text[i:end]) {
			end--
		}
	}
	return end
}

// lastOfItsKind says that what follows a value does not go on with the sentence.
func lastOfItsKind(after string) bool {
	after = strings.TrimLeft(after, " \t")
	if after == "" || strings.IndexByte("\r\n\"'`,;|<>)]}&#\\/-*.", after[0]) >= 0 {
		return true
	}
	word, _, _ := strings.Cut(after[:min(len(after), maxSecret)], " ")
	return strings.Contains(word, "=") // the next setting of the same line
}

// isReference says that a value without quotes names where the real one is: a variable, a field, a call.
func isReference(v string) bool {
	if strings.ContainsAny(v, "([$%") || strings.HasSuffix(v, ":") {
		return true
	}
	if strings.Contains(v, "_") && v == strings.ToUpper(v) {
		return true
	}
	a, b, dotted := strings.Cut(v, ".")
	return dotted && a != "" && b != "" && !strings.ContainsAny(v, "0123456789!@#?+=/")
}

// isPlaceholder says that a value stands for another one that is not told.
func isPlaceholder(v string) bool {
	low := strings.ToLower(v)
	if strings.ContainsAny(v, "<>{}…") || strings.Contains(v, "...") || strings.HasPrefix(v, "$") || strings.HasPrefix(v, "%") || strings.HasPrefix(v, "@") || strings.HasPrefix(v, "\\[") {
		return true
	}
	if wellKnown(v) {
		return false
	}
	if strings.ContainsFunc(v, func(r rune) bool { return r >= firstOther && unicode.IsLetter(r) }) {
		return true
	}
	if distinct(strings.Trim(low, "\\")) < 3 || !strings.ContainsFunc(v, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return true
	}
	for _, w := range [...]string{"password", "passwd", "passwort", "your", "example", "esempio", "xxx", "placeholder", "segreta", "-pwd", "_pwd"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	for w := range strings.FieldsFuncSeq(low, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if placeholderWords[w] {
			return true
		}
	}
	return false
}

// wellKnown says that a value is a password that everybody tries, with or without figures behind it.
func wellKnown(v string) bool {
	low := strings.ToLower(v)
	if defaultPasswords[low] {
		return true
	}
	stem := strings.TrimRight(low, "0123456789!.?")
	return stem != low && (stem == "password" || stem == "secret" || stem == "admin" || stem == "test" && len(low) > 6) || low == "123456" || low == "12345678" || low == "1234"
}

// kindOfPassword tells what everybody knows from what only one installation has.
func kindOfPassword(v string) Kind {
	if wellKnown(v) {
		return leakDefault
	}
	return leakPassword
}

// secretLike says that a word is no word of a language: figures among its letters, or signs.
func secretLike(v string) bool {
	letters, figures, signs, cases := 0, 0, 0, [2]bool{}
	for i, r := range v {
		switch {
		case unicode.IsLetter(r):
			letters++
			if i > 0 {
				cases[0] = cases[0] || unicode.IsUpper(r)
				cases[1] = cases[1] || unicode.IsLower(r)
			}
		case unicode.IsDigit(r):
			figures++
		case strings.ContainsRune("!@#$%^&*?+=", r):
			signs++
		}
	}
	return letters > 0 && letters+figures+signs >= 5 && (figures > 0 || signs > 0 && letters+figures > 3)
}

// madeByMachine says that a value looks like what a generator gives.
func madeByMachine(v string) bool {
	letters, figures := 0, 0
	for i := range len(v) {
		switch {
		case digit(v[i]):
			figures++
		case alnum(v[i]):
			letters++
		case strings.IndexByte("-_+/=.~:!@#%", v[i]) < 0:
			return false
		}
	}
	return len(v) >= minToken && letters >= 3 && figures >= 3 && distinct(v) >= 8
}

// defaultPair finds pairs of user and password like admin/admin at i, which are no part of a path; from and to are those
// of the pair.
func defaultPair(text string, i int) (from, to int) {
	first := pairWord(text, i)
	if first == 0 || i > 0 && (strings.IndexByte("/.\\-_@", text[i-1]) >= 0 || letterBefore(text, i)) {
		return 0, 0
	}
	j := i + first
	sep := 0
	for _, s := range [...]string{" / ", "/", ":", "` / `", "`/`", "** / **", "\" / \"", "' / '"} {
		if strings.HasPrefix(text[j:], s) {
			sep = len(s)
			break
		}
	}
	if sep == 0 {
		return 0, 0
	}
	user, second := text[i:i+first], pairWord(text, j+sep)
	end := j + sep + second
	if second == 0 || end < len(text) && (strings.IndexByte("/\\-_@(:=", text[end]) >= 0 || letterAt(text, end) || text[end] == '.' && end+1 < len(text) && alnum(text[end+1])) {
		return 0, 0
	}
	password := strings.ToLower(text[j+sep : end])
	if password == "root" && text[j] == ':' {
		return 0, 0 // owner and group of a file
	}
	if strings.EqualFold(user, password) || password == "password" || password == "changeme" {
		return i, end
	}
	return 0, 0
}

// pairWord gives the length of a user name or password of [defaultPair] at i.
func pairWord(text string, i int) int {
	end := i
	for end < len(text) && end-i < 16 && alnum(text[end]) {
		end++
	}
	switch strings.ToLower(text[i:end]) {
	case "admin", "root", "administrator", "guest", "tomcat", "postgres", "changeme", "demo", "editor", "password":
		return end - i
	}
	return 0
}
