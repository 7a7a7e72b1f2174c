package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	letter "github.com/open-community-pa/riuso/catalog/notice"
	"github.com/open-community-pa/riuso/schema"
)

// Limits of what the page of one source names; the number of all is always said.
const (
	maxSourceRecords = 200
	maxSourceHeld    = 100
	maxSourceLost    = 100
)

// sourceView is all that is known of one source: the answer to "why is mine not there, or old?".
type sourceView struct {
	S        *catalog.SourceState
	Last     catalog.VisitSummary
	Line     sourceLine
	Web      string // address that is asked
	KnownAs  string // that of what is there, where it is another one
	Commit   string // page of the commit that was read
	Origin   sourceOrigin
	Next     nextVisit
	Excluded string // the public reason for which its repository is kept out
	FilesOut int    // files of it that the catalogue keeps out
	Excludes []exclusionView
	Records  []sourceRecord
	MoreRecs int
	Places   *sourceList // of a list
	Left     []leftView
	MoreLeft int
	Lost     []Crumb
	MoreLost int
	Held     []sourceRecord
	MoreHeld int
	Findings []findingView
	More     int
	Ignored  []findingView // with the reason of who wrote the file
	Errors   int
	Warnings int
	Notice   string // a text for its owner, "" when there is nothing to tell
	Again    againForm
	Asked    string          // message on the visit that the reader has just asked for
	Copy     bool            // what is shown was read from a copy
	Remedy   *catalog.Remedy // of what went wrong with the visit, nil when nothing did
	Long     string          // key of the sentence on the outcome, "" for none
	WayKnown bool            // there is a sentence for how it was fetched
}

// sourceRecord is something that a source gave.
type sourceRecord struct {
	Kind  catalog.Kind
	Title string
	Path  string
}

// sourceOrigin is where a source comes from: a file of the catalogue, or a list.
type sourceOrigin struct {
	File    string // in the catalogue, "" when a list names it
	FileURL string
	Parent  Crumb // the list, with the path of its page
	Via     []string
	Listed  *catalog.Listed
}

// leftView are places that a list names and that are not visited, by the reason.
type leftView struct {
	Reason schema.Text
	Places []catalog.LeftOut
}

