package peer

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Catalogue is what another riuso catalogue tells of itself and of what it holds.
type Catalogue struct {
	ID    string // by which chains name it: one that is ours, or stands in Via of a record, is a loop
	Title string
	URL   string // canonical address of its repository; "" where that is not public

	// Tree holds what that catalogue found by its own visits: entities, communities, events, adoptions and evaluations
	// told outside a kit's repository, and the kits that live in the repository of the catalogue itself.
	Tree    *catalog.Tree
	Entries []Entry // all other kits, each with its chain
	// Carried holds what that catalogue has through others, or from other repositories than its own.
	Carried []Carried
	Gone    []Tombstone // what it took out, and why

	Findings  []schema.Finding
	Unchanged bool        // it is as it was at the mark; then there is nothing else
	Partial   bool        // not all was read: what is not here may still be there
	Why       schema.Text // it is partial
	Retry     time.Time   // when a busy server wants to be asked again; zero when it did not say
	Mark      string
	Requests  int
	Bytes     int64
}

// Carried is what came to a catalogue by one chain, from one repository.
type Carried struct {
	Via  []string // as the catalogue has it, nearest to it first; none: by its own visit of another repository
	URL  string   // of the repository that communities and events belong to; "" for the rest
	Tree *catalog.Tree
}

// Tombstone says that a catalogue no longer has a thing.
type Tombstone struct {
	Kind      catalog.Kind
	Key       catalog.Key
	Title     string
	At        time.Time
	Reason    schema.Text
	Withdrawn bool        // by a decision, and not because it was not found any more
	MovedTo   catalog.Key // the new key where only that changed
	Via       []string
}

// The protocol of site/api/federation.go.
const (
	federationPath    = "/api/v1/federation"
	federationName    = "riuso-federation"
	federationVersion = 1
)

// federationPage is one page as it comes.
type federationPage struct {
	Protocol  string `json:"protocol"`
	Version   int    `json:"version"`
	Catalogue struct {
		ID         string `json:"id"`
		Title      string `json:"title"`
		Repository string `json:"repository"`
	} `json:"catalogue"`
	Revision string            `json:"revision"`
	Records  []json.RawMessage `json:"records"`
	Next     string            `json:"next"`
}

// Catalogue reads another riuso catalogue by its API. addr is the address of its site, with or without "/api/v1". mark is
// that of the last look, or "". What breaks in the middle makes the answer partial; an error is only what kept the first
// page away.
func (r *Reader) Catalogue(ctx context.Context, addr, mark string) (Catalogue, error) {
	l := &look{r: r}
	out, err := l.catalogue(ctx, addr, mark)
	out.Requests, out.Bytes = l.requests, l.bytes
	return out, err
}

func (l *look) catalogue(ctx context.Context, addr, kept string) (Catalogue, error) {
	u, err := base(addr)
	if err != nil {
		return Catalogue{}, err
	}
	for _, tail := range []string{"/federation", "/api/v1", "/api"} {
		u.Path = strings.TrimSuffix(u.Path, tail)
	}
	root := strings.TrimRight(u.String(), "/")
	first := federationPath + "?size=" + strconv.Itoa(pageSize)
	old := parseMark(kept)
	var known stamp
	if len(old.Pages) == 1 && old.Pages[0].Path == first {
		known = old.Pages[0].stamp
	}
	t := &telling{look: l, keys: map[catalog.RecordKey]bool{}, carried: map[string]int{}}
	a, p, err := t.page(ctx, root+first, known)
	if err != nil {
		return Catalogue{}, err
	}
	if a.same || p.Revision != "" && p.Revision == old.Digest {
		m := mark{Digest: old.Digest, Pages: []markedPage{{first, a.stamp}}}
		if a.same {
			return Catalogue{Unchanged: true, Mark: kept}, nil
		}
		return Catalogue{ID: code(p.Catalogue.ID), Unchanged: true, Mark: m.String()}, nil
	}
	if err := t.begin(p); err != nil {
		return Catalogue{}, err
	}
	m := mark{Digest: p.Revision, Pages: []markedPage{{first, a.stamp}}}
	if err := t.rest(ctx, root+first, p); err != nil {
		if ctx.Err() != nil {
			return Catalogue{}, ctx.Err()
		}
		t.out.Partial, t.out.Why = true, Words(err)
		var later *Later
		if errors.As(err, &later) {
			t.out.Retry = later.At
		}
	}
	if !t.out.Partial {
		t.out.Mark = m.String()
	}
	t.out.Tree.Partial = t.out.Partial
	t.out.Findings = l.findings
	return t.out, nil
}

