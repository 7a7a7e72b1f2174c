package catalog

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
)

// ChecklistScore is what the answers to a checklist amount to. Points are decimals; shares are per cent of the most that
// could be had, and nil when there is nothing to say: no item counts, or none was answered.
type ChecklistScore struct {
	Total      ScorePart   `json:"total"`
	Sections   []ScorePart `json:"sections"`             // in the order of the checklist
	Missing    []string    `json:"missing,omitempty"`    // required items that are shown and have no answer
	Invalid    []string    `json:"invalid,omitempty"`    // items whose answer is none of those that they allow
	Unanswered int         `json:"unanswered,omitempty"` // items that count, are shown and have no answer: they stand as zero
}

// ScorePart is the score of a section, or of the whole (Section is empty).
type ScorePart struct {
	Section  string   `json:"section,omitempty"`
	Points   Decimal  `json:"points"`
	Max      Decimal  `json:"max"`
	Share    *Decimal `json:"share,omitempty"`
	Answered int      `json:"answered"` // items that count and were answered
	Items    int      `json:"items"`    // items that count, are shown and apply
	Band     *Band    `json:"band,omitempty"`
}

// scoreDecimals and shareDecimals are how exactly points and shares are said; half is rounded up.
const (
	scoreDecimals = 2
	shareDecimals = 1
)

// worth says how much of its weight an answer earns. ok is false for an item that does not count: only answers on a
// scale do, and one that is not needed leaves the reckoning altogether.
func (it *Item) worth(answer string) (part *big.Rat, counts bool) {
	switch it.Type {
	case "yesno":
		switch answer {
		case AnswerYes:
			return big.NewRat(1, 1), true
		case AnswerNA:
			return nil, false
		}
		return new(big.Rat), true
	case "conformity":
		switch answer {
		case AnswerConform:
			return big.NewRat(1, 1), true
		case AnswerImprovable:
			return big.NewRat(1, 2), true
		case AnswerNA:
			return nil, false
		}
		return new(big.Rat), true
	case "likert":
		if it.fits([]string{answer}) && answer != "" {
			return big.NewRat(int64(answer[0]-'0'-likertMin), likertMax-likertMin), true
		}
		return new(big.Rat), true
	}
	return nil, false
}

// weight is how much an item counts: one when nothing is said, nothing when it says zero or less.
func (it *Item) weight() *big.Rat {
	if it.Weight == "" {
		return big.NewRat(1, 1)
	}
	return cmp.Or(ratOf(it.Weight), new(big.Rat))
}

// tallied adds up one section.
type tallied struct {
	points, most    *big.Rat
	answered, items int
}

// Score computes the points of each section and of the whole (kit format §8). Yes, conform and the top of a scale of five
// earn the weight of the item, "to improve" half of it; what is not needed leaves both points and maximum, what hides
// behind a condition too. An item without an answer earns nothing. Where the author gives a section its own maximum, its
// points are scaled to it.
func (c *Checklist) Score(a Answers) ChecklistScore {
	var out ChecklistScore
	by := map[string]*tallied{}
	section := func(id string) *tallied {
		if by[id] == nil {
			by[id] = &tallied{points: new(big.Rat), most: new(big.Rat)}
		}
		return by[id]
	}
	for i := range c.Items {
		it := &c.Items[i]
		if !c.Shown(it, a) {
			continue
		}
		values := a.values(it)
		if !it.fits(values) {
			out.Invalid = append(out.Invalid, it.ID)
			values = nil
		} else if len(values) == 0 && it.Required != nil && *it.Required {
			out.Missing = append(out.Missing, it.ID)
		}
		answer := ""
		if len(values) > 0 {
			answer = values[0]
		}
		part, counts := it.worth(answer)
		w := it.weight()
		if !counts || w.Sign() <= 0 {
			continue
		}
		t := section(it.Section)
		t.items++
		t.most.Add(t.most, w)
		t.points.Add(t.points, new(big.Rat).Mul(w, part))
		if answer == "" {
			out.Unanswered++
		} else {
			t.answered++
		}
	}
	whole := tallied{points: new(big.Rat), most: new(big.Rat)}
	for _, id := range c.sectionsInOrder(by) {
		t := by[id]
		if most := c.Scoring.most(id); most != nil && t.most.Sign() > 0 {
			t.points.Mul(t.points, new(big.Rat).Quo(most, t.most))
			t.most = most
		}
		whole.points.Add(whole.points, t.points)
		whole.most.Add(whole.most, t.most)
		whole.answered, whole.items = whole.answered+t.answered, whole.items+t.items
		p := c.Scoring.part(id, t)
		if id == "" {
			p.Band = nil // the bands without a section are those of the whole
		}
		out.Sections = append(out.Sections, p)
	}
	out.Total = c.Scoring.part("", &whole)
	return out
}

// sectionsInOrder lists the sections that have something to add up, those without a heading last.
func (c *Checklist) sectionsInOrder(by map[string]*tallied) []string {
	var out []string
	for _, s := range c.Sections {
		if by[s.ID] != nil && !slices.Contains(out, s.ID) {
			out = append(out, s.ID)
		}
	}
	for _, it := range c.Items {
		if by[it.Section] != nil && !slices.Contains(out, it.Section) {
			out = append(out, it.Section)
		}
	}
	return out
}

// most is the maximum that the author gives a section, or nil.
func (s *Scoring) most(section string) *big.Rat {
	if s == nil {
		return nil
	}
	for _, m := range s.Sections {
		if r := ratOf(m.Max); m.Section == section && r != nil && r.Sign() > 0 {
			return r
		}
	}
	return nil
}

// part says a sum in decimals, with the band that it falls in. section is "" for the whole.
func (s *Scoring) part(section string, t *tallied) ScorePart {
	p := ScorePart{Section: section, Points: Decimal(t.points.FloatString(scoreDecimals)), Max: Decimal(t.most.FloatString(scoreDecimals)),
		Answered: t.answered, Items: t.items}
	if t.answered == 0 || t.most.Sign() <= 0 {
		return p
	}
	share := new(big.Rat).Mul(new(big.Rat).Quo(t.points, t.most), big.NewRat(100, 1))
	d := Decimal(share.FloatString(shareDecimals))
	p.Share, p.Band = &d, s.band(section, share)
	return p
}

// band gives the first band of a section whose inclusive upper bound the share does not pass.
func (s *Scoring) band(section string, share *big.Rat) *Band {
	if s == nil {
		return nil
	}
	for i := range s.Bands {
		b := &s.Bands[i]
		if b.Section != section {
			continue
		}
		if up := ratOf(b.UpTo); b.UpTo == "" || up != nil && share.Cmp(up) <= 0 {
			return b
		}
	}
	return nil
}

// TrimDecimal takes away the zeros behind the point of a decimal that say nothing: "6.00" is "6", "1.50" is "1.5".
func TrimDecimal(d Decimal) Decimal {
	if !strings.Contains(string(d), ".") {
		return d
	}
	return Decimal(strings.TrimRight(strings.TrimRight(string(d), "0"), "."))
}