func (s *Site) source(c *gin.Context, lang schema.Lang) error {
	ctx := c.Request.Context()
	st, err := s.cfg.Reader.Source(ctx, catalog.SourceID(c.Param("id")))
	if err != nil {
		return fmt.Errorf("source %q: %w", c.Param("id"), err)
	}
	path := "/fonti/" + string(st.Source.ID)
	p := s.newPage(lang, path, "source")
	if p.Title, err = s.sourceName(ctx, p, &st); err != nil {
		return err
	}
	p.Description = p.T("source.description", p.Title)
	p.Crumbs = []Crumb{{p.T("sources.title"), "/fonti"}, {Title: p.Title}}
	if err := s.know(ctx, p, nil, st.Source.Publisher); err != nil {
		return err
	}
	card := catalog.SourceCardOf(&st)
	v := sourceView{S: &st, Line: sourceLine{SourceCard: &card}, Last: st.Last(), Web: asked(st.Source.URL, st.URL),
		KnownAs: knownAs(st.Source.URL, st.URL), Again: s.againForm(p, &st), Asked: askedFor(c.Query(askedParam), st.Last().At), Copy: st.Last().Way == catalog.WayCopy}
	v.Line.Why = v.Line.why(p)
	v.Long = longOutcome(v.Last)
	_, v.WayKnown = p.msgs["way."+v.Last.Way]
	f := forgeOf(cmp.Or(st.URL, st.Source.URL))
	v.Commit = f.Commit(st.Commit)
	v.Errors, v.Warnings, _ = schema.Weigh(st.Findings)
	o := origin{forge: f, commit: st.Commit}
	v.Findings, v.Ignored, v.More = findingViews(reasonFirst(st.Findings), func(fd schema.Finding) string { return findingURL(o, st.Commit, fd) })
	own, err := s.ownSource(ctx, &st)
	if err != nil {
		return err
	}
	parent, err := s.parentOf(ctx, &st)
	if err != nil {
		return err
	}
	if v.Origin, err = s.originOfSource(ctx, p, &st, parent, own); err != nil {
		return err
	}
	if v.Origin.Parent.Path != "" {
		p.Crumbs = slices.Insert(p.Crumbs, 1, v.Origin.Parent)
	}
	if v.Next = nextOf(&st, parent, s.cfg.CrawlEvery, s.cfg.Now()); v.Next.Key == "next.never" {
		v.Again = againForm{}
	}
	if v.Excluded = excludedBy(own, st.URL, st.Source.URL); v.Excluded != "" {
		v.Line.Why = schema.Text{} // what the visit says is beside the point
	}
	if own != nil {
		v.FilesOut = catalog.KeepOut(own.Exclusions).FilesOf(cmp.Or(st.URL, st.Source.URL))
	}
	if v.Excludes, err = s.exclusionsOf(ctx, &st); err != nil {
		return err
	}
	if v.Records, v.MoreRecs, err = s.sourceRecords(c, st.Keys, maxSourceRecords); err != nil {
		return err
	}
	if st.Held != nil {
		if v.Held, v.MoreHeld, err = s.sourceRecords(c, st.Held.Keys, maxSourceHeld); err != nil {
			return err
		}
	}
	if l := st.Listing; l != nil {
		list, err := s.listSources(c, p, path, st.Source.ID, own)
		if err != nil {
			return err
		}
		v.Places, v.Left, v.MoreLeft = &list, leftOut(l), l.Out-len(l.Left)
		v.MoreLost = max(0, len(l.Lost)-maxSourceLost)
		known := names{}
		for _, id := range l.Lost[:len(l.Lost)-v.MoreLost] {
			name, err := s.nameOfSource(ctx, p, known, id)
			if err != nil {
				return err
			}
			v.Lost = append(v.Lost, Crumb{name, sourcePath(id)})
		}
	}
	if r, failed := st.Remedy(); failed {
		v.Remedy = &r
	}
	if letter.ForOwner(&st) {
		v.Notice = letter.Text(st, s.baseOf(c), lang)
	}
	p.NoIndex = p.NoIndex || v.Asked != ""
	p.Data = v
	return s.send(c, p)
}

// longOutcome is the message that says in a sentence how a visit ended, "" where the reason alone tells it: an address that
// was not asked, or not on the fault of who keeps it, has not failed to answer.
func longOutcome(v catalog.VisitSummary) string {
	switch {
	case v.Outcome == catalog.Failed && v.Fault.Unasked():
		return "outcome.failed.notAsked"
	case v.Fault == catalog.FaultNetwork, v.Fault == catalog.FaultSetting, v.Fault == catalog.FaultSource, v.Fault == catalog.FaultOurs:
		return ""
	}
	return "outcome." + string(v.Outcome) + ".long"
}

// baseOf is the address at which the reader sees the site, "" when nobody can tell.
func (s *Site) baseOf(c *gin.Context) string {
	return cmp.Or(s.cfg.BaseURL, requestBase(c.Request))
}

// ownSource gives the state of the catalogue itself; zero when there is none.
func (s *Site) ownSource(ctx context.Context, st *catalog.SourceState) (*catalog.SourceState, error) {
	if st.Source.ID == catalog.CatalogueSource {
		return st, nil
	}
	return s.sourceIfAny(ctx, catalog.CatalogueSource)
}

// parentOf gives the state of the list that names a place, nil when there is none.
func (s *Site) parentOf(ctx context.Context, st *catalog.SourceState) (*catalog.SourceState, error) {
	if st.Source.Parent == "" {
		return nil, nil
	}
	return s.sourceIfAny(ctx, st.Source.Parent)
}

func (s *Site) sourceIfAny(ctx context.Context, id catalog.SourceID) (*catalog.SourceState, error) {
	st, err := s.cfg.Reader.Source(ctx, id)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("source %q: %w", id, err)
	}
	return &st, nil
}

