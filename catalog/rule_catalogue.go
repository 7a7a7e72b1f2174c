package catalog

import (
	"github.com/open-community-pa/riuso/schema"
)

// catalogueReferences checks that the communities which meetings and other communities name are in the catalogue (E06).
func (r *reader) catalogueReferences() {
	t := r.tree
	var all []meaning
	has := map[string]bool{}
	for i := range t.Communities {
		c := &t.Communities[i]
		has[c.ID] = true
		all = append(all, meaning{is: c.ID, label: schema.T(c.Title, c.Title)})
	}
	check := func(file, key, id string) {
		m := r.opened[file]
		if id == "" || has[id] || m == nil || r.report.full(file) {
			return
		}
		hint := schema.T("scrivi l'id di una comunità di questo catalogo, o togli la riga", "write the id of a community of this catalogue, or remove the line")
		if p := r.guess(func() []string { return meant(id, all[:min(len(all), maxNear)]) }); !p.IsZero() {
			hint = schema.T(p.It+"; "+hint.It, p.En+" "+hint.En)
		}
		r.say(m, key, schema.Error, "E06", schema.Tf("nel catalogo non c'è la comunità «%s»", "the catalogue has no community %q", quoted(id)), hint)
	}
	for i := range t.Events {
		check(t.Events[i].Path, "community", t.Events[i].Community)
	}
	for i := range t.Communities {
		check(t.Communities[i].Path, "parent", t.Communities[i].Parent)
	}
}
