package site

import (
	"context"
	"errors"
	"fmt"
	"github.com/open-community-pa/riuso/schema/privacy"
	"html/template"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site/markdown"
)

// rebaser turns the links of one text into links that work on our pages: to the page of the part that the file is, else
// to the file in its repository at the exact commit. Images come only from the kit's own repository at that commit.
type rebaser struct {
	lang   schema.Lang
	from   origin
	file   string // path of the text, relative to the kit's folder
	parts  map[string]string
	lookup func(repoPath string) (path string, err error)
	page   *Page
	err    error // of a lookup, kept until the text is rendered
}

// partsByPath maps the files of a kit, relative to its folder, to the paths of their pages.
func partsByPath(e *catalog.Entry) map[string]string {
	m := map[string]string{}
	k := e.Kit
	if k == nil {
		return m
	}
	put := func(file string, typ catalog.PartType, id string) {
		if file != "" {
			m[path.Clean(file)] = partPath(e.ID, typ, id)
		}
	}
	put("kit.md", catalog.PartKit, "")
	for i := range k.Documents {
		put(k.Documents[i].Path, catalog.PartDocument, k.Documents[i].ID)
	}
	for i := range k.Templates {
		put(k.Templates[i].Path, catalog.PartTemplate, k.Templates[i].ID)
	}
	for i := range k.Services {
		put(k.Services[i].Path, catalog.PartService, k.Services[i].ID)
	}
	for i := range k.Tariffs {
		put(k.Tariffs[i].Path, catalog.PartTariff, k.Tariffs[i].ID)
	}
	for i := range k.Checklists {
		put(k.Checklists[i].Path, catalog.PartChecklist, k.Checklists[i].ID)
	}
	for i := range k.Adoptions {
		put(k.Adoptions[i].Path, catalog.PartAdoption, k.Adoptions[i].Entity.ID())
	}
	if k.Laboratory != nil {
		put(k.Laboratory.Path, catalog.PartLaboratory, "")
	}
	for i := range k.Pages {
		put(k.Pages[i].Path, catalog.PartPage, k.Pages[i].ID)
	}
	return m
}

// Link answers the renderer; see [markdown.Options].
func (r *rebaser) Link(dest string) (string, bool) {
	u, err := url.Parse(dest)
	if err != nil {
		return "", false
	}
	if u.Scheme == "mailto" {
		return dest, officeMailbox(u.Opaque) != ""
	}
	if u.Scheme != "" || u.Host != "" {
		return dest, outside(dest) != ""
	}
	file, ok := r.target(u.Path)
	if !ok {
		return "", false
	}
	frag := ""
	if u.Fragment != "" {
		frag = "#" + u.EscapedFragment()
	}
	if inKit, ok := within(r.from.folder, file); ok {
		if p, ok := r.parts[inKit]; ok {
			return localPath(r.lang, p), true // ids of headings differ from the forge's: no fragment
		}
	}
	if r.lookup != nil {
		p, err := r.lookup(file)
		if err != nil {
			r.err = err
			return "", false
		}
		if p != "" {
			return localPath(r.lang, p), true
		}
	}
	to := r.from.File(r.from.commit, file)
	if to == "" {
		return "", false
	}
	return to + frag, true
}

// Image answers the renderer: only files of the kit's own repository, at the commit that was read.
func (r *rebaser) Image(dest string) (string, bool) {
	u, err := url.Parse(dest)
	if err != nil || r.page == nil {
		return "", false
	}
	raw := ""
	if u.Scheme == "" && u.Host == "" {
		if file, ok := r.target(u.Path); ok {
			raw = r.from.Raw(r.from.commit, file)
		}
	}
	if raw == "" {
		return "", false
	}
	r.page.allowImages(r.from.rawHost)
	return raw, true
}

// target resolves a relative path to one from the root of the repository; what would leave it has none.
func (r *rebaser) target(p string) (string, bool) {
	if p == "" {
		return "", false
	}
	if strings.HasPrefix(p, "/") {
		p = path.Clean(p)[1:]
	} else {
		p = path.Join(r.from.folder, path.Dir(r.file), p)
	}
	if p == "." || p == ".." || strings.HasPrefix(p, "../") {
		return "", false
	}
	return p, true
}

