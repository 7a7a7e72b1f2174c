package site_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site"
)

const filesURL = "https://github.com/ente/kit-allegati"

// shelf keeps texts by blob.
type shelf map[string]*catalog.Text

func (s shelf) Text(_ context.Context, blob string) (*catalog.Text, error) {
	if t := s[blob]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("text of %q: %w", blob, catalog.ErrNotFound)
}

// paper is a text of n pages, each with its number in words, and on the ones named the words given.
func paper(blob string, n int, on map[int]string) *catalog.Text {
	t := &catalog.Text{Blob: blob, Reader: "pdftotext 22.12.0", Format: "pdf", Bytes: 1 << 20, Language: "it", PageCount: n}
	for i := 1; i <= n; i++ {
		t.Pages = append(t.Pages, catalog.TextPage{N: i, Text: fmt.Sprintf("Regione di prova\nCapitolo %d del regolamento\n\n%s\n", i, on[i])})
	}
	return t
}

// noteOf is what a record tells of a text.
func noteOf(t *catalog.Text) *catalog.TextNote {
	n := &catalog.TextNote{Format: t.Format, Bytes: t.Bytes, Language: t.Language, Pages: t.PageCount, Incomplete: t.Incomplete, Masked: t.Masked, Faults: t.Faults}
	for _, p := range t.Pages {
		n.Words += len(strings.Fields(p.Text))
	}
	return n
}

func fault(code, it string) catalog.TextFault {
	return catalog.TextFault{Code: code, Severity: schema.Warning, Message: schema.T(it, it), Hint: schema.T("rimedio", "remedy")}
}

// filesOf is a kit whose documents are files, with the texts of them; with, completes it.
func filesOf(with ...func(*catalog.Kit)) (catalog.Record, shelf) {
	texts := shelf{}
	put := func(t *catalog.Text) *catalog.TextNote {
		texts[t.Blob] = t
		return noteOf(t)
	}
	rules := paper("b1", 45, map[int]string{3: "Le occupazioni del suolo pubblico sono <b>temporanee</b>.", 44: "Concessione dell'occupazione."})
	rules.Masked = 2
	scan := &catalog.Text{Blob: "b2", Reader: "pdftotext 22.12.0", Format: "pdf", PageCount: 4, Faults: []catalog.TextFault{fault("T02", "le pagine sono immagini")}}
	old := paper("b3", 1, map[int]string{1: "Testo del contratto."})
	old.Format, old.Faults = "doc", []catalog.TextFault{fault("T01", "il file è in un formato superato")}
	r := catalogtest.Kit("a", filesURL, "allegati", "Kit di allegati", append([]func(*catalog.Kit){func(k *catalog.Kit) {
		doc := func(code, title string, as ...catalog.Attachment) {
			catalogtest.Doc(code, title, "", code[:1], "administrative")(k)
			k.Documents[len(k.Documents)-1].Attachments = as
		}
		doc("B3", "Regolamento per l'occupazione", catalog.Attachment{Path: "FASE B/All. B3/Regolamento #1.pdf", Blob: "b1", Bytes: 1 << 20, Text: put(rules)})
		doc("B2", "Scansione", catalog.Attachment{Path: "FASE B/scansione.pdf", Title: "La scansione", Blob: "b2", Text: put(scan)})
		doc("A4", "Contratto", catalog.Attachment{Path: "contratto.doc", Blob: "b3", Text: put(old)}, catalog.Attachment{Path: "video.mp4", Blob: "b4", Bytes: 90 << 20},
			catalog.Attachment{Path: "manca.odt"}, catalog.Attachment{Path: "nuovo.odt", Blob: "b5"}, catalog.Attachment{Title: "Filmato", SourceURL: "https://video.example.it/1"})
	}}, with...)...)
	r.Commit = commit
	return r, texts
}

// filesSite is the site over such a kit.
func filesSite(t testing.TB, r catalog.Record, texts shelf, exclusions ...catalog.Exclusion) (*site.Site, *catalogtest.Memory) {
	t.Helper()
	m := catalogtest.NewMemory()
	own := catalog.Delta{State: catalog.SourceState{Source: catalog.Source{ID: catalog.CatalogueSource, Kind: "kit", URL: starterURL}, Exclusions: exclusions}}
	if err := m.Commit(t.Context(), own, catalogtest.DeltaOf("a", r)); err != nil {
		t.Fatal(err)
	}
	return newSite(t, m, func(c *site.Config) { c.Texts = texts }), m
}

