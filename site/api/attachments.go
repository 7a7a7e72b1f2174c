package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// attachmentList is the files of a kit, with what was read of each.
type attachmentList struct {
	Kit         kitName      `json:"kit"`
	Attachments []attachment `json:"attachments"`
	Next        string       `json:"next,omitempty"` // address of the page after this one
}

func (l attachmentList) next() string { return l.Next }

// attachment is one file of a kit. What nobody knows is left out.
type attachment struct {
	ID         string          `json:"id"`
	Title      string          `json:"title"`
	Path       string          `json:"path"` // in the kit's folder
	URL        string          `json:"url"`  // of its page
	API        string          `json:"api"`  // of the file with its text
	File       string          `json:"file,omitempty"`
	Part       attachmentPart  `json:"part"`
	Phase      []string        `json:"phase"`
	Ambit      []string        `json:"ambit"`
	Kind       string          `json:"kind,omitempty"`
	Format     string          `json:"format,omitempty"`
	Language   string          `json:"language,omitempty"`
	Bytes      int64           `json:"bytes,omitempty"`
	Pages      int             `json:"pages,omitempty"`
	Words      int             `json:"words,omitempty"` // of the text: none where there is none to read
	Incomplete bool            `json:"incomplete,omitempty"`
	Masked     int             `json:"masked,omitempty"` // places where data of persons were taken out
	Signed     string          `json:"signed,omitempty"` // "cades", "pades": a signature is there; nobody verified it
	SHA256     string          `json:"sha256,omitempty"`
	Blob       string          `json:"blob,omitempty"`
	Problems   []attachProblem `json:"problems"`
	Removed    string          `json:"removed,omitempty"` // the public reason for which the catalogue does not show it
}

// attachmentPart is what a file hangs on: a part of the kit, or the kit itself.
type attachmentPart struct {
	Type  catalog.PartType `json:"type"`
	ID    string           `json:"id,omitempty"`
	Title string           `json:"title"`
	Code  string           `json:"code,omitempty"`
	URL   string           `json:"url"`
}

type attachProblem struct {
	Code     string          `json:"code"`
	Severity schema.Severity `json:"severity"`
	Page     int             `json:"page,omitempty"`
	Message  string          `json:"message"`
	Hint     string          `json:"hint"`
}

// attachmentAnswer is one file with its text, page by page.
type attachmentAnswer struct {
	Kit kitName `json:"kit"`
	attachment
	Reader    string             `json:"reader,omitempty"`
	Text      []catalog.TextPage `json:"text"` // the pages that hold words
	Truncated bool               `json:"truncated,omitempty"`
}

// attachmentName ties a file that a kit names to its id and its addresses.
type attachmentName struct {
	ID   string `json:"id"`
	Path string `json:"path"`
	URL  string `json:"url"`
	API  string `json:"api"`
}

func (rq *request) attachmentName(kit string, a *catalog.Attachment) attachmentName {
	id := a.ID()
	return attachmentName{id, a.Path, rq.partURL(kit, catalog.PartAttachment, id), rq.self("kits", kit) + "/attachments/" + id}
}

func (a *API) attachments(ctx context.Context, rq *request) (any, error) {
	after, size, err := rq.cursor()
	if err != nil {
		return nil, err
	}
	e, out, err := a.files(ctx, rq)
	if err != nil {
		return nil, err
	}
	list := attachmentList{Kit: kitName{e.ID, e.Title, rq.kitURL(e.ID)}, Attachments: []attachment{}}
	all := catalog.Attachments(e.Kit)
	if after != "" { // they stand in the order of the kit, and not of their ids
		at := slices.IndexFunc(all, func(h catalog.Held) bool { return h.Attachment.ID() == after })
		if at < 0 {
			return nil, invalid(schema.T("Il parametro after non è l'id di un file di questo kit.", "The parameter after is not the id of a file of this kit."), "after")
		}
		all = all[at+1:]
	}
	more := len(all) > size
	all, keptOut := all[:min(len(all), size)], out.In(&e.Record)
	for _, h := range all {
		one := rq.attachment(e, h)
		if x, kept := keptOut(h.Attachment.Path); kept {
			one = attachment{ID: one.ID, Title: one.Title, Path: one.Path, URL: one.URL, API: one.API, Part: one.Part, Phase: one.Phase, Ambit: one.Ambit,
				Problems: []attachProblem{}, Removed: x.Reason}
		}
		list.Attachments = append(list.Attachments, one)
	}
	if more {
		list.Next = rq.nextPage(size, size, list.Attachments[size-1].ID)
	}
	return list, nil
}

