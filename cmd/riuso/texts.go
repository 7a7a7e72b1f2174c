package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/attach"
	"github.com/open-community-pa/riuso/indexer/attach/pdf"
)

// pdfVerb starts the program as the child that reads one PDF and may die of it. It is not for people.
const pdfVerb = "read-pdf"

// textReader reads attachments for the crawler with attach, whose words it translates.
type textReader struct{ *attach.Reader }

// Wanted says whether a file is fetched for its text.
func (textReader) Wanted(name string) bool { return attach.Wanted(name) }

// Read reads, and says in the crawler's words that this machine could not.
func (r textReader) Read(ctx context.Context, name, blob string, data []byte) (catalog.Text, error) {
	t, err := r.Reader.Read(ctx, name, blob, data)
	if errors.Is(err, attach.ErrStart) {
		err = fmt.Errorf("%w: %w", indexer.ErrNoReader, err)
	}
	return t, err
}

// newTextReader makes the reader of attachments: of PDF with poppler's program where there is one.
func newTextReader() (textReader, error) {
	self, err := os.Executable()
	if err != nil {
		return textReader{}, err
	}
	p, err := pdf.New(pdf.Config{Self: []string{self, pdfVerb}})
	if err != nil {
		return textReader{}, err
	}
	r, err := attach.New(attach.Config{PDF: pdfReader{p}})
	return textReader{r}, err
}

// pdfReader lets attach read PDF with the room that knows how.
type pdfReader struct{ *pdf.Reader }

// ReadPDF reads, and says what went wrong in the words of attach.
func (p pdfReader) ReadPDF(ctx context.Context, data []byte, maxPages int, maxText int64) (attach.PDF, error) {
	d, err := p.Read(ctx, data, maxPages, maxText)
	out := attach.PDF{Pages: d.Pages, PageCount: d.PageCount, Incomplete: d.Incomplete, Signed: d.Signed}
	for theirs, ours := range map[error]error{pdf.ErrEncrypted: attach.ErrEncrypted, pdf.ErrDamaged: attach.ErrDamaged, pdf.ErrLimit: attach.ErrLimit, pdf.ErrTime: attach.ErrTime, pdf.ErrStart: attach.ErrStart} {
		if errors.Is(err, theirs) {
			return out, errors.Join(ours, err)
		}
	}
	return out, err
}

// attachments says how the files of kits are read, and where their texts are kept: nowhere, when it is no store of texts.
func attachments(store any, bodies legacy.Bodies) (*indexer.Attachments, error) {
	r, err := newTextReader()
	if err != nil {
		return nil, err
	}
	kept, _ := store.(indexer.TextStore)
	return &indexer.Attachments{Reader: r, Store: kept, Bodies: bodies}, nil
}
