package gitrepo

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// A real kit whose server lost more than half of its files: what is there comes, what is not is told, each once.
func TestFetchOfALegacyKit(t *testing.T) {
	url, kit := gitrepotest.Legacy(t, "")
	r := reader(t, Config{AllowLocal: true, TempDir: t.TempDir()})
	for _, way := range []struct {
		at    string
		bytes int64 // of the files that are asked for; what is fetched without a server is read by the same code, and inflating is dear with the race detector
	}{{url, 1 << 30}, {kit.Dir, 256 << 10}} {
		var paths []string
		here, lost := map[string]bool{}, 0
		for _, f := range kit.Files {
			if f.Bytes > way.bytes {
				continue
			}
			paths = append(paths, f.Path)
			here[f.Blob] = here[f.Blob] || f.Here
			if !f.Here {
				lost++
			}
		}
		s := open(t, r, way.at, nil)
		names := map[string]string{}
		b := brought{}
		b.Fetched, b.err = r.Fetch(t.Context(), s, paths, FetchLimits{}, func(path string, data []byte) error {
			names[s.Blob(path)] = gitrepotest.Name("blob", data)
			return nil
		})
		if b.err != nil {
			t.Fatal(b.err)
		}
		absent := 0
		for id, is := range here {
			if !is {
				absent++
			}
			if (names[id] != "") != is || (is && names[id] != id) {
				t.Errorf("%s came as %q", id, names[id])
			}
		}
		if len(b.Missed) != lost || len(b.why(MissedLost)) != lost || lost == 0 {
			t.Errorf("%d missed, %d lost, want %d", len(b.Missed), len(b.why(MissedLost)), lost)
		}
		if b.Requests > absent+10 {
			t.Errorf("%d requests for %d contents, %d of them lost", b.Requests, len(here), absent)
		}
		t.Logf("%s: %d contents, %d lost under %d paths: %d bytes in %d requests", s.Way, len(names), absent, lost, b.Bytes, b.Requests)
		if len(names) < 10 {
			t.Errorf("only %d contents came", len(names))
		}
	}
	empty(t, r.c.TempDir)
}

// The attachments of the real kit, beside a clone of its trees alone.
func BenchmarkFetchLegacy(b *testing.B) {
	url, kit := gitrepotest.Legacy(b, "")
	var all, there []string
	for _, f := range kit.Files {
		all = append(all, f.Path)
		if f.Here {
			there = append(there, f.Path)
		}
	}
	for _, c := range []struct {
		name  string
		paths []string
	}{{"what is there", there}, {"all, of which some is lost", all}} {
		b.Run(c.name, func(b *testing.B) {
			r := reader(b, Config{})
			s := open(b, r, url, nil)
			var f Fetched
			var read int64
			for b.Loop() {
				var err error
				read = 0
				if f, err = r.Fetch(b.Context(), s, c.paths, FetchLimits{}, func(_ string, data []byte) error {
					read += int64(len(data))
					return nil
				}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(f.Bytes), "wire-B")
			b.ReportMetric(float64(read), "file-B")
			b.ReportMetric(float64(f.Requests), "requests")
		})
	}
	b.Run("git clone --depth 1 --filter, trees only", func(b *testing.B) {
		for b.Loop() {
			to := filepath.Join(b.TempDir(), "clone")
			if err := exec.CommandContext(b.Context(), "git", "clone", "--quiet", "--bare", "--depth=1", "--filter=blob:none", url, to).Run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
