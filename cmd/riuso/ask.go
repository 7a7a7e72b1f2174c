package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"

	"github.com/open-community-pa/riuso/catalog/scaffold"
	"github.com/open-community-pa/riuso/schema"
)

// answers takes what is missing: from the person at the terminal, or from the defaults. Where there is nobody to ask and no
// default, the options that are missing are named, all at once.
func (p *program) answers(ctx context.Context, r *scaffold.Request) error {
	var lines <-chan answered
	if p.isTerminal() {
		lines = p.lines(ctx)
		p.errorf("%s\n", schema.T("Rispondi alle domande; Invio da solo prende la risposta tra parentesi quadre.", "Answer the questions; Enter alone takes the answer in square brackets.").In(p.lang))
	}
	var missing []scaffold.Field
	for _, f := range scaffold.FieldsOf(r.Kind) {
		if !f.Applies(r) || strings.TrimSpace(r.Answers[f.Name]) != "" {
			continue
		}
		switch byDefault := f.DefaultIn(r); {
		case lines != nil && !(f.YesNo && byDefault != ""):
			answer, err := p.ask(ctx, lines, r, &f, byDefault)
			if err != nil {
				return err
			}
			r.Answers[f.Name] = answer
		case byDefault == "" && !f.Optional:
			missing = append(missing, f)
		default:
			r.Answers[f.Name] = byDefault
		}
	}
	if len(missing) > 0 {
		return usageError{fmt.Errorf(schema.T("new %s: manca %s", "new %s: missing %s").In(p.lang), r.Kind, strings.Join(p.flagsOf(missing, r), ", "))}
	}
	return nil
}

// flagsOf writes the options that are missing, but for those that follow from one before them: the id comes of the title.
func (p *program) flagsOf(missing []scaffold.Field, r *scaffold.Request) []string {
	given := *r
	given.Answers = maps.Clone(r.Answers)
	var out []string
	for _, f := range missing {
		if f.DefaultIn(&given) == "" {
			out = append(out, p.flagOf(&f))
		}
		given.Answers[f.Name] = f.Example
	}
	return out
}

// flagOf writes the option of a field with its example, as it would be typed.
func (p *program) flagOf(f *scaffold.Field) string {
	if f.YesNo {
		return schema.T("--consent (oppure --source con il documento pubblico)", "--consent (or --source with the public document)").In(p.lang)
	}
	return fmt.Sprintf("--%s \"%s\"", f.Name, f.Example)
}

// isTerminal says whether a person sits at the other end of the input.
func (p *program) isTerminal() bool {
	f, ok := p.stdin.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// answered is one line of the input, or the end of it.
type answered struct {
	text string
	err  error
}

// lines reads the input line by line beside the program, which can so be interrupted while it waits for an answer.
func (p *program) lines(ctx context.Context) <-chan answered {
	out := make(chan answered)
	go func() {
		defer close(out)
		in := bufio.NewReaderSize(p.stdin, scaffold.MaxAnswer+2)
		for {
			line, err := in.ReadSlice('\n')
			for errors.Is(err, bufio.ErrBufferFull) { // the answer is too long: what follows of it is not kept
				_, err = in.ReadSlice('\n')
			}
			a := answered{text: string(line)}
			if err != nil && len(line) == 0 {
				a.err = err
			}
			select {
			case out <- a:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return out
}

// ask puts one question until the answer is good.
func (p *program) ask(ctx context.Context, lines <-chan answered, r *scaffold.Request, f *scaffold.Field, byDefault string) (string, error) {
	p.errorf("\n%s\n", f.Ask.In(p.lang))
	if choices := f.Choices(p.lang); choices != "" {
		p.errorf("  %s %s\n", schema.T("tra:", "among:").In(p.lang), choices)
	}
	p.errorf("  %s %s\n", schema.T("esempio:", "example:").In(p.lang), f.Example)
	for {
		if byDefault != "" {
			p.errorf("  [%s]", byDefault)
		}
		p.errorf("  > ")
		var a answered
		select {
		case <-ctx.Done():
			return "", p.said(ctx.Err(), "interrotto: non ho scritto niente", "interrupted: nothing was written")
		case got, open := <-lines:
			if a = got; !open {
				a.err = io.EOF
			}
		}
		if a.err != nil {
			return "", usageError{fmt.Errorf(schema.T("new %s: manca la risposta; si può dare con %s", "new %s: the answer is missing; it can be given with %s").In(p.lang), r.Kind, p.flagOf(f))}
		}
		answer := strings.TrimSpace(a.text)
		if answer == "" {
			answer = byDefault
		}
		if f.YesNo && answer != "" {
			answer = yesNo(answer)
		}
		if answer == "" && f.Optional {
			return "", nil
		}
		if answer == "" {
			p.errorf("  %s\n", schema.T("serve una risposta", "an answer is needed").In(p.lang))
			continue
		}
		if fault := scaffold.Judge(*r, *f, answer); fault != nil {
			p.errorf("  %s: %s\n", fault.Message.In(p.lang), fault.Hint.In(p.lang))
			continue
		}
		return answer, nil
	}
}

// yesNo reads the answers that people give; another word stays as it is and will not do.
func yesNo(answer string) string {
	switch low := strings.ToLower(answer); {
	case slices.Contains([]string{"sì", "si", "s", "yes", "y", "true"}, low):
		return "true"
	case slices.Contains([]string{"no", "n", "false"}, low):
		return "false"
	}
	return answer
}
