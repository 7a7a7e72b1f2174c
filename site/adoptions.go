package site

import (
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// adoptionView is the history of one body with a kit.
type adoptionView struct {
	A        *catalog.Adoption
	Body     Body
	Progress catalog.Progress
	Steps    []stepView
	Path     string
	Sections []string
}

// stepView is one event of a history. Broken says that the order of steps does not allow it there: it is shown, and said.
type stepView struct {
	*catalog.AdoptionEvent
	Broken  bool
	RefURL  string // page of the part that the event names
	RefName string
	ActURL  string
}

func adoptionOf(p *Page, kitID string, a *catalog.Adoption) adoptionView {
	v := adoptionView{A: a, Body: p.Body(a.Entity), Progress: catalog.Follow(a.Events), Path: partPath(kitID, catalog.PartAdoption, a.Entity.ID())}
	for i := range a.Events {
		ev := &a.Events[i]
		st := stepView{AdoptionEvent: ev, Broken: slices.Contains(v.Progress.Broken, i)}
		if ev.Act != nil {
			st.ActURL = outside(ev.Act.URL)
		}
		v.Steps = append(v.Steps, st)
	}
	return v
}

// link ties the parts that the events of a history name to their pages.
func (v *adoptionView) link(kitID string, k *catalog.Kit) {
	for i := range v.Steps {
		st := &v.Steps[i]
		ref := st.Ref
		if ref == "" {
			ref = st.Service
		}
		if ref == "" {
			continue
		}
		if l := refLink(kitID, k, ref); l.Path != "" {
			st.RefURL, st.RefName = l.Path, l.Title
		} else {
			st.RefName = string(ref)
		}
	}
}