func within(folder, file string) (string, bool) {
	if folder == "" {
		return file, true
	}
	return strings.CutPrefix(file, folder+"/")
}

// records finds the page of a file of a catalogue repository outside of the kit: entities, communities, meetings, sources
// and the other kits that it hosts lie where kit format §15 puts them.
func (s *Site) records(ctx context.Context, repo string) func(string) (string, error) {
	return func(file string) (string, error) {
		dir, name := path.Split(file)
		id, isMD := strings.CutSuffix(name, ".md")
		if !isMD {
			return "", nil
		}
		for _, k := range []struct {
			dir, base string
			kind      catalog.Kind
		}{{"entities/", "/enti/", catalog.KindEntity}, {"communities/", "/comunita/", catalog.KindCommunity}, {"events/", "/incontri/", catalog.KindEvent}} {
			if dir == k.dir {
				return found(s.cfg.Reader.Entry(ctx, k.kind, id))(k.base)
			}
		}
		switch {
		case file == "catalogue.md", file == "README.md" && repo != "":
			return "", nil
		case dir == "sources/":
			if _, err := s.cfg.Reader.Source(ctx, catalog.SourceID(id)); errors.Is(err, catalog.ErrNotFound) {
				return "", nil
			} else if err != nil {
				return "", fmt.Errorf("source %s: %w", id, err)
			}
			return "/fonti/" + id, nil
		case strings.HasPrefix(dir, "kits/") && name == "kit.md":
			return found(s.cfg.Reader.EntryByKey(ctx, catalog.KindKit, catalog.Key(repo+"//"+strings.TrimSuffix(dir, "/"))))("/kit/")
		}
		return "", nil
	}
}

// found makes a path of an answer of the reader; what is not there has none.
func found(e *catalog.Entry, err error) func(base string) (string, error) {
	return func(base string) (string, error) {
		switch {
		case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrGone):
			return "", nil
		case err != nil:
			return "", fmt.Errorf("linked record: %w", err)
		}
		return base + e.ID, nil
	}
}

// markdown renders a text whose top headings become h<heading>; n tells the other texts of one page apart from its main one, so that the ids of
// their headings never meet. With no rebaser only absolute links survive.
func (s *Site) markdown(src string, heading, n int, r *rebaser) (template.HTML, error) {
	o := markdown.Options{HeadingOffset: headingOffset(src, heading)}
	if n > 0 {
		o.Scope = strconv.Itoa(n)
	}
	if r != nil {
		o.Lang, o.Link, o.Image = r.lang, r.Link, r.Image
	}
	out, err := s.md.HTML(src, o)
	if err != nil {
		s.cfg.Logger.Warn("text shown as written", "err", err) // what it returned is fit to be shown all the same
	}
	if r != nil && r.err != nil {
		return "", r.err
	}
	return template.HTML(privacy.MaskPersons(string(out))), nil // what was written in character references is plain only now
}

// texts lets the page render the texts of one record: file is where they stand, relative to the folder of the kit.
func (s *Site) texts(ctx context.Context, p *Page, e *catalog.Entry, file string) {
	parts := partsByPath(e)
	lookup := s.records(ctx, e.URL)
	p.md = func(src string, heading, n int) (template.HTML, error) {
		r := &rebaser{lang: p.Lang, from: originOf(e), file: file, parts: parts, lookup: lookup, page: p}
		return s.markdown(src, heading, n, r)
	}
}

// headingOffset makes the highest heading of a text h<heading>, whatever level its author began with, so that no level
// is skipped on the page.
func headingOffset(src string, heading int) int {
	top, fenced := 7, false
	for line := range strings.Lines(src) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
			fenced = !fenced
		}
		if fenced {
			continue
		}
		hashes := len(line) - len(strings.TrimLeft(line, "#"))
		switch {
		case hashes >= 1 && hashes <= 6 && strings.HasPrefix(line[hashes:], " "):
			top = min(top, hashes)
		case len(line) > 2 && strings.Trim(line, "=") == "":
			top = 1
		}
	}
	if top == 7 {
		return max(0, heading-1)
	}
	return heading - top
}
