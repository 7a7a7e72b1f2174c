package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/internal/demo"
)

// public is the address by which the kit is known; the crawl is told the way to it.
const public = "https://git.ente.example/ocpa/digipro"

// catalogue writes the starter catalogue with one more source, and the table by which bodies are known by name.
func (s *show) catalogue(to string) error {
	files := map[string]string{
		"sources/" + source + ".md": "---\ntype: source\nid: " + source + "\ntitle: Kit lasciato dal programma\nkind: kit\nurl: " + public + "\ntrust: verified\n---\nUn kit che è una cartella di PDF.\n",
	}
	root := starter.FS()
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, p)
		files[p] = string(data)
		return err
	})
	if err != nil {
		return err
	}
	if err := demo.Write(to, files); err != nil {
		return err
	}
	table, err := bodies(filepath.Join(s.shared, "registry", "entities.tsv"))
	if err != nil {
		return err
	}
	if err := demo.Write(s.Dir, map[string]string{"enti.csv": table}); err != nil {
		return err
	}
	s.Flags = append(s.Flags, "--ipa-codes", s.Path("enti.csv"))
	return nil
}

// bodies writes the shared list of public bodies as a table of the Index of public administrations.
func bodies(file string) (table string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := csv.NewReader(f)
	in.Comma, in.LazyQuotes, in.ReuseRecord = '\t', true, true
	head, err := in.Read()
	if err != nil {
		return "", err
	}
	if got := strings.Join(head[:2], " "); got != "ipa name" {
		return "", fmt.Errorf("%s: the columns are %q", file, got)
	}
	var b strings.Builder
	out := csv.NewWriter(&b)
	rows := [][]string{{"Codice_IPA", "Denominazione_ente"}, {"cmge", "Città Metropolitana di Genova"}}
	for {
		r, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
		rows = append(rows, []string{r[0], r[1]})
	}
	err = out.WriteAll(rows)
	return b.String(), err
}
