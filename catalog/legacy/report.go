package legacy

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// maxNamed is how many files one line of the report names.
const maxNamed = 8

// page writes Markdown for people; what others wrote cannot become markup.
type page struct{ b strings.Builder }

func (w *page) line(parts ...string) { w.b.WriteString(strings.Join(parts, "") + "\n") }
func (w *page) head(title string)    { w.line("\n## ", title, "\n") }

// row writes one line of a table.
func (w *page) row(cells ...string) { w.line("| ", strings.Join(cells, " | "), " |") }

// file shows a path as it stands, without the data of persons; it fits into a table.
func file(p string) string {
	p = strings.ReplaceAll(privacy.MaskPersons(shown(p)), "|", `\|`)
	if strings.Contains(p, "`") {
		return "`` " + strings.ReplaceAll(p, "``", "` `") + " ``"
	}
	return "`" + p + "`"
}

var inert = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`, ">", `\>`, "[", `\[`, "]", `\]`, "|", `\|`, "#", `\#`, "~", `\~`, "!", `\!`)

// prose shows a text that others may have written.
func prose(s string) string { return inert.Replace(masked(s)) }

// sentences makes a sentence of each text, for a list.
func sentences(texts ...string) string {
	var out []string
	for _, t := range texts {
		t = masked(t)
		if t == "" {
			continue
		}
		first, size := utf8.DecodeRuneInString(t)
		out = append(out, prose(string(unicode.ToUpper(first))+strings.TrimRight(t[size:], "."))+".")
	}
	return strings.Join(out, " ")
}

// files names some files, and counts the others.
func files(list []string) string {
	var out []string
	for _, p := range list[:min(len(list), maxNamed)] {
		out = append(out, file(p))
	}
	s := strings.Join(out, ", ")
	if more := len(list) - maxNamed; more > 0 {
		s += " e " + count(more, "altro", "altri")
	}
	return s
}

// report tells in Italian what was understood and what is left to its owner.
func (d *draft) report(p *Proposal) []byte {
	w := &page{}
	w.line("# Importazione di «", prose(cmp.Or(d.title, d.u.Name)), "»\n")
	w.line("Questo testo dice che cosa ha capito riuso dei file, che cosa propone e che cosa resta da fare a voi.")
	w.line("I file originali non sono stati toccati: le schede proposte rimandano a quelli.\n")
	w.line("- Da dove: ", prose(cmp.Or(d.u.URL, d.u.Name, "una cartella")))
	if d.u.Commit != "" {
		w.line("- Stato del repository: ", file(d.u.Commit))
	}
	if !d.u.Date.IsZero() {
		w.line("- Data dei file: ", d.u.Date.UTC().Format("2006-01-02"))
	}
	w.line("- Regole usate: versione ", RulesVersion)
	w.head("In breve")
	dumped := 0
	for _, x := range d.u.Dumps {
		dumped += len(x.Files)
	}
	copied := 0
	for _, x := range d.u.Repeats {
		if !x.InDump {
			copied++
		}
	}
	parts := []string{count(len(d.docs), "documento", "documenti")}
	tell := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, count(n, one, many))
		}
	}
	tell(copied, "copia di un altro file", "copie di altri file")
	tell(dumped, "file scritto da un altro programma", "file scritti da altri programmi, in "+count(len(d.u.Dumps), "gruppo", "gruppi"))
	tell(len(d.u.Junk)+len(d.left), "file lasciato fuori", "file lasciati fuori")
	tell(len(d.u.Own), "file che resta com'è", "file che restano come sono")
	w.line("- ", count(len(d.u.Files), "file", "file"), ": ", strings.Join(parts, ", "), ".")
	w.line("- ", count(len(d.told), "ente riusante proposto", "enti riusanti proposti"), ".")
	w.line("- ", count(len(p.Gaps), "cosa", "cose"), " da completare o da controllare (l'elenco è più avanti).")
	d.why(w)
	d.arranged(w)
	d.doubtful(w)
	d.leftOut(w)
	d.notHad(w)
	d.persons(w)
	d.adopters(w)
	d.missing(w, p)
	d.next(w)
	d.everything(w)
	return []byte(w.b.String())
}

