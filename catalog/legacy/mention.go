package legacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/privacy"
)

const (
	maxMentions  = 500    // bodies of one text
	maxStarters  = 20_000 // places of one text where the name of a body may begin
	maxNameWords = 8      // of a name, after "Comune di"
	maxListed    = 60     // names after one "Comuni di"
	maxPageBytes = 1 << 20
)

// Mentions gives the bodies that a text names, in the order in which they first come (kit format, §L3, step 9). A name is
// as long as the longest that b knows; where b knows none it is told by its capitals and has no reference.
func Mentions(t *catalog.Text, b Bodies) []Mention {
	if t == nil {
		return nil
	}
	return tally(settle(sightings(t, b)))
}

// tally counts the same body once.
func tally(hits []sighting) []Mention {
	at, out := map[string]int{}, []Mention{}
	for _, h := range hits {
		i, seen := at[h.key()]
		if !seen {
			if len(out) == maxMentions {
				continue
			}
			i = len(out)
			at[h.key()] = i
			out = append(out, Mention{Ref: h.ref, Name: h.name, Page: h.page})
		}
		out[i].Count++
	}
	return out
}

// sighting is one place of a text where a body is named. start and end are bytes of the page as [level] gives it.
type sighting struct {
	doc, page, start, end int
	ref                   catalog.EntityRef
	name                  string // official where known, else as written with the capitals of a name
	weak                  bool   // it may be no body: the little word after "Comune" is missing
	bare                  string // the name alone, as written
	words                 []word // all that may be the name, where it may go on
	kind                  starter
}

// key is equal for the same body.
func (n sighting) key() string {
	if n.ref != "" {
		return string(n.ref)
	}
	return fold(n.name)
}

// level gives a page as all that looks for bodies reads it: one kind of apostrophe, composed letters, plain spaces, without
// the marks of what was masked.
func level(s string) string {
	if len(s) > maxPageBytes {
		s = strings.ToValidUTF8(s[:maxPageBytes], "")
	}
	return levelled.Replace(norm.NFC.String(privacy.WithoutMarks(s)))
}

var levelled = strings.NewReplacer("’", "'", "‘", "'", "`", "'", "´", "'", "ʼ", "'", "\u00a0", " ", "\u00ad", "", "\r", "", "\u200b", "")

// starter is a kind of body: how its names begin.
type starter struct {
	canon string // "Comune di"; "" when the name is whole
	alone bool   // its names may come without a little word: "Regione Umbria"
	many  bool   // a list of names may follow
}

// starters are in the order of the groups of startsBody.
var starters = []starter{
	{"Unione dei Comuni", true, false}, {"Unione Montana", true, false}, {"Comunità montana", true, false}, {"Città metropolitana di", false, false},
	{"Libero consorzio comunale di", false, false}, {"Provincia autonoma di", false, false}, {"Provincia di", false, false},
	{"Regione", true, false}, {"", true, false}, {"Comune di", false, true}, {"Comune di", false, false},
}

var startsBody = regexp.MustCompile(`(?i)\b(?:(union[ei]\s{1,3}(?:dei\s{1,3}|di\s{1,3})?comuni)|(unione\s{1,3}montana)|(comunit(?:à|a')\s{1,3}montana)|(citt(?:à|a')\s{1,3}metropolitana)|` +
	`(libero\s{1,3}consorzio\s{1,3}comunale)|(provincia\s{1,3}autonoma)|(provincia)|(regione(?:\s{1,3}autonoma)?)|(roma\s{1,3}capitale)|(comuni)|(comune))\b`)

// sightings gives every place of a text where a body may be named, in order; see [settle].
func sightings(t *catalog.Text, b Bodies) []sighting {
	var out []sighting
	left := maxStarters
	for i := range t.Pages {
		page := level(t.Pages[i].Text)
		found := namedIn(page, t.Pages[i].N, b, &left)
		out = append(out, found...)
		if left <= 0 {
			break
		}
	}
	return out
}

// namedIn gives the bodies of one page; *left bounds the places that are looked at.
func namedIn(page string, n int, b Bodies, left *int) []sighting {
	var out []sighting
	for _, m := range startsBody.FindAllStringSubmatchIndex(page, max(*left, 0)) {
		*left--
		if len(out) > 0 && m[0] < out[len(out)-1].end {
			continue // within the name before: "Unione dei Comuni della Provincia di …"
		}
		for g, k := range starters {
			if m[2*g+2] < 0 {
				continue
			}
			out = append(out, k.names(page, n, m[0], m[1], b)...)
			break
		}
	}
	return out
}

// names reads the name, or the names, that begin at a starter.
func (k starter) names(page string, n, start, end int, b Bodies) []sighting {
	if k.canon == "" {
		h := sighting{page: n, start: start, end: end, name: "Roma Capitale", kind: k}
		h.ref, h.name = lookup(b, h.name)
		return []sighting{h}
	}
	words := wordsAfter(page, end)
	link, words := takeLink(words)
	if link == "" && !k.alone && k.many {
		return nil
	}
	h, ok := k.one(words, link, b)
	if !ok {
		return nil
	}
	h.page, h.start = n, start
	out := []sighting{h}
	for k.many && len(out) < maxListed {
		at := listGoesOn.FindString(page[out[len(out)-1].end:])
		if at == "" {
			break
		}
		from := out[len(out)-1].end + len(at)
		words := wordsAfter(page, from-1) // the space before it
		if len(words) == 0 || startsBody.FindStringIndex(words[0].text) != nil || isStop(words[0].text) {
			break
		}
		next, ok := k.one(words, "di", b)
		if !ok {
			break
		}
		next.page, next.start = n, words[0].start
		out = append(out, next)
	}
	return out
}

