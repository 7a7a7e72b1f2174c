package legacy

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// gridCell is a phase and a code with its documents.
type gridCell struct {
	phase, code string
	docs        []written
}

// arranged tells where each document was put, and why: what holds for a whole cell above it, what holds for a folder and for
// a kind of documents in it once, and in the line of a document only what is its own.
func (d *draft) arranged(w *page) {
	w.head("Come sono ordinati i documenti")
	if s := d.u.Scheme; schema.CodeSchemes.Has(s.Name) {
		w.line("Schema dei codici: **", prose(schema.CodeSchemes.Label(s.Name).It), "** (", prose(s.Why.It), ").")
	}
	w.line("La scheda di un documento sta in `", d.folder(docsFolder, docsInstead), "/<fase>/` e si chiama come il suo titolo.")
	w.line("Il titolo viene dal nome del file, se non è detto altro; il riquadro è quello intitolato «Stato del documento».")
	for _, c := range d.cells() {
		c.tell(w)
	}
}

func (d *draft) cells() []*gridCell {
	var out []*gridCell
	at := map[[2]string]*gridCell{}
	for _, doc := range d.docs {
		key := [2]string{doc.Phase, doc.Code}
		if at[key] == nil {
			at[key] = &gridCell{phase: doc.Phase, code: doc.Code}
			out = append(out, at[key])
		}
		at[key].docs = append(at[key].docs, doc)
	}
	slices.SortStableFunc(out, func(a, b *gridCell) int {
		return cmp.Or(strings.Compare(cmp.Or(a.phase, "~"), cmp.Or(b.phase, "~")), strings.Compare(cmp.Or(a.code, "~"), cmp.Or(b.code, "~")))
	})
	return out
}

// placeWhys are the reasons that the documents of a cell share, one of each kind.
var placeWhys = []func(*Document) schema.Text{
	func(d *Document) schema.Text { return d.PhaseWhy },
	func(d *Document) schema.Text { return d.CodeWhy },
	func(d *Document) schema.Text {
		if d.Inferred {
			return schema.T("dedotto, da confermare: "+d.AmbitWhy.It, d.AmbitWhy.En)
		}
		return d.AmbitWhy
	},
}

func (c *gridCell) tell(w *page) {
	title := "Senza fase"
	if schema.Phases.Has(c.phase) {
		title = "Fase " + c.phase + " (" + strings.ToLower(schema.Phases.Label(c.phase).It) + ")"
	}
	if c.code != "" {
		title += ", " + c.code
	} else {
		title += ", senza codice"
	}
	w.line("\n### ", prose(title), ": ", count(len(c.docs), "documento", "documenti"), "\n")
	var common []string
	for _, why := range placeWhys {
		if s := c.common(why); s != "" {
			common = append(common, prose(s))
		}
	}
	if !slices.ContainsFunc(c.docs, func(doc written) bool { return schema.Ambits.Has(doc.Ambit) }) {
		common = append(common, "ambito non chiaro")
	}
	if len(common) > 0 {
		w.line(upper(strings.Join(common, "; ")), ".\n")
	}
	docs := slices.Clone(c.docs)
	slices.SortStableFunc(docs, func(a, b written) int {
		return cmp.Or(strings.Compare(folderOf(a.Path), folderOf(b.Path)), strings.Compare(kindLabel(a.Document), kindLabel(b.Document)), strings.Compare(fold(a.KindWhy.It), fold(b.KindWhy.It)))
	})
	folder, kind, above := "/", "", folderOf(docs[0].Path)
	for _, doc := range docs {
		if in := folderOf(doc.Path); in != folder {
			if folder != "/" {
				w.line()
			}
			inner, below := strings.CutPrefix(in, above+"/")
			switch folder, kind = in, ""; {
			case in == "":
				w.line("Nella cartella principale:\n")
			case below && above != "":
				w.line("Più dentro, in ", file(inner), ":\n")
			default:
				w.line("Nella cartella ", file(in), ":\n")
				above = in
			}
		}
		if why := kindLabel(doc.Document) + "\n" + fold(doc.KindWhy.It); why != kind {
			kind = why
			w.line("- **", kindLabel(doc.Document), "**", kindReason(doc.Document))
		}
		w.line("  - ", c.row(doc.Document))
	}
}

// common gives the reason that most documents of the cell have.
func (c *gridCell) common(why func(*Document) schema.Text) string {
	n, best := map[string]int{}, ""
	for _, doc := range c.docs {
		s := why(doc.Document).It
		if n[s]++; s != "" && (best == "" || n[s] > n[best]) {
			best = s
		}
	}
	return best
}

// row tells of one document what is not said above it.
func (c *gridCell) row(doc *Document) string {
	name := file(baseOf(doc.Path))
	out := prose(shownTitle(doc)) + ": " + name
	var own []string
	for _, why := range placeWhys {
		if s := why(doc).It; s != "" && s != c.common(why) {
			own = append(own, prose(s))
		}
	}
	if s := doc.TitleWhy.It; s != "" && !strings.HasPrefix(s, titleFromName) {
		own = append(own, prose(strings.Replace(s, "preso dal riquadro «Stato del documento» a", "dal riquadro di", 1)))
	}
	if len(own) > 0 {
		out += " (" + strings.Join(own, "; ") + ")"
	}
	return out
}

// titleFromName is how the usual reason of a title begins.
const titleFromName = "titolo preso dal nome del file"

func kindLabel(doc *Document) string {
	if schema.DocumentKinds.Has(doc.Kind) {
		return schema.DocumentKinds.Label(doc.Kind).It
	}
	return "Tipo non chiaro"
}

// kindReason is why documents are of their kind, without the kind, which stands before it.
func kindReason(doc *Document) string {
	s := strings.TrimPrefix(doc.KindWhy.It, strings.ToLower(kindLabel(doc))+": ")
	if s == "" {
		return ""
	}
	return ", " + prose(s)
}

// upper begins a text with a capital.
func upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// votes tells for which ambit the contents of each code speak.
func (d *draft) votes(w *page) {
	if len(d.u.Scheme.Votes) == 0 {
		return
	}
	w.line("\nDi che cosa parlano i documenti di ogni codice:\n")
	for _, code := range sorted(d.u.Scheme.Votes) {
		votes := d.u.Scheme.Votes[code]
		ambits := sorted(votes)
		slices.SortStableFunc(ambits, func(a, b string) int { return votes[b] - votes[a] })
		var out []string
		for _, a := range ambits {
			label := a
			if schema.Ambits.Has(a) {
				label = strings.ToLower(schema.Ambits.Label(a).It)
			}
			out = append(out, prose(label)+" "+itoa(votes[a]))
		}
		w.line("- ", prose(code), ": ", strings.Join(out, ", "))
	}
}
