package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"github.com/open-community-pa/riuso/indexer/gitrepo"
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
			return nil, usageError{fmt.Errorf("%s: %w", f.Name(), err)}
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

// network holds the flags of what goes out.
type network struct {
	mirrors  []gitrepo.Mirror
	allow    []netip.Prefix
	ipaCodes string
}

func (n *network) define(f *flag.FlagSet) {
	f.Func("mirror", "", func(s string) error {
		from, to, ok := strings.Cut(s, "=")
		if !ok || from == "" || to == "" {
			return fmt.Errorf("%q: FROM=TO", s)
		}
		n.mirrors = append(n.mirrors, gitrepo.Mirror{Prefix: from, Target: to})
		return nil
	})
	f.Func("allow-net", "", func(s string) error {
		prefix, err := netip.ParsePrefix(s)
		n.allow = append(n.allow, prefix)
		return err
	})
}

// allowed gives the networks that may be reached: those that the operator named, and the very addresses that a mirror
// of the operator leads to.
func (n *network) allowed() []netip.Prefix {
	out := n.allow
	for _, m := range n.mirrors {
		if u, err := url.Parse(m.Target); err == nil {
			if a, err := netip.ParseAddr(u.Hostname()); err == nil {
				out = append(out, netip.PrefixFrom(a, a.BitLen()))
			}
		}
	}
	return out
}

// readCodes reads a list of IPA codes, one a line; no file gives no check.
func readCodes(path string) (func(string) bool, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	codes := map[string]bool{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if code := strings.ToLower(strings.TrimSpace(lines.Text())); code != "" {
			codes[code] = true
		}
	}
	if err := errors.Join(lines.Err(), f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return func(code string) bool { return codes[strings.ToLower(code)] }, nil
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

// dataDir gives the data folder that the flag or the environment names.
func (p *program) dataDir(flagged string) string {
	if flagged != "" {
		return flagged
	}
	return p.getenv("RIUSO_DATA")
}
