package catalog

import (
	"math/big"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// Consistency says which answers do not agree with each other, as findings W08 (kit format §§8, 16): a total that is not
// the sum of its parts, where a blank counts as zero, and a number out of its range. The key of a finding is the id of the
// item. A rule whose numbers cannot be read, or that names items which are not there, says nothing: the first is an
// invalid answer ([Checklist.Score]), the second is told when the file is read.
func (c *Checklist) Consistency(a Answers) []schema.Finding {
	var out []schema.Finding
	for i := range c.Rules {
		r := &c.Rules[i]
		var msg schema.Text
		key := r.Total
		if r.Total != "" {
			msg = c.sumOf(r, a)
		} else {
			key, msg = r.Item, c.rangeOf(r, a)
		}
		if msg == (schema.Text{}) {
			continue
		}
		sev := schema.Warning
		if r.Severity == string(schema.Error) {
			sev = schema.Error
		}
		hint := schema.T("correggi il numero che non va, o spiega la differenza", "correct the number that is wrong, or explain the difference")
		if m := strings.TrimRight(strings.TrimSpace(r.Message), ".:;"); m != "" { // the author's own words, in the language that they have
			hint = schema.Text{It: m + ": " + hint.It, En: m + ": " + hint.En}
		}
		out = append(out, schema.Finding{File: c.Path, Severity: sev, Code: "W08", Key: key, Message: msg, Hint: hint})
	}
	return out
}

// amountOf gives the number that an item was answered with, zero for a blank or for an item that is not to be answered.
func (c *Checklist) amountOf(id string, a Answers) (n *big.Rat, blank, ok bool) {
	it := c.item(id)
	if it == nil {
		return nil, false, false
	}
	v := a.one(it)
	if v == "" || !c.Shown(it, a) {
		return new(big.Rat), true, true
	}
	n, ok = number(v)
	return n, false, ok
}

// sumOf compares a total with its parts; nothing is said when they agree or when nothing was answered.
func (c *Checklist) sumOf(r *ChecklistRule, a Answers) schema.Text {
	total, noTotal, ok := c.amountOf(r.Total, a)
	if !ok {
		return schema.Text{}
	}
	sum, told := new(big.Rat), []string{}
	for _, id := range r.Of {
		n, blank, ok := c.amountOf(id, a)
		if !ok {
			return schema.Text{}
		}
		if !blank {
			sum.Add(sum, n)
			told = append(told, plainNumber(n))
		}
	}
	if sum.Cmp(total) == 0 || noTotal && len(told) == 0 {
		return schema.Text{}
	}
	parts := strings.Join(told, " + ") + " = " + plainNumber(sum)
	if len(told) < 2 {
		parts = plainNumber(sum)
	}
	name := quoted(c.item(r.Total).Text)
	return schema.Tf("«%s» è %s, ma le voci che lo compongono fanno %s", "%q is %s, but what it is made of adds up to %s", name, plainNumber(total), parts)
}

// rangeOf compares a number with its bounds; a blank is out of none.
func (c *Checklist) rangeOf(r *ChecklistRule, a Answers) schema.Text {
	n, blank, ok := c.amountOf(r.Item, a)
	if !ok || blank {
		return schema.Text{}
	}
	name := quoted(c.item(r.Item).Text)
	if lo := ratOf(r.Min); lo != nil && n.Cmp(lo) < 0 {
		return schema.Tf("«%s» è %s, ma non può essere meno di %s", "%q is %s, but cannot be less than %s", name, plainNumber(n), plainNumber(lo))
	}
	if hi := ratOf(r.Max); hi != nil && n.Cmp(hi) > 0 {
		return schema.Tf("«%s» è %s, ma non può essere più di %s", "%q is %s, but cannot be more than %s", name, plainNumber(n), plainNumber(hi))
	}
	return schema.Text{}
}

// plainDecimals is how many decimals of an answer are said.
const plainDecimals = 6

// plainNumber writes a number without zeros that say nothing.
func plainNumber(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return strings.TrimRight(r.FloatString(plainDecimals), "0")
}
