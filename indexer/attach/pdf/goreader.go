package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	lib "github.com/ledongthuc/pdf"
)

// goName names the reader in Go: the day of the library, then the number of our own way to read a page with it.
const goName = "pdf-go 20260907.1"

const (
	maxAbandoned = 4  // files that are read in this process at once, or were left behind in it
	maxTreeDepth = 64 // of the tree of pages
	maxTreeNodes = 1 << 16
)

// readHere reads with the library in this process.
func (r *Reader) readHere(ctx context.Context, data []byte, maxPages int, maxText int64) (Document, error) {
	select {
	case r.slot <- struct{}{}:
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return Document{Incomplete: true}, fmt.Errorf("%w: other files are still being read", ErrTime)
		}
		return Document{}, ctx.Err()
	}
	j := &job{source: source{data: data}, done: make(chan struct{})}
	go func() {
		defer close(j.done)
		defer func() { <-r.slot }() // before: whoever has the answer finds the place free
		j.doc, j.err = j.read(maxPages, maxText)
	}()
	select {
	case <-j.done:
		return j.doc, j.err
	case <-ctx.Done():
		j.over.Store(true)
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return Document{Incomplete: true}, ErrTime
		}
		return Document{}, ctx.Err()
	}
}

// source gives the library the bytes until the time is over; then it breaks off whatever asks for more.
type source struct {
	data []byte
	over atomic.Bool
}

// errOver is what a reader that is broken off meets.
var errOver = errors.New("broken off")

func (s *source) stop() {
	if s.over.Load() {
		panic(errOver)
	}
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	s.stop()
	if off < 0 || off >= int64(len(s.data)) {
		return 0, io.EOF
	}
	n := copy(p, s.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// job is one file on its way through the library.
type job struct {
	source
	done chan struct{}
	doc  Document
	err  error
}

// read never panics. What it could read before it met an error stays in the document.
func (j *job) read(maxPages int, maxText int64) (doc Document, err error) {
	doc.Incomplete = true
	defer func() {
		if x := recover(); x != nil && err == nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, cut(fmt.Sprint(x), 200))
		}
		if err != nil {
			doc = Document{}
		}
	}()
	data := j.data
	if i := bytes.Index(data[:min(len(data), headBytes)], []byte("%PDF-")); i > 0 {
		data = data[i:] // the library wants it at the first byte, and offsets count from there
	}
	if i := bytes.LastIndex(data, []byte("%%EOF")); i > 0 {
		data = data[:i+len("%%EOF")] // and nothing behind the end
	}
	if err := guard(data); err != nil {
		return doc, err
	}
	j.data = data
	pages, count, err := j.open(maxPages)
	if err != nil && !errors.Is(err, ErrEncrypted) && !errors.Is(err, ErrTime) {
		if mended := mend(data, j.stop); mended != nil {
			j.data = mended
			pages, count, err = j.open(maxPages)
		}
	}
	if err != nil {
		return doc, err
	}
	doc.PageCount = count
	fonts := map[string]*font{}
	for _, p := range pages {
		if maxText <= 0 {
			break
		}
		s, full := j.page(p, fonts, maxText)
		s = clean(s)
		doc.Pages = append(doc.Pages, s)
		maxText -= int64(len(s))
		if full && maxText <= 0 {
			break
		}
	}
	return doc, nil
}

// open finds the first pages of the file and how many it has.
func (j *job) open(most int) (pages []leaf, count int, err error) {
	defer func() {
		if x := recover(); x != nil {
			over(x)
			err = fmt.Errorf("%w: %v", ErrDamaged, cut(fmt.Sprint(x), 200))
		}
	}()
	file, err := lib.NewReader(header{&j.source}, int64(len(j.data)))
	if err != nil {
		return nil, 0, whyLibrary(j.data, err)
	}
	t := tree{most: max(most, 1), stop: j.stop}
	t.walk(file.Trailer().Key("Root").Key("Pages"), lib.Value{}, maxTreeDepth)
	if len(t.pages) == 0 {
		return nil, 0, fmt.Errorf("%w: no page could be found in it", ErrDamaged)
	}
	if n := file.NumPage(); n > 0 && n <= maxPageCount {
		count = n
	}
	return t.pages, max(count, len(t.pages)), nil
}

// over passes on the panic of what was broken off.
func over(x any) {
	if err, ok := x.(error); ok && errors.Is(err, errOver) {
		panic(x)
	}
}

// page gives the words of one page; a page that cannot be read is empty and harms no other.
func (j *job) page(p leaf, fonts map[string]*font, most int64) (s string, full bool) {
	defer func() {
		if x := recover(); x != nil {
			over(x)
			s, full = "", false
		}
	}()
	return pageText(p.page, p.resources, fonts, int(most), j.stop)
}

// leaf is a page with the resources that it has or inherits.
type leaf struct{ page, resources lib.Value }

// tree gathers the first pages of a file.
type tree struct {
	pages []leaf
	most  int
	nodes int
	stop  func()
}

func (t *tree) walk(node, resources lib.Value, depth int) {
	t.stop()
	if t.nodes++; depth == 0 || t.nodes > maxTreeNodes || len(t.pages) >= t.most {
		return
	}
	if own := node.Key("Resources"); !own.IsNull() {
		resources = own
	}
	kids := node.Key("Kids")
	if kids.Kind() != lib.Array {
		if node.Kind() == lib.Dict {
			t.pages = append(t.pages, leaf{node, resources})
		}
		return
	}
	for i := range kids.Len() {
		if t.nodes > maxTreeNodes || len(t.pages) >= t.most {
			return
		}
		t.kid(kids, i, resources, depth-1)
	}
}

// kid walks one branch; where it is broken the others still stand.
func (t *tree) kid(kids lib.Value, i int, resources lib.Value, depth int) {
	defer func() {
		if x := recover(); x != nil {
			over(x)
		}
	}()
	t.walk(kids.Index(i), resources, depth)
}

// header shows the library the version and the ending of line that it insists on: files of version 2.0, or with more on
// their first line, are read by the same rules.
type header struct{ *source }

func (h header) ReadAt(p []byte, off int64) (int, error) {
	n, err := h.source.ReadAt(p, off)
	if const10 := "%PDF-1.7\n"; off == 0 && n >= len(const10) {
		copy(p, const10)
	}
	return n, err
}

// whyLibrary turns an error of the library into one of ours.
func whyLibrary(data []byte, err error) error {
	if errors.Is(err, lib.ErrInvalidPassword) || bytes.Contains(data, []byte("/Encrypt")) && strings.Contains(err.Error(), "encrypt") {
		return ErrEncrypted
	}
	if errors.Is(err, errOver) {
		return ErrTime
	}
	return fmt.Errorf("%w: %s", ErrDamaged, cut(err.Error(), 200))
}

// countHere asks the library how many pages the file has; 0 where it cannot tell.
func (r *Reader) countHere(ctx context.Context, data []byte) int {
	read := r.readHere
	if len(r.cfg.Self) > 0 {
		read = r.readChild
	}
	doc, err := read(ctx, data, 0, 0)
	if err != nil {
		return 0
	}
	return doc.PageCount
}
