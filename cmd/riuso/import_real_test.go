package main

import (
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// The real kit of the founding programme: what is proposed passes the check but for what the report tells its owner, and a
// second import writes nothing.
func TestImportTheRealKit(t *testing.T) {
	if testing.Short() {
		sharedtest.Missing(t, "the texts of the real kit take ten seconds to read")
	}
	from := sharedtest.Path(t, "legacy/digipro")
	t.Chdir(t.TempDir())
	if err := os.CopyFS("kit", os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if code, said := runImport(t, "kit", "--url", "https://git.example.it/ente/digipro"); code != exitOK {
		t.Fatalf("%d: %s", code, said)
	}
	data, err := os.ReadFile("kit/RIUSO-IMPORT.md")
	if err != nil {
		t.Fatal(err)
	}
	report := string(data)
	_, todo, ok := strings.Cut(report, "\n## Che cosa fare adesso\n")
	todo, _, _ = strings.Cut(todo, "\n## Che cosa è dubbio")
	tree := catalog.Read(os.DirFS("kit"), catalog.ReadOptions{Forks: true, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if !ok || len(tree.Kits) != 1 || tree.Kits[0].ID != "digipro" {
		t.Fatalf("%d kits, a list of what to add: %v", len(tree.Kits), ok)
	}
	for _, f := range tree.Findings {
		named := strings.Contains(report, f.File) || strings.Contains(report, "`"+path.Base(f.File)+"`")
		if ours := f.File == "kit.md" || f.File == "publiccode.yml" || strings.HasPrefix(f.File, "docs/") || strings.HasPrefix(f.File, "adoptions/"); ours {
			named = strings.Contains(todo, f.Code)
		}
		if !named {
			t.Errorf("the report does not tell %v", f)
		}
		if f.Severity == schema.Error && f.File != "publiccode.yml" {
			t.Errorf("an error: %v", f)
		}
	}
	k := tree.Kits[0]
	if len(k.Documents) < 65 || len(k.Documents) > 69 || len(k.Components) != 4 || k.CodeScheme.Name != "avviso-ocpa" || k.Project == nil || k.Project.CUP != "F46C17000010006" {
		t.Errorf("%d documents, scheme %v, project %+v", len(k.Documents), k.CodeScheme, k.Project)
	}
	if code, said := runImport(t, "kit", "--url", "https://git.example.it/ente/digipro"); code != exitOK || !strings.Contains(said, " 0 nuovi, 0 aggiornati") {
		t.Errorf("again: %d: %s", code, said)
	}
}
