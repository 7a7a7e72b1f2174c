package legacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxNameTitle = 150 // of a title that is made of a file's name
	minHumps     = 2   // capitals within a word that make it a sentence written without spaces
)

// nameParts are what is taken out of a file's name to make a title of it.
type nameParts struct {
	title   string
	date    string // as written at the beginning or end: "2019-07-15", "2018-06"
	version string // "2", "1.1"
	empty   bool   // the title says nothing: it is what a program or a scanner calls any file
}

var (
	fileEndings  = regexp.MustCompile(`(?i)(?:\.(?:pdf|signed|p7m|docx?|odt|xlsx?|ods|pptx?|odp|rtf|html?|txt|zip))+$`)
	leadingCode  = regexp.MustCompile(`^(?i:allegat[oi]|all\.?)?[ ]*[A-Ca-c] ?\d{1,2}(?:\.\d{1,2})*(?:[ ]+\d{1,3}\b)?(?:[ ]*[-–:.]+[ ]*|[ ]+|$)`)
	leadingDate  = regexp.MustCompile(`^(?:(20\d{2}|19\d{2})[-. ]?(0[1-9]|1[0-2])[-. ]?(0[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(20\d{2}))(?:[ -]+|$)`)
	trailingDate = regexp.MustCompile(`[ -]+(0?[1-9]|[12]\d|3[01])[-. ](0?[1-9]|1[0-2])[-. ](20\d{2}|19\d{2})$`)
	leadingOrder = regexp.MustCompile(`^\d{1,3}[a-z]?(?:\.[ ]+|[ ]*[-–)][ ]+|[ ]+)`)
	gluedOrder   = regexp.MustCompile(`^\d{1,2}(\p{Lu}\pL)`)
	leadingRev   = regexp.MustCompile(`^(?i:rev\.?) ?\d{1,3} `)
	trailingVer  = regexp.MustCompile(`(?i)[ -]+(?:v|ver|vers|versione|rev|release)[. ]{0,2}(\d{1,3}(?:\.\d{1,3})*)$`)
	trailingNum  = regexp.MustCompile(`[ -]+(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)$`)
	missedAccent = regexp.MustCompile(`(?i)(it)(a)_( |$)`)
)

// nameTitle makes a title of a file's name: without endings, marks of copies, codes, numbers that keep files in order, dates
// and versions, and with capitals that can be read. names are words that are written in a way of their own, by their
// folded form. What is left when nothing else would be is the name.
func nameTitle(p string, names map[string]string) nameParts {
	name, _ := splitName(printable(cut(baseOf(p))))
	name = fileEndings.ReplaceAllString(name, "")
	name = copyMark.ReplaceAllString(name, "")
	name = missedAccent.ReplaceAllStringFunc(name, func(s string) string {
		end := " "
		if strings.HasSuffix(s, "_") {
			end = ""
		}
		if s[2] == 'A' {
			return s[:2] + "À" + end
		}
		return s[:2] + "à" + end
	})
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, "_", " ")), " ")
	n := nameParts{}
	rest := name
	take := func(re *regexp.Regexp) []string {
		m := re.FindStringSubmatchIndex(rest)
		if m == nil {
			return nil
		}
		left := strings.Trim(rest[:m[0]]+rest[m[1]:], " -–.,")
		if utf8.RuneCountInString(left) < minGuessed-1 {
			return nil // it would take the title away
		}
		groups := re.FindStringSubmatch(rest)
		rest = left
		return groups
	}
	take(leadingCode)
	if m := take(leadingDate); m != nil {
		if m[1] != "" {
			n.date = m[1] + "-" + m[2] + "-" + m[3]
		} else {
			n.date = m[5] + "-" + m[4]
		}
	}
	take(leadingOrder)
	take(leadingRev)
	rest = gluedOrder.ReplaceAllString(rest, "$1")
	if m := take(trailingDate); m != nil && n.date == "" {
		n.date = m[3] + "-" + two(m[2]) + "-" + two(m[1])
	}
	if m := take(trailingVer); m != nil {
		n.version = m[1]
	} else if m := take(trailingNum); m != nil {
		n.version = m[1]
	}
	n.title = readable(rest, names)
	n.empty = saysNothing(n.title)
	if n.title == "" {
		n.title = clipped(shown(baseOf(p)), maxNameTitle)
	}
	return n
}

