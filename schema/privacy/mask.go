package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands in a text in place of a person's data. The marks are words joined by hyphens: they begin and end with a
// letter, as what they replace does or may, and hold nothing that means anything in Markdown, HTML, YAML or an address.
const (
	MarkMail    = "casella-personale-omessa"
	MarkPhone   = "telefono-omesso"
	MarkTaxCode = "codice-fiscale-omesso"
)

const (
	maxLocal  = 64 // bytes of what stands before the @ (RFC 5321, 4.5.3.1.1)
	maxDomain = 255
	maxTLD    = 24
	maxPasses = 4 // after which a text has long been stable
)

// notDomains are endings that make of "icon@2x.png" a file and not an address.
var notDomains = words(`png jpg jpeg gif svg webp ico pdf js mjs ts tsx jsx vue css scss less map json yml yaml xml html htm php py rb java jar
	txt csv zip gz tgz tar whl sh bat exe dll service timer socket target mount lock toml lst conf cfg ini log local localhost
	internal lan test invalid example esempio localdomain`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// MaskPersons takes the data of persons out of a text that anybody may have written, and leaves a visible mark in their
// place: mailboxes that are not clearly an office's (see [PersonalMail]), Italian mobile numbers, and tax codes of
// natural persons with a valid check letter. It is for whatever leaves the catalogue for a reader (kit format, Part III,
// "Privacy": pages and histories show bodies and offices, never persons).
//
// It is pure and idempotent, takes time in proportion to the text, keeps valid UTF-8 valid, and does not change the
// structure of Markdown. An http address keeps its digits. Names of persons it cannot tell.
func MaskPersons(text string) string {
	for range maxPasses {
		next := maskNumbers(maskMail(text))
		if next == text {
			break
		}
		text = next
	}
	return text
}

// PersonalMail says whether an address must be taken for a person's: it is a mail address, and neither of a domain for
// examples or mailing lists nor an office's. An office's mailbox has a word of an office or role in it ("protocollo", "ufficio-tecnico",
// "segreteriagenerale"), or is named like its domain, or is the only name on a certified mail domain of its body
// ("cit@pec.provincia.example.it"), or is the code of a school. What is in doubt is a person's.
func PersonalMail(addr string) bool {
	addr = strings.ToLower(strings.TrimSpace(addr))
	at := strings.LastIndexByte(addr, '@')
	if at <= 0 || at+1 == len(addr) || domainEnd(addr, at+1) != len(addr) || at > maxLocal {
		return false
	}
	local, _, _ := strings.Cut(addr[:at], "+") // what follows is the owner's own label
	labels := strings.Split(addr[at+1:], ".")
	if slices.ContainsFunc(labels, func(l string) bool { return l == "lists" || l == "googlegroups" }) || exampleDomain(labels) {
		return false
	}
	if labels[0] == local && len(local) == 1 {
		return false // a@a.it
	}
	tokens := strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	person := personTokens(tokens)
	plain, known := 0, true
	for _, t := range tokens {
		t = strings.Trim(t, "0123456789")
		if strongToken(t) || !person && roleToken(t) {
			return false
		}
		if t == "" || weakWords[t] || len(t) > 2 && slices.Contains(labels[:len(labels)-1], t) {
			continue
		}
		plain++
		known = false
	}
	if known && len(tokens) > 0 && strings.ContainsFunc(local, unicode.IsLetter) {
		return false
	}
	if joined := strings.Join(tokens, ""); len(joined) > 2 && slices.Contains(labels[:len(labels)-1], joined) {
		return false
	}
	if plain == 1 && len(tokens) == 1 && (schoolCode(local) || len(labels) > 2 && slices.ContainsFunc(labels, certified)) {
		return false
	}
	return true
}

// exampleDomain says that a domain stands for another one.
func exampleDomain(labels []string) bool {
	return slices.ContainsFunc(labels, func(l string) bool {
		return exampleLabels[l] || slices.ContainsFunc(exampleStarts, func(s string) bool { return strings.HasPrefix(l, s) })
	})
}

func certified(label string) bool {
	return label == "pec" || label == "cert" || label == "postacert" || label == "pecmail"
}

// officeToken says whether a part of a name has a word of an office or role in it.
func officeToken(t string) bool { return strongToken(t) || roleToken(t) }

// strongToken says whether a part of a name has a strong word in it, whole or long and at its edge.
func strongToken(t string) bool {
	if strongWords[t] {
		return true
	}
	for n := longWord; n < len(t); n++ {
		if strongWords[t[:n]] || strongWords[t[len(t)-n:]] {
			return true
		}
	}
	return false
}

// roleToken says the same of the other words of a role.
func roleToken(t string) bool {
	if roleWords[t] {
		return true
	}
	for n := longRole; n < len(t); n++ {
		if roleWords[t[:n]] || roleWords[t[len(t)-n:]] {
			return true
		}
	}
	return len(t) > longWord && (slices.ContainsFunc(inWords, func(w string) bool { return strings.Contains(t, w) }) ||
		slices.ContainsFunc(shortEdges, func(w string) bool { return strings.HasPrefix(t, w) }))
}

// schoolCode knows the codes of schools ("bsic12345x"), which are the names of their mailboxes.
func schoolCode(s string) bool {
	if len(s) != 10 {
		return false
	}
	for i := range len(s) {
		if i < 4 && (s[i] < 'a' || s[i] > 'z') || i >= 4 && i < 9 && !digit(s[i]) || i == 9 && !alnum(s[i]) {
			return false
		}
	}
	return true
}

// maskMail masks the mailboxes of persons, in whatever way the @ is written.
func maskMail(text string) string {
	var out strings.Builder
	copied := 0
	findMails(text, func(from, to int, addr string) bool {
		if PersonalMail(addr) {
			out.WriteString(text[copied:from])
			out.WriteString(MarkMail)
			if strings.IndexByte(text[from:to], '\n') >= 0 {
				out.WriteByte('\n') // lines stay as many as they were
			}
			copied = to
		}
		return true
	})
	if copied == 0 {
		return text
	}
	out.WriteString(text[copied:])
	return out.String()
}

// findMails gives the mail addresses of a text in order, with their places, until found says no.
func findMails(text string, found func(from, to int, addr string) bool) {
	limit := 0
	for i := 0; i < len(text); {
		start, end := nextAt(text, i)
		if start < 0 {
			return
		}
		i = end
		from, to := localStart(text, limit, start), domainEnd(text, end)
		domain := text[end:to]
		if to == end && text[end-1] == '@' {
			domain, to = wrappedDomain(text, end)
		}
		if from >= start || domain == "" {
			continue
		}
		limit, i = to, to
		if !found(from, to, strings.ReplaceAll(text[from:start], `\`, "")+"@"+domain) {
			return
		}
	}
}

// atSigns are the ways of writing @, by their first byte.
var atSigns = [...]string{"&#64;", "&#064;", "&#x40;", "&commat;", "%40", "[at]", "(at)", "[@]", "(@)", "[chiocciola]", "(chiocciola)"}

// nextAt finds the next sign that stands for @, with the space on both sides of one in brackets.
func nextAt(s string, from int) (start, end int) {
	for {
		n := strings.IndexAny(s[from:], "@&%[(")
		if n < 0 {
			return -1, -1
		}
		start = from + n
		if s[start] == '@' {
			end = start + 1
			if start > 0 && s[start-1] == '\\' {
				start--
			}
			return start, end
		}
		for _, form := range atSigns {
			if len(s)-start < len(form) || !strings.EqualFold(s[start:start+len(form)], form) {
				continue
			}
			end = start + len(form)
			if form[0] == '[' || form[0] == '(' {
				if start > 0 && s[start-1] == ' ' && end < len(s) && s[end] == ' ' {
					start, end = start-1, end+1
				}
			}
			return start, end
		}
		from = start + 1
	}
}

// localStart finds where the local part that ends at end begins, not before limit.
func localStart(s string, limit, end int) int {
	limit = max(limit, end-maxLocal)
	i := end
	for i > limit {
		r, n := utf8.DecodeLastRuneInString(s[limit:i])
		escape := r == '\\' && i < end && strings.IndexByte("._+-", s[i]) >= 0
		if !(unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._%+-'", r) || escape) {
			break
		}
		i -= n
	}
	for i < end && strings.IndexByte(`._%+-'\`, s[i]) >= 0 {
		i++
	}
	return i
}

// domainEnd finds the end of the domain that begins at start; it is start when there is none.
func domainEnd(s string, start int) int {
	i := start
	for i < len(s) && i-start < maxDomain && (alnum(s[i]) || s[i] == '.' || s[i] == '-') {
		i++
	}
	for i > start && (s[i-1] == '.' || s[i-1] == '-') {
		i--
	}
	name := s[start:i]
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || !alnum(name[0]) || strings.Contains(name, "..") {
		return start
	}
	tld := strings.ToLower(name[dot+1:])
	if fileEnding(tld) {
		return start + len(domainOfFile(name))
	}
	if len(tld) < 2 || len(tld) > maxTLD || notDomains[tld] || strings.ContainsAny(tld, "0123456789-") && !strings.HasPrefix(tld, "xn--") {
		return start
	}
	return i
}
