package catalog

import (
	"cmp"
	"path"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// attachmentParts lists the searchable pieces of a kit's attachments: one for each that has words, more for one whose text
// is longer than [MaxPartText], and one for each that has none (its bytes could not be had, it is a film) as long as its
// name tells more than what it hangs on. Equal bytes are one attachment: the first.
func attachmentParts(k *Kit, texts func(blob string) *Text) []Part {
	var out []Part
	seen := map[string]bool{}
	left := MaxKitText
	for _, h := range Attachments(k) {
		a := h.Attachment
		if a.Blob != "" && seen[a.Blob] {
			continue
		}
		seen[a.Blob] = true
		p := attachmentPart(h)
		var pieces []Part
		if texts != nil && a.Blob != "" && left > 0 {
			pieces = inPieces(p, texts(a.Blob))
		}
		for i := range pieces {
			left -= len(pieces[i].Text)
		}
		if len(pieces) == 0 && !saidBy(h.PartTitle, a) {
			pieces = []Part{p}
		}
		out = append(out, pieces...)
	}
	return out
}

// attachmentPart is an attachment as its name and its place tell of it.
func attachmentPart(h Held) Part {
	a := h.Attachment
	name := cut(line(path.Base(attachmentPath(a.Path))), MaxLine)
	p := Part{Type: PartAttachment, ID: a.ID(), Title: cmp.Or(a.Title, strings.ReplaceAll(name, "_", " ")), Code: h.Code, Summary: line(a.Note),
		Kind: cmp.Or(a.Kind, h.Kind), Phase: h.Phase, Ambit: h.Ambit, Updated: h.Updated}
	if h.Type != PartKit {
		p.Of = PartRef{h.Type, h.PartID, h.PartTitle}
	}
	p.Keywords = keywords(nameWords(name), []string{h.Code, label(schema.DocumentKinds, p.Kind)})
	return Masked(p)
}

// inPieces gives the parts of an attachment with these words; none where there are none. Each page is masked by itself, so
// that none takes a piece of the next with it.
func inPieces(p Part, t *Text) []Part {
	if t == nil {
		return nil
	}
	var out []Part
	piece := p
	end := func() {
		if len(piece.Pages) == 0 {
			return
		}
		if len(out) > 0 {
			piece.ID = p.ID + continued + strconv.Itoa(len(out)+1)
		}
		out = append(out, piece)
		piece = p
	}
	pageless := t.PageCount == 0 && len(t.Pages) == 1 // a letter or a plain text: to say "page 1" of it would mislead
	for _, page := range t.Bounded().Pages {
		if pageless {
			page.N = 0
		}
		rest := strings.TrimSpace(privacy.WithoutMarks(Masked(strings.ReplaceAll(page.Text, PageBreak, "\n")))) // the page shows the marks; nobody finds it by them
		for rest != "" {
			if len(piece.Pages) > 0 && len(piece.Text)+len(PageBreak)+len(rest) > MaxPartText {
				end()
			}
			text := cut(rest, MaxPartText)
			if text == "" { // not one line of it
				break
			}
			if len(piece.Pages) > 0 {
				piece.Text += PageBreak
			}
			piece.Text += text
			piece.Pages = append(piece.Pages[:len(piece.Pages):len(piece.Pages)], page.N)
			rest = strings.TrimSpace(strings.TrimPrefix(rest, text))
		}
	}
	end()
	return out
}

// saidBy says whether all words by which an attachment without a text could be found are those of what it hangs on.
func saidBy(title string, a *Attachment) bool {
	has := map[string]bool{}
	for _, w := range foldedWords(title) {
		has[w] = true
	}
	name := path.Base(attachmentPath(a.Path))
	for _, w := range foldedWords(a.Title + " " + strings.TrimSuffix(name, path.Ext(name)) + " " + a.Note) {
		if !has[w] {
			return false
		}
	}
	return true
}

func foldedWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(norm.NFKC.String(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// nameWords gives the words of a file's name: as they stand between blanks, points, dashes and underscores, then the pieces
// of those that are written together ("13DigiPro" is 13, Digi and Pro). Its ending is not among them.
func nameWords(name string) []string {
	words := strings.FieldsFunc(strings.TrimSuffix(name, path.Ext(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
	var pieces []string
	for _, w := range words {
		if split := camelPieces(w); len(split) > 1 {
			pieces = append(pieces, split...)
		}
	}
	return keywords([]string{strings.Join(words, " "), strings.Join(pieces, " ")})
}

// camelPieces parts a word where a capital follows a small letter, a capital begins a word behind others, or digits and
// letters meet.
func camelPieces(w string) []string {
	rs := []rune(w)
	var out []string
	from := 0
	for i := 1; i < len(rs); i++ {
		before, here := rs[i-1], rs[i]
		upper := unicode.IsUpper(here) && (unicode.IsLower(before) || unicode.IsUpper(before) && i+1 < len(rs) && unicode.IsLower(rs[i+1]))
		if upper || unicode.IsDigit(before) != unicode.IsDigit(here) {
			out = append(out, string(rs[from:i]))
			from = i
		}
	}
	return append(out, string(rs[from:]))
}
