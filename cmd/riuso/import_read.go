package main

import (
	"archive/zip"
	"context"
	"crypto/sha1" // Git names blobs so
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
	"golang.org/x/text/encoding/charmap"
)

// Limits of what is imported (house rule 5).
const (
	maxImportBytes = 8 << 30 // of all files of a folder or ZIP
	maxImportFiles = 100_000
	maxImportTime  = time.Hour // of reading the texts
	maxTrace       = 4 << 20
	freeZip        = 256 << 20 // of a ZIP that may grow as it likes
	maxZipRatio    = 200       // of any other: bytes unpacked for each packed one
)

// imported is what is to be imported.
type imported struct {
	checkout          *indexer.Checkout
	name, url, commit string
	into              string // where the proposal goes when nothing else is said
	zip               fs.FS  // the files of a ZIP, which are unpacked beside the proposal; nil otherwise
	limits            indexer.AttachmentLimits
	closers           []func() error
}

func (o *imported) close() (err error) {
	for _, c := range o.closers {
		err = errors.Join(err, c())
	}
	return err
}

// openImport opens a folder, a ZIP file or a repository.
func (p *program) openImport(ctx context.Context, from string, o importing) (*imported, error) {
	if strings.Contains(from, "://") || isBare(from) {
		return p.openRepository(ctx, from, o)
	}
	info, err := os.Stat(from)
	if err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(from)
	if err != nil {
		return nil, err
	}
	at := &imported{name: filepath.Base(abs), into: from, limits: indexer.AttachmentLimits{Wire: maxImportBytes, Time: maxImportTime}}
	if o.url != "" {
		at.url = publiccode.NormalizeURL(o.url)
		at.name = path.Base(at.url)
	}
	into := filepath.Base(abs)
	if info.IsDir() {
		return at, p.openFolder(at, from, o)
	}
	if !info.Mode().IsRegular() || !strings.EqualFold(filepath.Ext(from), ".zip") {
		return nil, p.unfit(from, schema.T("si importano cartelle, file ZIP e repository", "folders, ZIP files and repositories are imported"))
	}
	at.into = strings.TrimSuffix(into, filepath.Ext(into))
	if o.url == "" {
		at.name = at.into
	}
	return at, p.openZip(at, from)
}

