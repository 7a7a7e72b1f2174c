package main

import (
	"context"
	"errors"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// checking is what the flags of a check say.
type checking struct {
	format string
	fix    bool
	write  func(*program, []group) error
	failOn schema.Severity
	known  func(code string) bool // IPA codes; nil: not checked
	tags   []string               // of the commit that is checked: at a release, versions must agree
	now    time.Time              // the day against which dates are held
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
	tag := f.String("tag", "", "")
	day := f.String("on", "", "")
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
	if *tag != "" {
		c.tags = []string{*tag}
	}
	c.now = time.Now()
	if *day != "" {
		if c.now, err = time.Parse(time.DateOnly, *day); err != nil {
			return nil, nil, usageError{errors.New(schema.T("--on vuole una data, come 2026-01-31", "--on takes a day, as in 2026-01-31").In(p.lang))}
		}
	}
	c.known, err = readCodes(*codes)
	return c, words, err
}

// reading is how a tree is read for a check.
func (c *checking) reading(url string, tags []string) catalog.ReadOptions {
	return catalog.ReadOptions{URL: url, IPACode: c.known, Tags: append(tags, c.tags...), Forks: true, Now: c.now}
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
