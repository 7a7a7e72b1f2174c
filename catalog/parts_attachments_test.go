package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func textOf(pages ...string) *Text {
	t := &Text{PageCount: len(pages)}
	for i, p := range pages {
		t.Pages = append(t.Pages, TextPage{N: i + 1, Text: p})
	}
	return t
}

func partsOf(k *Kit, texts map[string]*Text) []Part {
	return slices.DeleteFunc(Parts(&Entry{ID: "k", Record: Record{Kit: k}}, nil, func(b string) *Text { return texts[b] }), func(p Part) bool { return p.Type != PartAttachment })
}

func TestPartsOfAttachments(t *testing.T) {
	k := &Kit{Title: "Kit", Documents: []Document{{ID: "d", Code: "A4", Title: "Protocollo d'intesa", Kind: "protocol", Phase: []string{"A"}, Ambit: []string{"administrative"}, Attachments: []Attachment{
		{Path: "A/Schema_Convenzione.pdf", Blob: "b1"}, {Path: "B/copia.pdf", Blob: "b1"}, // the same bytes
		{Path: "A/13DigiPro_Protocollo_Intesa completo.pdf", Blob: "assente"},
		{Path: "A/protocollo_d_intesa.pdf"}, // no word more than its document
		{Path: "A/protocollo.pdf", Blob: "b2", Title: "Protocollo d'Intesa"},
	}}}, Attachments: []Attachment{{Path: "video.mp4", Title: "Presentazione", Note: "Filmato di 3 minuti"}}}
	got := partsOf(k, map[string]*Text{"b1": textOf("Prima pagina", " \n", "Terza\fpagina, scrivere a mario.rossi@gmail.com"), "b2": textOf(" \n")})
	if len(got) != 3 {
		t.Fatalf("%d parts: %+v", len(got), got)
	}
	p := got[0]
	if p.Title != "Schema Convenzione.pdf" || p.Of != (PartRef{PartDocument, "d", "Protocollo d'intesa"}) || p.Code != "A4" || p.Kind != "protocol" || !slices.Equal(p.Phase, []string{"A"}) || !slices.Equal(p.Ambit, []string{"administrative"}) {
		t.Errorf("%+v", p)
	}
	if !slices.Equal(p.Pages, []int{1, 3}) || strings.Count(p.Text, PageBreak) != 1 || strings.Contains(p.Text, "rossi") || !strings.Contains(p.Text, "Terza\npagina") {
		t.Errorf("%q %v", p.Text, p.Pages)
	}
	for word, want := range map[string]int{"Prima": 1, "Terza": 3} {
		if n := p.PageAt(strings.Index(p.Text, word)); n != want {
			t.Errorf("%s is on page %d", word, n)
		}
	}
	plain := partsOf(&Kit{Attachments: []Attachment{{Path: "a.txt", Blob: "b"}}}, map[string]*Text{"b": {Pages: []TextPage{{N: 1, Text: "testo"}}}})
	if len(plain) != 1 || plain[0].Text != "testo" || plain[0].PageAt(2) != 0 {
		t.Errorf("a text without pages: %+v", plain)
	}
	if n := got[1].PageAt(0); n != 0 || got[1].Text != "" || !slices.Contains(got[1].Keywords, "13DigiPro Protocollo Intesa completo") || !slices.Contains(got[1].Keywords, "13 Digi Pro") {
		t.Errorf("%+v", got[1])
	}
	if got[2].Title != "Presentazione" || got[2].Of != (PartRef{}) || got[2].Summary != "Filmato di 3 minuti" {
		t.Errorf("%+v", got[2])
	}
}

// A long text was cut after 256 KiB: now it goes on in further parts, whole, and each piece knows its pages.
func TestALongTextIsSeveralParts(t *testing.T) {
	var pages []string
	for i := range 12 {
		var b strings.Builder
		for j := range 1000 {
			fmt.Fprintf(&b, "pagina %d riga %d con parole di un allegato lungo\n", i+1, j)
		}
		pages = append(pages, b.String())
	}
	pages[5] = strings.Repeat(pages[5], 7) // one page is longer than a part
	k := &Kit{Attachments: []Attachment{{Path: "a.pdf", Blob: "b"}}}
	got := partsOf(k, map[string]*Text{"b": textOf(pages...)})
	if len(got) < 4 {
		t.Fatalf("%d parts", len(got))
	}
	id, words, last := (&Attachment{Path: "a.pdf"}).ID(), 0, 0
	for i := range got {
		p := &got[i]
		want := id
		if i > 0 {
			want = fmt.Sprintf("%s~%d", id, i+1)
		}
		if p.ID != want || p.BaseID() != id || len(p.Text) > MaxPartText || len(p.Pages) != 1+strings.Count(p.Text, PageBreak) {
			t.Errorf("%s: %d bytes, %d pages", p.ID, len(p.Text), len(p.Pages))
		}
		for at, rest := 0, p.Text; ; {
			page, more, again := strings.Cut(rest, PageBreak)
			n := p.PageAt(at)
			if n < last || !strings.HasPrefix(page, fmt.Sprintf("pagina %d ", n)) {
				t.Fatalf("%s: page %d begins %.20q", p.ID, n, page)
			}
			last = n
			if !again {
				break
			}
			at, rest = at+len(page)+len(PageBreak), more
		}
		words += len(strings.Fields(p.Text))
	}
	if want := len(strings.Fields(strings.Join(pages, " "))); words != want {
		t.Errorf("%d words of %d", words, want)
	}
	blob := partsOf(k, map[string]*Text{"b": textOf(strings.Repeat("x", MaxPartText+10))})
	if len(blob) == 0 || len(blob[0].Text) > MaxPartText {
		t.Errorf("a line without an end: %d parts", len(blob))
	}
}

