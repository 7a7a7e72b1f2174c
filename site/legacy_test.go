package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// importedKit is a kit as it comes of an import that nobody has reviewed, with the texts of its files.
func importedKit() (catalog.Record, shelf) {
	no, yes := false, true
	r, texts := filesOf(func(k *catalog.Kit) {
		k.Form, k.Path, k.Status = catalog.FormLegacy, "kit.md", "draft"
		k.Provenance = &catalog.Provenance{Source: filesURL, RulesVersion: "1", Reviewed: &no}
		k.Documents[0].Why = []schema.Text{schema.T("fase B perché la cartella «FASE B»", "phase B because of the folder «FASE B»")}
		k.Components = []catalog.Component{{ID: "sportello", Title: "Sportello", Kind: "software", Note: "Cartella «FASE B/export», con 12 file"}}
		k.Attachments = []catalog.Attachment{{Path: "FASE B/export/flow.bpmn", Title: "Diagramma del processo: Sportello", Kind: "process-map"}}
		catalogtest.Adopted("ipa:c_e506", "evaluation", "transfer-started")(k)
		a := &k.Adoptions[0]
		a.Name = "Comune di Lecce"
		a.Events[0].Inferred, a.Events[0].Source = &yes, "FASE B/All. B3/Regolamento #1.pdf, pagina 3"
		a.Events[1].Inferred, a.Events[1].Source = &yes, "un documento che non c'è"
	})
	find := func(code, file string) {
		r.Findings = append(r.Findings, schema.Finding{File: file, Code: code, Severity: schema.Warning, Message: schema.T("messaggio "+code, "message "+code), Hint: schema.T("rimedio", "remedy")})
	}
	find("E02", "kit.md")
	find("L01", "FASE B/All. B3")
	find("L03", "FASE B/doppio.pdf")
	find("W04", "contratto.doc")
	find("T02", "FASE B/scansione.pdf")
	find("L13", "")
	return r, texts
}

func TestAKitThatWasImportedSaysSo(t *testing.T) {
	r, texts := importedKit()
	s, _ := filesSite(t, r, texts)
	const banner = "Kit importato automaticamente, non ancora rivisto dall'ente"
	for _, path := range []string{"/kit/allegati", "/kit/allegati/documenti/scansione", "/kit/allegati/adozioni/c_e506", fileAt("video.mp4")} {
		text := words(page(t, s, path, 200))
		if !strings.Contains(text, banner) || strings.Contains(text, "In lavorazione: mancano") {
			t.Errorf("%s does not say that the kit was imported", path)
		}
	}
	if text := words(page(t, s, "/en/kit/allegati", 200)); !strings.Contains(text, "imported automatically, not yet reviewed") {
		t.Error("not said in English")
	}
	doc := page(t, s, "/kit/allegati", 200)
	section := byClass(doc, "imported")[0]
	text := words(section)
	at := 0
	for _, want := range []string{"3 documenti e 7 file (testo letto di 2)", "1 storia di adozione", "Dati personali (1)", "messaggio W04", "Da completare (1)", "messaggio E02", "Dubbi (2)", "messaggio L01",
		"File da convertire o sistemare (1)", "messaggio T02", "Lasciato fuori (1)", "messaggio L03", "riuso entities fetch --to enti.csv", "riuso import " + filesURL + " --entities enti.csv",
		"Gli enti che il kit nomina, con il codice IPA (1)", "Comune di Lecce — c_e506", "non conosce il codice (regola L13)"} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("no %q after the others in %s", want, text)
		}
		at += i
	}
	if a := link(section, "kit.md"); a != nil {
		t.Errorf("a file that is only proposed has an address: %s", attr(a, "href"))
	}
	if a := link(section, "FASE B/scansione.pdf"); a == nil || !strings.HasSuffix(attr(a, "href"), "/FASE%20B/scansione.pdf") {
		t.Error("a file that is there has none")
	}
	if why := words(byClass(page(t, s, "/kit/allegati/documenti/regolamento-per-l-occupazione", 200), "why")[0]); !strings.Contains(why, "Fase B perché la cartella «FASE B»") {
		t.Error(why)
	}
}

// Who adopts a kit stands before what its owner has to mend, the letter is a file, and what a firm asks first is answered.
func TestThePageOfAnImportedKitIsForItsReaders(t *testing.T) {
	r, texts := importedKit()
	r.Kit.License = ""
	s, _ := filesSite(t, r, texts)
	doc := page(t, s, "/kit/allegati", 200)
	text := words(doc)
	says(t, "the facts", text, "Licenza non indicata: finché chi tiene il kit non ne sceglie una")
	adopters, mend := strings.LastIndex(text, "Chi lo sta adottando"), strings.Index(text, "Nessuno ha scritto la scheda di questo kit")
	if adopters < 0 || mend < adopters || strings.Contains(text, "Buongiorno") || link(doc, "Scarica il testo da mandare a chi tiene il repository (.txt)") == nil {
		t.Errorf("adopters at %d, what is to be mended at %d: %s", adopters, mend, text)
	}
	says(t, "home", words(page(t, s, "/", 200)), "1 kit importato automaticamente")
}

// "Importato automaticamente" says that nobody has reviewed it: the card said both.
func TestTheCardOfAnImportedKitSaysItOnce(t *testing.T) {
	r, texts := importedKit()
	s, _ := filesSite(t, r, texts)
	doc := page(t, s, "/kit", 200)
	cards := byClass(doc, "kit-card-kind")
	if len(cards) != 1 || len(byClass(cards[0], "mini-badge")) != 1 || !strings.Contains(words(cards[0]), "Importato automaticamente") {
		t.Errorf("%d cards: %s", len(cards), words(cards[0]))
	}
}