var listGoesOn = regexp.MustCompile(`^\s{0,3}(?:,|/|\be\b|\bed\b|\bnonché\b)\s{1,3}(?:ed?\s{1,2})?(?:di\s{1,2})?`)

// one gives the body of the words after a starter and its little word.
func (k starter) one(words []word, link string, b Bodies) (sighting, bool) {
	if len(words) == 0 || !begins(words[0].text) {
		return sighting{}, false
	}
	if b != nil {
		for n := len(words); n > 0; n-- {
			name := joined(words[:n])
			for _, candidate := range k.spellings(name, link) {
				if ref, official, ok := b.Body(candidate); ok {
					if official == "" {
						official = candidate
					}
					return sighting{end: words[n-1].end, ref: ref, name: official, kind: k}, true
				}
			}
		}
	}
	n := k.guess(words)
	if n == 0 {
		return sighting{}, false
	}
	h := sighting{end: words[n-1].end, bare: joined(words[:n]), kind: k}
	h.name, h.weak = k.full(h.bare, link), link == "" && !k.alone || k.alone && link == "" && words[0].broken
	if n < len(words) {
		h.words = words
	}
	return h, true
}

// spellings are the names under which a body may be known.
func (k starter) spellings(name, link string) []string {
	out := []string{k.full(name, link)}
	switch link {
	case "dell'":
		out = append(out, k.canon+" L'"+name)
	case "della":
		out = append(out, k.canon+" La "+name)
	}
	if k.alone {
		if link != "" {
			out = append(out, k.canon+" "+name)
		}
	} else if link != "di" {
		out = append(out, k.canon+" "+name)
	}
	return out
}

// full puts the kind of body before its name: "Comune di" + "Anzio", "Comune dell'" + "Aquila", "Regione" + "Umbria".
func (k starter) full(name, link string) string {
	base := strings.TrimSuffix(k.canon, " di")
	name = withCapitals(name)
	switch {
	case link == "" && k.alone:
		return base + " " + name
	case link == "":
		return base + " di " + name
	case strings.HasSuffix(link, "'"):
		return base + " " + link + name
	}
	return base + " " + link + " " + name
}

// guess counts the words that are the name by their capitals, where no list of bodies tells.
func (k starter) guess(words []word) int {
	n := 0
	for i, w := range words {
		if isStop(w.text) || i > 0 && w.broken && !k.many && !isLink(words[i-1].text) {
			return n
		}
		switch link := isLink(w.text); {
		case link && (n == 0 || fold(w.text) == "e"):
			return n
		case link:
		case begins(w.text):
			n = i + 1
		default:
			return n
		}
	}
	return n
}

// settle gives names that the end of a line cut what the same text writes elsewhere in full, and leaves out what only
// looked like a body.
func settle(hits []sighting) []sighting {
	full := map[string]sighting{}
	for _, h := range hits {
		if at := fold(h.name); !h.weak && full[at].name == "" {
			full[at] = h
		}
	}
	for i := range hits {
		h := &hits[i]
		if h.ref != "" {
			continue
		}
		for n := len(h.words); n > 0 && h.words[n-1].end > h.end; n-- {
			if f, ok := full[fold(h.kind.full(joined(h.words[:n]), h.kind.usual()))]; ok {
				h.name, h.ref, h.end, h.weak = f.name, f.ref, h.words[n-1].end, false
				break
			}
		}
		for _, name := range []string{h.kind.full(h.bare, h.kind.usual()), h.name} {
			if f, ok := full[fold(name)]; ok && h.ref == "" && (h.weak || f.name != h.name) && len(f.name) >= len(name) && !longer(h.name, f.name) {
				h.name, h.ref, h.weak = f.name, f.ref, false
				break
			}
		}
	}
	return slices.DeleteFunc(hits, func(h sighting) bool { return h.weak })
}

// longer says that one name has more words than another: it is another body.
func longer(a, b string) bool { return strings.Count(a, " ") > strings.Count(b, " ") }

// usual is the little word that most bodies of a kind have.
func (k starter) usual() string {
	if k.alone {
		return ""
	}
	return "di"
}

func lookup(b Bodies, name string) (catalog.EntityRef, string) {
	if b != nil {
		if ref, official, ok := b.Body(name); ok {
			if official != "" {
				name = official
			}
			return ref, name
		}
	}
	return "", name
}

// begins says whether a word can be the first of a name: it has a capital, also after an elision ("d'Adda").
func begins(s string) bool {
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsUpper(r) {
		return true
	}
	at := strings.IndexByte(s, '\'')
	if at < 0 || !isLink(s[:at+1]) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[at+1:])
	return unicode.IsUpper(r)
}
