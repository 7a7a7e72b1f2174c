package catalogtest

import (
	"cmp"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
)

// line is a part of a kit that matches, with what it is shown under.
type line struct {
	of  catalog.PartRef
	hit catalog.PartHit
}

type lines []line

// best gives the three best lines of a kit, one hit each; in their order where nothing was searched for.
func (ls lines) best(sorted bool) []catalog.PartHit {
	if sorted {
		slices.SortStableFunc(ls, func(a, b line) int { return cmp.Compare(b.hit.Score, a.hit.Score) })
	}
	var out []catalog.PartHit
	at := map[catalog.PartRef]int{}
	for _, l := range ls {
		i, known := at[l.of]
		switch {
		case !known:
			at[l.of] = len(out)
			out = append(out, l.hit)
		case l.hit.Type == catalog.PartAttachment:
			out[i] = out[i].Or(l.hit)
		}
	}
	return out[:min(3, len(out))]
}

// firstOf gives where the first word of a text is that is searched for, 0 when none is.
func firstOf(text string, query []string) int {
	at := 0
	for at < len(text) {
		end := at
		for end < len(text) && text[end] != ' ' && text[end] != '\n' && text[end] != '\f' {
			end++
		}
		if in := words(text[at:end]); slices.ContainsFunc(in, func(w string) bool { return slices.Contains(query, w) }) {
			return at
		}
		at = end + 1
	}
	return 0
}
