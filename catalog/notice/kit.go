package notice

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// ForKit says whether there is a letter to whoever keeps the repository of a kit: it was understood from its files alone,
// and nobody has looked at what became of it (kit format, Part II). Of one that only another catalogue has read there is none:
// that catalogue knows what it understood.
func ForKit(e *catalog.Entry) bool {
	if e.Copy || len(e.Via) > 0 && e.Commit == "" {
		return false
	}
	return e.Kit != nil && e.State != catalog.Gone && e.Kit.Form == catalog.FormLegacy && !catalog.Reviewed(e.Kit)
}

// KitText is the letter about a kit that was imported by itself: that it is in the catalogue, what was understood, what is
// missing, and how to make it one's own. Language, base and promises are those of [Text].
// Contact is where the operator of the catalogue is written to, a mailbox of an office or a page; "" where nobody said.
func KitText(e *catalog.Entry, base, contact string, lang schema.Lang) string {
	w := writer{lang: lang, base: base}
	k := e.Kit
	w.say("Buongiorno,", "Good morning,")
	w.line("")
	w.say("nel vostro repository il catalogo del riuso ha riconosciuto un kit: «%s».", "in your repository the reuse catalogue has recognised a kit: \"%s\".", sentence(k.Title))
	w.say("Lo mostra importato automaticamente, e dice che l'ente non lo ha ancora rivisto. I vostri file restano come sono.",
		"It shows it as imported automatically, and says that the body has not reviewed it yet. Your files stay as they are.")
	w.say("riuso è un programma libero: legge i repository in cui gli enti pubblicano le loro esperienze e ne fa un catalogo in cui gli altri le trovano e le riusano.",
		"riuso is free software: it reads the repositories in which public bodies publish what they did, and makes a catalogue of them in which others find and reuse it.")
	if base != "" {
		w.say("Che cos'è, e la guida: %s", "What it is, and the guide: %s", w.page("/informazioni"))
	}
	w.line("")
	if at := public(e.URL); at != "" {
		w.say("Indirizzo: %s", "Address: %s", at)
	}
	if e.Commit != "" {
		w.say("Commit letto: %s", "Commit that was read: %s", sentence(e.Commit))
	}
	if base != "" {
		w.say("La pagina del kit: %s", "The page of the kit: %s", w.page("/kit/"+url.PathEscape(e.ID)))
	}
	w.understood(e)
	w.bodies(e)
	w.persons(e)
	w.list(inOrder(e), schema.T("Altre %d segnalazioni sono nella pagina del kit.", "%d more findings are on the page of the kit."))
	w.line("")
	w.say("Come farlo vostro", "How to make it yours")
	w.say("1. Con il programma riuso, in una cartella vuota:", "1. With the program riuso, in an empty folder:")
	for _, c := range ImportCommands(e) {
		w.line("   " + c)
	}
	w.say("   Scrive le schede che proponiamo (kit.md, una per documento) e una relazione; gli originali non li tocca.",
		"   It writes the records that we propose (kit.md, one for each document) and a report; it does not touch the originals.")
	w.say("   Poi copiate il risultato accanto ai vostri file, in una copia del repository, e lì provate: riuso check .",
		"   Then copy the result beside your files, in a copy of the repository, and try there: riuso check .")
	w.say("2. Rileggete le schede, correggete, completate ciò che manca e scrivete reviewed: true in kit.md.",
		"2. Read the records again, correct them, complete what is missing and write reviewed: true in kit.md.")
	w.say("3. Pubblicatele nel repository: la visita successiva le legge, e la scritta «importato automaticamente» sparisce.",
		"3. Publish them in the repository: the next visit reads them, and the line \"imported automatically\" goes.")
	w.line("")
	w.say("Se il kit, o un suo file, non deve comparire, scrivete a chi gestisce il catalogo: lo toglie subito.",
		"If the kit, or a file of it, should not appear, write to whoever runs the catalogue: it is taken out at once.")
	if c := sentence(contact); c != "" {
		// The operator gave it to be written to: it is no mailbox of a person found in a file.
		return privacy.MaskPersons(w.b.String()) + schema.Tf("Per scriverci: %s\n", "To write to us: %s\n", c).In(w.lang)
	}
	return privacy.MaskPersons(w.b.String())
}

