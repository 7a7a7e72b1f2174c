package catalog

import (
	"path"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// timeRules look for what nobody looked at for long (W03). Without a Now they are not asked.
func (r *reader) timeRules(k *Kit) {
	if r.o.Now.IsZero() || k.Status == "superseded" || k.Status == "withdrawn" {
		return
	}
	months := StaleMonths(r.tree.Catalogue)
	for i := range k.Documents {
		d := &k.Documents[i]
		dm := r.opened[path.Join(k.Folder, d.Path)]
		if dm == nil || d.Status == "superseded" || !Stale(d.Updated, months, r.o.Now) {
			continue
		}
		r.say(dm, "updated", schema.Warning, "W03", schema.Tf("l'ultima revisione è del %s: più di %d mesi fa", "the last revision is of %s: more than %d months ago", d.Updated, months),
			schema.T("rileggi il documento e scrivi in updated: il giorno in cui lo hai fatto; se non vale più scrivi status: superseded (superato)", "read the document again and write the day on which you did in updated:; where it no longer holds write status: superseded"))
	}
}

// plannedRule finds steps of an adoption that are still planned though their day has gone by (W13).
func (r *reader) plannedRule(m *marked, events []AdoptionEvent) {
	if r.o.Now.IsZero() {
		return
	}
	for i, e := range events {
		if e.Planned != nil && *e.Planned && past(e.Date, r.o.Now) {
			step := schema.EventKinds.Label(e.Kind)
			r.say(m, "events["+itoa(i)+"]", schema.Warning, "W13", schema.T("il passo «"+step.It+"» era previsto per il "+string(e.Date)+", che è passato", "the step “"+step.En+"” was planned for "+string(e.Date)+", which has gone by"),
				schema.T("se è avvenuto togli planned:, se no scrivi la nuova data", "if it took place remove planned:, if not write the new date"))
		}
	}
}

// meetingRule finds a meeting that is still announced though its day has gone by (W13).
func (r *reader) meetingRule(m *marked, e *Event) {
	start, err := time.Parse(time.RFC3339, e.Start)
	if err != nil || r.o.Now.IsZero() || !start.Before(r.o.Now) || (e.Status != "planned" && e.Status != "announced") {
		return
	}
	r.say(m, "status", schema.Warning, "W13", schema.Tf("l'incontro era previsto per il %s, che è passato", "the meeting was planned for %s, which has gone by", start.Format(time.DateOnly)),
		schema.T("scrivi com'è andato in outcome: e togli status:, oppure scrivi la nuova data in start:", "write under outcome: how it went and remove status:, or write the new date under start:"))
}

// past says that all days that a date stands for lie before now.
func past(d Date, now time.Time) bool {
	t, ok := d.Time()
	if !ok {
		return false
	}
	switch len(d) {
	case len("2006"):
		t = t.AddDate(1, 0, 0)
	case len("2006-01"):
		t = t.AddDate(0, 1, 0)
	default:
		t = t.AddDate(0, 0, 1)
	}
	return !t.After(now)
}

// dayAhead is how far a date may lie ahead of the clock: it is already tomorrow somewhere.
const dayAhead = 24 * time.Hour

// dates finds known dates that go back, and days to come of which the story speaks as if they had been (E20). What is
// planned moves, and is left out.
func (h history) dates() {
	var last Date // the one whose first day is the latest so far
	var lastDay time.Time
	for i, e := range h.a.Events {
		day, ok := e.Date.Time()
		if !ok || isTrue(e.Planned) {
			continue
		}
		at, name := "events["+itoa(i)+"].date", schema.EventKinds.Label(e.Kind)
		if now := h.r.o.Now; !now.IsZero() && day.Sub(now) > dayAhead {
			h.r.say(h.m, at, h.severity, "E20", schema.T("il passo "+itoa(i+1)+" («"+name.It+"») ha la data "+string(e.Date)+", che deve ancora venire", "step "+itoa(i+1)+" (“"+name.En+"”) has the date "+string(e.Date)+", which is still to come"),
				schema.T("correggi la data; se il passo è solo previsto aggiungi planned: true", "correct the date; if the step is only planned add planned: true"))
			continue
		}
		if last != "" && past(e.Date, lastDay) {
			h.r.say(h.m, at, h.severity, "E20", schema.T("il passo "+itoa(i+1)+" («"+name.It+"») è del "+string(e.Date)+", ma viene dopo un passo del "+string(last), "step "+itoa(i+1)+" (“"+name.En+"”) is of "+string(e.Date)+", but comes after a step of "+string(last)),
				schema.T("metti i passi nell'ordine in cui sono avvenuti, o correggi la data; una data che non si sa si lascia vuota", "put the steps in the order in which they took place, or correct the date; leave out a date that is not known"))
			continue
		}
		if last == "" || day.After(lastDay) {
			last, lastDay = e.Date, day
		}
	}
}
