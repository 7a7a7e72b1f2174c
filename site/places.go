package site

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

const (
	listSize    = 100 // entries on one page of a list in order of id
	maxMeetings = 500 // meetings read to find those of a community
)

// listView is a list in order of id, page after page.
type listView struct {
	Entries []catalog.Entry
	Next    string // path of the next page, "" at the end
	After   string
	Groups  []levelGroup
	Named   []Body // bodies without a record, known because kits name them
}

// levelGroup are the communities of one level.
type levelGroup struct {
	Level   string
	Entries []catalog.Entry
}

// entities lists the public bodies that the catalogue knows.
func (s *Site) entities(c *gin.Context, lang schema.Lang) error {
	after := c.Query("after")
	es, err := s.cfg.Reader.Entries(c.Request.Context(), catalog.KindEntity, after, listSize+1)
	if err != nil {
		return fmt.Errorf("entities: %w", err)
	}
	p := s.newPage(lang, "/enti", "entities")
	p.Title, p.Description, p.Crumbs = p.T("entities.title"), p.T("entities.lead"), []Crumb{{Title: p.T("entities.title")}}
	v := listView{After: after}
	if len(es) > listSize {
		es = es[:listSize]
		v.Next = p.URL("/enti") + "?after=" + es[listSize-1].ID
	}
	v.Entries = slices.DeleteFunc(es, func(e catalog.Entry) bool { return e.Entity == nil })
	slices.SortStableFunc(v.Entries, func(a, b catalog.Entry) int { return strings.Compare(a.Entity.Name, b.Entity.Name) })
	if after != "" {
		p.Query = "after=" + after
	}
	if v.Next == "" {
		if v.Named, err = s.named(c.Request.Context(), p); err != nil {
			return err
		}
	}
	p.Data = v
	return s.send(c, p)
}

// entityView is what the page of a body shows.
type entityView struct {
	E           *catalog.Entry
	Entity      *catalog.Entity // nil when the catalogue has no record of the body and only knows its links
	Ref         catalog.EntityRef
	Ceding      []catalog.Link
	Reusing     []catalog.Link
	Communities []catalog.Entry
	Record      recordView
	Catalogue   bool // its record was written by the catalogue and not by the body
}

func (s *Site) entity(c *gin.Context, lang schema.Lang) error {
	ctx, id := c.Request.Context(), c.Param("id")
	e, err := s.entry(ctx, catalog.KindEntity, id)
	v := entityView{E: e, Ref: catalog.RefOfEntityID(id)}
	switch {
	case errors.Is(err, catalog.ErrNotFound): // it may still be named by a kit
	case err != nil:
		return err
	case e.Entity == nil:
		return &goneError{entry: e}
	default:
		v.Entity, v.Ref = e.Entity, e.Entity.Ref()
	}
	links, lerr := s.cfg.Reader.Links(ctx, v.Ref)
	if lerr != nil {
		return fmt.Errorf("links of %s: %w", v.Ref, lerr)
	}
	if err != nil && len(links) == 0 {
		return err
	}
	for _, l := range links {
		if l.Role == "ceding" {
			v.Ceding = append(v.Ceding, l)
		} else {
			v.Reusing = append(v.Reusing, l)
		}
	}
	p := s.newPage(lang, "/enti/"+id, "entity")
	if v.Entity == nil {
		if p.Title, err = s.nameOf(ctx, p, v.Ref, links); err != nil {
			return err
		}
	} else {
		p.Title = v.Entity.Name
		v.Catalogue = !slices.ContainsFunc(e.Ways, func(w catalog.Via) bool { return w.Source != catalog.CatalogueSource })
		s.texts(ctx, p, e, v.Entity.Path)
		v.Record = recordOf(e, v.Entity.Path, v.Entity.Path, findingsIn(e.Findings, v.Entity.Path))
		refs := append([]catalog.EntityRef{v.Entity.Successor}, v.Entity.MemberOf...)
		if err := s.know(ctx, p, nil, refs...); err != nil {
			return err
		}
		if v.Communities, err = s.communitiesOf(c, v.Ref); err != nil {
			return err
		}
	}
	p.Description = p.T("entity.description", p.Title)
	p.Crumbs = []Crumb{{p.T("entities.title"), "/enti"}, {Title: p.Title}}
	p.Data = v
	return s.send(c, p)
}

// communitiesOf lists the communities of which a body is a member or the maintainer.
func (s *Site) communitiesOf(c *gin.Context, ref catalog.EntityRef) ([]catalog.Entry, error) {
	all, err := s.cfg.Reader.Entries(c.Request.Context(), catalog.KindCommunity, "", maxCommunities)
	if err != nil {
		return nil, fmt.Errorf("communities: %w", err)
	}
	return slices.DeleteFunc(all, func(e catalog.Entry) bool {
		return e.Community == nil || !slices.Contains(e.Community.Maintainer, ref) &&
			!slices.ContainsFunc(e.Community.Members, func(m catalog.Member) bool { return m.Entity == ref })
	}), nil
}

// maxCommunities is how many communities one page reads.
const maxCommunities = 500

func (s *Site) communities(c *gin.Context, lang schema.Lang) error {
	es, err := s.cfg.Reader.Entries(c.Request.Context(), catalog.KindCommunity, "", maxCommunities)
	if err != nil {
		return fmt.Errorf("communities: %w", err)
	}
	p := s.newPage(lang, "/comunita", "communities")
	p.Title, p.Description, p.Crumbs = p.T("communities.title"), p.T("communities.lead"), []Crumb{{Title: p.T("communities.title")}}
	v := listView{Entries: es}
	for _, l := range schema.CommunityLevels.Values {
		g := levelGroup{Level: l.Value}
		for _, e := range es {
			if e.Community != nil && e.Community.Level == l.Value {
				g.Entries = append(g.Entries, e)
			}
		}
		v.Groups = append(v.Groups, g)
	}
	p.Data = v
	return s.send(c, p)
}

