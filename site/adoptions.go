package site

import (
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// adoptionView is the history of one body with a kit.
type adoptionView struct {
	A        *catalog.Adoption
	Body     Body
	Progress catalog.Progress
	Steps    []stepView
	Path     string
	Lag      catalog.VersionLag // how its version stands to those of the kit
}

// stepView is one event of a history. Broken says that the order of steps does not allow it there: it is shown, and said.
type stepView struct {
	*catalog.AdoptionEvent
	Broken  bool
	From    *drawnFrom // of an inferred one: where it was read
	RefURL  string     // page of the part that the event names
	RefName string
	ActURL  string
}

// adoptionOf puts a history together; released are the versions of the kit (see
// [catalog.Released]), files what it holds (see [catalog.Attachments]).
func adoptionOf(p *Page, e *catalog.Entry, a *catalog.Adoption, released []catalog.Release, files []catalog.Held) adoptionView {
	v := adoptionView{A: a, Body: p.Body(a.Entity), Progress: catalog.Follow(a.Events), Path: partPath(e.ID, catalog.PartAdoption, a.Entity.ID()),
		Lag: catalog.Lag(catalog.VersionInUse(a), released)}
	for i := range a.Events {
		ev := &a.Events[i]
		st := stepView{AdoptionEvent: ev, Broken: slices.Contains(v.Progress.Broken, i), From: inferredFrom(e, ev, files)}
		if ev.Act != nil {
			st.ActURL = outside(ev.Act.URL)
		}
		v.Steps = append(v.Steps, st)
	}
	return v
}

// stagesOf counts the stories of a kit by where they stand: "3 in analisi, 1 in trasferimento". Only a body in phase B or
// later has adopted; the others are on the way, and a count of all of them together would say more than is true.
func stagesOf(p *Page, stories []adoptionView) string {
	count := map[catalog.Stage]int{}
	for _, a := range stories {
		count[a.Progress.Stage]++
	}
	var out []string
	for _, s := range stages() {
		if n := count[s]; n > 0 {
			out = append(out, p.T("stages."+stageKey(string(s)), n))
		}
	}
	return strings.Join(out, ", ")
}

// stages are all the stages, from the first step to the last.
func stages() []catalog.Stage {
	return []catalog.Stage{catalog.StageInterested, catalog.StageA, catalog.StageDecided, catalog.StageB, catalog.StageC, catalog.StageHolder,
		catalog.StageCeding, catalog.StagePaused, catalog.StageWithdrawn, catalog.StageDeclined, catalog.StageNone}
}

// placeOf names the file that tells a story, with its repository, and its page on a known forge.
func placeOf(e *catalog.Entry, at catalog.AdoptionPlace) Crumb {
	file, commit := at.Path, ""
	if at.Where == "kit" && e.Kit != nil { // its path starts from the kit's folder
		file, commit = path.Join(e.Kit.Folder, at.Path), e.Commit
	}
	repo := strings.TrimPrefix(strings.TrimPrefix(at.URL, "https://"), "http://")
	return Crumb{Title: path.Join(repo, file), Path: forgeOf(at.URL).File(commit, file)}
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