// telling is a reading of one riuso catalogue.
type telling struct {
	*look
	out     Catalogue
	keys    map[catalog.RecordKey]bool
	carried map[string]int // chain and repository: place in out.Carried
}

func (t *telling) page(ctx context.Context, addr string, known stamp) (answer, federationPage, error) {
	var p federationPage
	a, err := t.get(ctx, addr, accept, known, t.r.cfg.AnswerBytes)
	if err != nil || a.same {
		return a, p, err
	}
	if err := t.decode(a.body, &p); err != nil {
		return a, p, err
	}
	switch {
	case p.Protocol != federationName:
		return a, p, &fault{kind: ErrNotThis, text: schema.T("l'indirizzo risponde in JSON ma non è un catalogo riuso; controlla url: nella fonte", "the address answers in JSON but is no riuso catalogue; check url: in the source")}
	case p.Version != federationVersion:
		return a, p, &fault{kind: ErrNotThis, text: schema.Tf("il catalogo parla la versione %d del protocollo, noi la %d", "the catalogue speaks version %d of the protocol, we speak %d", p.Version, federationVersion)}
	}
	return a, p, nil
}

// begin takes who the catalogue is.
func (t *telling) begin(p federationPage) error {
	id := code(p.Catalogue.ID)
	if id == "" {
		return &fault{kind: ErrBadAnswer, text: schema.T("il catalogo non dice qual è il suo id: i giri tra cataloghi non si potrebbero fermare", "the catalogue does not say what its id is: loops between catalogues could not be cut")}
	}
	t.out.ID, t.out.Title = id, line(p.Catalogue.Title, maxName)
	_, t.out.URL = address(p.Catalogue.Repository)
	t.out.Tree = &catalog.Tree{}
	return nil
}

// rest takes the records of the first page, and those of all that follow it. Of a "next" only where to go on is taken.
func (t *telling) rest(ctx context.Context, first string, p federationPage) error {
	cursors := map[string]bool{}
	stale := 0
	for {
		fresh := false
		for _, raw := range p.Records {
			isNew, err := t.record(raw)
			if err != nil {
				return err
			}
			fresh = fresh || isNew
		}
		if p.Next == "" {
			return nil
		}
		if stale++; fresh {
			stale = 0
		}
		next, err := url.Parse(p.Next)
		if err != nil || len(p.Next) > maxAddress || next.Query().Get("after") == "" {
			return endless(schema.T("non si capisce dove continua il catalogo (next)", "where the catalogue goes on cannot be understood (next)"))
		}
		after := next.Query().Get("after")
		if cursors[after] || stale > emptyPages {
			return endless(schema.T("il catalogo continua senza dare nulla di nuovo", "the catalogue goes on without giving anything new"))
		}
		cursors[after] = true
		id := p.Catalogue.ID
		if _, p, err = t.page(ctx, first+"&after="+url.QueryEscape(after), stamp{}); err != nil {
			return err
		}
		if p.Catalogue.ID != id {
			return endless(schema.T("a metà lettura ha risposto un altro catalogo", "half way through another catalogue answered"))
		}
	}
}

// carry gives the tree for what came by a chain, from a repository.
func (t *telling) carry(via []string, repository string) *catalog.Tree {
	if len(via) == 0 && (repository == "" || repository == t.out.URL) {
		return t.out.Tree
	}
	name := strings.Join(via, "\n") + "\n\n" + repository
	i, ok := t.carried[name]
	if !ok {
		i = len(t.out.Carried)
		t.carried[name] = i
		t.out.Carried = append(t.out.Carried, Carried{Via: slices.Clone(via), URL: repository, Tree: &catalog.Tree{}})
	}
	return t.out.Carried[i].Tree
}
