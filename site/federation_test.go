package site_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site"
)

const forgeURL = "https://git.example.it/regione"

// federation is a catalogue with what federations meet: a forge with many places that were read, are as they were, fail, are
// gone or archived; a visit that waits to be confirmed; another catalogue that tells of copies; a place that is kept out.
// Every state in it is what catalog.Apply makes of a visit.
func federation(t testing.TB, places int) *catalogtest.Memory {
	t.Helper()
	m := starterStore(t)
	known, err := m.Known(t.Context(), catalog.CatalogueSource)
	if err != nil {
		t.Fatal(err)
	}
	known.State.Exclusions = []catalog.Exclusion{{URL: "https://git.example.it/altri/doppione", Reason: "È la copia di un altro kit, che è già nel catalogo."}}
	if err := m.Commit(t.Context(), catalog.Delta{State: known.State}); err != nil {
		t.Fatal(err)
	}
	forge := catalog.Source{ID: "regione", Title: "Regione Esempio su git.example.it", Kind: "forge", URL: forgeURL, Interval: "PT12H", Header: catalog.Header{Path: "sources/regione.md"}}
	listing := &catalog.Listing{Total: places + 3, Out: 3, Left: []catalog.LeftOut{
		{URL: forgeURL + "/prove", Title: "prove", Reason: schema.T("lasciato fuori da questa fonte («exclude: prove*»)", "left out by this source (\"exclude: prove*\")")},
		{URL: forgeURL + "/copia-1", Title: "copia-1", Reason: schema.T("è un fork tecnico", "it is a technical fork")},
		{URL: forgeURL + "/copia-2", Title: "copia-2", Reason: schema.T("è un fork tecnico", "it is a technical fork")}}}
	for i := range places {
		listing.Places = append(listing.Places, placeID(i))
	}
	bring(t, m, catalog.Visit{Source: forge, Outcome: catalog.Full, URL: forgeURL, Listing: listing, Duration: 1200 * time.Millisecond, Bytes: 52_000, Requests: 3, Way: "gitea"})
	var deltas []catalog.Delta
	for i := range places {
		deltas = append(deltas, place(i)...)
	}
	if err := m.Commit(t.Context(), deltas...); err != nil {
		t.Fatal(err)
	}
	held(t, m)
	copies(t, m)
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: "doppione", Title: "Doppione", Kind: "kit", URL: "https://git.example.it/altri/doppione"}, Outcome: catalog.Full, URL: "https://git.example.it/altri/doppione", Tree: &catalog.Tree{}})
	return m
}

func placeID(i int) catalog.SourceID { return catalog.SourceID(fmt.Sprintf("regione--kit-%05d", i)) }

// place gives the states of a place of the forge: the outcome goes by its number.
func place(i int) []catalog.Delta {
	url := fmt.Sprintf("%s/kit-%05d", forgeURL, i)
	src := catalog.Source{ID: placeID(i), Title: fmt.Sprintf("kit-%05d", i), Kind: "kit", URL: url, Parent: "regione"}
	visit := catalog.Visit{Source: src, At: now().Add(-26 * time.Hour), Outcome: catalog.Full, URL: url, Commit: commit, Duration: 90 * time.Millisecond, Bytes: 8_000, Requests: 3, Way: "partial",
		Listed: &catalog.Listed{Pushed: now().AddDate(0, -1, 0), Branch: "main", Exact: true, Archived: i%50 == 7}}
	kit := catalogtest.Kit(src.ID, url, fmt.Sprintf("kit-%05d", i), fmt.Sprintf("Kit numero %d", i)).Kit
	visit.Tree = &catalog.Tree{Kits: []catalog.Kit{*kit}}
	if i%10 == 3 {
		visit.Tree.Findings = []schema.Finding{{File: "kit.md", Line: 4, Column: 1, Severity: schema.Error, Code: "E02", Key: "title",
			Message: schema.T("manca il titolo", "the title is missing"), Hint: schema.T("scrivi il campo title", "write the field title")}}
	}
	first := catalog.Apply(catalog.Known{}, visit, catalog.DefaultPolicy())
	again := catalog.Visit{Source: src, At: now(), Outcome: catalog.Unchanged, URL: url, Listed: visit.Listed, Way: "list"}
	switch {
	case i%20 == 5:
		again.Outcome, again.Reason, again.Listed, again.Way = catalog.Failed, schema.T("il repository non ha risposto nel tempo concesso", "the repository did not answer in the time allowed"), nil, ""
		again.RetryAt = now().Add(48 * time.Hour)
	case i%20 == 15:
		again.Outcome, again.Reason, again.Listed, again.Way = catalog.Absent, schema.T("il repository non esiste più o non è più pubblico", "the repository no longer exists or is no longer public"), nil, ""
	}
	return []catalog.Delta{first, catalog.Apply(catalog.Known{State: first.State, Records: first.Put}, again, catalog.DefaultPolicy())}
}

