package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/schema"
)

// TextReader draws the text out of the bytes of a file.
type TextReader interface {
	// Read never fails for what is wrong with the file: that is a fault of the text, and that time was up
	// for it a first of its Tries. The error is ctx's, or ErrNoReader.
	Read(ctx context.Context, name, blob string, data []byte) (catalog.Text, error)
	// Version is what Text.Reader would be for a file of that name today: a text of another one is read again.
	Version(name string) string
	// Wanted says by its name whether a file is worth fetching for its text.
	Wanted(name string) bool
}

// TextStore keeps the texts of attachments.
type TextStore interface {
	// Texts gives those of the blobs that it has.
	Texts(ctx context.Context, blobs []string) (map[string]catalog.Text, error)
}

// Attachments says how the files that belong to kits are fetched and read. Reader is required.
type Attachments struct {
	Reader TextReader
	Store  TextStore // of the texts that are kept already; nil: none are
	// Bodies are known by name beside those of the catalogue: for kits whose documents name them. Nil: none are.
	Bodies legacy.Bodies
	Limits AttachmentLimits
	Now    func() time.Time // nil: time.Now
}

// AttachmentLimits bound what one visit does for the attachments of a repository. A zero field means its default.
type AttachmentLimits struct {
	File int64         // bytes of one file
	Wire int64         // bytes over the wire in one visit; the next one goes on where it ended
	Text int64         // bytes of all texts together
	Time time.Duration // of fetching and reading
}

// The limits that hold where nothing else is said.
const (
	DefaultAttachmentFile = 32 << 20
	DefaultAttachmentWire = 256 << 20
	DefaultAttachmentText = 32 << 20
	DefaultAttachmentTime = 5 * time.Minute
)

func (l AttachmentLimits) complete(repository int64) AttachmentLimits {
	set := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.File, DefaultAttachmentFile)
	set(&l.Wire, DefaultAttachmentWire)
	set(&l.Text, DefaultAttachmentText)
	if l.Time <= 0 {
		l.Time = DefaultAttachmentTime
	}
	if repository > 0 { // the operator allows the repository no more than this
		l.Wire = min(l.Wire, repository)
	}
	l.File = min(l.File, l.Wire)
	return l
}

// Texts is what was read of the attachments of one commit.
type Texts struct {
	ByBlob map[string]*catalog.Text
	Fresh  []catalog.Text // those that were not known before
	// Missed are the files whose bytes did not come, by blob.
	Missed map[string]Missed
	// Unfinished says that some were left for the next visit.
	Unfinished bool
	Bytes      int64
	Requests   int

	here    int   // files that this machine could not read
	hereErr error // of the first of them
	before  map[string]before
}

// read brings the texts of files of a checkout: those that are known are not fetched. The error is ctx's, or the store's.
func (a *Attachments) read(ctx context.Context, co *Checkout, want textsOf) (*Texts, error) {
	out := &Texts{ByBlob: map[string]*catalog.Text{}, Missed: map[string]Missed{}, before: map[string]before{}}
	if co.Blob == nil || co.Fetch == nil {
		return out, nil
	}
	lim := a.Limits.complete(want.most)
	now := time.Now
	if a.Now != nil {
		now = a.Now
	}
	todo, room, err := a.unknown(ctx, co, want, now(), lim.Text, out)
	if err != nil || len(todo) == 0 {
		return out, err
	}
	if room <= 0 {
		out.missRest(co, todo, noRoom())
		return out, nil
	}
	inner, cancel := context.WithTimeout(ctx, lim.Time)
	defer cancel()
	got, err := co.Fetch(inner, todo, FetchLimits{File: lim.File, Wire: lim.Wire}, func(p string, data []byte) error {
		blob := co.Blob(p)
		t, err := a.Reader.Read(inner, path.Base(p), blob, data)
		switch {
		case errors.Is(err, ErrNoReader) && inner.Err() == nil:
			return out.unread(p, blob, err)
		case err != nil:
			return err
		}
		out.tried(&t)
		sum := sha256.Sum256(data)
		t.SHA256 = hex.EncodeToString(sum[:])
		out.ByBlob[blob] = &t
		out.Fresh = append(out.Fresh, t)
		if room -= size(&t); room <= 0 {
			return errNoRoom
		}
		return nil
	})
	out.Bytes, out.Requests = got.Bytes, got.Requests
	out.missed(co, got.Missed, want.from, now())
	switch {
	case err == nil:
		return out, nil
	case errors.Is(err, errNoRoom):
		out.missRest(co, todo, noRoom())
		return out, nil
	case errors.Is(err, errNoMore):
		out.missRest(co, todo, Missed{Why: MissedHere, Reason: hereWhy()})
		return out, nil
	case ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded):
		out.missRest(co, todo, Missed{Why: MissedBudget, Reason: schema.T("il tempo per gli allegati è finito: la prossima visita continua da qui", "the time for attachments is over: the next visit goes on from here")})
		out.Unfinished = true
		return out, nil
	}
	return out, err
}

