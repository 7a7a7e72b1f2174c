package indexer

import (
	"context"
	"io/fs"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Git reads repositories. It is an interface so that this package does not carry a Git library, and so that another
// way of fetching can take its place.
type Git interface {
	// List makes one reference listing: the test of change. A place that is broken gives a [*Trouble].
	List(ctx context.Context, a Ask) (Head, error)
	// Open reads one commit: what Head named.
	Open(ctx context.Context, a Ask, h Head) (*Checkout, error)
}

// Ask is what is wanted of a repository.
type Ask struct {
	URL      string
	Branch   string // "" is the default one
	Folder   string // the only one that is read; "" is the whole tree
	MaxBytes int64  // that may come over the wire; zero: as much as the reader allows
	Trusted  bool   // the operator wrote the address: it may lead to this machine, and use the operator's key
}

// Head is what a reference listing says.
type Head struct {
	Commit string
	Branch string
	Tags   []catalog.Tag
	Bytes  int64  // received for the listing
	Mark   string // equal for two listings that say the same
	Moved  string // the address to which the server sent us on; "" when it answered where it was asked
	Handle any    // of the reader's own: Open gets it back
}

// Checkout is one commit as a tree, with what it took to get it.
type Checkout struct {
	FS       fs.FS
	Changed  time.Time // date of the commit
	Findings []schema.Finding
	Partial  bool // some of what was wanted could not be had
	Bytes    int64
	Requests int
	Way      string
	// History tells what happened to the paths, files or folders; "" is the whole tree. It may be nil. With an error it gives
	// what it took, in bytes and requests.
	History func(ctx context.Context, paths []string) (History, error)
	// Blob gives Git's name of the bytes of a file of the commit, fetched or not; "" where there is no such file. Nil: not
	// known of any.
	Blob func(path string) string
	// Size gives the bytes of a file without fetching it, -1 where it cannot be told. It may be nil: a commit does not tell.
	Size func(path string) int64
	// Sum gives the SHA-256 of a file, in hexadecimal, without holding its bytes in memory; "" where it cannot be told. It may be
	// nil: a commit names bytes in its own way.
	Sum func(path string) string
	// Fetch brings the bytes of more files, by path: got is called once for each that came, one at a time, in no order; its
	// bytes are not to be kept. Of files with the same bytes got is called for the first path given only. What could not be
	// had is told in Missed, each path by itself. The error is ctx's, or got's; what it took is told with it. Nil: no more
	// can be fetched.
	Fetch func(ctx context.Context, paths []string, lim FetchLimits, got func(path string, data []byte) error) (Fetched, error)
	// Close frees what the checkout holds. It may be nil.
	Close func() error
}

// History is what the commits of a repository tell.
type History struct {
	Changes  map[string][]catalog.Change // by path, newest first
	TagTimes map[string]time.Time        // when the commit of a tag was made
	Complete bool                        // false: older commits exist that were not looked at
	Bytes    int64
	Requests int
}

// FetchLimits bound one Checkout.Fetch. Zero: as much as the reader allows.
type FetchLimits struct {
	File int64 // bytes of one file
	Wire int64 // bytes on the wire, all requests together
}

// Fetched is what one Checkout.Fetch came to.
type Fetched struct {
	Bytes    int64 // on the wire
	Requests int
	Missed   []Missed
}

// Missed is one file that could not be had.
type Missed struct {
	Path   string
	Why    MissedWhy
	Reason schema.Text
}

// MissedWhy is the kind of reason for which a file could not be had.
type MissedWhy string

// The kinds of reason.
const (
	MissedLost   MissedWhy = "lost"   // the server does not have it, or the commit does not name it
	MissedLarge  MissedWhy = "large"  // over FetchLimits.File
	MissedBudget MissedWhy = "budget" // FetchLimits.Wire was spent, or would be: the next visit goes on
	MissedBroken MissedWhy = "broken" // the server failed meanwhile
	MissedHere   MissedWhy = "here"   // it came, and this machine could not read it: the next visit tries again
	// MissedRefused: the server gives no single files, and the whole is too dear. To ask again at each visit is of no use.
	MissedRefused MissedWhy = "refused"
)

// Trouble says that a place is broken: it is the outcome of a visit, not an error of ours.
type Trouble struct {
	Outcome catalog.Outcome // Absent or Failed
	Reason  schema.Text
	RetryAt time.Time // when the place asked to be visited again; zero where it did not
	Fault   catalog.Fault
	// Bytes and Requests are what a Git.Open that failed took all the same; what List took its Head tells.
	Bytes    int64
	Requests int
	Err      error
}

func (t *Trouble) Error() string {
	if t.Err != nil {
		return t.Reason.En + ": " + t.Err.Error()
	}
	return t.Reason.En
}

// Unwrap gives the cause.
func (t *Trouble) Unwrap() error { return t.Err }