// urgency says in which order findings are told, the most serious first: data of persons and secrets, what only the owner can
// say, files that cannot be read, the rest, and last copies and what systems leave behind (see package schema).
func urgency(f schema.Finding) int {
	switch code := f.Code; {
	case code == "W04", code == "W05":
		return 0
	case code == "L03", code == "L04", code == "L05", code == "L08":
		return 5
	case code == "L13":
		return 2
	case strings.HasPrefix(code, "T"):
		return 3
	case strings.HasPrefix(code, "L"), strings.HasPrefix(code, "V"):
		return 4
	}
	return 1
}

// inOrder gives the findings of a kit in their order of urgency, those of data in a file that is no text with an advice that
// fits it: nobody corrects a line of a PDF.
func inOrder(e *catalog.Entry) []schema.Finding {
	out := slices.Clone(e.Findings)
	slices.SortStableFunc(out, func(a, b schema.Finding) int { return cmp.Compare(urgency(a), urgency(b)) })
	for i := range out {
		f := &out[i]
		switch strings.ToLower(path.Ext(f.File)) {
		case "", ".md", ".txt", ".yml", ".yaml", ".csv", ".json", ".html":
		default:
			if urgency(*f) == 0 {
				f.Hint = schema.T("prepara dal documento originale una versione senza quei dati e mettila al posto del file; la versione di prima resta nella storia di Git, e chi tiene il repository sa come toglierla",
					"make a version without that data from the original document and put it in the place of the file; the earlier version stays in the history of Git, and whoever keeps the repository knows how to take it out")
			}
		}
	}
	return out
}

// understood counts what was made of the files.
func (w *writer) understood(e *catalog.Entry) {
	k := e.Kit
	w.line("")
	w.say("Che cosa abbiamo capito", "What we understood")
	w.say("- documenti: %d", "- documents: %d", len(k.Documents))
	for _, phase := range catalog.GridPhases() {
		n := 0
		for i := range k.Documents {
			if strings.Join(k.Documents[i].Phase, "") == phase {
				n++
			}
		}
		if n > 0 {
			w.say("  fase %[1]s (%[3]s): %[2]d", "  phase %[1]s (%[4]s): %[2]d", phase, n, schema.Phases.Label(phase).It, schema.Phases.Label(phase).En)
		}
	}
	files, read := catalog.Attachments(k), 0
	for _, h := range files {
		if h.Attachment.Text != nil && h.Attachment.Text.Words > 0 {
			read++
		}
	}
	w.say("- file: %d, di cui letti: %d", "- files: %d, of which read: %d", len(files), read)
	if n := len(k.Components); n > 0 {
		w.say("- componenti software: %d", "- software components: %d", n)
	}
	if n := len(e.Adoptions); n > 0 {
		w.say("- storie di enti, dedotte dai documenti: %d", "- stories of bodies, inferred from the documents: %d", n)
	}
}

// persons puts what is most urgent first. Of a file that lies in several places the bytes count once.
func (w *writer) persons(e *catalog.Entry) {
	bytes := map[string]string{}
	for _, h := range catalog.Attachments(e.Kit) {
		bytes[path.Join(e.Kit.Folder, h.Attachment.Path)] = h.Attachment.Blob
	}
	in := map[string]bool{}
	for _, f := range e.Findings {
		if (f.Code == "W04" || f.Code == "W05") && f.Ignored == "" {
			in[cmp.Or(bytes[f.File], f.File)] = true
		}
	}
	if len(in) > 0 {
		w.line("")
		w.say("ATTENZIONE: in %d file, senza contarne le copie, ci sono dati che sembrano di persone, o segreti. Nelle pagine del catalogo li copriamo; nel repository sono pubblici.",
			"BEWARE: in %d files, not counting their copies, there is what looks like data of persons, or secrets. We mask them on the pages of the catalogue; in the repository they are public.", len(in))
	}
}
