package legacy

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// How the vote counts (kit format, §L3, step 6).
const (
	voteOfName     = 4 // of an ambit that the name, the folders or the title of a document speak of
	voteOfText     = 1 // of one that only its first page speaks of
	maxVoteBytes   = 1_500
	minExplained   = 70  // per cent of the codes that a scheme must explain
	minVotingCodes = 3   // codes with votes without which no scheme can be told
	clearShare     = 1.5 // times the second's votes that the first of a code must have to be clear
)

// Vote finds by which of the known schemes the codes of the documents are laid out: the words of names, folders, titles
// and first pages vote for an ambit, code by code, and the scheme that agrees with most codes is taken if they are at
// least 70 per cent. Otherwise it is "none", and an ambit is told only of the codes whose vote is clear.
func Vote(docs []Document, text func(blob string) *catalog.Text) Scheme {
	s := Scheme{Ambit: map[string]string{}, Votes: map[string]map[string]int{}}
	for i := range docs {
		d := &docs[i]
		if d.Code == "" {
			continue
		}
		if s.Votes[d.Code] == nil {
			s.Votes[d.Code] = map[string]int{}
		}
		var t *catalog.Text
		if text != nil {
			t = text(d.Blob)
		}
		for ambit, n := range votesOf(d, t) {
			s.Votes[d.Code][ambit] += n
		}
	}
	voting := 0
	for code, votes := range s.Votes {
		if len(votes) == 0 {
			continue
		}
		voting++
		if a := clearest(votes); a != "" {
			s.Ambit[code] = a
		}
	}
	s.decide(voting)
	return s
}

// votesOf gives the votes of one document. It has as many as any other, whatever its length: each ambit counts once.
func votesOf(d *Document, t *catalog.Text) map[string]int {
	name := padded(d.Title + " . " + nameAndFolders(d.Path))
	if d.Header != nil {
		name += padded(d.Header.Title)
	}
	first := " "
	if t != nil && len(t.Pages) > 0 {
		s := t.Pages[0].Text
		if len(s) > maxVoteBytes {
			s = strings.ToValidUTF8(s[:maxVoteBytes], "")
		}
		first = padded(privacy.WithoutMarks(s))
	}
	out := map[string]int{}
	for _, h := range ambitHints {
		switch {
		case stemIn(name, h.stems) != "":
			out[h.kind] = voteOfName
		case stemIn(first, h.stems) != "":
			out[h.kind] = voteOfText
		}
	}
	return out
}

// nameAndFolders is the name of a file and of the folders around it that are neither a phase nor an annex: those say where
// it was put, not what it holds.
func nameAndFolders(file string) string {
	steps := strings.Split(strings.TrimSuffix(file, path.Ext(file)), "/")
	return strings.Join(slices.DeleteFunc(steps, func(s string) bool {
		f := fold(s)
		return strings.HasPrefix(f, "fase ") || strings.HasPrefix(f, "allegat") && s != steps[len(steps)-1] || strings.HasPrefix(f, "all.")
	}), " . ")
}

// clearest is the ambit that has clearly more votes than any other, or "".
func clearest(votes map[string]int) string {
	order := slices.SortedFunc(maps.Keys(votes), func(a, b string) int { return cmp.Or(votes[b]-votes[a], strings.Compare(a, b)) })
	if len(order) == 0 || len(order) > 1 && float64(votes[order[0]]) < clearShare*float64(votes[order[1]]) {
		return ""
	}
	return order[0]
}

// decide compares the votes with the known schemes.
func (s *Scheme) decide(voting int) {
	if voting < minVotingCodes {
		s.Name = "none"
		s.Why = schema.Tf("nessuno schema dei codici: i contenuti parlano chiaro per %d codici soltanto, ne servono %d", "no code scheme: the contents speak for %d codes only, %d are needed", voting, minVotingCodes)
		return
	}
	explained := map[string]int{}
	for _, k := range knownSchemes {
		for code, votes := range s.Votes {
			if len(votes) > 0 && explains(votes, ambitOf(k, code)) {
				explained[k.name]++
			}
		}
	}
	best := slices.SortedFunc(slices.Values(knownSchemes), func(a, b codeScheme) int { return explained[b.name] - explained[a.name] })
	tally := fmt.Sprintf("%s %d/%d, %s %d/%d", best[0].name, explained[best[0].name], voting, best[1].name, explained[best[1].name], voting)
	if explained[best[0].name]*100 < minExplained*voting || explained[best[0].name] == explained[best[1].name] {
		s.Name = "none"
		s.Why = schema.Tf("nessuno schema dei codici noto spiega i contenuti di almeno il %d%% dei codici (%s)", "no known code scheme explains the contents of at least %d%% of the codes (%s)", minExplained, tally)
		return
	}
	s.Name = best[0].name
	s.Why = schema.Tf("schema «%s»: concorda con i contenuti di %d codici su %d (%s)", "scheme “%s”: it agrees with the contents of %d codes of %d (%s)", s.Name, explained[s.Name], voting, tally)
}

// explains says whether no ambit has more votes than that of the scheme.
func explains(votes map[string]int, ambit string) bool {
	if ambit == "" || votes[ambit] == 0 {
		return false
	}
	for _, n := range votes {
		if n > votes[ambit] {
			return false
		}
	}
	return true
}

// ambitOf is the ambit of a code's digit in a scheme, or "".
func ambitOf(k codeScheme, code string) string {
	if len(code) < 2 {
		return ""
	}
	return k.ambits[code[1:]]
}
