package site_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Every code that a finding may carry has its page, in both languages, with what it means and what to do.
func TestEveryRuleHasItsPage(t *testing.T) {
	s := newSite(t, starterStore(t))
	seen := func(prefix, code string, texts ...string) {
		t.Helper()
		text := strings.ToLower(words(page(t, s, prefix+"/regole/"+code, http.StatusOK)))
		for _, want := range texts {
			if !strings.Contains(text, strings.ToLower(strings.Join(strings.Fields(want), " "))) {
				t.Errorf("%s/regole/%s does not say %q", prefix, code, want)
			}
		}
	}
	for prefix, lang := range map[string]schema.Lang{"": schema.It, "/en": schema.En} {
		list := words(page(t, s, prefix+"/regole", http.StatusOK))
		for _, r := range schema.Rules() {
			seen(prefix, r.Code, r.Code, r.Title.In(lang), r.Why.In(lang), r.Do.In(lang), r.Wrong, r.Right)
			if !strings.Contains(list, r.Code+" "+r.Title.In(lang)) {
				t.Errorf("%s/regole does not list %s", prefix, r.Code)
			}
		}
		for _, c := range publiccode.Codes() {
			seen(prefix, string(c.Code), string(c.Code), c.Meaning.In(lang), c.Hint.In(lang))
			if !strings.Contains(list, string(c.Code)) {
				t.Errorf("%s/regole does not list %s", prefix, c.Code)
			}
		}
	}
	for _, code := range []string{"E99", "e01", "X"} {
		if w := get(t, s, "/regole/"+code); w.Code != http.StatusNotFound {
			t.Errorf("/regole/%s: status %d", code, w.Code)
		}
	}
}

// Only a rule that a comment can silence tells how.
func TestARuleSaysHowItIsIgnored(t *testing.T) {
	s := newSite(t, starterStore(t))
	for _, r := range schema.Rules() {
		said := strings.Contains(words(page(t, s, "/regole/"+r.Code, http.StatusOK)), "riuso: ignore "+r.Code)
		if said != schema.Ignorable(r.Code) {
			t.Errorf("%s: ignorable %v, the page says %v", r.Code, schema.Ignorable(r.Code), said)
		}
	}
}

// A finding leads to the explanation of its code, in the language of the page.
func TestFindingsLeadToTheirRules(t *testing.T) {
	m := starterStore(t)
	url := "https://git.example.it/ente/kit.git"
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: "prova", Kind: "kit", URL: url}, Outcome: catalog.Full, Commit: commit, URL: url,
		Tree: catalog.Read(fstest.MapFS{
			"publiccode.yml": {Data: []byte("publiccodeYmlVersion: \"0\"\nname: Prova\nurl: https://git.example.it/ente/kit.git\ndescription:\n  it:\n    shortDescription: Una prova\n")},
			"kit.md":         {Data: []byte("---\ntype: kit\nid: prova\ntitle: Prova\nfase: A\n---\n")},
		}, catalog.ReadOptions{URL: url})})
	s := newSite(t, m)
	for prefix := range map[string]bool{"": true, "/en": true} {
		doc, codes := page(t, s, prefix+"/fonti/prova", http.StatusOK), map[string]bool{}
		for _, a := range all(doc, "a") {
			if code, ok := strings.CutPrefix(attr(a, "href"), prefix+"/regole/"); ok {
				codes[code] = true
				page(t, s, attr(a, "href"), http.StatusOK)
			}
		}
		if !codes["E02"] || !codes["E03"] {
			t.Errorf("%s/fonti/prova leads to the rules %v only", prefix, codes)
		}
	}
}