// openFolder reads a folder without what an earlier import wrote there.
func (p *program) openFolder(at *imported, dir string, o importing) error {
	if o.into != "" {
		if rel, err := relative(dir, o.into); err == nil && rel != "." && !strings.HasPrefix(rel, "..") {
			return usageError{errors.New(schema.T("import: --into sta dentro la cartella da importare: scegli quella stessa cartella, o una fuori", "import: --into lies within the folder to import: choose that very folder, or one outside").In(p.lang))}
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	at.closers = append(at.closers, root.Close)
	trace, err := readSome(filepath.Join(dir, legacy.TracePath), maxTrace)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	at.checkout = onDisk(legacy.Hide(root.FS(), trace, o.within(dir)...))
	return nil
}

// within gives the files that the command line names and that lie in a folder, by their paths there.
func (o *importing) within(dir string) []string {
	var out []string
	for _, name := range append([]string{o.report}, o.entities...) {
		if rel, err := relative(dir, name); err == nil && name != "" && rel != "." && rel != ".." && !strings.HasPrefix(rel, "../") {
			out = append(out, rel)
		}
	}
	return out
}

func relative(from, to string) (string, error) {
	a, err := filepath.Abs(from)
	if err != nil {
		return "", err
	}
	b, err := filepath.Abs(to)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(a, b)
	return filepath.ToSlash(rel), err
}

// openZip reads a ZIP file as a folder. Forges put all in one folder more, which is left out.
func (p *program) openZip(at *imported, name string) error {
	z, err := zip.OpenReader(name)
	if err != nil {
		return p.unfit(name, schema.T("non è un file ZIP che si possa leggere", "it is no ZIP file that can be read"))
	}
	at.closers = append(at.closers, z.Close)
	var total, packed uint64
	for _, f := range z.File {
		if f.NonUTF8 && !utf8.ValidString(f.Name) { // Windows writes names in the code page of the system
			if s, err := charmap.CodePage850.NewDecoder().String(f.Name); err == nil {
				f.Name = s
			}
		}
		f.Name = strings.ReplaceAll(f.Name, `\`, "/") // as it writes the folders, too: one that ends so would be a file
		total, packed = total+f.UncompressedSize64, packed+f.CompressedSize64
	}
	if len(z.File) > maxImportFiles || total > maxImportBytes {
		return p.unfit(name, schema.Tf("contiene più di %d file o di %d GB", "it holds more than %d files or %d GB", maxImportFiles, maxImportBytes>>30))
	}
	if total > freeZip && total/maxZipRatio > packed {
		return p.unfit(name, schema.Tf("si allarga più di %d volte: non è fatto di documenti", "it grows more than %d times: it is not made of documents", maxZipRatio))
	}
	var fsys fs.FS = &z.Reader
	for range 2 {
		list, err := fs.ReadDir(fsys, ".")
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if len(list) != 1 || !list[0].IsDir() {
			break
		}
		if fsys, err = fs.Sub(fsys, list[0].Name()); err != nil {
			return err
		}
	}
	at.zip, at.checkout = fsys, onDisk(fsys)
	return nil
}

// openRepository reads the default branch of a repository, as a visit of it would.
func (p *program) openRepository(ctx context.Context, from string, o importing) (*imported, error) {
	local := !strings.Contains(from, "://") || strings.HasPrefix(from, "file://")
	route := from
	if !strings.Contains(from, "://") {
		abs, err := filepath.Abs(from)
		if err != nil {
			return nil, err
		}
		route = abs
	}
	reader, err := o.net.reader(0, local)
	if err != nil {
		return nil, usageError{err}
	}
	defer p.wait(schema.Tf("leggo %s", "reading %s", from))()
	g, ask := git{reader}, indexer.Ask{URL: route, Trusted: true}
	head, err := g.List(ctx, ask)
	if err != nil {
		return nil, p.notRead(from, err)
	}
	co, err := g.Open(ctx, ask, head)
	if err != nil {
		return nil, p.notRead(from, err)
	}
	name := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(filepath.FromSlash(strings.TrimRight(from, "/"))), ".git"), "/")
	at := &imported{checkout: co, name: name, commit: head.Commit, into: name}
	switch {
	case o.url != "":
		at.url = publiccode.NormalizeURL(o.url)
		at.name = path.Base(at.url)
	case !local:
		at.url = publiccode.NormalizeURL(from)
	}
	if co.Close != nil {
		at.closers = append(at.closers, co.Close)
	}
	return at, nil
}

// onDisk gives a tree of files as a commit: its files are named as Git would name their bytes.
func onDisk(fsys fs.FS) *indexer.Checkout {
	known := map[string]named{}
	of := func(p string) named {
		if _, ok := known[p]; !ok {
			known[p] = nameOf(fsys, p)
		}
		return known[p]
	}
	return &indexer.Checkout{
		FS:   fsys,
		Blob: func(p string) string { return of(p).blob },
		Sum:  func(p string) string { return of(p).sum },
		Size: func(p string) int64 {
			info, err := fs.Stat(fsys, p)
			if err != nil || !info.Mode().IsRegular() {
				return -1
			}
			return info.Size()
		},
		Fetch: func(ctx context.Context, paths []string, lim indexer.FetchLimits, got func(string, []byte) error) (out indexer.Fetched, err error) {
			for _, p := range paths {
				if err := ctx.Err(); err != nil {
					return out, err
				}
				data, err := readFrom(fsys, p, lim.File)
				switch {
				case err != nil:
					out.Missed = append(out.Missed, indexer.Missed{Path: p, Why: indexer.MissedLost, Reason: schema.T("il file non si è potuto leggere", "the file could not be read")})
				case int64(len(data)) > lim.File:
					out.Missed = append(out.Missed, indexer.Missed{Path: p, Why: indexer.MissedLarge, Reason: schema.Tf("il file supera i %d MB", "the file is larger than %d MB", lim.File>>20)})
				default:
					if err := got(p, data); err != nil {
						return out, err
					}
				}
			}
			return out, nil
		},
	}
}

// readFrom gives at most limit bytes of a file, and one more.
func readFrom(fsys fs.FS, p string, limit int64) (data []byte, err error) {
	f, err := fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// named is how the bytes of a file are called: by Git, and by their SHA-256.
type named struct{ blob, sum string }

// nameOf reads a file once to name its bytes; nothing where they cannot be read, or are not as many as was told.
func nameOf(fsys fs.FS, p string) named {
	info, err := fs.Stat(fsys, p)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxImportBytes {
		return named{}
	}
	f, err := fsys.Open(p)
	if err != nil {
		return named{}
	}
	h, sum := sha1.New(), sha256.New() // Git names blobs so
	fmt.Fprintf(h, "blob %d\x00", info.Size())
	n, err := io.Copy(io.MultiWriter(h, sum), io.LimitReader(f, info.Size()+1))
	if err = errors.Join(err, f.Close()); err != nil || n != info.Size() {
		return named{}
	}
	return named{hex.EncodeToString(h.Sum(nil)), hex.EncodeToString(sum.Sum(nil))}
}
