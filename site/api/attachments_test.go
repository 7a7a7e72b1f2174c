package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// texts keeps texts by blob.
type texts map[string]*catalog.Text

func (m texts) Text(_ context.Context, blob string) (*catalog.Text, error) {
	if t := m[blob]; t != nil {
		return t, nil
	}
	return nil, catalog.ErrNotFound
}

// withFiles is the sample with a kit that has files, as the API serves it.
func withFiles(t *testing.T, out ...catalog.Exclusion) *server {
	t.Helper()
	shelf := sample()
	for i := range shelf.entries {
		if e := &shelf.entries[i]; e.ID == "kit-cit" {
			e.Kit.Documents[0].Attachments = []catalog.Attachment{
				{Path: "FASE A/convenzione.pdf", Blob: "b1", Bytes: 10, Text: &catalog.TextNote{Format: "pdf", Pages: 2, Words: 3, Language: "it", Masked: 1, Signed: "pades"}},
				{Path: "scansione.pdf", Title: "Scansione", Blob: "b2", Text: &catalog.TextNote{Format: "pdf", Faults: []catalog.TextFault{
					{Code: "T02", Severity: schema.Warning, Page: 1, Message: schema.T("scansione", "scan"), Hint: schema.T("rifare", "do again")}}}},
			}
		}
	}
	shelf.states = append(shelf.states, catalog.SourceState{Source: catalog.Source{ID: catalog.CatalogueSource, Kind: "kit"}, Exclusions: out})
	kept := texts{"b1": {Blob: "b1", Reader: "pdftotext 22.12.0", Format: "pdf", Language: "it", PageCount: 2, Masked: 1,
		Pages: []catalog.TextPage{{N: 2, Text: "La convenzione di " + person}}}}
	return serve(t, shelf, func(c *Config) { c.Texts = kept })
}

func fileID(path string) string { return (&catalog.Attachment{Path: path}).ID() }

func TestAttachmentsOfAKit(t *testing.T) {
	s := withFiles(t)
	const base = "/api/v1/kits/kit-cit/attachments"
	w := s.ask(http.MethodGet, base)
	if w.Header().Get("X-Robots-Tag") != "noindex" {
		t.Error("the list may be indexed")
	}
	list := get[attachmentList](s, base, 200)
	if len(list.Attachments) != 2 || list.Attachments[0].Part.Title != "Convenzione" || list.Attachments[0].Words != 3 || list.Attachments[0].Signed != "pades" || list.Attachments[1].Problems[0].Message != "scansione" {
		t.Fatalf("%+v", list)
	}
	one := get[attachmentAnswer](s, base+"/"+list.Attachments[0].ID, 200)
	if len(one.Text) != 1 || one.Text[0].N != 2 || !strings.HasPrefix(one.Text[0].Text, "La convenzione") || one.Reader == "" || one.Format != "pdf" {
		t.Errorf("%+v", one)
	}
	if strings.Contains(one.Text[0].Text, "mario") {
		t.Error("the text names a person")
	}
	if scan := get[attachmentAnswer](s, base+"/"+fileID("scansione.pdf")+"?lang=en", 200); len(scan.Text) != 0 || scan.Problems[0].Hint != "do again" {
		t.Errorf("%+v", scan)
	}
	if w := s.ask(http.MethodGet, base+"/niente"); w.Code != 404 || w.Header().Get("X-Robots-Tag") != "noindex" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := s.ask(http.MethodGet, "/api/v1/kits/vecchio/attachments"); w.Code != 410 {
		t.Errorf("files of what is gone: %d", w.Code)
	}
	kit := get[kitAnswer](s, "/api/v1/kits/kit-cit", 200)
	if len(kit.Attachments) != 2 || kit.Attachments[0].ID != list.Attachments[0].ID || kit.Attachments[0].API != "https://riuso.example.it"+base+"/"+list.Attachments[0].ID {
		t.Errorf("%+v", kit.Attachments)
	}
	if note := kit.Kit.Documents[0].Attachments[0].Text; note == nil || note.Words != 3 {
		t.Errorf("the kit does not tell of the text: %+v", note)
	}
}

func TestAnAttachmentThatIsTakenDown(t *testing.T) {
	var key catalog.Key
	for _, e := range sample().entries {
		if e.ID == "kit-cit" {
			key = e.Key
		}
	}
	s := withFiles(t, catalog.Exclusion{URL: string(key) + "#FASE A/convenzione.pdf", Reason: "Dati personali."})
	const base = "/api/v1/kits/kit-cit/attachments"
	list := get[attachmentList](s, base, 200)
	if a := list.Attachments[0]; a.Removed != "Dati personali." || a.Words != 0 || a.Blob != "" || a.File != "" {
		t.Errorf("%+v", a)
	}
	if p := get[problem](s, base+"/"+list.Attachments[0].ID, 410); !strings.Contains(p.Detail, "Dati personali.") {
		t.Errorf("%+v", p)
	}
}