func (a *API) attachment(ctx context.Context, rq *request) (any, error) {
	e, out, err := a.files(ctx, rq)
	if err != nil {
		return nil, err
	}
	all := catalog.Attachments(e.Kit)
	i := slices.IndexFunc(all, func(h catalog.Held) bool { return h.Attachment.ID() == rq.part })
	if i < 0 {
		return nil, fmt.Errorf("attachment %q of kit %s: %w", rq.part, e.ID, catalog.ErrNotFound)
	}
	if x, kept := out.Attachment(&e.Record, all[i].Attachment.Path); kept {
		return nil, &told{err: catalog.ErrGone, text: schema.Tf("Escluso dal catalogo: %s", "Excluded from the catalogue: %s", x.Reason)}
	}
	ans := attachmentAnswer{Kit: kitName{e.ID, e.Title, rq.kitURL(e.ID)}, attachment: rq.attachment(e, all[i]), Text: []catalog.TextPage{}}
	blob := all[i].Attachment.Blob
	if a.cfg.Texts == nil || blob == "" {
		return ans, nil
	}
	t, err := a.cfg.Texts.Text(ctx, blob)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
	case err != nil:
		return nil, err
	default:
		ans.Reader, ans.Text = t.Reader, orEmpty(t.Pages)
		ans.Signed = cmp.Or(t.Signed, ans.Signed)
		ans.Problems, ans.Masked, ans.Incomplete = problemsOf(t.Faults, rq.lang), t.Masked, t.Incomplete
	}
	return ans, nil
}

// shrink leaves out the text, which the page has in pieces.
func (a attachmentAnswer) shrink() any {
	a.Text, a.Truncated = []catalog.TextPage{}, true
	return a
}

// files reads a kit and what the operator keeps out of it.
func (a *API) files(ctx context.Context, rq *request) (*catalog.Entry, *catalog.KeptOut, error) {
	e, err := a.entry(ctx, catalog.KindKit, rq.id)
	if err != nil {
		return nil, nil, err
	}
	if e.Kit == nil {
		return nil, nil, catalog.ErrNotFound
	}
	out, err := a.keptOut(ctx)
	return e, out, err
}

// keptOut is what the operator keeps out; nil, which keeps out nothing, where there is no catalogue.md.
func (a *API) keptOut(ctx context.Context) (*catalog.KeptOut, error) {
	own, err := a.cfg.Reader.Source(ctx, catalog.CatalogueSource)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return catalog.KeepOut(own.Exclusions), nil
}

// attachment puts together what a kit says of a file and what was read of it; the file itself knows best.
func (rq *request) attachment(e *catalog.Entry, h catalog.Held) attachment {
	f := h.Attachment
	name := rq.attachmentName(e.ID, f)
	out := attachment{ID: name.ID, URL: name.URL, API: name.API, Title: cmp.Or(f.Title, path.Base(f.Path)), Path: f.Path, Phase: orEmpty(h.Phase), Ambit: orEmpty(h.Ambit), Kind: f.Kind,
		Format: f.Format, Language: f.Language, Bytes: f.Bytes, Pages: f.Pages, Signed: f.Signed, SHA256: f.SHA256, Blob: f.Blob, Problems: []attachProblem{},
		Part: attachmentPart{Type: h.Type, ID: h.PartID, Title: h.PartTitle, Code: h.Code, URL: rq.partURL(e.ID, h.Type, h.PartID)}}
	if rq.links.File != nil {
		out.File = rq.links.File(publicURL(e.Record.URL), e.Commit, path.Join(e.Kit.Folder, f.Path))
	}
	if n := f.Text; n != nil {
		out.Format, out.Language, out.Pages = cmp.Or(n.Format, out.Format), cmp.Or(n.Language, out.Language), cmp.Or(n.Pages, out.Pages)
		out.Bytes = cmp.Or(n.Bytes, out.Bytes)
		out.Signed = cmp.Or(n.Signed, out.Signed)
		out.Words, out.Incomplete, out.Masked, out.Problems = n.Words, n.Incomplete, n.Masked, problemsOf(n.Faults, rq.lang)
	}
	return out
}

func problemsOf(fs []catalog.TextFault, lang schema.Lang) []attachProblem {
	out := []attachProblem{}
	for _, f := range fs {
		out = append(out, attachProblem{f.Code, f.Severity, f.Page, f.Message.In(lang), f.Hint.In(lang)})
	}
	return out
}
