package main

import (
	"context"
	"errors"

	"github.com/open-community-pa/riuso/schema"
)

// checking is what the flags of a check say.
type checking struct {
	format string
	fix    bool
	write  func(*program, []group) error
	failOn schema.Severity
	known  func(code string) bool // IPA codes; nil: not checked
	beyond external
}

// check tells all that is wrong with what lies on the disk or in a repository.
func (p *program) check(ctx context.Context, args []string) error {
	c, words, err := p.checkFlags(args)
	if err != nil {
		return err
	}
	if err := c.beyond.open(); err != nil {
		return usageError{err}
	}
	defer c.beyond.close()
	places, err := p.placesOf(words)
	if err != nil {
		return err
	}
	if c.fix {
		if err := p.fixAll(ctx, c, places); err != nil {
			return err
		}
	}
	var all []group
	failed := false
	for _, at := range places {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found, err := p.look(ctx, c, at)
		switch {
		case err == nil:
			all = append(all, found...)
		case len(places) == 1 || ctx.Err() != nil:
			return err
		default: // the others are looked at all the same
			failed = true
			p.tell(err)
		}
	}
	if err := c.write(p, all); err != nil {
		return err
	}
	if failed || fails(all, c.failOn) {
		return errFindings
	}
	return nil
}

// checkFlags reads the command line.
func (p *program) checkFlags(args []string) (c *checking, words []string, err error) {
	f := p.flags("check")
	c = &checking{}
	codes := f.String("ipa-codes", "", "")
	format := f.String("format", "text", "")
	lang := f.String("lang", "", "")
	failOn := f.String("fail-on", "error", "")
	f.BoolVar(&c.fix, "fix", false, "")
	p.defineExternal(f, &c.beyond)
	if words, err = p.parse(f, args); err != nil {
		return nil, nil, err
	}
	if len(words) == 0 {
		return nil, nil, usageError{errors.New(schema.T("manca il percorso da controllare", "the path to check is missing").In(p.lang))}
	}
	var ok bool
	c.write, ok = formats()[*format]
	c.format, c.failOn = *format, schema.Severity(*failOn)
	switch {
	case !ok:
		return nil, nil, usageError{errors.New(schema.T("--format vuole text, json, github, sarif o summary", "--format takes text, json, github, sarif or summary").In(p.lang))}
	case *lang != "" && *lang != string(schema.It) && *lang != string(schema.En):
		return nil, nil, usageError{errors.New(schema.T("--lang vuole it o en", "--lang takes it or en").In(p.lang))}
	case c.failOn != schema.Error && c.failOn != schema.Warning:
		return nil, nil, usageError{errors.New(schema.T("--fail-on vuole error o warning", "--fail-on takes error or warning").In(p.lang))}
	}
	if *lang != "" {
		p.lang = schema.Lang(*lang)
	}
	c.known, err = readCodes(*codes)
	return c, words, err
}

// fails says whether the findings that are not ignored make the check end badly.
func fails(all []group, from schema.Severity) bool {
	for _, g := range all {
		errs, warnings, _ := schema.Weigh(g.findings)
		if errs > 0 || from == schema.Warning && warnings > 0 {
			return true
		}
	}
	return false
}

// tell says what went wrong with one of several places.
func (p *program) tell(err error) {
	p.complain(err)
	for _, h := range hints(err) {
		p.hint(h)
	}
}
