package legacy

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Understand puts together all that the names and the texts of a repository tell of a kit that was never written as one
// (kit format, §L3). It says nothing that is not there: what is missing stays empty, and what is a guess says so. It is
// the same for the same repository, in whatever order its files come; whether the repository is a kit at all is the
// verdict of its recognition, and does not change what is understood.
func Understand(r Repository) *Understanding {
	r.Bodies = withOwner(r.Bodies, r.PublicCode)
	u := &Understanding{Repository: r}
	text := func(blob string) *catalog.Text {
		if r.Text == nil || blob == "" {
			return nil
		}
		return r.Text(blob)
	}
	paths := make([]string, len(r.Files))
	for i, f := range r.Files {
		paths[i] = f.Path
	}
	u.Recognition = Recognise(paths, r.README, r.PublicCode)
	u.Layout = layOut(r.Files)
	u.setTablesAside(text)
	w := &understander{u: u, text: text, spelt: ownSpellings(paths)}
	w.documents()
	w.codes()
	w.titles()
	for i := range u.Documents {
		d := &u.Documents[i]
		t := text(d.Blob)
		d.Kind, d.KindWhy = KindOf(d.Path, d.Title, t)
		if t != nil {
			d.Mentioned = Mentions(t, r.Bodies)
		}
	}
	u.Scheme = Vote(u.Documents, text)
	w.ambits()
	w.ids()
	w.about()
	u.Ceding, u.Leading = roles(u.Documents, text, r.README, r.Bodies)
	u.Stories = Stories(u.Documents, text, r.Bodies)
	u.Findings = bounded(slices.Concat(u.Layout.Findings, w.findings, w.textFindings(), u.withoutCode()))
	u.Layout.Findings = bounded(u.Layout.Findings)
	return u
}

// understander is one understanding while it is made.
type understander struct {
	u        *Understanding
	text     func(blob string) *catalog.Text
	spelt    map[string]string // words with capitals of their own, by their folded form
	parts    []nameParts       // of the documents, in their order
	findings []schema.Finding
}

func (w *understander) find(d *Document, code string, message, hint schema.Text) {
	w.findings = append(w.findings, warning(d.Path, code, message, hint))
}

// documents makes a document of each item, with what its bytes and its block tell.
func (w *understander) documents() {
	w.u.Documents = make([]Document, len(w.u.Items))
	for i, it := range w.u.Items {
		d := Document{Item: it}
		_, d.Format = splitName(it.Path)
		if t := w.text(it.Blob); t != nil {
			if t.Format != "" {
				d.Format = t.Format
			}
			d.Language, d.Pages, d.Signed = t.Language, t.PageCount, t.Signed
			d.SHA256 = cmp.Or(d.SHA256, t.SHA256)
			if d.Bytes < 0 && t.Bytes > 0 {
				d.Bytes = t.Bytes
			}
			if h, ok := ReadHeader(t); ok {
				d.Header = h
			}
		}
		w.u.Documents[i] = d
	}
}

// minNumbered are the names with an action and an output that show how the files of a kit are called, where no block does.
const minNumbered = 2

// codes decides what the letters and digits before a title are: codes of the kit, unless its blocks call actions of the
// project so (kit format, §L3, step 5), or other names have a number after them.
func (w *understander) codes() {
	actions, numbered, plain := 0, 0, 0
	for i := range w.u.Documents {
		d := &w.u.Documents[i]
		if d.Header != nil && d.Header.Action != "" {
			actions++
		}
		switch {
		case d.Prefix == "":
		case d.Numbered:
			numbered++
		default:
			plain++
		}
	}
	isCode := actions == 0 && (numbered < minNumbered || numbered < plain)
	for i := range w.u.Documents {
		d := &w.u.Documents[i]
		if isCode && d.Prefix != "" && !d.Numbered && d.Code == "" {
			d.Code = d.Prefix
			d.CodeWhy = schema.Tf("codice %s perché il nome del file comincia così", "code %s because the file's name begins so", d.Code)
			if d.PrefixIn != "" {
				d.CodeWhy = schema.Tf("codice %s perché la cartella è «%s»", "code %s because the folder is %q", d.Code, named(d.PrefixIn))
			}
			if d.Phase == "" {
				d.Phase = d.Code[:1]
				d.PhaseWhy = schema.Tf("fase %s perché il codice è %s", "phase %s because the code is %s", d.Phase, d.Code)
			}
		}
		if !isCode && d.Header != nil && d.Prefix != "" && d.PrefixIn == "" {
			w.disagreement(d)
		}
	}
}

