package main

import (
	"errors"
	"flag"
	"io"
	"log/slog"

	"github.com/open-community-pa/riuso/schema"
)

// flags is the flag set of a command: its own usage text, and no message of the flag package.
func (p *program) flags(verb string) *flag.FlagSet {
	f := flag.NewFlagSet(verb, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// parse reads the flags, which may stand before, among or behind the other words, and gives those words.
func (p *program) parse(f *flag.FlagSet, args []string) ([]string, error) {
	var words []string
	for {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				text, _ := verbHelp(f.Name())
				return nil, errors.Join(p.print(text.In(p.lang)), flag.ErrHelp)
			}
			return nil, usageError{errors.New(f.Name() + ": " + p.flagFault(err))}
		}
		rest := f.Args()
		if len(rest) == 0 {
			return words, nil
		}
		if len(args) > len(rest) && args[len(args)-len(rest)-1] == "--" {
			return append(words, rest...), nil
		}
		words, args = append(words, rest[0]), rest[1:]
	}
}

// logger writes what happens to the error stream, as text or JSON.
func (p *program) logger(form string) (*slog.Logger, error) {
	switch form {
	case "json":
		return slog.New(slog.NewJSONHandler(p.stderr, nil)), nil
	case "text":
		return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})), nil
	}
	return nil, usageError{errors.New(schema.T("--log vuole text o json", "--log takes text or json").In(p.lang))}
}
