package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// maxCheckFile is the largest single file that is checked, in bytes; schema/publiccode has its own limit below it.
const maxCheckFile = 16 << 20

// check tells all that is wrong with what lies on the disk.
func (p *program) check(ctx context.Context, args []string) error {
	f := p.flags("check")
	codes := f.String("ipa-codes", "", "")
	format := f.String("format", "text", "")
	paths, err := p.parse(f, args)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return usageError{errors.New(schema.T("manca il percorso da controllare", "the path to check is missing").In(p.lang))}
	}
	if *format != "text" && *format != "json" {
		return usageError{errors.New(schema.T("--format vuole text o json", "--format takes text or json").In(p.lang))}
	}
	known, err := readCodes(*codes)
	if err != nil {
		return err
	}
	var all []schema.Finding
	for _, path := range paths {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found, err := p.checkPath(path, known)
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	if *format == "json" {
		err = p.findingsJSON(all)
	} else {
		err = p.findingsText(all)
	}
	if err == nil && schema.HasErrors(all) {
		return errFindings
	}
	return err
}

func (p *program) checkPath(path string, known func(string) bool) ([]schema.Finding, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(path)
		if err != nil {
			return nil, err
		}
		t := catalog.Read(root.FS(), catalog.ReadOptions{IPACode: known})
		if err := root.Close(); err != nil {
			return nil, err
		}
		for i := range t.Findings {
			t.Findings[i].File = filepath.Join(path, filepath.FromSlash(t.Findings[i].File))
		}
		return t.Findings, nil
	}
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case !info.Mode().IsRegular():
		return nil, p.unfit(path, schema.T("non è né un file comune né una cartella", "it is neither an ordinary file nor a folder"))
	case ext == ".md":
		return p.checkPath(filepath.Dir(path), known)
	case ext != ".yml" && ext != ".yaml":
		return nil, p.unfit(path, schema.T("si controllano cartelle, file .md di un kit e publiccode.yml", "folders, .md files of a kit and publiccode.yml are checked"))
	case info.Size() > maxCheckFile:
		return nil, p.unfit(path, schema.Tf("il file supera i %d MB", "the file is larger than %d MB", maxCheckFile>>20))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	_, found := publiccode.Parse(data, publiccode.Options{File: path, IPACode: known})
	return found, nil
}

// unfit says why a path cannot be checked.
func (p *program) unfit(path string, why schema.Text) error {
	return fmt.Errorf("%s: %s", path, why.In(p.lang))
}

func (p *program) findingsText(all []schema.Finding) error {
	var b strings.Builder
	errs := 0
	for _, f := range all {
		word := schema.T("avviso", "warning")
		if f.Severity == schema.Error {
			word = schema.T("errore", "error")
			errs++
		}
		b.WriteString(f.File)
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
		}
		fmt.Fprintf(&b, ": %s %s", word.In(p.lang), f.Code)
		if f.Key != "" {
			fmt.Fprintf(&b, " %s", f.Key)
		}
		fmt.Fprintf(&b, ": %s\n", f.Message.In(p.lang))
		if !f.Hint.IsZero() {
			fmt.Fprintf(&b, "    → %s\n", f.Hint.In(p.lang))
		}
	}
	if len(all) == 0 {
		b.WriteString(schema.T("tutto a posto\n", "all is well\n").In(p.lang))
	} else {
		fmt.Fprintf(&b, "%s, %s\n", p.count(errs, schema.T("errore", "error"), schema.T("errori", "errors")),
			p.count(len(all)-errs, schema.T("avviso", "warning"), schema.T("avvisi", "warnings")))
	}
	return p.print(b.String())
}

func (p *program) findingsJSON(all []schema.Finding) error {
	type line struct {
		File     string          `json:"file"`
		Line     int             `json:"line"`
		Column   int             `json:"column"`
		Severity schema.Severity `json:"severity"`
		Code     string          `json:"code"`
		Key      string          `json:"key"`
		Message  string          `json:"message"`
		Hint     string          `json:"hint"`
	}
	out := make([]line, 0, len(all))
	for _, f := range all {
		out = append(out, line{f.File, f.Line, f.Column, f.Severity, f.Code, f.Key, f.Message.In(p.lang), f.Hint.In(p.lang)})
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
