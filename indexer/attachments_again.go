package indexer

import (
	"errors"
	"slices"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// ErrNoReader is what a [TextReader] says when this machine could not start what reads a file: that is no verdict on the
// file, nothing is kept of it, and the next visit tries again.
var ErrNoReader = errors.New("indexer: what reads attachments could not be started")

// What is asked for again, and when.
const (
	maxTries    = 3                  // visits in which a file may run out of its time before that is its verdict
	askLost     = 7 * 24 * time.Hour // after which a file that the server did not have is asked for again
	maxUnread   = 16                 // files that could not be read here, with none that could, after which a visit asks for no more
	textsAtOnce = 32                 // texts that are asked of the store at once: all of a large kit would be much more than may be kept
)

// before is what the store knew of a text that is to be read again.
type before struct {
	tries int  // of this reader
	older bool // another reader read it: better than the word that it is lost
}

// unread notes that this machine could not read a file.
func (t *Texts) unread(p, blob string, err error) error {
	t.Missed[blob] = Missed{Path: p, Why: MissedHere, Reason: hereWhy()}
	t.Unfinished = true
	if t.here++; t.hereErr == nil {
		t.hereErr = err
	}
	if t.here >= maxUnread && len(t.Fresh) == 0 {
		return errNoMore
	}
	return nil
}

// errNoMore ends a visit's reading of attachments when this machine can read none.
var errNoMore = errors.New("indexer: no attachment can be read now")

func hereWhy() schema.Text {
	return schema.T("il catalogo non è riuscito ad avviare il programma che legge questo file", "the catalogue could not start the program that reads this file")
}

// tried counts the visits in which a file ran out of time: after a few of them its verdict stays as it is.
func (t *Texts) tried(text *catalog.Text) {
	if text.Tries > 0 {
		text.Tries = min(text.Tries+t.before[text.Blob].tries, maxTries)
		t.Unfinished = t.Unfinished || text.Tries < maxTries
	}
}

// missed takes over what did not come. That the server does not have a file is kept, too: it costs a request each time.
func (t *Texts) missed(co *Checkout, missed []Missed, from catalog.SourceID, now time.Time) {
	read := len(t.Fresh) > 0
	for _, m := range missed {
		blob := co.Blob(m.Path)
		t.Missed[blob] = m
		// What did not fit into a budget of which nothing was spent will not fit next time either.
		t.Unfinished = t.Unfinished || m.Why == MissedBroken || m.Why == MissedBudget && read
		if m.Why == MissedLost && blob != "" && !t.before[blob].older {
			t.Fresh = append(t.Fresh, catalog.Text{Blob: blob, Lost: now, LostBy: from, Faults: []catalog.TextFault{m.fault()}})
		}
	}
}

// stillLost says that a repository did not have a file, and that it is too early to ask it again.
func (w *textsOf) stillLost(t *catalog.Text, now time.Time) bool {
	since := now.Sub(t.Lost)
	return !w.again && !t.Lost.IsZero() && t.LostBy == w.from && len(t.Faults) > 0 && since >= 0 && since < askLost
}

// asksAgain says that a repository is to be read though it is as it was: its owner may have brought back what was lost, which
// makes no new commit; so it is asked once a week, and when the operator says so.
func (c *Crawler) asksAgain(st *catalog.SourceState, confirmed bool) bool {
	return hasLost(st) && (confirmed || c.cfg.Now().Sub(st.LastRead) >= askLost)
}

// hasLost says that the bytes of attachments could not be had.
func hasLost(known *catalog.SourceState) bool {
	return slices.ContainsFunc(known.Findings, func(f schema.Finding) bool { return f.Code == "T08" })
}

// textsOf are the files of a visit whose texts are wanted.
type textsOf struct {
	paths []string
	most  int64 // bytes of the wire that the operator allows the repository; 0: what the limits say
	again bool  // the operator wants to know now: what was lost is asked for again
	from  catalog.SourceID
}
