package indexer

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Lister asks a place that names others (a forge, a publishers.yml, another catalogue) what it names. It is an interface
// so that this package does not carry their protocols.
type Lister interface {
	// Inventory makes one look. mark is what the last one gave; a place that says the same again may answer with
	// Unchanged alone. A place that is broken gives a [*Trouble]; one that speaks another protocol, [ErrOther].
	Inventory(ctx context.Context, src catalog.Source, mark string) (Inventory, error)
}

// ErrOther says that a place answers, and not in the protocol of the [Lister] that asked.
var ErrOther = errors.New("the place speaks another protocol")

// Inventory is what a place names.
type Inventory struct {
	Found     []Found
	Tree      *catalog.Tree // what the place itself tells (bodies, communities, stories); nil: nothing
	Catalogue string        // the id of a catalogue, by which loops are cut
	URL       string        // the canonical address of the place, where it tells one
	Mark      string
	Way       string // by which protocol
	Unchanged bool   // the place names what it named at the mark
	Partial   bool   // there is more than what is here
	Reason    schema.Text
	RetryAt   time.Time // when the place asked to be asked again
	Findings  []schema.Finding
	Requests  int
	Bytes     int64
}

// Found is something that a place names.
type Found struct {
	Kind      string // of the source that it makes; "" is kit
	URL       string
	Name      string // as its forge knows it, with the path of its group; filters go by it
	Title     string
	Publisher catalog.EntityRef
	Listed    *catalog.Listed // nil where the place tells no date that means anything
	Via       []string        // ids of the catalogues between the place and this entry, nearest to the place first
	Left      schema.Text     // why it is not visited; zero: it is
	Folder    string          // of the repository; "" is the whole
	Copy      []byte          // the publiccode.yml that the place keeps of it, read when the repository cannot be
	Told      *catalog.Tree   // what the place itself tells of it, likewise
	Only      bool            // Told is all there is: nobody is to be contacted
}

// kinds of sources (kit format §15) that the crawler itself knows how to visit.
const (
	kindKit       = "kit"
	kindCatalogue = "catalogue"
	kindAPI       = "developers-italia-api"
)

// inventory visits a source that names others. It gives the visit and the tasks of what it found, by id.
func (c *Crawler) inventory(ctx context.Context, src catalog.Source, known catalog.SourceState) (found, error) {
	start := c.cfg.Now()
	f := found{visit: catalog.Visit{Source: src, URL: known.URL}}
	err := c.ask(ctx, &f, known)
	v := &f.visit
	v.At = c.cfg.Now()
	v.Duration = v.At.Sub(start)
	if err == nil {
		return f, nil
	}
	if ctx.Err() != nil {
		return f, ctx.Err()
	}
	f.tasks = nil
	c.broken(v, err)
	return f, nil
}

func (c *Crawler) ask(ctx context.Context, f *found, known catalog.SourceState) error {
	v := &f.visit
	ctx, cancel := context.WithTimeout(ctx, c.cfg.ListTimeout)
	defer cancel()
	lister := c.cfg.Listers[v.Source.Kind]
	if lister == nil && v.Source.Kind != kindCatalogue {
		return unknownKind(v.Source.Kind)
	}
	if c.home.Load().own.is(v.Source.URL) {
		return itself()
	}
	mark := ""
	if known.Rules == c.home.Load().policy.ReadingRules() && known.Held == nil {
		settled, err := c.settled(ctx, &known)
		if err != nil {
			return err
		}
		if settled {
			mark = known.Mark
		}
	}
	if lister != nil {
		inv, err := lister.Inventory(ctx, v.Source, mark)
		v.Requests, v.Bytes, v.Way = inv.Requests, inv.Bytes, inv.Way
		if !errors.Is(err, ErrOther) || v.Source.Kind != kindCatalogue {
			if err != nil {
				return lateList(ctx, err)
			}
			return c.name(f, inv, known)
		}
	}
	return lateList(ctx, c.askGit(ctx, f, known))
}

// unknownKind says which kinds of sources there are.
func unknownKind(kind string) *Trouble {
	if schema.SourceKinds.Has(kind) { // a crawler that was not given its lister
		return &Trouble{Outcome: catalog.Failed, Reason: schema.Tf("qui non si visitano fonti di tipo «%s»", "sources of the kind %q are not visited here", kind), Fault: catalog.FaultKind}
	}
	var kinds []string
	for _, v := range schema.SourceKinds.Values {
		kinds = append(kinds, v.Value)
	}
	if kind == "" { // reading leaves out a value that is not allowed, and a finding of the catalogue gives it
		return &Trouble{Outcome: catalog.Failed, Reason: schema.Tf("nella scheda della fonte «kind» manca, o non è un tipo di fonte: scrivi uno di questi: %s; «riuso check» sul catalogo mostra la riga",
			"in the record of the source \"kind\" is missing, or is no kind of source: write one of these: %s; \"riuso check\" on the catalogue shows the line", strings.Join(kinds, ", "))}
	}
	return &Trouble{Outcome: catalog.Failed, Reason: schema.Tf("«%s» non è un tipo di fonte: in «kind» scrivi uno di questi: %s", "%q is no kind of source: in \"kind\" write one of these: %s", kind, strings.Join(kinds, ", ")), Fault: catalog.FaultKind}
}

