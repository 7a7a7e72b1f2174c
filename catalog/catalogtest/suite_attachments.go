package catalogtest

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// Attached adds attachments to the document of a kit that has this code, to the kit itself where code is "".
func Attached(code string, list ...catalog.Attachment) func(*catalog.Kit) {
	return func(k *catalog.Kit) {
		if code == "" {
			k.Attachments = append(k.Attachments, list...)
		}
		for i := range k.Documents {
			if d := &k.Documents[i]; d.Code == code {
				d.Attachments = append(d.Attachments, list...)
			}
		}
	}
}

// TextOf makes the text of a blob with these pages.
func TextOf(blob string, pages ...string) catalog.Text {
	t := catalog.Text{Blob: blob, Reader: "test 1", Format: "pdf", Language: "it", PageCount: len(pages)}
	for i, p := range pages {
		t.Pages = append(t.Pages, catalog.TextPage{N: i + 1, Text: p})
	}
	return t
}

const (
	blobGuide = "1111111111111111111111111111111111111111"
	blobAct   = "2222222222222222222222222222222222222222"
	blobFilm  = "3333333333333333333333333333333333333333"
	urlAtt    = "https://example.org/allegati"
)

func filler(n int) string {
	return strings.Repeat("un testo che riempie la pagina senza dire altro\n", n)
}

// withAttachments is what a visit of a kit whose attachments were read writes.
func withAttachments(more ...func(*catalog.Kit)) catalog.Delta {
	d := DeltaOf("allegati", Kit("allegati", urlAtt, "kit-allegati", "Sportello digitale", append([]func(*catalog.Kit){Ceded(brescia),
		Doc("A3", "Analisi dei procedimenti", "Il documento presenta l'analisi.", "A", "technological"),
		Doc("B1", "Occupazione del suolo", "Come si chiede.", "B", "informative"),
		Attached("A3", catalog.Attachment{Path: "FASE A/Analisi_procedimenti v2.pdf", Blob: blobGuide, Kind: "report"}, catalog.Attachment{Path: "FASE A/Analisi (1).pdf", Blob: blobGuide}),
		Attached("B1", catalog.Attachment{Path: "FASE B/Modulo.pdf", Title: "Modulo di richiesta", Blob: blobAct}),
		Attached("", catalog.Attachment{Path: "13Digi_Protocollo_Intesa completo.pdf", Blob: blobFilm})}, more...)...))
	d.Texts = []catalog.Text{TextOf(blobGuide, filler(40)+"premessa", filler(300)+"La checklist della comunicazione CILA\nsi compila così."+filler(300), "Qui si parla di servizi cimiteriali e di suolo."),
		TextOf(blobAct, "Il richiedente dichiara. Occupazione del suolo pubblico.")}
	return d
}

