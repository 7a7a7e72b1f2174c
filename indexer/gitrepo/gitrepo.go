package gitrepo

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// Config says by which client and how far. A Client is all that http and https need.
type Config struct {
	// Client makes the requests; it should be one of indexer/outbound. Nil refuses everything that is not local.
	Client *http.Client
	// TrustedClient makes the requests to addresses that the operator wrote (Ask.Trusted): a client that carries the
	// operator's tokens, which would open private repositories to whoever proposes their address. Nil means Client.
	TrustedClient *http.Client
	// Mirrors are routes of the operator, see Mirror.
	Mirrors []Mirror
	// AllowLocal lets paths and file:// in: only for addresses that the operator wrote, never for those of a source.
	AllowLocal bool
	// SSH reads what the operator wrote with ssh:// or user@host:path (Ask.Trusted); nil means that ssh is refused.
	SSH *SSH
	// Limits bound every call; zero fields have defaults.
	Limits Limits
	// Held is how many inflated bytes of packs all calls may hold at the same moment; a call that would hold more waits for
	// the others. Zero means DefaultHeld; less than Limits.Memory means one call at a time.
	Held int64
	// TempDir holds a whole commit while it is read, where a server cannot leave files out. Empty means the system's.
	TempDir string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Reader reads repositories. It may be used by many goroutines at once.
type Reader struct {
	c Config
	g *gate
}

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

	refs     Refs
	whole    int64        // bytes of the whole commit, where that was fetched
	noSingle bool         // the server refused single files
	aside    atomic.Int64 // bytes of History and Fetch, which Bytes leaves out
}

// New checks the configuration.
func New(c Config) (*Reader, error) {
	if c.Limits.negative() || c.Held < 0 {
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
	return &Reader{c: c, g: newGate(cmp.Or(c.Held, DefaultHeld), c.Limits.Memory)}, nil
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
