package attach

import (
	"archive/zip"
	"bytes"
	"encoding/asn1"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"
)

// entry is a file of an archive that a test makes.
type entry struct{ name, text string }

func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err == nil {
			_, err = io.WriteString(w, e.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const wordNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docx makes a Word document with that body, and more parts.
func docx(t testing.TB, body string, more ...entry) []byte {
	return zipOf(t, append([]entry{{"[Content_Types].xml", "<Types/>"},
		{"word/document.xml", `<?xml version="1.0"?><w:document ` + wordNames + `><w:body>` + body + `</w:body></w:document>`}}, more...)...)
}

// par makes a paragraph of Word.
func par(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

const odfNames = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"`

// odf makes a document of OpenDocument: kind is "text", "spreadsheet" or "presentation".
func odf(t testing.TB, kind, body string, more ...entry) []byte {
	return zipOf(t, append([]entry{{"mimetype", "application/vnd.oasis.opendocument." + kind},
		{"content.xml", `<office:document-content ` + odfNames + `><office:body><office:` + kind + `>` + body + `</office:` + kind + `></office:body></office:document-content>`}}, more...)...)
}

// rels makes the links of a part: pairs of a kind and a target, with the ids r1, r2….
func rels(pairs ...string) string {
	var out strings.Builder
	out.WriteString(`<Relationships>`)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&out, `<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, i/2+1, pairs[i], pairs[i+1])
	}
	return out.String() + `</Relationships>`
}

// xlsx makes a workbook of one sheet named Costi.
func xlsx(t testing.TB, rows, shared, styles string) []byte {
	return zipOf(t, entry{"[Content_Types].xml", "<Types/>"},
		entry{"xl/workbook.xml", `<workbook xmlns:r="urn:r"><sheets><sheet name="Costi &amp; tempi" sheetId="1" r:id="r1"/></sheets></workbook>`},
		entry{"xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml", "styles", "/xl/styles.xml")},
		entry{"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
		entry{"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
		entry{"xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>"})
}

// pptx makes a presentation of two slides, shown in the opposite order of their names.
func pptx(t testing.TB) []byte {
	slide := func(s string) string {
		return `<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><p:txBody><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></p:txBody></p:sld>`
	}
	return zipOf(t, entry{"[Content_Types].xml", "<Types/>"},
		entry{"ppt/presentation.xml", `<p:presentation xmlns:p="urn:p" xmlns:r="urn:r"><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst></p:presentation>`},
		entry{"ppt/_rels/presentation.xml.rels", rels("slide", "slides/slide1.xml", "slide", "slides/slide2.xml")},
		entry{"ppt/slides/slide1.xml", slide("La convenzione")}, entry{"ppt/slides/slide2.xml", slide("Il kit del riuso")},
		entry{"ppt/slides/_rels/slide1.xml.rels", rels("notesSlide", "../notesSlides/notesSlide1.xml")},
		entry{"ppt/notesSlides/notesSlide1.xml", `<p:notes xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>Dire chi la firma</a:t></a:r><a:fld type="slidenum"><a:t>2</a:t></a:fld></a:p></p:notes>`})
}

// der makes an object of that tag.
func der(t testing.TB, tag byte, content ...[]byte) []byte {
	t.Helper()
	out, err := asn1.Marshal(asn1.RawValue{Class: int(tag >> 6), IsCompound: tag&0x20 != 0, Tag: int(tag & 0x1f), Bytes: bytes.Join(content, nil)})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// untold makes an object whose length is not told.
func untold(tag byte, content ...[]byte) []byte {
	return append(append([]byte{tag, 0x80}, bytes.Join(content, nil)...), 0, 0)
}

var (
	oidData      = []byte("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")
	derVersion   = []byte{2, 1, 1}
	derAlgorithm = []byte{0x31, 0}
)

// signed wraps a file as DER has it.
func signed(t testing.TB, content []byte) []byte {
	inner := der(t, 0x30, oidData, der(t, 0xa0, der(t, 0x04, content)))
	return der(t, 0x30, []byte(oidSignedData), der(t, 0xa0, der(t, 0x30, derVersion, derAlgorithm, inner, []byte{0x31, 0})))
}

// signedBER wraps a file with lengths that are not told and content in pieces.
func signedBER(t testing.TB, content []byte) []byte {
	var pieces []byte
	for len(content) > 0 {
		n := min(len(content), 100)
		pieces = append(pieces, der(t, 0x04, content[:n])...)
		content = content[n:]
	}
	inner := untold(0x30, oidData, untold(0xa0, untold(0x24, pieces)))
	return untold(0x30, []byte(oidSignedData), untold(0xa0, untold(0x30, derVersion, untold(0x31, der(t, 0x30, []byte{5, 0})), inner, []byte{0x31, 0})))
}

// detachedOf makes a signature without what it signs.
func detachedOf(t testing.TB, ber bool) []byte {
	if ber {
		return untold(0x30, []byte(oidSignedData), untold(0xa0, untold(0x30, derVersion, derAlgorithm, untold(0x30, oidData), []byte{0x31, 0})))
	}
	return der(t, 0x30, []byte(oidSignedData), der(t, 0xa0, der(t, 0x30, derVersion, derAlgorithm, der(t, 0x30, oidData), []byte{0x31, 0})))
}

// mailed writes a file as programs of mail do.
func mailed(kind string, content []byte) []byte {
	packed := base64.StdEncoding.EncodeToString(content)
	var out strings.Builder
	out.WriteString("MIME-Version: 1.0\r\nContent-Type: " + kind + "\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for len(packed) > 76 {
		out.WriteString(packed[:76] + "\r\n")
		packed = packed[76:]
	}
	return []byte(out.String() + packed + "\r\n")
}

// ole makes what begins as a container of Office 97 with a stream of that name.
func ole(stream string) []byte {
	return bytes.Join([][]byte{[]byte(oleMagic), make([]byte, 600), utf16Bytes(stream), make([]byte, 600)}, nil)
}