// held brings in a repository of which a second visit found hardly anything.
func held(t testing.TB, m *catalogtest.Memory) {
	t.Helper()
	src := catalog.Source{ID: "provincia", Title: "Catalogo della Provincia", Kind: "kit", URL: "https://git.example.it/provincia/kit"}
	var kits []catalog.Kit
	for i := range 12 {
		url := fmt.Sprintf("https://git.example.it/provincia/kit//k%d", i)
		kits = append(kits, *catalogtest.Kit(src.ID, url, fmt.Sprintf("provincia-%d", i), fmt.Sprintf("Kit della Provincia %d", i)).Kit)
	}
	bring(t, m, catalog.Visit{Source: src, At: now().Add(-time.Hour), Outcome: catalog.Full, URL: src.URL, Commit: commit, Tree: &catalog.Tree{Kits: kits}})
	bring(t, m, catalog.Visit{Source: src, Outcome: catalog.Full, URL: src.URL, Commit: commit, Tree: &catalog.Tree{Kits: kits[:2]}})
}

// copies brings in another catalogue that tells of a kit whose repository nobody could read.
func copies(t testing.TB, m *catalogtest.Memory) {
	t.Helper()
	list := catalog.Source{ID: "nazionale", Title: "Catalogo nazionale", Kind: "developers-italia-api", URL: "https://api.example.it"}
	bring(t, m, catalog.Visit{Source: list, Outcome: catalog.Full, URL: list.URL, Listing: &catalog.Listing{Places: []catalog.SourceID{"nazionale--sportello"}, Total: 1}})
	src := catalog.Source{ID: "nazionale--sportello", Title: "Sportello", Kind: "kit", URL: "https://git.example.it/x/sportello", Parent: "nazionale", Via: []string{"nazionale", "europeo"}}
	kit := catalogtest.Kit(src.ID, src.URL, "sportello-copia", "Sportello letto da una copia").Kit
	bring(t, m, catalog.Visit{Source: src, Outcome: catalog.Full, URL: src.URL, Way: catalog.WayCopy, Tree: &catalog.Tree{Kits: []catalog.Kit{*kit}},
		Reason: schema.T("si mostra la copia che ne tiene l'elenco", "the copy that its list keeps is shown")})
}

func says(t *testing.T, where, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q: %.1500s", where, w, text)
		}
	}
}

func TestAListIsOneLineWithWhatItLeadsTo(t *testing.T) {
	s := newSite(t, federation(t, 120))
	doc := page(t, s, "/fonti", 200)
	says(t, "the list", words(doc), "Porta a 120 luoghi: 108 senza novità , 6 non riusciti , 6 non trovati · 3 lasciati fuori",
		"in attesa di conferma (1)", "non riuscite (12)", "1 repository è escluso dal catalogo")
	if n := len(byClass(doc, "doc-title")); n > 20 {
		t.Errorf("%d lines: the places of the forge are not under it", n)
	}
	failing := page(t, s, "/fonti?stato=non-riuscite", 200)
	if n := len(byClass(failing, "outcome-failed")); n != 6 || link(failing, "Regione Esempio su git.example.it") == nil {
		t.Errorf("%d lines of what failed", n)
	}
	for path, want := range map[string]string{"/fonti?q=kit-00042": "kit-00042", "/fonti?q=GIT.example.it/provincia": "Catalogo della Provincia", "/fonti?tipo=forge": "Regione Esempio"} {
		if d := page(t, s, path, 200); link(all(d, "main")[0], want) == nil {
			t.Errorf("%s does not find %q", path, want)
		}
	}
	second := page(t, s, "/fonti?stato=tutte&pagina=2", 200)
	says(t, "the second page", words(second), "Da 51 a 100 di ")
	for path, status := range map[string]int{"/fonti?stato=tutte&pagina=99": 404, "/fonti?pagina=0": 400, "/fonti?pagina=x": 400, "/fonti?q=" + strings.Repeat("a", 400): 400} {
		if w := get(t, s, path); w.Code != status {
			t.Errorf("%.60s gives %d", path, w.Code)
		}
	}
	for _, path := range []string{"/fonti", "/fonti/regione", "/fonti/regione?pagina=2", "/en/fonti/provincia", "/fonti/regione--kit-00005", "/fonti/catalogue", "/kit/sportello-copia"} {
		checkPage(t, strings.Split(path, "?")[0], page(t, s, path, 200))
	}
}

