package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Apply says what must be written after a visit, given what was known of the source. It is pure, and it is the only
// place where a record changes state:
//
//   - a full visit brings in what it saw, and is the only one that takes anything away: what it did not see is missing,
//     and gone after the grace period. A visit that would take away too much is held, and nothing of it is applied until a
//     second one says the same;
//   - a partial visit brings in what it saw and takes nothing away: the parts of a kit whose files it could not have stay
//     as they were;
//   - an unchanged one only tells that the place was seen; what was missing goes on ageing;
//   - an absent place makes all its records missing, and gone after the grace period;
//   - a failed visit leaves every record as it is: the last good copy stays, marked stale with a date.
//
// An explicit withdrawal (status: withdrawn) makes a kit gone at once, with a tombstone.
//
// It panics when it is not given records that the visit may touch (see [Known]): to go on would lose them.
func Apply(known Known, v Visit, p Policy) Delta {
	st := known.State
	if known.Unread && !st.Untouched(v.Outcome) {
		panic(fmt.Sprintf("catalog: a visit of %s that is %s is applied without the records of before", v.Source.ID, v.Outcome))
	}
	st.Source = v.Source
	st.URL = cmp.Or(v.URL, st.URL)
	st.Removed = false
	a := applying{visit: v, policy: p, state: st, listHeld: st.Held, before: map[RecordKey]Record{}}
	for _, r := range known.Records {
		a.before[r.RecordKey()] = r
	}
	if v.Outcome == Full || v.Outcome == Partial {
		a.state.Bodies = v.Bodies
	}
	a.apply()
	a.remember()
	a.summarise()
	if !known.Unread {
		a.count()
	}
	return Delta{State: a.state, Put: a.put, Texts: a.texts}
}

// Remove says what must be written when a source is no longer in the catalogue's list: its records go at once, by the
// operator's own will.
func Remove(known Known, at time.Time) Delta {
	d := Delta{State: known.State}
	d.State.Removed, d.State.Keys, d.State.Held = true, nil, nil
	d.State.Mark, d.State.ReadAs, d.State.Listing = "", nil, nil // if it is listed again, it is read again
	for _, r := range known.Records {
		if r.State != Gone {
			d.Put = append(d.Put, tombstone(r, at, schema.T("la fonte è stata tolta dal catalogo", "the source was taken out of the catalogue")))
		}
	}
	return d
}

type applying struct {
	visit  Visit
	policy Policy
	state  SourceState
	// listHeld is what the visit before waited for.
	listHeld *Hold
	before   map[RecordKey]Record
	put      []Record
	texts    []Text
	seen     int
}

func (a *applying) apply() {
	v := a.visit
	switch v.Outcome {
	case Full:
		a.state.Stale, a.state.Missing = time.Time{}, time.Time{}
		a.state.LastSeen = v.At
		found := a.records()
		moved := a.renames(found)
		held := a.held(found, moved)
		a.exclude()
		if held {
			return
		}
		a.state.LastRead, a.state.Commit, a.state.Mark, a.state.Rules = v.At, v.Commit, v.Mark, a.policy.ReadingRules()
		a.state.Moved = v.Moved
		a.state.Findings = a.findings()
		a.list(true)
		a.move(found, moved)
		a.bring(found)
		a.take(found, moved, schema.T("non è più nel repository", "it is no longer in the repository"))
	case Partial:
		a.state.Stale, a.state.Missing = time.Time{}, time.Time{}
		a.state.LastSeen, a.state.LastRead = v.At, v.At
		a.state.Commit, a.state.Mark = v.Commit, "" // the next visit reads again
		a.state.Findings = a.findings()
		a.exclude()
		a.list(false)
		a.bring(a.keepUnread(a.records()))
	case Unchanged:
		a.state.Stale, a.state.Missing = time.Time{}, time.Time{}
		a.state.LastSeen = v.At
		a.age(schema.T("non è più nel repository", "it is no longer in the repository"))
	case Absent:
		if a.state.Missing.IsZero() {
			a.state.Missing = v.At
		}
		a.state.Stale, a.state.Mark = time.Time{}, ""
		a.list(true)
		a.take(nil, nil, cmp.Or(v.Reason, schema.T("il repository non esiste più o non è più pubblico", "the repository no longer exists or is no longer public")))
	case Failed:
		if a.state.Stale.IsZero() {
			a.state.Stale = v.At
		}
	}
}

