package site_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// large is a kit with n documents of a file each, as an import makes them, and files of its own and of a component.
func large(t testing.TB, n int) *catalogtest.Memory {
	t.Helper()
	r := catalogtest.Kit("a", filesURL, "grande", "Kit grande", func(k *catalog.Kit) {
		for i := range n {
			phase := string("ABC"[i%3])
			code := ""
			if i%4 > 0 {
				code = fmt.Sprintf("%s%d", phase, i%40)
			}
			catalogtest.Doc(code, fmt.Sprintf("Documento %d", i), "", phase, "administrative")(k)
			d := &k.Documents[len(k.Documents)-1]
			d.ID, d.Kind = fmt.Sprintf("d%d", i), []string{"", "minutes", "presentation"}[i%3]
			if i%10 == 0 {
				d.Status = "superseded"
			}
			d.Attachments = []catalog.Attachment{{Path: fmt.Sprintf("FASE %s/documento numero %d.pdf", phase, i), Blob: fmt.Sprint(i), Text: &catalog.TextNote{Format: "pdf", Words: 9, Pages: 2}}}
		}
		k.Components = []catalog.Component{{ID: "x", Title: "X", Kind: "software", Note: "Cartella «export», con molti file"}}
		for i := range min(n, 500) {
			k.Attachments = append(k.Attachments, catalog.Attachment{Path: fmt.Sprintf("export/%d.bpmn", i)}, catalog.Attachment{Path: fmt.Sprintf("altro/%d.bpmn", i)})
		}
	})
	r.Commit = commit
	m := catalogtest.NewMemory()
	if err := m.Commit(t.Context(), catalogtest.DeltaOf("a", r)); err != nil {
		t.Fatal(err)
	}
	return m
}

// A kit with three thousand files was a page of more than a megabyte.
func TestThePageOfALargeKitIsShort(t *testing.T) {
	s := newSite(t, large(t, 2500))
	body := get(t, s, "/kit/grande").Body.String()
	if len(body) > 512<<10 || strings.Contains(body, `content="noindex`) {
		t.Errorf("%d bytes", len(body))
	}
	doc := page(t, s, "/kit/grande", 200)
	checkPage(t, "/kit/grande", doc)
	more := byClass(doc, "list-more")
	if len(more) == 0 || attr(all(more[0], "a")[0], "href") != "/kit/grande?elenchi=interi" {
		t.Fatal("no way to the rest")
	}
	lines := strings.Count(body, `class="doc-title"`)
	whole := get(t, s, "/kit/grande?elenchi=interi").Body.String()
	if n := strings.Count(whole, `class="doc-title"`); lines > 450 || n < 2500 || !strings.Contains(whole, `content="noindex`) || strings.Contains(whole, `class="list-more"`) {
		t.Errorf("%d documents on the page, %d on the whole one", lines, n)
	}
	for _, want := range []string{"Documento 2499<", "/kit/grande/allegati/499-bpmn-"} {
		if !strings.Contains(whole, want) {
			t.Errorf("the whole page lacks %q", want)
		}
	}
	if en := get(t, s, "/en/kit/grande").Body.String(); !strings.Contains(en, "/en/kit/grande?elenchi=interi") {
		t.Error("no way to the rest in English")
	}
}

func TestTheListsOfAnOrdinaryKitAreWhole(t *testing.T) {
	doc := page(t, newSite(t, large(t, 90)), "/kit/grande", 200)
	if n := len(byClass(doc, "doc-title")); n < 90 || len(byClass(doc, "list-more")) != 0 {
		t.Errorf("%d documents", n)
	}
}
