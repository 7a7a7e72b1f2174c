package indexer

import (
	"cmp"
	"context"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Listing is what a visit of the catalogue says about its sources.
type Listing struct {
	Visit   catalog.VisitSummary // of the catalogue itself
	Held    bool                 // something of it waits to be confirmed by a second visit
	Sources []catalog.Source     // that are listed, enabled or not, in the order of their ids
	Removed []catalog.SourceID   // taken out by this visit, with what they gave
	Kept    []catalog.SourceID   // no longer listed, and not taken out
	Why     schema.Text          // why they were kept
}

// list compares the sources that a visit of the catalogue saw with those that are known, and adds what must be written
// with the visit itself. Only a whole visit takes a source out, and not while a file of the list cannot be read: a slip
// in sources/b.md must not cost b its kits. Too many at once wait for a second visit that says the same (held is what the
// visit before waits for); then the wait is noted in d.
func (c *Crawler) list(ctx context.Context, held *catalog.Hold, b *brought) (l Listing, err error) {
	v, d := b.visit, &b.delta
	if v.Tree == nil {
		return l, nil
	}
	states, err := c.roster(ctx)
	if err != nil {
		return l, err
	}
	known := map[catalog.SourceID]catalog.SourceState{}
	for _, st := range states {
		known[st.Source.ID] = st
	}
	listed := map[catalog.SourceID]bool{catalog.CatalogueSource: true}
	for _, s := range v.Tree.Sources {
		if listed[s.ID] {
			continue
		}
		listed[s.ID] = true
		l.Sources = append(l.Sources, s)
		if _, changed := entered(known[s.ID], s); !changed {
			continue
		}
		err := c.beside(ctx, s.ID, b, c.stateOf, func(known catalog.Known) (catalog.Delta, bool) {
			st, changed := entered(known.State, s)
			return catalog.Delta{State: st}, changed
		})
		if err != nil {
			return l, err
		}
	}
	var lost []catalog.SourceID
	for _, st := range states {
		if id := st.Source.ID; id != catalog.CatalogueSource && !st.Removed && st.Source.Parent == "" && !listed[id] {
			lost = append(lost, id)
		}
	}
	p := c.home.Load().policy
	l.Removed, l.Kept, l.Why = c.judge(v, held, d, lost, func(lost []catalog.SourceID) bool { return tooMuch(&p, states, lost) })
	for _, id := range l.Kept {
		l.Sources = append(l.Sources, known[id].Source)
	}
	slices.SortFunc(l.Sources, func(a, b catalog.Source) int { return cmp.Compare(a.ID, b.ID) })
	for _, id := range withDescendants(append(slices.Clone(l.Removed), orphaned(states)...), states) {
		err := c.beside(ctx, id, b, c.cfg.Store.Known, func(known catalog.Known) (catalog.Delta, bool) {
			return catalog.Remove(known, v.At), !known.State.Removed
		})
		if err != nil {
			return l, err
		}
	}
	if b.skipped {
		d.State.Mark = "" // the next visit of the catalogue tells what this one could not
	}
	return l, nil
}

// orphaned lists removed sources that still have places.
func orphaned(states []catalog.SourceState) (out []catalog.SourceID) {
	for _, st := range states {
		if st.Removed {
			out = append(out, st.Source.ID)
		}
	}
	return out
}

// withDescendants adds to sources what they name, and what that names.
func withDescendants(ids []catalog.SourceID, states []catalog.SourceState) []catalog.SourceID {
	if len(ids) == 0 {
		return nil
	}
	below := map[catalog.SourceID][]catalog.SourceID{}
	for _, st := range states {
		if p := st.Source.Parent; p != "" && !st.Removed {
			below[p] = append(below[p], st.Source.ID)
		}
	}
	out := slices.Clone(ids)
	for i := 0; i < len(out); i++ {
		out = append(out, below[out[i]]...)
		delete(below, out[i])
	}
	return out
}

// entered gives the state of a source as the list has it now, and whether that is new. One whose line changed is read
// again: its records carry what the line says.
func entered(st catalog.SourceState, s catalog.Source) (catalog.SourceState, bool) {
	if !st.Removed && reflect.DeepEqual(st.Source, s) {
		return st, false
	}
	st.Source, st.Removed, st.Mark = s, false, ""
	if st.URL == "" {
		st.URL = identity(s.URL)
	}
	return st, true
}

// tooMuch says whether taking out these sources takes away too much at once: of the sources that the catalogue names, or of
// the entries that they give with all that they name.
func tooMuch(p *catalog.Policy, states []catalog.SourceState, lost []catalog.SourceID) bool {
	with := map[catalog.SourceID]bool{}
	for _, id := range withDescendants(lost, states) {
		with[id] = true
	}
	sources, entries, fewer := 0, 0, 0
	for i := range states {
		st := &states[i]
		if st.Source.ID == catalog.CatalogueSource || st.Removed {
			continue
		}
		if st.Source.Parent == "" {
			sources++
		}
		entries += len(st.Keys)
		if with[st.Source.ID] {
			fewer += len(st.Keys)
		}
	}
	return p.TooMuch(len(lost), sources) || p.TooMuch(fewer, entries)
}

// judge says which of the lost sources go and which stay, and why.
func (c *Crawler) judge(v catalog.Visit, held *catalog.Hold, d *catalog.Delta, lost []catalog.SourceID, tooMuch func(lost []catalog.SourceID) bool) (removed, kept []catalog.SourceID, why schema.Text) {
	if len(lost) == 0 {
		return nil, nil, why
	}
	switch {
	case v.Outcome != catalog.Full:
		return nil, lost, schema.T("il catalogo non è stato letto per intero", "the catalogue was not read as a whole")
	case d.State.Held != nil:
		return nil, lost, schema.T("la visita del catalogo attende conferma: ripeti il crawl", "the visit of the catalogue waits to be confirmed: crawl again")
	}
	if broken := unread(v.Tree); len(broken) > 0 {
		// A file with the name of a source that is lost speaks of that one; any other may speak of any.
		unclear := slices.ContainsFunc(broken, func(id catalog.SourceID) bool { return !slices.Contains(lost, id) })
		for _, id := range lost {
			if unclear || slices.Contains(broken, id) {
				kept = append(kept, id)
			} else {
				removed = append(removed, id)
			}
		}
		lost, why = removed, schema.Tf("file di fonti da correggere: %s", "files of sources to be corrected: %s", joined(broken))
		removed = nil
	}
	if !tooMuch(lost) || v.Confirmed {
		return lost, kept, why
	}
	keys := make([]catalog.RecordKey, len(lost))
	for i, id := range lost {
		keys[i] = catalog.RecordKey{Kind: catalog.KindSource, Key: catalog.Key(id)}
	}
	if held != nil && slices.Equal(held.Keys, keys) {
		return lost, kept, why
	}
	d.State.Held = &catalog.Hold{At: v.At, Commit: v.Commit, Keys: keys}
	why = schema.Tf("in attesa di conferma: toglierebbe %d fonti in una volta; se è giusto, ripeti il crawl", "waiting to be confirmed: it would take out %d sources at once; if that is right, crawl again", len(lost))
	if len(d.State.Visits) > 0 {
		d.State.Visits[0].Reason = why
	}
	return nil, append(kept, lost...), why
}

// unread lists the sources, by the names of their files, that are in the tree and could not be understood.
func unread(t *catalog.Tree) []catalog.SourceID {
	read := map[string]bool{}
	for _, s := range t.Sources {
		read[s.Path] = true
	}
	var out []catalog.SourceID
	for _, f := range t.Findings {
		folder, name, ok := strings.Cut(f.File, "/")
		if folder = strings.ToLower(folder); !ok || (folder != "sources" && folder != "fonti") || strings.Contains(name, "/") {
			continue
		}
		if stem, md := strings.CutSuffix(path.Base(name), ".md"); md && !read[f.File] && f.Code != "E05" {
			out = append(out, catalog.SourceID(stem))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// joined names files, the first few of them.
func joined(ids []catalog.SourceID) string {
	const most = 5
	words := make([]string, 0, most+1)
	for i, id := range ids {
		if i == most {
			words = append(words, "…")
			break
		}
		words = append(words, string(id)+".md")
	}
	return strings.Join(words, ", ")
}