// records makes records of what the visit saw, by key. Two things under one key in one tree: the first wins, in the
// order of the tree, which is that of the paths.
func (a *applying) records() map[RecordKey]Record {
	t := a.visit.Tree
	out := map[RecordKey]Record{}
	if t == nil {
		return out
	}
	add := func(r Record) {
		if _, dup := out[r.RecordKey()]; !dup {
			out[r.RecordKey()] = r
		}
	}
	history := writableHistory(a.visit.History)
	for i := range t.Kits {
		k := &t.Kits[i]
		if len(k.Tags) > 0 {
			copied := *k
			copied.Tags = writableTags(k.Tags)
			k = &copied
		}
		add(Record{Kind: KindKit, Key: k.Key, Title: k.Title, Kit: k, History: historyOf(history, k.Folder), Findings: findingsBelow(t.Findings, k, a.policy.MaxFindings)})
	}
	for i := range t.Entities {
		e := &t.Entities[i]
		add(Record{Kind: KindEntity, Key: Key(e.Ref()), Title: e.Name, Entity: e})
	}
	for i := range t.Communities {
		c := &t.Communities[i]
		add(Record{Kind: KindCommunity, Key: Key(a.visit.URL + "#" + c.ID), Title: c.Title, Community: c})
	}
	for i := range t.Events {
		e := &t.Events[i]
		add(Record{Kind: KindEvent, Key: Key(a.visit.URL + "#" + e.ID), Title: e.Title, Event: e})
	}
	for i := range t.Adoptions {
		copied := t.Adoptions[i]
		ad := &copied
		ad.Kit = publiccode.NormalizeURL(ad.Kit)
		add(Record{Kind: KindAdoption, Key: AdoptionKey(Key(ad.Kit), ad.Entity), Title: cmp.Or(ad.Name, ad.Entity.ID()), Adoption: ad})
	}
	for i := range t.Evaluations {
		copied := t.Evaluations[i]
		ev := &copied
		if ev.Kit = publiccode.NormalizeURL(ev.Kit); ev.Kit != "" {
			add(Record{Kind: KindEvaluation, Key: EvaluationKey(Key(ev.Kit), ev), Title: cmp.Or(ev.ID, ev.Evaluator.Entity.ID()), Evaluation: ev})
		}
	}
	if t.Catalogue != nil {
		add(Record{Kind: KindCatalogue, Key: Key(cmp.Or(a.visit.URL, t.Catalogue.ID)), Title: t.Catalogue.Title, Catalogue: t.Catalogue})
	}
	return out
}

// EvaluationKey is the key of an evaluation that is told outside the kit's repository.
func EvaluationKey(kit Key, e *Evaluation) Key {
	name := cmp.Or(e.ID, string(e.Date)+"@"+e.KitVersion)
	return kit + "#" + Key(string(e.Evaluator.Entity)+"/"+strings.ReplaceAll(name, "#", ""))
}

// KitOf gives the key of the kit that an adoption or evaluation told elsewhere is about: what stands before the last #.
func KitOf(k Key) Key { return k[:max(0, strings.LastIndexByte(string(k), '#'))] }

// AdoptionKey is the key of an adoption that is told outside the kit's repository.
func AdoptionKey(kit Key, e EntityRef) Key { return kit + "#" + Key(e) }

// held says whether the visit would take away too much at once, and remembers it. The same loss seen again by a later
// visit is believed.
//
// What only changed its key is not lost. What the operator confirms is not held.
func (a *applying) held(found map[RecordKey]Record, moved map[RecordKey]Key) bool {
	if a.visit.Confirmed {
		a.state.Held = nil
		return false
	}
	live, lost := 0, []RecordKey{}
	for k, r := range a.before {
		if r.State == Gone {
			continue
		}
		if r.State == Live {
			live++
		}
		_, here := found[k]
		if _, renamed := moved[k]; !here && !renamed && r.State == Live {
			lost = append(lost, k)
		}
	}
	slices.SortFunc(lost, compareKeys)
	if len(lost) < max(a.policy.MinLoss, 1) || float64(len(lost)) <= a.policy.MaxLossShare*float64(live) {
		a.state.Held = nil
		return false
	}
	if h := a.state.Held; h != nil && slices.Equal(h.Keys, lost) {
		a.state.Held = nil
		return false
	}
	a.state.Held = &Hold{At: a.visit.At, Commit: a.visit.Commit, Keys: lost}
	return true
}

func compareKeys(a, b RecordKey) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
}

// bring writes what was found.
func (a *applying) bring(found map[RecordKey]Record) {
	v := a.visit
	a.seen = len(found)
	for _, t := range v.Texts {
		a.texts = append(a.texts, t.Bounded())
	}
	keys := make([]RecordKey, 0, len(found))
	for k := range found {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compareKeys)
	keptOut := KeepOut(a.policy.Excluded)
	for _, key := range keys {
		r := found[key]
		r.Source, r.State = v.Source.ID, Live
		r.URL, r.Commit, r.Changed, r.Branch = v.URL, v.Commit, writable(v.Changed), v.Branch
		r.Trust, r.Priority, r.Local, r.Publisher = v.Source.Trust, v.Source.Priority, v.Source.ID == CatalogueSource, v.Source.Publisher
		r.Via, r.Copy, r.Listed = v.via(), v.Way == WayCopy, v.Source.Parent != ""
		r.LastRead = v.At
		old, known := a.before[key]
		if r.FirstSeen.IsZero() {
			r.FirstSeen = v.At
		}
		if known && old.FirstSeen.Before(r.FirstSeen) {
			r.FirstSeen = old.FirstSeen
		}
		if r.Kit != nil {
			r.Aliases = append(r.Aliases, v.otherAddresses(r.Kit)...)
		}
		r.Aliases = aliases(key.Key, append(r.Aliases, old.Aliases...))
		if r.Kit != nil && r.Kit.Status == "withdrawn" {
			r = withdrawn(r, v.At, schema.T("l'ente lo ha ritirato", "the body has withdrawn it"))
		}
		if x, out := keptOut.Names(&r); out {
			r = withdrawn(r, v.At, x.why())
		}
		r, same := sameStone(r, old)
		if !same {
			a.keep(r)
		}
	}
}

