package catalog

import (
	"strings"
	"time"
)

// Policy is what [Apply] goes by.
type Policy struct {
	Grace        time.Duration // how long something must be missing before it is gone
	MaxLossShare float64       // a visit that would take away more than this share is held
	MinLoss      int           // fewer losses than this are never held
	KeepVisits   int           // summaries kept per source
	MaxFindings  int           // findings kept per record and per source
	Rules        string        // version of the reading rules: another one makes every source be read again
	Excluded     []Exclusion   // what is kept out of the catalogue, with its public reason
}

// DefaultPolicy is what the program uses unless the operator says otherwise.
func DefaultPolicy() Policy {
	return Policy{Grace: 14 * 24 * time.Hour, MaxLossShare: 0.3, MinLoss: 3, KeepVisits: 20, MaxFindings: 200, Rules: RulesVersion}
}

// RulesVersion names the rules by which a tree is read. Change it with them: a repository whose commit is the same is
// then read again.
const RulesVersion = "5"

// ReadingRules is what must be the same for a place that did not change to be left unread: the rules, and what is kept
// out.
func (p *Policy) ReadingRules() string {
	if len(p.Excluded) == 0 {
		return p.Rules
	}
	var b strings.Builder
	for _, x := range p.Excluded {
		b.WriteString(x.URL + " " + x.Reason + "\n")
	}
	return p.Rules + "-" + KeyHash(Key(b.String()))
}
