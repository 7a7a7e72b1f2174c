package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MarkName stands in place of the name of the owner of a mailbox that is masked.
const MarkName = "nome-omesso"

const (
	ownerWords   = 4  // of a name
	ownerGap     = 24 // bytes between a name and a mailbox: blanks, signs and a word that says mail
	ownerLetters = 48 // bytes of one word of a name
)

// MaskOwners masks the names that stand right before the mailboxes of persons and are the same name: "Mario Rossi
// <mario.rossi@…>", "ROSSI M., m.rossi@…". It is for texts in which names stand beside mailboxes that are masked
// themselves, such as minutes of meetings: there the name would tell whose mailbox it was. The mailboxes stay for
// [MaskPersons]. Names of which no mailbox speaks it cannot tell.
func MaskOwners(text string) (masked string, times int) {
	var out strings.Builder
	copied := 0
	findMails(text, func(from, to int, addr string) bool {
		if !PersonalMail(addr) {
			return true
		}
		if b, e := owner(text, copied, from, addr); b < e {
			out.WriteString(text[copied:b])
			out.WriteString(MarkName)
			copied = e
			times++
		}
		return true
	})
	if times == 0 {
		return text, 0
	}
	out.WriteString(text[copied:])
	return out.String(), times
}

// owner finds the name before a mailbox, not before limit, that is in its local part.
func owner(text string, limit, mail int, addr string) (from, to int) {
	at := strings.LastIndexByte(addr, '@')
	local, _, _ := strings.Cut(strings.ToLower(addr[:at]), "+")
	tokens := strings.FieldsFunc(folded(local), func(r rune) bool { return !unicode.IsLetter(r) })
	end := beforeGap(text, limit, mail)
	var spans [][2]int // of the words before, the last one first
	for i := end; len(spans) < ownerWords; {
		w, ok := wordBefore(text, limit, i)
		if !ok {
			break
		}
		spans = append(spans, w)
		for i = w[0]; i > limit && (strings.IndexByte(" ,-", text[i-1]) >= 0); i-- {
		}
		if i == w[0] {
			break
		}
	}
	for n := len(spans); n > 0; n-- {
		words := make([]string, n)
		for i := range words {
			words[i] = strings.TrimSuffix(folded(text[spans[n-1-i][0]:spans[n-1-i][1]]), ".")
		}
		if owns(words, tokens) || owns(withParticles(words), tokens) || doubled(withParticles(words), tokens) {
			return spans[n-1][0], spans[0][1]
		}
	}
	return 0, 0
}

// beforeGap goes back over what may stand between a name and a mailbox.
func beforeGap(text string, limit, i int) int {
	limit = max(limit, i-ownerGap)
	for i > limit {
		r, n := utf8.DecodeLastRuneInString(text[limit:i])
		if !unicode.IsSpace(r) && !strings.ContainsRune("<([{:;,-–—|\"'«“*_=/.", r) {
			word := strings.ToLower(text[limit:i])
			cut := slices.IndexFunc(mailWords, func(w string) bool { return strings.HasSuffix(word, w) })
			if cut < 0 {
				return i
			}
			n = len(mailWords[cut])
			if before, _ := utf8.DecodeLastRuneInString(text[:i-n]); unicode.IsLetter(before) {
				return i
			}
		}
		i -= n
	}
	return i
}

// mailWords say that a mailbox follows; the longer ones first.
var mailWords = []string{"e-mail", "mailto", "email", "posta", "mail", "pec"}

// wordBefore gives the word that ends at i, if it begins with a capital, as names do.
func wordBefore(text string, limit, i int) (span [2]int, ok bool) {
	limit = max(limit, i-ownerLetters)
	end := i
	for i > limit {
		r, n := utf8.DecodeLastRuneInString(text[limit:i])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && r != '\'' && r != '’' && r != '-' && (r != '.' || i < end) {
			break
		}
		i -= n
	}
	if first, _ := utf8.DecodeRuneInString(text[i:end]); i == end || !unicode.IsUpper(first) {
		return span, false
	}
	return [2]int{i, end}, true
}

// owns says that words are the name of which a mailbox is made: each is in it, whole or as its initial, in any order, and
// one is whole; where only one of two is, the other must be a given name. Offices and bodies own nothing here.
func owns(words, tokens []string) bool {
	if slices.ContainsFunc(words, func(w string) bool { return officeToken(w) || organisationWords[w] }) {
		return false
	}
	whole, given, found := false, false, 0
	for _, w := range words {
		switch {
		case w == "":
			return false
		case letters(w) >= minSurname && slices.Contains(tokens, w):
			whole = true
			found++
		case slices.ContainsFunc(tokens, func(t string) bool {
			return len(w) == 1 && strings.HasPrefix(t, w) || len(t) == 1 && strings.HasPrefix(w, t)
		}):
			found++
		case givenNames[w]:
			given = true
		}
	}
	if whole && (found == len(words) || given && found == len(words)-1) {
		return true
	}
	return len(tokens) == 1 && joined(words, tokens[0])
}

// particles begin surnames, and mailboxes join them to what follows: "De Pace" is "depace".
var particles = words("de di da del della dello dal dalla la lo le li van von")

func withParticles(words []string) []string {
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		w := words[i]
		if particles[w] && i+1 < len(words) {
			i++
			w += words[i]
		}
		out = append(out, w)
	}
	return out
}

// doubled says that the first two words are the name of a mailbox, and what follows a second surname.
func doubled(words, tokens []string) bool {
	return len(words) == 3 && len(words[2]) >= minNamed && !officeToken(words[2]) && !organisationWords[words[2]] && owns(words[:2], tokens)
}

// joined says that a local part of one word is made of two names: "mariorossi", "rossimario", "mrossi", "rossim".
func joined(words []string, token string) bool {
	if len(words) != 2 || letters(token) < minNamed {
		return false
	}
	for _, w := range [][2]string{{words[0], words[1]}, {words[1], words[0]}} {
		first, second := w[0], w[1]
		if first+second == token || letters(second) >= minSurname && (first[:1]+second == token || second+first[:1] == token) {
			return true
		}
	}
	return false
}

// folded is a word without accents, apostrophes and capitals, as mailboxes write names.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
