package legacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Limits of what is looked at and said of a kit (house rule 5).
const (
	maxKitTitle     = 100 // runes (kit format, §3)
	maxKitSummary   = 150 // runes: what publiccode.yml takes as a short description
	maxAboutPages   = 3   // of a document where the programme and the name of the project are looked for
	maxAboutText    = 20_000
	maxSummaryPages = 12 // of the main document where a sentence is looked for
	minSummaryRunes = 40
	minTold         = 2 // times that a project must be named to give its name to the kit
	minToldBy       = 2 // documents that must name it, to count more than the name of a repository
	minToldPart     = 4 // and they must be one in so many of those that have a text
)

// titles gives each document the title of its block, else one made of its name (kit format, §L3, step 8). Titles that two
// documents share are told apart by what was taken out of the name.
func (w *understander) titles() {
	docs := w.u.Documents
	w.parts = make([]nameParts, len(docs))
	blocks := map[string][]int{}
	for i := range docs {
		w.parts[i] = nameTitle(docs[i].Path, w.spelt)
		if h := docs[i].Header; h != nil && h.Title != "" {
			blocks[fold(h.Title)] = append(blocks[fold(h.Title)], i)
		}
	}
	kits := kitFolders(w.u.Items)
	best := map[string]int{}
	for title, same := range blocks {
		best[title] = w.closest(same)
	}
	for i := range docs {
		d := &docs[i]
		d.Title = w.parts[i].title
		d.TitleWhy = schema.Tf("titolo preso dal nome del file «%s»", "title taken from the file's name %q", named(d.Path))
		if title, folder := folderTitle(d.Path, w.spelt, kits); w.parts[i].empty && title != "" {
			d.Title = title
			d.TitleWhy = schema.Tf("titolo preso dalla cartella «%[1]s» perché il nome del file, «%[2]s», non dice niente", "title taken from the folder %[1]q because the file's name, %[2]q, says nothing", named(folder), named(d.Path))
		} else {
			w.parts[i].empty = false
		}
		if d.Header == nil || d.Header.Title == "" {
			continue
		}
		if best := best[fold(d.Header.Title)]; best != i {
			w.find(d, "L11", schema.Tf("il riquadro a pagina %[1]d dà al documento lo stesso titolo di «%[2]s»: il titolo è preso dal nome del file", "the block on page %[1]d gives the document the title of %[2]q: the title is taken from the file's name", d.Header.Page, named(docs[best].Path)),
				schema.T("correggi il campo «Output» nel riquadro", "correct the field \"Output\" in the block"))
			continue
		}
		d.Title, w.parts[i].empty = clipped(printable(d.Header.Title), maxNameTitle), false
		d.TitleWhy = schema.Tf("titolo preso dal riquadro «Stato del documento» a pagina %d", "title taken from the block \"Stato del documento\" on page %d", d.Header.Page)
	}
	w.tellApart()
}

