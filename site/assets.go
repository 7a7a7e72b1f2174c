package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// distSheet is the style that the front-end build makes; without it pages use plainSheet.
const (
	distSheet  = "dist/bootstrap-italia.css"
	distIcons  = "dist/icons.svg"
	plainSheet = "plain.css"
)

// asset is one file that browsers load, with its type.
type asset struct {
	body        []byte
	contentType string
}

// assets are the files of ui/static. Their addresses carry a hash of all their contents, so that a browser may keep them
// for a year and a new version is another address; style sheets can go on naming their fonts by relative paths.
type assets struct {
	version string
	files   map[string]asset
}

func loadAssets() (*assets, error) {
	a := &assets{files: map[string]asset{}}
	root, err := fs.Sub(ui, "ui/static")
	if err != nil {
		return nil, fmt.Errorf("site: static files: %w", err)
	}
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		a.files[name] = asset{body: b, contentType: contentTypeOf(name)}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("site: static files: %w", err)
	}
	h := sha256.New()
	names := make([]string, 0, len(a.files))
	for n := range a.files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		fmt.Fprintf(h, "%s %d\n", n, len(a.files[n].body))
		h.Write(a.files[n].body)
	}
	a.version = hex.EncodeToString(h.Sum(nil)[:6])
	return a, nil
}

func contentTypeOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// url gives the address of a file, or "" when it is not there.
func (a *assets) url(name string) string {
	if _, ok := a.files[name]; !ok {
		return ""
	}
	return "/static/" + a.version + "/" + name
}

// sheets lists the style sheets of every page, in order.
func (a *assets) sheets() []string {
	first := a.url(distSheet)
	if first == "" {
		first = a.url(plainSheet)
	}
	return []string{first, a.url("riuso.css")}
}

// icon draws one of the icons of Bootstrap Italia beside a text that says the same; without the build there is none.
func (a *assets) icon(name string, class ...string) template.HTML {
	u := a.url(distIcons)
	if u == "" {
		return ""
	}
	cls := "icon"
	for _, c := range class {
		cls += " " + c
	}
	return template.HTML(`<svg class="` + template.HTMLEscapeString(cls) + `" aria-hidden="true" focusable="false"><use href="` +
		template.HTMLEscapeString(u+"#"+name) + `"></use></svg>`)
}

// static serves one file. An address of another version still answers, but is not to be kept.
func (s *Site) static(c *gin.Context, _ schema.Lang) error {
	name := strings.TrimPrefix(c.Param("asset"), "/")
	f, ok := s.assets.files[name]
	if !ok {
		return fmt.Errorf("static file %q: %w", name, catalog.ErrNotFound)
	}
	if c.Param("version") == s.assets.version {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.Header("Cache-Control", "no-cache")
	}
	if strings.HasPrefix(f.contentType, "font/") {
		c.Data(http.StatusOK, f.contentType, f.body)
		return nil
	}
	return s.sendTagged(c, f.contentType, f.body)
}

// favicon serves the mark of the site.
func (s *Site) favicon(c *gin.Context, _ schema.Lang) error {
	f, ok := s.assets.files["favicon.svg"]
	if !ok {
		return fmt.Errorf("favicon: %w", catalog.ErrNotFound)
	}
	c.Header("Cache-Control", "public, max-age=86400")
	return s.sendTagged(c, f.contentType, f.body)
}
