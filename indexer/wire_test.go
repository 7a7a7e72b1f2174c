package indexer

import (
	"bytes"
	"context"
	"crypto/sha1" // Git names blobs so
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
)

// wire gives the files of trees one by one, and remembers which.
type wire struct {
	fetched []string
	asked   []string        // fetched or not
	lost    map[string]bool // paths whose bytes the server does not have
	broken  map[string]bool // paths at which it fails
}

// lead makes a checkout give more files. What is lost cannot be opened either.
func (w *wire) lead(co *Checkout, tree fstest.MapFS) {
	co.FS = &lossy{tree, w.lost}
	co.Blob = func(p string) string {
		if f := tree[p]; f != nil {
			return blobOf(f.Data)
		}
		return ""
	}
	co.Fetch = func(ctx context.Context, paths []string, lim FetchLimits, got func(string, []byte) error) (out Fetched, err error) {
		out.Requests = 1
		w.asked = append(w.asked, paths...)
		for _, p := range paths {
			if err := ctx.Err(); err != nil {
				return out, err
			}
			f, size := tree[p], int64(0)
			if f != nil {
				size = int64(len(f.Data))
			}
			miss := func(why MissedWhy) {
				out.Missed = append(out.Missed, Missed{Path: p, Why: why, Reason: schema.T("perché "+string(why), "because "+string(why))})
			}
			switch {
			case f == nil || w.lost[p]:
				miss(MissedLost)
			case w.broken[p]:
				miss(MissedBroken)
			case size > lim.File:
				miss(MissedLarge)
			case out.Bytes+size > lim.Wire:
				miss(MissedBudget)
			default:
				out.Bytes += size
				w.fetched = append(w.fetched, p)
				if err := got(p, bytes.Clone(f.Data)); err != nil {
					return out, err
				}
			}
		}
		return out, nil
	}
}

func blobOf(data []byte) string {
	return fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(data), data)))
}

// lossy is a tree some of whose files cannot be opened.
type lossy struct {
	fstest.MapFS
	lost map[string]bool
}

func (l *lossy) Open(name string) (fs.File, error) {
	if l.lost[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return l.MapFS.Open(name)
}

func (l *lossy) ReadFile(name string) ([]byte, error) {
	if l.lost[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return l.MapFS.ReadFile(name)
}

// plainReader draws the text out of plain text, whose pages end with a form feed, and counts what it was given.
type plainReader struct {
	mu      sync.Mutex
	version string
	read    []string
	slow    string                                       // of this file time is up
	during  func(ctx context.Context, name string) error // called before a file is read
}

func (r *plainReader) Version(name string) string { return "plain " + r.version }
func (r *plainReader) Wanted(name string) bool {
	return path.Ext(name) == ".txt" || path.Ext(name) == ".md"
}

func (r *plainReader) Read(ctx context.Context, name, blob string, data []byte) (catalog.Text, error) {
	if r.during != nil {
		if err := r.during(ctx, name); err != nil {
			return catalog.Text{}, err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.read = append(r.read, name)
	t := catalog.Text{Blob: blob, Reader: r.Version(name), Format: "txt", Bytes: int64(len(data))}
	if name == r.slow {
		t.Tries, t.Incomplete = 1, true
		return t, nil
	}
	for i, page := range strings.Split(string(data), "\f") {
		t.Pages = append(t.Pages, catalog.TextPage{N: i + 1, Text: page})
		t.PageCount = i + 1
	}
	return t, nil
}

// reading is a crawl of one repository whose attachments are read.
type reading struct {
	*trees
	t      *testing.T
	c      *Crawler
	cfg    Config
	store  *catalogtest.Memory
	reader *plainReader
	src    catalog.Source
	n      int
}

// readingOf makes one of a tree. Set may change what the crawler is told.
func readingOf(t *testing.T, tree fstest.MapFS, set func(*Config)) *reading {
	t.Helper()
	r := &reading{t: t, reader: &plainReader{version: "1"}, src: source("ente"),
		trees: &trees{at: map[string]fstest.MapFS{}, mark: map[string]string{}, wire: &wire{lost: map[string]bool{}, broken: map[string]bool{}}}}
	r.commit(tree)
	r.c, r.store = crawler(t, r.trees, func(cfg *Config) {
		cfg.Attachments = &Attachments{Reader: r.reader}
		if set != nil {
			set(cfg)
		}
		r.cfg = *cfg
		cfg.Attachments.Store = cfg.Store.(TextStore)
	})
	return r
}

// renew makes another crawler over the same store.
func (r *reading) renew(set func(*Config)) {
	r.t.Helper()
	r.cfg.Store = r.store
	set(&r.cfg)
	r.cfg.Attachments.Store = r.store
	c, err := New(r.cfg)
	if err != nil {
		r.t.Fatal(err)
	}
	r.c = c
}

// commit is a new commit of the repository.
func (r *reading) commit(tree fstest.MapFS) {
	r.n++
	r.at[r.src.URL], r.mark[r.src.URL] = tree, fmt.Sprint(r.n)
}

// visit crawls, wants an outcome, and gives the state, with what was fetched in this visit, in order.
func (r *reading) visit(want catalog.Outcome) (catalog.SourceState, []string) {
	r.t.Helper()
	r.wire.fetched, r.wire.asked, r.reader.read = nil, nil, nil
	rep, err := r.c.Crawl(r.t.Context(), []catalog.Source{r.src})
	if err != nil {
		r.t.Fatal(err)
	}
	if rep.Visits[want] != 1 {
		r.t.Fatalf("outcome %v, want %s: %s", rep.Visits, want, rep.Sources[0].Summary.Reason.It)
	}
	slices.Sort(r.wire.fetched)
	return r.state(), r.wire.fetched
}

func (r *reading) state() catalog.SourceState {
	r.t.Helper()
	k, err := r.store.Known(r.t.Context(), r.src.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return k.State
}

// kit gives the published kit of the repository.
func (r *reading) kit() *catalog.Entry {
	r.t.Helper()
	e, err := r.store.EntryByKey(r.t.Context(), catalog.KindKit, catalog.Key(r.src.URL))
	if err != nil {
		r.t.Fatal(err)
	}
	return e
}

// found says on which pages of which attachments words are found: "Modulo 2".
func (r *reading) found(words string) (out []string) {
	r.t.Helper()
	res, err := r.store.Search(r.t.Context(), catalog.Query{Text: words})
	if err != nil {
		r.t.Fatal(err)
	}
	for _, g := range res.Hits {
		for _, h := range g.Parts {
			if h.Type == catalog.PartAttachment {
				out = append(out, fmt.Sprintf("%s %d", h.Title, h.Page))
			}
		}
	}
	return out
}

// told gives the findings with a code, by file.
func told(st catalog.SourceState, code string) (out []string) {
	for _, f := range st.Findings {
		if f.Code == code {
			out = append(out, f.File)
		}
	}
	return out
}

// files makes a tree of texts.
func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for p, text := range texts {
		out[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}
