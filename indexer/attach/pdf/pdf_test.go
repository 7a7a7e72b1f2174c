package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// selfVerb starts the test binary as the program that Config.Self names.
const selfVerb = "read-one-pdf"

func TestMain(m *testing.M) {
	if f := fakes[filepath.Base(os.Args[0])]; f != nil {
		os.Exit(f(os.Args[1:]))
	}
	if len(os.Args) > 1 && os.Args[1] == selfVerb {
		os.Exit(ServeChild(os.Args[2:], os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// build writes a PDF of these objects, numbered from 1; the first is the root.
func build(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

// onePage is a page in Helvetica with this content.
func onePage(trailer, content string, more ...string) []byte {
	return build(trailer, append([]string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		stream("", content),
	}, more...)...)
}

const greeting = "BT /F1 12 Tf 72 700 Td (Ricevuta della domanda) Tj 0 -20 Td [(Qual) 20 (it\\340) -600 (certa)] TJ ET"

const locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <0000000000000000000000000000000000000000000000000000000000000000> /U <1111111111111111111111111111111111111111111111111111111111111111> >> /ID [<00> <00>]"

// readers gives every way to read that this machine has.
func readers(t *testing.T) map[string]*Reader {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*Reader{"pdftotext": poppler(t)}
	for name, cfg := range map[string]Config{
		"go":            {Pdftotext: "-"},
		"go in a child": {Pdftotext: "-", Self: []string{self, selfVerb}, Memory: 4 << 30}, // the race detector needs room
	} {
		r, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		got[name] = r
	}
	return got
}

func TestRead(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write([]byte(greeting))
	z.Close()
	form := stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >>", greeting)
	ways := readers(t)
	for _, tc := range []struct {
		name string
		data []byte
		want string
		err  error
	}{
		{"plain", onePage("", greeting), "Ricevuta della domanda\nQualità certa\n", nil},
		{"packed", build("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [5 0 R] /Resources << /Font << /F1 4 0 R >> >> >>",
			"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
			stream("/Filter /FlateDecode", packed.String())), "Ricevuta della domanda\nQualità certa\n", nil},
		{"a form", onePage("", "q /X Do Q", form), "Ricevuta della domanda\nQualità certa\n", nil},
		{"no words", onePage("", "0 0 100 100 re f"), "", nil},
		{"locked", onePage(locked, greeting), "", ErrEncrypted},
		{"not a PDF", []byte("PK\x03\x04 something else"), "", ErrDamaged},
		{"nothing", nil, "", ErrDamaged},
		{"only a beginning", []byte("%PDF-1.7\n"), "", ErrDamaged},
	} {
		for name, r := range ways {
			d, err := r.Read(t.Context(), tc.data, 0, 0)
			if !errors.Is(err, tc.err) {
				t.Errorf("%s, %s: %v, want %v", tc.name, name, err, tc.err)
				continue
			}
			if err != nil {
				continue
			}
			if d.PageCount != 1 || len(d.Pages) != 1 || squeezed(d.Pages[0]) != tc.want || d.Signed {
				t.Errorf("%s, %s: %+v, want %q", tc.name, name, d, tc.want)
			}
			if d.Incomplete != (name != "pdftotext") {
				t.Errorf("%s, %s: incomplete %t", tc.name, name, d.Incomplete)
			}
		}
	}
}

// squeezed leaves out empty lines: how many there are says how far apart the lines stand.
func squeezed(s string) string {
	for strings.Contains(s, "\n\n") {
		s = strings.ReplaceAll(s, "\n\n", "\n")
	}
	return s
}

func TestSigned(t *testing.T) {
	for s, want := range map[string]bool{
		"/ByteRange [0 1 2 3]": true, "/SigFlags 3": true, "/SigFlags 1>>": true, "/SigFlags\n1": true,
		"/SigFlags 2": false, "/SigFlags 0 /SigFlags 3": true, "/SigFlags": false, "": false,
	} {
		if signed([]byte(s)) != want {
			t.Errorf("%q: want %t", s, want)
		}
	}
}

func TestNew(t *testing.T) {
	for _, bad := range []Config{{Time: -1}, {Memory: -1}, {Bytes: -1}, {Memory: 1}, {Pdftotext: filepath.Join(t.TempDir(), "pdftotext")}} {
		if _, err := New(bad); err == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
	r, err := New(Config{Pdftotext: "-"})
	if err != nil || r.Name() != goName {
		t.Errorf("%v, %v", r, err)
	}
	t.Setenv("PATH", t.TempDir())
	if r, err := New(Config{}); err != nil || r.Name() != goName {
		t.Errorf("without pdftotext: %v, %v", r, err)
	}
}

func TestTooBig(t *testing.T) {
	r, err := New(Config{Pdftotext: "-", Bytes: 10})
	if err != nil {
		t.Fatal(err)
	}
	if d, err := r.Read(t.Context(), onePage("", greeting), 0, 0); !errors.Is(err, ErrLimit) || !d.Incomplete {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, r := range readers(t) {
		if _, err := r.Read(ctx, onePage("", greeting), 0, 0); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What would make the library allocate until the process dies is refused, or costs no more than a child.
func TestHostileNumbers(t *testing.T) {
	loop := stream("/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>", strings.Repeat("/X Do ", 20))
	cases := map[string][]byte{
		"objects":      bytes.Replace(onePage("", greeting), []byte("/Size 6"), []byte("/Size 99999999999"), 1),
		"first object": bytes.Replace(onePage("", greeting), []byte("xref\n0 6"), []byte("xref\n4000000000 6"), 1),
		"row":          onePage("", greeting, stream("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Col#75mns 99999999999 >>", "x")),
		"form in form": onePage("", "/X Do", loop),
	}
	ways := readers(t)
	for what, data := range cases {
		for name, r := range ways {
			d, err := r.Read(t.Context(), data, 0, 0)
			if !named(err) {
				t.Errorf("%s, %s: %+v, %v", what, name, d, err)
			}
			if name == "go" && what != "form in form" && !errors.Is(err, ErrLimit) {
				t.Errorf("%s, %s: %v, want a limit", what, name, err)
			}
		}
	}
}

// An object that is packed in itself makes the library call itself until the process dies: in a child that is one file
// that cannot be read.
func TestDeathOfTheChild(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	at := b.Len()
	table := "\x00\x00\x00\x00" + "\x02\x00\x01\x00" // object 1 is the first in the stream that is object 1
	fmt.Fprintf(&b, "2 0 obj\n<< /Type /XRef /Size 2 /W [1 2 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", len(table), table, at)
	r := readers(t)["go in a child"]
	r.cfg.Time = 5 * time.Second
	d, err := r.Read(t.Context(), b.Bytes(), 0, 0)
	fell := errors.Is(err, ErrDamaged) && strings.Contains(err.Error(), "survive")
	if slow := errors.Is(err, ErrTime); !fell && !slow || len(d.Pages) > 0 { // slow: under the race detector
		t.Errorf("%+v, %v", d, err)
	}
}

// A string that is never closed in a packed object keeps the library turning without asking for a byte more, so it cannot
// be broken off: a child is killed, and in this process one place is lost.
func TestEndlessFile(t *testing.T) {
	packed := "1 0 <41"
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	object := b.Len()
	fmt.Fprintf(&b, "2 0 obj\n%s\nendobj\n", stream("/Type /ObjStm /N 1 /First 4", packed))
	at := b.Len()
	table := "\x00\x00\x00\x00" + "\x02\x00\x02\x00" + "\x01\x00" + string([]byte{byte(object)}) + "\x00"
	fmt.Fprintf(&b, "3 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", stream("/Type /XRef /Size 3 /W [1 2 1] /Root 1 0 R", table), at)
	r := readers(t)["go in a child"]
	r.cfg.Time = time.Second
	if _, err := r.Read(t.Context(), b.Bytes(), 0, 0); !errors.Is(err, ErrTime) { // anything else: it is no longer endless
		t.Errorf("%v", err)
	}
}

// A file that takes too long in this process is left behind, and when too many are, the next waits for its turn in vain.
func TestLeftBehind(t *testing.T) {
	r, err := New(Config{Pdftotext: "-", Time: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for range maxAbandoned {
		r.slot <- struct{}{}
	}
	if _, err := r.Read(t.Context(), onePage("", greeting), 0, 0); !errors.Is(err, ErrTime) {
		t.Errorf("%v", err)
	}
	<-r.slot
	r.cfg.Time = defaultTime
	if _, err := r.Read(t.Context(), onePage("", greeting), 0, 0); err != nil {
		t.Errorf("when one has ended: %v", err)
	}
	if len(r.slot) != maxAbandoned-1 {
		t.Errorf("%d places are taken", len(r.slot))
	}
	j := &job{source: source{data: onePage("", greeting)}}
	j.over.Store(true)
	if _, err := j.read(1, 100); err == nil {
		t.Error("what is broken off goes on reading")
	}
}

// named says whether an outcome is one that the callers of this package know.
func named(err error) bool {
	return err == nil || errors.Is(err, ErrDamaged) || errors.Is(err, ErrEncrypted) || errors.Is(err, ErrLimit) || errors.Is(err, ErrTime)
}
