package attach

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// archive is an opened ZIP, with what may still come out of it.
type archive struct {
	files []*zip.File
	byID  map[string]*zip.File // by name, with slashes and without the first one
	left  int64                // bytes that may still come out
	most  int64                // at the beginning
}

// openArchive reads the list of an archive. The entries are counted before anything is made of them.
func openArchive(data []byte, lim Limits) (*archive, error) {
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > lim.Entries {
		return nil, over("%d file nell'archivio", "%d files in the archive", lim.Entries)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	a := &archive{files: z.File, byID: make(map[string]*zip.File, len(z.File)), left: lim.Inflated, most: lim.Inflated}
	for _, f := range z.File {
		name := entryName(f.Name)
		if a.byID[name] == nil {
			a.byID[name] = f
		}
	}
	return a, nil
}

// entryName is a name of an entry as the formats write it.
func entryName(name string) string {
	return strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/")
}

// has says whether there is an entry of that name.
func (a *archive) has(name string) bool { return a.byID[name] != nil }

// any says whether there is an entry of which that is true.
func (a *archive) any(want func(name string) bool) bool {
	for name := range a.byID {
		if want(name) {
			return true
		}
	}
	return false
}

// encrypted says that entries ask for a password.
func (a *archive) encrypted() bool {
	for _, f := range a.files {
		if f.Flags&1 != 0 {
			return true
		}
	}
	return false
}

// open gives the bytes of an entry, bounded; who opens closes.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.byID[name]
	if f == nil {
		return nil, fmt.Errorf("%w: a part is missing", ErrDamaged)
	}
	if f.Flags&1 != 0 {
		return nil, ErrEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return &inflated{ReadCloser: r, from: a, packed: int64(min(f.CompressedSize64, uint64(a.most)))}, nil
}

// inflated counts what comes out of one entry.
type inflated struct {
	io.ReadCloser
	from   *archive
	packed int64
	out    int64
}

func (i *inflated) Read(p []byte) (int, error) {
	if i.from.left <= 0 {
		return 0, over("%d MiB di contenuto compresso", "%d MiB of compressed content", i.from.most>>20)
	}
	n, err := i.ReadCloser.Read(p[:min(int64(len(p)), i.from.left)])
	i.out += int64(n)
	i.from.left -= int64(n)
	if i.out > freeRatio && i.out/maxRatio > i.packed {
		return 0, over("contenuto compresso oltre %d volte", "content that is compressed more than %d times", maxRatio)
	}
	if err != nil && err != io.EOF {
		err = asDamaged(err)
	}
	return n, err
}

// walk reads an entry as XML.
func (a *archive) walk(ctx context.Context, l *lines, name string, h handler) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return walkXML(ctx, l, r, h)
}

// head gives the first bytes of an entry, or nothing.
func (a *archive) head(name string, most int64) []byte {
	if !a.has(name) {
		return nil
	}
	r, err := a.open(name)
	if err != nil {
		return nil
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, most)) // what could be read says enough
	return b
}

// odfTypes are the media types of OpenDocument and of its forerunner, by what they begin with (templates add to them).
var odfTypes = []struct {
	begin string
	is    format
}{
	{"application/vnd.oasis.opendocument.text", fODT},
	{"application/vnd.oasis.opendocument.spreadsheet", fODS},
	{"application/vnd.oasis.opendocument.presentation", fODP},
	{"application/vnd.oasis.opendocument.graphics", fODP},
	{"application/vnd.sun.xml.", fSXW},
}

// format tells what the archive is: a document of Office or of OpenDocument, or just an archive.
func (a *archive) format() format {
	kind := strings.TrimSpace(string(a.head("mimetype", 128)))
	for _, t := range odfTypes {
		if strings.HasPrefix(kind, t.begin) && a.has("content.xml") {
			return t.is
		}
	}
	if a.has("[Content_Types].xml") || a.has("_rels/.rels") {
		switch {
		case mainPart(a) != "":
			return fDOCX
		case a.has("xl/workbook.xml"):
			return fXLSX
		case a.has("ppt/presentation.xml"):
			return fPPTX
		}
	}
	return fZIP
}

// hasMacros says whether the document carries a program.
func (a *archive) hasMacros() bool {
	return a.any(func(n string) bool {
		lower := strings.ToLower(n)
		return path.Base(lower) == "vbaproject.bin" || strings.HasPrefix(n, "Basic/") && strings.Count(n, "/") > 1 &&
			strings.HasSuffix(lower, ".xml") && !strings.HasPrefix(path.Base(lower), "script-l")
	})
}

// hasImages says whether the document carries pictures.
func (a *archive) hasImages() bool {
	return a.any(func(n string) bool { return strings.Contains(n, "media/") || strings.HasPrefix(n, "Pictures/") })
}
