package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// headerRobots keeps an answer out of search engines, beside what the page itself says: texts that were drawn out of files
// may name whom no rule saw.
const headerRobots, noIndex = "X-Robots-Tag", "noindex"

// attachmentPage is what the page of an attachment shows.
type attachmentPage struct {
	Kit     *catalog.Entry
	KitPath string
	Notices []notice
	A       attachmentView
	On      Crumb // the part that it hangs on
	OnType  catalog.PartType
	Phase   []string
	Ambit   []string
	Text    extractedView
	Reader  string // what drew the text out
	Faults  []catalog.TextFault
	Why     string // message key: why there is no text, "" where there is one or a fault says it
	Masked  int
	Record  recordView
	Query   string
	Results string // address of the search that one came from
	Line    string // what the operator writes to take it down
	Place   string // path of the file from the root of the repository
}

// attachment is the page of one file of a kit: what it is, what it hangs on, and its text page by page.
func (s *Site) attachment(c *gin.Context, lang schema.Lang) error {
	c.Header(headerRobots, noIndex)
	ctx := c.Request.Context()
	asked, err := pageAsked(c.Query("pag"))
	if err != nil {
		return err
	}
	e, err := s.entry(ctx, catalog.KindKit, c.Param("id"))
	if err != nil {
		return err
	}
	if e.Kit == nil {
		return &goneError{entry: e}
	}
	h, err := heldIn(e, c.Param("part"))
	if err != nil {
		return err
	}
	out, err := s.exclusions(ctx)
	if err != nil {
		return err
	}
	if x, kept := out.Attachment(&e.Record, h.Attachment.Path); kept {
		return takenDown(h, x)
	}
	text, err := s.text(ctx, h.Attachment.Blob)
	if err != nil {
		return err
	}
	p := s.newPage(lang, partPath(e.ID, catalog.PartAttachment, h.Attachment.ID()), "attachment")
	p.NoIndex, p.Search = true, clip(c.Query("q"), maxQueryIn)
	p.Query = strings.TrimPrefix(pageQuery(0, p.Search), "?")
	if asked > 0 {
		p.Query = strings.TrimPrefix(strings.SplitN(pageQuery(asked, p.Search), "#", 2)[0], "?")
	}
	if err := s.know(ctx, p, namesIn(e), bodiesOf(e)...); err != nil {
		return err
	}
	v := attachmentPageOf(e, h, text)
	v.Text = extractedOf(v.text(text), p.URL(p.Path), asked, p.Search)
	if v.Query = p.Search; v.Query != "" {
		v.Results = p.URL("/cerca") + "?q=" + url.QueryEscape(p.Search)
	}
	p.Title, p.Description = attachmentName(h.Attachment), p.T("attachment.description", attachmentName(h.Attachment), e.Kit.Title)
	p.Crumbs = []Crumb{{p.T("kits.title"), "/kit"}, {e.Kit.Title, kitPath(e)}}
	if v.OnType != catalog.PartKit {
		p.Crumbs = append(p.Crumbs, v.On)
	}
	p.Crumbs = append(p.Crumbs, Crumb{Title: p.Title})
	p.Data = v
	return s.send(c, p)
}

// heldIn finds an attachment of a kit by its id.
func heldIn(e *catalog.Entry, id string) (catalog.Held, error) {
	all := catalog.Attachments(e.Kit)
	if i := slices.IndexFunc(all, func(h catalog.Held) bool { return h.Attachment.ID() == id }); i >= 0 {
		return all[i], nil
	}
	return catalog.Held{}, fmt.Errorf("attachment %q of kit %s: %w", id, e.ID, catalog.ErrNotFound)
}

// takenDown is what is answered instead of an attachment that the catalogue keeps out, with the public reason.
func takenDown(h catalog.Held, x catalog.Exclusion) error {
	stone := &catalog.Entry{Record: catalog.Record{Kind: catalog.KindKit, Title: attachmentName(h.Attachment), State: catalog.Gone, MissedAt: x.First,
		Reason: schema.Tf("escluso dal catalogo: %s", "excluded from the catalogue: %s", x.Reason)}}
	return &goneError{entry: stone, excluded: true}
}

// text gives what was drawn out of a file, nil where nothing was.
func (s *Site) text(ctx context.Context, blob string) (*catalog.Text, error) {
	if s.cfg.Texts == nil || blob == "" {
		return nil, nil
	}
	t, err := s.cfg.Texts.Text(ctx, blob)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("text of %s: %w", blob, err)
	}
	return catalog.Masked(t), nil
}