func texts(t *testing.T, s Store) []string {
	t.Helper()
	known, err := s.Texts(t.Context(), []string{blobAct, "ignoto", blobGuide, blobFilm})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []string{blobAct, "ignoto", blobGuide, blobFilm} {
		one, err := s.Text(t.Context(), b)
		if all, ok := known[b]; ok {
			same(t, "text "+b, one, &all)
		} else if !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("text %s: %+v, %v", b, one, err)
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// textsStay: a text is there as long as a kit has the bytes, and no longer; it comes and goes with the records.
func textsStay(t *testing.T, s Store) {
	both := []string{blobGuide, blobAct}
	bad := withAttachments()
	bad.Put = append(bad.Put, Kit("altra", urlCIT, "kit-cit", "Kit"))
	if err := s.Commit(t.Context(), bad); !errors.Is(err, catalog.ErrInvalid) {
		t.Fatal(err)
	}
	same(t, "after a commit that failed", texts(t, s), []string(nil))
	nobody := DeltaOf("altra")
	nobody.Texts = []catalog.Text{TextOf(blobAct, "di nessuno")}
	commit(t, s, nobody)
	same(t, "of nobody's bytes", texts(t, s), []string(nil))
	first := withAttachments()
	commit(t, s, first)
	same(t, "after the commit", texts(t, s), both)
	got, err := s.Text(t.Context(), blobGuide)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "text", *got, first.Texts[0])
	if r, ok := s.(Reopener); ok {
		s = r.Reopen(t)
		same(t, "opened again", texts(t, s), both)
	}
	again := withAttachments() // read again, nothing of the attachments: they did not change
	again.Texts = nil
	commit(t, s, again)
	same(t, "after a visit that read no attachment", texts(t, s), both)
	mirror := DeltaOf("altra", Kit("altra", urlSUA, "kit-sua", "Altro", Attached("", catalog.Attachment{Path: "x.pdf", Blob: blobAct})))
	less := DeltaOf("allegati", Kit("allegati", urlAtt, "kit-allegati", "Sportello digitale"))
	commit(t, s, less, mirror)
	same(t, "one of two has it still", texts(t, s), []string{blobAct})
	if r := search(t, s, catalog.Query{Text: "richiedente"}); !slices.Equal(found(r), []string{"kit-sua"}) {
		t.Errorf("by the text that another brought: %v", found(r))
	}
	newer := DeltaOf("allegati", less.Put...)
	newer.Texts = []catalog.Text{TextOf(blobAct, "letto meglio: autocertificazione")}
	commit(t, s, newer)
	if r := search(t, s, catalog.Query{Text: "autocertificazione"}); !slices.Equal(found(r), []string{"kit-sua"}) {
		t.Errorf("by the text that was read again: %v", found(r))
	}
	if r := search(t, s, catalog.Query{Text: "richiedente"}); r.Total != 0 {
		t.Errorf("by the text of before: %v", found(r))
	}
	commit(t, s, DeltaOf("altra", Gone(mirror.Put[0])))
	same(t, "the last one is gone", texts(t, s), []string(nil))
}

// inAttachments: what is in a file is found, with its page; a file that could not be had by its name; a document and its
// files are one line.
func inAttachments(t *testing.T, s Store) {
	commit(t, s, withAttachments())
	for _, c := range []struct {
		text, title, snippet string
		page                 int
		of                   catalog.PartRef
	}{
		{"checklist cila", "Analisi procedimenti v2.pdf", "checklist", 2, catalog.PartRef{Type: catalog.PartDocument, ID: "analisi-dei-procedimenti", Title: "Analisi dei procedimenti"}},
		{"servizi cimiteriali", "Analisi procedimenti v2.pdf", "cimiteriali", 3, catalog.PartRef{Type: catalog.PartDocument, ID: "analisi-dei-procedimenti", Title: "Analisi dei procedimenti"}},
		{"richiedente", "Modulo di richiesta", "richiedente", 1, catalog.PartRef{Type: catalog.PartDocument, ID: "occupazione-del-suolo", Title: "Occupazione del suolo"}},
		{"protocollo intesa", "13Digi Protocollo Intesa completo.pdf", "", 0, catalog.PartRef{}},
		{"digi", "13Digi Protocollo Intesa completo.pdf", "", 0, catalog.PartRef{}},
	} {
		r := search(t, s, catalog.Query{Text: c.text})
		if len(r.Hits) != 1 || len(r.Hits[0].Parts) == 0 {
			t.Errorf("%q finds %+v", c.text, r.Hits)
			continue
		}
		p := r.Hits[0].Parts[0]
		if p.Type != catalog.PartAttachment || p.Title != c.title || p.Page != c.page || p.Of != c.of || strings.Contains(p.ID, "~") {
			t.Errorf("%q finds %+v", c.text, p)
		}
		marked := ""
		for _, f := range p.Snippet {
			if f.Match {
				marked += f.Text + " "
			}
		}
		if c.snippet == "" != (marked == "") || !strings.Contains(marked, c.snippet) {
			t.Errorf("%q: the snippet is %+v", c.text, p.Snippet)
		}
	}
	r := search(t, s, catalog.Query{Text: "suolo"})
	if len(r.Hits) != 1 || len(r.Hits[0].Parts) != 2 || r.Hits[0].Parts[0].ID != "occupazione-del-suolo" && r.Hits[0].Parts[0].Of.ID != "occupazione-del-suolo" {
		t.Errorf("a document and its file are not one line: %+v", r.Hits)
	}
	r = search(t, s, catalog.Query{Text: "suolo", Filters: filters{catalog.FacetType: {string(catalog.PartAttachment)}, catalog.FacetPhase: {"B"}}})
	if len(r.Hits) != 1 || len(r.Hits[0].Parts) != 1 || r.Hits[0].Parts[0].Title != "Modulo di richiesta" {
		t.Errorf("filtered: %+v", r.Hits)
	}
	same(t, "types", counted(search(t, s, catalog.Query{Text: "suolo"}), catalog.FacetType), "attachment:1 document:1")
	r = search(t, s, catalog.Query{Filters: filters{catalog.FacetType: {string(catalog.PartAttachment)}}})
	if len(r.Hits) != 1 || len(r.Hits[0].Parts) != 3 {
		t.Errorf("without words: %+v", r.Hits)
	}
}

// excludedFile: an exclusion that names an attachment takes its text out with the commit that brings it, under all its names
// in that kit; the kit stays. The next reading after the exclusion was taken back brings it again.
func excludedFile(t *testing.T, s Store) {
	commit(t, s, withAttachments(), excluding(0))
	finds := func(q string) int { return search(t, s, catalog.Query{Text: q}).Total }
	commit(t, s, excluding(1, urlAtt+"#FASE%20A/Analisi%20(1).pdf"))
	same(t, "texts", texts(t, s), []string{blobAct})
	if e := byKey(t, s, urlAtt); e.State != catalog.Live || len(catalog.Attachments(e.Kit)) != 4 {
		t.Errorf("the kit: %s, %d attachments", e.State, len(catalog.Attachments(e.Kit)))
	}
	for q, want := range map[string]int{"cila": 0, "v2": 0, "richiedente": 1, "procedimenti": 1} {
		if n := finds(q); n != want {
			t.Errorf("%q finds %d", q, n)
		}
	}
	commit(t, s, withAttachments()) // a source that reads it all the same
	same(t, "texts, read again", texts(t, s), []string{blobAct})
	if finds("cila") != 0 {
		t.Error("what is kept out is found after the next visit")
	}
	renamed := withAttachments(func(k *catalog.Kit) {
		for i := range k.Documents {
			for j := range k.Documents[i].Attachments {
				a := &k.Documents[i].Attachments[j]
				a.Path = strings.ReplaceAll(a.Path, "FASE A/", "A - Gestione/")
			}
		}
	})
	commit(t, s, renamed) // whoever renames a folder knows nothing of the exclusion
	same(t, "texts, after the folder was renamed", texts(t, s), []string{blobAct})
	commit(t, s, excluding(1, urlAtt+"#FASE%20A/Analisi%20(1).pdf"), renamed) // the catalogue is read again
	same(t, "texts, after the catalogue was read again", texts(t, s), []string{blobAct})
	if finds("cila") != 0 {
		t.Error("what is kept out is found after its folder was renamed")
	}
	commit(t, s, withAttachments())
	other := DeltaOf("altra", Kit("altra", urlSUA, "kit-sua", "Altro", Attached("", catalog.Attachment{Path: "x.pdf", Blob: blobGuide})))
	other.Texts = withAttachments().Texts[:1]
	commit(t, s, other)
	if r := search(t, s, catalog.Query{Text: "cila"}); !slices.Equal(found(r), []string{"kit-sua"}) {
		t.Errorf("the same bytes in another kit: %v", found(r))
	}
	commit(t, s, DeltaOf("altra", Gone(other.Put[0])))
	commit(t, s, excluding(2))
	if finds("v2") != 1 || finds("cila") != 0 {
		t.Error("let in again, its name is found, and its text not before it is read")
	}
	commit(t, s, withAttachments())
	if finds("cila") != 1 {
		t.Error("let in and read again, its text is not found")
	}
	commit(t, s, excluding(3, urlAtt))
	same(t, "the whole kit is kept out", texts(t, s), []string(nil))
}