// fileAt is the path of the page of a file.
func fileAt(file string) string {
	return "/kit/allegati/allegati/" + (&catalog.Attachment{Path: file}).ID()
}

func byID(n *html.Node, id string) *html.Node {
	for _, d := range all(n, "*") {
		if attr(d, "id") == id {
			return d
		}
	}
	return nil
}

func TestTheTextOfAnAttachmentIsShownByPage(t *testing.T) {
	r, texts := filesOf()
	s, _ := filesSite(t, r, texts)
	path := fileAt("FASE B/All. B3/Regolamento #1.pdf")
	w := get(t, s, path)
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("X-Robots-Tag"), "noindex") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	doc := page(t, s, path, 200)
	text := words(doc)
	for _, want := range []string{"Regolamento #1.pdf", "Testo estratto automaticamente", "pdftotext 22.12.0", "1,0 MB", "45", "italiano", "oscurati in 2 punti",
		"B3 · Regolamento per l'occupazione", "Fase B: Trasferimento", "Pagina 20", "Pagine 21–40", filesURL + "#FASE%20B/All.%20B3/Regolamento%20%231.pdf"} {
		if !strings.Contains(text, want) && !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %q", want)
		}
	}
	if a := link(doc, "Apri il file originale"); a == nil || attr(a, "href") != filesURL+"/blob/"+commit+"/FASE%20B/All.%20B3/Regolamento%20%231.pdf" {
		t.Errorf("the original: %v", a)
	}
	if byID(doc, "p20") == nil || byID(doc, "p21") != nil {
		t.Error("a view does not hold its twenty pages")
	}
	if strings.Contains(w.Body.String(), "<b>temporanee") || !strings.Contains(text, "<b>temporanee</b>") {
		t.Error("the text of a file is taken for HTML")
	}
	robots := ""
	for _, m := range all(doc, "meta") {
		if attr(m, "name") == "robots" {
			robots = attr(m, "content")
		}
	}
	if !strings.Contains(robots, "noindex") {
		t.Errorf("robots %q", robots)
	}
	if a := link(doc, "Pagina 44"); a == nil || attr(a, "href") != path+"?pag=44#p44" || !strings.Contains(text, "Capitolo 44") {
		t.Errorf("the index: %v", a)
	}
	if nav := words(byClass(doc, "text-index")[0]); strings.Contains(nav, "Regione di prova") || !strings.Contains(nav, "Capitolo 3") {
		t.Errorf("the index tells the head of every page: %s", nav)
	}
}

// A hit in a text leads to its page, in the view that holds it, and shows what was searched for.
func TestTheWordsOfASearchAreMarkedOnTheirPage(t *testing.T) {
	r, texts := filesOf()
	s, _ := filesSite(t, r, texts)
	path := fileAt("FASE B/All. B3/Regolamento #1.pdf")
	doc := page(t, s, path+"?q=occupazione+del+suolo&pag=44", 200)
	if byID(doc, "p41") == nil || byID(doc, "p45") == nil || byID(doc, "p40") != nil {
		t.Error("not the view of page 44")
	}
	var marks []string
	for _, m := range all(doc, "mark") {
		marks = append(marks, words(m))
	}
	if got := strings.Join(marks, ","); got != "occupazione" {
		t.Errorf("marked %q", got)
	}
	doc = page(t, s, "/en"+path+"?q=occupazione", 200)
	if m := all(doc, "mark"); len(m) != 1 || words(m[0]) != "occupazioni" {
		t.Errorf("marked %v", m)
	}
	if a := link(doc, "Back to the results"); a == nil || attr(a, "href") != "/en/cerca?q=occupazione" {
		t.Errorf("no way back: %v", a)
	}
	if a := byClass(doc, "lang-switch")[0]; attr(a, "href") != path+"?q=occupazione" {
		t.Errorf("the other language forgets the words: %s", attr(a, "href"))
	}
	for query, status := range map[string]int{"?pag=0": 400, "?pag=x": 400, "?pag=-3": 400, "?pag=9999999": 200} {
		if w := get(t, s, path+query); w.Code != status || w.Header().Get("X-Robots-Tag") == "" {
			t.Errorf("%s: %d", query, w.Code)
		}
	}
}

