package legacy

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// maxNamed is how many files one line of the report names.
const maxNamed = 8

// page writes Markdown for people; what others wrote cannot become markup.
type page struct{ b strings.Builder }

func (w *page) line(parts ...string) { w.b.WriteString(strings.Join(parts, "") + "\n") }
func (w *page) head(title string)    { w.line("\n## ", title, "\n") }

// file shows a path as it stands, without the data of persons.
func file(p string) string {
	p = privacy.MaskPersons(shown(p))
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

// reportStart is the first sentence of a report, by which it is known again.
const reportStart = "riuso ha letto i tuoi file e ha preparato le schede di un kit."

// report tells in Italian what was understood and what is left to its owner: first what is to be done, then what is to be
// looked at, the long lists last. What holds for many is said once.
func (d *draft) report(p *Proposal) []byte {
	w := &page{}
	w.line("# Importazione di «", prose(cmp.Or(d.title, d.u.Name)), "»\n")
	w.line(reportStart, " I file originali non sono stati toccati.")
	d.brief(w)
	d.withoutCode(w)
	d.todo(w, p)
	d.doubtful(w)
	d.persons(w)
	d.notHad(w)
	d.adopters(w)
	d.arranged(w)
	d.leftOut(w)
	d.why(w)
	return []byte(w.b.String())
}

// brief says in a few lines what there was.
func (d *draft) brief(w *page) {
	w.head("In breve")
	dumped, copied := 0, 0
	for _, x := range d.u.Dumps {
		dumped += len(x.Files)
	}
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
	if n := len(d.told) + len(d.untold); n > 0 {
		which := ", con la storia pronta."
		switch {
		case len(d.told) == 0:
			which = ", tutti senza codice IPA: si veda qui sotto."
		case len(d.untold) > 0:
			which = ", di cui " + itoa(len(d.untold)) + " senza codice IPA: si veda qui sotto."
		}
		w.line("- ", count(n, "ente che risulta riusante", "enti che risultano riusanti"), which)
	}
	if n := len(d.personal()); n > 0 {
		w.line("- Dati personali o riservati in ", count(n, "file", "file"), ": si vedano più sotto.")
	}
	from := "- Da dove: " + prose(cmp.Or(d.u.URL, d.u.Name, "una cartella"))
	if d.u.Commit != "" {
		from += ", stato " + file(d.u.Commit)
	}
	if !d.u.Date.IsZero() {
		from += " del " + d.u.Date.UTC().Format("2006-01-02")
	}
	w.line(from, ".")
}

// withoutCode says once which bodies were recognised by their names alone, and the two commands that mend it.
func (d *draft) withoutCode(w *page) {
	reusing, ceding := d.u.nameless()
	n := len(reusing) + len(ceding)
	if n == 0 {
		return
	}
	who, _ := bodiesSaid(reusing, ceding)
	w.head("Enti senza codice IPA")
	w.line("riuso ha riconosciuto ", count(n, "ente", "enti"), " dal nome e non ne conosce il codice IPA: ", prose(who), ".")
	w.line("Senza il codice non possono comparire nel kit. Prima di correggere le schede a mano bastano due comandi:\n")
	table := "enti.csv"
	if d.source() == "." {
		table = "../" + table // beside the folder, and not a file of the kit
	}
	w.line("    riuso entities fetch --to ", table)
	w.line("    riuso import ", d.source(), " --entities ", table)
	if len(d.waiting) > 0 {
		w.line("\nLe storie sono già scritte nei file `", d.folder(storiesFolder, storyInstead), "/", waitingStart, "…`, e i due comandi le sostituiscono. A mano:")
		w.line("togli il segno # davanti a entity, scrivi il codice (si trova su indicepa.gov.it) e chiama il file `<codice>.md`. Fino ad allora")
		w.line("`riuso check` dice che il codice manca (E03) e il catalogo non mostra quella storia.")
	}
}

// why tells what made of the repository a kit, and how its codes were understood.
func (d *draft) why(w *page) {
	w.head("Perché sembra un kit")
	if len(d.u.Points) == 0 {
		w.line("Nessun indizio: l'importazione è stata chiesta.")
	} else {
		w.line("Il punteggio è ", itoa(d.u.Score), ". Da 3 in su è un kit fatto di documenti.\n")
	}
	for _, x := range d.u.Points {
		sign := ""
		if x.Value > 0 {
			sign = "+"
		}
		w.line("- ", sign, itoa(x.Value), ": ", prose(x.Why.It))
	}
	w.line("\nL'importazione segue le regole versione ", RulesVersion, ".")
	d.votes(w)
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
