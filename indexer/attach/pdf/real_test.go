package pdf

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// realCount is how many PDFs the kit of the founding programme has in the shared folder.
const realCount = 47

// realFile is one of them; a test names it by its number only, for their names and words are not ours to show.
type realFile struct {
	path string
	data []byte
}

func realFiles(t testing.TB) []realFile {
	t.Helper()
	var got []realFile
	err := filepath.WalkDir(sharedtest.Path(t, "legacy/digipro"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.EqualFold(filepath.Ext(p), ".pdf") {
			return err
		}
		data, err := os.ReadFile(p)
		got = append(got, realFile{p, data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != realCount {
		t.Fatalf("%d real files, want %d", len(got), realCount)
	}
	return got
}

// poppler gives the reader that uses pdftotext, or skips.
func poppler(t testing.TB) *Reader {
	t.Helper()
	r, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if r.prog == "" {
		sharedtest.Missing(t, "pdftotext is not installed (poppler-utils)")
	}
	return r
}

func words(pages []string) (map[string]int, int) {
	m, n := map[string]int{}, 0
	for _, p := range pages {
		for _, w := range strings.FieldsFunc(strings.ToLower(p), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
			m[w]++
			n++
		}
	}
	return m, n
}

// f1 is how well the words of two texts agree, counted with their repetitions: 1 is the same words.
func f1(a, b []string) float64 {
	inA, nA := words(a)
	inB, nB := words(b)
	common := 0
	for w, n := range inA {
		common += min(n, inB[w])
	}
	if nA+nB == 0 {
		return 1
	}
	return 2 * float64(common) / float64(nA+nB)
}

func TestRealFiles(t *testing.T) {
	files := realFiles(t)
	byPoppler := poppler(t)
	inGo, err := New(Config{Pdftotext: "-", Time: time.Minute}) // the race detector makes it slow
	if err != nil {
		t.Fatal(err)
	}
	sum, worst, pages, signatures := 0.0, 1.0, 0, 0
	for i, f := range files {
		want, err := byPoppler.Read(t.Context(), f.data, 0, 0)
		if err != nil || want.Incomplete || len(want.Pages) != want.PageCount {
			t.Errorf("file %d: pdftotext: %v, incomplete %t, %d pages of %d", i, err, want.Incomplete, len(want.Pages), want.PageCount)
			continue
		}
		got, err := inGo.Read(t.Context(), f.data, 0, 0)
		if err != nil {
			t.Errorf("file %d: %v", i, err)
		}
		if !got.Incomplete || got.PageCount != want.PageCount || len(got.Pages) != len(want.Pages) || got.Signed != want.Signed {
			t.Errorf("file %d: incomplete %t, %d pages read of %d, want %d of %d; signed %t, %t", i, got.Incomplete, len(got.Pages), got.PageCount, len(want.Pages), want.PageCount, got.Signed, want.Signed)
		}
		if want.Signed {
			signatures++
		}
		pages += len(want.Pages)
		score := f1(want.Pages, got.Pages)
		sum += score
		worst = min(worst, score)
		if score < 0.95 {
			t.Logf("file %d: F1 %.3f, %d pages, %d bytes", i, score, len(want.Pages), len(f.data))
		}
	}
	mean := sum / float64(len(files))
	t.Logf("%s beside %s: F1 of words, mean %.4f, worst %.4f; %d files, %d pages, %d signed", inGo.Name(), byPoppler.Name(), mean, worst, len(files), pages, signatures)
	if mean < 0.95 {
		t.Errorf("the reader in Go finds too few of the words: F1 %.4f", mean)
	}
}

// A part of a file is read when a part is asked, and the document says how long the whole is.
func TestFirstPages(t *testing.T) {
	files := realFiles(t)
	inGo, err := New(Config{Pdftotext: "-", Time: time.Minute}) // the race detector makes it slow
	if err != nil {
		t.Fatal(err)
	}
	withoutInfo := *poppler(t)
	withoutInfo.info = ""
	tried := 0
	for _, f := range files {
		whole, err := poppler(t).Read(t.Context(), f.data, 0, 0)
		if err != nil || whole.PageCount < 3 {
			continue
		}
		if tried++; tried > 5 {
			break
		}
		for name, r := range map[string]*Reader{"pdftotext": poppler(t), "pdftotext, no pdfinfo": &withoutInfo, "go": inGo} {
			d, err := r.Read(t.Context(), f.data, 2, 0)
			if err != nil || len(d.Pages) != 2 || d.PageCount != whole.PageCount || !d.Incomplete {
				t.Errorf("%s: two pages of %d: %d of %d, incomplete %t, %v", name, whole.PageCount, len(d.Pages), d.PageCount, d.Incomplete, err)
			}
			d, err = r.Read(t.Context(), f.data, 0, 100)
			n := len(strings.Join(d.Pages, ""))
			if err != nil || n == 0 || n > 200 || !d.Incomplete || d.PageCount != whole.PageCount {
				t.Errorf("%s: a hundred bytes: %d, %d pages, incomplete %t, %v", name, n, d.PageCount, d.Incomplete, err)
			}
		}
	}
	if tried < 5 {
		t.Errorf("only %d files have three pages", tried)
	}
}