func TestAFileWithoutTextSaysWhyAndWhatToDo(t *testing.T) {
	r, texts := filesOf()
	s, _ := filesSite(t, r, texts)
	for file, wants := range map[string][]string{
		"FASE B/scansione.pdf": {"scansione senza testo", "Le pagine sono immagini", "rimedio", "T02"},
		"contratto.doc":        {"da convertire", "Il file è in un formato superato", "Testo del contratto"},
		"video.mp4":            {"È un video", "90,0 MB"},
		"manca.odt":            {"non si è potuto ottenere"},
		"nuovo.odt":            {"non ha ancora letto"},
	} {
		text := words(page(t, s, fileAt(file), 200))
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q", file, want)
			}
		}
		if strings.Contains(text, "Il testo non c'è") != (file != "contratto.doc" && file != "FASE B/scansione.pdf") {
			t.Errorf("%s: what is said of its text: %s", file, text)
		}
	}
	page(t, s, "/kit/allegati/allegati/niente", 404)
	page(t, s, "/kit/nessuno/allegati/niente", 404)
}

// A file on a forge of which nobody knows how it addresses files is told in words.
func TestAFileOfAnUnknownForge(t *testing.T) {
	r, texts := filesOf()
	r.URL, r.Kit.URL = "https://git.example.it/ente/kit", "https://git.example.it/ente/kit"
	s, _ := filesSite(t, r, texts)
	doc := page(t, s, fileAt("video.mp4"), 200)
	text := words(byClass(doc, "original")[0])
	if !strings.Contains(text, "https://git.example.it/ente/kit") || !strings.Contains(text, commit[:10]) || !strings.Contains(text, "video.mp4") {
		t.Error(text)
	}
}

func TestAnAttachmentThatIsTakenDownIsGone(t *testing.T) {
	r, texts := filesOf()
	s, _ := filesSite(t, r, texts, catalog.Exclusion{URL: filesURL + "#FASE%20B/scansione.pdf", Reason: "Contiene firme.", First: now().Add(-time.Hour)})
	w := get(t, s, fileAt("FASE B/scansione.pdf"))
	doc := page(t, s, fileAt("FASE B/scansione.pdf"), 410)
	if text := words(doc); !strings.Contains(text, "Contiene firme.") || !strings.Contains(text, "dal 22 novembre 2026") || w.Header().Get("X-Robots-Tag") == "" {
		t.Errorf("%v %s", w.Header(), text)
	}
	if link(doc, "Tutte le esclusioni") == nil || link(doc, "originale") != nil {
		t.Error("the page of what was taken down leads to the file, or not to the exclusions")
	}
	page(t, s, fileAt("video.mp4"), 200)
	list := byClass(page(t, s, "/kit/allegati/documenti/scansione", 200), "files")[0]
	if text := words(list); !strings.Contains(text, "Contiene firme.") || len(all(list, "a")) != 0 {
		t.Errorf("the list: %s", text)
	}
}

