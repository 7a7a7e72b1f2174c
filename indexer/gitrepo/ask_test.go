package gitrepo

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// A branch that is asked for is what the list names and what is opened, also by refs that were listed without it.
func TestBranch(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "kit")
	gitrepotest.Init(t, dir, software())
	gitrepotest.Git(t, dir, "checkout", "--quiet", "-b", "rilasci/2026")
	gitrepotest.Commit(t, dir, "Rilascio", map[string]string{"README.md": "rilascio\n"})
	head := gitrepotest.Git(t, dir, "rev-parse", "HEAD")
	gitrepotest.Git(t, dir, "checkout", "--quiet", "main")
	for _, b := range []string{"a", "b", "c", "d", "e"} {
		gitrepotest.Git(t, dir, "branch", b)
	}
	r := reader(t, Config{AllowLocal: true})
	for _, u := range []string{gitrepotest.Serve(t, root) + "/kit", dir} {
		plain, err := r.List(t.Context(), u)
		if err != nil || plain.Branch != "main" || plain.Head == head {
			t.Fatalf("%s: %+v, %v", u, plain, err)
		}
		ask := Ask{Branch: "rilasci/2026", Trusted: true}
		refs, err := r.ListAs(t.Context(), u, ask)
		if err != nil || refs.Branch != "rilasci/2026" || refs.Head != head || refs.Digest() == plain.Digest() {
			t.Fatalf("%s: %+v, %v", u, refs, err)
		}
		for _, with := range []Refs{refs, plain, {}} {
			s, err := r.OpenAs(t.Context(), u, with, nil, ask)
			if err != nil || s.Commit != head || s.Branch != "rilasci/2026" || texts(t, s.FS)["README.md"] != "rilascio\n" {
				t.Errorf("%s: %+v, %v", u, s, err)
			}
		}
		var none *NoBranchError
		_, err = r.ListAs(t.Context(), u, Ask{Branch: "prova", Trusted: true})
		if !errors.As(err, &none) || !errors.Is(err, ErrNoBranch) || none.Branch != "prova" || none.More != 2 ||
			strings.Join(none.Have, " ") != "a b c d e" || !strings.Contains(err.Error(), "a, b, c, d, e and 2 more") {
			t.Errorf("%s: %v", u, err)
		}
	}
}

// A repository whose HEAD names nothing has no default branch, but a branch that is asked for is there.
func TestBranchWithoutHead(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "kit")
	gitrepotest.Init(t, dir, software())
	gitrepotest.Git(t, dir, "branch", "lavori")
	gitrepotest.Git(t, dir, "symbolic-ref", "HEAD", "refs/heads/altro")
	r := reader(t, Config{AllowLocal: true})
	for _, u := range []string{gitrepotest.Serve(t, root) + "/kit", dir} {
		if _, err := r.ListAs(t.Context(), u, Ask{Trusted: true}); !errors.Is(err, ErrNoBranch) {
			t.Errorf("%s: %v", u, err)
		}
		if refs, err := r.ListAs(t.Context(), u, Ask{Branch: "lavori", Trusted: true}); err != nil || refs.Branch != "lavori" {
			t.Errorf("%s: %+v, %v", u, refs, err)
		}
	}
}

// MaxBytes counts every request of a source together: with exactly what a visit costs it succeeds, with a byte less the
// last request is cut, with the bytes of the list alone nothing is read, and a history is a part of the sum.
func TestMaxBytes(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "filtered"), software())
	gitrepotest.Init(t, filepath.Join(root, "whole"), software())
	gitrepotest.AllowFilter(t, filepath.Join(root, "whole"), false)
	base := gitrepotest.Serve(t, root)
	r := reader(t, Config{})
	for _, u := range []string{base + "/filtered", base + "/whole"} {
		s := open(t, r, u, nil)
		list, all := s.refs.Bytes, s.refs.Bytes+s.Bytes
		if list == 0 || s.Bytes == 0 {
			t.Fatalf("%s: %d and %d bytes", u, list, s.Bytes)
		}
		if _, err := r.ListAs(t.Context(), u, Ask{MaxBytes: list}); err != nil {
			t.Errorf("%s: exactly the list: %v", u, err)
		}
		for _, most := range []int64{1, list - 1} {
			if _, err := r.ListAs(t.Context(), u, Ask{MaxBytes: most}); !errors.Is(err, ErrSourceLimit) || !errors.Is(err, ErrLimit) {
				t.Errorf("%s: a list in %d bytes: %v", u, most, err)
			}
		}
		if _, err := r.OpenAs(t.Context(), u, Refs{}, nil, Ask{MaxBytes: list + 20}); !errors.Is(err, ErrSourceLimit) {
			t.Errorf("%s: nothing but the list: %v", u, err)
		}
		s, err := r.OpenAs(t.Context(), u, Refs{}, nil, Ask{MaxBytes: all})
		if err != nil || s.Partial {
			t.Errorf("%s: all of it: %v", u, err)
		}
	}
	plain := open(t, r, base+"/filtered", nil)
	most := plain.refs.Bytes + plain.Bytes + 1
	s, err := r.OpenAs(t.Context(), base+"/filtered", Refs{}, nil, Ask{MaxBytes: most})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.History(t.Context(), s, []string{"README.md"}); !errors.Is(err, ErrSourceLimit) {
		t.Errorf("a history over the sum: %v", err)
	}
	got, err := r.Fetch(t.Context(), s, []string{"docs/logo.bin"}, FetchLimits{}, func(path string, _ []byte) error {
		return fmt.Errorf("%s came over the sum", path)
	})
	if err != nil || len(got.Missed) != 1 || got.Missed[0].Why != MissedBudget || !errors.Is(got.Missed[0].Err, ErrSourceLimit) {
		t.Errorf("more files over the sum: %+v, %v", got, err)
	}
}

