package main

import (
	"context"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
)

// git lets the crawler read repositories with gitrepo, whose words it translates.
type git struct{ reader *gitrepo.Reader }

func (g git) List(ctx context.Context, a indexer.Ask) (indexer.Head, error) {
	if !catalog.IsAddress(a.URL) {
		return indexer.Head{}, noAddress()
	}
	refs, err := g.reader.ListAs(ctx, a.URL, wishes(a))
	if err != nil {
		return indexer.Head{Bytes: refs.Bytes}, perhapsForge(a.URL, trouble(err))
	}
	h := indexer.Head{Moved: refs.Moved, Commit: refs.Head, Branch: refs.Branch, Bytes: refs.Bytes, Mark: refs.Digest(), Handle: refs}
	for _, t := range refs.Tags {
		h.Tags = append(h.Tags, catalog.Tag{Name: t.Name, Commit: t.Commit})
	}
	return h, nil
}

// wishes are what gitrepo is asked for.
func wishes(a indexer.Ask) gitrepo.Ask {
	return gitrepo.Ask{Branch: a.Branch, MaxBytes: a.MaxBytes, Trusted: a.Trusted}
}

// wanted are the files of a repository that are fetched: those of one folder, or what describes the repository and each of
// its folders that may hold a thing of its own, by the same rule by which they are read.
func wanted(folder string) gitrepo.Want {
	if folder != "" {
		return gitrepo.WantFolder(folder, nil)
	}
	return gitrepo.WantBelow(nil, func(paths []string) []string {
		folders, _ := catalog.DescriptorFolders(paths)
		return folders
	})
}

func (g git) Open(ctx context.Context, a indexer.Ask, h indexer.Head) (*indexer.Checkout, error) {
	refs, ok := h.Handle.(gitrepo.Refs)
	if !ok {
		refs = gitrepo.Refs{}
	}
	s, err := g.reader.OpenAs(ctx, a.URL, refs, wanted(a.Folder), wishes(a))
	if err != nil {
		return nil, trouble(err)
	}
	return &indexer.Checkout{
		FS: s.FS, Changed: s.CommitTime, Findings: skipped(s), Partial: s.Partial, Bytes: s.Bytes, Requests: s.Requests, Way: s.Way,
		Blob: s.Blob,
		Fetch: func(ctx context.Context, paths []string, lim indexer.FetchLimits, got func(string, []byte) error) (indexer.Fetched, error) {
			return g.fetch(ctx, s, paths, lim, got)
		},
		History: func(ctx context.Context, paths []string) (indexer.History, error) { return g.history(ctx, s, paths) },
	}, nil
}

func (g git) history(ctx context.Context, s *gitrepo.Snapshot, paths []string) (indexer.History, error) {
	h, err := g.reader.History(ctx, s, paths)
	if err != nil {
		bytes, requests := gitrepo.Cost(err)
		return indexer.History{Bytes: bytes, Requests: requests}, err
	}
	out := indexer.History{Changes: make(map[string][]catalog.Change, len(h.Changes)), TagTimes: h.TagTimes, Complete: h.Complete, Bytes: h.Bytes, Requests: h.Requests}
	for p, cs := range h.Changes {
		for _, c := range cs {
			out.Changes[p] = append(out.Changes[p], catalog.Change{Commit: c.Commit, Time: c.Time, Message: c.Message})
		}
	}
	return out, nil
}