// via gives the catalogues through which what a visit saw was told.
func (v *Visit) via() []string {
	if v.Via != nil {
		return v.Via
	}
	return v.Source.Via
}

// CatalogueSource is the source that stands for the operator's own catalogue repository.
const CatalogueSource SourceID = "catalogue"

// take makes missing, or after the grace period gone, what was known and not found.
func (a *applying) take(found map[RecordKey]Record, moved map[RecordKey]Key, why schema.Text) {
	for _, key := range a.knownKeys() {
		r := a.before[key]
		_, here := found[key]
		if _, renamed := moved[key]; here || renamed || r.State == Gone {
			continue
		}
		if a.refused(&r) {
			a.keep(tombstone(r, a.visit.At, schema.T("chi gestisce il catalogo non importa cartelle di documenti da questa fonte", "whoever runs the catalogue imports no folders of documents from this source")))
			continue
		}
		if r.State == Live {
			r.State, r.MissedAt = Missing, a.visit.At
			if a.policy.Grace > 0 {
				a.keep(r)
				continue
			}
		}
		a.expire(r, why)
	}
}

// refused says that a kit was imported from folders of documents, which the operator now wants of this source no more: that
// holds at once, as all that the operator says.
func (a *applying) refused(r *Record) bool {
	return a.visit.Outcome == Full && a.visit.Source.Legacy == "never" && r.Kit != nil && r.Kit.Form == FormLegacy
}

// age lets what is already missing go when its time is over.
func (a *applying) age(why schema.Text) {
	for _, key := range a.knownKeys() {
		if r := a.before[key]; r.State == Missing {
			a.expire(r, why)
		}
	}
}

func (a *applying) expire(r Record, why schema.Text) {
	if a.visit.At.Sub(r.MissedAt) >= a.policy.Grace {
		a.keep(tombstone(r, a.visit.At, why))
	}
}

func (a *applying) knownKeys() []RecordKey {
	keys := make([]RecordKey, 0, len(a.before))
	for k := range a.before {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compareKeys)
	return keys
}

func (a *applying) keep(r Record) { a.put = append(a.put, r) }

func (a *applying) findings() []schema.Finding {
	all := slices.Clone(a.visit.Findings)
	if a.visit.Tree != nil {
		all = append(all, a.visit.Tree.Findings...)
	}
	schema.Sort(all)
	return all[:min(len(all), a.policy.MaxFindings)]
}

// summarise writes the visit into the history of the source.
func (a *applying) summarise() {
	v := a.visit
	s := VisitSummary{At: v.At, Outcome: v.Outcome, Reason: v.Reason, Commit: v.Commit, Duration: v.Duration, Bytes: v.Bytes, Requests: v.Requests, Way: v.Way, Records: a.seen, Fault: v.Fault}
	if a.state.Held != nil && (v.Outcome == Full || v.Outcome == Absent) {
		s.Reason = schema.Tf("in attesa di conferma: toglierebbe %d voci in una volta", "waiting to be confirmed: it would take away %d entries at once", len(a.state.Held.Keys))
	}
	count := func(fs []schema.Finding) {
		errors, warnings, _ := schema.Weigh(fs)
		s.Errors += errors
		s.Warnings += warnings
	}
	count(v.Findings)
	if v.Tree != nil {
		count(v.Tree.Findings)
	}
	if v.Outcome == Unchanged { // what it is as before
		s.Records = len(a.state.Keys)
		count(a.state.Findings)
	}
	a.state.Visits = append([]VisitSummary{s}, a.state.Visits...)
	a.state.Visits = a.state.Visits[:min(len(a.state.Visits), max(1, a.policy.KeepVisits))]
}

// count lists what the source now gives.
func (a *applying) count() {
	after := map[RecordKey]State{}
	for k, r := range a.before {
		after[k] = r.State
	}
	for _, r := range a.put {
		after[r.RecordKey()] = r.State
	}
	a.state.Keys, a.state.NoneMissing = nil, true
	for k, st := range after {
		a.state.NoneMissing = a.state.NoneMissing && st != Missing
		if st != Gone {
			a.state.Keys = append(a.state.Keys, k)
		}
	}
	slices.SortFunc(a.state.Keys, compareKeys)
}
