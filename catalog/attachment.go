package catalog

import (
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/open-community-pa/riuso/schema/privacy"
)

// The bounds of attachments (house rule 5).
const (
	MaxAttachments = 3_000   // of one kit that are listed, read and found
	MaxText        = 2 << 20 // bytes of the text of one attachment that are kept

	maxAttachmentSlug = 40 // bytes of an attachment's id that are of its name
)

// Held is an attachment of a kit with the part of it that it hangs on, see [Attachments].
type Held struct {
	Attachment *Attachment // of the kit that was asked: not to be changed
	Type       PartType    // PartKit where it belongs to the kit as a whole
	PartID     string      // "" of the kit
	PartTitle  string
	Code       string
	Kind       string // of the part; that of the attachment itself is in the attachment
	Phase      []string
	Ambit      []string
	Updated    Date
}

// ID is the name of an attachment within its kit, for addresses: it follows from the path alone, so that it is the same
// in the next version of the kit. Its first piece is for people, the second tells equal names in two folders apart. It is the
// same of the path as files have it and as pages show it, see [Masked].
func (a *Attachment) ID() string {
	p := attachmentPath(a.Path)
	name := Slug(path.Base(p))
	if len(name) > maxAttachmentSlug {
		name = name[:maxAttachmentSlug]
	}
	if name = strings.TrimRight(name, "-_"); name == "" {
		name = "allegato"
	}
	return name + "-" + KeyHash(Key(p))
}

// attachmentPath writes a path in the form in which two of one file are equal: some systems write an accent as a letter
// of its own, and what leaves the catalogue has no mailbox of a person in it.
func attachmentPath(p string) string { return privacy.MaskPersons(norm.NFC.String(path.Clean(p))) }

// Attachments lists the attachments of a kit, those of its documents first and those of the kit itself last; a path that
// is named twice stands where it is named first. At most [MaxAttachments].
func Attachments(k *Kit) []Held {
	if k == nil {
		return nil
	}
	var out []Held
	seen := map[string]bool{}
	add := func(list []Attachment, h Held) {
		for i := range list {
			p := attachmentPath(list[i].Path)
			if list[i].Path == "" || seen[p] || len(out) == MaxAttachments {
				continue
			}
			seen[p] = true
			h.Attachment = &list[i]
			out = append(out, h)
		}
	}
	for _, d := range documentsInOrder(k.Documents) {
		add(d.Attachments, Held{Type: PartDocument, PartID: d.ID, PartTitle: d.Title, Code: d.Code, Kind: d.Kind, Phase: d.Phase, Ambit: d.Ambit, Updated: d.Updated})
	}
	for i := range k.Templates {
		t := &k.Templates[i]
		add(t.Attachments, Held{Type: PartTemplate, PartID: t.ID, PartTitle: t.Title, Code: t.Code, Kind: t.Kind, Phase: t.Phase, Ambit: t.Ambit, Updated: t.Updated})
	}
	for i := range k.Services {
		s := &k.Services[i]
		add(s.Attachments, Held{Type: PartService, PartID: s.ID, PartTitle: s.Title})
	}
	add(k.Attachments, Held{Type: PartKit, PartTitle: k.Title, Updated: k.Released})
	return out
}

// EachAttachment gives every place of a kit that names a file, a file that is named twice each time, to be filled in.
func EachAttachment(k *Kit, f func(*Attachment)) {
	lists := [][]Attachment{k.Attachments}
	for i := range k.Documents {
		lists = append(lists, k.Documents[i].Attachments)
	}
	for i := range k.Templates {
		lists = append(lists, k.Templates[i].Attachments)
	}
	for i := range k.Services {
		lists = append(lists, k.Services[i].Attachments)
	}
	for _, l := range lists {
		for i := range l {
			f(&l[i])
		}
	}
}

// Bounded gives a text that is no longer than [MaxText]: pages that are too much are left out, and the text says that it
// is not whole. What it is asked of is not changed.
func (t Text) Bounded() Text {
	left := MaxText
	for i, p := range t.Pages {
		if left -= len(p.Text); left >= 0 {
			continue
		}
		pages := append([]TextPage(nil), t.Pages[:i]...)
		if p.Text = cut(p.Text, left+len(p.Text)); p.Text != "" {
			pages = append(pages, p)
		}
		t.Pages, t.Incomplete = pages, true
		break
	}
	return t
}
