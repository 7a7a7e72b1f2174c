package site_test

import (
	"net/http"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// A kit and its variant name each other, as kits and as software; an origin that the catalogue does not have is an address.
func TestLineage(t *testing.T) {
	const origin, variant, app = "https://git.example.it/origine", "https://git.example.it/variante", "https://git.example.it/app"
	m := catalogtest.NewMemory()
	kit := func(url, id, title string, form catalog.Form, based ...string) {
		bring(t, m, catalog.Visit{Source: catalog.Source{ID: catalog.SourceID(id), Kind: "kit", URL: url}, Outcome: catalog.Full, Commit: commit, URL: url,
			Tree: &catalog.Tree{Kits: []catalog.Kit{{Key: catalog.Key(url), URL: url, Form: form, ID: id, Title: title, PublicCode: &publiccode.PublicCode{IsBasedOn: based}}}}})
	}
	kit(variant, "variante", "La variante", catalog.FormKit, origin+".git", "https://git.example.it/ignoto", variant)
	kit(app, "app", "L'applicazione", catalog.FormSoftware, origin)
	kit(origin, "origine", "L'origine", catalog.FormKit)
	s := newSite(t, m)
	for path, want := range map[string][]string{
		"/kit/variante":   {"Derivato da", "L'origine", "https://git.example.it/ignoto"},
		"/kit/origine":    {"Varianti", "La variante", "L'applicazione"},
		"/kit/app":        {"Derivato da", "L'origine"},
		"/en/kit/origine": {"Variants", "La variante"},
	} {
		wants(t, path, page(t, s, path, http.StatusOK), want...)
	}
}

// The old public link of a kit that became one with another leads to it, on all its pages and in both languages.
func TestOldLinksOfAKitThatBecameAnother(t *testing.T) {
	const a, b = "https://git.example.it/a", "https://git.example.it/b"
	m := catalogtest.NewMemory()
	look := func(source, url, moved, key, id string, days int) {
		bring(t, m, catalog.Visit{Source: catalog.Source{ID: catalog.SourceID(source), Kind: "kit", URL: url}, Outcome: catalog.Full, Commit: commit, URL: url, Moved: moved, At: now().AddDate(0, 0, days),
			Tree: &catalog.Tree{Kits: []catalog.Kit{{Key: catalog.Key(key), URL: key, Form: catalog.FormKit, ID: id, Title: id, Documents: []catalog.Document{{ID: "d", Title: "D", Header: catalog.Header{Body: "Testo."}}}}}}})
	}
	look("a", a, "", a, "primo", 0)
	look("b", b, "", b, "secondo", 0)
	look("a", a, b, b, "primo", 1)
	s := newSite(t, m)
	for path, want := range map[string]string{
		"/kit/primo": "/kit/secondo", "/en/kit/primo": "/en/kit/secondo", "/kit/primo/documenti/d": "/kit/secondo/documenti/d", "/kit/primo?x=1": "/kit/secondo?x=1",
	} {
		w := get(t, s, path)
		if w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", path, w.Code, w.Header().Get("Location"), want)
		}
	}
	page(t, s, "/kit/secondo", http.StatusOK)
	look("c", "https://git.example.it/c", "", "https://git.example.it/c", "terzo", 2)
	look("c", "https://git.example.it/c", "https://git.example.it/d", "https://git.example.it/d", "altro-id", 3)
	page(t, s, "/kit/terzo", http.StatusOK) // one that only moves keeps its link
}
