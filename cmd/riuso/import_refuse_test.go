package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog/legacy"
)

// What cannot be imported is told in a sentence, and nothing is written.
func TestImportRefuses(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, data := range map[string]string{"solo.pdf": "%PDF-1.4", "vuota/.x": "", "programma/main.go": "package main", "kit/kit.md": "---\ntype: kit\n---\n",
		"catalogo/catalogue.md": "---\ntype: catalogue\n---\n", "catalogo/FASE A Analisi/Allegato A1/Piano.txt": "Piano", "catalogo/FASE B Adozione/Allegato B1/Schema di delibera.txt": "Schema", "catalogo/FASE B Adozione/Allegato B2/Modulo.txt": "Modulo"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	growing(t, "gonfio.zip")
	before := walked(t, ".")
	for _, c := range []struct{ args, says string }{
		{"vuota", "non sembra un kit"},
		{"programma", "non sembra un kit"},
		{"kit", "ha già un kit.md"},
		{"catalogo", "è un catalogo: si importa un kit alla volta"},
		{"catalogo --force", "è un catalogo"},
		{"https://127.0.0.1:1/ente/kit --allow-net 127.0.0.0/8", "127.0.0.1"},
		{"file:///nessuno/kit.git", "nessuno"},
		{"solo.pdf", "si importano cartelle, file ZIP e repository"},
		{"gonfio.zip", "si allarga più di 200 volte"},
		{"assente", "non esiste"},
		{"vuota --status boh", "--status vuole"},
		{"vuota --updated 31/03/2026", "--updated vuole"},
	} {
		code, said := runImport(t, strings.Fields(c.args)...)
		if code == exitOK || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d, %s", c.args, code, said)
		}
	}
	if after := walked(t, "."); after != before {
		t.Errorf("the folder holds %s, and held %s", after, before)
	}
}

// growing writes a ZIP file of little that unpacks to much.
func growing(t *testing.T, name string) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create("FASE A Analisi/Allegato A1/Piano.pdf")
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for range freeZip>>20 + 1 {
		if _, err := f.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// walked names what a folder holds.
func walked(t *testing.T, dir string) string {
	t.Helper()
	var out []string
	if err := filepath.WalkDir(dir, func(p string, _ os.DirEntry, err error) error {
		out = append(out, p)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

// An import that is stopped says how to go on. What the owner answered, and the address, need not be said again.
func TestImportStopsAndRemembers(t *testing.T) {
	t.Chdir(t.TempDir())
	zipped(t, "pratica.zip", "FASE A Analisi/Allegato A1/Piano.docx", "FASE B Adozione/Allegato B1/Schema di delibera.docx", "FASE B Adozione/Allegato B2/Modulo.docx")
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	var said bytes.Buffer
	p := &program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &said, getenv: func(string) string { return "" }}
	if code := p.run(stopped, []string{"import", "pratica.zip"}); code == exitOK || !strings.Contains(said.String(), "import interrotto") {
		t.Errorf("%d: %s", code, &said)
	}
	if _, err := os.Stat("pratica"); err == nil {
		t.Error("a stopped import began to write")
	}
	if code, said := runImport(t, "pratica.zip", "--url", "https://git.example.it/ente/pratica", "--status", "final", "--updated", "2026-03-31"); code != exitOK {
		t.Fatalf("%d: %s", code, said)
	}
	if code, said := runImport(t, "pratica.zip"); code != exitOK || !strings.Contains(said, " 0 nuovi, 0 aggiornati") {
		t.Errorf("again: %d: %s", code, said)
	}
	data, err := os.ReadFile("pratica/docs/A/piano.md")
	if err != nil || !strings.Contains(string(data), "\nstatus: final\n") || !strings.Contains(string(data), "\nupdated: 2026-03-31\n") || !strings.Contains(string(data), "    sha256: ") {
		t.Errorf("%v\n%s", err, data)
	}
	if trace, err := os.ReadFile(filepath.Join("pratica", legacy.TracePath)); err != nil || strings.Contains(string(trace), "incompleto") {
		t.Errorf("%v\n%s", err, trace)
	}
	if left, err := filepath.Glob("pratica/*" + unfinishedEnding); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