// nothing are names that programs, scanners and cameras give to any file, folded: what is left of them without numbers.
var nothing = regexp.MustCompile(`^(?:flow|process(?:o)?|diagram(?:ma|m)?|document(?:o|i)?|doc|docs|file|untitled|unnamed|new|senza (?:titolo|nome)|no ?name|titolo|prova|test|scan(?:sione|ned|ner)?|scanned document|scansione documento|img|image|immagine|foto|photo|pic|picture|dsc[nf]?|pxl|vid|mov|video|screenshot|schermata|cattura|nuov[oa](?: (?:documento|presentazione|foglio|cartella|file)(?: .{0,40})?)?|(?:documento|presentazione|foglio|cartel|cartella|presentation|document|book|libro)(?: (?:di )?(?:microsoft|word|excel|powerpoint|testo|lavoro|vuot[oa]|senza (?:titolo|nome)).{0,30})?|version(?:e|i)?|ver|v|rev|release|copia|copy|main|index|default|output|export|allegato|attachment|download|wa|whatsapp (?:image|video))?$`)

// saysNothing says of a title that it is what programs call any file: "Flow", "Documento1", "IMG_1234", "Scansione0001".
func saysNothing(title string) bool {
	words := strings.FieldsFunc(fold(title), func(r rune) bool { return !unicode.IsLetter(r) })
	return nothing.MatchString(strings.Join(words, " "))
}

// maxTitleFolders are the folders above a file in which a title is looked for.
const maxTitleFolders = 3

// folderTitle gives the name of the nearest folder that is neither a phase nor an annex and says something, as a title, and
// that folder; "" where there is none below the folder of the kit, which is in kits.
func folderTitle(p string, names map[string]string, kits map[string]bool) (title, folder string) {
	at := folderOf(p)
	for n := 0; n < maxTitleFolders && at != "" && !kits[at]; n++ {
		if s := readName(baseOf(at)); s.phase == "" && s.annex == "" {
			if t := nameTitle(at, names); !t.empty && !generic(t.title) {
				return t.title, at
			}
		}
		at = folderOf(at)
	}
	return "", ""
}

// kitFolders are the folders that hold those of phases: their names are those of kits, and of no document.
func kitFolders(items []Item) map[string]bool {
	seen, out := map[string]bool{}, map[string]bool{}
	for i := range items {
		for dir := shallow(folderOf(items[i].Path)); dir != "" && !seen[dir]; dir = folderOf(dir) {
			seen[dir] = true
			if readName(baseOf(dir)).phase != "" {
				out[folderOf(dir)] = true
			}
		}
	}
	return out
}

// baseOf is the last step of a path, whatever it is.
func baseOf(p string) string { return p[strings.LastIndexByte(p, '/')+1:] }

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// printable gives a text without what cannot be shown.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError:
			return -1
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, s)
}

// readable gives a title the capitals of a sentence where it is all in capitals, takes words apart that were written
// without spaces, and writes the names that are known as they are written elsewhere.
func readable(s string, names map[string]string) string {
	shouted := shouts(s)
	var out []string
	for _, w := range strings.Fields(s) {
		if humps(w) >= minHumps {
			out = append(out, apart(w)...)
			continue
		}
		out = append(out, w)
	}
	for i, w := range out {
		core := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		switch own := names[fold(core)]; {
		case core == "" || acronyms[core]:
		case own != "":
			out[i] = strings.Replace(w, core, own, 1)
		case shouted:
			out[i] = strings.ToLower(w)
		}
	}
	title := strings.Join(out, " ")
	if r, n := utf8.DecodeRuneInString(title); unicode.IsLower(r) {
		title = string(unicode.ToUpper(r)) + title[n:]
	}
	return clipped(title, maxNameTitle)
}

// shouts says that almost all letters of a text are capitals, but for a text that is a few acronyms.
func shouts(s string) bool {
	upper, letters := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return letters > 5 && upper*10 >= letters*8
}

// humps counts the capitals that follow a small letter.
func humps(w string) int {
	n, small := 0, false
	for _, r := range w {
		if small && unicode.IsUpper(r) {
			n++
		}
		small = unicode.IsLower(r)
	}
	return n
}

func apart(w string) []string {
	var out []string
	start, small := 0, false
	for i, r := range w {
		if small && unicode.IsUpper(r) {
			out = append(out, w[start:i])
			start = i
		}
		small = unicode.IsLower(r)
	}
	return append(out, w[start:])
}

// ownSpellings finds how words are written that have capitals within them ("DigiPro"), by their folded form: the way that
// most names have.
func ownSpellings(texts []string) map[string]string {
	count := map[string]map[string]int{}
	for _, s := range texts {
		for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if h := humps(w); h == 0 || h >= minHumps || !utf8.ValidString(w) {
				continue
			}
			f := fold(w)
			if count[f] == nil {
				count[f] = map[string]int{}
			}
			count[f][w]++
		}
	}
	out := map[string]string{}
	for f, forms := range count {
		var ways []string
		for w := range forms {
			ways = append(ways, w)
		}
		slices.SortFunc(ways, func(a, b string) int {
			if d := forms[b] - forms[a]; d != 0 {
				return d
			}
			return strings.Compare(a, b)
		})
		out[f] = ways[0]
	}
	return out
}
