package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// runImport runs an import in a folder of its own, and gives its exit code and what it said.
func runImport(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &out, getenv: func(string) string { return "" }}
	return p.run(t.Context(), append([]string{"import"}, args...)), out.String()
}

// zipped writes a ZIP file with the names as they are given, in UTF-8 or not.
func zipped(t *testing.T, name string, files ...string) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range files {
		f, err := w.CreateHeader(&zip.FileHeader{Name: n, NonUTF8: strings.ContainsRune(n, '\x8a'), Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, "Testo di "+n[strings.LastIndex(n, "/")+1:]); err != nil {
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

// A ZIP file is as good as a folder: it is unpacked beside the proposal, without the one folder more of a forge; names that
// lead out of it lead nowhere, and those that Windows wrote in its code page are read.
func TestImportZip(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	zipped(t, "pratica.zip", "pratica-main/FASE A Analisi/Allegato A1/Piano.txt", "pratica-main/FASE B Adozione/Allegato B1/Schema di delibera.txt",
		"pratica-main/FASE B Adozione/Allegato B2/Modalit\x8a.txt")
	if code, said := runImport(t, "pratica.zip"); code != exitOK || !strings.Contains(said, "3 documenti") {
		t.Fatalf("%d: %s", code, said)
	}
	for _, name := range []string{"kit.md", "FASE A Analisi/Allegato A1/Piano.txt", "FASE B Adozione/Allegato B2/Modalitè.txt"} {
		if _, err := os.Stat(filepath.Join("pratica", filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
	if code, said := runImport(t, "pratica.zip"); code != exitOK || !strings.Contains(said, " 0 nuovi, 0 aggiornati") {
		t.Errorf("again: %d: %s", code, said)
	}
	zipped(t, "ostile.zip", "FASE A Analisi/Allegato A1/Piano.txt", "FASE B Adozione/Allegato B1/Schema di delibera.txt", "../fuori.txt", "/assoluto.txt", `..\windows.txt`)
	code, said := runImport(t, "ostile.zip")
	for _, name := range []string{"../fuori.txt", "fuori.txt", "/assoluto.txt"} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s was written (%d: %s)", name, code, said)
		}
	}
	if err := os.WriteFile("rotto.zip", []byte("PK\x03\x04no"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, said := runImport(t, "rotto.zip"); code != exitFailure || !strings.Contains(said, "non è un file ZIP") {
		t.Errorf("broken: %d: %s", code, said)
	}
}

// A repository is imported as a visit reads it; the proposal is written into a folder of its name.
func TestImportRepository(t *testing.T) {
	t.Chdir(t.TempDir())
	dir := gitrepotest.New(t, map[string]string{"FASE A Analisi/Allegato A1/Piano.txt": "Piano dei tempi e dei costi", "FASE B Adozione/Allegato B1/Schema di delibera.txt": "Schema di delibera", "FASE B Adozione/Allegato B2/Modulo.txt": "Modulo"})
	code, said := runImport(t, "file://"+dir, "--into", "proposta", "--url", "https://git.example.it/ente/pratica")
	if code != exitOK || !strings.Contains(said, "3 documenti") || !strings.Contains(said, "nella tua copia del repository, e lì: riuso check .") {
		t.Fatalf("%d: %s", code, said)
	}
	data, err := os.ReadFile("proposta/kit.md")
	if err != nil || !strings.Contains(string(data), "  commit: ") || !strings.Contains(string(data), `id: "pratica"`) {
		t.Errorf("%v\n%s", err, data)
	}
}

// A ZIP file as Windows makes it ("Send to, Compressed folder", and older programs): names in the code page of the system
// without the mark of UTF-8, backslashes between folders, and entries of their own for folders.
func TestImportZipOfWindows(t *testing.T) {
	t.Chdir(t.TempDir())
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"pratica\\", "pratica\\FASE A Analisi\\", "pratica\\FASE A Analisi\\Allegato A1\\", "pratica\\FASE A Analisi\\Allegato A1\\Modalit\x85 e novit\x85.txt",
		"pratica\\FASE B Adozione\\Allegato B1\\Perch\x82 aderire, cos\x8d com'\x8a.txt", "pratica\\FASE B Adozione\\Allegato B2\\\xd4 pi\x97 facile, per\x95.txt", "pratica\\FASE B Adozione\\Allegato B2\\Schema di delibera.txt"} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: true, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "\\") {
			continue
		}
		if _, err := io.WriteString(f, "Testo di "+name[len(name)-9:]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("invio.zip", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, said := runImport(t, "invio.zip"); code != exitOK || !strings.Contains(said, "4 documenti") {
		t.Fatalf("%d: %s", code, said)
	}
	for _, name := range []string{"kit.md", "FASE A Analisi/Allegato A1/Modalità e novità.txt", "FASE B Adozione/Allegato B1/Perché aderire, così com'è.txt", "FASE B Adozione/Allegato B2/È più facile, però.txt", "docs/A/modalita-e-novita.md"} {
		if info, err := os.Stat(filepath.Join("invio", filepath.FromSlash(name))); err != nil || info.IsDir() {
			t.Errorf("%s: %v", name, err)
		}
	}
}
