package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	taxCodeLen = 16
	nearBytes  = 24 // before a number, in which a word may say that it is a telephone
	wholeBytes = 40 // of a text that is nothing but a telephone number
)

// maskNumbers masks mobile numbers and tax codes, outside of http addresses.
func maskNumbers(text string) string {
	var out []byte // what comes before copied, once anything was masked
	copied := 0
	before := func(i int) string { // what stands before i in the answer, as far as it matters
		s := text[copied:i]
		if n := nearBytes - len(s); n > 0 && len(out) > 0 {
			s = string(out[max(0, len(out)-n):]) + s
		}
		return s[max(0, len(s)-nearBytes):]
	}
	findNumbers(text, before, func(from, to int, mark string) bool {
		out = append(append(out, text[copied:from]...), mark...)
		copied = to
		return true
	})
	if copied == 0 {
		return text
	}
	return string(append(out, text[copied:]...))
}

// findNumbers gives the places of mobile numbers and tax codes outside of http addresses, each with its mark, until found
// says no; before gives what stands before an offset.
func findNumbers(text string, before func(int) string, found func(from, to int, mark string) bool) {
	for i := 0; i < len(text); {
		c := text[i]
		if !alnum(c) && c != '+' {
			i++
			continue
		}
		end := i + 1
		for end < len(text) && alnum(text[end]) {
			end++
		}
		mark := ""
		switch {
		case c == '+' || c == '3' || c == '0':
			if to := mobileEnd(text, i, before(i)); to > i {
				mark, end = MarkPhone, to
			} else if c == '+' {
				end = i + 1
			}
		case !digit(c) && end-i == taxCodeLen && taxCode(text[i:end]) && !letterAt(text, end) && !letterBefore(text, i):
			mark = MarkTaxCode
		case strings.HasPrefix(text[end:], "://") && (strings.EqualFold(text[i:end], "https") || strings.EqualFold(text[i:end], "http")):
			end = addressEnd(text, end)
		}
		if mark != "" && !found(i, end, mark) {
			return
		}
		i = end
	}
}

// addressEnd finds the end of an http address; one that opens a chat with a number has no digits to keep.
func addressEnd(s string, from int) int {
	start := strings.ToLower(s[from:min(len(s), from+nearBytes)])
	for _, chat := range []string{"://wa.me/", "://api.whatsapp.com/", "://web.whatsapp.com/"} {
		if strings.HasPrefix(start, chat) {
			return from + len(chat)
		}
	}
	if n := strings.IndexAny(s[from:], " \t\r\n<>\"`)]}|"); n >= 0 {
		return from + n
	}
	return len(s)
}

// telephoneWords before a number say what it is.
var telephoneWords = [...]string{"tel", "cell", "mobil", "phone", "fax", "whatsapp", "wa.me/", "sms", "chiama"}

// mobileEnd finds the end of the mobile number that begins at i, or gives i. A number with the prefix of the country may
// be grouped in any way; one without is three figures and then seven, in groups; one in a single piece must follow a word for
// telephones or be the whole text, because long numbers are mostly something else.
func mobileEnd(s string, i int, before string) int {
	p, country := i, false
	for _, prefix := range []string{"+39", "0039", "39"} {
		if rest, ok := strings.CutPrefix(s[p:], prefix); ok {
			skip := len(rest) - len(strings.TrimLeft(rest, " \u00a0().-/"))
			if strings.HasPrefix(rest[skip:], "3") && skip <= 4 {
				p, country = p+len(prefix)+skip, prefix != "39" || near(before)
				break
			}
		}
	}
	if p >= len(s)-8 || s[p] != '3' || s[p+1] < '2' || s[p+1] > '9' {
		return i
	}
	total, groups, first, spaced := 0, 0, 0, false
	q, end := p, p
	for {
		g := 0
		for q < len(s) && digit(s[q]) {
			q, g = q+1, g+1
		}
		total, groups, end = total+g, groups+1, q
		if groups == 1 {
			first = g
		}
		n := separator(s[q:])
		if total >= 10 || n == 0 || q+n >= len(s) || !digit(s[q+n]) || g == 1 && !country {
			break
		}
		spaced = spaced || n == 1 && s[q] == ' '
		q += n
	}
	if total != 10 && (total != 9 || !country) || letterAt(s, end) {
		return i
	}
	said := near(before) || len(s) <= wholeBytes && strings.TrimSpace(s) == s[i:end]
	if country {
		if n := len(before); n > 0 && digit(before[n-1]) {
			return i
		}
		return end
	}
	if p != i || groups > 1 && first != 3 || groups == 1 && !said {
		return i
	}
	if n := len(before); n > 0 {
		prev := before[n-1]
		if strings.IndexByte(".,-/:_'+", prev) >= 0 && n > 1 && (digit(before[n-2]) || !said && strings.IndexByte("-/_+", prev) >= 0 && alnum(before[n-2])) {
			return i
		}
		if alnum(prev) || letterBefore(s, i) || spaced && prev == ' ' && n > 1 && digit(before[n-2]) && !said {
			return i
		}
	}
	if end+1 < len(s) && digit(s[end+1]) && (strings.IndexByte(".-,:", s[end]) >= 0 || s[end] == ' ' && s[end+1] != '3' && s[end+1] != '0') {
		return i
	}
	return end
}

// near says whether a word for telephones stands just before.
func near(before string) bool {
	before = strings.ToLower(before)
	return slices.ContainsFunc(telephoneWords[:], func(w string) bool { return strings.Contains(before, w) })
}

// separator gives the length of what may stand between two groups of figures.
func separator(s string) int {
	for _, sep := range []string{" - ", " / ", " ", "\u00a0", "\u202f", ".", "-", "/"} {
		if strings.HasPrefix(s, sep) {
			return len(sep)
		}
	}
	return 0
}

// taxCode says whether s is a tax code of a natural person, whose last letter checks the others (D.M. 23 December 1976);
// figures may be letters where two persons would have the same one.
func taxCode(s string) bool {
	const shape = "AAAAAA00M00A000A"
	sum := 0
	for i := range taxCodeLen {
		c := s[i] &^ 0x20
		if digit(s[i]) {
			c = s[i]
		}
		letter := c >= 'A' && c <= 'Z'
		switch shape[i] {
		case 'A':
			if !letter {
				return false
			}
		case 'M':
			if strings.IndexByte("ABCDEHLMPRST", c) < 0 {
				return false
			}
		default:
			if letter && strings.IndexByte("LMNPQRSTUV", c) < 0 {
				return false
			}
		}
		if i == taxCodeLen-1 {
			return int(c-'A') == sum%26
		}
		n := int(c - 'A')
		if !letter {
			n = int(c - '0')
		}
		if i%2 == 0 { // the first, third… weigh otherwise
			n = [...]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}[n]
		}
		sum += n
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func alnum(c byte) bool { return digit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

// letterAt says whether a letter or figure of any script stands at i.
func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func letterBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
