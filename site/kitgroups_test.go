package site_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
)

// largeKit is an imported kit of a hundred files, most of one code, with the stories of ten bodies.
func largeKit() (catalog.Record, shelf) {
	r, texts := importedKit()
	k := r.Kit
	k.Documents[2].Attachments[1].Title = "video_della_presentazione_del_progetto_di_riuso_con_gli_enti_2018_06_14.mp4" // a name without blanks
	kinds := []string{"manual", "guideline", "report", "questionnaire", ""}
	for i := range 97 {
		code, phase, ambit := "B3", "B", "organisational"
		switch {
		case i%9 == 0:
			code, phase, ambit = "A5", "A", "technological"
		case i%7 == 0:
			code, phase, ambit = "B5", "B", "technological"
		case i%31 == 0:
			code, phase, ambit = "C1", "C", "informative"
		}
		catalogtest.Doc(code, fmt.Sprintf("Documento numero %d sulla gestione di un procedimento dal titolo lungo", i+1), "", phase, ambit)(k)
		d := &k.Documents[len(k.Documents)-1]
		d.Kind, d.Summary = kinds[i%len(kinds)], ""
		d.Attachments = []catalog.Attachment{{Path: fmt.Sprintf("FASE %s/Allegato %s/%s_%d_procedimento_di_prova.pdf", phase, code, code, i+1), Blob: fmt.Sprint("x", i), Bytes: int64(i+1) * 40_000,
			Text: &catalog.TextNote{Format: "pdf", Language: "it", Pages: i%30 + 1, Words: 500}}}
	}
	for i := range 9 {
		catalogtest.Adopted(catalog.EntityRef(fmt.Sprintf("ipa:c_x%d", i)), "evaluation")(k)
		k.Adoptions[len(k.Adoptions)-1].Name = fmt.Sprintf("Comune di Prova %d", i+1)
	}
	return r, texts
}

// A cell of fifty documents, and a list of them all, hid everything else.
func TestAKitOfAHundredDocumentsIsGrouped(t *testing.T) {
	r, texts := largeKit()
	s, _ := filesSite(t, r, texts)
	doc := page(t, s, "/kit/allegati", 200)
	for _, cell := range byClass(doc, "cell-full") {
		if n := len(all(cell, "li")); n > 7 {
			t.Errorf("a cell of %d lines: %.80s", n, words(cell))
		}
	}
	more := byClass(doc, "cell-more")
	if len(more) == 0 {
		t.Fatal("no cell leads to its list")
	}
	for _, a := range more {
		if id := strings.TrimPrefix(attr(a, "href"), "#"); byID(doc, id) == nil {
			t.Errorf("%s leads nowhere", attr(a, "href"))
		}
	}
	listed := 0
	for _, d := range byClass(doc, "doc-title") {
		if a := all(d, "a"); len(a) > 0 && strings.Contains(attr(a[0], "href"), "/documenti/") {
			listed++
		}
	}
	if listed != len(r.Kit.Documents) {
		t.Errorf("%d of %d documents are listed", listed, len(r.Kit.Documents))
	}
	group := byID(doc, "docs-B-b5")
	if group == nil || !strings.Contains(words(group), "documenti") || !strings.Contains(words(group), "cnologic") {
		t.Fatalf("no group of B5")
	}
	if text := words(doc); !strings.Contains(text, "PDF · 2 pagine · 78 kB · italiano") || !strings.Contains(text, "1 passo della storia") {
		t.Error("a line does not tell its file, or the stories are not folded")
	}
	if a := link(doc, "Diagramma del processo: Sportello"); a == nil || attr(a, "href") != fileAt("FASE B/export/flow.bpmn") {
		t.Error("a component does not lead to its files")
	}
	small, texts := filesOf()
	s, _ = filesSite(t, small, texts)
	if doc := page(t, s, "/kit/allegati", 200); len(byClass(doc, "doc-group")) != 0 || len(byClass(doc, "steps-fold")) != 0 {
		t.Error("a small kit is cut into groups")
	}
}
