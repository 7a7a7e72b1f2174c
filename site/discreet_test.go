package site_test

import (
	"github.com/open-community-pa/riuso/schema/privacy"
	"net/http"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// person is what nobody may read on a page: a made-up mailbox, a mobile number, a tax code.
const person = "Scrivi a mario.rossi@comune.paperopoli.it o mario.bianchi&#64;gmail.com, chiama +39 347 9988776, codice RSSMRA80A01H501U, grazie"

// TestNothingPrivateIsGiven puts the data of a person into every text of every record and looks for it on every page, in
// the results of searches and in the sitemap. It was on kit pages, in titles, descriptions and snippets.
func TestNothingPrivateIsGiven(t *testing.T) {
	s := newSite(t, poisoned(t, person))
	paths := append(poisonedPaths(), "/cerca?q=grazie", "/cerca?q=scrivi+chiama", "/en/cerca?q=codice", "/cerca", "/sitemap.xml", "/kit/ostile/documenti/niente", "/en/enti/c_ost", "/en/incontri/ev")
	for _, path := range paths {
		w := get(t, s, path)
		body := strings.ToLower(w.Body.String())
		for _, secret := range []string{"mario", "paperopoli", "9988776", "rssmra"} {
			if i := strings.Index(body, secret); i >= 0 {
				t.Errorf("%s shows %q: …%s…", path, secret, body[max(0, i-80):min(len(body), i+40)])
			}
		}
		if strings.Contains(path, "/kit/ostile") && w.Code == http.StatusOK && (!strings.Contains(body, privacy.MarkMail) || !strings.Contains(body, privacy.MarkPhone) || !strings.Contains(body, privacy.MarkTaxCode)) {
			t.Errorf("%s has no mark: the test sees nothing", path)
		}
	}
	if body := get(t, s, "/cerca?q=scrivi+chiama").Body.String(); !strings.Contains(body, privacy.MarkMail) {
		t.Error("the search found nothing: the test sees nothing")
	}
}

// TestTombstonesArePrivateToo looks at the page of what went.
func TestTombstonesArePrivateToo(t *testing.T) {
	m := catalogtest.NewMemory()
	r := catalogtest.Kit("ost", "https://github.com/ente/andato", "andato", person)
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("ost", r)); err != nil {
		t.Fatal(err)
	}
	gone := catalogtest.Gone(r)
	gone.Reason = schema.T(person, person)
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("ost", gone)); err != nil {
		t.Fatal(err)
	}
	w := get(t, newSite(t, m), "/kit/andato")
	if w.Code != http.StatusGone || strings.Contains(w.Body.String(), "mario") || !strings.Contains(w.Body.String(), privacy.MarkMail) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestAuthorsOfADocument shows bodies by name and persons as a number, with the way to the file.
func TestAuthorsOfADocument(t *testing.T) {
	m := catalogtest.NewMemory()
	r := catalogtest.Kit("a", "https://github.com/ente/kit", "kit", "Kit", catalogtest.Doc("A1", "Convenzione", "Testo.", "A", "administrative"), func(k *catalog.Kit) {
		k.Documents[0].Authors, k.Documents[0].Path = []string{"Mario Rossi", "Provincia di Brescia"}, "docs/a1.md"
		k.Contacts = []catalog.Contact{{Office: "Ufficio", Email: "mario.rossi@gmail.com", Phone: "3331234567"}, {Office: "URP", Email: "urp@comune.paperopoli.it", Phone: "030 123456"}}
	})
	r.Commit = commit
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("a", r)); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, m)
	doc := page(t, s, "/kit/kit/documenti/"+r.Kit.Documents[0].ID, 200)
	if text := words(doc); !strings.Contains(text, "Provincia di Brescia") || strings.Contains(text, "Rossi") {
		t.Error(text)
	}
	if a := link(doc, "1 autore"); a == nil || !strings.HasSuffix(attr(a, "href"), "/docs/a1.md") {
		t.Error("the author that is not shown has no way to the file")
	}
	kit := words(page(t, s, "/kit/kit", 200))
	if !strings.Contains(kit, "030 123456") || !strings.Contains(kit, "urp@comune.paperopoli.it") || strings.Contains(kit, "333") || strings.Contains(kit, "gmail") {
		t.Error(kit)
	}
}

// TestCanonicalNeedsAHost sees that a page repeats no nonsense that its asker wrote as a host.
func TestCanonicalNeedsAHost(t *testing.T) {
	s := newSite(t, starterStore(t), withoutBase)
	for host, want := range map[string]bool{"riuso.example.it": true, "evil.example.it/x?": false, `a"b`: false, "utente@example.it": false} {
		w := getHost(t, s, "/kit/kit-cit", host)
		body := w.Body.String()
		if got := strings.Contains(body, `rel="canonical"`) && strings.Contains(body, `og:url`); w.Code != http.StatusOK || got != want {
			t.Errorf("%q: status %d, canonical %v", host, w.Code, got)
		}
		if !want && strings.Contains(body, "evil") {
			t.Errorf("%q is repeated", host)
		}
	}
	if w := getHost(t, s, "/sitemap.xml", "a b"); w.Code != http.StatusBadRequest {
		t.Errorf("a sitemap without addresses: %d", w.Code)
	}
	if w := getHost(t, s, "/robots.txt", "a b"); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "Sitemap") {
		t.Errorf("robots: %d %s", w.Code, w.Body)
	}
}

// TestSuccession shows where a kit went and what it replaced, known to the catalogue or not, and the section on the
// project when all that is said is what the kit is based on.
func TestSuccession(t *testing.T) {
	m := catalogtest.NewMemory()
	old := catalogtest.Kit("a", "https://github.com/ente/vecchio", "vecchio", "Il vecchio kit")
	r := catalogtest.Kit("a", "https://github.com/ente/nuovo", "nuovo", "Il nuovo kit", func(k *catalog.Kit) {
		k.Supersedes, k.MergedInto = "https://github.com/ente/vecchio.git", "https://github.com/ente/ignoto"
		k.PublicCode = basedOn("https://github.com/ente/base")
	})
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("a", old, r)); err != nil {
		t.Fatal(err)
	}
	doc := page(t, newSite(t, m), "/kit/nuovo", 200)
	if a := link(doc, "Il vecchio kit"); a == nil || attr(a, "href") != "/kit/vecchio" {
		t.Error("no way to the kit that it replaces")
	}
	if a := link(doc, "https://github.com/ente/ignoto"); a == nil || attr(a, "href") != "https://github.com/ente/ignoto" {
		t.Error("no way to the kit that it went into")
	}
	if a := link(doc, "https://github.com/ente/base"); a == nil {
		t.Error("what it is based on is not shown")
	}
	if text := words(doc); !strings.Contains(text, "Confluito in") || !strings.Contains(text, "Sostituisce") {
		t.Error(text)
	}
}
