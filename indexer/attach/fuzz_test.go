package attach

import (
	"bytes"
	"context"
	"encoding/base64"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// fuzzed holds for any bytes under any name: no reader breaks, the text is bounded, clean and masked, and each fault speaks.
func fuzzed(f *testing.F, name string, seeds ...[]byte) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(s[:len(s)/2])
	}
	lim := Limits{FileBytes: 1 << 20, Inflated: 4 << 20, Pages: 50, Text: 64 << 10, Time: 5 * time.Second, Entries: 200, Listed: 100}
	r, err := New(Config{Limits: lim})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		if int64(len(data)) <= lim.FileBytes { // without the net that catches a panic
			one := reading{r: r, l: lines{lim: r.lim}}
			_ = one.file(context.Background(), name, data, 0)
		}
		text := read(t, r, name, data)
		if !bytes.Equal(before, data) {
			t.Fatal("the bytes of the caller were changed")
		}
		hold(t, text, lim)
	})
}

func hold(t *testing.T, text catalog.Text, lim Limits) {
	size, last := 0, 0
	for _, p := range text.Pages {
		size += len(p.Text)
		if p.N <= last || p.Text == "" || !utf8.ValidString(p.Text) || !utf8.ValidString(p.Label) {
			t.Fatalf("page %d after %d: %q", p.N, last, p.Text)
		}
		if privacy.MaskPersons(p.Text) != p.Text {
			t.Fatalf("there are data of persons: %q", p.Text)
		}
		last = p.N
	}
	if int64(size) > 4*lim.Text { // a mark may be longer than what it hides, NFC than what it is made of
		t.Fatalf("%d bytes of text", size)
	}
	for _, fault := range text.Faults {
		if fault.Code == "" || fault.Severity == "" || fault.Message.It == "" || fault.Message.En == "" || fault.Hint.It == "" || fault.Hint.En == "" {
			t.Fatalf("a fault that says nothing: %+v", fault)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	fuzzed(f, "a.docx", docx(f, par("Testo")+"<w:tbl><w:tr><w:tc>"+par("A")+"</w:tc></w:tr></w:tbl>", entry{"word/header1.xml", par("Ente")}))
}

// FuzzWordText reads the XML itself, which a change of one byte in an archive seldom reaches.
func FuzzWordText(f *testing.F) {
	f.Add([]byte(`<w:document>` + par("Testo") + `<w:tbl><w:tr><w:tc>` + par("A") + `</w:tc></w:tr></w:tbl></w:document>`))
	f.Add([]byte(`<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE a><a><!-- b --><![CDATA[c]]>&amp;&x;</a>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, h := range []func(*lines) handler{wordText, (&workbook{strings: []string{"a"}}).cells,
			func(l *lines) handler { return odfText(l, fODT) }, func(l *lines) handler { return odfText(l, fODS) }, func(l *lines) handler { return odfText(l, fODP) }} {
			l := &lines{lim: Limits{Pages: 50, Text: 64 << 10}}
			_ = walkXML(context.Background(), l, bytes.NewReader(data), h(l))
			l.close()
			if l.used > l.lim.Text+maxGap+1 {
				t.Fatalf("%d bytes", l.used)
			}
		}
	})
}

func FuzzXLSX(f *testing.F) {
	fuzzed(f, "a.xlsx", xlsx(f, `<row><c r="B1" t="s"><v>0</v></c><c s="0"><v>43222</v></c></row>`, "<si><t>Data</t></si>", `<cellXfs><xf numFmtId="14"/></cellXfs>`))
}

func FuzzPPTX(f *testing.F) { fuzzed(f, "a.pptx", pptx(f)) }

func FuzzODT(f *testing.F) {
	fuzzed(f, "a.odt", odf(f, "text", "<text:p>Testo</text:p>", entry{"styles.xml", "<a><style:header><text:p>Ente</text:p></style:header></a>"}))
}

func FuzzODS(f *testing.F) {
	fuzzed(f, "a.ods", odf(f, "spreadsheet", `<table:table table:name="A"><table:table-row><table:table-cell table:number-columns-repeated="9"><text:p>B</text:p></table:table-cell></table:table-row></table:table>`))
}

func FuzzODP(f *testing.F) {
	fuzzed(f, "a.odp", odf(f, "presentation", "<draw:page><text:p>A</text:p></draw:page>"))
}

func FuzzRTF(f *testing.F) {
	fuzzed(f, "a.rtf", []byte(`{\rtf1\ansicpg1252\uc1{\fonttbl{\f0 A;}}{\*\x y}Citt\'e0 \u8364?\u-10179?\u-8704?\par\intbl A\cell\row\bin3 abc}`))
}

func FuzzHTML(f *testing.F) {
	fuzzed(f, "a.html", []byte("<!doctype html><meta charset=utf-8><title>A</title><table><tr><td>B</table><pre>c\nd</pre><script>e</script><img alt=f>"))
}

func FuzzBPMN(f *testing.F) {
	fuzzed(f, "a.bpmn", []byte(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process name="A"><task name="B"><documentation>C</documentation></task></process></definitions>`))
}

func FuzzP7M(f *testing.F) {
	fuzzed(f, "a.p7m", signed(f, []byte("Firmato")), detachedOf(f, true), mailed("application/pkcs7-mime", signed(f, mailed("text/plain", []byte("Firmato")))), signedBER(f, []byte("Firmato a pezzi")), signed(f, ole("WordDocument")),
		[]byte(base64.StdEncoding.EncodeToString(signed(f, []byte("Firmato")))), signed(f, signedBER(f, []byte("A"))))
}

func FuzzZIP(f *testing.F) {
	fuzzed(f, "a.zip", zipOf(f, entry{"atti/delibera.pdf", "x"}, entry{"città.txt", ""}))
}

func FuzzText(f *testing.F) {
	fuzzed(f, "a", []byte("Citt\xe0\r\n"), []byte("Città, cell. 347 8812904\n"), append([]byte{0xff, 0xfe}, utf16Bytes("Testo")...), []byte("\xef\xbb\xbfTesto"), []byte("%PDF-1.4"))
}

func FuzzCSV(f *testing.F) { fuzzed(f, "a.csv", []byte("a;\"b\nc\";d\n1,2\t3\n")) }
