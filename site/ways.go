package site

import (
	"context"

	"github.com/open-community-pa/riuso/catalog"
)

// maxWays is how many ways by which a kit came its page tells.
const maxWays = 20

// wayView is one way by which a kit came.
type wayView struct {
	catalog.Via
	Name     string
	List     Crumb // the list that names the source, with the path of its page
	Archived bool
	Stale    bool
	State    *catalog.SourceState // nil when the source is not known any more
	Shown    bool                 // it is the one that the page shows
}

// ways tells by which ways a kit came, the one that is shown first, and puts above the page what of it a reader must know
// before the rest: that its repository is archived, could not be read, or was read from a copy.
func (s *Site) ways(ctx context.Context, p *Page, e *catalog.Entry, v *kitView) error {
	for _, w := range e.Ways {
		if len(v.Record.Ways) == maxWays {
			v.Record.MoreWays = len(e.Ways) - maxWays
			break
		}
		view := wayView{Via: w, Name: string(w.Source), Shown: w.Source == e.Source}
		st, err := s.sourceIfAny(ctx, w.Source)
		if err != nil {
			return err
		}
		if st != nil {
			view.State = st
			if view.Name, err = s.sourceName(ctx, p, st); err != nil {
				return err
			}
			view.Archived, view.Stale = st.Listed != nil && st.Listed.Archived, !st.Stale.IsZero()
			parent, err := s.parentOf(ctx, st)
			if err != nil {
				return err
			}
			if parent != nil {
				view.List.Path = sourcePath(parent.Source.ID)
				if view.List.Title, err = s.sourceName(ctx, p, parent); err != nil {
					return err
				}
			}
		}
		if !view.Shown {
			v.Record.Ways = append(v.Record.Ways, view)
			continue
		}
		v.Record.Ways = append([]wayView{view}, v.Record.Ways...)
		if view.Archived {
			v.Notices = append(v.Notices, notice{"info", "notice.archived"})
		}
		switch {
		case e.Copy && e.Kit != nil && e.Kit.Form == catalog.FormLegacy: // there is no copy of what nobody wrote
			v.Notices = append(v.Notices, notice{"warning", "notice.hearsay"})
		case e.Copy:
			v.Notices = append(v.Notices, notice{"warning", "notice.copy"})
		case view.Stale && e.State == catalog.Live:
			v.Notices = append(v.Notices, notice{"warning", "notice.stale"})
		}
		if st != nil {
			v.Record.Again = s.againForm(p, st)
		}
	}
	return nil
}
