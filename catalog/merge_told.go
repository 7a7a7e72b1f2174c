package catalog

import (
	"cmp"
	"slices"
)

// teller is one place that tells of a kit from outside or inside its repository, and how near it is to the body that the
// telling is of: 0 the body's own repository, 1 the operator's catalogue, 2 the kit's repository, 3 any other, 4 one that
// came through another catalogue.
type teller struct {
	near int
	via  int
	copy bool
	at   AdoptionPlace
}

func insideKit(kit *Record, path string) teller {
	return teller{2, len(kit.Via), kit.Copy, AdoptionPlace{Where: "kit", Source: kit.Source, URL: kit.URL, Path: path}}
}

// tellerOf says how near a record is to the body of; own is where the body itself would tell it.
func tellerOf(r *Record, of EntityRef, own, path string) teller {
	t := teller{3, len(r.Via), r.Copy, AdoptionPlace{Where: "elsewhere", Source: r.Source, URL: r.URL, Path: path}}
	switch {
	case r.Local:
		t.near, t.at.Where = 1, "catalogue"
	case r.secondHand():
		t.near = 4 // whose source it is, another operator said
	case of != "" && r.Publisher == of:
		t.near, t.at.Where = 0, own // the operator says whose source it is: nobody speaks for another body
	}
	return t
}

func compareTellers(x, y teller) int {
	return cmp.Or(cmp.Compare(x.near, y.near), cmp.Compare(yes(x.copy), yes(y.copy)), cmp.Compare(x.via, y.via),
		cmp.Compare(x.at.Source, y.at.Source), cmp.Compare(x.at.URL, y.at.URL), cmp.Compare(x.at.Path, y.at.Path))
}

// speaks says whether the place may refuse for the body: it is the body's own, the kit's repository or the operator's
// catalogue.
func (t teller) speaks() bool { return t.near <= 2 }

// MergeAdoptions puts together what the kit's repository, the catalogue's and the adopters' own tell of the same kit:
// for each body the story nearest to it wins, and the other places are named (kit format §10). outside are the records of
// kind [KindAdoption] for this kit, under any of its keys; the result is ordered by entity.
//
// A body that does not agree (consent: false), as its own file, the kit's repository or the operator's catalogue says, has
// no story at all, whoever else tells one.
func MergeAdoptions(kit *Record, outside []Record) []Adoption {
	type told struct {
		a Adoption
		teller
	}
	var all []told
	refused := map[EntityRef]bool{}
	if kit.Kit != nil {
		for _, a := range kit.Kit.Adoptions {
			all = append(all, told{a, insideKit(kit, a.Path)})
		}
		for _, body := range kit.Kit.NoConsent {
			refused[body] = true
		}
	}
	for i := range outside {
		r := &outside[i]
		if r.State == Gone || r.Adoption == nil {
			continue
		}
		t := told{*r.Adoption, tellerOf(r, r.Adoption.Entity, "adopter", r.Adoption.Path)}
		if !t.a.Refused() {
			all = append(all, t)
		} else if t.speaks() {
			refused[t.a.Entity] = true
		}
	}
	slices.SortFunc(all, func(x, y told) int {
		return cmp.Or(cmp.Compare(x.a.Entity, y.a.Entity), compareTellers(x.teller, y.teller))
	})
	var out []Adoption
	for _, t := range all {
		if refused[t.a.Entity] {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Entity == t.a.Entity {
			out[n-1].Places = append(out[n-1].Places, t.at)
			continue
		}
		t.a.Places = []AdoptionPlace{t.at}
		out = append(out, t.a)
	}
	return out
}

// MergeEvaluations puts together the judgements of a kit that its own repository holds and those that are told elsewhere:
// of the same one (the same body and id, or the same body, version and day) the telling nearest to the evaluator wins, and
// the other places are named. outside are the records of kind [KindEvaluation] for this kit, under any of its keys. Whether
// a level holds is for the operator's catalogue to say: see [Evaluation.LevelFault]. The order is that of body and id.
func MergeEvaluations(kit *Record, outside []Record) []Evaluation {
	type told struct {
		e  Evaluation
		id Key
		teller
	}
	var all []told
	if kit.Kit != nil {
		for _, e := range kit.Kit.Evaluations {
			all = append(all, told{e, EvaluationKey("", &e), insideKit(kit, e.Path)})
		}
	}
	for i := range outside {
		if r := &outside[i]; r.State != Gone && r.Evaluation != nil {
			e := *r.Evaluation
			all = append(all, told{e, EvaluationKey("", &e), tellerOf(r, e.Evaluator.Entity, "evaluator", e.Path)})
		}
	}
	slices.SortFunc(all, func(x, y told) int { return cmp.Or(cmp.Compare(x.id, y.id), compareTellers(x.teller, y.teller)) })
	var out []Evaluation
	last := Key("")
	for _, t := range all {
		if n := len(out); n > 0 && last == t.id {
			out[n-1].Places = append(out[n-1].Places, t.at)
			continue
		}
		t.e.Places, last = []AdoptionPlace{t.at}, t.id
		out = append(out, t.e)
	}
	return out
}
