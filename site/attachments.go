package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// attachmentView is a file that a record carries, as a line of a list.
type attachmentView struct {
	catalog.Attachment
	URL     string // of the original: the file at the commit that was read, or where the record says that it is
	Path    string // of its page of ours, without the prefix of the language; "" where it has none
	Lines   fileFacts
	Badges  []string // keys of messages: what is wrong with it, in a word
	Removed string   // the public reason for which the catalogue does not show it
}

// fileFacts is what a file is: each empty, or zero, where nobody knows.
type fileFacts struct {
	Format   string // "PDF"
	Bytes    int64
	Pages    int
	Language string // ISO 639-1
	Words    int
	Signed   string // "CAdES", "PAdES": a signature is there, and nobody verified it
}

// Name is what a file is called: by its title, else by its name.
func (a attachmentView) Name() string { return attachmentName(&a.Attachment) }

// HasText says that the catalogue has a text of it to show.
func (a attachmentView) HasText() bool { return a.Path != "" && a.Lines.Words > 0 }

func attachmentName(a *catalog.Attachment) string {
	return cmp.Or(a.Title, path.Base(a.Path), a.SourceURL)
}

// factsOfFile puts together what its record says and what was read of it; the file itself knows best.
func factsOfFile(a *catalog.Attachment) fileFacts {
	f := fileFacts{Format: a.Format, Bytes: a.Bytes, Pages: a.Pages, Language: a.Language}
	if f.Format == "" {
		f.Format = strings.TrimPrefix(path.Ext(a.Path), ".")
	}
	if n := a.Text; n != nil {
		f.Format = cmp.Or(n.Format, f.Format)
		f.Pages = cmp.Or(n.Pages, f.Pages)
		f.Language = cmp.Or(n.Language, f.Language)
		f.Words, f.Bytes = n.Words, cmp.Or(n.Bytes, f.Bytes)
	}
	if len(f.Format) > maxFormat {
		f.Format = ""
	}
	f.Format = strings.ToUpper(f.Format)
	f.Signed = signatureName(a)
	return f
}

// signatureName is what the form of a file's signature is called (eIDAS, ETSI EN 319 122, 132, 142); "" where there is none,
// or none of these.
func signatureName(a *catalog.Attachment) string {
	form := a.Signed
	if a.Text != nil {
		form = cmp.Or(a.Text.Signed, form)
	}
	return map[string]string{"cades": "CAdES", "pades": "PAdES", "xades": "XAdES"}[strings.ToLower(form)]
}

// maxFormat is the longest name of a format that is worth showing, in bytes.
const maxFormat = 12

// faultBadges are the messages for what is wrong with a file, each once, in the order of the rules.
func faultBadges(n *catalog.TextNote) []string {
	if n == nil {
		return nil
	}
	var out []string
	for _, code := range faultCodes() {
		if slices.ContainsFunc(n.Faults, func(f catalog.TextFault) bool { return f.Code == code }) {
			out = append(out, "fault."+code)
		}
	}
	return out
}

// faultCodes are the rules on the text of an attachment that have a badge (see package schema).
func faultCodes() []string { return []string{"T08", "T03", "T04", "T02", "T01", "T05", "T06", "T07"} }

// attachments ties files to their addresses at the commit, and to their pages where they have one: those of a kit do.
func (s *Site) attachments(ctx context.Context, e *catalog.Entry, list []catalog.Attachment) ([]attachmentView, error) {
	if len(list) == 0 {
		return nil, nil
	}
	out, err := s.exclusions(ctx)
	if err != nil {
		return nil, err
	}
	return attachments(e, list, out.In(&e.Record)), nil
}

// attachments makes the lines of a list; kept says of a path whether the catalogue keeps the file out, and may be nil.
func attachments(e *catalog.Entry, list []catalog.Attachment, kept func(string) (catalog.Exclusion, bool)) []attachmentView {
	o := originOf(e)
	var vs []attachmentView
	for i := range list {
		a := &list[i]
		v := attachmentView{Attachment: *a, URL: o.FileOf(a.Path), Lines: factsOfFile(a), Badges: faultBadges(a.Text)}
		if a.Path == "" {
			v.URL = ""
		}
		v.URL = cmp.Or(v.URL, outside(a.SourceURL))
		if e.Kit != nil && a.Path != "" {
			v.Path = partPath(e.ID, catalog.PartAttachment, a.ID())
			if kept != nil {
				if x, out := kept(a.Path); out {
					v.URL, v.Path, v.Badges, v.Removed = "", "", nil, x.Reason
				}
			}
		}
		vs = append(vs, v)
	}
	return vs
}

// exclusions are those of the operator's catalogue; nil, which keeps nothing out, where there is none. A file is found by its
// address as the operator wrote it, mailboxes and all; what is shown of an exclusion is its reason, which is masked.
func (s *Site) exclusions(ctx context.Context) (*catalog.KeptOut, error) {
	own, err := s.whole.Source(ctx, catalog.CatalogueSource)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("exclusions: %w", err)
	}
	list := slices.Clone(own.Exclusions)
	for i := range list {
		list[i].Reason = catalog.Masked(list[i].Reason)
	}
	return catalog.KeepOut(list), nil
}
