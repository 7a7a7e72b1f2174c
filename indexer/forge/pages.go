package forge

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// maxEmptyPages is how many pages in a row may bring nothing while the server says that more follow: Gitea leaves out of
// a page what a visitor may not see.
const maxEmptyPages = 3

// way is one place where an owner's repositories may be listed: as an organisation, as a user.
type way struct {
	name   string // in the mark
	path   string // under the forge's interface, with its fixed parameters
	keyset bool   // each page begins after the last identifier of the one before, so no page can be asked on its own
}

// spot is where a page begins.
type spot struct {
	page  int   // from 1
	after int64 // with way.keyset: the identifier before the first wanted
}

// batch is what one page brings.
type batch struct {
	repos   []Repository
	entries int   // on the page, those without a usable name included
	last    int64 // identifier of the last
}

// dialect is how a kind of forge is asked.
type dialect interface {
	ways() []way                                                         // in the order in which they are tried
	ask(ctx context.Context, w way, s spot, etag string) (answer, error) // one page
	read(body []byte) (batch, error)                                     // of an answer with status 200
}

// tour is one listing under way.
type tour struct {
	s     *session
	d     dialect
	size  int // repositories on a full page
	way   way
	repos []Repository
	seen  map[string]int // full name in lower case: where it is in repos
	etags []string
	odd   int // entries without a usable name
	out   Listing
}

// list lists the owner's repositories.
func (s *session) list(ctx context.Context, kind Kind, token, last string) (Listing, error) {
	owner, err := s.at.owner(kind)
	if err != nil {
		return Listing{}, err
	}
	if err := s.allow(kind, token); err != nil {
		return Listing{}, err
	}
	t := &tour{s: s, out: Listing{Kind: kind, Owner: owner, Exact: kind == GitHub}}
	switch kind {
	case GitHub:
		t.d, t.size = newGitHub(s, owner), githubPage
	case GitLab:
		t.d, t.size = &gitlab{s: s, owner: owner}, gitlabPage
	default:
		t.d, t.size = &gitea{s: s, owner: owner}, giteaPage
	}
	known := readMark(last)
	if known.kind != kind {
		known = mark{}
	}
	if err := t.run(ctx, known); err != nil {
		return Listing{Kind: kind, Owner: owner}, err
	}
	t.finish(known, last)
	return t.out, nil
}

// run asks whether all is as it was, and reads all pages when it is not.
func (t *tour) run(ctx context.Context, known mark) error {
	for _, w := range t.d.ways() {
		if w.name != known.way || w.keyset || len(known.etags) == 0 || len(known.etags) > t.s.limits.Pages {
			continue
		}
		t.way = w
		kept, err := t.compare(ctx, known.etags)
		switch {
		case errors.Is(err, ErrAbsent):
			continue // an organisation can become a user
		case err != nil:
			return err
		case kept == nil:
			t.out.Unchanged = true
			return nil
		}
		err = t.walk(ctx, kept)
		if !errors.Is(err, ErrAbsent) {
			return err
		}
	}
	var err error
	for _, w := range t.d.ways() {
		t.way = w
		if err = t.walk(ctx, nil); !errors.Is(err, ErrAbsent) {
			return err
		}
	}
	return err
}

// compare asks the pages on condition, the last first, and stops at the first that changed: it gives that page, or nil
// when none did.
func (t *tour) compare(ctx context.Context, etags []string) (map[int]answer, error) {
	for i, tag := range slices.Backward(etags) {
		a, err := t.d.ask(ctx, t.way, spot{page: i + 1}, tag)
		if err != nil {
			return nil, err
		}
		if !a.same() {
			return map[int]answer{i + 1: a}, nil
		}
		if i == len(etags)-1 && a.more {
			return map[int]answer{}, nil // a page has come after what was the last
		}
	}
	return nil, nil
}

// walk reads the pages from the first to the last; those in kept are there already.
func (t *tour) walk(ctx context.Context, kept map[int]answer) error {
	t.repos, t.seen, t.etags, t.odd = nil, map[string]int{}, nil, 0
	total, empty := -1, 0
	at := spot{page: 1}
	for ; ; at.page++ {
		a, ok := kept[at.page]
		var err error
		if !ok {
			a, err = t.d.ask(ctx, t.way, at, "")
		}
		var b batch
		if err == nil {
			b, err = t.d.read(a.body)
		}
		if err != nil {
			if at.page == 1 || ctx.Err() != nil {
				return err
			}
			t.interrupted(err)
			return nil
		}
		fresh := t.add(b)
		t.etags = append(t.etags, a.etag())
		if n := a.total(); at.page == 1 {
			total = n
		} else if total >= 0 && n >= 0 && n != total {
			t.partial(schema.T("l'elenco è cambiato mentre lo si leggeva: alla prossima visita lo rileggiamo", "the list changed while it was being read: it is read again at the next visit"))
		}
		if !a.more && b.entries < t.size {
			break
		}
		if empty++; b.entries > 0 {
			empty = 0
		}
		if t.enough(at, b, fresh, empty) {
			break
		}
		at.after = b.last
	}
	if t.odd > 0 {
		t.partial(schema.Tf("%d voci dell'elenco non hanno un nome di repository che si possa usare e sono state saltate", "%d entries of the list have no usable repository name and were left out", t.odd))
	}
	return nil
}

