package legacy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	maxRoleGap    = 160 // bytes between the name of a body and the word that says its role
	maxRolesText  = 500 // places of one text where a role is told
	minTakenTimes = 2   // times that something "a riuso dal Comune di …" must be told to count alone
)

var (
	cedes   = regexp.MustCompile(`(?i)\bcedent[ei]\b`)
	leads   = regexp.MustCompile(`(?i)\bcapofila\b`)
	oneRole = regexp.MustCompile(`(?i)(cedenti|capofila)$`)
	// roleThenNames is what stands between a role and the bodies that have it: "enti cedenti la buona pratica (Comune di …".
	roleThenNames = regexp.MustCompile(`(?i)^(?:\s{1,3}(?:del|della|delle|il|la|le|di)?\s{0,3}(?:buon[ae]\s{1,3}pratic(?:a|he)|pratica|kit(?:\s{1,3}(?:del|di)\s{1,3}riuso)?|progetto|soluzione))?\s{0,3}(?:[(:]|\bè\b|\bsono\b|-|–|\n)\s{0,3}(?:(?:il|la|l'|i|dal|dai)\s{1,3})?$`)
	// namesThenRole is what stands between a body and its role: "Comune di …, in qualità di cedente".
	namesThenRole = regexp.MustCompile(`^(?:[\s,]{0,4}(?:(?i:in\s{1,3}qualità\s{1,3}di|quali|quale|come|che\s{1,3}è)|\([^()]{0,80}\)|(?i:assieme|insieme)\s{1,3}(?:ad?|con)\s{1,3}[^,.;()]{0,60}|ed?\s{1,3}[A-Z][^,.;()]{0,60}))*[\s,(–-]{1,4}(?:(?i:l'|gli\s|il\s|i\s)?(?i:ent[ei]|amministrazion[ei]|comun[ei]|soggett[oi])\s{1,3})?$`)
	namesGoOn     = regexp.MustCompile(`^[\s,]{0,3}(?:,|\be\b|\bed\b|\bnonché\b)[\s]{0,3}(?:(?:il|la|l'|i|ed?)\s{0,3}){0,2}$`)
	takenFrom     = regexp.MustCompile(`(?i)\b(?:a\s{1,3}riuso|in\s{1,3}riuso|cedut[aoei])\s{1,3}dal(?:la|l')?\s{0,3}$`)
)

// Ceding gives the bodies that cede the practice: those that the texts call so, beside their names or in a list after the
// words. Where none is, what is told to be reused from a body counts, and last of all who leads the project. A page is
// that of the first document that says so, in the order of docs; 0 is the README.
func Ceding(docs []Document, text func(blob string) *catalog.Text, readme string, b Bodies) []Mention {
	ceding, _ := roles(docs, text, readme, b)
	return ceding
}

// roles gives the bodies that cede the practice, and those that lead the project, as far as a text says so.
func roles(docs []Document, text func(blob string) *catalog.Text, readme string, b Bodies) (ceding, leading []Mention) {
	var calls, taken, lead []sighting
	each := func(t *catalog.Text) {
		if t == nil || !speaksOfRoles(t) {
			return
		}
		hits := settle(sightings(t, b))
		for i := range t.Pages {
			page, n := level(t.Pages[i].Text), t.Pages[i].N
			end := 0
			for end < len(hits) && hits[end].page == n {
				end++
			}
			here := hits[:end]
			hits = hits[end:]
			calls = append(calls, inRole(page, here, cedes)...)
			lead = append(lead, inRole(page, here, leads)...)
			for _, h := range here {
				if takenFrom.MatchString(page[max(0, h.start-40):h.start]) {
					taken = append(taken, h)
				}
			}
		}
	}
	if readme != "" {
		each(&catalog.Text{Pages: []catalog.TextPage{{Text: readme}}})
	}
	if text != nil {
		for i := range docs {
			each(text(docs[i].Blob))
		}
	}
	leading = tally(lead)
	if len(calls) > 0 {
		return tally(calls), leading
	}
	if t := slices.DeleteFunc(tally(taken), func(m Mention) bool { return m.Count < minTakenTimes }); len(t) > 0 {
		return t, leading
	}
	return leading, leading
}

func speaksOfRoles(t *catalog.Text) bool {
	for i := range t.Pages {
		f := strings.ToLower(t.Pages[i].Text)
		for _, w := range roleStems {
			if strings.Contains(f, w) {
				return true
			}
		}
	}
	return false
}

// inRole gives the bodies of a page that a role is told of.
func inRole(page string, hits []sighting, role *regexp.Regexp) []sighting {
	var out []sighting
	for _, at := range role.FindAllStringIndex(page, maxRolesText) {
		after, _ := slices.BinarySearchFunc(hits, at[1], func(h sighting, to int) int { return h.start - to })
		if after < len(hits) && hits[after].start-at[1] <= maxRoleGap && roleThenNames.MatchString(page[at[1]:hits[after].start]) {
			for i := after; ; i++ {
				out = append(out, hits[i])
				if i+1 == len(hits) || hits[i+1].start-hits[i].end > maxRoleGap || hits[i+1].start < hits[i].end || !namesGoOn.MatchString(page[hits[i].end:hits[i+1].start]) {
					break
				}
			}
			continue
		}
		many := oneRole.MatchString(page[at[0]:at[1]]) // of one "cedente" only the nearest is told
		for i, to := after-1, at[0]; i >= 0 && hits[i].end <= to && to-hits[i].end <= maxRoleGap; i-- {
			gap := page[hits[i].end:to]
			if to == at[0] && !namesThenRole.MatchString(gap) || to != at[0] && (!many || !namesGoOn.MatchString(gap)) {
				break
			}
			out = append(out, hits[i])
			to = hits[i].start
		}
	}
	return out
}