// communityView is what the page of a community shows.
type communityView struct {
	E         *catalog.Entry
	C         *catalog.Community
	Meetings  []meetingView
	Kits      []Crumb // the endowment
	Parent    Crumb
	Children  []catalog.Entry
	Record    recordView
	Historic  bool // the way to join is told as history
	JoinOffer bool // the offer still stands
	Rate      catalog.Rate
}

// meetingView is a meeting in a list.
type meetingView struct {
	E    catalog.Entry
	Past bool
}

func (s *Site) community(c *gin.Context, lang schema.Lang) error {
	ctx := c.Request.Context()
	e, err := s.entry(ctx, catalog.KindCommunity, c.Param("id"))
	if err != nil {
		return err
	}
	if e.Community == nil {
		return &goneError{entry: e}
	}
	cm := e.Community
	p := s.newPage(lang, "/comunita/"+e.ID, "community")
	p.Title, p.Description = cm.Title, cm.Summary
	p.Crumbs = []Crumb{{p.T("communities.title"), "/comunita"}, {Title: cm.Title}}
	s.texts(ctx, p, e, cm.Path)
	refs := slices.Clone(cm.Maintainer)
	for _, m := range cm.Members {
		refs = append(refs, m.Entity)
	}
	if err := s.know(ctx, p, nil, refs...); err != nil {
		return err
	}
	v := communityView{E: e, C: cm, Record: recordOf(e, cm.Path, cm.Path, findingsIn(e.Findings, cm.Path))}
	if j := cm.Join; j != nil {
		v.Historic = j.Status == "historic" || (j.Until != "" && j.Until < p.Today())
		v.JoinOffer = j.Offer != nil && !v.Historic && (j.Offer.Until == "" || j.Offer.Until >= p.Today())
	}
	if v.Meetings, err = s.meetings(c, p, cm.ID); err != nil {
		return err
	}
	for _, key := range cm.Endowment {
		to, err := s.kitLink(c, key)
		if err != nil {
			return err
		}
		v.Kits = append(v.Kits, to)
	}
	if v.Rate, err = s.communityRate(ctx, cm); err != nil {
		return err
	}
	if cm.Parent != "" {
		if v.Parent, err = s.communityName(ctx, cm.Parent); err != nil {
			return err
		}
	}
	all, err := s.cfg.Reader.Entries(ctx, catalog.KindCommunity, "", maxCommunities)
	if err != nil {
		return fmt.Errorf("communities: %w", err)
	}
	v.Children = slices.DeleteFunc(all, func(o catalog.Entry) bool { return o.Community == nil || o.Community.Parent != cm.ID })
	p.Data = v
	return s.send(c, p)
}

// kitLink names the kit that an address stands for.
func (s *Site) kitLink(c *gin.Context, address string) (Crumb, error) {
	e, err := s.cfg.Reader.EntryByKey(c.Request.Context(), catalog.KindKit, kitKey(address))
	to, err := found(e, err)("/kit/")
	if err != nil {
		return Crumb{}, err
	}
	if to == "" {
		return Crumb{Title: address}, nil
	}
	return Crumb{e.Title, to}, nil
}

// meetings lists the meetings of a community, the first of all first.
func (s *Site) meetings(c *gin.Context, p *Page, community string) ([]meetingView, error) {
	es, err := s.cfg.Reader.Entries(c.Request.Context(), catalog.KindEvent, "", maxMeetings)
	if err != nil {
		return nil, fmt.Errorf("meetings: %w", err)
	}
	var out []meetingView
	for _, e := range es {
		if e.Event != nil && e.Event.Community == community {
			out = append(out, meetingView{e, past(e.Event, p.now)})
		}
	}
	slices.SortStableFunc(out, func(a, b meetingView) int { return strings.Compare(a.E.Event.Start, b.E.Event.Start) })
	return out, nil
}

func past(e *catalog.Event, now time.Time) bool {
	t, err := time.Parse(time.RFC3339, e.Start)
	return err == nil && t.Before(now)
}

// eventView is what the page of a meeting shows.
type eventView struct {
	E         *catalog.Entry
	M         *catalog.Event
	Past      bool
	Community Crumb
	Kit       Crumb
	Materials []attachmentView
	Record    recordView
}

func (s *Site) event(c *gin.Context, lang schema.Lang) error {
	ctx := c.Request.Context()
	e, err := s.entry(ctx, catalog.KindEvent, c.Param("id"))
	if err != nil {
		return err
	}
	if e.Event == nil {
		return &goneError{entry: e}
	}
	m := e.Event
	p := s.newPage(lang, "/incontri/"+e.ID, "event")
	p.Title, p.Description = m.Title, m.Summary
	s.texts(ctx, p, e, m.Path)
	v := eventView{E: e, M: m, Past: past(m, p.now), Materials: attachments(e, m.Materials, nil), Record: recordOf(e, m.Path, m.Path, findingsIn(e.Findings, m.Path))}
	p.Crumbs = []Crumb{{p.T("communities.title"), "/comunita"}}
	if m.Community != "" {
		if v.Community, err = s.communityName(ctx, m.Community); err != nil {
			return err
		}
		p.Crumbs = append(p.Crumbs, v.Community)
	}
	p.Crumbs = append(p.Crumbs, Crumb{Title: m.Title})
	if m.Kit != "" {
		if v.Kit, err = s.kitLink(c, m.Kit); err != nil {
			return err
		}
	}
	p.Data = v
	return s.send(c, p)
}