// What an address of somebody else may not reach: a path of this machine, even where the operator's own may.
func TestOnlyTheOperatorsAddressesAreLocal(t *testing.T) {
	dir := gitrepotest.New(t, software())
	r := reader(t, Config{AllowLocal: true})
	for _, u := range []string{dir, "file://" + dir} {
		if _, err := r.ListAs(t.Context(), u, Ask{}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", u, err)
		}
		refs, err := r.ListAs(t.Context(), u, Ask{Trusted: true})
		if err != nil {
			t.Errorf("%s: %v", u, err)
		}
		if _, err := r.OpenAs(t.Context(), u, refs, nil, Ask{}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: opened by refs of a trusted ask: %v", u, err)
		}
	}
}

// Only what the operator wrote is asked by the client that carries the operator's tokens.
func TestTheClientOfTheOperator(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "kit"), software())
	u := gitrepotest.Serve(t, root) + "/kit"
	var plain, trusted []string
	r := reader(t, Config{Client: asked(t, &plain), TrustedClient: asked(t, &trusted)})
	refs, err := r.ListAs(t.Context(), u, Ask{Trusted: true})
	if err != nil || len(plain) != 0 || len(trusted) != 1 {
		t.Fatalf("%d and %d requests, %v", len(plain), len(trusted), err)
	}
	if _, err := r.OpenAs(t.Context(), u, refs, nil, Ask{}); err != nil || len(plain) != 3 || len(trusted) != 1 {
		t.Errorf("refs of a trusted ask, for somebody else's: %d and %d requests, %v", len(plain), len(trusted), err)
	}
	if _, err := r.Open(t.Context(), u, Refs{}, nil); err != nil || len(trusted) != 1 {
		t.Errorf("without wishes: %d requests by the operator's client, %v", len(trusted), err)
	}
}

func TestWantFolder(t *testing.T) {
	paths := []string{"README.md", "kits/tari/kit.md", "kits/tari/docs/a.md", "kits/tari/logo.png", "kits/tari2/kit.md", "kits/suap/publiccode.yml", "kits/suap/src/x.md"}
	chosen := func(w Want) []string {
		in, out := w(paths), []string{}
		for _, p := range paths {
			if in(p) {
				out = append(out, p)
			}
		}
		return out
	}
	for folder, want := range map[string][]string{
		"kits/tari": {"kits/tari/kit.md", "kits/tari/docs/a.md"}, "/kits/tari/": {"kits/tari/kit.md", "kits/tari/docs/a.md"},
		"kits/suap": {"kits/suap/publiccode.yml"}, "kit": {}, "": chosen(WantAuto),
	} {
		if diff := cmp.Diff(want, chosen(WantFolder(folder, nil))); diff != "" {
			t.Errorf("%q: %s", folder, diff)
		}
	}
}

// A busy server that says nothing is left alone for a while; one that says when, until then.
func TestRetryAt(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		status int
		header string
		want   time.Time
	}{
		{429, "", now.Add(DefaultPause)}, {503, "120", now.Add(2 * time.Minute)}, {429, "Sun, 22 Nov 2026 11:00:00 GMT", now.Add(time.Hour)},
		{403, "30", now.Add(30 * time.Second)}, {403, "", time.Time{}}, {404, "30", time.Time{}}, {503, "presto", now.Add(DefaultPause)},
	} {
		var later interface{ RetryAt() time.Time }
		err := named(statusError(answer(c.status, c.header), now), "https://git.example.it/x")
		if !errors.As(err, &later) || !later.RetryAt().Equal(c.want) {
			t.Errorf("%d %q: %v", c.status, c.header, err)
		}
	}
}

func answer(status int, retry string) *http.Response {
	res := &http.Response{StatusCode: status, Header: http.Header{}}
	if retry != "" {
		res.Header.Set("Retry-After", retry)
	}
	return res
}
