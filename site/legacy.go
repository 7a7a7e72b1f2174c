package site

import (
	"fmt"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	letter "github.com/open-community-pa/riuso/catalog/notice"
	"github.com/open-community-pa/riuso/schema"
)

// legacyView is what the page of a kit that was imported by itself says beside the kit: what was understood, what is missing,
// and how its owner makes it their own.
type legacyView struct {
	Documents, Files, Read, Stories int
	Groups                          []legacyGroup
	Commands                        string // that write the proposal, one a line
	Bodies                          []letter.Body
	Uncoded                         bool // it names bodies whose code is not known
}

// legacyGroup are the findings of one kind.
type legacyGroup struct {
	Key      string // of the message: legacy.missing, legacy.doubts, legacy.left, legacy.persons, legacy.convert
	Count    int
	Findings []findingView
	More     int
}

// legacyGroups are the kinds of findings, in the order in which an owner goes through them.
func legacyGroups() []string {
	return []string{"legacy.persons", "legacy.missing", "legacy.doubts", "legacy.convert", "legacy.left"}
}

// legacyGroupOf says of which kind a finding is, by its rule (see package schema).
func legacyGroupOf(code string) string {
	switch {
	case code == "W04", code == "W05":
		return "legacy.persons"
	case code == "L03", code == "L04", code == "L05", code == "L08":
		return "legacy.left"
	case strings.HasPrefix(code, "T"):
		return "legacy.convert"
	case strings.HasPrefix(code, "L"), strings.HasPrefix(code, "V"):
		return "legacy.doubts"
	}
	return "legacy.missing"
}

// legacyOf makes the view; nil for a kit that somebody wrote, or reviewed.
func legacyOf(e *catalog.Entry) *legacyView {
	if !letter.ForKit(e) {
		return nil
	}
	v := &legacyView{Documents: len(e.Kit.Documents), Stories: len(e.Adoptions), Commands: strings.Join(letter.ImportCommands(e), "\n"), Bodies: letter.Bodies(e),
		Uncoded: letter.Uncoded(e)}
	for _, h := range catalog.Attachments(e.Kit) {
		v.Files++
		if h.Attachment.Text != nil && h.Attachment.Text.Words > 0 {
			v.Read++
		}
	}
	by := map[string][]schema.Finding{}
	for _, f := range e.Findings {
		if f.Ignored == "" {
			key := legacyGroupOf(f.Code)
			by[key] = append(by[key], f)
		}
	}
	link := findingLink(e)
	for _, key := range legacyGroups() {
		if len(by[key]) == 0 {
			continue
		}
		g := legacyGroup{Key: key, Count: len(by[key])}
		g.Findings, _, g.More = findingViews(by[key], link)
		v.Groups = append(v.Groups, g)
	}
	return v
}

// proposed are the files, from the root of the repository, that an import would add: their contents are what the catalogue
// shows, and no forge has them yet. Nil for a kit that somebody wrote.
func proposed(e *catalog.Entry) map[string]bool {
	k := e.Kit
	if k == nil || k.Form != catalog.FormLegacy {
		return nil
	}
	out := map[string]bool{}
	put := func(file string) { out[path.Join(k.Folder, file)] = true }
	for _, file := range []string{"kit.md", "publiccode.yml", "CHANGELOG.md", k.Path} {
		put(file)
	}
	for i := range k.Documents {
		put(k.Documents[i].Path)
	}
	for i := range k.Adoptions {
		put(k.Adoptions[i].Path)
	}
	for i := range e.Adoptions {
		put(e.Adoptions[i].Path)
	}
	return out
}

// findingLink gives the address of the line of a finding, "" in a file that is only proposed.
func findingLink(e *catalog.Entry) func(schema.Finding) string {
	o, not := originOf(e), proposed(e)
	return func(f schema.Finding) string {
		if not[f.File] {
			return ""
		}
		return findingURL(o, e.Commit, f)
	}
}

// kitNotice gives the letter to whoever keeps the repository of a kit that was imported by itself, as a file.
func (s *Site) kitNotice(c *gin.Context, lang schema.Lang) error {
	e, err := s.entry(c.Request.Context(), catalog.KindKit, c.Param("id"))
	if err != nil {
		return err
	}
	if !letter.ForKit(e) {
		return fmt.Errorf("kit %q has nothing to be told: %w", e.ID, catalog.ErrNotFound)
	}
	return s.sendLetter(c, lang, e.ID, letter.KitText(e, s.baseOf(c), s.cfg.Contact, lang))
}

// sendLetter sends a text for whoever keeps a repository, under a name that says of what it is.
func (s *Site) sendLetter(c *gin.Context, lang schema.Lang, of, text string) error {
	c.Header("Content-Disposition", `attachment; filename="avviso-`+catalog.Slug(of)+`.txt"`)
	c.Header("Content-Language", string(lang))
	c.Header("Cache-Control", "no-cache")
	return s.sendTagged(c, "text/plain; charset=utf-8", []byte(text))
}