// disagreement tells when the block of a document and its file's name differ in the action, or in the number of the output.
func (w *understander) disagreement(d *Document) {
	number := ""
	if d.Numbered {
		stem, _ := splitName(d.Path)
		number = digits(prefixName.FindStringSubmatch(fold(cut(stem)))[4])
	}
	action := d.Header.Action != "" && d.Header.Action != d.Prefix
	output := number != "" && d.Header.OutputID != "" && digits(d.Header.OutputID) != number
	if !action && !output {
		return
	}
	inName, inBlock := strings.TrimSpace(d.Prefix+" "+number), d.Header.Action
	if d.Header.OutputID != "" && number != "" {
		inBlock += " " + d.Header.OutputID
	}
	w.find(d, "L06", schema.Tf("il nome del file dice «%s», il riquadro a pagina %d dice «%s»: vale il riquadro", "the file's name says %q, the block on page %d says %q: the block holds", inName, d.Header.Page, inBlock),
		schema.T("guarda la prima pagina e correggi il nome del file o il riquadro", "look at the first page and correct the file's name or the block"))
}

// ambits gives each document the ambit that its code stands for; by a scheme that is known it is sure, else it is a guess.
func (w *understander) ambits() {
	s := catalog.CodeScheme{Name: w.u.Scheme.Name}
	codes := false
	for i := range w.u.Documents {
		d := &w.u.Documents[i]
		if d.Code == "" {
			continue
		}
		codes = true
		if a := s.AmbitOf(d.Code); a != "" {
			d.Ambit = a
			d.AmbitWhy = schema.Tf("ambito %[1]s perché così vuole il codice %[3]s nello schema %[4]s", "ambit %[2]s because so the code %[3]s has it in the scheme %[4]s",
				strings.ToLower(schema.Ambits.Label(a).It), strings.ToLower(schema.Ambits.Label(a).En), d.Code, s.Name)
		} else if a := w.u.Scheme.Ambit[d.Code]; a != "" {
			d.Ambit, d.Inferred = a, true
			d.AmbitWhy = schema.Tf("ambito %[1]s perché ne parlano i documenti con il codice %[3]s", "ambit %[2]s because the documents with the code %[3]s speak of it",
				strings.ToLower(schema.Ambits.Label(a).It), strings.ToLower(schema.Ambits.Label(a).En), d.Code)
		}
	}
	if codes && (w.u.Scheme.Name == "" || w.u.Scheme.Name == "none") {
		w.findings = append(w.findings, warning("", "L09", schema.T("dai contenuti non si capisce quale ambito indicano i numeri dei codici", "the contents do not tell which ambit the numbers of the codes stand for"),
			schema.T("scrivi in kit.md, alla voce codeScheme, che cosa vuol dire ogni numero", "write in kit.md, under codeScheme, what each number means")))
	}
}

// ids gives each document an id of its own, and its place among those that share its code.
func (w *understander) ids() {
	sharing, nth := map[string]int{}, map[string]int{}
	taken, next := map[string]bool{}, map[string]int{}
	for i := range w.u.Documents {
		sharing[w.u.Documents[i].Code]++
	}
	for i := range w.u.Documents {
		d := &w.u.Documents[i]
		d.ID = freeID(d, taken, next)
		taken[d.ID] = true
		if n := sharing[d.Code]; d.Code != "" && n > 1 {
			nth[d.Code]++
			d.Part = strconv.Itoa(nth[d.Code]) + " di " + strconv.Itoa(n)
		}
	}
}

// freeID makes an id of the title; where that is taken, with the format, and then with the beginning of the blob's name or a
// number. next keeps the number of each, so that many equal titles cost no more than others.
func freeID(d *Document, taken map[string]bool, next map[string]int) string {
	base := catalog.Slug(d.Title)
	if base == "" {
		base = "documento"
	}
	with := func(end string) string {
		if end == "" {
			return base
		}
		return strings.TrimRight(base[:min(len(base), catalog.MaxSlug-len(end)-1)], "-_") + "-" + end
	}
	for _, end := range []string{"", catalog.Slug(d.Format), catalog.Slug(d.Blob[:min(len(d.Blob), idBlob)])} {
		if id := with(end); !taken[id] {
			return id
		}
	}
	for {
		next[base]++
		if id := with(strconv.Itoa(next[base] + 1)); !taken[id] {
			return id
		}
	}
}

// idBlob are the letters of a blob's name that tell documents with one title apart.
const idBlob = 7

// textFindings tell what is wrong with the bytes of the documents, once, at the path that is kept: what to do with the copies
// the finding on copies says (L03).
func (w *understander) textFindings() []schema.Finding {
	var out []schema.Finding
	for i := range w.u.Documents {
		d := &w.u.Documents[i]
		if t := w.text(d.Blob); t != nil {
			for _, f := range t.Faults {
				out = append(out, f.Finding(shown(d.Path)))
			}
		}
	}
	return out
}
