package attach

import (
	"encoding/base64"
	"strings"
	"testing"
)

const cellXML = "<w:tc><w:p><w:r><w:t>%</w:t></w:r></w:p></w:tc>"

func TestFormats(t *testing.T) {
	row := func(cells ...string) string {
		out := "<w:tr>"
		for _, c := range cells {
			out += strings.ReplaceAll(cellXML, "%", c)
		}
		return out + "</w:tr>"
	}
	header := entry{"word/header1.xml", `<w:hdr>` + par("Provincia") + `</w:hdr>`}
	tests := []struct {
		what, name string
		data       []byte
		format     string
		want       string // pages are parted by "|", a label stands before ">"
		faults     string
	}{
		{"paragraphs, a table, a tab, what was deleted", "a.docx", docx(t, par("Convenzione")+"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">Art. 1 </w:t></w:r><w:r><w:t>Oggetto</w:t><w:tab/><w:t>pag. 2</w:t></w:r><w:del><w:r><w:delText>via</w:delText></w:r></w:del></w:p>"+
			"<w:tbl>"+row("Voce", "", "Euro")+row("Server", "2", "100")+"</w:tbl>"), "docx", "Convenzione\nArt. 1 Oggetto\tpag. 2\nVoce\t\tEuro\nServer\t2\t100", ""},
		{"headers once, notes", "a.docx", docx(t, par("Testo"), header, entry{"word/header2.xml", header.text}, entry{"word/footnotes.xml", "<w:footnotes>" + par("Nota") + "</w:footnotes>"}, entry{"word/footer1.xml", "<w:ftr>" + par("Piede") + "</w:ftr>"}),
			"docx", "Provincia\n\nTesto\n\nNota\n\nPiede", ""},
		{"a text box is not said twice", "a.docx", docx(t, `<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>`+par("Riquadro")+`</w:txbxContent></mc:Choice><mc:Fallback>`+par("Riquadro")+`</mc:Fallback></mc:AlternateContent></w:p>`), "docx", "Riquadro", ""},
		{"macros", "a.docm", docx(t, par("Testo"), entry{"word/vbaProject.bin", "x"}), "docx", "Testo", "T07"},
		{"only pictures", "a.docx", docx(t, "<w:p/>", entry{"word/media/image1.png", "x"}), "docx", "", "T02"},
		{"sheets, days, numbers", "a.xlsx", xlsx(t, `<row><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Nota</t></is></c></row><row><c r="B2" s="1"><v>43222</v></c><c r="C2"><v>0.30000000000000004</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="str"><f>A1</f><v>calcolato</v></c></row>`,
			"<si><t>Mai</t></si><si><r><t>Da</t></r><r><t>ta</t></r></si>", `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`), "xlsx", "Costi & tempi>Data\t\tNota\n2018-05-02\t0.3\t\tcalcolato", ""},
		{"days of other formats", "a.xlsx", xlsx(t, `<row><c r="A1" s="1"><v>44197</v></c><c r="B1" s="2"><v>44197.5</v></c><c r="C1" s="3"><v>44197</v></c><c r="D1" s="4"><v>44197</v></c></row>`, "",
			`<numFmts><numFmt numFmtId="164" formatCode="[$-410]dd\/mm\/yyyy"/><numFmt numFmtId="165" formatCode="mmmm"/><numFmt numFmtId="166" formatCode="0\d"/><numFmt numFmtId="167" formatCode="d &quot;giorno&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>`),
			"xlsx", "Costi & tempi>2021-01-01\t2021-01-01\t44197\t2021-01-01", ""},
		{"days since 1904, and sheets that are hidden", "a.xlsx", zipOf(t, entry{"[Content_Types].xml", "<Types/>"},
			entry{"xl/workbook.xml", `<workbook xmlns:r="urn:r"><workbookPr date1904="1"/><sheets><sheet name="Persone" state="hidden" r:id="r1"/><sheet name="Segreti" state="veryHidden" r:id="r1"/><sheet name="Tempi" state="visible" r:id="r2"/></sheets></workbook>`},
			entry{"xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/s1.xml", "worksheet", "worksheets/s2.xml", "styles", "styles.xml")},
			entry{"xl/worksheets/s1.xml", `<worksheet><sheetData><row><c t="str"><v>nascosto</v></c></row></sheetData></worksheet>`},
			entry{"xl/worksheets/s2.xml", `<worksheet><sheetData><row><c s="1"><v>42735</v></c></row></sheetData></worksheet>`},
			entry{"xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`}), "xlsx", "Tempi>2021-01-01", ""},
		{"hidden words", "a.docx", docx(t, `<w:p><w:r><w:t>Si vede</w:t></w:r><w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:tab/><w:t>non si vede</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>, e questo pure</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>fine</w:t></w:r></w:p>`), "docx", "Si vede, e questo pure\nfine", ""},
		{"hidden words of RTF", "a.rtf", []byte(`{\rtf1 Si vede{\v , non si vede \tab no}, \v\b no \v0 e questo\v1 no\plain  pure}`), "rtf", "Si vede, e questo pure", ""},
		{"HTML that does not say that it is UTF-8", "a.html", []byte("<!DOCTYPE html><style>" + strings.Repeat("p{} ", 2_000) + "</style><p>La qualità"), "html", "La qualità", ""},
		{"HTML without a tag", "a.html", []byte("Citt&agrave; di Paperopoli &euro; 5"), "html", "Città di Paperopoli € 5", ""},
		{"only a signature", "a.pdf.p7m", detachedOf(t, false), "p7m", "", "T04"},
		{"only a signature, as certifiers do", "a.pdf.p7m", detachedOf(t, true), "p7m", "", "T04"},
		{"signed as mail", "a.txt.p7m", mailed("application/pkcs7-mime; smime-type=signed-data; name=\"smime.p7m\"", signed(t, []byte("Firmato in una lettera"))), "txt", "Firmato in una lettera", ""},
		{"signed as mail, with a file as mail within", "smime.p7m", mailed("application/x-pkcs7-mime", signedBER(t, mailed("application/octet-stream", docx(t, par("Allegato alla lettera"))))), "docx", "Allegato alla lettera", ""},
		{"a letter of several parts", "smime.p7m", mailed("application/pkcs7-mime", signed(t, []byte("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nciao\r\n--x--"))), "p7m", "", "T06"},
		{"slides in the order of showing, with notes", "a.pptx", pptx(t), "pptx", "Il kit del riuso|La convenzione\n\nDire chi la firma", ""},
		{"a text of OpenDocument", "a.odt", odf(t, "text", `<text:tracked-changes><text:p>via</text:p></text:tracked-changes><text:h>Titolo</text:h><text:p>Uno  <text:span>due</text:span><text:s/>tre<text:tab/>quattro<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>nota</text:p></text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>`,
			entry{"styles.xml", `<office:master-styles ` + odfNames + `><style:header><text:p>Regione</text:p></style:header><style:header-left><text:p>Regione</text:p></style:header-left><style:footer><text:p>pag. <text:page-number>1</text:page-number></text:p></style:footer></office:master-styles>`}),
			"odt", "Regione\n\nTitolo\nUno due tre\tquattro nota\nA\t\t\tB\n\npag.", ""},
		{"sheets of OpenDocument", "a.ods", odf(t, "spreadsheet", `<table:table table:name="Tempi"><table:table-row><table:table-cell><text:p>Fase A</text:p></table:table-cell><table:table-cell><text:p>3 mesi</text:p></table:table-cell></table:table-row></table:table><table:table table:name="Vuoto"/><table:table table:name="Costi"><table:table-row><table:table-cell><text:p>Euro</text:p></table:table-cell></table:table-row></table:table>`), "ods", "Tempi>Fase A\t3 mesi|Costi>Euro", ""},
		{"slides of OpenDocument", "a.odp", odf(t, "presentation", `<draw:page><draw:frame><draw:text-box><text:p>Uno</text:p></draw:text-box></draw:frame><presentation:notes><text:p>Nota</text:p></presentation:notes></draw:page><draw:page><text:p>Due</text:p></draw:page>`), "odp", "Uno\n\nNota|Due", ""},
		{"sealed OpenDocument", "a.odt", odf(t, "text", "x", entry{"META-INF/manifest.xml", "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"}), "odt", "", "T03"},
		{"RTF", "a.rtf", []byte(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}{\pict 0102}Citt\'e0 \u8364?5\par {\b Art. 1}\tab fine\par\trowd\intbl A\cell B\cell\row\pard {\info{\author nessuno}}Fine}`), "rtf", "Città €5\nArt. 1\tfine\nA\tB\nFine", ""},
		{"RTF under the name of Word", "a.doc", []byte(`{\rtf1 Testo}`), "rtf", "Testo", ""},
		{"HTML", "a.html", []byte("<!DOCTYPE html><meta charset=iso-8859-1><title>Guida</title><style>p{}</style><body><h1>Citt\xe0</h1><p>Uno\n<b>due</b><br>tre</p><script>x<p>y</script><table><tr><td>A<td>B</tr></table><pre>a\n  b</pre><img alt='Schema'>"), "html", "Guida\n\nCittà\nUno due\ntre\nA\tB\n\na\n  b\nSchema", ""},
		{"Windows-1252", "a.txt", []byte("Citt\xe0 \x80 5\r\nfine\r\n"), "txt", "Città € 5\nfine", ""},
		{"UTF-16", "a.txt", append([]byte{0xff, 0xfe}, utf16Bytes("Convenzione\nfine")...), "txt", "Convenzione\nfine", ""},
		{"CSV", "a.csv", []byte("\xef\xbb\xbfente;\"spesa; in euro\"\nComune;\"1\n000\"\n"), "csv", "ente\tspesa; in euro\nComune\t1 000", ""},
		{"BPMN", "a.bpmn", []byte(`<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="x"><process name="Rilascio"><laneSet><lane name="SUAP"/></laneSet><startEvent name="Domanda"/><task name="Istruttoria"><documentation>Entro 30 giorni</documentation><extensionElements><f name="no"/></extensionElements></task><task name="Istruttoria"/></process></definitions>`), "bpmn", "Rilascio\nSUAP\nDomanda\nIstruttoria\nEntro 30 giorni", ""},
		{"a list of an archive", "a.zip", zipOf(t, entry{"atti/delibera.pdf", "12345"}, entry{"leggimi.txt", ""}), "zip", "atti/delibera.pdf\t5 byte\nleggimi.txt\t0 byte", ""},
		{"signed", "a.docx.p7m", signed(t, docx(t, par("Firmato"))), "docx", "Firmato", ""},
		{"signed as certifiers do", "a.txt.p7m", signedBER(t, []byte(strings.Repeat("Firmato a pezzi. ", 40))), "txt", strings.TrimSpace(strings.Repeat("Firmato a pezzi. ", 40)), ""},
		{"signed in base64", "a.txt.p7m", []byte(base64.StdEncoding.EncodeToString(signed(t, []byte("Firmato in base64, una riga sola")))), "txt", "Firmato in base64, una riga sola", ""},
		{"signed in PEM", "a.txt.p7m", []byte("-----BEGIN PKCS7-----\n" + base64.StdEncoding.EncodeToString(signed(t, []byte("Firmato in PEM"))) + "\n-----END PKCS7-----\n"), "txt", "Firmato in PEM", ""},
		{"signed three times", "a.txt.p7m.p7m.p7m", signed(t, signedBER(t, signed(t, []byte("In fondo")))), "txt", "In fondo", ""},
		{"signed too often", "a.p7m", signed(t, signed(t, signed(t, signed(t, []byte("In fondo"))))), "p7m", "", "T05"},
		{"signed, and inside Word 97", "a.doc.p7m", signed(t, ole("WordDocument")), "doc", "", "T01"},
		{"a signature cut short", "a.txt.p7m", signed(t, []byte(strings.Repeat("Firmato ", 100)))[:400], "txt", strings.TrimSpace(strings.Repeat("Firmato ", 100)[:349]), "T04"},
		{"encrypted envelope", "a.p7m", der(t, 0x30, []byte(oidEnveloped), der(t, 0xa0, der(t, 0x30, derVersion))), "p7m", "", "T03"},
		{"Word 97", "a.doc", ole("WordDocument"), "doc", "", "T01"},
		{"Excel 97", "a.xls", ole("Workbook"), "xls", "", "T01"},
		{"Publisher", "a.pub", ole("Quill"), "pub", "", "T01"},
		{"WordPerfect", "a.wpd", []byte("\xffWPC\x00\x00"), "wpd", "", "T01"},
		{"protected Word", "a.docx", ole("EncryptedPackage"), "docx", "", "T03"},
		{"a Word document named PDF", "a.pdf", docx(t, par("Testo")), "docx", "Testo", "T04"},
		{"a photograph named PDF", "a.pdf", []byte("\xff\xd8\xff\xe0aaaaaaaaaa"), "jpg", "", "T04"},
		{"bytes named Word", "a.docx", []byte("\x01\x02\x00\x03nothing"), "", "", "T04"},
		{"a document cut short", "a.docx", docx(t, par("Testo"))[:80], "docx", "", "T04"},
		{"a pointer", "a.pdf", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"), "", "", "T08"},
		{"nobody reads PDF", "a.pdf", []byte("%PDF-1.4 x"), "pdf", "", "T06"},
		{"nothing", "a.docx", nil, "", "", ""},
		{"Markdown that begins with HTML", "a.md", []byte("<p align=center>x</p>\n"), "txt", "<p align=center>x</p>", ""},
	}
	r := newReader(t, Config{})
	for _, tc := range tests {
		t.Run(tc.what, func(t *testing.T) {
			text := read(t, r, tc.name, tc.data)
			var pages []string
			for _, p := range text.Pages {
				s := p.Text
				if p.Label != "" {
					s = p.Label + ">" + s
				}
				pages = append(pages, s)
			}
			if got := strings.Join(pages, "|"); got != tc.want {
				t.Errorf("text\n%q, want\n%q", got, tc.want)
			}
			if text.Format != tc.format || codes(text) != tc.faults {
				t.Errorf("format %q faults %q, want %q %q: %+v", text.Format, codes(text), tc.format, tc.faults, text.Faults)
			}
			if text.Reader != r.Version(tc.name) || text.Bytes != int64(len(tc.data)) {
				t.Errorf("reader %q, %d bytes", text.Reader, text.Bytes)
			}
		})
	}
}

func TestEncryptedEntries(t *testing.T) {
	data := zipOf(t, entry{"a.txt", "x"})
	for i := range data { // the flag of encryption, in both heads of the entry
		if strings.HasPrefix(string(data[i:]), "PK\x03\x04") {
			data[i+6] |= 1
		}
		if strings.HasPrefix(string(data[i:]), "PK\x01\x02") {
			data[i+8] |= 1
		}
	}
	text := read(t, newReader(t, Config{}), "a.zip", data)
	if codes(text) != "T03" || !strings.HasPrefix(all(text), "a.txt") {
		t.Errorf("%+v", text)
	}
}