func attachmentPageOf(e *catalog.Entry, h catalog.Held, text *catalog.Text) attachmentPage {
	v := attachmentPage{Kit: e, KitPath: kitPath(e), Notices: noticesOf(e), A: attachments(e, []catalog.Attachment{*h.Attachment}, nil)[0],
		OnType: h.Type, Phase: h.Phase, Ambit: h.Ambit, Place: path.Join(e.Kit.Folder, h.Attachment.Path), Line: takedownLine(e, h.Attachment)}
	v.On = Crumb{codeTitle(h.Code, h.PartTitle), partPath(e.ID, h.Type, h.PartID)}
	if n := h.Attachment.Text; n != nil {
		v.Faults, v.Masked = n.Faults, n.Masked
	}
	if text != nil {
		v.Faults, v.Masked, v.Reader = text.Faults, text.Masked, readerName(text.Reader)
		v.A.Lines.Bytes = cmp.Or(text.Bytes, v.A.Lines.Bytes)
		v.A.Lines.Signed = cmp.Or(signatureName(&catalog.Attachment{Signed: text.Signed}), v.A.Lines.Signed)
		v.A.Badges = faultBadges(&catalog.TextNote{Faults: text.Faults})
	}
	v.Why = whyNoText(h.Attachment, text)
	v.Record = recordOf(e, v.Place, h.Attachment.Path, nil)
	return v
}

// text gives the text to show: of a file that is not read there is one without pages.
func (v attachmentPage) text(t *catalog.Text) *catalog.Text {
	if t == nil {
		return &catalog.Text{}
	}
	return t
}

// takedownLine is the address by which the operator's catalogue.md takes an attachment down (see [catalog.KeptOut]), fit to
// stand in YAML as it is.
func takedownLine(e *catalog.Entry, a *catalog.Attachment) string {
	return string(e.Key) + "#" + (&url.URL{Path: a.Path}).EscapedPath()
}

// readerName is what people know the reader of a text by: what stands behind the comma counts our own revisions.
func readerName(reader string) string {
	name, _, _ := strings.Cut(reader, ",")
	return name
}

// PageName names a page of the text in the words of its format: a sheet has a name, a slide a number.
func (v attachmentPage) PageName(p *Page, n int, label string) string {
	number := format{lang: p.Lang, msgs: p.msgs}.integer(n)
	switch kind := strings.ToLower(v.A.Lines.Format); {
	case slices.Contains([]string{"xlsx", "xls", "xlsm", "ods", "csv"}, kind) && label != "":
		return p.T("attachment.sheet", label)
	case slices.Contains([]string{"pptx", "ppt", "odp"}, kind):
		return strings.TrimSpace(p.T("attachment.slide", number) + " " + label)
	}
	return strings.TrimSpace(p.T("attachment.pageN", number) + " " + label)
}

// whyNoText says in a message why nothing of a file can be read here, "" where something can or a fault of the text says it.
func whyNoText(a *catalog.Attachment, t *catalog.Text) string {
	if t != nil && slices.ContainsFunc(t.Pages, func(p catalog.TextPage) bool { return strings.TrimSpace(p.Text) != "" }) {
		return ""
	}
	if t != nil && len(t.Faults) > 0 || t == nil && a.Text != nil && len(a.Text.Faults) > 0 {
		return ""
	}
	switch kind := mediumOf(a); {
	case kind != "":
		return "attachment.why." + kind
	case a.Path == "":
		return "attachment.why.elsewhere"
	case a.Blob == "":
		return "attachment.why.absent"
	case t != nil:
		return "attachment.why.empty"
	}
	return "attachment.why.unread"
}

// mediumOf tells from its name what a file without a text is: "video", "audio", "image", "archive" or "".
func mediumOf(a *catalog.Attachment) string {
	switch strings.ToLower(strings.TrimPrefix(path.Ext(a.Path), ".")) {
	case "mp4", "avi", "mov", "mkv", "webm", "wmv", "mpg", "mpeg", "m4v", "ogv":
		return "video"
	case "mp3", "wav", "ogg", "flac", "m4a", "aac":
		return "audio"
	case "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "tif", "tiff":
		return "image"
	case "zip", "7z", "rar", "tar", "gz", "tgz", "xz":
		return "archive"
	}
	return ""
}
