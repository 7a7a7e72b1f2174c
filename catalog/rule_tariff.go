package catalog

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// tariffRules check that a price can be computed as it is written (E19), that each of its rules can hold and that it is as
// exact as it says (W18), that what it is for is there (E04, E06), and that only one holds on a day (E12; kit format §7).
func (r *reader) tariffRules(k *Kit) {
	r.overlapRule(k)
	services := map[string]bool{}
	for i := range k.Services {
		services["service:"+k.Services[i].ID] = true
	}
	for i := range k.Tariffs {
		t := &k.Tariffs[i]
		m := r.opened[path.Join(k.Folder, t.Path)]
		if m == nil {
			continue
		}
		t.Unread = m.d.unread
		r.computableRule(m, t)
		r.doubtRule(m, t)
		r.appliesRule(m, t, services)
	}
}

// computableRule tells the faults of a tariff, but for what was said already when it was read.
func (r *reader) computableRule(m *marked, t *Tariff) {
	sev := schema.Error
	if m.d.lenient || t.Status == "draft" {
		sev = schema.Warning
	}
	for _, f := range t.faults() {
		if f.lacks && m.refused(f.key) {
			continue
		}
		r.say(m, f.key, sev, "E19", f.what, f.how)
	}
}

// refused says that something is written at a place that is asked for, or that its lack is told by the shape of the record:
// kind and components are required keys.
func (m *marked) refused(key string) bool {
	at, name := key[:max(0, strings.LastIndexByte(key, '.'))], key[strings.LastIndexByte(key, '.')+1:]
	v := valueOf(m.place(at), name)
	written := v != nil && v.ShortTag() != "!!null" && (v.Kind != yaml.SequenceNode || len(v.Content) > 0)
	if written && strings.TrimSpace(v.Value) == "" && (name == "unit" || name == "by" || name == "component") {
		written = false // a text of nothing was read, and is nothing
	}
	return written || name == "components" || name == "kind" && !strings.Contains(at, "discounts")
}

// doubtRule warns of what can be computed and is not what its author thinks.
func (r *reader) doubtRule(m *marked, t *Tariff) {
	hidden := t.hidden()
	for _, i := range slices.Sorted(maps.Keys(hidden)) {
		r.say(m, "rules["+itoa(i)+"]", schema.Warning, "W18", schema.Tf("la regola %d non vale mai: i suoi enti sono già tutti nella regola %d", "rule %d never holds: its bodies are all in rule %d already", i+1, hidden[i]+1),
			schema.T("le regole si leggono in ordine e vale la prima adatta: metti prima le più particolari, o togli questa", "rules are read in order and the first that fits holds: put the most particular first, or remove this one"))
	}
	if t.Exact != nil && *t.Exact {
		if why := t.notExact(); !why.IsZero() {
			r.say(m, "exact", schema.Warning, "W18", schema.T("il calcolo non può essere esatto: "+why.It, "the sum cannot be exact: "+why.En),
				schema.T("scrivi exact: false: la pagina dirà che l'importo è un limite", "write exact: false: the page will say that the amount is a bound"))
		}
	}
	if t.Valid != nil && *t.Valid == (Validity{}) && t.Source == "" && m.holds("valid") {
		r.say(m, "valid", schema.Warning, "W18", schema.T("la tariffa non dice da quando vale: sembra valere per sempre", "the tariff does not say since when it holds: it seems to hold for ever"),
			schema.T("scrivi almeno il primo giorno, per esempio valid: {from: 2026-01-01}; se la fonte non lo dice, cita la fonte in source", "write the first day at least, as in valid: {from: 2026-01-01}; when the source is silent name it under source"))
	}
}

// holds says that a mapping stands at a key and that nothing was refused in it.
func (m *marked) holds(key string) bool {
	v := valueOf(m.head, key)
	return v != nil && len(v.Content) == 0
}

