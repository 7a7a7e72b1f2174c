package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing/fstest" // its tree in memory serves here, too

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// mayCopy says whether the copy that a list keeps of a publiccode.yml stands in for a repository that could not be read:
// while nothing better is known. What was once read in the repository itself stays as it was, stale or missing, until its
// time is over.
func (c *Crawler) mayCopy(t *task, known *catalog.SourceState, err error) bool {
	var trouble *Trouble
	if t.same && lastWay(known) == catalog.WayCopy && errors.As(err, &trouble) && trouble.RetryAt.IsZero() {
		return true // the list says what it said, which is what we have
	}
	if (len(t.copy) == 0 && t.told == nil) || !errors.As(err, &trouble) || !trouble.RetryAt.IsZero() {
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
	var trouble *Trouble
	errors.As(why, &trouble)
	v.Reason = schema.T("si mostra la copia che ne tiene l'elenco: "+trouble.Reason.It, "the copy that its list keeps is shown: "+trouble.Reason.En)
	if hearsay(t.told) || t.same && strings.HasPrefix(known.Mark, markGuess) {
		v.Reason = schema.T("il repository non si è potuto leggere, e si mostra che cosa ne ha capito l'altro catalogo dai nomi dei file: "+trouble.Reason.It,
			"the repository could not be read, and what the other catalogue understood of its file names is shown: "+trouble.Reason.En)
	}
	v.Way, v.Commit, v.Branch = catalog.WayCopy, "", ""
	if t.same {
		v.Outcome, v.Mark = catalog.Unchanged, known.Mark
		return nil
	}
	return c.believe(v, t, known)
}

// wayTold is the way of what only its list tells.
const wayTold = "told"

// hear makes a visit of what a list tells of something that is not to be contacted.
func (c *Crawler) hear(t task, known catalog.SourceState) (catalog.Visit, error) {
	v := catalog.Visit{Source: t.src, At: c.cfg.Now(), URL: identity(t.src.URL), Way: wayTold, Listed: t.listed}
	if err := c.believe(&v, &t, &known); err != nil {
		c.broken(&v, err)
	}
	return v, nil
}

// believe takes over what a list tells of something, when it is not what it told the last time.
func (c *Crawler) believe(v *catalog.Visit, t *task, known *catalog.SourceState) error {
	mark, err := saidMark(t)
	if err != nil {
		return err
	}
	v.Mark = mark
	if v.Mark == known.Mark && known.Rules == c.home.Load().policy.ReadingRules() && known.Held == nil && reflect.DeepEqual(known.Source, v.Source) {
		v.Outcome = catalog.Unchanged
		return nil
	}
	v.Outcome = catalog.Full
	if t.told != nil {
		v.Tree = t.told
		return nil
	}
	return c.read(v, fstest.MapFS{path.Join(catalog.CleanFolder(v.Source.Folder), "publiccode.yml"): {Data: t.copy}}, nil)
}

// saidMark names what a list tells of a place; "" where it tells nothing.
func saidMark(t *task) (string, error) {
	said := t.copy
	if t.told != nil {
		var err error
		if said, err = json.Marshal(t.told); err != nil {
			return "", err
		}
	}
	if len(said) == 0 {
		return "", nil
	}
	kind := markCopy
	if hearsay(t.told) {
		kind = markGuess
	}
	sum := sha256.Sum256(said)
	return kind + hex.EncodeToString(sum[:]), nil
}

// The marks of what was not read at its place begin with what it is: a copy of a file, or what another catalogue understood
// where nobody wrote anything.
const markCopy, markGuess = "copy:", "guess:"

// hearsay says that what a list tells is no copy of anything: another catalogue put the kit together from the files of a
// repository that does not describe it.
func hearsay(t *catalog.Tree) bool {
	return t != nil && slices.ContainsFunc(t.Kits, func(k catalog.Kit) bool { return k.Form == catalog.FormLegacy })
}
