package site

import (
	"context"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

// maxOwnText is how much a document may say itself, in runes of its Markdown, for the beginning of its one file to be shown:
// whoever wrote a text of their own has said what the file is.
const maxOwnText = 400

// previewView is the beginning of the text of a file, on the page of the document that is that file.
type previewView struct {
	Paras []string
	Whole bool // there is no more than this
	Lang  string
	Path  string // of the page of the file
	Name  string
}

// preview gives the beginning of the one file that a document is made of; nil where there are several, where the document
// says something itself, or where nothing was read of the file.
func (s *Site) preview(ctx context.Context, d *catalog.Document, files []attachmentView) (*previewView, error) {
	if !begins(d) || len(files) != 1 || files[0].Path == "" {
		return nil, nil
	}
	t, err := s.text(ctx, files[0].Blob)
	if err != nil || t == nil {
		return nil, err
	}
	v := &previewView{Lang: t.Language, Path: files[0].Path, Name: files[0].Name()}
	if v.Lang == "" {
		v.Lang = "it"
	}
	if v.Paras, v.Whole = previewOf(t); len(v.Paras) == 0 {
		return nil, nil
	}
	return v, nil
}

// begins says that the page of a document shows, as far as there is nothing in the way, how its file begins: it is one file of
// which words were read. Search engines are asked to leave such a page alone, and the site map does not have it: a text that
// a program drew out may name whom no rule saw, whoever wrote the kit.
func begins(d *catalog.Document) bool {
	if len(d.Attachments) != 1 || d.Attachments[0].Path == "" {
		return false
	}
	note := d.Attachments[0].Text
	return note != nil && note.Words > 0 && utf8.RuneCountInString(catalog.PlainText(d.Body)) <= maxOwnText
}