// errNoRoom ends the reading of attachments whose texts are as many as one repository may have.
var errNoRoom = errors.New("indexer: no room for more texts")

// noRoom says so of a file. It is no budget of one visit: the next one has no more room.
func noRoom() Missed {
	return Missed{Why: MissedLarge, Reason: schema.T("i testi degli allegati di questo repository superano già il limite: questo file non è stato letto e le sue parole non si trovano nella ricerca", "the texts of the attachments of this repository are over the limit already: this file was not read, and its words are not found by search")}
}

// missRest says of all files of which nothing is known yet why that is so.
func (t *Texts) missRest(co *Checkout, paths []string, why Missed) {
	for _, p := range paths {
		blob := co.Blob(p)
		if _, told := t.Missed[blob]; !told && t.ByBlob[blob] == nil {
			why.Path = p
			t.Missed[blob] = why
		}
	}
}

// unknown lists the files, one for each blob, whose text is not kept yet or is to be read again, and takes over the texts that
// are, as far as there is room for them. It gives the room that is left.
func (a *Attachments) unknown(ctx context.Context, co *Checkout, want textsOf, now time.Time, room int64, out *Texts) ([]string, int64, error) {
	seen := map[string]bool{}
	var wanted, todo []string
	for _, p := range want.paths {
		if blob := co.blob(p); blob != "" && !seen[blob] && a.Reader.Wanted(path.Base(p)) {
			seen[blob] = true
			wanted = append(wanted, p)
		}
	}
	for some := range slices.Chunk(wanted, textsAtOnce) {
		known := map[string]catalog.Text{}
		if a.Store != nil {
			blobs := make([]string, len(some))
			for i, p := range some {
				blobs[i] = co.Blob(p)
			}
			var err error
			if known, err = a.Store.Texts(ctx, blobs); err != nil {
				return nil, 0, fmt.Errorf("texts of attachments: %w", err)
			}
		}
		for _, p := range some {
			blob := co.Blob(p)
			t, ok := known[blob]
			same := ok && t.Reader == a.Reader.Version(path.Base(p))
			switch {
			case ok && want.stillLost(&t, now):
				out.Missed[blob] = Missed{Path: p, Why: MissedLost, Reason: t.Faults[0].Message}
				continue
			case same && t.Tries > 0 && t.Tries < maxTries:
				out.before[blob] = before{tries: t.Tries}
				todo = append(todo, p)
				continue
			case !same:
				out.before[blob] = before{older: ok && t.Lost.IsZero()}
				todo = append(todo, p)
				continue
			case room <= 0:
				out.missRest(co, []string{p}, noRoom())
				continue
			}
			room -= size(&t)
			out.ByBlob[t.Blob] = &t
		}
	}
	return todo, room, nil
}

// size is what a text counts for the room of all.
func size(t *catalog.Text) (n int64) {
	for _, p := range t.Pages {
		n += int64(len(p.Text))
	}
	return n
}
