// Command riuso keeps a catalogue of the practices that public administrations hand over to each other: it reads kits in
// Git repositories, searches them and shows them on a site. One verb per job; flags, environment and exit codes live
// only here.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/open-community-pa/riuso/indexer/attach/pdf"
	"github.com/open-community-pa/riuso/schema"
)

// Exit codes.
const (
	exitOK      = 0
	exitFailure = 1 // findings, or it did not work
	exitUsage   = 2
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == pdfVerb {
		os.Exit(pdf.ServeChild(os.Args[2:], os.Stdin, os.Stdout))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := (&program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv}).run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// program is one run: what it reads from and writes to.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	lang           schema.Lang
}

// usageError is a mistake on the command line.
type usageError struct{ error }

// errFindings says that the job was done and the answer is no: everything has been said already.
var errFindings = errors.New("findings")

// helpHint says which page of the help has what could have been written.
func helpHint(args []string) schema.Text {
	page := "riuso help"
	if len(args) > 0 {
		if _, ok := verbHelp(args[0]); ok && args[0] != "help" {
			page += " " + args[0]
		}
	}
	return schema.T("«"+page+"» mostra che cosa si può scrivere", "\""+page+"\" shows what can be written")
}

func (p *program) run(ctx context.Context, args []string) int {
	p.lang = langOf(p.getenv)
	err := p.verb(ctx, args)
	var bad usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errFindings):
		return exitFailure
	case errors.As(err, &bad):
		p.complain(err)
		p.hint(helpHint(args))
		return exitUsage
	}
	p.complain(err)
	for _, h := range hints(err) {
		p.hint(h)
	}
	return exitFailure
}

func (p *program) complain(err error) { p.errorf("riuso: %s\n", p.words(err)) }

func (p *program) hint(t schema.Text) { p.errorf("riuso: %s\n", t.In(p.lang)) }

// errorf writes to the error stream. A message that cannot be written has nobody left to be told.
func (p *program) errorf(format string, args ...any) {
	if _, err := fmt.Fprintf(p.stderr, format, args...); err != nil {
		return
	}
}

func (p *program) verb(ctx context.Context, args []string) error {
	if len(args) == 0 {
		p.errorf("%s", usage(p.lang))
		return usageError{errors.New(schema.T("manca il comando", "a command is missing").In(p.lang))}
	}
	verb, rest := args[0], args[1:]
	switch verb {
	case "serve":
		return p.serve(ctx, rest)
	case "crawl":
		return p.crawl(ctx, rest)
	case "search":
		return p.search(ctx, rest)
	case "check":
		return p.check(ctx, rest)
	case "entities":
		return p.entities(ctx, rest)
	case "new":
		return p.begin(ctx, rest)
	case "import":
		return p.bring(ctx, rest)
	case "backup":
		return p.backup(ctx, rest)
	case "restore":
		return p.restore(ctx, rest)
	case "version", "--version", "-version":
		return p.version(rest)
	case "help", "--help", "-help", "-h":
		return p.help(rest)
	}
	return usageError{fmt.Errorf(schema.T("il comando «%s» non esiste", "there is no command %q").In(p.lang), verb)}
}

// langOf gives the language of the messages: RIUSO_LANG, else that of the environment, else Italian.
func langOf(getenv func(string) string) schema.Lang {
	for _, name := range []string{"RIUSO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		switch v := getenv(name); {
		case len(v) >= 2 && v[:2] == "it":
			return schema.It
		case len(v) >= 2 && v[:2] == "en":
			return schema.En
		}
	}
	return schema.It
}
