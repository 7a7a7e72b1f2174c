package pdf

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	infoBytes    = 64 << 10 // of pdfinfo's answer
	versionBytes = 4 << 10
	exitForbids  = 3 // pdftotext's exit code when the owner of the file forbids copying
)

// findPoppler gives the paths of pdftotext and of the pdfinfo beside it ("" without), and the version of the first.
func findPoppler(cfg Config) (prog, info, version string, err error) {
	prog = cfg.Pdftotext
	if prog == "" {
		prog = "pdftotext"
	}
	if prog, err = exec.LookPath(prog); err != nil {
		return "", "", "", err
	}
	if prog, err = filepath.Abs(prog); err != nil { // the child works in another directory
		return "", "", "", err
	}
	lim := limits{memory: cfg.Memory, time: cfg.Time, output: versionBytes}
	if err := probe(lim); err != nil {
		return "", "", "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), cfg.Time)
	defer cancel()
	o, err := run(ctx, lim, nil, prog, "-v")
	if err != nil {
		return "", "", "", err
	}
	_, after, ok := strings.Cut(o.stderr, "pdftotext version ")
	if !ok {
		return "", "", "", fmt.Errorf("%s does not tell its version: %q (%v)", prog, cut(o.stderr, 200), o.err)
	}
	if fields := strings.Fields(after); len(fields) > 0 {
		version = fields[0]
	}
	if beside, err := exec.LookPath(filepath.Join(filepath.Dir(prog), "pdfinfo")); err == nil {
		info = beside
	}
	return prog, info, version, nil
}

// readPoppler reads with pdftotext. It is not told to be quiet: what it complains of tells a closed file from a broken one.
func (r *Reader) readPoppler(ctx context.Context, data []byte, maxPages int, maxText int64) (Document, error) {
	lim := limits{memory: r.cfg.Memory, time: r.cfg.Time, output: maxText + int64(maxPages)} // a form feed ends each page
	o, err := run(ctx, lim, data, r.prog, "-enc", "UTF-8", "-l", strconv.Itoa(maxPages), "-", "-")
	if err != nil {
		return Document{}, err
	}
	doc := Document{Incomplete: o.cut || o.err != nil || strings.Contains(o.stderr, "Error")} // it mended what it could
	doc.Pages = fit(pages(string(o.out), maxPages, o.cut || o.err != nil), maxText)
	if o.err != nil {
		err = whyPoppler(ctx, o)
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrEncrypted) {
			return Document{}, err
		}
		return doc, err
	}
	if len(doc.Pages) >= maxPages || o.cut {
		doc.PageCount = r.countPages(ctx, data)
		doc.Incomplete = doc.Incomplete || doc.PageCount > len(doc.Pages)
	}
	if len(doc.Pages) == 0 && doc.PageCount == 0 {
		return Document{}, fmt.Errorf("%w: no page could be found in it", ErrDamaged)
	}
	return doc, nil
}

// pages parts what pdftotext wrote. What follows the last form feed is a page only where the writing was broken off.
func pages(out string, maxPages int, broken bool) []string {
	parts := strings.Split(out, "\f")
	if last := len(parts) - 1; !broken || parts[last] == "" {
		parts = parts[:last]
	}
	parts = parts[:min(len(parts), maxPages)]
	for i := range parts {
		parts[i] = clean(parts[i])
	}
	return parts
}

// fit shortens pages to a number of bytes in all: room was left for the marks between them.
func fit(pages []string, most int64) []string {
	for i, p := range pages {
		if int64(len(p)) > most {
			pages[i] = cut(p, most)
			return pages[:i+1]
		}
		most -= int64(len(p))
	}
	return pages
}

// whyPoppler turns the end of a child that did not end well into one of the errors of this package.
func whyPoppler(ctx context.Context, o outcome) error {
	var exit *exec.ExitError
	switch {
	case errors.Is(o.err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		return ErrTime
	case errors.Is(o.err, context.Canceled):
		return o.err
	case strings.Contains(o.stderr, "Incorrect password"):
		return ErrEncrypted
	case strings.Contains(strings.ToLower(o.stderr), "out of memory"), strings.Contains(o.stderr, "bad_alloc"):
		return fmt.Errorf("%w: memory", ErrLimit)
	case !errors.As(o.err, &exit):
		return fmt.Errorf("%w: %w", ErrStart, o.err)
	case exit.ExitCode() == exitForbids:
		return ErrEncrypted
	case notStarted(exit):
		return fmt.Errorf("%w: %s", ErrStart, cut(o.stderr, 200))
	case killed(exit.ProcessState):
		return fmt.Errorf("%w: pdftotext was ended (%s)", ErrTime, exit.ProcessState)
	case exit.ExitCode() < 0: // its own fall
		return fmt.Errorf("%w: pdftotext fell (%s)", ErrDamaged, exit.ProcessState)
	}
	return fmt.Errorf("%w: pdftotext gave up (%s)", ErrDamaged, exit.ProcessState)
}

// notStarted says so by the exit code of the shell: the program went away or may not run.
func notStarted(exit *exec.ExitError) bool { return exit.ExitCode() == 126 || exit.ExitCode() == 127 }

// countPages asks pdfinfo how many pages the file has; 0 where it cannot tell.
func (r *Reader) countPages(ctx context.Context, data []byte) int {
	if r.info == "" {
		return r.countHere(ctx, data)
	}
	o, err := run(ctx, limits{memory: r.cfg.Memory, time: r.cfg.Time, output: infoBytes}, data, r.info, "-")
	if err != nil || o.err != nil {
		return 0
	}
	for line := range strings.Lines(string(o.out)) {
		if rest, ok := strings.CutPrefix(line, "Pages:"); ok {
			n, err := strconv.Atoi(strings.TrimSpace(rest))
			if err == nil && n > 0 && n <= maxPageCount {
				return n
			}
		}
	}
	return 0
}
