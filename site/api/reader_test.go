package api

import (
	"cmp"
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// shelf is a catalogue of a few entries in memory: it reads and searches as the real ones do, by walking over them.
type shelf struct {
	entries []catalog.Entry // in order of id
	states  []catalog.SourceState
	fail    error // what every call gives, when set
	asked   atomic.Int64
}

func (s *shelf) Entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error) {
	return s.find(ctx, func(e *catalog.Entry) bool { return e.Kind == kind && e.ID == id })
}

func (s *shelf) EntryByKey(ctx context.Context, kind catalog.Kind, key catalog.Key) (*catalog.Entry, error) {
	return s.find(ctx, func(e *catalog.Entry) bool { return e.Kind == kind && e.Key == key })
}

func (s *shelf) find(ctx context.Context, is func(*catalog.Entry) bool) (*catalog.Entry, error) {
	if err := cmp.Or(s.fail, ctx.Err()); err != nil {
		return nil, err
	}
	for i := range s.entries {
		if e := s.entries[i]; is(&e) {
			if e.State == catalog.Gone {
				return &e, catalog.ErrGone
			}
			return &e, nil
		}
	}
	return nil, catalog.ErrNotFound
}

func (s *shelf) Entries(_ context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error) {
	var out []catalog.Entry
	for _, e := range s.entries {
		if e.Kind == kind && e.ID > after && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, s.fail
}

func (s *shelf) Cards(ctx context.Context, after string, limit int) ([]catalog.Card, error) {
	es, err := s.Entries(ctx, catalog.KindKit, after, limit)
	var out []catalog.Card
	for i := range es {
		if es[i].State != catalog.Gone {
			out = append(out, catalog.CardOf(&es[i], s.body))
		}
	}
	return out, err
}

func (s *shelf) body(r catalog.EntityRef) *catalog.Entity {
	for _, e := range s.entries {
		if e.Entity != nil && e.Entity.Ref() == r {
			return e.Entity
		}
	}
	return nil
}

func (s *shelf) Links(_ context.Context, body catalog.EntityRef) ([]catalog.Link, error) {
	var out []catalog.Link
	for i := range s.entries {
		for _, l := range catalog.LinksOf(&s.entries[i]) {
			if l.Entity == body {
				out = append(out, l)
			}
		}
	}
	return out, s.fail
}

func (s *shelf) Stats(context.Context) (catalog.Stats, error) {
	s.asked.Add(1)
	st := catalog.Stats{Sources: len(s.states), Updated: noon}
	for _, e := range s.entries {
		switch {
		case e.State == catalog.Gone:
		case e.Kind == catalog.KindEntity:
			st.Entities++
		case e.Kit != nil && e.Kit.Form == catalog.FormKit:
			st.Kits++
		case e.Kit != nil:
			st.Software++
		}
	}
	return st, s.fail
}

func (s *shelf) Source(_ context.Context, id catalog.SourceID) (catalog.SourceState, error) {
	for _, st := range s.states {
		if st.Source.ID == id {
			return st, s.fail
		}
	}
	return catalog.SourceState{}, cmp.Or(s.fail, catalog.ErrNotFound)
}

func (s *shelf) Sources(context.Context) ([]catalog.SourceState, error) { return s.states, s.fail }

func (s *shelf) FindSources(_ context.Context, q catalog.SourceQuery) (catalog.SourceResult, error) {
	var cards []catalog.SourceCard
	for i := range s.states {
		cards = append(cards, catalog.SourceCardOf(&s.states[i]))
	}
	slices.SortFunc(cards, func(a, b catalog.SourceCard) int { return cmp.Compare(a.Source.ID, b.Source.ID) })
	r, err := catalog.FindSources(cards, q)
	return r, cmp.Or(s.fail, err)
}

// Search finds the parts that hold the text, letter by letter, and counts the phases of the kits found.
func (s *shelf) Search(ctx context.Context, q catalog.Query) (catalog.Result, error) {
	var res catalog.Result
	phases := map[string]int{}
	for i := range s.entries {
		e := &s.entries[i]
		if e.Kit == nil || e.State == catalog.Gone {
			continue
		}
		card := catalog.CardOf(e, s.body)
		if want := q.Filters[catalog.FacetPhase]; want != nil && !slices.ContainsFunc(want, func(p string) bool { return slices.Contains(card.Phases, p) }) {
			continue
		}
		hit := catalog.Hit{Card: card, Score: 1.5}
		for _, d := range e.Kit.Documents {
			if before, after, ok := strings.Cut(d.Body, q.Text); ok && q.Text != "" {
				hit.Parts = append(hit.Parts, catalog.PartHit{Type: catalog.PartDocument, ID: d.ID, Title: d.Title, Score: 1,
					Snippet: []catalog.Fragment{{Text: before}, {Text: q.Text, Match: true}, {Text: after}}})
			}
		}
		if hit.Parts == nil && q.Text != "" {
			continue
		}
		res.Total++
		for _, p := range card.Phases {
			phases[p]++
		}
		if res.Total > (q.Page-1)*q.Size && len(res.Hits) < q.Size {
			res.Hits = append(res.Hits, hit)
		}
	}
	f := catalog.Facet{Name: catalog.FacetPhase}
	for _, v := range schema.Phases.Values {
		if n := phases[v.Value]; n > 0 {
			f.Values = append(f.Values, catalog.FacetValue{Value: v.Value, Label: v.Label, Count: n})
		}
	}
	res.Facets = []catalog.Facet{f}
	return res, cmp.Or(s.fail, ctx.Err())
}

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// sample is a catalogue with one of everything that the API must treat in its own way.
func sample() *shelf {
	no := false
	kit := &catalog.Kit{
		Key: "https://git.example.it/provincia/kit-cit", Form: catalog.FormKit, URL: "https://git.example.it/provincia/kit-cit", Type: "kit", ID: "kit-cit",
		Title: "Kit CIT", Summary: "Un centro territoriale", Kind: "service-model", Status: "draft", License: "CC-BY-4.0", Version: "1.0.0",
		Ceding: []catalog.EntityRef{"ipa:p_bs", "ipa:sconosciuto"}, Topics: []string{"transizione-digitale"}, Provenance: &catalog.Provenance{Reviewed: &no},
		Documents: []catalog.Document{
			{Header: catalog.Header{Path: "docs/a4.md", Type: "document", Body: "La convenzione <b> tra enti."}, ID: "a4", Code: "A4", Title: "Convenzione",
				Phase: []string{"A"}, Ambit: []string{"administrative"}, Status: "final"},
			{Header: catalog.Header{Path: "docs/b1.md", Body: "Piano."}, ID: "b1", Title: "Piano", Phase: []string{"B"}, Ambit: []string{"all"}},
			{Header: catalog.Header{Path: "docs/x.md", Body: "Testo."}, ID: "x", Title: "Senza casella"},
		},
		Tariffs:   []catalog.Tariff{{ID: "adesione", Title: "Adesione", Rules: []catalog.Rule{{Min: "0.15"}}}},
		Adoptions: []catalog.Adoption{{Entity: "ipa:c_e506", Note: "quella nel repository del kit"}},
		Pages:     []catalog.Page{{ID: "readme", Title: "Leggimi", Path: "README.md", Body: "Scrivere a mario.rossi@comune.paperopoli.it"}},
		PublicCode: &publiccode.PublicCode{Name: "Kit CIT", Organisation: &publiccode.Body{URI: "urn:x-italian-pa:p_bs"}, Maintenance: publiccode.Maintenance{Type: "internal",
			Contacts: []publiccode.Contact{{Name: "Mario Rossi", Email: "mario.rossi@comune.paperopoli.it", Phone: "030 123"}}}},
	}
	commits := []catalog.Change{{Commit: "c1", Time: noon, Message: "Prima riga\n\nSigned-off-by: Mario Rossi"}}
	for range MaxHistory + 5 {
		commits = append(commits, catalog.Change{Commit: "c0", Time: noon.Add(-time.Hour), Message: "prima"})
	}
	cit := catalog.Entry{ID: "kit-cit", DeclaredUsers: []string{"Comune di Lecce"},
		Record: catalog.Record{Kind: catalog.KindKit, Key: kit.Key, Source: "bs", State: catalog.Live, Title: kit.Title, Kit: kit, URL: "file:///srv/git/kit-cit",
			Commit: "abc123", FirstSeen: noon.Add(-48 * time.Hour), LastRead: noon, History: map[string][]catalog.Change{"docs/a4.md": commits},
			Findings: []schema.Finding{{File: "kit.md", Line: 3, Severity: schema.Warning, Code: "E03", Key: "released",
				Message: schema.T("Manca la data.", "The date is missing."), Hint: schema.T("Scriverla.", "Write it.")}}},
		Ways: []catalog.Via{{Source: "bs", URL: "file:///srv/git/kit-cit", LastRead: noon, State: catalog.Live}},
		Adoptions: []catalog.Adoption{{Entity: "ipa:c_e506", Name: "Comune di Lecce", Events: []catalog.AdoptionEvent{
			{Kind: "analysis-start", Date: "2019-01-01"}, {Kind: "decision-adopt", Date: "2019-03-02"}, {Kind: "transfer-start"}},
			Places: []catalog.AdoptionPlace{{Where: "kit", Source: "bs", URL: "file:///srv/git/kit-cit", Path: "adoptions/lecce.md"}}}},
	}
	soft := catalog.Entry{ID: "sportello", Record: catalog.Record{Kind: catalog.KindKit, Key: "https://git.example.it/comune/sportello", Source: "bs", State: catalog.Missing,
		Title: "Sportello", FirstSeen: noon, LastRead: noon, MissedAt: noon, URL: "https://git.example.it/comune/sportello",
		Kit: &catalog.Kit{Key: "https://git.example.it/comune/sportello", Form: catalog.FormSoftware, URL: "https://git.example.it/comune/sportello", Title: "Sportello"}}}
	gone := catalog.Entry{ID: "vecchio", Record: catalog.Record{Kind: catalog.KindKit, Key: "https://git.example.it/vecchio", State: catalog.Gone, Title: "Vecchio",
		Reason: schema.T("Ritirato dall'ente.", "Withdrawn by the body.")}}
	body := func(id, name, typ string) catalog.Entry {
		return catalog.Entry{ID: id, Record: catalog.Record{Kind: catalog.KindEntity, Key: catalog.Key("ipa:" + id), Source: "catalogue", State: catalog.Live, Title: name,
			FirstSeen: noon, LastRead: noon, Entity: &catalog.Entity{ID: id, IPA: id, Name: name, EntityType: typ}}}
	}
	no2 := false
	return &shelf{
		entries: []catalog.Entry{body("c_e506", "Comune di Lecce", "municipality"), cit, body("p_bs", "Provincia di Brescia", "province"), soft, gone},
		states: []catalog.SourceState{
			{Source: catalog.Source{ID: "spenta", Kind: "kit", URL: "https://git.example.it/spenta", Enabled: &no2}},
			{Source: catalog.Source{ID: "bs", Title: "Brescia", Kind: "kit", URL: "file:///srv/git/kit-cit"}, Commit: "abc123", LastRead: noon, LastSeen: noon, Stale: noon,
				Keys: []catalog.RecordKey{{Kind: catalog.KindKit, Key: kit.Key}}, Held: &catalog.Hold{At: noon},
				Visits: []catalog.VisitSummary{
					{At: noon.Add(-time.Hour), Outcome: catalog.Failed, Reason: schema.T("Non risponde.", "No answer."), Duration: 1500 * time.Millisecond, Requests: 2},
					{At: noon.Add(-2 * time.Hour), Outcome: catalog.Full, Commit: "abc123", Records: 1, Warnings: 1}},
				Findings: []schema.Finding{{Severity: schema.Error, Code: "V01", Message: schema.T("Non risponde.", "No answer."), Hint: schema.T("Riprovare.", "Try again.")}}},
		},
	}
}

// server is the API as it is mounted, behind an engine that also has a page.
type server struct {
	t      *testing.T
	engine *gin.Engine
	router routers.Router
}

func serve(t *testing.T, s *shelf, change ...func(*Config)) *server {
	t.Helper()
	cfg := Config{Reader: s, Searcher: s, BaseURL: "https://riuso.example.it", Version: "1.2.3", Now: func() time.Time { return noon },
		Links: Links{
			Kit: func(l schema.Lang, id string) string { return prefix(l) + "/kit/" + id },
			Part: func(l schema.Lang, kit string, typ catalog.PartType, id string) string {
				return prefix(l) + "/kit/" + kit + "/" + string(typ) + "/" + id
			}}}
	for _, f := range change {
		f(&cfg)
	}
	a, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	e := gin.New()
	e.HandleMethodNotAllowed = true
	a.Mount(e)
	e.GET("/kit/:id", func(c *gin.Context) { c.String(http.StatusOK, "pagina") })
	return &server{t, e, router}
}

func prefix(l schema.Lang) string {
	if l == schema.En {
		return "/en"
	}
	return ""
}

// ask makes a request and checks the answer against openapi.json, when the description speaks of it at all.
func (s *server) ask(method, path string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.engine.ServeHTTP(w, r)
	route, params, err := s.router.FindRoute(r)
	if err != nil || method == http.MethodHead {
		return w
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 w.Code, Header: w.Header(),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	in.SetBodyBytes(w.Body.Bytes())
	if err := openapi3filter.ValidateResponse(s.t.Context(), in); err != nil {
		s.t.Errorf("%s %s answers %d, not as described: %v", method, path, w.Code, err)
	}
	return w
}
