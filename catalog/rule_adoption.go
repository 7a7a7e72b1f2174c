package catalog

import (
	"path"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// adoption reads one history and checks it (rules E06, E10, E11, E20, W13). ok is false when it belongs in no tree: it
// names no body. Of a body that does not agree to be shown only that is kept: nobody else's story of it is then shown.
func (r *reader) adoption(m *marked) (a Adoption, ok bool) {
	m.decode(r, &a, &a.Header)
	if a.Entity == "" {
		return a, false
	}
	if a.Consent != nil && !*a.Consent {
		r.say(m, "consent", schema.Error, "E20", schema.T("l'ente non acconsente (consent: false): la storia non è mostrata in nessuna pagina", "the body does not agree (consent: false): the history is shown on no page"),
			schema.T("togli il file dal repository, che chiunque può leggere; se l'ente acconsente, scrivi consent: true", "take the file out of the repository, which anybody can read; if the body agrees write consent: true"))
		r.saidWhyNot = true
		return Adoption{Header: Header{Path: a.Path}, Kit: a.Kit, Entity: a.Entity, Consent: a.Consent}, true
	}
	r.adoptionName(m, &a)
	h := history{r: r, m: m, a: &a, severity: schema.Error}
	if a.Source != "" {
		h.severity = schema.Warning // told by others, from a document that may leave much out
	}
	h.consent()
	h.order()
	h.dates()
	for i := range a.Events {
		h.needs(i)
	}
	r.plannedRule(m, a.Events)
	return a, true
}

// adoptionName compares the name of the file with the body: one file, one body (kit format §10).
func (r *reader) adoptionName(m *marked, a *Adoption) {
	file, rest, _ := strings.Cut(strings.TrimSuffix(path.Base(m.rel), ".md"), "--")
	if strings.EqualFold(file, a.Entity.ID()) {
		return
	}
	name := a.Entity.ID()
	if rest != "" {
		name += "--" + quoted(rest)
	}
	r.say(m, "entity", schema.Warning, "E06", schema.Tf("il nome del file comincia con %s, ma l'ente è %s", "the name of the file begins with %s, but the body is %s", quoted(file), a.Entity),
		schema.Tf("rinomina il file in %s.md, o correggi entity", "rename the file to %s.md, or correct entity", name))
}

// history is the check of one adoption.
type history struct {
	r        *reader
	m        *marked
	a        *Adoption
	severity schema.Severity
}

// consent asks who stands behind the story: the body, which agrees, or the document that tells of it.
func (h history) consent() {
	if h.a.Consent != nil || h.a.Source != "" || valueOf(h.m.head, "consent") != nil || valueOf(h.m.head, "source") != nil {
		return // written, or refused with a finding of its own
	}
	h.r.say(h.m, "", h.ofMissing(), "E20", schema.T("non si sa se l'ente acconsente, né da quale documento viene la storia", "it is not known whether the body agrees, nor which document the history comes from"),
		schema.T("se scrive l'ente aggiungi consent: true; se scrive qualcun altro aggiungi source: con il documento pubblico che lo dice", "if the body writes add consent: true; if somebody else does add source: with the public document that says so"))
}

// ofMissing is how bad it is that something is not there: a draft may do without.
func (h history) ofMissing() schema.Severity {
	if h.m.d.lenient {
		return schema.Warning
	}
	return h.severity
}

// order finds the steps that the table of §10 does not allow where they stand.
func (h history) order() {
	for _, i := range Follow(h.a.Events).Broken {
		kind := h.a.Events[i].Kind
		name, why := schema.EventKinds.Label(kind), comesAfter(kind)
		h.r.say(h.m, "events["+itoa(i)+"]", h.severity, "E10", schema.T("il passo "+itoa(i+1)+" («"+name.It+"») non può venire a questo punto della storia"+why.It, "step "+itoa(i+1)+" (“"+name.En+"”) cannot come at this point of the history"+why.En),
			schema.T("aggiungi i passi che mancano prima, anche senza data, o segna inferred: true se la fonte li tace", "add the steps that come before it, even without a date, or mark it inferred: true if the source does not tell them"))
	}
}

// needs asks of one step what shows that it took place. A step that is still planned owes nothing; nor does one that
// somebody else inferred, who must not make up what the source does not tell.
func (h history) needs(i int) {
	e := &h.a.Events[i]
	if isTrue(e.Planned) || isTrue(e.Inferred) && h.a.Source != "" {
		return
	}
	at, name := "events["+itoa(i)+"]", schema.EventKinds.Label(e.Kind)
	if e.Kind == "decision-adopt" {
		if e.Act == nil {
			h.r.say(h.m, at, h.severity, "E11", schema.T("la decisione del passo "+itoa(i+1)+" non indica l'atto", "the decision of step "+itoa(i+1)+" names no act"),
				schema.T("aggiungi act: con il tipo di atto, il numero e la data", "add act: with the kind of act, its number and date"))
		}
		return
	}
	for _, n := range needsOf(e.Kind) {
		if n.met(h.a, e) || h.refused(at, n) {
			continue
		}
		h.r.say(h.m, at, h.ofMissing(), "E20", schema.T("al passo "+itoa(i+1)+" («"+name.It+"») manca "+n.what.It, "step "+itoa(i+1)+" (“"+name.En+"”) lacks "+n.what.En),
			schema.T("aggiungi "+n.add.It, "add "+n.add.En))
	}
}

// refused says that the key is there after all: what was wrong with its value is another finding.
func (h history) refused(at string, n need) bool {
	holder := h.m.head
	if !n.ofStory {
		holder = h.m.place(at)
	}
	v := valueOf(holder, n.key)
	return v != nil && v.ShortTag() != "!!null" && v.Value != ""
}

// isTrue says that somebody wrote true.
func isTrue(b *bool) bool { return b != nil && *b }
