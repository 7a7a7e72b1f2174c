package hooks

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Event is what happened, in one word for all forges.
type Event string

const (
	Pushed      Event = "push"    // commits, to any branch
	RefCreated  Event = "create"  // a tag or a branch
	RefDeleted  Event = "delete"  // a tag or a branch
	Released    Event = "release" // published, changed or withdrawn
	Created     Event = "created" // a repository, like all that follow
	Edited      Event = "edited"  // its description, its main branch
	Renamed     Event = "renamed" // within the same owner
	Transferred Event = "transferred"
	Archived    Event = "archived" // or no longer
	Published   Event = "publicized"
	Hidden      Event = "privatized"
	Deleted     Event = "deleted"
	GroupMoved  Event = "group" // a GitLab group got another path, or went
)

// Push is what a forge says: where something changed.
type Push struct {
	Event Event
	// URLs are the addresses of the repository, for cloning and for reading, in the canonical form of
	// [publiccode.NormalizeURL], each once; after a rename or a transfer the old ones too. Empty for GroupMoved.
	URLs []string
	// Owners are web addresses, canonical too, of whom the repository belongs to (on GitLab all groups around it, nearest
	// first; after a transfer the former owner too) when the list of what they have may be another now: a source that
	// names one of them must be looked at again. Nil when only the repository itself changed.
	Owners []string
	// Deleted says that the repository is no longer there.
	Deleted bool
}

// add puts the canonical forms of addresses into list, each once; what is no address of a web or Git host is left out.
func add(list []string, raw ...string) []string {
	for _, r := range raw {
		if u := canonical(r); u != "" && !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	return list
}

// canonical gives the canonical form of an address with a path, or "".
func canonical(raw string) string {
	if len(raw) > MaxURL || !utf8.ValidString(raw) || strings.ContainsFunc(raw, unicode.IsControl) {
		return ""
	}
	n := publiccode.NormalizeURL(raw)
	if !strings.HasPrefix(n, "https://") || len(n) > MaxURL {
		return ""
	}
	if u, err := url.Parse(n); err != nil || u.Hostname() == "" || u.Path == "" {
		return ""
	}
	return n
}

// parent gives the address one step up, or "" where only the host is left.
func parent(address string) string {
	i := strings.LastIndexByte(address, '/')
	if i < 0 {
		return ""
	}
	return canonical(address[:i])
}
