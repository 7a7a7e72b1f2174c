package site

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

func TestPager(t *testing.T) {
	link := func(q catalog.Query) string { return "?" + addressOf(q) }
	var got []string
	for _, p := range pager(catalog.Query{Page: 6, Size: 20}, 400, link) {
		switch {
		case p.N == 0:
			got = append(got, "…")
		case p.Current:
			got = append(got, "("+itoa(p.N)+")")
		default:
			got = append(got, p.URL)
		}
	}
	if s := strings.Join(got, " "); s != "? … ?page=4 ?page=5 (6) ?page=7 ?page=8 … ?page=20" {
		t.Errorf("%s", s)
	}
	if pager(catalog.Query{Page: 1, Size: 20}, 20, link) != nil {
		t.Error("one page needs no pager")
	}
}

// TestSuggestionAndEveryValue looks at a result as a larger index gives it: another spelling, and facets with more values
// than are shown at first.
func TestSuggestionAndEveryValue(t *testing.T) {
	it, _ := bothMessages(t)
	p := &Page{Lang: schema.It, msgs: it}
	var f catalog.Facet
	f.Name = catalog.FacetRegion
	for _, r := range "abcdefghijkl" {
		f.Values = append(f.Values, catalog.FacetValue{Value: string(r), Label: schema.T(string(r), string(r)), Count: 1, Selected: r == 'l'})
	}
	q := catalog.Query{Text: "convenzine", Page: 3, Size: 20, Filters: map[catalog.FacetName][]string{catalog.FacetRegion: {"l"}}}
	v := newSearchView(p, "/cerca", q, catalog.Result{Suggestion: "convenzione", Facets: []catalog.Facet{f}})
	if v.Suggest != "/cerca?q=convenzione&region=l" {
		t.Errorf("suggestion leads to %s", v.Suggest)
	}
	if len(v.Facets) != 1 || len(v.Facets[0].Values) != facetOpen+1 || len(v.Facets[0].More) != 3 {
		t.Fatalf("%+v", v.Facets)
	}
	if last := v.Facets[0].Values[facetOpen]; !last.Selected || last.URL != "/cerca?q=convenzine" {
		t.Errorf("the chosen value is not always visible, or its link does not take it away: %+v", last)
	}
	if first := v.Facets[0].Values[0]; first.URL != "/cerca?q=convenzine&region=l&region=a" {
		t.Errorf("another value leads to %s, not to the first page with both", first.URL)
	}
	if len(v.Chips) != 1 || v.Chips[0].Remove != "/cerca?q=convenzine" || v.Without != "/cerca?q=convenzine" {
		t.Errorf("%+v", v.Chips)
	}
}

// FuzzQuery reads any address and writes it again: what is accepted must mean the same when it is read back.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"q=convenzione", "q=a&phase=A&phase=B&page=3&sort=name", "page=-1", "phase=&q=%00", "q=" + strings.Repeat("à", 400), "kind=%ff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		values, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		q, err := queryOf(values)
		if err != nil {
			return
		}
		again, err := url.ParseQuery(addressOf(q))
		if err != nil {
			t.Fatalf("%q was written as %q: %v", raw, addressOf(q), err)
		}
		back, err := queryOf(again)
		if err != nil || strings.TrimSpace(q.Text) != back.Text || !reflect.DeepEqual(q.Filters, back.Filters) || q.Page != back.Page || q.Sort != back.Sort {
			t.Errorf("%q reads as %+v, then as %+v (%v)", raw, q, back, err)
		}
	})
}

// FuzzLink rebases any link of any text: what comes out is one of our paths or an ordinary web address, never a script
// and never a file outside of the repository.
func FuzzLink(f *testing.F) {
	for _, s := range []string{"docs/a.md", "../../x", "//evil.example/x", "javascript:alert(1)", "mailto:a@example.it", "a b%2f..%2f..", "\\\\x", "https://u:p@h/", "#x", "?y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, dest string) {
		r := &rebaser{lang: schema.It, file: "docs/B/b.md", parts: map[string]string{"docs/a.md": "/kit/x/documenti/a"}, page: &Page{},
			from: origin{forge: forgeOf("https://github.com/ente/kit"), commit: strings.Repeat("a", 40), folder: "kits/x"}}
		for _, ask := range []func(string) (string, bool){r.Link, r.Image} {
			to, ok := ask(dest)
			if !ok {
				continue
			}
			u, err := url.Parse(to)
			if err != nil {
				t.Fatalf("%q leads to %q: %v", dest, to, err)
			}
			switch {
			case u.Scheme == "" && strings.HasPrefix(u.Path, "/kit/x"), u.Scheme == "https" && u.Host != "", u.Scheme == "http" && u.Host != "", u.Scheme == "mailto":
			default:
				t.Errorf("%q leads to %q", dest, to)
			}
			if (u.Host == "github.com" || u.Host == "raw.githubusercontent.com") && u.Scheme != "" && !strings.Contains(dest, "github") && strings.Contains(u.Path, "/../") {
				t.Errorf("%q leaves the repository: %q", dest, to)
			}
		}
	})
}
