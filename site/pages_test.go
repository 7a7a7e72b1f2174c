package site_test

import (
	"cmp"
	"strconv"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

func TestHome(t *testing.T) {
	doc := page(t, newSite(t, starterStore(t)), "/", 200)
	if h := words(all(doc, "h1")[0]); !strings.Contains(h, "buona pratica") {
		t.Errorf("h1 %q", h)
	}
	numbers := byClass(doc, "numbers")[0]
	for _, a := range all(numbers, "a") {
		if attr(a, "href") == "" {
			t.Errorf("the number %q leads to no list", words(a))
		}
	}
	if n := link(numbers, "fonti"); n == nil || words(n) != "0 fonti attive" { // the examples of the starter are off
		t.Error("the sources are not as many as the list of sources says are active")
	}
	if link(doc, "Kit del riuso CIT") == nil {
		t.Error("the newest kits are not there")
	}
}

// Home counted one body where the list of bodies has two, and counted a source that is off among those that are visited.
func TestHomeCountsWhatItsListsShow(t *testing.T) {
	m := software(t)
	r := catalogtest.Kit("altra", "https://example.org/altra", "altra", "Kit altro")
	r.Kit.Ceding = []catalog.EntityRef{"ipa:cnr"}
	off := catalogtest.DeltaOf("spenta")
	no := false
	off.State.Source.Enabled = &no
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("altra", r), off); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m)
	bodies := 0
	for _, ul := range byClass(page(t, s, "/enti", 200), "entity-list") {
		bodies += len(all(ul, "li"))
	}
	numbers := byClass(page(t, s, "/", 200), "numbers")[0]
	if want := strconv.Itoa(bodies) + " enti"; bodies < 2 || !strings.Contains(words(numbers), " "+want+" ") {
		t.Errorf("the list has %d bodies, home says %q", bodies, words(numbers))
	}
	st, err := m.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sources, err := m.Sources(t.Context())
	if err != nil || st.Sources != len(sources)-1 {
		t.Errorf("%d sources are visited of %d, one of which is off: %v", st.Sources, len(sources), err)
	}
}

func TestSearchResults(t *testing.T) {
	s := newSite(t, starterStore(t))
	doc := page(t, s, "/cerca?q=convenzione", 200)
	hits := byClass(doc, "hit")
	if len(hits) == 0 || link(hits[0], "Kit del riuso CIT") == nil {
		t.Fatal("the CIT kit is not the first")
	}
	if a := link(hits[0], "Convenzione"); a == nil || !strings.HasPrefix(attr(a, "href"), "/kit/kit-cit/atti/") {
		t.Errorf("the convention is not linked under its kit")
	}
	if len(all(hits[0], "mark")) == 0 {
		t.Error("what was searched for is not marked")
	}
	narrow := page(t, s, "/cerca?q=convenzione&phase=A", 200)
	chips := byClass(narrow, "filter-chip")
	if len(chips) != 1 || attr(chips[0], "href") != "/cerca?q=convenzione" {
		t.Errorf("the filter in force is not shown with a way out of it: %d", len(chips))
	}
	var selected, others int
	for _, v := range byClass(narrow, "facet-value") {
		if !strings.Contains(attr(v, "href"), "phase=") { // the link of the chosen value takes it away
			selected++
		} else if strings.Contains(attr(v, "href"), "phase=A&phase=B") {
			others++
		}
	}
	if selected == 0 || others == 0 {
		t.Errorf("the other phases are not offered beside the chosen one: %d %d", selected, others)
	}
	empty := page(t, s, "/cerca?q=zzzqqqxxx&phase=A", 200)
	if len(byClass(empty, "empty-state")) != 1 || link(empty, "togli i filtri") == nil {
		t.Error("an empty page gives no advice")
	}
	if field := all(byClass(empty, "list-search")[0], "input"); len(field) != 2 || attr(field[1], "name") != "phase" {
		t.Error("new words lose the filter")
	}
}

func TestKitPage(t *testing.T) {
	doc := page(t, newSite(t, starterStore(t)), "/kit/kit-cit", 200)
	text := words(doc)
	if !strings.Contains(text, "Scheda redatta da fonti pubbliche, non rivista dall'ente") {
		t.Error("nothing says that the body has not reviewed it")
	}
	cells := 0
	for _, td := range all(byClass(doc, "matrix")[0], "td") {
		span, err := strconv.Atoi(cmp.Or(attr(td, "colspan"), "1"))
		if err != nil {
			t.Fatal(err)
		}
		cells += span
		if span == 5 && !strings.Contains(words(td), "trasversale") {
			t.Errorf("a cell over all ambits does not say so: %s", words(td))
		}
	}
	if cells != 15 {
		t.Errorf("the matrix has room for %d cells, want 3 phases by 5 ambits", cells)
	}
	if len(byClass(byClass(doc, "matrix")[0], "cell-empty")) == 0 && strings.Contains(text, "Quelle vuote") {
		t.Error("the page speaks of empty cells and there is none")
	}
	if s := words(byClass(doc, "stages")[0]); !strings.Contains(s, "in trasferimento") || strings.Contains(s, "%") {
		t.Errorf("the bodies are not counted by stage: %s", s)
	}
	if n := len(byClass(doc, "question")); n != 5 {
		t.Errorf("%d questions, want the five of phase A", n)
	}
	if a := link(doc, "A4"); a == nil || !strings.HasPrefix(attr(a, "href"), "/kit/kit-cit/documenti/a4-") {
		t.Error("A4 is not linked")
	}
	old := words(byClass(doc, "historic")[0])
	if !strings.Contains(old, "Quota annuale di adesione") || !strings.Contains(old, "dal 2015 al 2020") || !strings.Contains(old, "0,15 €") {
		t.Errorf("the fee of 2015-2020 is not told as history with its dates: %s", old)
	}
	if strings.Contains(old, "Portali comunali") {
		t.Error("a tariff without dates is told as history")
	}
	var lecce string
	for _, a := range byClass(doc, "adopter") {
		if strings.Contains(words(all(a, "h3")[0]), "Lecce") {
			lecce = words(a)
		}
	}
	if !strings.Contains(lecce, "data non nota") || !strings.Contains(lecce, "Fonte:") {
		t.Errorf("the story of Lecce does not say what is not known and who says the rest: %s", lecce)
	}
	if a := link(doc, commit[:10]); a == nil || attr(a, "href") != "https://github.com/open-community-pa/riuso/commit/"+commit {
		t.Error("the commit is not linked")
	}
}