func (s *Site) originOfSource(ctx context.Context, p *Page, st, parent, own *catalog.SourceState) (o sourceOrigin, err error) {
	o = sourceOrigin{Via: st.Source.Via, Listed: st.Listed}
	switch {
	case parent != nil:
		o.Parent.Path = sourcePath(parent.Source.ID)
		o.Parent.Title, err = s.sourceName(ctx, p, parent)
	case st.Source.Parent != "":
		o.Parent = Crumb{Title: string(st.Source.Parent)}
	case st.Source.ID != catalog.CatalogueSource:
		o.File = st.Source.Path
		if own != nil {
			o.FileURL = forgeOf(own.URL).File(own.Commit, st.Source.Path)
		}
	}
	return o, err
}

// nextVisit is when a source is looked at again, and why not before.
type nextVisit struct {
	Key  string    // of the message that says it
	At   time.Time // zero where there is no day
	Why  string    // key of the message with the reason, "" for none
	Pace string    // the interval, as the file of the source has it
}

// nextOf says when a source is visited again, at every when it names no interval of its own; every is zero when visits
// happen only when somebody starts them. A place that a list names is visited with its list, or when it said itself after it
// was too busy.
func nextOf(st, parent *catalog.SourceState, every time.Duration, now time.Time) nextVisit {
	switch {
	case !st.Source.On() || st.Removed:
		return nextVisit{Key: "next.never"}
	case parent != nil && !parent.Source.On():
		return nextVisit{Key: "next.never", Why: "next.listOff"}
	case every <= 0:
		n := nextVisit{Key: "next.manual"}
		if st.NotBefore.After(now) {
			n.At, n.Why = st.NotBefore, "next.asked"
		}
		return n
	}
	n := nextVisit{Key: "next.at", At: st.Next(every), Pace: st.Source.Interval}
	if parent != nil {
		n.At, n.Why, n.Pace = parent.Next(every), "next.withList", ""
		switch {
		case st.PutOff():
			n.At = st.Next(every)
		case st.NotBefore.After(n.At):
			n.At = st.NotBefore
		}
	} else if n.Pace != "" {
		n.Why = "next.pace"
	}
	if st.NotBefore.After(now) && n.At.Equal(st.NotBefore) {
		n.Why = "next.asked"
	}
	if !n.At.After(now) {
		n.Key = "next.due"
	}
	return n
}

// excludedBy gives the public reason for which the catalogue keeps a repository out, "" when it does not. The repository is
// known by the address that answered, else by the one that was asked.
func excludedBy(own *catalog.SourceState, answered, asked string) string {
	if own == nil {
		return ""
	}
	x, _ := catalog.KeepOut(own.Exclusions).Place(cmp.Or(answered, asked))
	return x.Reason
}

// leftOut gathers the places that are left out by the reason, the most frequent one first.
func leftOut(l *catalog.Listing) []leftView {
	var out []leftView
	at := map[schema.Text]int{}
	for _, x := range l.Left {
		i, ok := at[x.Reason]
		if !ok {
			i = len(out)
			at[x.Reason] = i
			out = append(out, leftView{Reason: x.Reason})
		}
		out[i].Places = append(out[i].Places, x)
	}
	slices.SortStableFunc(out, func(a, b leftView) int { return cmp.Compare(len(b.Places), len(a.Places)) })
	return out
}

// sourceRecords names records, at most so many; more counts the others.
func (s *Site) sourceRecords(c *gin.Context, keys []catalog.RecordKey, most int) (out []sourceRecord, more int, err error) {
	for i, key := range keys {
		if i == most {
			return out, len(keys) - i, nil
		}
		r, err := s.sourceRecord(c, key)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, r)
	}
	return out, 0, nil
}

// sourceRecord names a record and finds its page, if it has one.
func (s *Site) sourceRecord(c *gin.Context, key catalog.RecordKey) (sourceRecord, error) {
	r := sourceRecord{Kind: key.Kind, Title: string(key.Key)}
	if key.Kind == catalog.KindSource {
		r.Path = "/fonti/" + string(key.Key)
		return r, nil
	}
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