func TestALineOfAFileTellsWhatItIs(t *testing.T) {
	r, texts := filesOf()
	s, _ := filesSite(t, r, texts)
	list := byClass(page(t, s, "/kit/allegati/documenti/contratto", 200), "files")[0]
	text := words(list)
	for _, want := range []string{"DOC · 1 pagina · 1,0 MB · italiano", "da convertire", "MP4 · 90,0 MB", "Filmato"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if a := link(list, "contratto.doc"); a == nil || attr(a, "href") != fileAt("contratto.doc") {
		t.Errorf("no preview: %v", a)
	}
	if a := link(list, "originale : contratto.doc"); a == nil || attr(a, "href") != filesURL+"/blob/"+commit+"/contratto.doc" {
		t.Errorf("no original: %v", a)
	}
	if a := link(list, "Filmato"); a == nil || attr(a, "href") != "https://video.example.it/1" {
		t.Errorf("no way to what lies elsewhere: %v", a)
	}
}

// The privacy page promised that extracted texts are kept out of search engines, while the pages of documents that show how
// their file begins were in the site map and could be indexed.
func TestAPageThatShowsTheBeginningOfAFileIsNotToBeIndexed(t *testing.T) {
	for name, kit := range map[string]func() (catalog.Record, shelf){"written": func() (catalog.Record, shelf) { return filesOf() }, "imported": importedKit} {
		r, texts := kit()
		s, _ := filesSite(t, r, texts)
		sitemap := get(t, s, "/sitemap.xml").Body.String()
		for _, lang := range []string{"", "/en"} {
			for path, open := range map[string]bool{"/kit/allegati/documenti/regolamento-per-l-occupazione": false, "/kit/allegati/documenti/scansione": true,
				"/kit/allegati/documenti/contratto": true, "/kit/allegati": true} {
				path = lang + path
				w := get(t, s, path)
				doc := page(t, s, path, 200)
				shows := len(byClass(doc, "text-preview")) != 0
				asked := strings.Contains(w.Body.String(), `content="noindex`)
				if shows == open || asked == open || (w.Header().Get("X-Robots-Tag") == "") != open || strings.Contains(sitemap, "it"+path+"</loc>") != open {
					t.Errorf("%s, %s: preview %v, noindex %v %q", name, path, shows, asked, w.Header().Get("X-Robots-Tag"))
				}
			}
		}
		says(t, "the privacy page", words(page(t, s, "/privacy", 200)), "quelle dei documenti che ne mostrano l'inizio (in ogni kit, rivisto o no) e i risultati della ricerca")
		says(t, "the privacy page", words(page(t, s, "/en/privacy", 200)), "documents that show how one begins (in every kit, reviewed or not) and the results of searches")
	}
}

// A signature that is there is told, and that nobody verified it, wherever the file is.
func TestASignedFileIsToldSo(t *testing.T) {
	r, texts := filesOf(func(k *catalog.Kit) {
		k.Documents[0].Attachments[0].Text.Signed = "cades"
		k.Documents[1].Attachments[0].Signed = "pades"
		k.Documents[2].Attachments[0].Signed = "<b>altro</b>"
	})
	texts["b1"].Signed = "cades"
	s, _ := filesSite(t, r, texts)
	const cades, pades = "firmato (CAdES): firma non verificata", "firmato (PAdES): firma non verificata"
	for path, want := range map[string][]string{"/kit/allegati": {cades, pades}, "/kit/allegati/documenti/scansione": {pades}, fileAt("FASE B/All. B3/Regolamento #1.pdf"): {cades},
		fileAt("FASE B/scansione.pdf"): {pades}, "/en/kit/allegati": {"signed (CAdES): signature not verified"}} {
		says(t, path, words(page(t, s, path, 200)), want...)
	}
	if text := words(page(t, s, fileAt("contratto.doc"), 200)); strings.Contains(text, "firma") {
		t.Error("a form of signature that nobody knows is told")
	}
}

// The name of a file may hold the mailbox of a person. Nothing shows it, the address of the page included, and every way to the
// file works: the API led to a page that the site did not have, and the original's address had the mark in it.
func TestAFileNamedAfterAPersonIsShownMasked(t *testing.T) {
	const named = "FASE B/Lettera a mario.rossi@comune.paperopoli.it.pdf"
	r, texts := filesOf(func(k *catalog.Kit) {
		k.Documents[1].Attachments[0].Path, k.Documents[1].Attachments[0].Title = named, ""
	})
	s, _ := filesSite(t, r, texts, catalog.Exclusion{})
	at := fileAt(named)
	for _, path := range []string{at, "/kit/allegati", "/kit/allegati/documenti/scansione"} {
		body := strings.ToLower(get(t, s, path).Body.String())
		if strings.Contains(body, "mario") || strings.Contains(body, "rossi") || !strings.Contains(body, "casella-personale-omessa") {
			t.Errorf("%s tells the mailbox, or not that there is one", path)
		}
	}
	doc := page(t, s, at, 200)
	if a := byClass(doc, "original"); len(a) != 1 || attr(all(a[0], "a")[0], "href") != filesURL+"/tree/"+commit+"/FASE%20B" {
		t.Errorf("the original: %v", words(a[0]))
	}
	if got := site.FileURL(filesURL, commit, named); got != filesURL+"/tree/"+commit+"/FASE%20B" {
		t.Error(got)
	}
	if got := site.FileURL(filesURL, commit, "mario.rossi@comune.paperopoli.it/a.pdf"); got != filesURL+"/tree/"+commit+"/" {
		t.Error(got)
	}
	out := catalog.Exclusion{URL: filesURL + "#" + strings.ReplaceAll(named, " ", "%20"), Reason: "dati personali"}
	shown := catalog.Exclusion{URL: filesURL + "#FASE%20B/Lettera%20a%20casella-personale-omessa.pdf", Reason: "dati personali"}
	for _, x := range []catalog.Exclusion{out, shown} { // as the operator knows it, and as the page tells it
		s, _ := filesSite(t, r, texts, x)
		page(t, s, at, http.StatusGone)
	}
}

// Texts are for who reads a kit, not for a search engine.
func TestAttachmentsAreNotInTheSitemap(t *testing.T) {
	r, texts := filesOf()
	s, _ := filesSite(t, r, texts)
	if body := get(t, s, "/sitemap.xml").Body.String(); strings.Contains(body, "/kit/allegati/allegati/") || !strings.Contains(body, "/kit/allegati/documenti/") {
		t.Error(body)
	}
	if body := get(t, s, "/robots.txt").Body.String(); strings.Contains(body, "allegati") {
		t.Error("who may not read the page does not read that it is not to be listed")
	}
}

// What the rules of the lint did not see when the text was stored is masked again on the way out.
func TestPersonsInATextAreMasked(t *testing.T) {
	r, texts := filesOf()
	texts["b1"].Pages[0].Text = person
	s, _ := filesSite(t, r, texts)
	body := get(t, s, fileAt("FASE B/All. B3/Regolamento #1.pdf")).Body.String()
	if strings.Contains(body, "mario.rossi") || strings.Contains(body, "9988776") {
		t.Error("the page shows a person")
	}
}

// TestAHostileFile follows the way from a document to its file in a catalogue in which every text is hostile, or names a
// person.
func TestAHostileFile(t *testing.T) {
	for _, bad := range []string{poison, person} {
		s := newSite(t, poisoned(t, bad))
		var to string
		for _, a := range all(page(t, s, "/kit/ostile/documenti/d", 200), "a") {
			if strings.Contains(attr(a, "href"), "/allegati/") {
				to = attr(a, "href")
			}
		}
		if to == "" {
			t.Fatal("the document does not lead to its file")
		}
		path, _, _ := strings.Cut(to, "?")
		path += "?q=grazie+%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
		doc := page(t, s, path, 200)
		for _, e := range all(doc, "*") {
			if e.Data == "script" && attr(e, "src") == "" || e.Data == "b" || e.Data == "iframe" {
				t.Errorf("a hostile <%s> came through", e.Data)
			}
			checkAttributes(t, path, e)
		}
		body := strings.ToLower(get(t, s, path).Body.String())
		for _, secret := range []string{"mario", "paperopoli", "9988776", "rssmra"} {
			if strings.Contains(body, secret) {
				t.Errorf("the page of the file shows %q", secret)
			}
		}
		if len(byClass(doc, "text-body")) != 1 {
			t.Errorf("no text: the test sees nothing")
		}
	}
}

// A sheet has a name and a slide a number; of the reader people know its name; the line for the operator is escaped whole.
func TestThePlacesOfAFileInTheWordsOfItsFormat(t *testing.T) {
	for file, want := range map[string]string{"Città 1/a.xlsx": "Foglio «Quadro»", "Città 1/a.pptx": "Diapositiva 1 Quadro", "Città 1/a.odt": "Pagina 1 Quadro"} {
		format := file[strings.LastIndex(file, ".")+1:]
		text := &catalog.Text{Blob: "q", Reader: "pdftotext 22.12.0, 1", Format: format, PageCount: 1, Pages: []catalog.TextPage{{N: 1, Label: "Quadro", Text: "Alcune parole."}}}
		r, texts := filesOf(func(k *catalog.Kit) {
			k.Attachments = []catalog.Attachment{{Path: file, Blob: "q", Text: noteOf(text)}}
		})
		texts["q"] = text
		s, _ := filesSite(t, r, texts)
		got := words(page(t, s, fileAt(file), 200))
		says(t, file, got, want, "Letto con pdftotext 22.12.0.", filesURL+"#Citt%C3%A0%201/a."+format)
		if strings.Contains(got, "Pagina 1 Foglio") {
			t.Error(got)
		}
	}
}
