package indexer

import (
	"context"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// maxFormer is how many addresses that descriptors name as their home are asked whether they lead here.
const maxFormer = 3

// former asks the addresses that descriptors name, and that are not this repository's, whether their forge sends on to it:
// a repository that was renamed, and found again in the list of its owner, is not a copy of what it was.
func (c *Crawler) former(ctx context.Context, v *catalog.Visit) (out []string) {
	if v.URL == "" || v.Tree == nil {
		return nil
	}
	for i, at := range v.Tree.CopyOf {
		if i == maxFormer {
			break
		}
		if host(at) != host(v.URL) {
			continue // a forge redirects within itself
		}
		way := at
		if scheme, _, ok := strings.Cut(v.Source.URL, "://"); ok { // a canonical address is https, whatever its host speaks
			_, rest, _ := strings.Cut(at, "://")
			way = scheme + "://" + rest
		}
		head, err := c.cfg.Git.List(ctx, Ask{URL: way})
		v.Requests++
		v.Bytes += head.Bytes
		if err == nil && identity(head.Moved) == v.URL {
			out = append(out, at)
		}
	}
	return out
}

// mayHaveMoved says of a place that its list no longer names whether it is worth asking: repositories are, which a forge
// had listed.
func (c *Crawler) mayHaveMoved(t *task, st *catalog.SourceState) bool {
	return t.src.Kind == kindKit && st.Listed != nil && identity(t.src.URL) != "" && len(st.Keys) > 0
}

// moved asks a repository whether its forge sends us on to another address.
func (c *Crawler) moved(ctx context.Context, t *task) bool {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.VisitTimeout)
	defer cancel()
	head, err := c.cfg.Git.List(ctx, askOf(&t.src))
	at := identity(head.Moved)
	return err == nil && at != "" && at != identity(t.src.URL)
}