// Three thousand attachments of two megabytes would be more than memory holds: what is too much is found by its name.
func TestTheTextOfAKitIsBounded(t *testing.T) {
	page := strings.Repeat("parole di un allegato\n", MaxText/22)
	k := &Kit{}
	for i := range 40 {
		k.Attachments = append(k.Attachments, Attachment{Path: fmt.Sprintf("file %d.pdf", i), Blob: fmt.Sprint(i)})
	}
	size, named := 0, map[string]bool{}
	shared := textOf(page)
	for _, p := range attachmentParts(k, func(string) *Text { return shared }) {
		size += len(p.Text)
		named[p.BaseID()] = true
	}
	if size > MaxKitText+MaxText || size < MaxKitText || len(named) != 40 {
		t.Errorf("%d bytes of %d attachments", size, len(named))
	}
}

// Names of files and addresses of exclusions come from outside.
func FuzzAttachmentNames(f *testing.F) {
	for _, s := range []string{"a/Modulo_2(1).pdf", "https://git.example.it/k#a%20b.pdf", "#./%", "\xff/..\x00", "é\u0301A1b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := Attachment{Path: s}
		if id := a.ID(); id == "" || len(id) > maxAttachmentSlug+len("-abcdef") || strings.ContainsAny(id, "~/#%\x00 ") {
			t.Errorf("%q", id)
		}
		for _, w := range nameWords(s) {
			if strings.TrimSpace(w) == "" {
				t.Errorf("%q", w)
			}
		}
		r := &Record{Kind: KindKit, Key: "https://git.example.it/k", Kit: &Kit{Attachments: []Attachment{a, {Path: "b.pdf"}}}}
		out := KeepOut([]Exclusion{{URL: s}, {URL: "https://git.example.it/k#b.pdf"}})
		if _, kept := out.Attachment(r, "b.pdf"); !kept {
			t.Error("another exclusion lets a file in")
		}
		for _, h := range Attachments(out.Without(&Entry{Record: *r}).Kit) {
			if h.Attachment.Path == "b.pdf" {
				t.Error("it is there")
			}
		}
	})
}

func TestNameWords(t *testing.T) {
	for name, want := range map[string]string{
		"13DigiPro_Protocollo_Intesa completo.pdf": "13DigiPro Protocollo Intesa completo|13 Digi Pro",
		"A4-Convenzione.v2(1).docx":                "A4 Convenzione v2 1|A 4 v 2",
		"SUAPComuni.xlsx":                          "SUAPComuni|SUAP Comuni",
		"manuale":                                  "manuale",
		".pdf":                                     "",
	} {
		if got := strings.Join(nameWords(name), "|"); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// The marks of what was masked are made of words ("casella personale omessa", "codice fiscale omesso"): a search for the
// staff, or for source code, must not find every page from which a mailbox was taken. The page itself shows them.
func TestMarksOfMaskingAreNotFound(t *testing.T) {
	k := &Kit{Title: "Kit", Documents: []Document{{ID: "d", Title: "Relazione", Attachments: []Attachment{{Path: "r.pdf", Blob: "b"}}}}}
	text := textOf("Scrivere a casella-personale-omessa, telefono-omesso; password: dato-riservato-omesso", "Firma: mario.rossi@gmail.com, codice-fiscale-omesso")
	got := partsOf(k, map[string]*Text{"b": text})
	if len(got) != 1 || !slices.Equal(got[0].Pages, []int{1, 2}) || !strings.Contains(got[0].Text, "Scrivere a …, …;") {
		t.Fatalf("%+v", got)
	}
	for _, word := range []string{"omess", "personale", "telefono", "codice", "riservato"} {
		if strings.Contains(got[0].Text, word) {
			t.Errorf("%q is found in %q", word, got[0].Text)
		}
	}
}
