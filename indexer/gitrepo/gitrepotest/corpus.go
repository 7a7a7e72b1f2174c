package gitrepotest

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// CorpusRepo is one repository of the shared corpus: its name ("owner/repository"), its date and its newest tag ("" for
// none), as the manifest gives them.
type CorpusRepo struct {
	Name string
	Date time.Time
	Tag  string
}

// Corpus makes a bare repository below to of each folder of the shared corpus (from/repos/<owner>__<repository>, with
// from/manifest.tsv): one commit on main, dated and tagged as the manifest says. What is there already is left as it is.
func Corpus(ctx context.Context, from, to string) ([]CorpusRepo, error) {
	manifest, err := os.ReadFile(filepath.Join(from, "manifest.tsv"))
	if err != nil {
		return nil, err
	}
	var out []CorpusRepo
	for i, line := range strings.Split(strings.TrimSpace(string(manifest)), "\n") {
		cols := strings.Split(line, "\t")
		if i == 0 || len(cols) < 5 {
			continue
		}
		date, err := time.Parse(time.RFC3339, cols[2])
		if err != nil {
			return nil, fmt.Errorf("manifest.tsv:%d: %w", i+1, err)
		}
		r := CorpusRepo{Name: cols[0], Date: date, Tag: cols[4]}
		if err := r.make(ctx, filepath.Join(from, "repos", strings.Replace(r.Name, "/", "__", 1)), filepath.Join(to, filepath.FromSlash(r.Name))); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		out = append(out, r)
	}
	return out, nil
}

func (r CorpusRepo) make(ctx context.Context, from, to string) error {
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(from), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(p)))
		files[p] = string(data)
		return err
	})
	if err != nil {
		return err
	}
	return Write(ctx, to, Revision{At: r.Date, Message: "Versione", Files: files, Tag: r.Tag})
}

// CorpusCatalogue writes a catalogue repository, as a plain folder, whose sources are the repositories at their public
// addresses.
func CorpusCatalogue(repos []CorpusRepo, to string) error {
	if err := os.MkdirAll(filepath.Join(to, "sources"), 0o755); err != nil {
		return err
	}
	head := "---\ntype: catalogue\nid: corpus\ntitle: Catalogo di prova\nowner: ipa:pcm\nscope: national\nurl: https://git.example.it/catalogo/prova\nlicence: CC-BY-4.0\nobservatory: [ipa:pcm]\n---\n"
	if err := os.WriteFile(filepath.Join(to, "catalogue.md"), []byte(head), 0o644); err != nil {
		return err
	}
	for _, r := range repos {
		id := r.ID()
		text := fmt.Sprintf("---\ntype: source\nid: %s\nkind: kit\nurl: https://github.com/%s\n---\n", id, r.Name)
		if err := os.WriteFile(filepath.Join(to, "sources", id+".md"), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// ID is the id of the repository's source in the catalogue of [CorpusCatalogue].
func (r CorpusRepo) ID() string {
	id := strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			return c
		}
		return '-'
	}, strings.ToLower(r.Name))
	if len(id) > 56 {
		id = id[:56]
	}
	return strings.Trim(id, "-")
}
