package legacy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// elsewhere are the findings that have a section of their own: copies, exports, junk, documents without a phase, bodies without
// a code, texts, data of persons.
func elsewhere(code string) bool {
	switch code {
	case "L03", "L04", "L05", "L07", "L13", "W04", "W05":
		return true
	}
	return strings.HasPrefix(code, "T")
}

// doubtful tells what somebody who knows the kit should look at.
func (d *draft) doubtful(w *page) {
	w.head("Che cosa è dubbio")
	n := 0
	say := func(parts ...string) { n++; w.line("- ", strings.Join(parts, "")) }
	for _, f := range d.u.Findings {
		if elsewhere(f.Code) {
			continue
		}
		where := ""
		if f.File != "" {
			where = file(f.File) + ": "
		}
		say(where, sentences(f.Message.It, f.Hint.It))
	}
	var guessed []string
	for _, doc := range d.docs {
		if doc.Inferred && schema.Ambits.Has(doc.Ambit) {
			guessed = append(guessed, doc.Path)
		}
	}
	if len(guessed) > 0 {
		say("Ambito dedotto, da confermare, in ", count(len(guessed), "documento", "documenti"), ": ", files(guessed), ".")
	}
	if n == 0 {
		w.line("Niente.")
	}
}

// leftOut tells what becomes no document, and why; copies are told once for a folder.
func (d *draft) leftOut(w *page) {
	w.head("Che cosa non è diventato un documento")
	junk := slices.Concat(d.u.Junk, d.left)
	own := d.untouched()
	if len(junk)+len(own)+len(d.u.Repeats)+len(d.u.Dumps) == 0 {
		w.line("Niente.")
		return
	}
	for _, x := range junk[:min(len(junk), maxRows)] {
		w.line("- ", file(x.Path), ": ", sentences(x.Why.It))
	}
	w.others(len(junk), "e altri ")
	for _, p := range own[:min(len(own), maxRows)] {
		w.line("- ", file(p), ": resta com'è.")
	}
	w.others(len(own), "e altri ")
	for _, x := range d.u.Dumps {
		w.line("- La cartella ", file(x.Folder), " (", count(len(x.Files), "file", "file"), "): ", sentences(x.Why.It), " Diventa un componente del kit.")
		if x.Human != "" {
			w.line("  Una persona può leggere ", file(baseOf(x.Human)), ".")
		}
	}
	d.copies(w)
}

// untouched are the files of which nothing else is told.
func (d *draft) untouched() []string {
	told := map[string]bool{}
	for _, x := range slices.Concat(d.u.Junk, d.left) {
		told[x.Path] = true
	}
	for _, x := range d.u.Repeats {
		told[x.Path] = true
	}
	for _, x := range d.u.Dumps {
		for _, f := range x.Files {
			told[f.Path] = true
		}
	}
	for _, doc := range d.docs {
		told[doc.Path] = true
		for _, p := range doc.Aliases {
			told[p] = true
		}
	}
	var out []string
	for _, f := range d.u.Files {
		if !told[f.Path] {
			out = append(out, f.Path)
		}
	}
	slices.Sort(out)
	return out
}

// notHad tells which files could not be read, and what to do.
func (d *draft) notHad(w *page) {
	w.head("Che cosa non si è potuto leggere")
	n := 0
	say := func(parts ...string) {
		if n++; n <= maxUnread {
			w.line("- ", strings.Join(parts, ""))
		}
	}
	for _, doc := range d.docs {
		if doc.Absent {
			say(file(doc.Path), ": il contenuto non si è potuto avere. Controlla che il file sia nel repository.")
		}
		t := d.textOf(doc.File)
		if t == nil {
			continue
		}
		for _, f := range t.Faults {
			if !strings.HasPrefix(f.Code, "T") || doc.Absent {
				continue
			}
			again := ""
			if f.Code == "T04" && slices.ContainsFunc(t.Pages, func(p catalog.TextPage) bool { return strings.TrimSpace(p.Text) != "" }) {
				again = " Il testo è stato letto lo stesso."
			}
			say(file(doc.Path), ": ", sentences(onPage(f.Page, f.Message.It), f.Hint.It), again)
		}
	}
	for _, x := range d.u.Dumps {
		for _, f := range x.Files {
			if f.Absent {
				say(file(f.Path), ": il contenuto non si è potuto avere.")
			}
		}
	}
	switch {
	case n == 0:
		w.line("Tutto è stato letto.")
	case n > maxUnread:
		w.line("- e altri ", itoa(n-maxUnread))
	}
}

func onPageOf(n int) string {
	if n <= 0 {
		return ""
	}
	return ", pagina " + itoa(n)
}

