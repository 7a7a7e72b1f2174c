package site

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// maxSourceRecords is how many records of one source its page names.
const maxSourceRecords = 200

// sourcesView is the list of the places that the catalogue looks at.
type sourcesView struct {
	Sources []sourceLine
	On, Off int
	Own     *sourceLine // the catalogue itself, which is no federated source
	States  []stateLink
}

func (s *Site) sources(c *gin.Context, lang schema.Lang) error {
	all, err := s.cfg.Reader.Sources(c.Request.Context())
	if err != nil {
		return fmt.Errorf("sources: %w", err)
	}
	want := c.Query("stato")
	if want != "" && !slices.Contains(sourceGroups(), want) {
		return fmt.Errorf("sources: stato %q: %w", want, catalog.ErrInvalid)
	}
	p := s.newPage(lang, "/fonti", "sources")
	p.Title, p.Description, p.Crumbs = p.T("sources.title"), p.T("sources.lead"), []Crumb{{Title: p.T("sources.title")}}
	var v sourcesView
	count := map[string]int{}
	for i := range all {
		st := &all[i]
		if st.Removed {
			continue
		}
		l := lineOf(p, st)
		if st.Source.ID == catalog.CatalogueSource {
			v.Own = &l
			continue
		}
		if st.Source.On() {
			v.On++
		} else {
			v.Off++
		}
		count[l.Group]++
		if want == "" || want == l.Group {
			v.Sources = append(v.Sources, l)
		}
	}
	v.States = stateLinks(p, want, count)
	if want != "" {
		p.Query, p.NoIndex = "stato="+want, true
	}
	slices.SortStableFunc(v.Sources, func(a, b sourceLine) int {
		return cmp.Or(cmp.Compare(off(a), off(b)), cmp.Compare(b.Errors, a.Errors), cmp.Compare(a.Source.ID, b.Source.ID))
	})
	p.Data = v
	return s.send(c, p)
}

func off(l sourceLine) int {
	if l.Source.On() {
		return 0
	}
	return 1
}

// sourceView is all that is known of one source: the answer to "why is mine not there, or old?".
type sourceView struct {
	S        *catalog.SourceState
	Last     catalog.VisitSummary
	Web      string // address of the place
	Commit   string // page of the commit that was read
	Records  []sourceRecord
	MoreRecs int
	Findings []findingView
	More     int
	Ignored  []findingView // with the reason of who wrote the file
	Errors   int
	Warnings int
	Line     sourceLine
}

// sourceRecord is something that a source gave.
type sourceRecord struct {
	Kind  catalog.Kind
	Title string
	Path  string
}

func (s *Site) source(c *gin.Context, lang schema.Lang) error {
	ctx := c.Request.Context()
	st, err := s.cfg.Reader.Source(ctx, catalog.SourceID(c.Param("id")))
	if err != nil {
		return fmt.Errorf("source %q: %w", c.Param("id"), err)
	}
	p := s.newPage(lang, "/fonti/"+string(st.Source.ID), "source")
	p.Title = cmp.Or(st.Source.Title, string(st.Source.ID))
	if st.Source.ID == catalog.CatalogueSource && st.Source.Title == "" {
		p.Title = p.T("source.catalogue")
	}
	p.Description = p.T("source.description", p.Title)
	p.Crumbs = []Crumb{{p.T("sources.title"), "/fonti"}, {Title: p.Title}}
	if err := s.know(ctx, p, nil, st.Source.Publisher); err != nil {
		return err
	}
	v := sourceView{S: &st, Line: lineOf(p, &st), Last: st.Last(), Web: outside(cmp.Or(st.URL, st.Source.URL))}
	f := forgeOf(cmp.Or(st.URL, st.Source.URL))
	v.Commit = f.Commit(st.Commit)
	v.Errors, v.Warnings, _ = schema.Weigh(st.Findings)
	o := origin{forge: f, commit: st.Commit}
	v.Findings, v.Ignored, v.More = findingViews(reasonFirst(st.Findings), func(fd schema.Finding) string { return findingURL(o, st.Commit, fd) })
	for i, key := range st.Keys {
		if i == maxSourceRecords {
			v.MoreRecs = len(st.Keys) - i
			break
		}
		r, err := s.sourceRecord(c, key)
		if err != nil {
			return err
		}
		v.Records = append(v.Records, r)
	}
	p.Data = v
	return s.send(c, p)
}

// sourceRecord names a record and finds its page, if it has one.
func (s *Site) sourceRecord(c *gin.Context, key catalog.RecordKey) (sourceRecord, error) {
	r := sourceRecord{Kind: key.Kind, Title: string(key.Key)}
	base := map[catalog.Kind]string{catalog.KindKit: "/kit/", catalog.KindEntity: "/enti/", catalog.KindCommunity: "/comunita/", catalog.KindEvent: "/incontri/"}[key.Kind]
	if base == "" {
		return r, nil
	}
	e, err := s.cfg.Reader.EntryByKey(c.Request.Context(), key.Kind, key.Key)
	to, err := found(e, err)(base)
	if err != nil {
		return r, err
	}
	if to != "" {
		r.Title, r.Path = e.Title, to
	}
	return r, nil
}
