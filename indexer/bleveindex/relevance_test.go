package bleveindex_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// expected reads the kit that a line of queries.tsv asks for first, when it is one of the starter catalogue's.
var expected = regexp.MustCompile(`^(K1|K6|K7|K8)\b`)

// minSuccess is the share of queries that must find their kit among the first three.
const minSuccess = 0.9

// TestRelevance runs the queries of the shared folder that the starter catalogue can answer. It asserts the right kit
// among the first three; which part comes first is logged for a person to read (-v).
func TestRelevance(t *testing.T) {
	raw, err := os.ReadFile(sharedtest.Path(t, "relevance/queries.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	s := starterIndex(t, t.TempDir())
	kits := map[string]string{"K1": "kit-cit", "K6": "kit-sua", "K7": "kit-sape", "K8": "kit-comunita-pratica"}
	n, good := 0, 0
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 || !expected.MatchString(f[3]) {
			continue
		}
		n++
		res, err := s.Search(t.Context(), catalog.Query{Text: f[1]})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, h := range res.Hits[:min(3, len(res.Hits))] {
			found = found || h.Card.ID == kits[f[3][:2]]
		}
		if found {
			good++
		}
		t.Logf("%-5v %s | %s | %d kits, suggestion %q", found, f[1], f[3], res.Total, res.Suggestion)
		for _, h := range res.Hits[:min(2, len(res.Hits))] {
			t.Logf("      %s %.2f", h.Card.ID, h.Score)
			for _, p := range h.Parts {
				t.Logf("          %.2f %s %s %s", p.Score, p.Type, p.Code, p.Title)
			}
		}
	}
	t.Logf("success@3: %d of %d", good, n)
	if n > 0 && float64(good) < minSuccess*float64(n) {
		t.Errorf("the kit that is asked for is among the first three for %d of %d queries, want %.0f%%", good, n, 100*minSuccess)
	}
}
