package privacy

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// Limits of the privacy and secrets lint (house rule 5).
const (
	MaxLintText   = 2 << 20  // bytes of one text; what is beyond is not looked at
	MaxLintValues = 20       // distinct values that are told of one text, by rule; one more finding counts the others
	maxLeaks      = 5_000    // places that are noted in one text, by rule
	maxJudged     = 2_000    // mailboxes of one text about whose owner the words beside are asked
	titleBytes    = 64 << 10 // of a text in which it says what it is about
	shownOfSecret = 2        // characters of a value that a message shows
)

// Kind is what a Leak is. Those of persons come first (rule W04), then what opens or shows a system (rule W05).
type Kind int

const (
	leakMail Kind = iota
	leakPhone
	leakTaxCode
	leakAddress
	leakPassword
	leakDefault
	leakToken
	leakKey
)

// Code is the rule that speaks of it.
func (k Kind) Code() string {
	if k <= leakTaxCode {
		return "W04"
	}
	return "W05"
}

// Leak is one place of a text that should not be public, as offsets in bytes.
type Leak struct {
	From, To int
	Kind     Kind
}

// Lint finds in a text what does not belong in public: data of persons (rule W04: mailboxes that are not an office's, as
// [PersonalMail] judges, and of which something says that they are a person's; Italian mobile numbers, tax codes with a valid check letter) and what opens or shows a system
// (rule W05: passwords and default credentials, tokens, private keys, private IP addresses). It gives warnings in the
// order of reading, one for each distinct value at its first place, with how often it returns; lines and columns count
// from 1, columns in characters. What was found is never quoted: a message shows its first two characters, of a short
// one none.
//
// Placeholders ("<password>", "${PASSWORD}", "yourpassword") and prose about passwords are no findings; a password that
// many know ("changeme", "admin/admin") is one. Nor are addresses of networks ("10.0.0.0/8"), those that machines give
// themselves (containers, emulators), and 192.168.0.x and 192.168.1.x, which in the manuals we read are always examples.
//
// It is pure, and takes time in proportion to the text. (Kit format §16 and Part III, "Privacy".)
func Lint(file, text string) []schema.Finding { return Tell(file, text, Find(text)) }

// Find gives the leaks of a text in order; none overlaps another.
func Find(text string) []Leak {
	text = text[:min(len(text), MaxLintText)]
	var secrets, persons []Leak
	secret := func(from, to int, kind Kind) bool {
		secrets = append(secrets, Leak{from, to, kind})
		return len(secrets) < maxLeaks
	}
	findTokens(text, secret)
	findPasswords(text, secret)
	findPrivateAddresses(text, secret)
	person := func(from, to int, kind Kind) bool {
		persons = append(persons, Leak{from, to, kind})
		return len(persons) < maxLeaks
	}
	top := text[:min(len(text), titleBytes)]
	title := strings.ToLower(firstHeading(top) + " " + nameLine(top))
	judged := 0
	findMails(text, func(from, to int, addr string) bool {
		if !PersonalMail(addr) || isSample(addr) || isAccount(text, from, to) || isProduct(addr, title) {
			return true
		}
		before, after := "", ""
		if judged++; judged <= maxJudged {
			before, after = text[max(0, from-namesBefore):from], text[to:min(len(text), to+namesAfter)]
		}
		return !looksPersonal(addr, before, after) || person(from, to, leakMail)
	})
	findNumbers(text, func(i int) string { return text[max(0, i-nearBytes):i] }, func(from, to int, mark string) bool {
		if mark == MarkTaxCode {
			return isSampleTaxCode(text[from:to]) || person(from, to, leakTaxCode)
		}
		return isSamplePhone(text[from:to]) || person(from, to, leakPhone)
	})
	all := append(secrets, persons...)
	// Where two overlap the one that weighs more stays: the last part of user:secret@host is no mailbox.
	slices.SortStableFunc(all, func(a, b Leak) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To)) })
	out := all[:0]
	for _, l := range all {
		if n := len(out); n > 0 && l.From < out[n-1].To {
			if l.Kind.Code() > out[n-1].Kind.Code() {
				out[n-1] = l
			}
			continue
		}
		out = append(out, l)
	}
	return out
}

// leakGroup is one value with all its places.
type leakGroup struct {
	Leak
	times int
}

// groupLeaks puts the places of one value together, in the order of the first ones.
func groupLeaks(text string, leaks []Leak) []leakGroup {
	var out []leakGroup
	at := map[string]int{}
	for _, l := range leaks {
		value := l.Kind.Code() + strings.ToLower(text[l.From:l.To])
		if i, ok := at[value]; ok {
			out[i].times++
			continue
		}
		at[value] = len(out)
		out = append(out, leakGroup{l, 1})
	}
	return out
}

