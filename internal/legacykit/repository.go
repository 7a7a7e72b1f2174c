package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// repository is the shared kit in Git, with all its paths.
type repository struct{ *gitrepotest.LegacyRepo }

// kit makes the repository, serves it, and says the way to it.
func (s *show) kit(ctx context.Context) (*repository, error) {
	const name = "ocpa/digipro"
	k, err := gitrepotest.LegacyKit(ctx, filepath.Join(s.shared, "legacy"), s.Path("git", filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	s.Routes = append(s.Routes, public+"="+s.Git+"/"+name)
	absent := map[string]bool{}
	for _, f := range k.Files {
		if !f.Here {
			absent[f.Blob] = true
		}
	}
	s.say("Un repository con %d percorsi; di %d contenuti il server non ha i byte", "A repository of %d paths; of %d contents the server has no bytes", len(k.Files), len(absent))
	return &repository{k}, nil
}

// touch makes a commit that leaves every attachment as it is.
func (k *repository) touch(ctx context.Context) error {
	return k.Commit(ctx, time.Date(2022, 10, 20, 9, 0, 0, 0, time.UTC), "Una riga nel README", map[string]string{"README.md": "# Kit_del_riuso\n"})
}

// files are the paths as a crawl sees them: Git tells no sizes.
func (k *repository) files() []legacy.File {
	out := make([]legacy.File, 0, len(k.Files))
	for _, f := range k.Files {
		out = append(out, legacy.File{Path: f.Path, Blob: f.Blob, Bytes: -1, Absent: !f.Here})
	}
	return out
}
