package schema

import "slices"

// Rule explains one rule of the kit format, or one thing that a visit may meet, to who wrote the file: the reference page
// on the site and `riuso help CODE` show it. The rules of publiccode.yml (P…) are in package publiccode.
type Rule struct {
	Code     string   // stable: a rule that goes leaves its number unused
	Severity Severity // the usual one; the text says when it is another
	Title    Text     // what is wrong, in a few words
	Why      Text     // why it matters to who reuses
	Do       Text     // what to do
	// Wrong and Right are short pieces of YAML or Markdown, before and after; empty where a piece would not show it.
	Wrong, Right string
	Source       string // the paragraph of the kit format, the standard or the law that asks for it, in Italian as in the schemas
}

// Rules lists all rules in the order of their codes.
func Rules() []Rule { return slices.Clone(rules) }

// RuleOf gives the rule of a code.
func RuleOf(code string) (Rule, bool) {
	i, ok := slices.BinarySearchFunc(rules, code, func(r Rule, c string) int {
		switch {
		case r.Code < c:
			return -1
		case r.Code > c:
			return 1
		}
		return 0
	})
	if !ok {
		return Rule{}, false
	}
	return rules[i], true
}

// rules is never changed.
var rules = slices.Concat(errorRules, legacyRules, textRules, visitRules, warningRules)
