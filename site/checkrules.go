package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// publiccodeStandard is where the standard that the codes P… check is written.
const publiccodeStandard = "publiccode.yml, yml.publiccode.tools"

// checkRules are all rules that a finding may name, in the order of their codes: those of the kit format, of visits and of
// publiccode.yml.
func checkRules() []schema.Rule {
	out := schema.Rules()
	for _, c := range publiccode.Codes() {
		out = append(out, ruleOfCode(c))
	}
	slices.SortStableFunc(out, func(a, b schema.Rule) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// ruleOfCode puts a rule of publiccode.yml in the form of all others.
func ruleOfCode(c publiccode.CodeInfo) schema.Rule {
	return schema.Rule{Code: string(c.Code), Severity: c.Severity, Title: sentence(c.Meaning, ""), Do: sentence(c.Hint, "."), Source: publiccodeStandard}
}

// readable leaves of the source of a rule what a reader can open: the paragraphs of the format are those of its pages, and
// the notes that it was made from are not published.
func readable(source string) string {
	pieces := strings.Split(source, ";")
	pieces = slices.DeleteFunc(pieces, func(s string) bool {
		s = strings.TrimSpace(s)
		return strings.HasPrefix(s, "Formato del kit") || strings.HasPrefix(s, "seed") || strings.HasPrefix(s, "parte ")
	})
	return strings.TrimSpace(strings.Join(pieces, ";"))
}

// sentence makes a sentence of the words of a finding, which begin in lower case and end without a mark.
func sentence(t schema.Text, end string) schema.Text {
	return schema.T(capital(t.It)+end, capital(t.En)+end)
}

// capital writes the first letter as a capital; a key of the standard ("publiccodeYmlVersion") stays as it is.
func capital(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if strings.ToLower(first) != first {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// checkRuleOf finds the rule of a code.
func checkRuleOf(code string) (schema.Rule, bool) {
	if r, ok := schema.RuleOf(code); ok {
		return r, true
	}
	for _, c := range publiccode.Codes() {
		if string(c.Code) == code {
			return ruleOfCode(c), true
		}
	}
	return schema.Rule{}, false
}

// rulePath is the path of the page of a rule, or "" when nobody wrote one.
func rulePath(code string) string {
	if _, ok := checkRuleOf(code); !ok {
		return ""
	}
	return "/regole/" + code
}

// checkRuleGroup are the rules whose codes begin with the same letter.
type checkRuleGroup struct {
	Letter string // E, W, T, L, V, P: its name and what it is about are messages
	Rules  []schema.Rule
}

// checkRulesPage lists all rules.
func (s *Site) checkRulesPage(c *gin.Context, lang schema.Lang) error {
	p := s.newPage(lang, "/regole", "rules")
	p.Title, p.Description, p.Crumbs = p.T("rules.title"), p.T("rules.lead"), []Crumb{{Title: p.T("rules.title")}}
	var groups []checkRuleGroup
	for _, letter := range ruleLetters() {
		g := checkRuleGroup{Letter: letter}
		for _, r := range checkRules() {
			if strings.HasPrefix(r.Code, letter) {
				g.Rules = append(g.Rules, r)
			}
		}
		if len(g.Rules) > 0 {
			groups = append(groups, g)
		}
	}
	p.Data = groups
	return s.send(c, p)
}

// ruleLetters are what codes begin with, in the order in which the page has them.
func ruleLetters() []string { return []string{"E", "W", "T", "L", "V", "P"} }

// checkRuleView is one rule, with those before and after it.
type checkRuleView struct {
	schema.Rule
	Before, After string // codes
	Ignorable     bool   // by a comment in the file, see [schema.Ignore]
}

// checkRule explains one rule to who met its code in a finding.
func (s *Site) checkRule(c *gin.Context, lang schema.Lang) error {
	code := c.Param("code")
	all := checkRules()
	i := slices.IndexFunc(all, func(r schema.Rule) bool { return r.Code == code })
	if i < 0 {
		return fmt.Errorf("rule %q: %w", code, catalog.ErrNotFound)
	}
	v := checkRuleView{Rule: all[i], Ignorable: schema.Ignorable(code)}
	if i > 0 {
		v.Before = all[i-1].Code
	}
	if i+1 < len(all) {
		v.After = all[i+1].Code
	}
	p := s.newPage(lang, "/regole/"+code, "rule")
	p.Title = code + " · " + v.Title.In(lang)
	p.Description = cmp.Or(v.Why.In(lang), v.Do.In(lang))
	p.Crumbs = []Crumb{{p.T("rules.title"), "/regole"}, {Title: code}}
	p.Data = v
	return s.send(c, p)
}
