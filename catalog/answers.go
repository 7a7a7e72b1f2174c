package catalog

import (
	"math/big"
	"slices"
	"strings"
)

// Answers are what one body answered to a checklist, by the id of the item: more than one value where several may be
// chosen. They are computed with and never stored (kit format §8).
type Answers map[string][]string

// The answers that count, in the words in which they travel. Others that mean the same are understood: see [canonical].
const (
	AnswerYes         = "yes"
	AnswerNo          = "no"
	AnswerNA          = "na" // not needed here: it counts neither for nor against
	AnswerConform     = "conform"
	AnswerImprovable  = "improvable"
	AnswerNonconform  = "nonconform"
	likertMin         = 1
	likertMax         = 5
	maxAnswerRunes    = 4000 // of one answer that is read; what is longer is not a number nor a choice
	maxShowIfDistance = 50   // items that hang one on another
)

// canonical puts the answers that people and files write into one word.
func canonical(typ, value string) string {
	v := strings.ToLower(strings.TrimSpace(value))
	switch typ {
	case "yesno":
		switch v {
		case "sì", "si", "s", "y", "true", "vero":
			return AnswerYes
		case "n", "false", "falso":
			return AnswerNo
		case "n/a", "n.a.", "non necessario", "non applicabile", "not needed":
			return AnswerNA
		}
		return v
	case "conformity":
		switch v {
		case "conforme":
			return AnswerConform
		case "migliorabile", "to improve":
			return AnswerImprovable
		case "non conforme", "not conform":
			return AnswerNonconform
		case "n/a", "n.a.", "non applicabile", "not needed":
			return AnswerNA
		}
		return v
	}
	return strings.TrimSpace(value)
}

// Canonical gives the one word for an answer that may be written in many ways: "sì", "SI" and "yes" are "yes".
func (it *Item) Canonical(answer string) string { return canonical(it.Type, answer) }

// values gives what was answered to an item, without blanks.
func (a Answers) values(it *Item) []string {
	var out []string
	for _, v := range a[it.ID] {
		if len(v) > 4*maxAnswerRunes {
			v = v[:4*maxAnswerRunes]
		}
		if c := canonical(it.Type, v); c != "" {
			out = append(out, c)
		}
	}
	return out
}

// one gives the answer to an item that takes one, or "".
func (a Answers) one(it *Item) string {
	if vs := a.values(it); len(vs) > 0 {
		return vs[0]
	}
	return ""
}

// item finds an item by its id.
func (c *Checklist) item(id string) *Item {
	for i := range c.Items {
		if c.Items[i].ID == id {
			return &c.Items[i]
		}
	}
	return nil
}

// Shown says whether an item is to be answered: it has no condition, or the item that it hangs on is shown and was
// answered so. A condition on an item that is not there hides nothing.
func (c *Checklist) Shown(it *Item, a Answers) bool {
	for range maxShowIfDistance {
		if it.ShowIf == nil {
			return true
		}
		on := c.item(it.ShowIf.Item)
		if on == nil {
			return true
		}
		if !slices.ContainsFunc(a.values(on), func(v string) bool { return strings.EqualFold(v, canonical(on.Type, it.ShowIf.Equals)) }) {
			return false
		}
		it = on
	}
	return true // items that hang on each other in a ring
}

// number reads an answer that is a quantity, in the way in which people write it: "1.234", "1234,50", "1234.50". ok is
// false when it is not one. A dot before exactly three last digits parts thousands.
func number(s string) (*big.Rat, bool) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "€", "", "'", "").Replace(strings.TrimSpace(s))
	if whole, frac, comma := strings.Cut(s, ","); comma {
		s = strings.ReplaceAll(whole, ".", "") + "." + frac
	} else if i := strings.LastIndexByte(s, '.'); i > 0 && len(s)-i == 4 && !strings.HasPrefix(s, "0.") {
		s = strings.ReplaceAll(s, ".", "")
	}
	if !decShape.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// fits says whether an answer is one that the item allows; no answer fits every item.
func (it *Item) fits(values []string) bool {
	for _, v := range values {
		ok := true
		switch it.Type {
		case "yesno":
			ok = slices.Contains([]string{AnswerYes, AnswerNo, AnswerNA}, v)
		case "conformity":
			ok = slices.Contains([]string{AnswerConform, AnswerImprovable, AnswerNonconform, AnswerNA}, v)
		case "single", "multi":
			ok = len(it.Options) == 0 || slices.Contains(it.Options, v)
		case "likert":
			ok = len(v) == 1 && v[0] >= '0'+likertMin && v[0] <= '0'+likertMax
		case "number", "money":
			_, ok = number(v)
		case "date":
			_, known := Date(v).Time()
			ok = known
		}
		if !ok {
			return false
		}
	}
	return true
}

// AnswersOf lists the answers that an item offers to choose from; nil for one that is written.
func (it *Item) AnswersOf() []string {
	switch it.Type {
	case "yesno":
		return []string{AnswerYes, AnswerNo, AnswerNA}
	case "conformity":
		return []string{AnswerConform, AnswerImprovable, AnswerNonconform, AnswerNA}
	case "likert":
		return []string{"1", "2", "3", "4", "5"}
	case "single", "multi":
		return it.Options
	}
	return nil
}