// enough says whether to stop although there is more, and notes why.
func (t *tour) enough(at spot, b batch, fresh, empty int) bool {
	_, bytes := t.s.meter.cost()
	switch {
	case len(t.repos) > t.s.limits.Repositories:
		t.cut()
	case at.page >= t.s.limits.Pages:
		t.partial(schema.Tf("l'elenco ha più di %d pagine: le altre non si leggono", "the list has more than %d pages: the others are not read", t.s.limits.Pages))
	case bytes > t.s.limits.Total:
		t.partial(schema.Tf("l'elenco supera %d byte: il resto non si legge", "the list is longer than %d bytes: the rest is not read", t.s.limits.Total))
	case b.entries > 0 && fresh == 0 || t.way.keyset && b.entries > 0 && b.last <= at.after:
		t.partial(schema.T("la piattaforma ripete la stessa pagina e dice che ce ne sono altre: l'elenco può essere incompleto", "the forge repeats the same page and says that more follow: the list may be incomplete"))
	case empty >= maxEmptyPages:
		t.partial(schema.T("la piattaforma dà pagine vuote e dice che ce ne sono altre: l'elenco può essere incompleto", "the forge gives empty pages and says that more follow: the list may be incomplete"))
	default:
		return false
	}
	return true
}

// cut takes away what is beyond the limit.
func (t *tour) cut() {
	if n := t.s.limits.Repositories; len(t.repos) > n {
		t.repos = t.repos[:n]
		t.partial(schema.Tf("ci sono più di %d repository: se ne leggono i primi %d", "there are more than %d repositories: the first %d are read", n, n))
	}
}

// add takes a page's repositories in and says how many were not there yet. One that comes twice, because pages moved
// meanwhile, counts once, as it was told last.
func (t *tour) add(b batch) (fresh int) {
	t.odd += b.entries - len(b.repos)
	for _, r := range b.repos {
		name := strings.ToLower(r.FullName)
		if i, ok := t.seen[name]; ok {
			t.repos[i] = r
			continue
		}
		t.seen[name] = len(t.repos)
		t.repos = append(t.repos, r)
		fresh++
	}
	return fresh
}

// partial notes that the listing is not whole; the first reason stands.
func (t *tour) partial(why schema.Text) {
	if !t.out.Partial {
		t.out.Partial, t.out.Why = true, why
	}
}

// interrupted notes what ended the reading after some pages.
func (t *tour) interrupted(err error) {
	why := schema.Tf("l'elenco si è interrotto dopo %d repository: la rete o la piattaforma non hanno risposto", "the list broke off after %d repositories: the network or the forge did not answer", len(t.repos))
	var e *Error
	if errors.As(err, &e) {
		why = schema.Text{It: e.Text.It + " (letti " + strconv.Itoa(len(t.repos)) + ")", En: e.Text.En + " (" + strconv.Itoa(len(t.repos)) + " read)"}
	}
	t.partial(why)
	var limit *RateLimit
	if errors.As(err, &limit) {
		t.out.Reset = limit.Reset
	}
}

// finish puts the listing in order and compares it with the last.
func (t *tour) finish(known mark, last string) {
	if t.out.Unchanged {
		t.out.Mark = last
		return
	}
	t.cut()
	slices.SortFunc(t.repos, func(a, b Repository) int { return cmp.Compare(a.URL, b.URL) })
	asked := t.out.Owner
	if len(t.repos) > 0 && asked != "" && t.out.Kind != GitLab {
		t.out.Owner, _, _ = strings.Cut(t.repos[0].FullName, "/")
	}
	if t.out.Partial {
		t.out.Repositories = t.repos
		return
	}
	now := mark{kind: t.out.Kind, way: t.way.name, digest: digest(t.s.at.web(), asked, t.repos)}
	if !t.way.keyset && !slices.Contains(t.etags, "") {
		now.etags = t.etags
	}
	t.out.Mark = now.String()
	if now.digest == known.digest {
		t.out.Unchanged = true
		return
	}
	t.out.Repositories = t.repos
}