// personal gives what was found of data of persons or secrets, by file: where and of what kind, never the data.
func (d *draft) personal() map[string][]string {
	told := map[string][]string{}
	for _, doc := range d.docs {
		t := d.textOf(doc.File)
		if t == nil {
			continue
		}
		for _, f := range t.Faults {
			if f.Code == "W04" || f.Code == "W05" {
				told[doc.Path] = append(told[doc.Path], onPage(f.Page, f.Message.It))
			}
		}
		if t.Masked > 0 && told[doc.Path] == nil {
			told[doc.Path] = []string{count(t.Masked, "punto nascosto", "punti nascosti") + " nel testo mostrato"}
		}
	}
	texts := len(told)
	for _, f := range d.u.Findings {
		if (f.Code == "W04" || f.Code == "W05") && (texts == 0 || told[f.File] == nil || !d.isDocument(f.File)) {
			told[f.File] = append(told[f.File], f.Message.It)
		}
	}
	return told
}

// persons tells in which files there are such data, and what to do; and, as honestly, what nobody looked for (§L3.10).
func (d *draft) persons(w *page) {
	w.head("Dati personali o riservati")
	told := d.personal()
	if len(told) == 0 {
		w.line("riuso non ne ha trovati nei testi che ha potuto leggere.")
	} else {
		w.line("Nelle pagine del catalogo questi punti sono coperti, ma nei file originali, e nelle loro copie, ci sono ancora e chiunque può leggerli.")
		w.line("Decidi se sostituire i file con una copia senza quei dati.\n")
		for i, p := range sorted(told) {
			if i == maxRows {
				w.line("- e altri ", itoa(len(told)-i), " file")
				break
			}
			w.line("- ", file(p), ": ", sentences(told[p]...))
		}
	}
	w.line("\n**Che cosa riuso ha cercato, e che cosa no.** Ha cercato caselle di posta di persone, con il nome che hanno accanto, numeri")
	w.line("di cellulare, codici fiscali, password e chiavi, indirizzi di reti interne. Non riconosce gli altri nomi e cognomi, le firme, i volti e le")
	w.line("targhe nelle immagini, i dati sulla salute, né ciò che sta in un file che non ha letto: quelli deve cercarli una persona.\n")
	if len(told) > 0 {
		w.line("- [ ] Comincia dai file dell'elenco qui sopra: dove c'è una casella o un telefono di solito c'è anche un nome.")
	}
	if hand := d.unread(); len(hand) > 0 {
		w.line("- [ ] Guarda da te i file di cui riuso non ha letto il testo: ", files(hand), ".")
	}
	w.line("- [ ] Cerca nomi, firme e fotografie anche negli altri, prima di pubblicare.")
}

// unread are the documents without a text: scans, pictures, films, what could not be had.
func (d *draft) unread() []string {
	var out []string
	for _, doc := range d.docs {
		if t := d.textOf(doc.File); t == nil || !slices.ContainsFunc(t.Pages, func(p catalog.TextPage) bool { return strings.TrimSpace(p.Text) != "" }) {
			out = append(out, doc.Path)
		}
	}
	return out
}

func (d *draft) isDocument(p string) bool {
	return slices.ContainsFunc(d.docs, func(doc written) bool { return doc.Path == p })
}

// onPage says on which page, where the sentence does not say so itself.
func onPage(n int, what string) string {
	if n <= 0 || strings.Contains(what, "pagina "+itoa(n)) {
		return what
	}
	return "a pagina " + itoa(n) + ": " + what
}

// adopters tells the stories that are proposed, step by step with the page.
func (d *draft) adopters(w *page) {
	w.head("Enti che risultano riusanti")
	if len(d.told)+len(d.untold) == 0 {
		w.line("Nei testi non se ne è trovato nessuno.")
		return
	}
	w.line("Lo dicono i documenti, non gli enti: ogni passo va confermato.\n")
	for _, s := range d.told {
		w.line("- **", prose(cmp.Or(s.Name, string(s.Ref))), "** (", file(s.path), ")")
		d.steps(w, s.Story)
	}
	for _, s := range d.untold {
		w.line("- **", prose(s.Name), "** (", file(s.path), ")")
		d.steps(w, s.Story)
	}
}

func (d *draft) steps(w *page, s Story) {
	for _, e := range s.Events {
		when := "data non nota"
		if e.Date != "" {
			when = string(e.Date)
		}
		w.line("  - ", prose(schema.EventKinds.Label(e.Kind).It), ", ", prose(when), ": ", file(baseOf(e.Path)), onPageOf(e.Page))
	}
}
