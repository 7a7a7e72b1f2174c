package publiccode

import (
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// goldenSet is a set of golden verdicts of the reference parser: a JSON file and the folder its paths start from.
type goldenSet struct{ name, file, root string }

var (
	corpus = goldenSet{"corpus", "corpus/golden-publiccode.json", "corpus"}
	cases  = goldenSet{"cases", "conformance/publiccode/golden-cases.json", "conformance/publiccode"}
)

// The aims: verdicts all equal, and these shares of files with equal sets and of findings on equal lines.
const (
	aimSets  = 0.99
	aimLines = 0.95
)

type goldenFinding struct {
	Key         string `json:"key"`
	Type        string `json:"type"`
	Line        int    `json:"line"`
	Description string `json:"description"`
}

type goldenCase struct {
	path string
	data []byte
	want []goldenFinding
}

func golden(t testing.TB, set goldenSet) []goldenCase {
	t.Helper()
	text, err := os.ReadFile(sharedtest.Path(t, set.file))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string][]goldenFinding
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	var out []goldenCase
	for _, path := range slices.Sorted(maps.Keys(all)) {
		data, err := os.ReadFile(filepath.Join(sharedtest.Path(t, set.root), filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, goldenCase{path, data, all[path]})
	}
	if len(out) == 0 {
		t.Fatal("no golden cases")
	}
	return out
}

func ipaCodes(t testing.TB) func(string) bool {
	t.Helper()
	text, err := os.ReadFile(sharedtest.Path(t, "registry/ipa-codes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	codes := setOf(string(text), true)
	return func(code string) bool { return codes.has(strings.ToLower(code)) }
}

// TestConformance compares with the reference parser under these exclusions: golden findings without a line do not
// count for lines; what is under a section whose decoding the reference gave up is left out on both sides, but for
// the fault itself; where the reference tells only its first wrong type or unknown key, ours may tell more.
// `make conformance` prints its report.
func TestConformance(t *testing.T) {
	for _, set := range []goldenSet{corpus, cases} {
		t.Run(set.name, func(t *testing.T) {
			o := Options{IPACode: ipaCodes(t)}
			var c comparison
			for _, file := range golden(t, set) {
				p, got := Parse(file.data, o)
				if p == nil && !schema.HasErrors(got) {
					t.Errorf("%s: nothing read and no error", file.path)
				}
				c.compare(file, got)
			}
			if _, err := io.WriteString(t.Output(), c.report(set.name)); err != nil {
				t.Fatal(err)
			}
			if c.verdicts < c.files || share(c.sets, c.files) < aimSets || share(c.lines, c.placed) < aimLines {
				t.Error("below the aim")
			}
			for _, d := range c.unknown {
				t.Errorf("a disagreement without a reason in docs/publiccode-conformance.md: %s", d)
			}
		})
	}
}

func share(n, of int) float64 { return float64(n) / float64(of) }

func verdict(fs []schema.Finding) string {
	switch {
	case schema.HasErrors(fs):
		return "error"
	case len(fs) > 0:
		return "warning"
	}
	return "clean"
}

func goldenVerdict(fs []goldenFinding) string {
	switch {
	case slices.ContainsFunc(fs, func(f goldenFinding) bool { return f.Type == "error" }):
		return "error"
	case len(fs) > 0:
		return "warning"
	}
	return "clean"
}

// alike gives both sides as (key, severity) to line, without what the exclusions leave out.
func alike(want []goldenFinding, got []schema.Finding) (w, g map[string]int) {
	w, g = map[string]int{}, map[string]int{}
	var lost []string // roots of sections that the reference gave up
	faults := map[string]bool{}
	for _, f := range want {
		if fault(f.Description) {
			faults[f.Key+"|"+f.Type] = true
			if root, rest := rootOf(f.Key); rest != "" {
				lost = append(lost, root)
			}
		}
	}
	keep := func(key, id string) bool {
		root, _ := rootOf(key)
		return faults[id] || !slices.Contains(lost, root)
	}
	for _, f := range want {
		if id := f.Key + "|" + f.Type; keep(f.Key, id) {
			if old, seen := w[id]; !seen || old == 0 {
				w[id] = f.Line
			}
		}
	}
	for _, f := range got {
		id := f.Key + "|" + string(f.Severity)
		_, known := w[id]
		more := len(faults) > 0 && !known && (f.Code == string(P10) || f.Code == string(P11))
		if keep(f.Key, id) && !more {
			if old, seen := g[id]; !seen || known && old != w[id] {
				g[id] = f.Line
			}
		}
	}
	return w, g
}

func fault(description string) bool {
	return strings.HasPrefix(description, "wrong type") || strings.HasPrefix(description, "unknown field")
}

func rootOf(key string) (root, rest string) {
	if i := strings.IndexAny(key, ".["); i >= 0 {
		return key[:i], key[i:]
	}
	return key, ""
}

func keysOf(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
