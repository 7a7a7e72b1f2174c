package indexer

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// A file that was taken down stays out when its owner renames the folder, and is not even fetched; a line that names nothing
// is told by each crawl.
func TestAFileThatWasTakenDownIsRenamed(t *testing.T) {
	r := readingOf(t, legacyTree(map[string]string{"FASE A Analisi/Allegato A1/Modulo A.txt": "segreto"}), nil)
	list := listing([]string{"ente"}, nil)
	head := strings.TrimSuffix(string(list["catalogue.md"].Data), "---\n")
	const typo = "#FASE%20A%20Analisi/Modulo%20A.txt"
	list["catalogue.md"].Data = []byte(head + "exclusions:\n  - {url: \"" + r.src.URL + "#FASE%20A%20Analisi/Allegato%20A1/Modulo%20A.txt\", reason: Lo chiede il titolare}\n" +
		"  - {url: \"" + r.src.URL + typo + "\", reason: Con un refuso}\n---\n")
	l, err := r.c.Catalogue(t.Context(), Place{FS: list, URL: catalogueURL})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		rep, err := r.c.Crawl(t.Context(), l.Sources)
		if err != nil || !slices.Equal(rep.Idle, []string{r.src.URL + typo}) {
			t.Fatalf("named nothing: %q, %v", rep.Idle, err)
		}
	}
	r.commit(legacyTree(map[string]string{"FASE A Analisi/Allegato A2/Altro nome.txt": "segreto"}))
	_, fetched := r.visit(catalog.Full)
	kept, err := r.store.Texts(t.Context(), []string{blobOf([]byte("segreto"))})
	if err != nil || len(kept) > 0 || len(r.found("segreto")) > 0 || slices.ContainsFunc(fetched, func(p string) bool { return strings.Contains(p, "Altro nome") }) {
		t.Errorf("fetched %q, kept %v (%v), found on %q", fetched, kept, err, r.found("segreto"))
	}
}
