package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// The reference has a page for every record type, in both languages, with every key and its words.
func TestFormatPages(t *testing.T) {
	s := newSite(t, starterStore(t))
	for prefix, lang := range map[string]schema.Lang{"": schema.It, "/en": schema.En} {
		list := words(page(t, s, prefix+"/formato", http.StatusOK))
		for _, name := range schema.Records() {
			shape := schema.Record(name)
			if !strings.Contains(list, shape.Title.In(lang)) {
				t.Errorf("%s/formato does not name %s", prefix, name)
			}
			doc := page(t, s, prefix+"/formato/"+name, http.StatusOK)
			text := words(doc)
			for _, table := range shape.Tables() {
				for _, r := range table.Rows {
					for _, want := range []string{r.Key, r.Title.In(lang), r.Description.In(lang)} {
						if !strings.Contains(text, strings.Join(strings.Fields(want), " ")) {
							t.Errorf("%s/formato/%s: %s.%s: %q is not on the page", prefix, name, table.Name, r.Key, want)
						}
					}
				}
			}
			for _, e := range schema.Enums(shape.Tables()) {
				for _, v := range e.Values {
					if !strings.Contains(text, v.Value) || !strings.Contains(text, v.Label.In(lang)) {
						t.Errorf("%s/formato/%s: value %s of %s is not on the page", prefix, name, v.Value, e.Name)
					}
				}
			}
		}
	}
	page(t, s, "/formato/nothing", http.StatusNotFound)
	page(t, s, "/formato/common", http.StatusNotFound)
}

// Who reads the site in Italian writes the name of a record type in Italian.
func TestFormatByItsName(t *testing.T) {
	s := newSite(t, starterStore(t))
	for from, to := range map[string]string{
		"/formato/documento": "/formato/document", "/formato/tariffa": "/formato/tariff", "/formato/lista-di-controllo": "/formato/checklist",
		"/formato/ente": "/formato/entity", "/en/formato/meeting": "/en/formato/event",
	} {
		if res := get(t, s, from); res.Code != http.StatusMovedPermanently || res.Header().Get("Location") != to {
			t.Errorf("%s: %d to %q", from, res.Code, res.Header().Get("Location"))
		}
	}
}

// The hardest choice of a document was a link away from its key.
func TestFormatShowsKindsBesideTheKey(t *testing.T) {
	doc := page(t, newSite(t, starterStore(t)), "/formato/document", http.StatusOK)
	table := words(byClass(doc, "key-table")[0])
	for _, v := range schema.DocumentKinds.Values {
		if !strings.Contains(table, v.Value+" "+v.Label.It) {
			t.Errorf("%s is not among the keys", v.Value)
		}
	}
}

func TestFormatIsInTheSitemap(t *testing.T) {
	body := get(t, newSite(t, starterStore(t)), "/sitemap.xml").Body.String()
	for _, want := range []string{"https://riuso.example.it/formato<", "https://riuso.example.it/en/formato/tariff<"} {
		if !strings.Contains(body, want) {
			t.Errorf("the sitemap lacks %s", want)
		}
	}
}
