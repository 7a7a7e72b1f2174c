package catalog

import (
	"testing"
	"testing/fstest"
	"time"
)

// By which catalogues a place was told is what we found out, and nobody's to write: a source that said so in its file would
// make its kits look as if they were another's.
func TestNobodyWritesTheProvenanceOfASource(t *testing.T) {
	fsys := fstest.MapFS{
		"catalogue.md": {Data: []byte("---\nid: c\ntitle: C\nowner: ipa:p_bs\nscope: provincial\nlicence: CC0-1.0\n---\n")},
		"sources/a.md": {Data: []byte("---\nid: a\nkind: kit\nurl: https://git.example.it/a\nvia: [altro]\nparent: b\n---\n")},
	}
	tree := Read(fsys, ReadOptions{URL: "https://git.example.it/c", Now: time.Time{}})
	if len(tree.Sources) != 1 || tree.Sources[0].Via != nil || tree.Sources[0].Parent != "" {
		t.Errorf("sources: %+v", tree.Sources)
	}
	unknown := 0
	for _, f := range tree.Findings {
		if f.Code == "E02" && (f.Key == "via" || f.Key == "parent") {
			unknown++
		}
	}
	if unknown != 2 {
		t.Errorf("%d of 2 keys are refused: %+v", unknown, tree.Findings)
	}
}
