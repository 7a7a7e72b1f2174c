package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/scaffold"
	"github.com/open-community-pa/riuso/schema"
)

// maxAbove is how many folders above the one to be filled are looked at for a catalogue: kits/<slug> lies two below it.
const maxAbove = 2

// releaseShape is the version of a program that was built from a release.
var releaseShape = regexp.MustCompile(`^v\d+\.\d+\.\d+$`)

// begin writes the first files of a kit, of a catalogue or of an adoption.
func (p *program) begin(ctx context.Context, args []string) error {
	kinds := strings.Join(scaffold.Kinds(), ", ")
	if len(args) > 0 && (args[0] == "-h" || args[0] == "-help" || args[0] == "--help") {
		return p.help([]string{"new"})
	}
	if len(args) == 0 || scaffold.FieldsOf(args[0]) == nil {
		return usageError{fmt.Errorf(schema.T("new: di' che cosa vuoi cominciare: %s", "new: say what to begin: %s").In(p.lang), kinds)}
	}
	r := scaffold.Request{Kind: args[0], Answers: map[string]string{}, Today: catalog.Date(time.Now().Format(time.DateOnly))}
	into, err := p.beginFlags(&r, args[1:])
	if err != nil {
		return err
	}
	if r.Kind == scaffold.Adoption && into == "" {
		into = "."
	}
	p.surroundings(&r, into)
	if err := p.judgeGiven(&r); err != nil {
		return err
	}
	if err := p.answers(ctx, &r); err != nil {
		return err
	}
	if into == "" {
		into = r.Answers["id"]
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	files, err := scaffold.Make(r)
	if err != nil {
		return p.faultOf(err)
	}
	return p.place(&r, into, files)
}

// beginFlags reads the options of one kind: one for each thing that is asked, and where and how to write.
func (p *program) beginFlags(r *scaffold.Request, args []string) (into string, err error) {
	f := p.flags("new")
	dir := f.String("into", "", "")
	f.StringVar(&r.SchemaBase, "schema-base", "", "")
	if r.Kind == scaffold.Catalogue {
		if v := version(); releaseShape.MatchString(v) {
			r.Program = v
		}
		f.StringVar(&r.Program, "riuso-version", r.Program, "")
	}
	for _, field := range scaffold.FieldsOf(r.Kind) {
		take := func(s string) error { r.Answers[field.Name] = s; return nil }
		if field.YesNo {
			f.BoolFunc(field.Name, "", take)
		} else {
			f.Func(field.Name, "", take)
		}
	}
	words, err := p.parse(f, args)
	switch {
	case err != nil:
		return "", err
	case len(words) > 0:
		return "", usageError{fmt.Errorf(schema.T("new %s: «%s» è di troppo", "new %s: %q is one word too many").In(p.lang), r.Kind, words[0])}
	}
	return *dir, nil
}

// surroundings looks at where the files will lie: a kit, a catalogue, or neither; and takes what the catalogue around it says.
func (p *program) surroundings(r *scaffold.Request, into string) {
	if r.Kind == scaffold.Catalogue {
		return
	}
	switch {
	case exists(filepath.Join(into, "kit.md")):
		r.Place = scaffold.InKit
	case exists(filepath.Join(into, "catalogue.md")):
		r.Place = scaffold.InCatalogue
	}
	dir, err := filepath.Abs(into)
	if err != nil {
		return // a default is not found: it is asked for
	}
	for range maxAbove + 1 {
		if exists(filepath.Join(dir, "catalogue.md")) {
			r.Home = catalog.Read(os.DirFS(dir), catalog.ReadOptions{}).Catalogue
			return
		}
		dir = filepath.Dir(dir)
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// judgeGiven judges the answers that came as options, all at once.
func (p *program) judgeGiven(r *scaffold.Request) error {
	var faults []error
	for _, f := range scaffold.FieldsOf(r.Kind) {
		if answer := strings.TrimSpace(r.Answers[f.Name]); answer != "" && f.Applies(r) {
			if fault := scaffold.Judge(*r, f, answer); fault != nil {
				faults = append(faults, fault)
			}
		}
	}
	if len(faults) > 0 {
		return p.faultOf(errors.Join(faults...))
	}
	return nil
}

// faultOf makes a mistake on the command line of answers that cannot be used, each with its option and what to do.
func (p *program) faultOf(err error) error {
	var lines []string
	var walk func(error)
	walk = func(err error) {
		var fault *scaffold.Fault
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range many.Unwrap() {
				walk(e)
			}
		} else if errors.As(err, &fault) {
			lines = append(lines, fmt.Sprintf("--%s: %s (%s)", fault.Field, fault.Message.In(p.lang), fault.Hint.In(p.lang)))
		} else {
			lines = append(lines, err.Error())
		}
	}
	walk(err)
	return usageError{errors.New("new: " + strings.Join(lines, "\n       "))}
}
