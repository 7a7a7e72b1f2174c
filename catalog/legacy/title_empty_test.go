package legacy

import (
	"fmt"
	"strings"
	"testing"
)

// A name that a program or a scanner gives to any file is no title: the folder's is.
func TestNamesThatSayNothingTakeTheFolders(t *testing.T) {
	for p, want := range map[string]string{
		"FASE B/Allegato B3/Processo CILA/flow.bpmn":                    "Processo CILA",
		"FASE B/Allegato B3/Processo CILA/documenti/Documento1.docx":    "Processo CILA",
		"FASE A/Riunione di avvio/scansione0001.pdf":                    "Riunione di avvio",
		"FASE A/Riunione di avvio/IMG_1234.jpg":                         "Riunione di avvio",
		"FASE A/Riunione di avvio/untitled.pdf":                         "Riunione di avvio",
		"FASE A/Riunione di avvio/doc.pdf":                              "Riunione di avvio",
		"FASE A/Riunione di avvio/Nuovo documento.docx":                 "Riunione di avvio",
		"FASE A/Riunione di avvio/Nuovo documento di testo (2).txt":     "Riunione di avvio",
		"FASE A/Riunione di avvio/Nuovo Documento di Microsoft Word.do": "Riunione di avvio",
		"FASE A/Riunione di avvio/Documento di sintesi.pdf":             "Documento di sintesi",
		"FASE A/Riunione di avvio/Presentazione.pptx":                   "Riunione di avvio",
		"FASE A/Riunione di avvio/Video CILA.mp4":                       "Video CILA",
		"FASE A/Allegato A3/flow.bpmn":                                  "Flow",
		"scansione0001.pdf":                                             "Scansione0001",
	} {
		u := Understand(kit("", nil, p, "FASE C/altro.pdf"))
		for _, d := range u.Documents {
			if d.Path != p {
				continue
			}
			if d.Title != want {
				t.Errorf("%s: %q, want %q", p, d.Title, want)
			}
			if byFolder := strings.Contains(d.TitleWhy.It, "dalla cartella"); byFolder == strings.HasPrefix(strings.ToLower(baseOf(p)), strings.ToLower(want[:4])) {
				t.Errorf("%s: %s", p, d.TitleWhy.It)
			}
		}
	}
}

// Two of them in one folder are told apart by their names.
func TestNamesThatSayNothingStayApart(t *testing.T) {
	u := Understand(kit("", nil, "FASE A/Avvio/IMG_1.jpg", "FASE A/Avvio/IMG_2.jpg", "FASE B/x.pdf"))
	if a, b := u.Documents[0].Title, u.Documents[1].Title; a != "Avvio (IMG_1.jpg)" || b != "Avvio (IMG_2.jpg)" {
		t.Errorf("%q, %q", a, b)
	}
}

// A file that lies there five hundred times is told in a few lines, with how many are left.
func TestReportOfManyCopiesIsShort(t *testing.T) {
	r := kit("", nil, "FASE A/Piano.pdf", "FASE B/Altro.pdf")
	for i := range 499 {
		r.Files = append(r.Files, File{Path: fmt.Sprintf("FASE A/copie/Piano (%d).pdf", i), Blob: r.Files[0].Blob, Bytes: 1})
	}
	report := string(Propose(Understand(r)).Report)
	_, left, _ := strings.Cut(report, "\n## Che cosa non è diventato un documento\n")
	left, _, _ = strings.Cut(left, "\n## ")
	if n := strings.Count(left, "\n"); n > 40 || !strings.Contains(left, "e altre 479") {
		t.Errorf("%d lines, %d bytes\n%s", n, len(report), left[:min(len(left), 500)])
	}
}
