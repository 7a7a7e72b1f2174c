package site_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// TestTheSitemapHasThePartsOfKits asks for what a search engine should find: acts and tariffs, not only kits.
func TestTheSitemapHasThePartsOfKits(t *testing.T) {
	s := newSite(t, starterStore(t))
	body := get(t, s, "/sitemap.xml").Body.String()
	locs := regexp.MustCompile(`<loc>https://riuso\.example\.it([^<]*)</loc>`).FindAllStringSubmatch(body, -1)
	for _, part := range []string{"documenti/a4-processo-di-adesione", "atti/convenzione", "tariffe/quota-adesione", "adozioni/c_e506"} {
		if !strings.Contains(body, "<loc>https://riuso.example.it/kit/kit-cit/"+part+"</loc>") {
			t.Errorf("the sitemap lacks %s", part)
		}
	}
	seen := map[string]bool{}
	for i, l := range locs {
		if seen[l[1]] {
			t.Errorf("%s stands twice", l[1])
		}
		seen[l[1]] = true
		if i%7 == 0 { // each of them is another page to make
			if w := get(t, s, l[1]); w.Code != 200 {
				t.Errorf("%s: status %d", l[1], w.Code)
			}
		}
	}
}

// TestALargeSitemapIsAnIndex holds more kits than one file takes: each is in one of the files, once.
func TestALargeSitemapIsAnIndex(t *testing.T) {
	m := catalogtest.NewMemory()
	const kits = 1001
	var records []catalog.Record
	for i := range kits {
		id := fmt.Sprintf("k%04d", i)
		records = append(records, catalogtest.Kit("s", "https://example.org/"+id, id, "Kit "+id))
	}
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("s", records...)); err != nil { // at once: after each commit all is published anew
		t.Fatal(err)
	}
	s := newSite(t, m)
	index := get(t, s, "/sitemap.xml").Body.String()
	if !strings.Contains(index, "<sitemapindex") {
		t.Fatal("no index")
	}
	count := map[string]int{}
	for _, f := range regexp.MustCompile(`<loc>https://riuso\.example\.it([^<]*)</loc>`).FindAllStringSubmatch(index, -1) {
		body := get(t, s, strings.ReplaceAll(f[1], "&amp;", "&")).Body.String()
		for _, l := range regexp.MustCompile(`<loc>https://riuso\.example\.it/kit/([^<]*)</loc>`).FindAllStringSubmatch(body, -1) {
			count[l[1]]++
		}
	}
	if len(count) != kits {
		t.Errorf("%d kits in the files, want %d", len(count), kits)
	}
	for id, n := range count {
		if n != 1 {
			t.Errorf("%s stands %d times", id, n)
		}
	}
}