// closest gives the document, of some whose blocks have one title, whose file's name is most like that title.
func (w *understander) closest(same []int) int {
	best, most := same[0], -1
	for _, i := range same {
		n := 0
		for _, word := range strings.Fields(foldName(w.parts[i].title)) {
			if len(word) >= minGuessed && slices.Contains(strings.Fields(foldName(w.u.Documents[i].Header.Title)), word) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// tellApart adds the day and the version of the name, or the name itself where the title is that of a folder, to titles that
// are there twice.
func (w *understander) tellApart() {
	docs := w.u.Documents
	count := map[string]int{}
	for i := range docs {
		count[fold(docs[i].Title)]++
	}
	for i := range docs {
		var more []string
		if n := w.parts[i]; count[fold(docs[i].Title)] > 1 {
			if n.date != "" {
				more = append(more, n.date)
			}
			if n.version != "" {
				more = append(more, "v. "+n.version)
			}
			if n.empty {
				more = append(more[:0], named(docs[i].Path))
			}
		}
		if len(more) > 0 {
			docs[i].Title += " (" + strings.Join(more, ", ") + ")"
		}
	}
}

// about finds what the kit is called, what it is, and the project and programme it comes from.
func (w *understander) about() {
	u := w.u
	u.CUP = w.cup()
	u.Programme = mostTold(w.aboutTexts(), programmeName)
	u.Title = clipped(w.title(), maxKitTitle)
	u.Summary = w.summary()
}

// aboutTexts gives the first pages of the documents.
func (w *understander) aboutTexts() []string {
	var out []string
	for i := range w.u.Documents {
		t := w.text(w.u.Documents[i].Blob)
		if t == nil {
			continue
		}
		for _, p := range t.Pages[:min(len(t.Pages), maxAboutPages)] {
			out = append(out, privacy.WithoutMarks(p.Text[:min(len(p.Text), maxAboutText)]))
		}
	}
	return out
}

// programmeName is how the texts name the programme that paid: what follows "PON GOV" up to the end of the line.
var programmeName = regexp.MustCompile(`\b(PON (?:GOV|Gov|Governance|GOVERNANCE)\b[^\n.,;:()|–]{0,60})`)

// projectName is how the texts name their project: one word, or a few that begin with capitals.
var projectName = regexp.MustCompile(`\bProgetto ["“«]?(\p{Lu}[\pL\pN]{2,30}(?: \p{Lu}[\pL\pN]{2,30}){0,3})`)

// mostTold gives what a pattern finds most often, the first in the alphabet of several; "" where it is found less than twice.
func mostTold(texts []string, re *regexp.Regexp) string {
	count := map[string]int{}
	for _, s := range texts {
		for _, m := range re.FindAllStringSubmatch(s, -1) {
			count[strings.Join(strings.Fields(m[1]), " ")]++
		}
	}
	best := ""
	for s, n := range count {
		if n >= minTold && (best == "" || n > count[best] || n == count[best] && s < best) {
			best = s
		}
	}
	return strings.TrimRight(best, " -")
}

// cup gives the code of the project that most documents name.
func (w *understander) cup() string {
	count := map[string]int{}
	for i := range w.u.Documents {
		if code, _ := CUP(w.text(w.u.Documents[i].Blob)); code != "" {
			count[code]++
		}
	}
	best := ""
	for c, n := range count {
		if best == "" || n > count[best] || n == count[best] && c < best {
			best = c
		}
	}
	return best
}

// title looks for the name of the kit: in its descriptor, in the README's heading, in what many of the texts call the
// project, in the name of the repository or folder, in what any text calls the project; a name that says only "reuse kit"
// is none. Last of all it is that of the main document.
func (w *understander) title() string {
	heading := ""
	for line := range strings.Lines(w.u.README[:min(len(w.u.README), maxAboutText)]) {
		if h, ok := strings.CutPrefix(strings.TrimSpace(line), "# "); ok {
			heading = strings.Trim(h, " #*`")
			break
		}
	}
	name := strings.TrimSuffix(strings.TrimSuffix(w.u.Name, "-main"), "-master")
	project := mostTold(w.aboutTexts(), projectName)
	sure := ""
	if project != "" && w.tellers(project) >= minToldBy {
		sure = project
	}
	for _, s := range []string{described(w.u.PublicCode), heading, sure, name} {
		s = strings.Join(strings.FieldsFunc(printable(s), func(r rune) bool { return r == ' ' || r == '_' }), " ")
		if generic(s) {
			continue
		}
		if fold(s) == fold(project) {
			return project
		}
		if own := w.spelt[fold(s)]; own != "" {
			return own
		}
		return readable(s, w.spelt)
	}
	if project != "" {
		return project
	}
	if d := w.main(); d != nil {
		return d.Title
	}
	return ""
}

// tellers counts the documents that name a project on their first pages; 0 where they are a small part of all.
func (w *understander) tellers(project string) int {
	tell, all := 0, 0
	for i := range w.u.Documents {
		t := w.text(w.u.Documents[i].Blob)
		if t == nil || len(t.Pages) == 0 {
			continue
		}
		all++
		for _, p := range t.Pages[:min(len(t.Pages), maxAboutPages)] {
			if strings.Contains(p.Text[:min(len(p.Text), maxAboutText)], "Progetto "+project) {
				tell++
				break
			}
		}
	}
	if tell*minToldPart < all {
		return 0
	}
	return tell
}

// described gives the name that a publiccode.yml has, or "".
func described(data string) string {
	if data == "" {
		return ""
	}
	pc, _ := publiccode.Parse([]byte(data), publiccode.Options{})
	if pc == nil {
		return ""
	}
	return pc.Name
}

// generic says that a name has no word of its own.
func generic(s string) bool {
	for _, w := range strings.Fields(foldName(s)) {
		if !genericNames[w] {
			return false
		}
	}
	return true
}

// main gives the document that presents the kit: one called so, the first of the phases and the shallowest; nil where
// there is none.
func (w *understander) main() *Document {
	var best *Document
	rank := func(d *Document) int {
		phase := d.Phase
		if phase == "" {
			phase = "Z"
		}
		return strings.Count(d.Path, "/")*256 + int(phase[0])
	}
	for i := range w.u.Documents {
		d := &w.u.Documents[i]
		words := strings.Fields(foldName(d.Title + " " + baseOf(d.Path)))
		if slices.Contains(words, "kit") && slices.Contains(words, "riuso") && (best == nil || rank(d) < rank(best)) {
			best = d
		}
	}
	return best
}

// saysWhat is a sentence that says what a practice is or is for.
var saysWhat = regexp.MustCompile(`(?i)^(?:il |la |lo |l['’])?(?:progetto|buona pratica|pratica|kit|modello|piattaforma|soluzione|sistema|servizio)\b[^.;:•]{0,60}?\s(?:è (?:un|una|uno|il|la|lo)\b|consiste\b|permette\b|consente\b|ha (?:l['’]obiettivo|lo scopo|come obiettivo)\b|mira\b|si propone\b|offre\b|aiuta\b)`)

// summary gives the first sentence of the main document that says what the practice is, where there is one that is short
// enough and no part of a longer one; "" else.
func (w *understander) summary() string {
	d := w.main()
	if d == nil {
		return ""
	}
	t := w.text(d.Blob)
	if t == nil {
		return ""
	}
	for _, p := range t.Pages[:min(len(t.Pages), maxSummaryPages)] {
		if s := sentenceIn(p); s != "" {
			return s
		}
	}
	return ""
}

func sentenceIn(p catalog.TextPage) string {
	text := strings.Join(strings.Fields(printable(privacy.WithoutMarks(p.Text[:min(len(p.Text), maxAboutText)]))), " ")
	for s := range strings.SplitSeq(strings.ReplaceAll(text, ". ", ".\n"), "\n") {
		n := utf8.RuneCountInString(s)
		if n >= minSummaryRunes && n <= maxKitSummary && !strings.Contains(s, privacy.Removed) && strings.HasSuffix(s, ".") && saysWhat.MatchString(s) {
			return strings.TrimSuffix(s, ".")
		}
	}
	return ""
}
