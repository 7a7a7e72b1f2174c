package publiccode

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/open-community-pa/riuso/schema"
)

// Limits on the images that are looked into.
const (
	// MaxImageBytes is the largest image that is read.
	MaxImageBytes = 16 << 20
	// MaxImagePixels bounds what is decoded: some 8 bytes of memory each.
	MaxImagePixels = 16_000_000
	// MinLogoWidth is the least width of a logo that is not vectorial, in pixels (publiccode.yml 0.7, logo).
	MinLogoWidth = 1000
	// maxSVGHead is how far the first element of a drawing is looked for, in bytes after decompression.
	maxSVGHead = 64 << 10
)

// CheckImage looks into an image that a publiccode.yml names: that it is of the format its name says, that it can be
// decoded, and that a logo is wide enough. A logo that is a broken PNG is an error, as for the reference parser; what
// that one does not look at is a warning. Formats that are not allowed are passed over: CheckFormats tells them.
func (r Reference) CheckImage(data []byte) []schema.Finding {
	if len(data) > MaxImageBytes {
		return []schema.Finding{r.finding(P55, schema.Tf("«%s» supera i %d MB", "%q is larger than %d MB", clip(r.Target), MaxImageBytes>>20))}
	}
	broken := P53
	var ok bool
	var size image.Config
	switch r.ext() {
	case ".svg":
		ok = drawing(bytes.NewReader(data))
	case ".svgz":
		z, err := gzip.NewReader(bytes.NewReader(data))
		ok = err == nil && drawing(z)
	case ".png":
		if r.Kind == KindLogo {
			broken = P52
		}
		size, ok = decodes(data, png.DecodeConfig, png.Decode)
	case ".jpg":
		size, ok = decodes(data, jpeg.DecodeConfig, jpeg.Decode)
	default:
		return nil
	}
	switch {
	case !ok:
		return []schema.Finding{r.finding(broken, named("«%s» non si apre come immagine del formato che il nome indica", "%q does not open as an image of the format that its name says", r.Target))}
	case pixels(size) > MaxImagePixels:
		return []schema.Finding{r.finding(P55, schema.Tf("«%s» è di %d × %d punti", "%q has %d × %d pixels", clip(r.Target), size.Width, size.Height))}
	case r.Kind == KindLogo && size.Width > 0 && size.Width < MinLogoWidth:
		return []schema.Finding{r.finding(P54, schema.Tf("il logo «%s» è largo %d punti: lo standard ne chiede almeno %d", "the logo %q is %d pixels wide: the standard asks for %d at least", clip(r.Target), size.Width, MinLogoWidth))}
	}
	return nil
}

func pixels(c image.Config) int64 { return int64(c.Width) * int64(c.Height) }

// decodes reads the size first, and the whole image only when its size is bearable: a few bytes can announce gigabytes.
func decodes(data []byte, config func(io.Reader) (image.Config, error), whole func(io.Reader) (image.Image, error)) (size image.Config, ok bool) {
	size, err := config(bytes.NewReader(data))
	if err != nil || pixels(size) > MaxImagePixels {
		return size, err == nil
	}
	_, err = whole(bytes.NewReader(data))
	return size, err == nil
}

// drawing says whether the first element is <svg>. Entities are never followed, and what lies behind is not read.
func drawing(in io.Reader) bool {
	d := xml.NewDecoder(io.LimitReader(in, maxSVGHead))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.RawToken()
		if err != nil {
			return false
		}
		if first, ok := token.(xml.StartElement); ok {
			return first.Name.Local == "svg"
		}
	}
}
