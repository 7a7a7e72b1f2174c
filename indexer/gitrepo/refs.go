package gitrepo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"
)

// maxRefName is the longest name of a tag or branch that is kept, in bytes.
const maxRefName = 255

// Tag is a name that the owner gave to a commit.
type Tag struct {
	Name   string // "v1.2.0"
	Commit string // the commit, also of an annotated tag
}

// Refs is what a repository says of itself in one request.
type Refs struct {
	Head   string // the commit of the default branch, 40 hexadecimal digits
	Branch string // its name without refs/heads/; empty when HEAD is detached
	Tags   []Tag  // by name; at most Limits.Tags
	Bytes  int64  // on the wire
	Moved  string // where the server sent us on to (a renamed repository), in the words of the address asked for; often ""

	at   string            // where the answer came from, after redirects; empty when not from List
	caps map[string]string // what the server can do

	client *http.Client // by which it was had, and by which the rest is
	ask    Ask          // the wishes that it answers

	requests int // that it took
}

// Digest is equal for two listings that say the same: the change test of a visit. It is "" for the zero value.
func (r Refs) Digest() string {
	if r.Head == "" {
		return ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %s\n", r.Head, r.Branch)
	for _, t := range r.Tags {
		fmt.Fprintf(h, "%s %s\n", t.Commit, t.Name)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// advert collects a listing line by line, whichever protocol version it came by.
type advert struct {
	head     plumbing.Hash
	branch   string // what HEAD points at, refs/heads/… whole
	branches map[string]plumbing.Hash
	tags     map[string]plumbing.Hash
	caps     map[string]string
	any      bool
}

func newAdvert() *advert {
	return &advert{branches: map[string]plumbing.Hash{}, tags: map[string]plumbing.Hash{}, caps: map[string]string{}}
}

// parseAdvert reads the answer to info/refs (gitprotocol-http, "smart server response").
func parseAdvert(r io.Reader) (*advert, error) {
	p, a, first := newPktReader(r), newAdvert(), true
	for {
		kind, line, err := p.next()
		if errors.Is(err, io.EOF) {
			return a, nil
		}
		if err != nil {
			return nil, err
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		if kind != pktLine || bytes.HasPrefix(line, []byte("# service=")) || string(line) == "version 1" {
			continue
		}
		if first {
			first = false
			var caps []byte
			line, caps, _ = bytes.Cut(line, []byte{0})
			a.capabilities(string(caps))
		}
		oid, name, ok := strings.Cut(string(line), " ")
		if len(oid) == oidLen256 || (a.caps["object-format"] != "" && a.caps["object-format"] != "sha1") {
			return nil, ErrSHA256
		}
		if oid == "shallow" {
			continue
		}
		h, good := parseOID(oid)
		if !ok || !good {
			return nil, fmt.Errorf("%w: a line of the list of references cannot be read", ErrCorrupt)
		}
		if h != plumbing.ZeroHash {
			a.add(name, h)
		}
	}
}

func (a *advert) capabilities(s string) {
	for _, c := range strings.Fields(s) {
		name, value, _ := strings.Cut(c, "=")
		if target, ok := strings.CutPrefix(value, "HEAD:"); ok && name == "symref" {
			a.branch = target
			continue
		}
		a.caps[name] = value
	}
}

// add takes one reference; those that are neither HEAD, branch nor tag (refs/pull/…) only show that something is there.
func (a *advert) add(name string, h plumbing.Hash) {
	a.any = true
	switch {
	case name == "HEAD":
		a.head = h
	case strings.HasPrefix(name, "refs/heads/"):
		a.branches[name] = h
	case strings.HasPrefix(name, "refs/tags/"):
		if tag, peeled := strings.CutSuffix(name, "^{}"); peeled {
			a.tags[tag] = h
		} else if _, known := a.tags[name]; !known {
			a.tags[name] = h
		}
	}
}

// refs decides which branch is read, the default one where none is asked for, and gives the listing its public form.
func (a *advert) refs(maxTags int, branch string) (Refs, error) {
	if !a.any {
		return Refs{}, ErrEmpty
	}
	if err := a.choose(branch); err != nil {
		return Refs{}, err
	}
	if a.head.IsZero() {
		if len(a.branches) == 0 {
			return Refs{}, ErrEmpty
		}
		if len(a.branches) > 1 {
			return Refs{}, fmt.Errorf("%w: HEAD names a branch that is not there, and there are %d others", ErrNoBranch, len(a.branches))
		}
		for name, h := range a.branches {
			a.branch, a.head = name, h
		}
	}
	r := Refs{Head: a.head.String(), caps: a.caps}
	if b, ok := strings.CutPrefix(a.branch, "refs/heads/"); ok && cleanRef(b) {
		r.Branch = b
	}
	for name, h := range a.tags {
		if t := strings.TrimPrefix(name, "refs/tags/"); cleanRef(t) {
			r.Tags = append(r.Tags, Tag{Name: t, Commit: h.String()})
		}
	}
	slices.SortFunc(r.Tags, func(x, y Tag) int { return strings.Compare(x.Name, y.Name) })
	r.Tags = r.Tags[:min(len(r.Tags), maxTags)]
	return r, nil
}

// cleanRef says whether a name may be shown: short, valid UTF-8, nothing invisible.
func cleanRef(s string) bool {
	return s != "" && len(s) <= maxRefName && utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}