// why tells what made of the repository a kit.
func (d *draft) why(w *page) {
	w.head("Perché sembra un kit")
	if len(d.u.Points) == 0 {
		w.line("Nessun indizio: l'importazione è stata chiesta.")
		return
	}
	w.line("Il punteggio è ", itoa(d.u.Score), ". Da 3 in su è un kit fatto di documenti.\n")
	for _, x := range d.u.Points {
		sign := ""
		if x.Value > 0 {
			sign = "+"
		}
		w.line("- ", sign, itoa(x.Value), ": ", prose(x.Why.It))
	}
}

// arranged tells where each document was put, and why.
func (d *draft) arranged(w *page) {
	w.head("Come sono ordinati i documenti")
	if s := d.u.Scheme; schema.CodeSchemes.Has(s.Name) {
		w.line("Schema dei codici: **", prose(schema.CodeSchemes.Label(s.Name).It), "**. ", prose(s.Why.It))
		d.votes(w)
	}
	cells := map[string][]written{}
	for _, doc := range d.docs {
		cells[cmp.Or(doc.Phase, "~")+"/"+cmp.Or(doc.Code, "~")] = append(cells[cmp.Or(doc.Phase, "~")+"/"+cmp.Or(doc.Code, "~")], doc)
	}
	for _, key := range sorted(cells) {
		phase, code, _ := strings.Cut(key, "/")
		title := "Senza fase"
		if schema.Phases.Has(phase) {
			title = "Fase " + phase + " (" + strings.ToLower(schema.Phases.Label(phase).It) + ")"
		}
		if code != "~" {
			title += ", " + code
		} else {
			title += ", senza codice"
		}
		w.line("\n### ", prose(title), ": ", count(len(cells[key]), "documento", "documenti"), "\n")
		w.row("Documento", "File", "Tipo", "Ambito", "Perché")
		w.row("---", "---", "---", "---", "---")
		for _, doc := range cells[key] {
			ambit := "non chiaro"
			if schema.Ambits.Has(doc.Ambit) {
				ambit = schema.Ambits.Label(doc.Ambit).It
				if doc.Inferred {
					ambit += " (dedotto)"
				}
			}
			kind := "non chiaro"
			if schema.DocumentKinds.Has(doc.Kind) {
				kind = schema.DocumentKinds.Label(doc.Kind).It
			}
			w.row(prose(shownTitle(doc.Document)), file(doc.Path), kind, ambit, reasons(doc.Document))
		}
	}
}

// votes tells for which ambit the contents of each code speak.
func (d *draft) votes(w *page) {
	if len(d.u.Scheme.Votes) == 0 {
		return
	}
	w.line()
	w.row("Codice", "Di che cosa parlano i suoi documenti")
	w.row("---", "---")
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
		w.row(prose(code), strings.Join(out, ", "))
	}
}

// reasons gathers why a document stands where it stands.
func reasons(doc *Document) string {
	var out []string
	for _, t := range []schema.Text{doc.PhaseWhy, doc.CodeWhy, doc.AmbitWhy, doc.KindWhy, doc.TitleWhy} {
		if t.It != "" {
			out = append(out, prose(t.It))
		}
	}
	return strings.Join(out, "; ")
}

// sorted gives the keys of a map in order.
func sorted[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// everything lists what became of each file, so that nothing is lost in silence.
func (d *draft) everything(w *page) {
	became := map[string]string{}
	for _, f := range d.u.Files {
		became[f.Path] = "resta com'è"
	}
	for _, x := range d.u.Dumps {
		for _, f := range x.Files {
			became[f.Path] = "componente «" + prose(cmp.Or(x.Name, path.Base(x.Folder))) + "»"
		}
	}
	for _, x := range d.u.Repeats {
		if !x.InDump {
			became[x.Path] = "copia di " + file(x.Kept)
		}
	}
	for _, x := range slices.Concat(d.u.Junk, d.left) {
		became[x.Path] = "lasciato fuori"
	}
	for _, doc := range d.docs {
		became[doc.Path] = "scheda " + file(doc.path)
	}
	w.head("Che fine ha fatto ogni file")
	w.row("File", "Esito")
	w.row("---", "---")
	for _, p := range sorted(became) {
		w.row(file(p), became[p])
	}
}

// withText gives a file with the digest that its text knows, where it has none.
func (d *draft) withText(f File) File {
	if t := d.textOf(f); t != nil && f.SHA256 == "" {
		f.SHA256 = t.SHA256
	}
	return f
}

// textOf gives what was read of a file, or nil.
func (d *draft) textOf(f File) *catalog.Text {
	if d.u.Text == nil || f.Blob == "" {
		return nil
	}
	return d.u.Text(f.Blob)
}