// Tell makes the findings of what was found.
func Tell(file, text string, leaks []Leak) []schema.Finding {
	var out []schema.Finding
	told, left := map[string]int{}, map[string]*schema.Finding{}
	where := Placer{Text: text}
	for _, g := range groupLeaks(text, leaks) {
		code := g.Kind.Code()
		if told[code]++; told[code] > MaxLintValues {
			if left[code] == nil {
				line, column := where.Place(g.From)
				left[code] = &schema.Finding{File: file, Line: line, Column: column, Severity: schema.Warning, Code: code}
			}
			continue
		}
		f := leakWords[g.Kind]
		f.File, f.Severity, f.Code = file, schema.Warning, code
		f.Line, f.Column = where.Place(g.From)
		shown := shownPart(text[g.From:g.To], g.Kind)
		f.Message.It += shown
		f.Message.En += shown
		if g.times > 1 {
			again := schema.Tf(" (e altre %d volte)", " (and %d more times)", g.times-1)
			if g.times == 2 {
				again = schema.T(" (e un'altra volta)", " (and once more)")
			}
			f.Message.It += again.It
			f.Message.En += again.En
		}
		out = append(out, f)
	}
	for code, f := range left {
		n := told[code] - MaxLintValues
		f.Message = schema.Tf("… e altri %d valori dello stesso genere, da qui in poi", "… and %d more values of the same kind, from here on", n)
		f.Hint = schema.T("correggi quelli mostrati, poi controlla di nuovo", "mend those that are shown, then check again")
		out = append(out, *f)
	}
	schema.Sort(out)
	return out
}

// shownPart is as much of a value as helps to find it and does not tell it.
func shownPart(value string, kind Kind) string {
	if kind == leakKey || utf8.RuneCountInString(value) < 3*shownOfSecret {
		return ""
	}
	end := 0
	for range shownOfSecret {
		_, n := utf8.DecodeRuneInString(value[end:])
		end += n
	}
	return ": «" + strings.Map(visible, value[:end]) + "…»"
}

// visible keeps what a terminal shows as text.
func visible(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// leakWords says what each kind of Leak is, and what to do about it.
var leakWords = [...]schema.Finding{
	leakMail: {Message: schema.T("casella di posta che sembra di una persona", "mailbox that looks like a person's"),
		Hint: schema.T("indica la casella dell'ufficio o la PEC dell'ente", "give the mailbox of the office or the certified mail of the body")},
	leakPhone: {Message: schema.T("numero di cellulare", "mobile telephone number"),
		Hint: schema.T("indica il telefono dell'ufficio", "give the telephone of the office")},
	leakTaxCode: {Message: schema.T("codice fiscale di una persona", "tax code of a person"),
		Hint: schema.T("toglilo, anche dalla storia del repository; negli atti di esempio lascia uno spazio da riempire", "take it out, of the repository's history too; in sample acts leave a blank to fill")},
	leakAddress: {Message: schema.T("indirizzo IP di una rete interna", "IP address of an internal network"),
		Hint: schema.T("scrivi al suo posto un nome di esempio, come server.example.it", "write an example name in its place, such as server.example.it")},
	leakPassword: {Message: schema.T("possibile password", "possible password"),
		Hint: schema.T("se è in uso cambiala e toglila, anche dalla storia del repository; in un esempio scrivi <password>", "if it is in use change it and take it out, of the repository's history too; in an example write <password>")},
	leakDefault: {Message: schema.T("credenziali predefinite, che chiunque può provare", "default credentials, which anybody can try"),
		Hint: schema.T("fa' scegliere la password a chi installa e scrivi qui <password>; cambiala dove è in uso", "let who installs choose the password and write <password> here; change it where it is in use")},
	leakToken: {Message: schema.T("possibile chiave o token di accesso", "possible key or access token"),
		Hint: schema.T("revocalo subito presso il servizio e toglilo, anche dalla storia del repository", "revoke it at the service at once and take it out, of the repository's history too")},
	leakKey: {Message: schema.T("chiave privata", "private key"),
		Hint: schema.T("sostituisci la chiave dove è in uso e toglila, anche dalla storia del repository", "replace the key where it is in use and take it out, of the repository's history too")},
}

// Placer gives line and column of growing offsets, in one walk over the text.
type Placer struct {
	Text            string
	at, line, start int
}

// Place gives the place of an offset that is not before the last one; both count from 1, columns in characters.
func (p *Placer) Place(offset int) (line, column int) {
	for p.at < offset {
		n := strings.IndexByte(p.Text[p.at:offset], '\n')
		if n < 0 {
			p.at = offset
			break
		}
		p.at += n + 1
		p.line++
		p.start = p.at
	}
	return p.line + 1, utf8.RuneCountInString(p.Text[p.start:offset]) + 1
}
