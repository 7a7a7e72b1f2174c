package indexer

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/schema"
)

// TextReader draws the text out of the bytes of a file.
type TextReader interface {
	// Read never fails for what is wrong with the file: that is a fault of the text. The error is ctx's.
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
}

// read brings the texts of files of a checkout: those that are known are not fetched. The error is ctx's, or the store's.
func (a *Attachments) read(ctx context.Context, co *Checkout, paths []string, repository int64) (*Texts, error) {
	out := &Texts{ByBlob: map[string]*catalog.Text{}, Missed: map[string]Missed{}}
	if co.Blob == nil || co.Fetch == nil {
		return out, nil
	}
	lim := a.Limits.complete(repository)
	todo, err := a.unknown(ctx, co, paths, out)
	if err != nil || len(todo) == 0 {
		return out, err
	}
	inner, cancel := context.WithTimeout(ctx, lim.Time)
	defer cancel()
	room := lim.Text
	came := map[string]bool{}
	got, err := co.Fetch(inner, todo, FetchLimits{File: lim.File, Wire: lim.Wire}, func(p string, data []byte) error {
		blob := co.Blob(p)
		t, err := a.Reader.Read(inner, path.Base(p), blob, data)
		if err != nil {
			return err
		}
		came[p] = true
		room = fit(&t, room)
		out.ByBlob[blob] = &t
		out.Fresh = append(out.Fresh, t)
		return nil
	})
	out.Bytes, out.Requests = got.Bytes, got.Requests
	for _, m := range got.Missed {
		out.Missed[co.Blob(m.Path)] = m
		out.Unfinished = out.Unfinished || m.Why == MissedBudget || m.Why == MissedBroken
	}
	if err == nil {
		return out, nil
	}
	if ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
		return out, err
	}
	for _, p := range todo {
		if _, told := out.Missed[co.Blob(p)]; !told && !came[p] {
			out.Missed[co.Blob(p)] = Missed{Path: p, Why: MissedBudget, Reason: schema.T("il tempo per gli allegati è finito: la prossima visita continua da qui", "the time for attachments is over: the next visit goes on from here")}
		}
	}
	out.Unfinished = true
	return out, nil
}

// unknown lists the files, one for each blob, whose text is not kept yet, and takes over the texts that are.
func (a *Attachments) unknown(ctx context.Context, co *Checkout, paths []string, out *Texts) ([]string, error) {
	first := map[string]string{}
	var blobs, wanted []string
	for _, p := range paths {
		blob := co.Blob(p)
		if _, seen := first[blob]; seen || blob == "" || !a.Reader.Wanted(path.Base(p)) {
			continue
		}
		first[blob] = p
		blobs, wanted = append(blobs, blob), append(wanted, p)
	}
	known := map[string]catalog.Text{}
	if a.Store != nil && len(blobs) > 0 {
		var err error
		if known, err = a.Store.Texts(ctx, blobs); err != nil {
			return nil, fmt.Errorf("texts of attachments: %w", err)
		}
	}
	var todo []string
	for _, p := range wanted {
		t, ok := known[co.Blob(p)]
		if !ok || t.Reader != a.Reader.Version(path.Base(p)) {
			todo = append(todo, p)
			continue
		}
		out.ByBlob[t.Blob] = &t
	}
	return todo, nil
}

// fit cuts a text to the room that is left, at a page, and gives what is left after it.
func fit(t *catalog.Text, room int64) int64 {
	for i, p := range t.Pages {
		if room -= int64(len(p.Text)); room >= 0 {
			continue
		}
		t.Pages, t.Incomplete = t.Pages[:i], true
		t.Faults = append(t.Faults, catalog.TextFault{Code: "T05", Severity: schema.Warning, Page: p.N,
			Message: schema.T("i testi degli allegati di questo repository superano il limite: da questa pagina in poi non si trova nella ricerca", "the texts of the attachments of this repository are over the limit: from this page on it is not found by search"),
			Hint:    schema.T("dividi il materiale in più kit, o togli le copie", "split the material into several kits, or remove copies")})
		return 0
	}
	return room
}

// annotate tells in each attachment of a kit which bytes it is, and what was read of them. The paths of a kit are those below
// its folder.
func (t *Texts) annotate(k *catalog.Kit, blob func(path string) string) {
	catalog.EachAttachment(k, func(a *catalog.Attachment) {
		a.Blob = blob(path.Join(k.Folder, a.Path))
		a.Text = t.note(a.Blob)
	})
}

