package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

const (
	service    = "git-upload-pack"
	refsSuffix = "/info/refs"
	agent      = "riuso"
)

// meter counts what one call cost.
type meter struct {
	bytes    int64
	requests int
	max      int64 // bytes that may come, all requests together; negative means no limit
}

// meter begins to count for a snapshot: what its source may still cost is what Ask.MaxBytes leaves.
func (s *Snapshot) meter() *meter {
	m := &meter{max: -1}
	if most := s.refs.ask.MaxBytes; most > 0 {
		m.max = max(0, most-s.refs.Bytes-s.Bytes-s.aside.Load())
	}
	return m
}

// spent adds what a meter counted.
func (s *Snapshot) spent(m *meter) { s.Bytes, s.Requests = s.Bytes+m.bytes, s.Requests+m.requests }

// capped reads no more than left bytes, then fails with ErrLimit; every byte is counted in the meter.
type capped struct {
	r    io.Reader
	left int64
	m    *meter
}

// Read gives the next bytes; an error of the network is one of ErrUnreachable.
func (c *capped) Read(b []byte) (int, error) {
	if c.left <= 0 {
		return 0, fmt.Errorf("%w: the answer is longer than allowed", ErrLimit)
	}
	most := min(int64(len(b)), c.left)
	if c.m.max >= 0 {
		// One byte over the limit tells "just enough" from "too much".
		if most = min(most, c.m.max+1-c.m.bytes); most <= 0 {
			return 0, ErrSourceLimit
		}
	}
	n, err := c.r.Read(b[:most])
	c.left -= int64(n)
	c.m.bytes += int64(n)
	if c.m.max >= 0 && c.m.bytes > c.m.max {
		return n, ErrSourceLimit
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreachable(err)
	}
	return n, err
}

func unreachable(err error) error { return fmt.Errorf("%w: %w", ErrUnreachable, err) }

// send makes one request and hands its body, capped, to read. When read has all it needs the rest is not waited for.
func (r *Reader) send(client *http.Client, req *http.Request, kind string, limit int64, m *meter, read func(*http.Response, io.Reader) error) (err error) {
	m.requests++
	res, err := client.Do(req)
	if err != nil {
		return unreachable(err)
	}
	defer func() {
		if cerr := res.Body.Close(); err == nil && cerr != nil {
			err = unreachable(cerr)
		}
	}()
	if err := statusError(res, r.c.Now()); err != nil {
		return err
	}
	want := "application/x-" + service + "-" + kind
	if got, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";"); got != want {
		return fmt.Errorf("%w: the server does not speak Git's smart HTTP here (content type %q)", ErrUnsupported, shown(got))
	}
	// One byte over the limit tells "just enough" from "too much".
	return read(res, &capped{r: res.Body, left: limit + 1, m: m})
}

// listRemote asks for the references: one GET.
func (r *Reader) listRemote(ctx context.Context, p place, ask Ask) (refs Refs, err error) {
	m := (&Snapshot{refs: Refs{ask: ask}}).meter()
	defer guarded(&err)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+refsSuffix+"?service="+service, nil)
	if err != nil {
		return refs, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	err = r.send(p.client, req, "advertisement", r.c.Limits.RefBytes, m, func(res *http.Response, body io.Reader) error {
		at := *res.Request.URL
		at.RawQuery = ""
		found, ok := strings.CutSuffix(at.String(), refsSuffix)
		if !ok {
			return fmt.Errorf("%w: the server redirects to a page, not to a repository", ErrUnsupported)
		}
		a, err := parseAdvert(body)
		if err != nil {
			return err
		}
		if refs, err = a.refs(r.c.Limits.Tags, ask.Branch); err != nil {
			return err
		}
		refs.at, refs.client, refs.Moved = found, p.client, p.moved(found)
		return nil
	})
	refs.Bytes, refs.requests = m.bytes, m.requests
	return refs, err
}

// want is one request for objects.
type request struct {
	ids      []plumbing.Hash
	depth    bool // only the commit itself, none before it
	noBlobs  bool // commits and trees only
	version2 bool
}

// body writes the request in the words of protocol version 0 (gitprotocol-pack) or 2 (gitprotocol-v2, "fetch").
func (q request) body(caps map[string]string) string {
	w := &pktWriter{}
	if q.version2 {
		w.line("command=fetch\n")
		w.line("agent=%s\n", agent)
		w.WriteString(pktDelim)
		w.line("no-progress\n")
		w.line("ofs-delta\n")
		for _, id := range q.ids {
			w.line("want %s\n", id)
		}
	} else {
		ask := ""
		for _, c := range []string{"side-band-64k", "ofs-delta", "no-progress", "filter"} {
			if _, ok := caps[c]; ok && (c != "filter" || q.noBlobs) {
				ask += " " + c
			}
		}
		for i, id := range q.ids {
			if i == 0 {
				w.line("want %s%s agent=%s\n", id, ask, agent)
			} else {
				w.line("want %s\n", id)
			}
		}
	}
	if q.depth {
		w.line("deepen 1\n")
	}
	if q.noBlobs {
		w.line("filter blob:none\n")
	}
	if q.version2 {
		w.line("done\n")
		w.WriteString(pktFlush)
	} else {
		w.WriteString(pktFlush)
		w.line("done\n")
	}
	return w.String()
}

// fetch asks for objects and hands the pack to read: one POST.
func (r *Reader) fetch(ctx context.Context, refs Refs, q request, limit int64, m *meter, read func(io.Reader) error) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, refs.at+"/"+service, strings.NewReader(q.body(refs.caps)))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	req.Header.Set("Content-Type", "application/x-"+service+"-request")
	req.Header.Set("Accept", "application/x-"+service+"-result")
	if q.version2 {
		req.Header.Set("Git-Protocol", "version=2")
	}
	return r.send(refs.client, req, "result", limit, m, func(_ *http.Response, body io.Reader) error {
		p := newPktReader(body)
		band, err := skipToPack(p, q.version2)
		if err != nil {
			return err
		}
		if _, side := refs.caps["side-band-64k"]; q.version2 || side {
			return read(band)
		}
		return read(p.r)
	})
}

// skipToPack reads what stands before the pack: shallow commits and NAK, or the sections of version 2.
func skipToPack(p *pktReader, version2 bool) (*pktBand, error) {
	for {
		kind, line, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%w: an answer without a pack", errRefused)
		}
		if err != nil {
			return nil, err
		}
		word, _, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
		if kind != pktLine {
			continue
		}
		if (version2 && word == "packfile") || (!version2 && (word == "NAK" || word == "ACK")) {
			return &pktBand{p: p}, nil
		}
	}
}
