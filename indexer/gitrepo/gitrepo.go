package gitrepo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Config says by which client and how far. A Client is all that http and https need.
type Config struct {
	// Client makes the requests; it should be one of indexer/outbound. Nil refuses everything that is not local.
	Client *http.Client
	// Mirrors are routes of the operator, see Mirror.
	Mirrors []Mirror
	// AllowLocal lets paths and file:// in: only for addresses that the operator wrote, never for those of a source.
	AllowLocal bool
	// Limits bound every call; zero fields have defaults.
	Limits Limits
	// TempDir holds a whole commit while it is read, where a server cannot leave files out. Empty means the system's.
	TempDir string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Reader reads repositories. It may be used by many goroutines at once.
type Reader struct{ c Config }

// The ways in which a commit is had, cheapest first.
const (
	WayPartial  = "partial"    // trees, then the wanted files: three requests with the listing
	WayPartial0 = "partial-v0" // the same from a server that does not know protocol version 2
	WayWhole    = "depth-1"    // the whole commit through a file on disk
	WayLocal    = "local"      // a repository on this machine
)

// Snapshot is one commit of a repository.
type Snapshot struct {
	URL        string // as it was asked for: mirrors and redirects do not show
	Commit     string
	CommitTime time.Time // the committer's clock, in UTC
	Branch     string    // empty when HEAD is detached
	Tags       []Tag
	// FS holds the commit: every file is listed, the wanted ones open, the others give ErrNotFetched. It implements
	// fs.ReadDirFS, fs.ReadFileFS and fs.StatFS; Sys of a file's FileInfo is an *Entry.
	FS fs.FS
	// Skipped is what was left out, by path, at most a thousand; SkippedTotal counts all.
	Skipped      []Skipped
	SkippedTotal int
	// Partial says that wanted files are missing because a limit was met or the server did not send them.
	Partial bool
	// Collisions are paths that differ from another only by upper and lower case; both are in FS.
	Collisions []string
	Bytes      int64 // on the wire, without the listing of references
	Requests   int   // without the listing of references
	Way        string

	refs Refs
}

// New checks the configuration.
func New(c Config) (*Reader, error) {
	if c.Limits.negative() {
		return nil, errors.New("gitrepo: a limit is negative")
	}
	c.Limits = c.Limits.complete()
	if c.Now == nil {
		c.Now = time.Now
	}
	for _, m := range c.Mirrors {
		if m.Prefix == "" || m.Target == "" {
			return nil, errors.New("gitrepo: a mirror needs a prefix and a target")
		}
	}
	c.Mirrors = slices.Clone(c.Mirrors)
	slices.SortStableFunc(c.Mirrors, func(a, b Mirror) int { return cmp.Compare(len(b.Prefix), len(a.Prefix)) })
	return &Reader{c: c}, nil
}

// List asks what the repository's references are: exactly one request, the change test of a visit.
func (r *Reader) List(ctx context.Context, url string) (Refs, error) {
	ctx, cancel := context.WithTimeout(ctx, r.c.Limits.Time)
	defer cancel()
	refs, err := r.list(ctx, url)
	return refs, named(err, url)
}

func (r *Reader) list(ctx context.Context, url string) (Refs, error) {
	p, err := r.route(url)
	if err != nil {
		return Refs{}, err
	}
	if p.dir != "" {
		return r.listLocal(p.dir)
	}
	return r.listRemote(ctx, p, &meter{})
}

// Open reads the commit that refs names. Refs that do not come from List of this program's run (the zero value, or
// those of a record) are listed again first. A nil want means WantAuto.
func (r *Reader) Open(ctx context.Context, url string, refs Refs, want Want) (*Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, r.c.Limits.Time)
	defer cancel()
	if want == nil {
		want = WantAuto
	}
	fresh := refs.at == ""
	if fresh {
		var err error
		if refs, err = r.list(ctx, url); err != nil {
			return nil, named(err, url)
		}
	}
	s, err := r.open(ctx, url, refs, want)
	if err != nil && errors.Is(err, errRefused) && !fresh {
		// The branch moved since the listing, and the server no longer gives what it was: look once more.
		if refs, err = r.list(ctx, url); err == nil {
			s, err = r.open(ctx, url, refs, want)
		}
	}
	if err != nil {
		return nil, named(err, url)
	}
	return s, nil
}

func (r *Reader) open(ctx context.Context, url string, refs Refs, want Want) (*Snapshot, error) {
	p, err := r.route(url)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{URL: url, Commit: refs.Head, Branch: refs.Branch, Tags: refs.Tags, refs: refs}
	if p.dir != "" {
		return s, r.openLocal(ctx, s, p.dir, want)
	}
	if _, ok := refs.caps["filter"]; !ok {
		return s, r.openWhole(ctx, s, want)
	}
	return s, r.openPartial(ctx, s, want)
}

// named puts the address before an error, in a form fit to be shown, and gives the kinds inside a public name.
func named(err error, url string) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, errRefused) && !errors.Is(err, ErrUnsupported) {
		err = fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return fmt.Errorf("%s: %w", shown(withoutUser(url)), err)
}

// withoutUser takes a name and password out of an address, which need not be a URL, before it is shown.
func withoutUser(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	authority, path, _ := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		return scheme + "://" + authority[i+1:] + "/" + path
	}
	return address
}
