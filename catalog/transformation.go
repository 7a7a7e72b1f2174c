package catalog

import (
	"slices"
	"strings"
)

// Story is the adoption of one kit by one body, as the transformation rate counts it.
type Story struct {
	Kit      Key
	Adoption *Adoption
}

// Rate is a transformation rate: of the bodies that ever reached the transfer of a kit, how many ever became holders or
// ceded it in turn (kit format §10; seed 001:228). A rate over no body does not exist: ask [Rate.Known] first.
type Rate struct {
	Reached     int `json:"reached"`     // bodies that ever reached phase B
	Transformed int `json:"transformed"` // those of them that ever became holders or ceding bodies
}

// Known says that there is something to divide by.
func (r Rate) Known() bool { return r.Reached > 0 }

// Share is the rate from 0 to 1, 0 when it is not known.
func (r Rate) Share() float64 {
	if r.Reached == 0 {
		return 0
	}
	return float64(r.Transformed) / float64(r.Reached)
}

// everTransferred and everTransformed read what a history amounts to. Who is at work with the practice, or holds it, has
// been through the transfer, whether the steps before were told or not.
func everTransferred(p Progress) bool {
	return slices.ContainsFunc(p.Reached, func(s Stage) bool {
		return s == StageB || s == StageC || s == StageHolder || s == StageCeding
	})
}

func everTransformed(p Progress) bool {
	return slices.Contains(p.Reached, StageHolder) || slices.Contains(p.Reached, StageCeding)
}

// Transformation computes the rate over some stories. A body counts once, whatever the number of its stories.
func Transformation(stories []Story) Rate {
	return TransformationBy(stories, func(Story) []string { return []string{""} })[""]
}

// TransformationBy computes the rate of every group that by names for a story: see [ByKit], [ByYear], [ByRegion] and
// [ByCommunity]. A group that no body reached the transfer in has a rate that is not known. Nil stories are left out.
func TransformationBy(stories []Story, by func(Story) []string) map[string]Rate {
	type body struct {
		group  string
		entity EntityRef
	}
	reached, transformed := map[body]bool{}, map[body]bool{}
	out := map[string]Rate{}
	for _, s := range stories {
		if s.Adoption == nil {
			continue
		}
		p := Follow(s.Adoption.Events)
		for _, g := range by(s) {
			r, b := out[g], body{g, EntityRef(strings.ToLower(string(s.Adoption.Entity)))}
			if everTransferred(p) && !reached[b] {
				reached[b] = true
				r.Reached++
			}
			if everTransformed(p) && !transformed[b] {
				transformed[b] = true
				r.Transformed++
			}
			out[g] = r
		}
	}
	return out
}

// ByKit groups stories by kit.
func ByKit(s Story) []string { return []string{string(s.Kit)} }

// ByYear groups stories by the year in which the transfer began, as far as the history tells it; "" where it does not.
func ByYear(s Story) []string {
	for _, e := range s.Adoption.Events {
		if e.Kind == "transfer-start" && (e.Planned == nil || !*e.Planned) && len(e.Date) >= len("2006") {
			return []string{string(e.Date[:len("2006")])}
		}
	}
	return []string{""}
}

// ByRegion groups stories by the region of their body; "" where the catalogue does not know it.
func ByRegion(entities map[EntityRef]*Entity) func(Story) []string {
	return func(s Story) []string {
		if e := entities[s.Adoption.Entity]; e != nil {
			return []string{e.Region}
		}
		return []string{""}
	}
}

// ByCommunity groups stories by the ids of the communities that have the kit in their endowment and the body among their
// members: a community turns its own members into holders (seed 001:255-258). One that has left still counts, having been
// one.
func ByCommunity(communities []*Community) func(Story) []string {
	return func(s Story) []string {
		var out []string
		for _, c := range communities {
			has := slices.ContainsFunc(c.Endowment, func(k string) bool { return SameRepository(k, string(s.Kit)) })
			if has && slices.ContainsFunc(c.Members, func(m Member) bool { return m.Entity == s.Adoption.Entity }) {
				out = append(out, c.ID)
			}
		}
		return out
	}
}
