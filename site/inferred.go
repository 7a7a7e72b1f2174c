package site

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// pageInSource finds the number of a page at the end of what a step was drawn from: "Allegati/atto.pdf, pagina 3".
var pageInSource = regexp.MustCompile(`(?i),\s*pag(?:ina|\.)?\s*([0-9]{1,5})\s*\.?$`)

// drawnFrom is the document from which a step of a story was inferred, with the page that tells it.
type drawnFrom struct {
	Title string
	Path  string // of the page of the attachment, at that page of it
	Page  int
}

// inferredFrom finds the attachment of a kit that the source of an inferred step names by its path, perhaps with a page; nil
// when it names none.
func inferredFrom(e *catalog.Entry, ev *catalog.AdoptionEvent, all []catalog.Held) *drawnFrom {
	if ev.Inferred == nil || !*ev.Inferred || ev.Source == "" {
		return nil
	}
	source, page := strings.TrimSpace(ev.Source), 0
	if m := pageInSource.FindStringSubmatchIndex(source); m != nil {
		page, _ = strconv.Atoi(source[m[2]:m[3]]) // digits, few of them
		source = strings.TrimSpace(source[:m[0]])
	}
	for _, h := range all {
		if h.Attachment.Path != source {
			continue
		}
		title := codeTitle(h.Code, h.PartTitle)
		if h.Type == catalog.PartKit {
			title = attachmentName(h.Attachment)
		}
		return &drawnFrom{Title: title, Page: page, Path: partPath(e.ID, catalog.PartAttachment, h.Attachment.ID()) + pageQuery(page, "")}
	}
	return nil
}