func TestThePageOfAList(t *testing.T) {
	s := newSite(t, federation(t, 120))
	doc := page(t, s, "/fonti/regione", 200)
	says(t, "the forge", words(doc), "nomina 123 luoghi: ne visitiamo 120, 3 sono lasciati fuori", "È un fork tecnico (2)", "sources/regione.md", "elenco di Gitea", "Da 1 a 50 di 120")
	if link(doc, "kit-00005") == nil {
		t.Error("its places have no line")
	}
	if d := page(t, s, "/fonti/regione?stato=non-riuscite", 200); len(byClass(d, "outcome-absent")) != 6 {
		t.Error("the filter of its places")
	}
}

func TestThePageOfASourceSaysWhenAndWhyNotBefore(t *testing.T) {
	m := federation(t, 120)
	s := newSite(t, m, func(c *site.Config) { c.CrawlEvery = 6 * time.Hour })
	for path, want := range map[string][]string{
		"/fonti/regione":              {"circa il 22 novembre 2026, 22:00 UTC", "si visita ogni 12 ore"},
		"/fonti/regione--kit-00001":   {"circa il 22 novembre 2026, 22:00 UTC", "insieme al suo elenco", "Trovata attraverso", "Ultimo aggiornamento secondo l'elenco"},
		"/fonti/regione--kit-00005":   {"dopo il 24 novembre 2026, 10:00 UTC: il posto ha chiesto di non tornare prima", "il repository non ha risposto"},
		"/fonti/regione--kit-00007":   {"archiviata"},
		"/fonti/provincia":            {"circa il 22 novembre 2026, 16:00 UTC", "Che cosa uscirebbe (10)", "riuso crawl --confirm provincia", "Kit della Provincia 5"},
		"/fonti/doppione":             {"Il catalogo esclude questo repository. Motivo: È la copia di un altro kit"},
		"/fonti/catalogue":            {"Esclusioni", "https://git.example.it/altri/doppione", "È la copia di un altro kit"},
		"/fonti/nazionale--sportello": {"Arrivata attraverso i cataloghi nazionale, europeo", "non letta: si mostra quanto ne tiene un altro catalogo"},
	} {
		says(t, path, words(page(t, s, path, 200)), want...)
	}
	says(t, "without a schedule", words(page(t, newSite(t, m), "/fonti/provincia", 200)), "quando chi gestisce il catalogo la avvia")
}

func TestTheTextForTheOwner(t *testing.T) {
	s := newSite(t, federation(t, 20))
	doc := page(t, s, "/fonti/regione--kit-00003", 200)
	pre := byClass(doc, "letter")
	if len(pre) != 1 {
		t.Fatalf("%d texts", len(pre))
	}
	says(t, "the text", words(pre[0]), "1. ERRORE, kit.md, riga 4 (title)", "scrivi il campo title", "https://riuso.example.it/fonti/regione--kit-00003")
	w := get(t, s, "/en/fonti/regione--kit-00003/avviso.txt")
	if w.Code != 200 || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	says(t, "the file", w.Body.String(), "1. ERROR, kit.md, line 4 (title)", "https://riuso.example.it/en/regole/E02")
	for _, path := range []string{"/fonti/regione--kit-00001/avviso.txt", "/fonti/nessuna/avviso.txt"} {
		if w := get(t, s, path); w.Code != 404 {
			t.Errorf("%s gives %d", path, w.Code)
		}
	}
}

func TestTheKitSaysByWhichWayItCame(t *testing.T) {
	s := newSite(t, federation(t, 120))
	says(t, "a copy", words(page(t, s, "/kit/sportello-copia", 200)), "Letto dalla copia che ne tiene un altro catalogo", "trovata in Catalogo nazionale", "attraverso nazionale, europeo", "vista il 22 novembre 2026")
	says(t, "an archived one", words(page(t, s, "/kit/kit-00007", 200)), "lo ha archiviato", "archiviata da chi la tiene")
	says(t, "a stale one", words(page(t, s, "/kit/kit-00005", 200)), "Le ultime visite non sono riuscite", "dal 22 novembre 2026 le visite non riescono")
}

