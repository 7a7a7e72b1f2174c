package site

import (
	"cmp"
	"context"
	"fmt"
	"path"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site/markdown"
)

// partView is what the page of a part of a kit shows; of the pointers one is set.
type partView struct {
	Kit     *catalog.Entry
	KitPath string
	Notices []notice
	Record  recordView
	Source  string
	Body    string
	TOC     []markdown.Heading

	Document    *catalog.Document
	Preview     *previewView // of the one file that the document is
	Stale       *staleView
	staleMonths int
	Authors     authorsView
	Template    *catalog.Template
	Service     *catalog.Service
	Allowances  []allowanceView
	ForYou      *allowanceForm
	Tariff      *tariffView
	Calculator  *calculator
	Checklist   *catalog.Checklist
	Form        *checklistForm
	Adoption    *adoptionView
	Laboratory  *catalog.Laboratory
	Page        *catalog.Page
	Steps       []stepRow
	Links       map[string][]Crumb // references to other parts, by field
	Attachments []attachmentView
	files       []catalog.Attachment // of which Attachments are made
	Changes     []adaptationView     // what adopters changed in this part
}

// stepRow is a step of a process with the page of its act.
type stepRow struct {
	catalog.Step
	Act Crumb
}

// adaptationView is what one adopter changed.
type adaptationView struct {
	catalog.Adaptation
	Body Body
	Path string
}

// part makes the page of one part: fill finds it in the kit and says its title, its file and the bodies it names.
func (s *Site) part(c *gin.Context, lang schema.Lang, typ catalog.PartType, fill func(p *Page, e *catalog.Entry, id string, v *partView) (partHead, error)) error {
	ctx := c.Request.Context()
	e, err := s.entry(ctx, catalog.KindKit, c.Param("id"))
	if err != nil {
		return err
	}
	if e.Kit == nil {
		return &goneError{entry: e}
	}
	id := c.Param("part")
	p := s.newPage(lang, partPath(e.ID, typ, id), string(typ))
	v := partView{Kit: e, KitPath: kitPath(e), Notices: noticesOf(e), Links: map[string][]Crumb{}}
	if err := s.know(ctx, p, namesIn(e), bodiesOf(e)...); err != nil {
		return err
	}
	if typ == catalog.PartDocument {
		own, err := s.ownCatalogue(ctx)
		if err != nil {
			return err
		}
		v.staleMonths = catalog.StaleMonths(own)
	}
	head, err := fill(p, e, id, &v)
	if err != nil {
		return err
	}
	if err := s.know(ctx, p, nil, head.bodies...); err != nil {
		return err
	}
	return s.sendPart(ctx, c, p, e, head, &v)
}

// partHead is what every part says of itself.
type partHead struct {
	title, summary, code, file string
	section                    string // anchor of the list in the kit's page, and key of its name
	bodies                     []catalog.EntityRef
	refs                       []catalog.Ref // under which adaptations name it
}

func (s *Site) sendPart(ctx context.Context, c *gin.Context, p *Page, e *catalog.Entry, head partHead, v *partView) error {
	p.Title, p.Description = head.title, cmp.Or(head.summary, p.T("part.description", head.title, e.Kit.Title))
	p.Crumbs = []Crumb{{p.T("kits.title"), "/kit"}, {e.Kit.Title, kitPath(e)}, {p.T("section." + head.section), kitPath(e) + "#" + head.section}, {Title: codeTitle(head.code, head.title)}}
	s.texts(ctx, p, e, head.file)
	if head.file != "" {
		whole := path.Join(e.Kit.Folder, head.file)
		v.Record = recordOf(e, whole, head.file, findingsIn(e.Findings, whole))
	}
	var err error
	if v.Attachments, err = s.attachments(ctx, e, v.files); err != nil {
		return err
	}
	if v.Document != nil {
		if p.NoIndex = begins(v.Document); p.NoIndex {
			c.Header(headerRobots, noIndex)
		}
		if v.Preview, err = s.preview(ctx, v.Document, v.Attachments); err != nil {
			return err
		}
	}
	v.Changes = changesTo(p, e, head.refs)
	if hs := s.md.TOC(v.Body, markdown.Options{HeadingOffset: headingOffset(v.Body, 2), Lang: p.Lang}); len(hs) >= minTOC {
		v.TOC = hs
	}
	p.Data = *v
	return s.send(c, p)
}

// minTOC is from how many headings a text gets a list of them.
const minTOC = 4

func missing(typ catalog.PartType, e *catalog.Entry, id string) error {
	return fmt.Errorf("%s %q of kit %s: %w", typ, id, e.ID, catalog.ErrNotFound)
}

// changesTo lists what adopters changed in a part (seed systems, K3).
func changesTo(p *Page, e *catalog.Entry, refs []catalog.Ref) []adaptationView {
	var out []adaptationView
	for _, a := range e.Adoptions {
		for _, ad := range a.Adaptations {
			for _, r := range refs {
				if ad.Ref == r {
					out = append(out, adaptationView{ad, p.Body(a.Entity), partPath(e.ID, catalog.PartAdoption, a.Entity.ID())})
				}
			}
		}
	}
	return out
}

// steps ties the steps of a process to the pages of their acts.
func steps(e *catalog.Entry, list []catalog.Step) []stepRow {
	var out []stepRow
	for _, st := range list {
		row := stepRow{Step: st}
		if st.Template != "" {
			row.Act = refLink(e.ID, e.Kit, st.Template)
		}
		out = append(out, row)
	}
	return out
}
