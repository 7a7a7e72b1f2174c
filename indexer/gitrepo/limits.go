package gitrepo

import (
	"cmp"
	"time"
)

// The limits that hold where [Limits] says nothing.
const (
	DefaultRefBytes    = 8 << 20          // wire bytes of one list of references
	DefaultTags        = 2_000            // tags kept of it
	DefaultTreeBytes   = 64 << 20         // wire bytes of commits and trees, one request
	DefaultTextBytes   = 32 << 20         // wire bytes of the wanted files, one request
	DefaultDiskBytes   = 1 << 30          // wire bytes of a whole commit, where the server cannot leave files out
	DefaultMemory      = 128 << 20        // inflated bytes kept in memory of one request
	DefaultInflated    = 4 << 30          // inflated bytes that are worked through, kept or not
	DefaultFile        = 2 << 20          // bytes of one wanted file
	DefaultAttachment  = maxObject        // bytes of one file of Fetch
	DefaultAttachments = 256 << 20        // wire bytes of one Fetch, all its requests
	DefaultFiles       = 250_000          // files and folders in the tree
	DefaultWanted      = 5_000            // files asked for, by Open or by one Fetch
	DefaultDepth       = 64               // folders inside folders
	DefaultPathBytes   = 4_096            // bytes of one path
	DefaultCommits     = 20_000           // commits in a history
	DefaultChanges     = 200              // changes told of one file
	DefaultTime        = 10 * time.Minute // one call, all its requests

	maxObject     = 48 << 20  // bytes of one commit or tree: a folder of half a million files
	maxObjects    = 4_000_000 // objects in one pack
	maxDeltaChain = 512       // deltas on deltas; git writes 50, or 250 when asked for
	maxLostTexts  = 32        // wanted texts that a server may have lost before the whole commit is tried
	maxSkipped    = 1_000     // remarks kept
	maxErrorText  = 300       // bytes of a server's own words in an error
)

// Limits bound one call. A zero field means the default of the same name.
type Limits struct {
	RefBytes, TreeBytes, TextBytes, DiskBytes int64         // bytes on the wire, per request
	Memory, Inflated                          int64         // bytes after inflation, per request
	File                                      int64         // bytes of one wanted file: larger ones are skipped
	Attachment                                int64         // bytes of one file of Fetch, at most DefaultAttachment
	Attachments                               int64         // bytes on the wire of one Fetch, all its requests
	Files, Wanted, Depth, PathBytes, Tags     int           // of one commit
	Commits, Changes                          int           // of a history
	Time                                      time.Duration // one call
}

// complete fills the defaults in.
func (l Limits) complete() Limits {
	return Limits{
		RefBytes: cmp.Or(l.RefBytes, DefaultRefBytes), TreeBytes: cmp.Or(l.TreeBytes, DefaultTreeBytes),
		TextBytes: cmp.Or(l.TextBytes, DefaultTextBytes), DiskBytes: cmp.Or(l.DiskBytes, DefaultDiskBytes),
		Memory: cmp.Or(l.Memory, DefaultMemory), Inflated: cmp.Or(l.Inflated, DefaultInflated),
		File: cmp.Or(l.File, DefaultFile), Attachment: cmp.Or(l.Attachment, DefaultAttachment), Attachments: cmp.Or(l.Attachments, DefaultAttachments),
		Files: cmp.Or(l.Files, DefaultFiles), Wanted: cmp.Or(l.Wanted, DefaultWanted),
		Depth: cmp.Or(l.Depth, DefaultDepth), PathBytes: cmp.Or(l.PathBytes, DefaultPathBytes), Tags: cmp.Or(l.Tags, DefaultTags),
		Commits: cmp.Or(l.Commits, DefaultCommits), Changes: cmp.Or(l.Changes, DefaultChanges), Time: cmp.Or(l.Time, DefaultTime),
	}
}

// negative says whether any limit makes no sense.
func (l Limits) negative() bool {
	return min(l.RefBytes, l.TreeBytes, l.TextBytes, l.DiskBytes, l.Memory, l.Inflated, l.File, l.Attachment, l.Attachments) < 0 ||
		min(l.Files, l.Wanted, l.Depth, l.PathBytes, l.Tags, l.Commits, l.Changes) < 0 || l.Time < 0
}
