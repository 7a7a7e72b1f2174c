package indexer_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

const (
	scaleSources = catalog.MaxTreeFiles - 1 // as many as one catalogue can list: 20,000 files with catalogue.md
	scaleHosts   = 400
	scaleKits    = 20 // one source in so many is a kit with documents, the others are software
	scaleChanged = 200
	scaleMemory  = 2 << 30 // bytes that the program may take at its peak
)

// small is a Git of small repositories, made when they are asked for: what the crawl takes is not hidden behind them.
type small struct{ version map[string]string }

func (g *small) List(_ context.Context, a indexer.Ask) (indexer.Head, error) {
	url := a.URL
	mark := "1" + g.version[url]
	return indexer.Head{Commit: mark, Mark: mark, Bytes: 500}, nil
}

func (g *small) Open(_ context.Context, a indexer.Ask, h indexer.Head) (*indexer.Checkout, error) {
	url := a.URL
	name := url[strings.LastIndexByte(url, '/')+1:]
	var n int
	if _, err := fmt.Sscanf(name, "r%d", &n); err != nil {
		return nil, err
	}
	m := fstest.MapFS{
		"publiccode.yml": {Data: fmt.Appendf(nil, "publiccodeYmlVersion: \"0\"\nname: Servizio %d\nurl: %s\ndescription:\n  it:\n    shortDescription: Servizio numero %d per i comuni, versione %s\n    features: [Protocollo, Pagamenti, Prenotazioni]\n", n, url, n, h.Commit)},
		"README.md":      {Data: []byte("# Servizio\n\n" + strings.Repeat("Il servizio aiuta gli uffici dei comuni a gestire le pratiche dei cittadini. ", 20))},
	}
	if n%scaleKits == 0 {
		m["kit.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntype: kit\nspec: \"1\"\nid: kit-%d\ntitle: Kit %d\nsummary: Pratica numero %d\nkind: practice\nstatus: draft\ncodeScheme: cit\nceding: [ipa:p_bs]\n---\n", n, n, n)}
		for d := range 8 {
			m[fmt.Sprintf("docs/d%d.md", d)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntype: document\nid: d%d\ntitle: Documento %d\nsummary: Come si fa il passo %d\nphase: A\nambit: [administrative]\nkind: process\nupdated: 2026-01-10\nstatus: final\n---\n%s", d, d, d, strings.Repeat("L'ente approva la convenzione e nomina il referente. ", 30))}
		}
	}
	return &indexer.Checkout{FS: m, Way: "memory"}, nil
}

// A catalogue as large as it may be: what a first crawl takes, one after which nothing changed, and one after which a few
// did. `make scale`.
func TestScale(t *testing.T) {
	if os.Getenv("RIUSO_SCALE") == "" {
		return // minutes of work: make scale
	}
	list := fstest.MapFS{"catalogue.md": {Data: []byte("---\ntype: catalogue\nid: grande\ntitle: Grande\nowner: ipa:r_umbria\nscope: national\nurl: https://cat.example.it/catalogo\nlicence: CC-BY-4.0\nobservatory: [ipa:r_umbria]\n---\n")}}
	for n := range scaleSources {
		list[fmt.Sprintf("sources/s%05d.md", n)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntype: source\nid: s%05d\nkind: kit\nurl: https://h%03d.example.it/r%d\n---\n", n, n%scaleHosts, n)}
	}
	dir := t.TempDir()
	idx, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	g := &small{version: map[string]string{}}
	c, err := indexer.New(indexer.Config{Git: g, Store: idx})
	if err != nil {
		t.Fatal(err)
	}
	crawl := func(name string, want map[catalog.Outcome]int) {
		t.Helper()
		start := time.Now()
		l, err := c.Catalogue(t.Context(), indexer.Place{FS: list})
		if err != nil {
			t.Fatal(err)
		}
		listed := time.Since(start)
		rep, err := c.Crawl(t.Context(), l.Sources)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: catalogue %s, %d visits in %s, %.0f a second; peak memory %d MB, data folder %d MB", name, listed.Round(time.Millisecond),
			len(rep.Sources), rep.Duration.Round(time.Millisecond), float64(len(rep.Sources))/rep.Duration.Seconds(), peak(t)>>20, folderSize(t, dir)>>20)
		for o, n := range want {
			if rep.Visits[o] != n {
				t.Errorf("%s: %d %s, want %d", name, rep.Visits[o], o, n)
			}
		}
	}
	crawl("first", map[catalog.Outcome]int{catalog.Full: scaleSources})
	crawl("unchanged", map[catalog.Outcome]int{catalog.Unchanged: scaleSources})
	for n := range scaleChanged {
		g.version[fmt.Sprintf("https://h%03d.example.it/r%d", n%scaleHosts, n)] = "2"
	}
	crawl("few changed", map[catalog.Outcome]int{catalog.Full: scaleChanged, catalog.Unchanged: scaleSources - scaleChanged})
	st, err := idx.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if st.Kits != (scaleSources+scaleKits-1)/scaleKits || st.Kits+st.Software != scaleSources {
		t.Errorf("%d kits and %d pieces of software of %d sources", st.Kits, st.Software, scaleSources)
	}
	start := time.Now()
	if err := idx.Close(); err != nil {
		t.Fatal(err)
	}
	if idx, err = bleveindex.Open(t.Context(), bleveindex.Config{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	t.Logf("closed and opened again in %s; peak memory %d MB", time.Since(start).Round(time.Millisecond), peak(t)>>20)
	if err := idx.Close(); err != nil {
		t.Error(err)
	}
	if got := peak(t); got > scaleMemory {
		t.Errorf("%d MB at the peak, %d allowed", got>>20, scaleMemory>>20)
	}
}

// peak is the largest resident memory of this process so far, in bytes; 0 where the system does not say.
func peak(t *testing.T) int64 {
	t.Helper()
	f, err := os.Open("/proc/self/status")
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	var kB int64
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			if _, err := fmt.Sscan(rest, &kB); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return kB << 10
}

func folderSize(t *testing.T, dir string) (n int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // the index merges its files meanwhile
			}
			return err
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			n += info.Size()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