// A story that a program inferred stood as if it were written in the kit, and on the page of its body like any other.
func TestAnInferredStoryIsNotSaidToBeWritten(t *testing.T) {
	r, texts := importedKit()
	s, _ := filesSite(t, r, texts)
	story := words(page(t, s, "/kit/allegati/adozioni/c_e506", 200))
	says(t, "the story", story, "Dedotta dai file, da scrivere in")
	if strings.Contains(story, "Scritta nel kit") {
		t.Error("it is said to be written in the kit")
	}
	says(t, "the page of the body", words(page(t, s, "/enti/c_e506", 200)), "Kit di allegati Importato automaticamente")
}

func TestAStepThatWasInferredLeadsToItsPage(t *testing.T) {
	r, texts := importedKit()
	s, _ := filesSite(t, r, texts)
	doc := page(t, s, "/kit/allegati/adozioni/c_e506", 200)
	a := link(doc, "Regolamento per l'occupazione")
	if a == nil || attr(a, "href") != fileAt("FASE B/All. B3/Regolamento #1.pdf")+"?pag=3#p3" || !strings.Contains(words(a), "pag. 3") {
		t.Errorf("%v", a)
	}
	if text := words(doc); !strings.Contains(text, "Dedotto da") || !strings.Contains(text, "un documento che non c'è") {
		t.Error(text)
	}
}

func TestTheLetterAboutAnImportedKit(t *testing.T) {
	r, texts := importedKit()
	s, _ := filesSite(t, r, texts)
	w := get(t, s, "/kit/allegati/avviso.txt")
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), "avviso-allegati.txt") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for _, want := range []string{"   riuso entities fetch --to enti.csv\n   riuso import " + filesURL + " --entities enti.csv\n", "- Comune di Lecce — c_e506", "fase B (Trasferimento e adozione): 2", "file: 7, di cui letti: 2", "in 1 file, senza contarne le copie, ci sono dati", "riuso import " + filesURL, "https://riuso.example.it/kit/allegati", "Messaggio E02"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %q in\n%s", want, w.Body)
		}
	}
	if en := get(t, s, "/en/kit/allegati/avviso.txt").Body.String(); !strings.Contains(en, "phase B (") || strings.Contains(en, "%!") {
		t.Error(en)
	}
	written, texts := filesOf()
	s, _ = filesSite(t, written, texts)
	page(t, s, "/kit/allegati/avviso.txt", 404)
	if len(byClass(page(t, s, "/kit/allegati", 200), "imported")) != 0 {
		t.Error("a kit that somebody wrote is told as imported")
	}
}

// A document that is one file shows how the file begins, and leads to the rest.
func TestADocumentThatIsAFileShowsItsBeginning(t *testing.T) {
	r, texts := filesOf()
	s, _ := filesSite(t, r, texts)
	doc := page(t, s, "/kit/allegati/documenti/regolamento-per-l-occupazione", 200)
	preview := byClass(doc, "text-preview")
	if len(preview) != 1 || !strings.Contains(words(preview[0]), "Capitolo 1 del regolamento") || len([]rune(words(preview[0]))) > 1400 {
		t.Fatalf("%d previews", len(preview))
	}
	if a := link(doc, "Leggi tutto il testo estratto"); a == nil || attr(a, "href") != fileAt("FASE B/All. B3/Regolamento #1.pdf") {
		t.Errorf("%v", a)
	}
	for _, path := range []string{"scansione", "contratto"} {
		if len(byClass(page(t, s, "/kit/allegati/documenti/"+path, 200), "text-preview")) != 0 {
			t.Errorf("%s has a preview", path)
		}
	}
}

// A hit in an attachment names the document and the page, and leads there with the words.
func TestAHitInAnAttachment(t *testing.T) {
	m := catalogtest.NewMemory()
	r, texts := filesOf()
	d := catalogtest.DeltaOf("a", r)
	for _, txt := range texts {
		d.Texts = append(d.Texts, *txt)
	}
	if err := m.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	hits := byClass(page(t, newSite(t, m), "/cerca?q=temporanee+suolo", 200), "hit-parts")
	if len(hits) == 0 {
		t.Fatal("nothing was found")
	}
	a := link(hits[0], "Regolamento per l'occupazione")
	if a == nil || attr(a, "href") != fileAt("FASE B/All. B3/Regolamento #1.pdf")+"?pag=3&q=temporanee+suolo#p3" || !strings.Contains(words(a), "pag. 3") {
		t.Fatalf("%s", words(hits[0]))
	}
}

// A kit that another catalogue imported, and whose repository we cannot read, is told as that catalogue's word: there is no
// copy of anything, no letter, and no text behind its files.
func TestAKitThatAnotherCatalogueImportedIsItsWord(t *testing.T) {
	r, _ := importedKit()
	src := catalog.Source{ID: "altro--kit", Kind: "kit", URL: filesURL, Parent: "altro", Via: []string{"altro"}}
	m := catalogtest.NewMemory()
	bring(t, m, catalog.Visit{Source: src, Outcome: catalog.Full, URL: src.URL, Way: catalog.WayCopy, Tree: &catalog.Tree{Kits: []catalog.Kit{*r.Kit}}})
	e, err := m.EntryByKey(t.Context(), catalog.KindKit, r.Key)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m)
	doc := page(t, s, "/kit/"+e.ID, 200)
	text := words(doc)
	says(t, "the page", text, "questo è quanto ne dice un altro catalogo, che lo ha importato automaticamente", "non ancora rivisto dall'ente")
	if strings.Contains(text, "copia") || len(byClass(doc, "imported")) != 0 {
		t.Error("it passes for a copy, or for what we read")
	}
	page(t, s, "/kit/"+e.ID+"/avviso.txt", 404)
}
