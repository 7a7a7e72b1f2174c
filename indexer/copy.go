package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing/fstest" // its tree in memory serves here, too

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// mayCopy says whether the copy that a list keeps of a publiccode.yml stands in for a repository that could not be read:
// while nothing better is known. What was once read in the repository itself stays as it was, stale or missing, until its
// time is over.
func (c *Crawler) mayCopy(t *task, known *catalog.SourceState, err error) bool {
	var trouble *Trouble
	if len(t.copy) == 0 || !errors.As(err, &trouble) || !trouble.RetryAt.IsZero() {
		return false
	}
	if known.LastRead.IsZero() || lastWay(known) == catalog.WayCopy || len(known.Keys) == 0 {
		return true
	}
	return trouble.Outcome == catalog.Absent && !known.Missing.IsZero() && c.cfg.Now().Sub(known.Missing) >= c.home.Load().policy.Grace
}

// lastWay is how a source was last read, rather than asked.
func lastWay(st *catalog.SourceState) string {
	for _, s := range st.Visits {
		if s.Outcome == catalog.Full || s.Outcome == catalog.Partial {
			return s.Way
		}
	}
	return ""
}

// copied reads the copy, and says why it is one.
func (c *Crawler) copied(v *catalog.Visit, t *task, known *catalog.SourceState, why error) error {
	sum := sha256.Sum256(t.copy)
	var trouble *Trouble
	errors.As(why, &trouble)
	v.Reason = schema.T("si mostra la copia che ne tiene l'elenco: "+trouble.Reason.It, "the copy that its list keeps is shown: "+trouble.Reason.En)
	v.Way, v.Mark, v.Commit, v.Branch = catalog.WayCopy, "copy:"+hex.EncodeToString(sum[:]), "", ""
	if v.Mark == known.Mark && known.Rules == c.home.Load().policy.ReadingRules() && known.Held == nil {
		v.Outcome = catalog.Unchanged
		return nil
	}
	v.Outcome = catalog.Full
	return c.read(v, fstest.MapFS{"publiccode.yml": {Data: t.copy}}, nil)
}