func TestALongTextIsLeftToItsPage(t *testing.T) {
	ans := attachmentAnswer{Text: []catalog.TextPage{{N: 1, Text: "x"}}}
	if a, ok := ans.shrink().(attachmentAnswer); !ok || !a.Truncated || len(a.Text) != 0 || len(ans.Text) != 1 {
		t.Errorf("%+v", a)
	}
}

func TestAHitInAnAttachmentLeadsToItsPage(t *testing.T) {
	rq := &request{base: "https://riuso.example.it", links: Links{Attachment: func(_ schema.Lang, kit, id string, page int) string {
		return "/kit/" + kit + "/allegati/" + id + "#p" + string(rune('0'+page))
	}}}
	if got := rq.hitURL("k", catalog.PartHit{Type: catalog.PartAttachment, ID: "f", Page: 3}); got != "https://riuso.example.it/kit/k/allegati/f#p3" {
		t.Error(got)
	}
}

// A snippet is a piece of a text, and search engines read the answers of an API like any page.
func TestResultsOfASearchAreNotToBeIndexed(t *testing.T) {
	s := withFiles(t)
	if w := s.ask(http.MethodGet, "/api/v1/search?q=convenzione"); w.Code != 200 || w.Header().Get("X-Robots-Tag") != "noindex" {
		t.Errorf("%d %q", w.Code, w.Header().Get("X-Robots-Tag"))
	}
}

// withMany is the sample with a kit of n documents of a file each.
func withMany(t *testing.T, n int) *server {
	t.Helper()
	shelf := sample()
	for i := range shelf.entries {
		if e := &shelf.entries[i]; e.ID == "kit-cit" {
			for j := range n {
				e.Kit.Documents = append(e.Kit.Documents, catalog.Document{ID: fmt.Sprintf("d%d", j), Title: "D", Header: catalog.Header{Why: []schema.Text{schema.T("perché", "why")}},
					Attachments: []catalog.Attachment{{Path: fmt.Sprintf("FASE A/%d.pdf", j), Blob: fmt.Sprint(j), Text: &catalog.TextNote{Words: 1}}}})
			}
		}
	}
	return serve(t, shelf)
}

func TestTheListOfAttachmentsComesInPages(t *testing.T) {
	s := withMany(t, 250)
	seen := map[string]bool{}
	pages := 0
	for path := "/api/v1/kits/kit-cit/attachments?size=100&lang=en"; path != ""; pages++ {
		w := s.ask(http.MethodGet, path)
		list := get[attachmentList](s, path, 200)
		for _, a := range list.Attachments {
			if seen[a.ID] {
				t.Errorf("%s comes twice", a.ID)
			}
			seen[a.ID] = true
		}
		if (list.Next != "") != strings.Contains(w.Header().Get("Link"), `rel="next"`) || pages > 3 {
			t.Fatalf("next %q, link %q", list.Next, w.Header().Get("Link"))
		}
		path = strings.TrimPrefix(list.Next, "https://riuso.example.it")
	}
	if len(seen) != 250 || pages != 3 {
		t.Errorf("%d files in %d pages", len(seen), pages)
	}
	if p := get[problem](s, "/api/v1/kits/kit-cit/attachments?after=nessuno", http.StatusBadRequest); len(p.Parameters) != 1 {
		t.Errorf("%+v", p)
	}
}

// The entry of a kit of three thousand files was an answer of five megabytes.
func TestTheEntryOfAKitWithManyFilesIsCut(t *testing.T) {
	s := withMany(t, 3000)
	body := s.ask(http.MethodGet, "/api/v1/kits/kit-cit").Body.Len()
	k := get[kitAnswer](s, "/api/v1/kits/kit-cit", 200)
	if !k.Truncated || len(k.Attachments) != MaxEntryFiles || body > 1<<20 {
		t.Errorf("%v, %d files named, %d bytes", k.Truncated, len(k.Attachments), body)
	}
	for _, d := range k.Kit.Documents {
		if d.Attachments != nil || d.Why != nil {
			t.Fatalf("%+v", d)
		}
	}
	few := get[kitAnswer](withMany(t, 50), "/api/v1/kits/kit-cit", 200)
	if n := len(few.Kit.Documents); few.Truncated || len(few.Attachments) != 50 || few.Kit.Documents[n-1].Attachments == nil {
		t.Errorf("a small one: %v, %d", few.Truncated, len(few.Attachments))
	}
}