// notExact says why no exact amount can come of a tariff, or nothing.
func (t *Tariff) notExact() schema.Text {
	for i := range t.Rules {
		for _, d := range t.Rules[i].Discounts {
			if d.Unknown != nil && *d.Unknown {
				return schema.Tf("nella regola %d uno sconto non è pubblicato", "in rule %d a discount is not published", i+1)
			}
		}
		for _, c := range t.Rules[i].Components {
			if lo, hi := ratOf(c.Min), ratOf(c.Max); c.Kind == "range" && (lo == nil) != (hi == nil) || c.Kind == "range" && lo != nil && hi != nil && lo.Cmp(hi) < 0 {
				return schema.Tf("nella regola %d una voce va da un importo a un altro", "in rule %d an item goes from one amount to another", i+1)
			}
		}
	}
	return schema.Text{}
}

// appliesRule checks what a tariff is for: membership, or a service of the kit.
func (r *reader) appliesRule(m *marked, t *Tariff, services map[string]bool) {
	if t.Applies == "" || t.Applies == "membership" || services[t.Applies] {
		return
	}
	other, typ, id := Ref(t.Applies).Split()
	switch {
	case typ != "service" || id == "":
		r.say(m, "applies", schema.Error, "E04", schema.Tf("non si capisce che cosa si paga: «%s»", "it is not clear what is paid for: %q", quoted(t.Applies)),
			schema.T("scrivi membership per la quota di adesione, oppure service: e l'id di un servizio del kit", "write membership for the joining fee, or service: and the id of a service of the kit"))
	case other == "":
		hint := schema.T("scrivi service: e l'id di un servizio di questo kit, oppure membership", "write service: and the id of a service of this kit, or membership")
		if p := r.guess(func() []string { return nearRef(t.Applies, services) }); !p.IsZero() {
			hint = schema.T(p.It+"; "+hint.It, p.En+" "+hint.En)
		}
		r.say(m, "applies", schema.Error, "E06", schema.Tf("la tariffa è di un servizio che non c'è: «%s»", "the tariff is of a service that is not there: %q", quoted(t.Applies)), hint)
	}
}

// overlapRule finds two tariffs of the same thing that hold on the same day (E12; kit format §7).
func (r *reader) overlapRule(k *Kit) {
	byDay := make([]*Tariff, 0, len(k.Tariffs))
	for i := range k.Tariffs {
		if t := &k.Tariffs[i]; t.Applies != "" && t.Valid != nil {
			byDay = append(byDay, t)
		}
	}
	slices.SortStableFunc(byDay, func(a, b *Tariff) int { return strings.Compare(startOf(a.Valid.From), startOf(b.Valid.From)) })
	latest := map[string]*Tariff{} // of what began so far, by what it applies to
	for _, t := range byDay {
		a := latest[t.Applies]
		if a == nil || endOf(a.Valid.To) < endOf(t.Valid.To) {
			latest[t.Applies] = t
		}
		if a == nil || startOf(t.Valid.From) > endOf(a.Valid.To) {
			continue
		}
		if m := r.opened[path.Join(k.Folder, t.Path)]; m != nil {
			r.say(m, "valid", schema.Error, "E12", schema.Tf("la tariffa «%s» vale negli stessi giorni di «%s», per la stessa cosa (%s)", "the tariff %q holds on the same days as %q, for the same thing (%s)", t.ID, a.ID, quoted(t.Applies)),
				schema.Tf("chiudi la vecchia: nel file di «%s» scrivi in valid.to il giorno prima del %s", "close the old one: in the file of %q write under valid.to the day before %s", a.ID, cmp.Or(t.Valid.From, "—")))
		}
	}
}

// startOf and endOf make days comparable as texts. A month or a year stands for all its days; no day is for ever.
func startOf(d Date) string { return string(d) }

func endOf(d Date) string {
	if d == "" {
		return "9999-99-99"
	}
	return string(d) + "-99-99"[min(6, len(d)-4):]
}
