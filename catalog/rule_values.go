package catalog

import (
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// valueRules checks the values of a kit that depend on each other (kit format §§3, 6).
func (r *reader) valueRules(k *Kit, m *marked) {
	r.languageRule(m, k.Languages)
	for i := range k.Services {
		s := &k.Services[i]
		if sm := r.opened[path.Join(k.Folder, s.Path)]; sm != nil {
			r.serviceRule(sm, s)
		}
	}
}

// valueless says that a key has no value at all: what was wrong with one is another finding.
func valueless(m *marked, key string) bool {
	v := valueOf(m.head, key)
	return v == nil || v.Kind == yaml.ScalarNode && strings.TrimSpace(v.Value) == ""
}

// lacking says that something is not there: an error, and a warning in a draft (E03).
func (r *reader) lacking(m *marked, key string, msg, hint schema.Text) {
	sev := schema.Error
	if m.d.lenient {
		sev = schema.Warning
	}
	r.say(m, key, sev, "E03", msg, hint)
}

// languageRule wants Italian first: it is the language that all bodies read (kit format §3).
func (r *reader) languageRule(m *marked, languages []string) {
	if len(languages) == 0 {
		return
	}
	if base, _, _ := strings.Cut(strings.ToLower(languages[0]), "-"); base != "it" {
		r.say(m, "languages", schema.Error, "E01", schema.Tf("la prima lingua è «%s»: l'italiano viene per primo", "the first language is %q: Italian comes first", quoted(languages[0])),
			schema.T("scrivi it per primo, poi le altre lingue, per esempio languages: [it, de]", "write it first, then the other languages, as in languages: [it, de]"))
	}
}

// serviceRule checks for whom a service is (E04) and that its price can be found (E03; kit format §6).
func (r *reader) serviceRule(m *marked, s *Service) {
	for i, who := range s.Recipients {
		if schema.EntityTypes.Has(who) || schema.Recipients.Has(who) {
			continue
		}
		known := slices.Concat(valuesIn(schema.EntityTypes), valuesIn(schema.Recipients))
		bodies, users := r.allowed(schema.EntityTypes), r.allowed(schema.Recipients)
		hint := schema.T("per i tipi di ente "+bodies.It+"; per chi lo usa alla fine "+users.It, "for types of body "+bodies.En+"; for who uses it in the end "+users.En)
		if p := proposed(meant(who, known)); !p.IsZero() {
			hint = schema.T(p.It+"; "+hint.It, p.En+" "+hint.En)
		}
		r.say(m, "recipients["+itoa(i)+"]", schema.Error, "E04", schema.Tf("valore non ammesso «%s»", "value not allowed %q", quoted(who)), hint)
	}
	if (s.Inclusion == "surcharge" || s.Inclusion == "list-price") && len(s.Tariff) == 0 && valueless(m, "tariff") {
		l := schema.Inclusions.Label(s.Inclusion)
		r.lacking(m, "inclusion", schema.T("il servizio si paga («"+l.It+"»), ma manca la tariffa", "the service is paid for (“"+l.En+"”), but its tariff is missing"),
			schema.T("aggiungi tariff: con la tariffa del kit, per esempio tariff: [tariff:quota-annuale], o correggi inclusion", "add tariff: with the tariff of the kit, as in tariff: [tariff:annual-fee], or correct inclusion"))
	}
}

// optionRule wants the answers among which to choose (E03; kit format §8).
func (r *reader) optionRule(m *marked, n *yaml.Node, key string) {
	typ, options := valueOf(n, "type"), valueOf(n, "options")
	if typ == nil || typ.Value != "single" && typ.Value != "multi" || options != nil && (len(options.Content) > 0 || options.Value != "") {
		return
	}
	r.lacking(m, key, schema.T("alla voce mancano le risposte tra cui scegliere", "the item lacks the answers to choose from"),
		schema.T("aggiungi options: con le risposte, per esempio options: [sì, in parte, no]", "add options: with the answers, as in options: [yes, partly, no]"))
}