// note is what a record tells of a text.
func (t *Texts) note(blob string) *catalog.TextNote {
	if text := t.ByBlob[blob]; text != nil {
		n := &catalog.TextNote{Format: text.Format, Bytes: text.Bytes, Language: text.Language, Pages: text.PageCount, Incomplete: text.Incomplete, Masked: text.Masked, Faults: text.Faults}
		for _, p := range text.Pages {
			n.Words += words(p.Text)
		}
		return n
	}
	if m, ok := t.Missed[blob]; ok {
		return &catalog.TextNote{Faults: []catalog.TextFault{m.fault()}}
	}
	return nil
}

func words(s string) int {
	n, in := 0, false
	for _, r := range s {
		word := !unicode.IsSpace(r)
		if word && !in {
			n++
		}
		in = word
	}
	return n
}

// fault says what it means for the reader that the bytes of a file did not come.
func (m Missed) fault() catalog.TextFault {
	f := catalog.TextFault{Code: "T08", Severity: schema.Warning, Message: m.Reason,
		Hint: schema.T("controlla che il file sia nel repository e si possa scaricare; se è molto grande, riducilo o pubblicalo altrove e scrivine l'indirizzo", "check that the file is in the repository and can be downloaded; if it is very large make it smaller, or publish it elsewhere and write its address")}
	if m.Why == MissedLarge {
		f.Code = "T05"
	}
	return f
}

// findings tells the faults of the attachments of a kit where they lie.
func (t *Texts) findings(k *catalog.Kit) []schema.Finding {
	var out []schema.Finding
	seen := map[string]bool{}
	for _, h := range catalog.Attachments(k) {
		a := h.Attachment
		if a.Text == nil || seen[a.Path] {
			continue
		}
		seen[a.Path] = true
		for _, f := range a.Text.Faults {
			out = append(out, f.Finding(path.Join(k.Folder, a.Path)))
		}
	}
	return out
}

// attached reads the attachments of the hand-written kits of a visit.
func (c *Crawler) attached(ctx context.Context, v *catalog.Visit, co *Checkout) error {
	a := c.cfg.Attachments
	if a == nil {
		return nil
	}
	var paths []string
	takenDown := c.takenDown(v)
	for i := range v.Tree.Kits {
		if k := &v.Tree.Kits[i]; k.Form == catalog.FormKit {
			for _, h := range catalog.Attachments(k) {
				if !takenDown(k, h.Attachment.Path) {
					paths = append(paths, path.Join(k.Folder, h.Attachment.Path))
				}
			}
		}
	}
	if len(paths) == 0 {
		return nil
	}
	t, err := a.read(ctx, co, paths, askOf(&v.Source).MaxBytes)
	c.spent(v, t)
	if err != nil {
		return err
	}
	for i := range v.Tree.Kits {
		k := &v.Tree.Kits[i]
		if k.Form != catalog.FormKit {
			continue
		}
		t.annotate(k, co.blob)
		v.Tree.Findings = append(v.Tree.Findings, t.findings(k)...)
	}
	return nil
}

// spent adds what the attachments took to the visit. What was left for the next visit makes it read again.
func (c *Crawler) spent(v *catalog.Visit, t *Texts) {
	v.Bytes += t.Bytes
	v.Requests += t.Requests
	v.Texts = append(v.Texts, t.Fresh...)
	if t.Unfinished {
		v.Mark = ""
	}
}

// blob is Blob where the reader can tell.
func (co *Checkout) blob(p string) string {
	if co.Blob == nil || strings.HasPrefix(p, "../") {
		return ""
	}
	return co.Blob(p)
}

// takenDown says of a file of a kit whether the catalogue keeps its text out: then it is not read.
func (c *Crawler) takenDown(v *catalog.Visit) func(k *catalog.Kit, file string) bool {
	kept := catalog.KeepOut(c.home.Load().policy.Excluded)
	return func(k *catalog.Kit, file string) bool {
		_, out := kept.Attachment(&catalog.Record{Kind: catalog.KindKit, Key: k.Key, URL: v.URL, Kit: k}, file)
		return out
	}
}
