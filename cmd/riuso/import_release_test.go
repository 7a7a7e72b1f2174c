package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// An owner who does what the report says, with the lines that stand ready in the files, gets a kit that may be published; a
// second import touches nothing of it.
func TestImportToARelease(t *testing.T) {
	t.Chdir(t.TempDir())
	zipped(t, "pratica.zip", "FASE A Analisi/Allegato A1/Piano.docx", "FASE B Adozione/Allegato B4/Schema di delibera.docx", "FASE B Adozione/Allegato B2/Cronoprogramma.docx", "Note.docx")
	if code, said := runImport(t, "pratica.zip", "--url", "https://git.example.it/ente/pratica", "--status", "final", "--updated", "2026-11-01"); code != exitOK {
		t.Fatalf("%d: %s", code, said)
	}
	ready := regexp.MustCompile(`(?m)^#([a-zA-Z ].*)$`) // a line that stands ready has no blank after its sign, or is within one
	taken := func(s string) string {
		return ready.ReplaceAllStringFunc(s, func(line string) string {
			if strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "#  ") {
				return line // a remark
			}
			return line[1:]
		})
	}
	edit := func(name string, pairs ...string) {
		t.Helper()
		name = filepath.Join("pratica", filepath.FromSlash(name))
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer(pairs...).Replace(taken(string(data)))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const day = "2026-11-20"
	edit("kit.md", "ipa:…", "ipa:c_e506", "topics: […]", "topics: [sportello]", "status: draft", "status: published", `version: "0.1.0"`, `version: "1.0.0"`, "released: 2021-06-30", "released: "+day, "reviewed: false", "reviewed: true")
	edit("publiccode.yml", "x-italian-pa:…", "x-italian-pa:c_e506", `"Da completare: il nome dell'ente"`, "Comune di Lecce", `softwareVersion: "0.1.0"`, `softwareVersion: "1.0.0"`+"\nreleaseDate: \""+day+"\"", "concept\n", "stable\n",
		"Da completare: il kit raccoglie…", strings.Repeat("Il kit raccoglie i documenti di una pratica. ", 5))
	edit("CHANGELOG.md", "## [0.1.0]", "## [1.0.0] - "+day+"\n\n### Modificato\n\n- Schede rilette.\n\n## [0.1.0]")
	edit("docs/radice/note.md")
	tree := catalog.Read(os.DirFS("pratica"), catalog.ReadOptions{Forks: true, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	var left []string
	for _, f := range tree.Findings {
		if f.Severity == schema.Error {
			t.Errorf("%v", f)
		}
		if f.Code == "W07" {
			left = append(left, f.File+" "+f.Key)
		}
		if f.Code == "E16" {
			t.Errorf("a digest is not there, or not right: %v", f)
		}
	}
	if s := strings.Join(left, ", "); !strings.Contains(s, "kit.md need") || !strings.Contains(s, "kit.md contacts[0].office") || !strings.Contains(s, "publiccode.yml ") {
		t.Errorf("examples that nobody filled in pass: %s", s)
	}
	if len(tree.Kits) != 1 || tree.Kits[0].Status != "published" || len(tree.Kits[0].Documents) != 4 {
		t.Fatalf("%+v", tree.Kits)
	}
	if code, said := runImport(t, "pratica.zip"); code != exitOK || !strings.Contains(said, " 0 nuovi, 0 aggiornati") || !strings.Contains(said, "4 corretti o tolti da voi") {
		t.Errorf("again: %d: %s", code, said)
	}
	if err := os.WriteFile(filepath.Join("pratica", "Note.docx"), []byte("altro"), 0o644); err != nil {
		t.Fatal(err)
	}
	tree = catalog.Read(os.DirFS("pratica"), catalog.ReadOptions{Forks: true, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	told := false
	for _, f := range tree.Findings {
		told = told || f.Code == "E16" && f.Severity == schema.Error && strings.HasSuffix(f.File, "note.md")
	}
	if !told {
		t.Error("a file that is not the one of its record any more is not told")
	}
}
