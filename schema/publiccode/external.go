package publiccode

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// The formats that the standard takes (publiccode.yml 0.7, logo and screenshots; .jpeg is not among them).
var (
	logoFormats       = strings.Fields(".svg .svgz .png")
	screenshotFormats = strings.Fields(".png .jpg")
)

// CheckFormats looks at the names of the images alone, in the tree or elsewhere.
func CheckFormats(refs []Reference) []schema.Finding {
	var out []schema.Finding
	for _, ref := range refs {
		allowed := ref.formats()
		if ext := ref.ext(); allowed != nil && !slices.Contains(allowed, ext) {
			out = append(out, ref.finding(P51, schema.Tf("«%s» non è un'immagine di un formato ammesso qui: %s",
				"%q is not an image of a format allowed here: %s", clip(ref.Target), oneOf(allowed))))
		}
	}
	return out
}

// CheckFiles looks for the files that a publiccode.yml names in the tree it stands in, and into the images; fsys begins
// at the folder of the file, from which paths count. References to addresses are passed over. Each file is read up to
// MaxImageBytes, one at a time. A file that is there but cannot be opened is taken as it is: a tree may be known by its
// names only.
func CheckFiles(fsys fs.FS, refs []Reference) []schema.Finding {
	var out []schema.Finding
	for _, ref := range refs {
		if ref.Remote() {
			continue
		}
		name := path.Clean(ref.local())
		if !fs.ValidPath(name) || name == "." {
			out = append(out, ref.finding(P50, named("«%s» porta fuori dalla cartella del publiccode.yml", "%q leads out of the folder of the publiccode.yml", ref.Target)))
			continue
		}
		if info, err := fs.Stat(fsys, name); err != nil || info.IsDir() {
			out = append(out, ref.finding(P50, named("il file «%s» non c'è", "the file %q is not there", ref.Target)))
			continue
		}
		if data, err := readImage(fsys, name, ref); err == nil {
			out = append(out, ref.CheckImage(data)...)
		}
	}
	return out
}

// errNoImage says that there is nothing to look into.
var errNoImage = errors.New("not an image")

// readImage reads one byte more than an image may have, so that CheckImage can tell.
func readImage(fsys fs.FS, name string, ref Reference) (data []byte, err error) {
	if ref.formats() == nil {
		return nil, errNoImage
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(f, MaxImageBytes+1))
}

// formats are the extensions that an image may have; nil for what is not an image.
func (r Reference) formats() []string {
	switch r.Kind {
	case KindLogo:
		return logoFormats
	case KindScreenshot:
		return screenshotFormats
	}
	return nil
}

func (r Reference) ext() string { return strings.ToLower(path.Ext(r.local())) }
