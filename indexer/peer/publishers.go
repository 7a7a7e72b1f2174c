package peer

import (
	"context"
	"crypto/sha256"

	"github.com/open-community-pa/riuso/schema"
)

// Publishers is what a publishers.yml says.
type Publishers struct {
	Publishers []Publisher
	Findings   []schema.Finding
	Unchanged  bool   // it is as it was at the mark; then there are no publishers and no findings
	Mark       string // to be given back at the next look
	Requests   int
	Bytes      int64
}

// Publisher is a body or firm with the places where it publishes.
type Publisher struct {
	ID     string  // its IPA code as written, or ""
	Name   string  //
	Orgs   []Place // organisations, groups or users of a forge: all that they publish
	Repos  []Place // single repositories
	Line   int     // of the file, 0 when it came from an API
	Origin string  // id of the catalogue that names it, in an API that has several; "" for the main one
}

// Place is an address that a publisher names, as it was written, without user name and fragment; Line and Column are 0
// when it came from an API.
type Place struct {
	URL          string
	Line, Column int
}

// Publishers reads a publishers.yml over http(s). mark is that of the last look, or "".
func (r *Reader) Publishers(ctx context.Context, url, mark string) (Publishers, error) {
	l := &look{r: r}
	out, err := l.publishers(ctx, url, mark)
	out.Requests, out.Bytes = l.requests, l.bytes
	return out, err
}

func (l *look) publishers(ctx context.Context, raw, kept string) (Publishers, error) {
	u, err := fileAddress(raw)
	if err != nil {
		return Publishers{}, err
	}
	old := parseMark(kept)
	var known stamp
	if len(old.Pages) == 1 {
		known = old.Pages[0].stamp
	}
	a, err := l.get(ctx, u, acceptYAML, known, int64(l.r.cfg.FileBytes))
	if err != nil {
		return Publishers{}, err
	}
	if a.same {
		return Publishers{Unchanged: true, Mark: kept}, nil
	}
	h := sha256.New()
	h.Write(a.body)
	m := mark{Digest: digestOf(h), Pages: []markedPage{{"", a.stamp}}}
	if m.Digest == old.Digest {
		return Publishers{Unchanged: true, Mark: m.String()}, nil
	}
	if what := notYAML(a.body); !what.IsZero() {
		return Publishers{}, &fault{kind: ErrNotThis, text: what}
	}
	ps, findings := l.r.cfg.parsePublishers(a.body)
	return Publishers{Publishers: ps, Findings: findings, Mark: m.String()}, nil
}

// fileAddress checks the address of a file; unlike that of a catalogue it keeps its query and its end.
func fileAddress(raw string) (string, error) {
	if _, err := base(raw); err != nil {
		return "", err
	}
	route, _ := address(raw)
	if route == "" {
		return "", &fault{kind: ErrNotThis, text: schema.T("l'indirizzo del file non si può usare: correggi url: nella fonte", "the address of the file cannot be used: mend url: in the source")}
	}
	return route, nil
}
