package legacy

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// maxTags is how many bodies that a document names become words to find it by.
const maxTags = 5

func itoa(n int) string { return strconv.Itoa(n) }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

// masked makes one line of what others wrote, without the data of persons.
func masked(s string) string { return plain(privacy.MaskPersons(plain(s))) }

// documents writes one file for each document, in the order of the originals.
func (d *draft) documents() {
	docs := slices.Clone(d.u.Documents)
	slices.SortStableFunc(docs, func(a, b Document) int { return strings.Compare(a.Path, b.Path) })
	top := d.folder(docsFolder, docsInstead)
	ids, sharing, nth := map[string]bool{}, map[string]int{}, map[string]int{}
	for _, doc := range docs {
		sharing[doc.Code]++
	}
	for i := range docs {
		doc := &docs[i]
		if !canBeNamed(doc.Path) {
			d.left = append(d.left, Left{doc.File, schema.T("il nome del file non si può scrivere in una scheda", "the name of the file cannot be written in a record")})
			continue
		}
		stem := idOf(cmp.Or(doc.ID, strings.TrimSuffix(path.Base(doc.Path), path.Ext(doc.Path))), "documento")
		id := stem
		for n := 2; ids[id]; n++ {
			id = strings.Trim(stem[:min(len(stem), catalog.MaxSlug-5)], "-") + "-" + itoa(n)
		}
		ids[id] = true
		if nth[doc.Code]++; doc.Part == "" && doc.Code != "" && sharing[doc.Code] > 1 {
			doc.Part = itoa(nth[doc.Code]) + " di " + itoa(sharing[doc.Code])
		}
		folder := rootFolder
		if schema.Phases.Has(doc.Phase) {
			folder = doc.Phase
		}
		p := d.place(path.Join(top, folder), id)
		d.docs = append(d.docs, written{doc, id, p})
		d.add(p, d.document(doc, id))
	}
}

