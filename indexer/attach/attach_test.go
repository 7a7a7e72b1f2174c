package attach

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// pdfOf is a reader of PDF that has read already.
type pdfOf struct {
	PDF
	err error
}

func (p pdfOf) Name() string { return "pdfof 1.2" }

func (p pdfOf) ReadPDF(context.Context, []byte, int, int64) (PDF, error) { return p.PDF, p.err }

// A machine that cannot start the reader says nothing of the file, in an envelope neither.
func TestReaderThatCannotBeStarted(t *testing.T) {
	r := newReader(t, Config{PDF: pdfOf{err: fmt.Errorf("pdf: %w", ErrStart)}})
	for name, data := range map[string][]byte{"a.pdf": []byte("%PDF-1.4"), "a.pdf.p7m": signed(t, []byte("%PDF-1.4"))} {
		if text, err := r.Read(t.Context(), name, "b", data); !errors.Is(err, ErrStart) || text.Blob != "" {
			t.Errorf("%s: %+v, %v", name, text, err)
		}
	}
}

func TestPDF(t *testing.T) {
	tests := []struct {
		what       string
		pdf        PDF
		err        error
		lim        Limits
		want       string
		count      int
		faults     string
		incomplete bool
		signed     string
		tries      int
	}{
		{what: "pages", pdf: PDF{Pages: []string{"uno", " \f", "tre"}, PageCount: 3}, want: "1 uno|3 tre", count: 3},
		{what: "a scan", pdf: PDF{Pages: []string{"", "\f"}, PageCount: 2, Signed: true}, count: 2, faults: "T02", signed: "pades"},
		{what: "encrypted", err: fmt.Errorf("pdf: %w", ErrEncrypted), faults: "T03"},
		{what: "damaged", pdf: PDF{Pages: []string{"uno"}, PageCount: 2}, err: fmt.Errorf("pdf: %w", ErrDamaged), want: "1 uno", count: 2, faults: "T04", incomplete: true},
		{what: "damaged at once", err: fmt.Errorf("pdf: %w", ErrDamaged), faults: "T04"},
		{what: "over a limit", pdf: PDF{Pages: []string{"uno"}, PageCount: 2}, err: fmt.Errorf("pdf: %w", ErrLimit), want: "1 uno", count: 2, faults: "T05", incomplete: true},
		{what: "too slow", pdf: PDF{Pages: []string{"uno"}, PageCount: 2}, err: fmt.Errorf("pdf: %w", ErrTime), want: "1 uno", count: 2, faults: "T05", incomplete: true, tries: 1},
		{what: "too many pages", pdf: PDF{Pages: []string{"uno", "due"}, PageCount: 9}, lim: Limits{Pages: 2}, want: "1 uno|2 due", count: 9, faults: "T05", incomplete: true},
		{what: "more pages than were asked for", pdf: PDF{Pages: []string{"uno", "due", "tre"}, PageCount: 3}, lim: Limits{Pages: 2}, want: "1 uno|2 due", count: 3, faults: "T05", incomplete: true},
		{what: "too much text", pdf: PDF{Pages: []string{strings.Repeat("a", 900), strings.Repeat("b", 900)}, PageCount: 2}, lim: Limits{Text: 1000},
			want: "1 " + strings.Repeat("a", 900) + "|2 " + strings.Repeat("b", 98), count: 2, faults: "T05", incomplete: true},
		{what: "perhaps not all", pdf: PDF{Pages: []string{"uno"}, PageCount: 1, Incomplete: true}, want: "1 uno", count: 1, faults: "T06", incomplete: true},
	}
	for _, tc := range tests {
		t.Run(tc.what, func(t *testing.T) {
			text := read(t, newReader(t, Config{PDF: pdfOf{tc.pdf, tc.err}, Limits: tc.lim}), "a.pdf", []byte("%PDF-1.4"))
			var pages []string
			for _, p := range text.Pages {
				pages = append(pages, fmt.Sprint(p.N, " ", p.Text))
			}
			if got := strings.Join(pages, "|"); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
			if codes(text) != tc.faults || text.PageCount != tc.count || text.Incomplete != tc.incomplete || text.Signed != tc.signed || text.Tries != tc.tries {
				t.Errorf("%q, %d pages, incomplete %v, signed %q", codes(text), text.PageCount, text.Incomplete, text.Signed)
			}
		})
	}
}

// A text is read again when another reader would read it, and not when nothing changed.
func TestVersion(t *testing.T) {
	with, without := newReader(t, Config{PDF: pdfOf{}}), newReader(t, Config{})
	for _, tc := range []struct {
		name  string
		pdf   bool // the reader of PDF counts
		begin string
	}{
		{"Allegato B3/Relazione.PDF", true, "pdfof 1.2"},
		{"Relazione.pdf(1)", true, "pdfof 1.2"},
		{"Relazione.docx", false, "docx "},
		{"Relazione.docx (2)", false, "docx "},
		{"Relazione.docx.p7m", false, "p7m docx "},
		{"Relazione.pdf.p7m.p7m", true, "p7m pdfof 1.2"},
		{"Convenzione_02.05.2018(1).p7m", true, "p7m pdfof 1.2"},
		{"LEGGIMI", false, "attach "},
	} {
		v := with.Version(tc.name)
		if !strings.HasPrefix(v, tc.begin) || (v != without.Version(tc.name)) != tc.pdf {
			t.Errorf("%s: %q, and %q", tc.name, v, without.Version(tc.name))
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{"a.PDF": "text", "Atto (1).docx": "text", "x/y.tar.gz": "", "video.MP4": "link", "disco.iso": "link", "a.jpg": "",
		"a.exe": "", "a.doc": "text", "a.pub": "text", "firma.pdf.p7m": "text", "a.zip": "text", "a": "", "": "", "a.pdf(1)": "text"} {
		got := ""
		switch {
		case Wanted(name):
			got = "text"
		case IsLink(name):
			got = "link"
		}
		if got != want || Wanted(name) && IsLink(name) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestNewRefusesLimitsBelowZero(t *testing.T) {
	if _, err := New(Config{Limits: Limits{Pages: -1}}); !errors.Is(err, catalog.ErrInvalid) {
		t.Error(err)
	}
}

// Every format that may be met says what it is in both languages, and an old one what to do.
func TestEveryFormatHasWords(t *testing.T) {
	for f := range known {
		if n := f.name(); n.It == "" || n.En == "" || n.It == n.En {
			t.Errorf("%q: %v", f, n)
		}
		if f != fUnknown && !f.matches(f.ext()) {
			t.Errorf("%q does not fit its own extension", f)
		}
		if f.old() && (oldFormat(f, true).Message.En == "" || oldFormat(f, false).Hint.It == "") {
			t.Errorf("%q: nothing to do", f)
		}
	}
	for _, ext := range wantedExts {
		if ext == "markdown" || ext == "text" {
			continue
		}
		if fUnknown.matches(ext) {
			t.Errorf("bytes that nobody knows pass for %q", ext)
		}
	}
}
