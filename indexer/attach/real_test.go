package attach

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

func newReader(t testing.TB, c Config) *Reader {
	t.Helper()
	r, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t testing.TB, r *Reader, name string, data []byte) catalog.Text {
	t.Helper()
	text, err := r.Read(context.Background(), name, "0123", data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

// all gives the words of all pages.
func all(t catalog.Text) string {
	var out []string
	for _, p := range t.Pages {
		out = append(out, p.Text)
	}
	return strings.Join(out, "\n\n")
}

func codes(t catalog.Text) string {
	var out []string
	for _, f := range t.Faults {
		out = append(out, f.Code)
	}
	return strings.Join(out, " ")
}

// realFiles gives the files of the shared kit that Go reads, by name.
func realFiles(t testing.TB) map[string][]byte {
	t.Helper()
	root := sharedtest.Path(t, "legacy/digipro")
	out := map[string][]byte{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return err
		case !Wanted(p) || extOf(p) == "pdf" || extOf(p) == "md":
			return nil
		}
		data, err := os.ReadFile(p)
		out[p] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheFilesOfARealKit(t *testing.T) {
	r := newReader(t, Config{})
	want := map[string]int{"docx": 23, "xlsx": 6, "pptx": 1, "bpmn": 4, "txt": 3, "p7m": 2}
	words, started := 0, time.Now()
	for name, data := range realFiles(t) {
		text := read(t, r, name, data)
		ext := extOf(name)
		want[ext]--
		n := len(strings.Fields(all(text)))
		words += n
		if ext == "p7m" {
			if codes(text) != "T01" || text.Format != "doc" || text.Signed != "cades" || !strings.Contains(text.Faults[0].Message.It, "è firmato, e dentro c'è un documento Word 97") {
				t.Errorf("%s: %+v", filepath.Base(name), text)
			}
			continue
		}
		if len(data) == 0 {
			if n != 0 || len(text.Faults) != 0 {
				t.Errorf("%s is empty: %+v", filepath.Base(name), text)
			}
			continue
		}
		if ext == "txt" { // both are the source of a form in HTML
			if n < 100 || text.Format != "html" || codes(text) != "T04" || text.Language != "it" {
				t.Errorf("%s: %d words, format %q, %q, %q", filepath.Base(name), n, text.Format, codes(text), text.Language)
			}
			continue
		}
		for _, f := range text.Faults {
			if strings.HasPrefix(f.Code, "T") {
				t.Errorf("%s: %s %s", filepath.Base(name), f.Code, f.Message.It)
			}
		}
		if n < 2 || text.Format != ext || text.Incomplete {
			t.Errorf("%s: %d words, format %q, incomplete %v", filepath.Base(name), n, text.Format, text.Incomplete)
		}
		if (ext == "xlsx" || ext == "pptx") && text.PageCount == 0 {
			t.Errorf("%s has no pages", filepath.Base(name))
		}
		if n > 200 && text.Language != "it" {
			t.Errorf("%s: %d words, language %q", filepath.Base(name), n, text.Language)
		}
	}
	t.Logf("%d words in %v", words, time.Since(started).Round(time.Millisecond))
	for ext, left := range want {
		if left != 0 {
			t.Errorf("%s: %d files more or less than there were", ext, -left)
		}
	}
}

// damage makes a file that was cut, hit or written over.
func damage(rnd *rand.Rand, data []byte) []byte {
	out := append([]byte(nil), data...)
	switch rnd.IntN(3) {
	case 0:
		return out[:rnd.IntN(len(out)+1)]
	case 1:
		for range 1 + rnd.IntN(200) {
			out[rnd.IntN(len(out))] ^= byte(1 + rnd.IntN(255))
		}
	default:
		for range 1 + rnd.IntN(4) {
			from, to := rnd.IntN(len(out)), rnd.IntN(len(out))
			n := min(rnd.IntN(64<<10), len(out)-from, len(out)-to)
			copy(out[to:to+n], data[from:from+n])
		}
	}
	return out
}

func TestDamagedFilesAreTextsToo(t *testing.T) {
	const files = 300
	r := newReader(t, Config{})
	whole := realFiles(t)
	names := make([]string, 0, len(whole))
	for name, data := range whole {
		if len(data) > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names) // so that the seed says all
	rnd := rand.New(rand.NewPCG(3, 300))
	outcomes, longest := map[string]int{}, time.Duration(0)
	for i := range files {
		name := names[i%len(names)]
		started := time.Now()
		text := read(t, r, name, damage(rnd, whole[name]))
		longest = max(longest, time.Since(started))
		outcome := "whole"
		for _, f := range text.Faults {
			if strings.HasPrefix(f.Code, "T") {
				outcome = f.Code
			}
			if f.Message.It == "" || f.Message.En == "" || f.Hint.It == "" || f.Hint.En == "" || f.Severity == "" {
				t.Fatalf("%s: a fault that says nothing: %+v", filepath.Base(name), f)
			}
		}
		if outcome != "whole" && len(text.Pages) > 0 {
			outcome += " with text"
		}
		outcomes[outcome]++
	}
	if outcomes["whole"] == files {
		t.Error("no damage was noticed")
	}
	t.Logf("%v, the longest %v", outcomes, longest.Round(time.Millisecond))
}

// BenchmarkRead reads the files of the real kit that Go reads.
func BenchmarkRead(b *testing.B) {
	r := newReader(b, Config{})
	files := realFiles(b)
	var size int64
	for _, data := range files {
		size += int64(len(data))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	runtime.GC()
	for b.Loop() {
		for name, data := range files {
			if _, err := r.Read(context.Background(), name, "0123", data); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(files))*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}