// canBeNamed says whether a record can point at a file: its reader takes no ends of line and no control characters.
func canBeNamed(p string) bool {
	return utf8.ValidString(p) && len(p) <= catalog.MaxPath && strings.TrimSpace(p) == p && !strings.ContainsFunc(p, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' })
}

// document writes the file of one document.
func (d *draft) document(doc *Document, id string) []byte {
	var f front
	f.note("", "Scheda proposta dall'importazione: il documento è il file in attachments, che non è stato toccato.")
	f.bare("type", "document")
	f.text("id", id)
	if codeShape.MatchString(doc.Code) {
		f.note("", doc.CodeWhy.It)
		f.bare("code", doc.Code)
		f.text("part", clipped(plain(doc.Part), 64))
	}
	f.note("", doc.TitleWhy.It)
	f.text("title", shownTitle(doc))
	f.text("summary", summaryOf(doc))
	if schema.Phases.Has(doc.Phase) {
		f.note("", doc.PhaseWhy.It)
		f.bare("phase", "["+doc.Phase+"]")
	} else {
		f.todo("", "phase", "A per scegliere, B per adottare, C per gestire")
		f.example("phase: [A]")
	}
	switch {
	case !schema.Ambits.Has(doc.Ambit):
		f.note("", doc.AmbitWhy.It)
		f.todo("", "ambit", "informative, managerial, organisational, administrative, technological")
		f.example("ambit: [informative]")
	case doc.Inferred:
		f.note("", "Ambito dedotto, da confermare: "+doc.AmbitWhy.It)
		f.bare("ambit", "["+doc.Ambit+"]")
	default:
		f.note("", doc.AmbitWhy.It)
		f.bare("ambit", "["+doc.Ambit+"]")
	}
	if schema.DocumentKinds.Has(doc.Kind) {
		f.note("", doc.KindWhy.It)
		f.bare("kind", doc.Kind)
	} else {
		f.todo("", "kind", "che documento è")
	}
	h := doc.Header
	if h == nil {
		h = &Header{}
	} else if h.Page > 0 {
		f.note("", "Dal riquadro «Stato del documento», a pagina "+itoa(h.Page)+":")
	}
	f.text("version", clipped(masked(h.Version), maxLine))
	f.date("date", h.Released)
	if !f.date("updated", h.Updated) {
		if d.u.Answers.Updated != "" {
			f.note("", "Riletto e confermato: lo ha detto chi ha importato, per tutti i documenti che non lo dicono.")
		}
		if !f.date("updated", d.u.Answers.Updated) {
			f.todo("", "updated", "il giorno in cui qualcuno lo ha riletto e confermato")
			f.example("updated: 2021-06-30")
		}
	}
	if state, why := stateOf(doc.Header, d.u.Answers.Status); state != "" {
		f.note("", why.It)
		f.bare("status", state)
	} else {
		f.todo("", "status", "work-in-progress, final o superseded")
		f.example("status: final")
	}
	f.text("projectAction", clipped(masked(h.Action), maxLine))
	if h.OutputID != "" {
		f.text("outputId", "#"+strings.TrimPrefix(clipped(masked(h.OutputID), maxLine), "#"))
	}
	f.list("tags", tagsOf(doc))
	f.b.WriteString("attachments:\n")
	d.attachment(&f, doc)
	return f.file("")
}

// attachment writes the entry of the original; its path stays as it is, composed or not.
func (d *draft) attachment(f *front, doc *Document) {
	f.b.WriteString("  - path: " + quoted(doc.Path) + "\n")
	const in = "    "
	f.text(in+"title", clipped(masked(path.Base(doc.Path)), maxLine))
	f.text(in+"format", clipped(plain(doc.Format), 64))
	if publiccode.ValidLanguage(doc.Language) {
		f.bare(in+"language", quoted(doc.Language))
	}
	f.number(in+"bytes", doc.Bytes)
	f.bare(in+"sha256", digestOf(doc.File))
	f.number(in+"pages", int64(doc.Pages))
	if doc.Signed == "cades" || doc.Signed == "pades" { // a signature is there; whether it holds nobody looked
		f.bare(in+"signed", doc.Signed)
	}
	var notes []string
	if doc.Absent {
		notes = append(notes, "Il contenuto non si è potuto avere.")
	}
	if n := len(doc.Aliases); n > 0 {
		notes = append(notes, "Lo stesso file si trova anche qui: "+strings.Join(doc.Aliases, "; ")+".")
	}
	f.text(in+"note", clipped(masked(strings.Join(notes, " ")), 2*maxLine))
}

// digestOf gives the SHA-256 of a file as a record may have it, or "".
func digestOf(f File) string {
	if digestShape.MatchString(f.SHA256) {
		return quoted(f.SHA256)
	}
	return ""
}

var digestShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

// shownTitle gives the title of a document, at worst the name of its file.
func shownTitle(doc *Document) string {
	stem, _ := splitName(doc.Path)
	return cmp.Or(clipped(masked(doc.Title), maxLine), clipped(masked(stem), maxLine), "Documento")
}

// summaryOf is the one sentence that is generated: only what is known of the file.
func summaryOf(doc *Document) string {
	s := "Documento"
	if schema.DocumentKinds.Has(doc.Kind) && doc.Kind != "other" {
		s = schema.DocumentKinds.Label(doc.Kind).It
	}
	if doc.Pages > 0 {
		s += " di " + count(doc.Pages, "pagina", "pagine")
	}
	if schema.Phases.Has(doc.Phase) {
		s += " per la fase " + doc.Phase + " (" + strings.ToLower(schema.Phases.Label(doc.Phase).It) + ")"
	}
	return s + ", nel file «" + clipped(masked(path.Base(doc.Path)), maxLine) + "»"
}

// tagsOf names the bodies that a document speaks of most.
func tagsOf(doc *Document) []string {
	known := slices.DeleteFunc(slices.Clone(doc.Mentioned), func(m Mention) bool { return m.Ref == "" || plain(m.Name) == "" })
	slices.SortStableFunc(known, func(a, b Mention) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name)) })
	var out []string
	for _, m := range known[:min(len(known), maxTags)] {
		if name := clipped(masked(m.Name), maxLine); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