// lateList says in words that the time given to a list is over, whichever way it was asked.
func lateList(ctx context.Context, err error) error {
	return late(ctx, err, schema.T("l'elenco non è arrivato nel tempo concesso: si riprova alla prossima visita", "the list did not come in the time allowed: the next visit tries again"))
}

// askGit reads a catalogue that is a Git repository: what it holds, and the places that its sources/ folder names.
func (c *Crawler) askGit(ctx context.Context, f *found, known catalog.SourceState) error {
	v := &f.visit
	requests, received := v.Requests, v.Bytes
	err := c.look(ctx, v, known)
	v.Requests += requests
	v.Bytes += received
	if err != nil || v.Outcome == catalog.Unchanged {
		return err
	}
	kits := v.Tree != nil && len(v.Tree.Kits) > 0
	refuse(v)
	if v.Tree == nil {
		if kits {
			v.Reason = schema.T(v.Reason.It+"; c'è invece un kit: nella fonte va scritto kind: kit", v.Reason.En+"; there is a kit instead: the source has to say kind: kit")
		}
		return &Trouble{Outcome: catalog.Failed, Reason: v.Reason, Fault: catalog.FaultSource}
	}
	inv := Inventory{Tree: v.Tree, Catalogue: v.Tree.Catalogue.ID, URL: v.URL, Mark: v.Mark, Way: v.Way, Partial: v.Outcome == catalog.Partial, Reason: v.Reason}
	for _, s := range v.Tree.Sources {
		x := Found{Kind: s.Kind, URL: s.URL, Name: string(s.ID), Title: s.Title, Publisher: s.Publisher}
		if s.Kind == kindKit {
			x.Folder = catalog.CleanFolder(s.Folder)
		}
		if !s.On() {
			x.Left = schema.T("il catalogo che la nomina l'ha disattivata", "the catalogue that names it has switched it off")
		}
		inv.Found = append(inv.Found, x)
	}
	return c.name(f, inv, known)
}

// name makes of an inventory a visit, and tasks of what is to be visited.
func (c *Crawler) name(f *found, inv Inventory, known catalog.SourceState) error {
	v := &f.visit
	v.Mark, v.Reason, v.RetryAt = inv.Mark, inv.Reason, inv.RetryAt
	if inv.URL != "" {
		v.URL = inv.URL
	}
	if inv.Catalogue != "" {
		if inv.Catalogue == c.home.Load().own.id {
			return itself()
		}
		v.Via = append(append([]string{}, v.Source.Via...), inv.Catalogue)
		if i := index(v.Source.Via, inv.Catalogue); i >= 0 {
			return &Trouble{Outcome: catalog.Failed, Reason: schema.T("è un catalogo che nomina sé stesso attraverso altri: non si segue", "it is a catalogue that names itself through others: it is not followed"), Fault: catalog.FaultSelf}
		}
	}
	if inv.Unchanged {
		v.Outcome = catalog.Unchanged
		return nil
	}
	if v.Outcome = catalog.Full; inv.Partial {
		v.Outcome = catalog.Partial
	}
	v.Findings = append(v.Findings, inv.Findings...)
	if v.Tree = inv.Tree; v.Tree == nil {
		v.Tree = &catalog.Tree{}
	}
	v.Listing, f.tasks = c.derive(v, inv.Found, known.Listing)
	return nil
}

// settled says whether a list that says what it said before has nothing more to give: some lists carry what they know of
// each place, which is not kept, and which is wanted again for a place that was never read.
func (c *Crawler) settled(ctx context.Context, known *catalog.SourceState) (bool, error) {
	if kind := known.Source.Kind; known.Listing == nil || (kind != kindCatalogue && kind != kindAPI) {
		return true, nil
	}
	for _, id := range known.Listing.Places {
		place, err := c.stateOf(ctx, id)
		if way := lastWay(&place.State); err != nil || place.State.LastRead.IsZero() || place.State.Mark == "" && (way == wayTold || way == catalog.WayCopy) {
			return false, err
		}
	}
	return true, nil
}

func itself() error {
	return &Trouble{Outcome: catalog.Failed, Reason: schema.T("è questo stesso catalogo: non si visita da sé", "it is this very catalogue: it does not visit itself"), Fault: catalog.FaultSelf}
}

func index(ids []string, id string) int {
	for i, x := range ids {
		if x == id {
			return i
		}
	}
	return -1
}

// DefaultListTimeout is the longest that one list may take: thousands of names come in many answers.
const DefaultListTimeout = 20 * time.Minute
