package site_test

import (
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

const readme = `# Applicazione

![schermata](img/home.png) ![spia](https://tracker.example.com/pixel.gif) ![fuori](../../../etc/passwd.png)

Leggi [l'installazione](docs/install.md#requisiti), [la licenza](./LICENSE), [fuori](../../segreti), [il sito](https://example.org/x)
o [salta](#uso). Scrivi a mario.rossi@comune.paperopoli.it o a [protocollo](mailto:protocollo@example.it), non a [lui](mailto:mario.rossi@comune.paperopoli.it).

## Uso

<script>alert(1)</script>
`

// software is a piece of software that lies on a GitHub that these tests never ask.
func software(t *testing.T) *catalogtest.Memory {
	t.Helper()
	const url = "https://github.com/ente/applicazione"
	k := &catalog.Kit{Key: url, URL: url, Form: catalog.FormSoftware, Path: "publiccode.yml", Title: "Applicazione", Summary: "Gestisce le istanze", Kind: "software",
		License: "EUPL-1.2", Ceding: []catalog.EntityRef{"ipa:c_x999"},
		Pages: []catalog.Page{{ID: "docs-install", Title: "Installazione", Path: "docs/install.md", Body: "# Installazione\n\n[torna](../README.md)\n\n![schema](schema.svg)"},
			{ID: "readme", Title: "Applicazione", Path: "README.md", Body: readme}},
		PublicCode: &publiccode.PublicCode{Name: "Applicazione", URL: url, UsedBy: []string{"Comune di Prova"}, DevelopmentStatus: "stable",
			Organisation: &publiccode.Body{URI: "urn:x-italian-pa:c_x999", Name: "Comune di Esempio"},
			Description: map[string]publiccode.Description{"it": {LongDescription: "Una descrizione lunga.", Features: []string{"Istanze online"}},
				"en": {LongDescription: "A long description.", Features: []string{"Online requests"}}},
			Maintenance: publiccode.Maintenance{Type: "internal", Contacts: []publiccode.Contact{{Name: "Nome Cognome", Email: "mario.rossi@comune.paperopoli.it", Phone: "+39 000"}}}}}
	r := catalogtest.Record("app", catalog.KindKit, k.Key, k.Title)
	r.Kit, r.URL, r.Commit = k, url, commit
	r.Findings = []schema.Finding{{File: "publiccode.yml", Line: 12, Severity: schema.Error, Code: "P07", Key: "legal.license",
		Message: schema.T("licenza sconosciuta", "unknown licence"), Hint: schema.T("usa un codice SPDX", "use an SPDX code")}}
	r.History = map[string][]catalog.Change{"": {{Commit: commit, Time: now().Add(-48 * time.Hour), Message: "Prima versione\n\nSigned-off-by: Nome Cognome <mario.rossi@comune.paperopoli.it>"}}}
	m := catalogtest.NewMemory()
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("app", r)); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestSoftwareReadme follows each link and image of a README: pages of ours, files at the exact commit, nothing else.
func TestSoftwareReadme(t *testing.T) {
	s := newSite(t, software(t))
	doc := page(t, s, "/kit/applicazione", 200)
	body := byClass(doc, "readme")[0]
	for text, want := range map[string]string{
		"l'installazione": "/kit/applicazione/pagine/docs-install", "la licenza": "https://github.com/ente/applicazione/blob/" + commit + "/LICENSE",
		"il sito": "https://example.org/x", "protocollo": "mailto:protocollo@example.it",
	} {
		if a := link(body, text); a == nil || attr(a, "href") != want {
			t.Errorf("%q does not lead to %s: %v", text, want, a)
		}
	}
	for _, text := range []string{"fuori", "lui"} {
		if a := link(body, text); a != nil {
			t.Errorf("%q leads to %s", text, attr(a, "href"))
		}
	}
	imgs := all(body, "img")
	if len(imgs) != 1 || attr(imgs[0], "src") != "https://raw.githubusercontent.com/ente/applicazione/"+commit+"/img/home.png" || attr(imgs[0], "alt") != "schermata" {
		t.Errorf("%d images", len(imgs))
	}
	if csp := get(t, s, "/kit/applicazione").Header().Get("Content-Security-Policy"); !strings.Contains(csp, "img-src 'self' https://raw.githubusercontent.com;") {
		t.Errorf("the policy does not let the kit's own images through, or lets others: %s", csp)
	}
	if w := get(t, s, "/kit").Header().Get("Content-Security-Policy"); strings.Contains(w, "githubusercontent") {
		t.Error("a page without images is as wide")
	}
	install := page(t, s, "/kit/applicazione/pagine/docs-install", 200)
	if a := link(install, "torna"); a == nil || attr(a, "href") != "/kit/applicazione/pagine/readme" {
		t.Error("a link of a page in a folder is not resolved from there")
	}
	if i := all(byClass(install, "readme")[0], "img"); len(i) != 1 || !strings.HasSuffix(attr(i[0], "src"), "/docs/schema.svg") {
		t.Error("an image of a page in a folder is not resolved from there")
	}
}

// TestNoPersonIsShown looks for the person of the descriptor, of the README and of the commit on every page of it.
func TestNoPersonIsShown(t *testing.T) {
	s := newSite(t, software(t))
	for _, path := range []string{"/kit/applicazione", "/kit/applicazione/pagine/readme", "/en/kit/applicazione", "/", "/fonti/app"} {
		body := strings.ToLower(get(t, s, path).Body.String())
		for _, who := range []string{"cognome", ".rossi", "+39 000"} { // the dot: "prossimi" are nobody
			if strings.Contains(body, who) {
				t.Errorf("%s shows %q", path, who)
			}
		}
	}
}

func TestSoftwarePage(t *testing.T) {
	s := newSite(t, software(t))
	doc := page(t, s, "/kit/applicazione", 200)
	text := words(doc)
	for _, want := range []string{"Utilizzatori dichiarati dal titolare", "Comune di Prova", "Istanze online", "Una descrizione lunga", "stabile", "Prima versione", "usa un codice SPDX"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
	if a := link(doc, "publiccode.yml:12"); a == nil || attr(a, "href") != "https://github.com/ente/applicazione/blob/"+commit+"/publiccode.yml#L12" {
		t.Error("the finding is not linked to its line")
	}
	if a := link(doc, "Comune di Esempio"); a == nil || attr(a, "href") != "/enti/c_x999" {
		t.Error("a body that only the kit names has no page")
	}
	if body := page(t, s, "/enti/c_x999", 200); link(body, "Applicazione") == nil {
		t.Error("the page of a body without a record does not say what it cedes")
	}
	en := words(page(t, s, "/en/kit/applicazione", 200))
	if !strings.Contains(en, "A long description") || !strings.Contains(en, "Online requests") || strings.Contains(en, "Una descrizione") {
		t.Error("the English page does not use the English description that the author wrote")
	}
}

// TestSourceThatFails shows what a publisher whose repository cannot be reached sees.
// The README stood on the page twice, whole and again among the other pages; and where the repository has no public pages
// the sentence on contacts ended in a colon with nothing behind it.
func TestSoftwareSaysAThingOnce(t *testing.T) {
	s := newSite(t, software(t))
	doc := page(t, s, "/kit/applicazione", 200)
	if link(doc, "Installazione") == nil || strings.Contains(words(doc), "Applicazione README.md") {
		t.Error("the other pages are not those that are not shown")
	}
	if a := link(doc, "publiccode.yml"); a == nil || !strings.Contains(words(doc), "nel file del repository publiccode.yml .") {
		t.Error("no way to the file with the contacts")
	}
	for _, here := range []string{"https://127.0.0.1:8443/ente/muto", "https://github.com/ente/muto"} {
		k := &catalog.Kit{Key: "https://git.example.it/muto", URL: here, Form: catalog.FormSoftware, Path: "publiccode.yml", Title: "Muto", Kind: "software",
			PublicCode: &publiccode.PublicCode{Name: "Muto", URL: here, Maintenance: publiccode.Maintenance{Type: "none"}}}
		r := catalogtest.Record("muto", catalog.KindKit, k.Key, k.Title)
		r.Kit, r.URL = k, here
		m := catalogtest.NewMemory()
		if err := m.Commit(t.Context(), catalogtest.DeltaOf("muto", r)); err != nil {
			t.Fatal(err)
		}
		says(t, here, words(page(t, newSite(t, m), "/kit/muto", 200)), "nessuno ne cura la manutenzione", "nel file del repository publiccode.yml .")
	}
}

func TestSourceThatFails(t *testing.T) {
	m := software(t)
	known, err := m.Known(t.Context(), "app")
	if err != nil {
		t.Fatal(err)
	}
	d := catalog.Apply(known, catalog.Visit{Source: catalog.Source{ID: "app", Kind: "kit", URL: "https://github.com/ente/applicazione"}, At: now(), Outcome: catalog.Failed,
		Reason: schema.T("il server non ha risposto entro 30 secondi", "the server did not answer within 30 seconds"), Duration: 30 * time.Second}, catalog.DefaultPolicy())
	if err := m.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m)
	text := words(page(t, s, "/fonti/app", 200))
	for _, want := range []string{"non riuscita", "il server non ha risposto entro 30 secondi", "mostriamo l'ultima copia buona", "30,0 s", "Visite precedenti"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page of the source does not say %q", want)
		}
	}
	if a := link(page(t, s, "/fonti/app", 200), "Applicazione"); a == nil || attr(a, "href") != "/kit/applicazione" {
		t.Error("what the source gave is not linked")
	}
}
