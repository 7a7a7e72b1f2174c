package gitrepo

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"
)

// maxParents is how many parents of one commit are followed; Linux has a merge of 66.
const maxParents = 128

// commit is what we read of one: never who wrote it.
type commit struct {
	tree    plumbing.Hash
	parents []plumbing.Hash
	when    time.Time // the committer's clock, in UTC
	message string    // whole, valid UTF-8
}

// readCommit gets and parses a commit.
func readCommit(st store, id plumbing.Hash) (commit, error) {
	b, err := st.object(id, plumbing.CommitObject)
	if err != nil {
		return commit{}, err
	}
	return parseCommit(b)
}

// parseCommit reads the lines that matter (gitformat: tree, parent, committer, encoding) and the message.
func parseCommit(b []byte) (commit, error) {
	var c commit
	head, message, _ := bytes.Cut(b, []byte("\n\n"))
	latin, found := false, false
	for line := range bytes.SplitSeq(head, []byte("\n")) {
		key, value, _ := strings.Cut(string(line), " ")
		switch key {
		case "tree":
			c.tree, found = parseOID(value)
		case "parent":
			if p, ok := parseOID(value); ok && len(c.parents) < maxParents {
				c.parents = append(c.parents, p)
			}
		case "committer":
			c.when = clock(value)
		case "encoding":
			latin = strings.EqualFold(value, "iso-8859-1") || strings.EqualFold(value, "latin1")
		}
	}
	if !found {
		return c, fmt.Errorf("%w: a commit without a tree", ErrCorrupt)
	}
	if latin && !utf8.Valid(message) {
		runes := make([]rune, len(message))
		for i, x := range message {
			runes[i] = rune(x)
		}
		c.message = string(runes)
	} else {
		c.message = strings.ToValidUTF8(string(message), "\ufffd")
	}
	return c, nil
}

// clock reads the time at the end of "Name <mail> 1700000000 +0100"; the zero time when it is not one.
func clock(s string) time.Time {
	_, s, ok := strings.Cut(s[strings.LastIndexByte(s, '>')+1:], " ")
	if !ok {
		return time.Time{}
	}
	sec, _, _ := strings.Cut(s, " ")
	n, err := strconv.ParseInt(sec, 10, 64)
	if err != nil || n < 0 || n > 1<<40 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}
