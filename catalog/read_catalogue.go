package catalog

import (
	"path"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// catalogue reads catalogue.md and the folders of a catalogue repository (kit format §15). Folders of record types that
// are not read yet (needs, calls, indicators, operators, evaluations) are left alone.
func (r *reader) catalogue() {
	var c Catalogue
	if m, ok := r.open("", "catalogue.md", false); ok {
		m.typ = "catalogue"
		m.decode(r, &c, &c.Header)
		r.languageRule(&m, c.Languages)
	}
	if c.URL == "" {
		c.URL = r.o.URL
	}
	r.tree.Catalogue = &c
	if r.o.URL == "" {
		r.o.URL = publiccode.NormalizeURL(c.URL)
	}
	for _, rel := range r.files {
		folder, rest, ok := strings.Cut(rel, "/")
		if !ok || strings.Contains(rest, "/") || path.Ext(rel) != ".md" || isPlain(rel) {
			continue
		}
		switch typeByFolder(folder + "/x") {
		case "entity", "community", "event", "source", "adoption", "evaluation":
		default:
			continue
		}
		if m, ok := r.open("", rel, false); ok {
			r.place(&m)
		}
	}
	r.catalogueReferences()
}

func (r *reader) place(m *marked) {
	t := r.tree
	switch m.typ {
	case "entity":
		var e Entity
		m.decode(r, &e, &e.Header)
		t.Entities = add(r, m, "", t.Entities, e, e.ID)
	case "community":
		var c Community
		m.decode(r, &c, &c.Header)
		if c.Level == "territorial" && c.Territory == "" {
			r.say(m, "level", schema.Error, "E18", schema.T("una comunità territoriale deve dire qual è il suo territorio", "a territorial community must name its territory"),
				schema.T("aggiungi territory: con il nome del luogo, per esempio territory: Provincia di Brescia; se non ne ha uno, cambia level", "add territory: with the name of the place, as in territory: Provincia di Brescia; if it has none change level"))
		}
		t.Communities = add(r, m, "", t.Communities, c, c.ID)
	case "event":
		var e Event
		m.decode(r, &e, &e.Header)
		r.meetingRule(m, &e)
		t.Events = add(r, m, "", t.Events, e, e.ID)
	case "source":
		var s Source
		m.decode(r, &s, &s.Header)
		if s.ID == CatalogueSource {
			r.say(m, "id", schema.Error, "E05", schema.Tf("l'identificativo «%s» è riservato al catalogo stesso: la fonte non è visitata", "the id %q is reserved for the catalogue itself: the source is not visited", s.ID),
				schema.T("dai alla fonte un altro id", "give the source another id"))
			return
		}
		r.sourceRule(m, &s)
		t.Sources = add(r, m, "", t.Sources, s, string(s.ID))
	case "adoption":
		r.adoptionElsewhere(m)
	case "evaluation":
		var e Evaluation
		m.decode(r, &e, &e.Header)
		r.evaluationRule(m, &e, nil)
		if e.Kit == "" && valueOf(m.head, "kit") == nil {
			r.say(m, "kit", schema.Error, "E03", schema.T("manca il kit che è valutato: la valutazione non comparirebbe da nessuna parte", "the kit that is judged is not named: the evaluation would be shown nowhere"),
				schema.T("aggiungi kit: con l'indirizzo del repository del kit", "add kit: with the address of the kit's repository"))
		}
		t.Evaluations = append(t.Evaluations, e)
		r.judged = append(r.judged, *m)
	default:
		r.unknownType(m, "entity, community, event, source, adoption, evaluation")
	}
}

// adopterOnly reads the adoptions of a repository that is neither a kit nor a catalogue: a body that tells its own story
// (kit format §10).
func (r *reader) adopterOnly() {
	for _, rel := range r.files {
		if folder, rest, ok := strings.Cut(rel, "/"); ok && !strings.Contains(rest, "/") && typeByFolder(folder+"/x") == "adoption" && path.Ext(rel) == ".md" && !isPlain(rel) {
			if m, ok := r.open("", rel, false); ok && m.typ == "adoption" {
				r.adoptionElsewhere(&m)
			}
		}
	}
}

// adoptionElsewhere takes the story of a kit that lives in another repository.
func (r *reader) adoptionElsewhere(m *marked) {
	a, ok := r.adoption(m)
	switch {
	case !ok:
	case a.Kit == "" && valueOf(m.head, "kit") != nil: // refused, and a finding says so
	case a.Kit == "":
		r.say(m, "kit", schema.Error, "E03", schema.T("manca il kit di cui si racconta l'adozione", "the kit that was adopted is not named"),
			schema.T("aggiungi kit: con l'indirizzo del repository del kit", "add kit: with the address of the kit's repository"))
	default:
		r.told = append(r.told, *m)
		r.tree.Adoptions = append(r.tree.Adoptions, a)
	}
}
