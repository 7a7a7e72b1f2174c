package bleveindex_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

// folderOfPDFs is a kit that nobody wrote as one: sixty files that say again and again what others have a document for.
func folderOfPDFs() catalog.Delta {
	no := false
	var with []func(*catalog.Kit)
	var texts []catalog.Text
	for i := range 60 {
		code, blob := fmt.Sprintf("B%d", i+1), fmt.Sprintf("pdf-%d", i)
		name := fmt.Sprintf("B%d Relazione_%d convenzione.pdf", i+1, i)
		with = append(with, catalogtest.Doc(code, fmt.Sprintf("Relazione %d", i), "", "B", "technological"), catalogtest.Attached(code, catalog.Attachment{Path: name, Blob: blob}))
		texts = append(texts, catalogtest.TextOf(blob, strings.Repeat("La convenzione tra gli enti, la tariffa, il modulo di adesione al centro. ", 30+i), "Nota per la stazione appaltante."))
	}
	r := catalogtest.Kit("pdf", "https://example.org/pdf", "kit-pdf", "Una cartella di relazioni", with...)
	r.Kit.Form, r.Kit.Provenance = catalog.FormLegacy, &catalog.Provenance{Reviewed: &no}
	d := catalogtest.DeltaOf("pdf", r)
	d.Texts = texts
	return d
}

// A folder of reports that name everything does not come before the kits that were written for what is asked.
func TestAttachmentsDoNotDrownKits(t *testing.T) {
	s := starterIndex(t, t.TempDir())
	if err := s.Commit(t.Context(), folderOfPDFs()); err != nil {
		t.Fatal(err)
	}
	for q, kit := range map[string]string{"convenzione cit": "kit-cit", "convenzione": "kit-cit", "modulo disdetta": "kit-cit", "modulo adesione centro": "kit-cit", "SUA": "kit-sua",
		"stazione unica appaltante": "kit-sua", "politiche europee": "kit-sape", "relazione convenzione 17": "kit-pdf"} {
		res, err := s.Search(t.Context(), catalog.Query{Text: q})
		if err != nil || len(res.Hits) == 0 || res.Hits[0].Card.ID != kit {
			t.Errorf("%q finds %+v, %v", q, res.Hits, err)
		}
	}
	res, err := s.Search(t.Context(), catalog.Query{Text: "convenzione", Filters: map[catalog.FacetName][]string{catalog.FacetForm: {"legacy"}}})
	if err != nil || len(res.Hits) != 1 || len(res.Hits[0].Parts) != 3 {
		t.Fatalf("%+v, %v", res.Hits, err)
	}
	lines := map[string]bool{}
	for _, p := range res.Hits[0].Parts {
		lines[p.Of.ID] = true
		if p.Of.Type != catalog.PartDocument || p.Page != 1 || len(p.Snippet) == 0 {
			t.Errorf("%+v", p)
		}
	}
	if len(lines) != 3 {
		t.Errorf("three lines of %v", lines)
	}
}

// The place of a word is asked of the index: far into a long text as near its beginning, in any alphabet, across pieces of
// one attachment.
func TestSnippetsFarIntoAnAttachment(t *testing.T) {
	s := open(t, t.TempDir())
	fill := strings.Repeat("Però la città è più in là, né qui né altrove; «parole» — e ancora.\n", 1500)
	pages := []string{"Premessa\n" + fill, fill, fill + "Il responsabile della transizione\nal digitale firma l’àncora «perché» sì." + fill, fill, fill + "Da ultimo il cruscotto."}
	r := catalogtest.Kit("k", "https://example.org/k", "kit", "Kit", catalogtest.Attached("", catalog.Attachment{Path: "lungo.pdf", Blob: "b"}))
	d := catalogtest.DeltaOf("k", r)
	d.Texts = []catalog.Text{catalogtest.TextOf("b", pages...)}
	if err := s.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	for q, want := range map[string]struct {
		page  int
		words string
	}{"città firma responsabile": {3, "città responsabile firma città"}, "cruscotto": {5, "cruscotto"}, "premessa": {1, "Premessa"}, "RTD": {3, "responsabile transizione digitale"}, "lungo": {0, ""}} {
		res, err := s.Search(t.Context(), catalog.Query{Text: q})
		if err != nil || len(res.Hits) != 1 || len(res.Hits[0].Parts) != 1 {
			t.Errorf("%q: %+v, %v", q, res.Hits, err)
			continue
		}
		p := res.Hits[0].Parts[0]
		var marked []string
		all := ""
		for _, f := range p.Snippet {
			all += f.Text
			if f.Match {
				marked = append(marked, f.Text)
			}
		}
		if p.Page != want.page || strings.Join(marked, " ") != want.words || len(all) > 400 || strings.ContainsAny(all, "\f\n\ufffd") {
			t.Errorf("%q: page %d, %q in %q", q, p.Page, marked, all)
		}
	}
}

