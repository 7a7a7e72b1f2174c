package peer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Software is what a server of the Developers Italia API lists.
type Software struct {
	Entries    []Entry
	Publishers []Publisher // the active ones
	Catalogues []Origin    // beside the main one, whose id is ""
	Findings   []schema.Finding
	Unchanged  bool        // it is as it was at the mark; then there is nothing else
	Partial    bool        // not all was read: what is not here may still be there
	Why        schema.Text // it is partial
	Retry      time.Time   // when a busy server wants to be asked again; zero when it did not say
	Mark       string
	Requests   int
	Bytes      int64
}

// Entry is one repository that another catalogue lists.
type Entry struct {
	ID         string    // in that catalogue
	URL        string    // canonical, see publiccode.NormalizeURL; a folder of a repository has it behind "//"
	Route      string    // the address of the repository as it was given, for who visits it; without the folder
	Folder     string    // of the repository; "" is the whole. Only a riuso catalogue tells it
	Aliases    []string  // canonical
	PublicCode []byte    // the publiccode.yml as that catalogue has it; nil when it has none or it is too large
	File       string    // what to call it in findings
	Active     bool      // false: that catalogue has put it aside by hand
	Created    time.Time // in that catalogue; zero when it does not say
	Updated    time.Time
	Origin     string // id of the catalogue within a server that has several; "" for the main one

	// What only a riuso catalogue says.
	Via     []string      // chain by which that catalogue has it, nearest to it first; none: by its own visit
	Kit     *catalog.Kit  // the kit as that catalogue read it, where the repository may be out of reach for others; else nil
	State   catalog.State // live or missing there; "" where the API does not tell
	Commit  string        // at which it was read there
	Changed time.Time     // date of that commit
}

// Origin is a catalogue within a server of the Developers Italia API.
type Origin struct {
	ID      string
	Name    string
	Code    string // its alternativeId
	Active  bool
	Sources []OriginSource // what that catalogue itself is fed by
}

// OriginSource is a place that feeds an [Origin]; the driver says what it is ("github", "json").
type OriginSource struct{ URL, Driver string }

// Software reads all entries, publishers and catalogues of a server of the Developers Italia API. addr is its base
// ("https://api.example.it/v1"), with or without the version, a slash or "/software" at the end. mark is that of the
// last look, or "". What breaks in the middle makes the answer partial; an error is only what kept the first page away.
func (r *Reader) Software(ctx context.Context, addr, mark string) (Software, error) {
	l := &look{r: r}
	out, err := l.software(ctx, addr, mark)
	out.Requests, out.Bytes = l.requests, l.bytes
	return out, err
}

func (l *look) software(ctx context.Context, addr, kept string) (Software, error) {
	u, err := base(addr)
	if err != nil {
		return Software{}, err
	}
	for _, tail := range []string{"/software", "/publishers", "/catalogs"} {
		u.Path = strings.TrimSuffix(u.Path, tail)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	root, old := u.String(), parseMark(kept)
	if l.same(ctx, root, old, accept) {
		return Software{Unchanged: true, Mark: kept}, nil
	}
	if err := ctx.Err(); err != nil {
		return Software{}, err
	}
	s := &listing{look: l, base: root, entries: map[string]bool{}, urls: map[string]bool{}}
	err = s.list(ctx, "/software", true, s.entry(""))
	if s.first && !strings.HasSuffix(u.Path, "/v1") && (errors.Is(err, ErrAbsent) || errors.Is(err, ErrNotThis)) {
		u.Path += "/v1" // the address of the server, without the version
		s = &listing{look: l, base: u.String(), entries: map[string]bool{}, urls: map[string]bool{}}
		if again := s.list(ctx, "/software", true, s.entry("")); again == nil || !s.first {
			err = again
		}
	}
	if err != nil && (s.first || ctx.Err() != nil) {
		return Software{}, cmp.Or(ctx.Err(), err)
	}
	s.halt(err)
	if err := s.rest(ctx); err != nil {
		return Software{}, err
	}
	return s.finish(old, kept), nil
}

// listing is a reading of one server.
type listing struct {
	*look
	base    string
	out     Software
	marks   []markedPage
	entries map[string]bool // ids that were seen
	urls    map[string]bool
	places  int
	first   bool // nothing has been read yet
}

// rest reads catalogues and publishers, and the entries of catalogues that the main list does not hold. It fails only
// when the caller's time is over.
func (s *listing) rest(ctx context.Context) error {
	if s.out.Partial {
		return ctx.Err()
	}
	s.optional(s.list(ctx, "/catalogs", true, s.catalogue))
	s.optional(s.list(ctx, "/publishers", false, s.publisher("")))
	for _, c := range s.out.Catalogues {
		if ctx.Err() != nil || s.out.Partial {
			break
		}
		if !slices.ContainsFunc(s.out.Entries, func(e Entry) bool { return e.Origin == c.ID }) {
			s.optional(s.list(ctx, "/catalogs/"+url.PathEscape(c.ID)+"/software", true, s.entry(c.ID)))
		}
		if !slices.ContainsFunc(s.out.Publishers, func(p Publisher) bool { return p.Origin == c.ID }) {
			s.optional(s.list(ctx, "/catalogs/"+url.PathEscape(c.ID)+"/publishers", false, s.publisher(c.ID)))
		}
	}
	return ctx.Err()
}

// optional takes the end of a list that older servers do not have.
func (s *listing) optional(err error) {
	if s.first && (errors.Is(err, ErrAbsent) || errors.Is(err, ErrNotThis)) {
		return
	}
	s.halt(err)
}

// halt notes that something was not read.
func (s *listing) halt(err error) {
	if err == nil || s.out.Partial {
		return
	}
	s.out.Partial, s.out.Why = true, Words(err)
	var later *Later
	if errors.As(err, &later) {
		s.out.Retry = later.At
	}
}

func (s *listing) finish(old mark, kept string) Software {
	out := s.out
	if out.Partial {
		out.Findings = s.findings
		return out
	}
	m := mark{Digest: s.digest(), Pages: s.marks}
	if m.Digest == old.Digest {
		return Software{Unchanged: true, Mark: m.String()}
	}
	out.Mark, out.Findings = m.String(), s.findings
	return out
}

// digest speaks of all that the reader gives on, whatever the order in which it came.
func (s *listing) digest() string {
	h := sha256.New()
	entries := slices.SortedFunc(slices.Values(s.out.Entries), func(a, b Entry) int { return cmp.Compare(a.ID+a.URL, b.ID+b.URL) })
	for _, e := range entries {
		fold(h, "entry", e.ID, e.Route, strings.Join(e.Aliases, " "), string(e.PublicCode), strconv.FormatBool(e.Active), e.Origin)
	}
	ps := slices.SortedFunc(slices.Values(s.out.Publishers), func(a, b Publisher) int {
		return cmp.Compare(a.Origin+" "+a.ID+" "+a.Name, b.Origin+" "+b.ID+" "+b.Name)
	})
	for _, p := range ps {
		fold(h, "publisher", p.ID, p.Name, p.Origin)
		for i, places := range [][]Place{p.Orgs, p.Repos} {
			for _, at := range places {
				fold(h, strconv.Itoa(i), at.URL)
			}
		}
	}
	for _, c := range s.out.Catalogues {
		b, err := json.Marshal(c)
		if err == nil {
			fold(h, "catalogue", string(b))
		}
	}
	return digestOf(h)
}
