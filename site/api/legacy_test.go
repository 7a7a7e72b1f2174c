package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

const legacyKey = "https://git.example.it/ente/pratica"

// withLegacy is the sample with a kit that was put together from the files of a repository, as the API serves it.
func withLegacy(t *testing.T, out ...catalog.Exclusion) *server {
	t.Helper()
	shelf := sample()
	no := false
	shelf.entries = append(shelf.entries, catalog.Entry{ID: "pratica", Record: catalog.Record{Kind: catalog.KindKit, Key: legacyKey, Source: "s", State: catalog.Live,
		Title: "Pratica", URL: legacyKey, Commit: "0123", FirstSeen: noon, LastRead: noon,
		Kit: &catalog.Kit{Key: legacyKey, Form: catalog.FormLegacy, URL: legacyKey, Title: "Pratica", Status: "draft", Provenance: &catalog.Provenance{Reviewed: &no, RulesVersion: "1"},
			PublicCode: &publiccode.PublicCode{Name: "Pratica", DevelopmentStatus: "concept"},
			Documents: []catalog.Document{{ID: "a", Title: "A", Attachments: []catalog.Attachment{
				{Path: "FASE A/avviso.pdf", Blob: "b1", Text: &catalog.TextNote{Format: "pdf", Words: 7}}, {Path: "FASE A/tolto.pdf", Blob: "b2"}}}},
			Adoptions: []catalog.Adoption{{Entity: "ipa:c_e506", Places: []catalog.AdoptionPlace{{URL: "file:///srv/git/x"}}}}}},
		Adoptions: []catalog.Adoption{{Entity: "ipa:c_e506", Places: []catalog.AdoptionPlace{{Where: "kit", URL: legacyKey, Path: "adoptions/c_e506.md"}}}}})
	shelf.states = append(shelf.states, catalog.SourceState{Source: catalog.Source{ID: catalog.CatalogueSource, Kind: "kit"}, Exclusions: out})
	return serve(t, shelf, func(c *Config) {
		c.Links.File = func(repository, commit, file string) string {
			return repository + "/" + commit + "/" + strings.ReplaceAll(file, " ", "%20")
		}
	})
}

// The file that riuso proposes for a kit that nobody described went to other catalogues as its owner's publiccode.yml, and
// nothing there told that nobody had reviewed it.
func TestFederationTellsALegacyKitAsWhatItIs(t *testing.T) {
	s := withLegacy(t, catalog.Exclusion{URL: legacyKey + "#FASE%20A/tolto.pdf", Reason: "dati personali"})
	records, _ := walk(t, s, "/api/v1/federation?size=100")
	r := records["kit/pratica"]
	if r.PublicCode != "" || r.Kit == nil || r.Hosted {
		t.Fatalf("%+v", r)
	}
	k := r.Kit
	if k.Form != catalog.FormLegacy || k.Provenance == nil || k.Provenance.Reviewed == nil || *k.Provenance.Reviewed || k.PublicCode != nil {
		t.Errorf("it passes for its owner's word: %+v", k)
	}
	if len(k.Adoptions) != 1 || k.Adoptions[0].Places != nil {
		t.Errorf("adoptions %+v", k.Adoptions)
	}
	files := k.Documents[0].Attachments
	if len(files) != 1 || files[0].Text != nil || files[0].SourceURL != legacyKey+"/0123/FASE%20A/avviso.pdf" {
		t.Errorf("files %+v", files)
	}
	if one := get[attachmentList](s, "/api/v1/kits/pratica/attachments", 200); one.Attachments[0].Words != 7 {
		t.Error("what is told to others changed what we have")
	}
}

func TestTheAPISaysOfALegacyKitThatNobodyReviewedIt(t *testing.T) {
	s := withLegacy(t)
	for _, c := range get[kitList](s, "/api/v1/kits?size=100", 200).Kits {
		if c.ID == "pratica" && (c.Reviewed == nil || *c.Reviewed || c.Form != catalog.FormLegacy) {
			t.Errorf("the list: %+v", c)
		}
	}
	one := get[kitAnswer](s, "/api/v1/kits/pratica", 200)
	if len(one.Adoptions) != 1 || len(one.Adoptions[0].Places) != 0 {
		t.Errorf("a story is said to stand in a file that is only proposed: %+v", one.Adoptions)
	}
	if one.Reviewed == nil || *one.Reviewed || one.Kit.PublicCode != nil {
		t.Errorf("%+v", one.Kit)
	}
	if body := s.ask(http.MethodGet, "/api/v1/kits/pratica").Body.String(); strings.Contains(body, "developmentStatus") {
		t.Error("a proposed publiccode.yml is given as if it were there")
	}
}
