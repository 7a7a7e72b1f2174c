package catalog

import (
	"regexp"
	"strings"
	"testing"
)

// The id of an attachment stands in addresses: it follows from the path alone, and two files never share it.
func TestAttachmentID(t *testing.T) {
	form := regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}-[0-9a-f]{6}$`)
	seen := map[string]string{}
	for _, p := range []string{"a/Modulo.pdf", "b/Modulo.pdf", "a/Modulo(1).pdf", "città à la carte/Perché no?.docx", "数据.pdf",
		"_.pdf", strings.Repeat("lungo ", 40) + ".pdf", "a/Modulo di mario.rossi@comune.paperopoli.it"} {
		id := (&Attachment{Path: p, Title: "x"}).ID()
		if !form.MatchString(id) || seen[id] != "" {
			t.Errorf("%q and %q: %q", p, seen[id], id)
		}
		if strings.Contains(id, "rossi") {
			t.Errorf("%q tells a person", id)
		}
		seen[id] = p
	}
	if a, b := (&Attachment{Path: "./a//Città.pdf"}).ID(), (&Attachment{Path: "a/Citta\u0300.pdf", Blob: "b"}).ID(); a != b {
		t.Errorf("one file has two ids: %s and %s", a, b)
	}
}

func TestAttachmentsOfAKit(t *testing.T) {
	k := &Kit{Title: "Kit", Attachments: []Attachment{{Path: "kit.pdf"}, {Path: "a/b.pdf", Title: "altrove"}, {}},
		Documents: []Document{{ID: "b", Code: "B1", Title: "Secondo", Phase: []string{"B"}, Attachments: []Attachment{{Path: "b.pdf"}, {Path: "./a/b.pdf"}}},
			{ID: "a", Code: "A1", Title: "Primo", Ambit: []string{"informative"}, Attachments: []Attachment{{Path: "a/b.pdf", Title: "qui"}}}},
		Templates: []Template{{ID: "t", Title: "Atto", Attachments: []Attachment{{Path: "t.odt"}}}},
		Services:  []Service{{ID: "s", Title: "Servizio", Attachments: []Attachment{{Path: "s.ods"}}}}}
	var got []string
	for _, h := range Attachments(k) {
		got = append(got, strings.Join([]string{h.Attachment.Path, h.Attachment.Title, string(h.Type), h.PartID, h.PartTitle, h.Code, strings.Join(h.Phase, ""), strings.Join(h.Ambit, "")}, "|"))
	}
	want := []string{"a/b.pdf|qui|document|a|Primo|A1||informative", "b.pdf||document|b|Secondo|B1|B|", "t.odt||template|t|Atto|||", "s.ods||service|s|Servizio|||", "kit.pdf||kit||Kit|||"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q", got)
	}
	many := &Kit{Attachments: make([]Attachment, MaxAttachments+10)}
	for i := range many.Attachments {
		many.Attachments[i].Path = itoa(i)
	}
	if n := len(Attachments(many)); n != MaxAttachments {
		t.Errorf("%d listed", n)
	}
}

func TestTextIsBounded(t *testing.T) {
	short := Text{Blob: "b", Pages: []TextPage{{N: 1, Text: "uno\n"}, {N: 3, Text: "due\n"}}}
	if got := short.Bounded(); len(got.Pages) != 2 || got.Incomplete {
		t.Errorf("%+v", got)
	}
	line := strings.Repeat("parola ", 100) + "\n"
	long := Text{Pages: []TextPage{{N: 1, Text: line}, {N: 2, Text: strings.Repeat(line, MaxText/len(line))}, {N: 3, Text: line}}}
	got := long.Bounded()
	size := 0
	for _, p := range got.Pages {
		size += len(p.Text)
	}
	if len(got.Pages) != 2 || !got.Incomplete || size > MaxText || size < MaxText-2*len(line) || len(long.Pages) != 3 || long.Incomplete {
		t.Errorf("%d pages, %d bytes, incomplete %v", len(got.Pages), size, got.Incomplete)
	}
}