// A place from which nothing was ever read was said to show its last good copy.
func TestNothingReadIsNoCopy(t *testing.T) {
	m := federation(t, 10)
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: "spento", Title: "Un server spento", Kind: "kit", URL: "http://git.example.it/spento.git"}, Outcome: catalog.Failed,
		URL: "https://git.example.it/spento", Reason: schema.T("il server rifiuta la connessione", "the server refuses the connection")})
	s := newSite(t, m)
	doc := page(t, s, "/fonti/spento", 200)
	says(t, "never read", words(doc), "prima non avevamo letto nulla", "Nel catalogo è conosciuta come https://git.example.it/spento")
	if strings.Contains(words(doc), "ultima copia buona") || link(doc, "http://git.example.it/spento.git") == nil {
		t.Error("a copy of what was never read, or another address than the one that is asked")
	}
	says(t, "read before", words(page(t, s, "/fonti/regione--kit-00005", 200)), "mostriamo l'ultima copia buona")
	if n := len(byClass(page(t, s, "/fonti?q=spento", 200), "stale")); n != 0 {
		t.Errorf("%d lines say it again", n)
	}
	if n := len(byClass(page(t, s, "/fonti?q=kit-00005", 200), "stale")); n != 1 {
		t.Errorf("%d lines say that a copy is shown", n)
	}
}

// A place that a list names without a title was called by its id, which is made of its address.
func TestAPlaceWithoutATitleIsCalledByWhatItGave(t *testing.T) {
	m := federation(t, 1)
	list := catalog.Source{ID: "elenco", Title: "Elenco degli enti", Kind: "publishers", URL: "https://elenco.example.it/publishers.yml"}
	bring(t, m, catalog.Visit{Source: list, Outcome: catalog.Full, URL: list.URL, Listing: &catalog.Listing{Total: 2, Out: 1, Places: []catalog.SourceID{"elenco--git-example-it-a-1", "elenco--git-example-it-b-2"}}})
	gives := catalog.Source{ID: "elenco--git-example-it-a-1", Kind: "kit", URL: "https://git.example.it/a", Parent: "elenco", Publisher: "ipa:c_h501"}
	bring(t, m, catalog.Visit{Source: gives, Outcome: catalog.Full, URL: gives.URL, Commit: commit, Tree: &catalog.Tree{Kits: []catalog.Kit{*catalogtest.Kit(gives.ID, gives.URL, "anagrafe", "Anagrafe comunale").Kit}}})
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: "elenco--git-example-it-b-2", Kind: "kit", URL: "http://git.example.it/b", Parent: "elenco"}, Outcome: catalog.Failed, URL: "https://git.example.it/b"})
	s := newSite(t, m)
	for path, want := range map[string][]string{"/fonti/elenco": {"Anagrafe comunale", "git.example.it/b"}, "/kit/anagrafe": {"Anagrafe comunale", "Elenco degli enti"}, "/fonti?q=example.it/b": {"git.example.it/b", "Elenco degli enti"}} {
		doc := page(t, s, path, 200)
		for _, name := range want {
			if link(all(doc, "main")[0], name) == nil {
				t.Errorf("%s: no %q", path, name)
			}
		}
		if strings.Contains(words(all(doc, "main")[0]), "elenco--") {
			t.Errorf("%s says an id", path)
		}
	}
	says(t, "the list", words(page(t, s, "/fonti/elenco", 200)), "L'elenco nomina 2 luoghi: ne visitiamo 2, 1 è lasciato fuori.")
	says(t, "the kit", words(page(t, s, "/kit/anagrafe", 200)), "Ente che la pubblica")
}

// The page of a place that is kept out also said that the visit gives no reason, and the page of what went led nowhere.
func TestWhatIsKeptOutLeadsToTheReasons(t *testing.T) {
	m := federation(t, 1)
	const url = "https://git.example.it/altri/doppione"
	src := catalog.Source{ID: "doppione", Title: "Doppione", Kind: "kit", URL: url}
	tree := &catalog.Tree{Kits: []catalog.Kit{*catalogtest.Kit(src.ID, url, "doppione", "Un doppione").Kit}}
	policy := catalog.DefaultPolicy()
	bring(t, m, catalog.Visit{Source: src, Outcome: catalog.Full, URL: url, Commit: commit, Tree: tree})
	known, err := m.Known(t.Context(), src.ID)
	if err != nil {
		t.Fatal(err)
	}
	policy.Excluded = []catalog.Exclusion{{URL: url, Reason: "È la copia di un altro kit."}}
	out := catalog.Apply(known, catalog.Visit{Source: src, At: now(), Outcome: catalog.Full, URL: url, Commit: commit, Tree: tree}, policy)
	if err := m.Commit(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m)
	for path, code := range map[string]int{"/kit/doppione": 410, "/fonti/doppione": 200} {
		doc := page(t, s, path, code)
		if to := link(doc, "Tutte le esclusioni del catalogo, e perché"); to == nil || attr(to, "href") != "/fonti/catalogue#exclusions" {
			t.Errorf("%s: no way to the exclusions", path)
		}
		if strings.Contains(words(doc), "la visita non dice altro") {
			t.Errorf("%s says that nobody says why", path)
		}
	}
}
