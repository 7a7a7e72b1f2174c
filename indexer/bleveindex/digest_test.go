package bleveindex

import (
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// attached is a kit with one attachment, which is this blob.
func attached(blob, text string) catalog.Delta {
	r := catalogtest.Kit("s", "https://example.org/k", "kit", "Kit", catalogtest.Ceded("ipa:ente"), catalogtest.Doc("A1", "Uno", "Un testo.", "A", "managerial"),
		catalogtest.Attached("A1", catalog.Attachment{Path: "uno.pdf", Blob: "uno"}, catalog.Attachment{Path: "due.pdf", Blob: blob}))
	d := catalogtest.DeltaOf("s", r)
	d.Texts = []catalog.Text{catalogtest.TextOf("uno", "Nulla di che."), catalogtest.TextOf(blob, text)}
	return d
}

// again gives how many documents go to the index when the kit is touched.
func again(t *testing.T, x *Index) int {
	t.Helper()
	err := x.gen.records.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketPending).Put([]byte("kit"), nil) })
	if err != nil {
		t.Fatal(err)
	}
	kits, batch, err := x.gen.nextBatch(t.Context())
	if err != nil || len(kits) != 1 {
		t.Fatal(len(kits), err)
	}
	return batch.Size()
}

// A kit is touched for many reasons; an adoption of a kit with a hundred attachments once took seconds, for all of them were
// analysed again.
func TestAnAttachmentIsAnalysedOnce(t *testing.T) {
	x := opened(t)
	finds := func(text string, filters map[catalog.FacetName][]string) bool {
		t.Helper()
		res, err := x.Search(t.Context(), catalog.Query{Text: text, Filters: filters})
		if err != nil {
			t.Fatal(err)
		}
		return len(res.Hits) == 1
	}
	commit := func(d catalog.Delta) {
		t.Helper()
		if err := x.Commit(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	commit(attached("b1", "Il cruscotto."))
	var parts, short int
	err := x.gen.records.View(func(tx *bolt.Tx) (err error) {
		parts = len(keysWith(tx.Bucket(bucketParts), prefix("kit")))
		short = parts - len(keysWith(tx.Bucket(bucketParts), prefix("kit", string(catalog.PartAttachment))))
		return nil
	})
	if err != nil || parts != short+2 {
		t.Fatalf("%d parts, %d are no attachment, %v", parts, short, err)
	}
	if n := again(t, x); n != short {
		t.Errorf("%d documents are made again, want %d", n, short)
	}
	commit(attached("b2", "La fatturazione."))
	if finds("cruscotto", nil) || !finds("fatturazione", nil) {
		t.Error("the text of before is found, or the new one is not")
	}
	commit(attached("b1", "Il cruscotto."))
	if !finds("cruscotto", nil) || finds("fatturazione", nil) {
		t.Error("what came back is not found, or what went is")
	}

	// What all parts of a kit have from it reaches its attachments, too.
	region := map[catalog.FacetName][]string{catalog.FacetRegion: {"Umbria"}}
	if finds("cruscotto", region) {
		t.Error("it has a region that nobody told")
	}
	commit(catalogtest.DeltaOf("enti", catalogtest.Entity("enti", "ente", "Ente", "municipality", "Umbria")))
	if !finds("cruscotto", region) {
		t.Error("it has not the region of its body")
	}
	if n := again(t, x); n != short {
		t.Errorf("%d documents are made again, want %d", n, short)
	}
	gone := attached("b1", "")
	gone.Put[0].Kit.Documents[0].Attachments = nil
	commit(gone)
	if finds("cruscotto", nil) {
		t.Error("an attachment that went is found")
	}
}
