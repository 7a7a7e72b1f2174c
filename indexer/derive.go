package indexer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

const (
	// maxChain is how many lists may stand between the catalogue and a repository: a catalogue that names a
	// publishers.yml, which names a forge, which names the repository, reached through one more catalogue.
	maxChain = 4
	// maxDerivedID is the longest readable part of the id of a place that a list names, in bytes.
	maxDerivedID = 60
	// idSeparator stands between the id of a list and that of a place it names; no id of a file holds it.
	idSeparator = "--"
)

// derive makes sources of what a list names, in the order of their ids, and says what is left out and why. Two names of
// one place make one source: the first by URL and kind.
func (c *Crawler) derive(v *catalog.Visit, all []Found, before *catalog.Listing) (*catalog.Listing, map[catalog.SourceID]task) {
	l := &catalog.Listing{}
	tasks := map[catalog.SourceID]task{}
	slices.SortStableFunc(all, func(a, b Found) int { return cmp.Or(cmp.Compare(a.URL, b.URL), cmp.Compare(a.Kind, b.Kind)) })
	seen := map[string]bool{}
	for i := range all {
		x := &all[i]
		if x.Kind == "" {
			x.Kind = kindKit
		}
		s := derived(&v.Source, x, v.Via)
		if place := strings.Join([]string{x.Kind, cmp.Or(publiccode.NormalizeURL(x.URL), x.URL), x.Folder, strings.Join(x.Via, " ")}, "\n"); seen[place] && x.URL != "" {
			continue
		} else {
			seen[place] = true
		}
		l.Total++
		why, byFilter := c.leaveOut(v, x, &s)
		if why.IsZero() {
			l.Places = append(l.Places, s.ID)
			tasks[s.ID] = task{src: s, listed: x.Listed, copy: x.Copy, told: x.Told, only: x.Only, quick: !x.Only}
			continue
		}
		if byFilter {
			l.Dropped = append(l.Dropped, s.ID)
		}
		if l.Out++; len(l.Left) < catalog.MaxLeftOut {
			l.Left = append(l.Left, catalog.LeftOut{URL: x.URL, Title: cmp.Or(x.Title, x.Name), Reason: why})
		}
	}
	slices.Sort(l.Places)
	l.Places = slices.Compact(l.Places)
	slices.Sort(l.Dropped)
	return l, tasks
}

// leaveOut says why something that a list names is not visited, and whether that is the operator's own wish.
func (c *Crawler) leaveOut(v *catalog.Visit, x *Found, s *catalog.Source) (why schema.Text, byFilter bool) {
	if pattern, ok := catalog.Matching(v.Source.Exclude, cmp.Or(x.Name, x.URL)); ok {
		return schema.Tf("lasciato fuori da questa fonte («exclude: %s»)", "left out by this source (\"exclude: %s\")", pattern), true
	}
	if _, ok := catalog.Matching(v.Source.Include, cmp.Or(x.Name, x.URL)); !ok && len(v.Source.Include) > 0 {
		return schema.T("non è fra i nomi che questa fonte prende («include»)", "not among the names that this source takes (\"include\")"), true
	}
	switch scheme, _, _ := strings.Cut(x.URL, "://"); {
	case !x.Left.IsZero():
		return x.Left, false
	case scheme != "https" && scheme != "http" && !x.Only:
		return schema.T("il suo indirizzo non comincia con https://", "its address does not begin with https://"), false
	case c.home.Load().own.is(x.URL):
		return schema.T("è questo stesso catalogo", "it is this very catalogue"), false
	case index(x.Via, c.home.Load().own.id) >= 0 && c.home.Load().own.id != "":
		return schema.T("viene da questo stesso catalogo", "it comes from this very catalogue"), false
	case strings.Count(string(s.ID), idSeparator) > maxChain:
		return schema.Tf("ci si arriva solo attraverso più di %d elenchi", "it is reached only through more than %d lists", maxChain), false
	}
	if other, ok := c.home.Load().listed[place{x.Kind, publiccode.NormalizeURL(x.URL)}]; ok && x.Kind != kindKit {
		return schema.Tf("è già una fonte di questo catalogo (%s)", "it is already a source of this catalogue (%s)", other), false
	}
	return why, false
}

// place is an address with what is expected there.
type place struct{ kind, url string }

// placesOf indexes the sources that the catalogue names itself.
func placesOf(sources []catalog.Source) map[place]catalog.SourceID {
	out := map[place]catalog.SourceID{}
	for _, s := range sources {
		if s.Parent == "" && s.On() {
			out[place{s.Kind, publiccode.NormalizeURL(s.URL)}] = s.ID
		}
	}
	return out
}

// derived is the source that a list's word on a place makes: it is as trusted as the list, and found by it only.
func derived(list *catalog.Source, x *Found, via []string) catalog.Source {
	s := catalog.Source{ID: derivedID(list, x), Title: cmp.Or(x.Title, x.Name), Kind: x.Kind, URL: x.URL, Folder: x.Folder,
		Publisher: cmp.Or(x.Publisher, list.Publisher), Trust: list.Trust, Priority: list.Priority, Legacy: list.Legacy,
		MaxRepoMB: list.MaxRepoMB, Licence: list.Licence, Parent: list.ID}
	if len(via)+len(x.Via) > 0 {
		s.Via = slices.Concat(via, x.Via)
	}
	if x.Kind != kindKit { // a list of a list: the same filters hold
		s.Include, s.Exclude = list.Include, list.Exclude
	}
	return s
}

// derivedID names a place by its list and its own name there. The address alone decides it, so that it is the same
// whenever and in whatever company the place is found: where the name says less than the address, six digits of it follow.
func derivedID(list *catalog.Source, x *Found) catalog.SourceID {
	at := strings.TrimSuffix(strings.TrimRight(x.URL, "/"), ".git")
	if x.Folder != "" {
		at += "//" + x.Folder
	}
	if x.Only {
		at += "#" + strings.Join(x.Via, " ")
	}
	name, below := strings.CutPrefix(at, strings.TrimSuffix(strings.TrimRight(list.URL, "/"), ".git")+"/")
	if !below {
		if _, rest, ok := strings.Cut(at, "://"); ok {
			name = rest
		}
	}
	slug := catalog.Slug(cmp.Or(name, x.Name))
	if exact := below && slug == name && len(slug) <= maxDerivedID && !strings.Contains(slug, idSeparator) && x.Kind == kindKit; exact {
		return list.ID + idSeparator + catalog.SourceID(slug)
	}
	slug = strings.Trim(strings.ReplaceAll(slug[:min(len(slug), maxDerivedID)], idSeparator, "-"), "-")
	return list.ID + idSeparator + catalog.SourceID(slug+"-"+catalog.KeyHash(catalog.Key(x.Kind+" "+at)))
}
