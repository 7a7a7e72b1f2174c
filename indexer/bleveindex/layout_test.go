package bleveindex_test

import (
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

var update = flag.Bool("update", false, "write testdata/layout-N.txt anew")

// layoutNow is the layout of this program; its forms are in testdata.
const layoutNow = "2"

// recorded makes a data folder of records that a program of before wrote.
func recorded(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "gen-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err := errors.Join(err, in.Close()); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{"gen-1/records.db": string(raw), "CURRENT": "gen-1\n"} {
		if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// What programs of before wrote opens, says the same, and goes on: ids, first-seen dates, tombstones, stories.
func TestFoldersOfBeforeOpen(t *testing.T) {
	for _, name := range []string{"layout-1-plain-ids.db.gz", "layout-1.db.gz"} {
		t.Run(name, func(t *testing.T) {
			dir := recorded(t, name)
			s := open(t, dir)
			for id, key := range map[string]catalog.Key{"kit": "https://example.org/k", "kit-d33d71": "https://example.org/z"} {
				e, err := s.Entry(t.Context(), catalog.KindKit, id)
				if err != nil || e.Key != key || !e.FirstSeen.Equal(catalogtest.Day()) {
					t.Fatalf("%s: %+v, %v", id, e, err)
				}
			}
			e, err := s.Entry(t.Context(), catalog.KindKit, "kit")
			if err != nil || len(e.Adoptions) != 1 || len(e.Kit.Documents) != 1 {
				t.Errorf("the kit has lost something: %v", err)
			}
			if _, err := s.Entry(t.Context(), catalog.KindKit, "andato"); !errors.Is(err, catalog.ErrGone) {
				t.Errorf("the tombstone: %v", err)
			}
			if n := total(t, s.Index); n != 2 {
				t.Errorf("%d found", n)
			}
			states, err := s.Sources(t.Context())
			if err != nil || len(states) != 5 {
				t.Errorf("%d sources, %v", len(states), err)
			}
			third := catalogtest.Kit("b", "https://example.org/b", "kit", "Migliore")
			third.Trust, third.LastRead = "official", catalogtest.Day().AddDate(0, 0, 1)
			if err := s.Commit(t.Context(), catalogtest.DeltaOf("b", third)); err != nil {
				t.Fatal(err)
			}
			if e, err := s.Entry(t.Context(), catalog.KindKit, "kit"); err != nil || e.Key != "https://example.org/k" {
				t.Errorf("a newcomer took an id of before: %v", err)
			}
			before := titles(t, s.Index)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if got := layoutIn(t, dir); got != layoutNow {
				t.Errorf("the folder has layout %q", got)
			}
			if d := gocmp.Diff(before, titles(t, open(t, dir).Index)); d != "" {
				t.Error(d)
			}
		})
	}
}

func inRecords(t *testing.T, dir string, f func(*bolt.Tx) error) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "gen-*", "records.db"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	db, err := bolt.Open(files[0], 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func layoutIn(t *testing.T, dir string) (layout string) {
	inRecords(t, dir, func(tx *bolt.Tx) error {
		layout = string(tx.Bucket([]byte("meta")).Get([]byte("layout")))
		return nil
	})
	return layout
}

// A folder of a newer program is refused with a sentence, and nothing in it changes: not even the generations that this
// program would tidy away.
func TestANewerFolderIsLeftAlone(t *testing.T) {
	for layout, words := range map[string]string{"3": "una versione più recente", "banana": "un formato che questo programma non conosce"} {
		dir := t.TempDir()
		s := open(t, dir)
		if err := errors.Join(s.Commit(t.Context(), numbered(1)), s.Close()); err != nil {
			t.Fatal(err)
		}
		inRecords(t, dir, func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("layout"), []byte(layout)) })
		if err := os.MkdirAll(filepath.Join(dir, "gen-9"), 0o700); err != nil {
			t.Fatal(err)
		}
		before := everything(t, dir)
		_, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: dir})
		var e *bleveindex.LayoutError
		if !errors.As(err, &e) || !strings.Contains(e.Text().It, words) || !strings.Contains(e.Text().En, dir) {
			t.Errorf("%s: %v", layout, err)
		}
		if d := gocmp.Diff(before, everything(t, dir)); d != "" {
			t.Errorf("%s: the folder changed (-before +after):\n%s", layout, d)
		}
	}
}

// everything gives the files of a folder with what is in them.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			out[path] = ""
			return err
		}
		raw, err := os.ReadFile(path)
		out[path] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A stored value that changes its form is misread in every folder there is. What was a field of layout N is one as long as
// that layout lasts: a change takes a new layout and a step in migrations. New fields are free; -update notes them.
func TestTheFormsOfALayoutStay(t *testing.T) {
	now := map[string]string{}
	for _, v := range []any{catalog.SourceState{}, catalog.Record{}, catalog.IDGrant{}, catalog.Text{}} {
		forms(now, reflect.TypeOf(v).Name(), reflect.TypeOf(v), 0)
	}
	path := filepath.Join("testdata", "layout-"+layoutNow+".txt")
	if *update {
		var lines []string
		for name, form := range now {
			lines = append(lines, name+" "+form+"\n")
		}
		slices.Sort(lines)
		if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(raw)) {
		name, form, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n++; now[name] != form {
			t.Errorf("%s was %s and is %q: folders of layout %s would be misread; add a layout and a migration", name, form, now[name], layoutNow)
		}
	}
	if n < 100 {
		t.Errorf("only %d fields are known", n)
	}
}

// forms writes down what JSON has of a type: "Record.kit.documents[].title" is "string".
func forms(out map[string]string, name string, typ reflect.Type, depth int) {
	marshals := reflect.TypeFor[interface{ MarshalText() ([]byte, error) }]()
	json := reflect.TypeFor[interface{ MarshalJSON() ([]byte, error) }]()
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case depth > 9:
		out[name] = "deeper"
	case typ.Implements(json), typ.Implements(marshals), reflect.PointerTo(typ).Implements(json), reflect.PointerTo(typ).Implements(marshals):
		out[name] = typ.String()
	case typ.Kind() == reflect.Struct:
		for i := range typ.NumField() {
			f := typ.Field(i)
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case tag == "-" || !f.IsExported():
			case f.Anonymous && tag == "":
				forms(out, name, f.Type, depth)
			case tag == "":
				forms(out, name+"."+f.Name, f.Type, depth+1)
			default:
				forms(out, name+"."+tag, f.Type, depth+1)
			}
		}
	case typ.Kind() == reflect.Slice && typ.Elem().Kind() != reflect.Uint8:
		forms(out, name+"[]", typ.Elem(), depth+1)
	case typ.Kind() == reflect.Map:
		forms(out, fmt.Sprintf("%s[%s]", name, typ.Key().Kind()), typ.Elem(), depth+1)
	default:
		out[name] = typ.Kind().String()
	}
}
