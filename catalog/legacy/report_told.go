package legacy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// elsewhere are the findings that have a section of their own: copies, exports, junk, texts, data of persons.
func elsewhere(code string) bool {
	switch code {
	case "L03", "L04", "L05", "W04", "W05":
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
	var guessed, open []string
	for _, doc := range d.docs {
		switch {
		case !schema.Ambits.Has(doc.Ambit):
			open = append(open, doc.Path)
		case doc.Inferred:
			guessed = append(guessed, doc.Path)
		}
	}
	if len(guessed) > 0 {
		say("Ambito dedotto, da confermare, in ", count(len(guessed), "documento", "documenti"), ": ", files(guessed), ".")
	}
	if len(open) > 0 {
		say("Ambito non chiaro in ", count(len(open), "documento", "documenti"), ": ", files(open), ".")
	}
	if n == 0 {
		w.line("Niente.")
	}
}

// leftOut tells what becomes no document, and why.
func (d *draft) leftOut(w *page) {
	w.head("Che cosa è stato lasciato fuori")
	junk := slices.Concat(d.u.Junk, d.left)
	if len(junk)+len(d.u.Repeats)+len(d.u.Dumps) == 0 {
		w.line("Niente.")
		return
	}
	for _, x := range junk {
		w.line("- ", file(x.Path), ": ", sentences(x.Why.It))
	}
	for _, x := range d.u.Repeats {
		if !x.InDump {
			w.line("- ", file(x.Path), ": è lo stesso file di ", file(x.Kept), ".")
		}
	}
	for _, x := range d.u.Dumps {
		w.line("- La cartella ", file(x.Folder), " (", count(len(x.Files), "file", "file"), "): ", sentences(x.Why.It), " Diventa un componente del kit.")
		if x.Human != "" {
			w.line("  Una persona può leggere ", file(x.Human), ".")
		}
	}
}

// notHad tells which files could not be read, and what to do.
func (d *draft) notHad(w *page) {
	w.head("Che cosa non si è potuto leggere")
	n := 0
	for _, doc := range d.docs {
		if doc.Absent {
			n++
			w.line("- ", file(doc.Path), ": il contenuto non si è potuto avere. Controllate che il file sia nel repository.")
		}
		t := d.textOf(doc.File)
		if t == nil {
			continue
		}
		for _, f := range t.Faults {
			if !strings.HasPrefix(f.Code, "T") || doc.Absent {
				continue
			}
			n++
			w.line("- ", file(doc.Path), ": ", sentences(onPage(f.Page, f.Message.It), f.Hint.It))
		}
	}
	for _, x := range d.u.Dumps {
		for _, f := range x.Files {
			if f.Absent {
				n++
				w.line("- ", file(f.Path), ": il contenuto non si è potuto avere.")
			}
		}
	}
	if n == 0 {
		w.line("Tutto è stato letto.")
	}
}

func onPageOf(n int) string {
	if n <= 0 {
		return ""
	}
	return ", pagina " + itoa(n)
}

// persons tells in which files there are data of persons or secrets: where and of what kind, never the data.
func (d *draft) persons(w *page) {
	w.head("Dati personali trovati")
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
	if len(told) == 0 {
		w.line("Nessuno, nei testi che si sono potuti leggere.")
		return
	}
	w.line("Nel testo mostrato dal catalogo sono nascosti, ma nei file originali ci sono ancora e chiunque può leggerli.")
	w.line("Decidete se sostituire i file con una copia senza quei dati.\n")
	for _, p := range sorted(told) {
		w.line("- ", file(p), ": ", sentences(told[p]...))
	}
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
		w.line("- **", prose(s.Name), "**: il codice IPA non è noto e la storia non è stata scritta")
		d.steps(w, s)
	}
}

func (d *draft) steps(w *page, s Story) {
	for _, e := range s.Events {
		when := "data non nota"
		if e.Date != "" {
			when = string(e.Date)
		}
		w.line("  - ", prose(schema.EventKinds.Label(e.Kind).It), ", ", prose(when), ": ", file(e.Path), onPageOf(e.Page))
	}
}

// missing is the checklist of what only the owner can say.
func (d *draft) missing(w *page, p *Proposal) {
	w.head("Che cosa dovete aggiungere o controllare")
	for _, g := range p.Gaps {
		where := file(g.File)
		switch {
		case g.File == "":
			where = "In generale"
		case len(g.Files) > 1:
			where = count(len(g.Files), "file", "file") + " (" + files(g.Files) + ")"
		}
		codes := ""
		if len(g.Codes) > 0 {
			codes = " (" + strings.Join(g.Codes, ", ") + ")"
		}
		w.line("- [ ] ", where, ": ", sentences(g.What.It, g.Do.It), codes)
	}
	if len(p.Gaps) == 0 {
		w.line("Niente.")
	}
}

// next names the commands that come now.
func (d *draft) next(w *page) {
	w.head("E adesso")
	w.line("1. Rileggete `kit.md` e le schede: correggete ciò che non torna. Ciò che correggete non verrà mai sovrascritto.")
	w.line("2. Controllate: `riuso check .` dice che cosa manca ancora e come si rimedia.")
	w.line("3. Quando è tutto giusto scrivete `reviewed: true` e `status: published` in `kit.md`.")
	w.line("4. Se i file originali cambiano, ripetete `riuso import`: aggiorna solo le schede che non avete toccato, e dice che cosa avrebbe cambiato nelle altre.")
}
