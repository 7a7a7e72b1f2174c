package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// officefile NAME PAGE... writes a file of the kind that its name says, with a text: PDF (a page for each), DOCX or ODT (a
// paragraph for each).
func scriptOffice(ts *testscript.TestScript, neg bool, args []string) {
	var data []byte
	switch name := args[0]; strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		data = pdfOf(args[1:]...)
	case ".docx":
		data = archiveOf(ts, "[Content_Types].xml", "<Types/>", "word/document.xml",
			`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`+
				strings.Join(args[1:], "</w:t></w:r></w:p><w:p><w:r><w:t>")+`</w:t></w:r></w:p></w:body></w:document>`)
	case ".odt":
		data = archiveOf(ts, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
			`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>`+
				strings.Join(args[1:], "</text:p><text:p>")+`</text:p></office:text></office:body></office:document-content>`)
	default:
		ts.Fatalf("officefile: %s is of no kind that can be made", name)
	}
	at := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(at), 0o755))
	ts.Check(os.WriteFile(at, data, 0o644))
}

// archiveOf makes a ZIP archive of names and texts in turn.
func archiveOf(ts *testscript.TestScript, pairs ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		ts.Check(err)
		_, err = io.WriteString(w, pairs[i+1])
		ts.Check(err)
	}
	ts.Check(z.Close())
	return out.Bytes()
}

// pdfOf makes a PDF whose pages have one line each; of ASCII without brackets.
func pdfOf(pages ...string) []byte {
	var out bytes.Buffer
	var at []int
	object := func(text string) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	out.WriteString("%PDF-1.4\n")
	kids := make([]string, len(pages))
	for i := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", 4+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, p := range pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 5+2*i))
		line := "BT /F1 12 Tf 72 720 Td (" + p + ") Tj ET"
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(line), line))
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return out.Bytes()
}