// textsIn lists what lies in the buckets of texts.
func textsIn(t *testing.T, dir string) (keys []string) {
	inRecords(t, dir, func(tx *bolt.Tx) error {
		for _, name := range []string{"texts", "textuse", "textused", "parttexts"} {
			err := tx.Bucket([]byte(name)).ForEach(func(k, _ []byte) error {
				keys = append(keys, name+" "+strings.ReplaceAll(string(k), "\x00", "|"))
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return keys
}

// A backup carries the texts, a rebuild keeps them and drops what nobody uses, and nothing of them is left behind with the last kit.
func TestTextsOutliveARebuildAndABackup(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	d := catalogtest.DeltaOf("k", catalogtest.Kit("k", "https://example.org/k", "kit", "Kit", catalogtest.Attached("", catalog.Attachment{Path: "a.pdf", Blob: "b"})))
	d.Texts = []catalog.Text{catalogtest.TextOf("b", "Il cruscotto")}
	if err := s.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var kept bytes.Buffer
	if err := s.Backup(t.Context(), &kept); err != nil {
		t.Fatal(err)
	}
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	copied := t.TempDir()
	if err := bleveindex.Restore(t.Context(), bleveindex.Config{Dir: copied}, &kept); err != nil {
		t.Fatal(err)
	}
	for _, x := range []*store{s, open(t, copied)} {
		text, err := x.Text(t.Context(), "b")
		res, err2 := x.Search(t.Context(), catalog.Query{Text: "cruscotto"})
		if err != nil || err2 != nil || text.Pages[0].Text != "Il cruscotto" || res.Total != 1 || res.Hits[0].Parts[0].Page != 1 {
			t.Errorf("%+v, %+v: %v, %v", text, res.Hits, err, err2)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := textsIn(t, dir); len(got) != 4 {
		t.Errorf("%q", got)
	}
	inRecords(t, dir, func(tx *bolt.Tx) error { return tx.Bucket([]byte("texts")).Put([]byte("nessuno"), []byte("x")) })
	s = open(t, dir)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := textsIn(t, dir); len(got) != 4 {
		t.Errorf("after a rebuild: %q", got)
	}
	s = open(t, dir)
	if err := s.Commit(t.Context(), catalogtest.DeltaOf("k", catalogtest.Gone(d.Put[0]))); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := textsIn(t, dir); len(got) != 0 {
		t.Errorf("left behind: %q", got)
	}
}

// A kit with more text than one batch may hold comes in whole, and goes whole.
func TestAKitLargerThanABatch(t *testing.T) {
	s := open(t, t.TempDir())
	var with []func(*catalog.Kit)
	var texts []catalog.Text
	page := strings.Repeat("precipitevolissimevolmente\n", 9000) // long words: what costs is their number
	for i := range 24 {
		blob := fmt.Sprintf("b%d", i)
		with = append(with, catalogtest.Attached("", catalog.Attachment{Path: blob + ".pdf", Blob: blob}))
		texts = append(texts, catalogtest.TextOf(blob, fmt.Sprintf("numero%d\n", i)+page))
	}
	r := catalogtest.Kit("k", "https://example.org/k", "kit", "Kit", with...)
	d := catalogtest.DeltaOf("k", r)
	d.Texts = texts
	if err := s.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"numero0", "numero11", "numero23"} {
		if res, err := s.Search(t.Context(), catalog.Query{Text: q}); err != nil || res.Total != 1 {
			t.Errorf("%s: %d, %v", q, res.Total, err)
		}
	}
	r.Kit.Attachments = r.Kit.Attachments[:1]
	if err := s.Commit(t.Context(), catalogtest.DeltaOf("k", r)); err != nil {
		t.Fatal(err)
	}
	if res, err := s.Search(t.Context(), catalog.Query{Text: "numero23"}); err != nil || res.Total != 0 {
		t.Errorf("%d, %v", res.Total, err)
	}
}

// A folder of before there were texts has the same layout: what is new in it is made when it is opened.
func TestAFolderWithoutTextsOpens(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	d := catalogtest.DeltaOf("k", catalogtest.Kit("k", "https://example.org/k", "kit", "Kit", catalogtest.Attached("", catalog.Attachment{Path: "a.pdf", Blob: "b"})))
	if err := s.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	inRecords(t, dir, func(tx *bolt.Tx) error {
		for _, name := range []string{"texts", "textuse", "textused", "parttexts"} {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
	s = open(t, dir)
	if _, err := s.Text(t.Context(), "b"); !errors.Is(err, catalog.ErrNotFound) {
		t.Error(err)
	}
	d.Texts = []catalog.Text{catalogtest.TextOf("b", "Il cruscotto")}
	if err := s.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if res, err := s.Search(t.Context(), catalog.Query{Text: "cruscotto"}); err != nil || res.Total != 1 {
		t.Errorf("%d, %v", res.Total, err)
	}
}