// TestEmptyCellsAreSaid looks at a kit that has few documents: what nobody wrote is said, not hidden.
func TestEmptyCellsAreSaid(t *testing.T) {
	doc := page(t, newSite(t, starterStore(t)), "/kit/kit-sua", 200)
	if n := len(byClass(byClass(doc, "matrix")[0], "cell-empty")); n == 0 {
		t.Error("no empty cell is shown")
	}
	if !strings.Contains(words(doc), "Non documentato") || !strings.Contains(words(byClass(doc, "page-head")[0]), "In lavorazione") {
		t.Error("the draft does not say that it is one")
	}
}

func TestDocumentLeadsToItsActs(t *testing.T) {
	s := newSite(t, starterStore(t))
	doc := page(t, s, "/kit/kit-cit/documenti/a4-processo-di-adesione", 200)
	steps := byClass(doc, "steps")[0]
	if n := len(all(steps, "li")); n != 6 {
		t.Errorf("%d steps, want 6", n)
	}
	if a := link(steps, "Convenzione"); a == nil || attr(a, "href") != "/kit/kit-cit/atti/convenzione" {
		t.Error("the step does not lead to the convention")
	}
	body := byClass(doc, "prose")[0]
	if a := link(body, "convenzione"); a == nil || attr(a, "href") != "/kit/kit-cit/atti/convenzione" {
		t.Error("the link of the text was not rebased to the page of the act")
	}
	if a := link(doc, "Art. 30"); a == nil || !strings.HasPrefix(attr(a, "href"), "https://www.normattiva.it/uri-res/N2Ls?urn:nir:") {
		t.Error("the law is not linked")
	}
	act := page(t, s, "/kit/kit-cit/atti/convenzione", 200)
	if text := words(act); strings.Contains(text, "{{") || !strings.Contains(text, "[Denominazione dell'ente gestore]") {
		t.Error("the act shows the keys of its fields and not their names")
	}
	if !strings.Contains(words(act), "non il testo approvato dall'ente") {
		t.Error("the act does not say that it is a structure")
	}
}

func TestEntityPage(t *testing.T) {
	s := newSite(t, starterStore(t))
	lecce := page(t, s, "/enti/c_e506", 200)
	if a := link(lecce, "Kit del riuso CIT"); a == nil {
		t.Error("the kit that Lecce adopts is not there")
	}
	if !strings.Contains(words(lecce), "Fase B") {
		t.Error("the stage of Lecce is not said")
	}
	story := page(t, s, "/kit/kit-cit/adozioni/c_e506", 200)
	if h := words(all(story, "h1")[0]); h != "Adozione: Comune di Lecce" {
		t.Errorf("the story of Lecce is titled %q", h)
	}
	if a := link(story, "open-community-pa/riuso/kits/kit-cit/adoptions/c_e506.md"); a == nil || attr(a, "href") != starterURL+"/blob/"+commit+"/kits/kit-cit/adoptions/c_e506.md" {
		t.Error("the story does not say in which file it is written")
	}
	brescia := page(t, s, "/enti/p_bs", 200)
	if a := link(brescia, "Kit del riuso CIT"); a == nil || attr(a, "href") != "/kit/kit-cit" {
		t.Error("the kit that Brescia cedes is not there")
	}
}

func TestEnglishPages(t *testing.T) {
	doc := page(t, newSite(t, starterStore(t)), "/en/kit/kit-cit", 200)
	h1 := all(doc, "h1")[0]
	if attr(h1, "lang") != "it" || words(h1) != "Kit del riuso CIT" {
		t.Error("the title stays in Italian and says so")
	}
	for _, a := range all(all(doc, "main")[0], "a") {
		if strings.HasPrefix(attr(a, "href"), "/") && !strings.HasPrefix(attr(a, "href"), "/en") {
			t.Errorf("%q leaves the English pages: %s", words(a), attr(a, "href"))
		}
	}
	if a := link(doc, "Italiano"); a == nil || attr(a, "href") != "/kit/kit-cit" {
		t.Error("the switch does not lead to the same page")
	}
}
