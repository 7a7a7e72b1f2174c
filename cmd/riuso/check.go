package main

import (
	"context"
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
	lang := f.String("lang", "", "")
	failOn := f.String("fail-on", "error", "")
	var beyond external
	p.defineExternal(f, &beyond)
	paths, err := p.parse(f, args)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return usageError{errors.New(schema.T("manca il percorso da controllare", "the path to check is missing").In(p.lang))}
	}
	write, ok := formats()[*format]
	switch {
	case !ok:
		return usageError{errors.New(schema.T("--format vuole text, json, github o summary", "--format takes text, json, github or summary").In(p.lang))}
	case *lang != "" && *lang != string(schema.It) && *lang != string(schema.En):
		return usageError{errors.New(schema.T("--lang vuole it o en", "--lang takes it or en").In(p.lang))}
	case *failOn != string(schema.Error) && *failOn != string(schema.Warning):
		return usageError{errors.New(schema.T("--fail-on vuole error o warning", "--fail-on takes error or warning").In(p.lang))}
	}
	if *lang != "" {
		p.lang = schema.Lang(*lang)
	}
	known, err := readCodes(*codes)
	if err != nil {
		return err
	}
	if err := beyond.open(); err != nil {
		return usageError{err}
	}
	defer beyond.close()
	var all []schema.Finding
	for _, path := range paths {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found, err := p.checkPath(path, known)
		if err == nil {
			found, err = beyond.add(ctx, path, found)
		}
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	if err := write(p, all); err != nil {
		return err
	}
	if schema.HasErrors(all) || (*failOn == string(schema.Warning) && len(all) > 0) {
		return errFindings
	}
	return nil
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
