package gitrepo

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

// The benchmarks put the ways beside git itself on the same repositories and server: run them together and compare the
// figures of one run only.
//
//	go test -run xxx -bench . ./indexer/gitrepo

const (
	benchRepos = 100
	benchFiles = 6_000
)

// smallRepos makes a hundred repositories with a few commits and some attachments each.
func smallRepos(b *testing.B) (urls []string) {
	b.Helper()
	root := b.TempDir()
	for i := range benchRepos {
		dir := gitrepotest.Init(b, filepath.Join(root, fmt.Sprint("r", i)), map[string]string{
			"publiccode.yml": fmt.Sprintf("name: Servizio %d\n", i), "README.md": strings.Repeat("Testo. ", 300), "docs/guida.md": strings.Repeat("Guida. ", 500),
			"src/a.bin": string(noise(200_000 + i)), "src/b.bin": string(noise(100_000 + i)),
		})
		for j := range 3 {
			gitrepotest.Commit(b, dir, "Aggiorna", map[string]string{"README.md": strings.Repeat("Testo. ", 300+j)})
		}
	}
	base := gitrepotest.Serve(b, root)
	for i := range benchRepos {
		urls = append(urls, fmt.Sprintf("%s/r%d", base, i))
	}
	return urls
}

// bigRepo makes one of six thousand files, 48 megabytes that do not compress.
func bigRepo(b *testing.B) string {
	b.Helper()
	files := map[string]string{"publiccode.yml": "name: Grande\n", "README.md": "grande\n"}
	const size = 8_000
	data := noise(size * benchFiles)
	for i := range benchFiles {
		files[fmt.Sprintf("src/%d/%d/f%d.bin", i%40, i%7, i)] = string(data[i*size : (i+1)*size])
	}
	for i := range 50 {
		files[fmt.Sprintf("docs/%d.md", i)] = strings.Repeat(fmt.Sprint("riga ", i, "\n"), 200)
	}
	dir := gitrepotest.New(b, files)
	gitrepotest.Git(b, dir, "gc", "--quiet")
	return gitrepotest.Serve(b, filepath.Dir(dir)) + "/" + filepath.Base(dir)
}

// onlyWhole takes the filter out of what a server says that it can do.
func onlyWhole(r Refs) Refs {
	caps := map[string]string{}
	for k, v := range r.caps {
		if k != "filter" {
			caps[k] = v
		}
	}
	r.caps = caps
	return r
}

// each runs f on every address, once per iteration, and reports repositories a second and bytes of each.
func each(b *testing.B, urls []string, f func(r *Reader, url string) (int64, error)) {
	b.Helper()
	r := reader(b, Config{})
	var n int64
	for b.Loop() {
		for _, u := range urls {
			bytes, err := f(r, u)
			if err != nil {
				b.Fatal(err)
			}
			n += bytes
		}
	}
	total := float64(b.N * len(urls))
	b.ReportMetric(total/b.Elapsed().Seconds(), "repos/s")
	b.ReportMetric(float64(n)/total, "wire-B/repo")
}

func ways(b *testing.B, urls []string) {
	b.Run("list", func(b *testing.B) {
		each(b, urls, func(r *Reader, u string) (int64, error) {
			refs, err := r.List(b.Context(), u)
			return refs.Bytes, err
		})
	})
	b.Run("partial", func(b *testing.B) {
		each(b, urls, func(r *Reader, u string) (int64, error) {
			s, err := r.Open(b.Context(), u, Refs{}, nil)
			if err != nil {
				return 0, err
			}
			return s.Bytes, nil
		})
	})
	b.Run("partial+history", func(b *testing.B) {
		each(b, urls, func(r *Reader, u string) (int64, error) {
			s, err := r.Open(b.Context(), u, Refs{}, nil)
			if err != nil {
				return 0, err
			}
			h, err := r.History(b.Context(), s, []string{"README.md", "publiccode.yml"})
			if err == nil && len(h.Changes["README.md"]) == 0 {
				err = errors.New("no history")
			}
			if err != nil {
				return 0, err
			}
			return s.Bytes + h.Bytes, nil
		})
	})
	b.Run("depth-1", func(b *testing.B) {
		each(b, urls, func(r *Reader, u string) (int64, error) {
			refs, err := r.List(b.Context(), u)
			if err != nil {
				return 0, err
			}
			s, err := r.Open(b.Context(), u, onlyWhole(refs), nil)
			if err != nil {
				return 0, err
			}
			return s.Bytes, nil
		})
	})
	for name, args := range map[string][]string{
		"git ls-remote": {"ls-remote", "--quiet"}, "git clone --depth 1": {"clone", "--quiet", "--bare", "--depth=1"},
		"git clone --depth 1 --filter": {"clone", "--quiet", "--bare", "--depth=1", "--filter=blob:none"},
	} {
		b.Run(name, func(b *testing.B) {
			dir, n := b.TempDir(), 0
			each(b, urls, func(_ *Reader, u string) (int64, error) {
				all := append(append([]string{}, args...), u)
				if args[0] == "clone" {
					n++
					all = append(all, filepath.Join(dir, fmt.Sprint(n)))
				}
				return 0, exec.CommandContext(b.Context(), "git", all...).Run()
			})
		})
	}
}

func BenchmarkSmall(b *testing.B) {
	ways(b, smallRepos(b))
}

func BenchmarkBig(b *testing.B) { ways(b, []string{bigRepo(b)}) }
