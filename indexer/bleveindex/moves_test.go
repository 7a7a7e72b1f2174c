package bleveindex_test

import (
	"cmp"
	"fmt"
	"path/filepath"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

const oldURL, newURL = "https://example.org/vecchio", "https://example.org/nuovo"

// moved is a store with a kit that moved, a story and a variant that name its old address, and another that asks for its id.
func moved(t *testing.T) *store {
	s := open(t, t.TempDir())
	old := catalogtest.Kit("k", oldURL, "kit", "Kit")
	now := catalogtest.Kit("k", newURL, "kit", "Kit")
	now.LastRead = old.LastRead.AddDate(0, 0, 1)
	for _, d := range []catalog.Delta{
		catalogtest.DeltaOf("k", old), catalogtest.DeltaOf("lecce", catalogtest.Adoption("lecce", oldURL, "ipa:c_e506", "interest")),
		catalogtest.DeltaOf("k", catalogtest.Moved(old, now)...), catalogtest.DeltaOf("z", catalogtest.Kit("z", "https://example.org/z", "kit", "Altro")),
		catalogtest.DeltaOf("e", catalogtest.Evaluation("e", oldURL, "e1", "ipa:p_bs", "")),
	} {
		if err := s.Commit(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func found(t *testing.T, s *store) []catalog.Entry {
	t.Helper()
	var out []catalog.Entry
	for _, key := range []catalog.Key{oldURL, newURL, "https://EXAMPLE.org/Vecchio", "https://example.org/z"} {
		e, err := s.EntryByKey(t.Context(), catalog.KindKit, key)
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		out = append(out, *e)
	}
	e, err := s.Entry(t.Context(), catalog.KindKit, "kit")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, *e)
}

// A rebuild makes again what leads to a kit from its earlier addresses, and gives no id to another.
func TestRebuildKeepsWhatMoved(t *testing.T) {
	s := moved(t)
	before := found(t, s)
	if e := before[0]; e.Key != newURL || e.ID != "kit" || len(e.Adoptions) != 1 || len(e.Evaluations) != 1 {
		t.Fatalf("%s, id %q, %d stories, %d evaluations", e.Key, e.ID, len(e.Adoptions), len(e.Evaluations))
	}
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := gocmp.Diff(before, found(t, s), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("after a rebuild (-before +after):\n%s", d)
	}
}

// Ids of before were written as plain words, without the day on which they were given: they are settled, and a data folder
// of before opens.
func TestPlainIDsOfBeforeStay(t *testing.T) {
	s := moved(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(s.dir, "gen-*", "records.db"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	db, err := bolt.Open(files[0], 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{"asked", "leads", "told", "based"} {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		keys, ids := tx.Bucket([]byte("keys")), tx.Bucket([]byte("ids"))
		if err := tx.Bucket([]byte("meta")).Delete([]byte("newest")); err != nil {
			return err
		}
		return ids.ForEach(func(k, key []byte) error {
			kind := k[:len(k)-len(lastPiece(k))]
			return keys.Put(append(append([]byte{}, kind...), key...), lastPiece(k))
		})
	})
	if err := cmp.Or(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	s = open(t, s.dir)
	if err := s.Rebuild(t.Context()); err != nil { // as an index of another mapping brings about
		t.Fatal(err)
	}
	better := catalogtest.Kit("b", "https://example.org/b", "kit", "Migliore")
	better.Trust = "official"
	if err := s.Commit(t.Context(), catalogtest.DeltaOf("b", better)); err != nil {
		t.Fatal(err)
	}
	all := found(t, s)
	if all[0].ID != "kit" || all[0].Key != newURL || len(all[0].Adoptions) != 1 || all[3].ID == "kit" {
		t.Errorf("kit is %s, the other has %q", all[0].Key, all[3].ID)
	}
}

func lastPiece(k []byte) []byte {
	for i := len(k) - 1; i >= 0; i-- {
		if k[i] == 0 {
			return k[i+1:]
		}
	}
	return k
}

// A commit of more keys than keep their records meanwhile reads them again: nothing is lost of those.
func TestCommitOfMany(t *testing.T) {
	const many = 300
	s := open(t, t.TempDir())
	var all []catalog.Record
	for i := range many {
		url := fmt.Sprintf("https://example.org/%03d", i)
		all = append(all, catalogtest.Kit("k", url, fmt.Sprintf("kit-%03d", i%(many-1)), "Kit", catalogtest.Adopted("ipa:c_e506", "interest")))
	}
	for range 2 { // at once, and then in a rebuild
		if err := s.Commit(t.Context(), catalogtest.DeltaOf("k", all...)); err != nil {
			t.Fatal(err)
		}
		cards, err := s.Cards(t.Context(), "", 0)
		if err != nil || len(cards) != many {
			t.Fatalf("%d cards, %v", len(cards), err)
		}
		for _, c := range cards {
			if c.Title != "Kit" || c.Adopters != 1 {
				t.Errorf("%+v", c)
			}
		}
		if e, err := s.EntryByKey(t.Context(), catalog.KindKit, "https://example.org/299"); err != nil || e.ID != "kit-000-"+catalog.KeyHash(e.Key) {
			t.Errorf("the last: %+v, %v", e, err)
		}
		if err := s.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
