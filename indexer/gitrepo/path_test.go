package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"
)

// shelf is a store in memory, for trees that git itself would refuse to write.
type shelf map[plumbing.Hash][]byte

func (s shelf) object(id plumbing.Hash, _ plumbing.ObjectType) ([]byte, error) {
	b, ok := s[id]
	if !ok {
		return nil, errMissing
	}
	return b, nil
}

func (s shelf) tooLarge(plumbing.Hash) bool { return false }

// put keeps an object and gives its name.
func (s shelf) put(t plumbing.ObjectType, b []byte) plumbing.Hash {
	id := nameOf(t, b)
	s[id] = b
	return id
}

// entries writes a tree: mode, name, object.
func entries(list ...any) []byte {
	var b []byte
	for i := 0; i < len(list); i += 3 {
		id := list[i+2].(plumbing.Hash)
		b = append(fmt.Appendf(b, "%s %s\x00", list[i], list[i+1]), id[:]...)
	}
	return b
}

func TestHostileTrees(t *testing.T) {
	s := shelf{}
	blob := s.put(plumbing.BlobObject, []byte("x"))
	inner := s.put(plumbing.TreeObject, entries("100644", "x.md", blob))
	long := strings.Repeat("n", 10_000)
	root := s.put(plumbing.TreeObject, entries(
		"100644", "..", blob, "40000", "...", inner, "100644", ".", blob, "40000", ".git", inner, "40000", ".GIT", inner,
		"100644", "a/b", blob, "100644", "a\\b", blob, "100644", "riga\nnuova", blob, "100644", "\xff\xfe", blob, "100644", long, blob,
		"120000", "link", blob, "160000", "modulo", plumbing.NewHash(strings.Repeat("1", 40)), "40000", "..", inner,
		"100644", "Leggimi.md", blob, "100644", "LEGGIMI.md", blob, "100644", "due", blob, "40000", "due", inner,
		"100755", "ok.sh", blob, "100664", "vecchio", blob, "040000", "cartella", inner,
	))
	l, err := listTree(t.Context(), s, root, Limits{}.complete())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range l.files {
		got = append(got, f.path)
		if !fs.ValidPath(f.path) {
			t.Errorf("%q is not a valid path", f.path)
		}
	}
	want := []string{".../x.md", "LEGGIMI.md", "Leggimi.md", "cartella/x.md", "due", "ok.sh", "vecchio"}
	if !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	reasons := map[Reason]int{}
	for _, k := range l.skipped {
		reasons[k.Reason]++
		if !utf8.ValidString(k.Path) || len(k.Path) > maxShownPath+len("…") || strings.Contains(k.Path, "\n") {
			t.Errorf("%q is not fit to be shown", k.Path)
		}
	}
	if reasons[BadPath] != 10 || reasons[TooLong] != 1 || reasons[Symlink] != 1 || reasons[Submodule] != 1 || l.skippedN != 13 {
		t.Errorf("skipped %v", l.skipped)
	}
	if !slices.Equal(l.collisions, []string{"LEGGIMI.md", "Leggimi.md"}) {
		t.Errorf("collisions %v", l.collisions)
	}
}

func TestTreesAreBounded(t *testing.T) {
	s := shelf{}
	blob := s.put(plumbing.BlobObject, []byte("x"))
	deep := s.put(plumbing.TreeObject, entries("100644", "x", blob))
	for range 100 {
		deep = s.put(plumbing.TreeObject, entries("40000", "d", deep))
	}
	l, err := listTree(t.Context(), s, deep, Limits{}.complete())
	if err != nil || len(l.files) != 0 || len(l.skipped) != 1 || l.skipped[0].Reason != TooDeep {
		t.Errorf("deep: %v, %v", l, err)
	}
	// Ten folders in one, each the same ten, ten times over: ten billion files out of twenty objects.
	bomb := s.put(plumbing.TreeObject, entries("100644", "x", blob))
	for range 10 {
		var b []byte
		for i := range 10 {
			b = append(b, entries("40000", fmt.Sprint("d", i), bomb)...)
		}
		bomb = s.put(plumbing.TreeObject, b)
	}
	if _, err := listTree(t.Context(), s, bomb, Limits{Files: 5000}.complete()); !errors.Is(err, ErrLimit) {
		t.Errorf("tree bomb: %v", err)
	}
	for name, b := range map[string][]byte{"no space": []byte("100644x\x00"), "cut": []byte("100644 x\x00abc"), "no end": []byte("100644 xyz")} {
		if _, err := listTree(t.Context(), s, s.put(plumbing.TreeObject, b), Limits{}.complete()); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
	hole := s.put(plumbing.TreeObject, entries("40000", "d", plumbing.NewHash(strings.Repeat("2", 40))))
	if _, err := listTree(t.Context(), s, hole, Limits{}.complete()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a missing folder: %v", err)
	}
}

// Whatever a tree holds, what comes out is a sound file system, and nothing that was given is lost without a word.
func FuzzTree(f *testing.F) {
	id := plumbing.NewHash(strings.Repeat("3", 40))
	f.Add(entries("100644", "a.md", id, "40000", "docs", id, "120000", "l", id), []byte(nil))
	f.Add(entries("100644", "..", id, "100644", "A", id, "100644", "a", id), entries("100644", "x", id))
	f.Fuzz(func(t *testing.T, b, sub []byte) {
		s := shelf{}
		subID := s.put(plumbing.TreeObject, sub)
		b = bytes.ReplaceAll(b, id[:], subID[:])
		l, err := listTree(t.Context(), s, s.put(plumbing.TreeObject, b), Limits{Files: 500}.complete())
		if err != nil {
			return
		}
		var names []string
		for i := range l.files {
			l.files[i].text = []byte("x")
			names = append(names, l.files[i].path)
		}
		if err := fstest.TestFS(&tree{files: l.files, when: time.Unix(0, 0)}, names...); err != nil {
			t.Errorf("%q: %v", names, err)
		}
		for _, n := range names {
			if !fs.ValidPath(n) || path.Clean(n) != n || strings.Contains(strings.ToLower("/"+n+"/"), "/.git/") {
				t.Errorf("%q came through", n)
			}
		}
	})
}

func FuzzAdvert(f *testing.F) {
	f.Add([]byte("001e# service=git-upload-pack\n0000003f1111111111111111111111111111111111111111 HEAD\x00symref=HEAD:x\n0000"))
	f.Add([]byte("0004ERR x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := parseAdvert(bytes.NewReader(b))
		if err != nil {
			return
		}
		refs, err := a.refs(10, "")
		if err == nil && (len(refs.Head) != oidLen || !utf8.ValidString(refs.Branch) || len(refs.Tags) > 10) {
			t.Errorf("%+v", refs)
		}
	})
}

func FuzzSubject(f *testing.F) {
	f.Add("Prima\nSigned-off-by: a <b@c.d>")
	f.Fuzz(func(t *testing.T, s string) {
		got := Subject(s)
		if !utf8.ValidString(got) || len(got) > maxSubject+len("…") || strings.ContainsAny(got, "\n\r\x00") {
			t.Errorf("%q", got)
		}
	})
}
