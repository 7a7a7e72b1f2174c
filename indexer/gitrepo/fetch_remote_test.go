package gitrepo

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// By every way the same files come: by ssh, of version 0 and 2, from a server that can leave nothing out, and from the disk.
func TestFetchByEveryWay(t *testing.T) {
	root := t.TempDir()
	files := many(30)
	paths := attachments(files)
	lost := []string{paths[7], paths[20]}
	for _, n := range []string{"kit", "whole"} {
		gitrepotest.Init(t, filepath.Join(root, n), files)
	}
	gitrepotest.AllowFilter(t, filepath.Join(root, "whole"), false)
	forget(t, filepath.Join(root, "kit"), files, lost...)
	base := gitrepotest.Serve(t, root)
	r := reader(t, Config{AllowLocal: true, TempDir: t.TempDir()})
	for _, c := range []struct {
		name, url string
		requests  int
		lost      []string
	}{
		{"partial", base + "/kit", 5, lost}, {"version 0", oldServer(t, root, false) + "/kit", 6, lost}, {"disk", filepath.Join(root, "kit"), 0, lost},
		{"without filter, but by name", base + "/whole", 2, nil}, {"without filter, version 0, but by name", oldServer(t, root, false) + "/whole", 4, nil},
		{"whole", oldServer(t, root, true) + "/whole", 3, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, r, c.url, nil)
			b := fetch(t.Context(), r, s, paths, FetchLimits{})
			b.check(t, files, paths, c.lost)
			if b.Requests > c.requests || (b.Bytes == 0) != (c.requests == 0) {
				t.Errorf("%d bytes in %d requests, want at most %d", b.Bytes, b.Requests, c.requests)
			}
			t.Logf("%s: %d bytes in %d requests", s.Way, b.Bytes, b.Requests)
		})
	}
	s := open(t, r, oldServer(t, root, true)+"/whole", nil)
	b := fetch(t.Context(), r, s, paths, FetchLimits{Wire: s.Bytes / 2})
	if b.err != nil || len(b.why(MissedBudget)) != 30 || !errors.Is(b.Missed[0].Err, ErrNoSingle) {
		t.Errorf("the whole commit is too dear: %+v, %v", b.Missed[:1], b.err)
	}
	strict := open(t, r, oldServer(t, root, true)+"/kit", wantNone)
	if b = fetch(t.Context(), r, strict, paths, FetchLimits{}); b.err != nil || len(b.why(MissedBroken)) != 30 || b.Requests > maxFailures+maxOldTried {
		t.Errorf("no single file, never the whole: %d requests, %+v, %v", b.Requests, b.Missed[0], b.err)
	}
	for _, old := range []bool{false, true} {
		server := sshServer(t, root, old)
		far := sshReader(t, server.Key, server.KnownHosts, time.Minute)
		s, err := far.OpenAs(t.Context(), "ssh://git@"+server.Addr+"/kit", Refs{}, wantNone, Ask{Trusted: true})
		if err != nil {
			t.Fatal(err)
		}
		b := fetch(t.Context(), far, s, paths, FetchLimits{})
		if old {
			if b.err != nil || len(b.why(MissedBroken)) != 30 || b.Requests > 2*maxFailures || !errors.Is(b.Missed[0].Err, ErrNoSingle) {
				t.Errorf("ssh of version 0: %d came in %d requests, %+v, %v", len(b.texts), b.Requests, b.Missed[0], b.err)
			}
			continue
		}
		b.check(t, files, paths, lost)
	}
	empty(t, r.c.TempDir)
}
