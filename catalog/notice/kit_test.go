package notice

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// imported is the entry of a kit that was put together from its files.
func imported(change func(*catalog.Entry)) *catalog.Entry {
	e := &catalog.Entry{ID: "pratica", Record: catalog.Record{Kind: catalog.KindKit, Key: "https://git.example.it/ente/pratica", URL: "https://git.example.it/ente/pratica",
		State: catalog.Live, Commit: "0123", Kit: &catalog.Kit{Form: catalog.FormLegacy, URL: "https://git.example.it/ente/pratica", Title: "Pratica"}}}
	if change != nil {
		change(e)
	}
	return e
}

// The command of the letter knew only the bodies of the starter catalogue, and found fewer than the page showed.
func TestTheCommandOfTheLetterKnowsTheBodies(t *testing.T) {
	bare := imported(nil)
	if got := ImportCommands(bare); !slices.Equal(got, []string{"riuso import https://git.example.it/ente/pratica"}) {
		t.Error(got)
	}
	table := []string{"riuso entities fetch --to enti.csv", "riuso import https://git.example.it/ente/pratica --entities enti.csv"}
	named := imported(func(e *catalog.Entry) {
		e.Kit.Ceding, e.Kit.Names = []catalog.EntityRef{"ipa:c_f704", "altro"}, map[catalog.EntityRef]string{"ipa:c_f704": "Comune di Monza"}
		e.Kit.Project = &catalog.Project{Lead: "ipa:c_a323"}
		e.Adoptions = []catalog.Adoption{{Entity: "ipa:c_a323", Name: "Comune di Anzio"}, {Entity: "ipa:c_f704"}, {Entity: "ipa:c_x999"}}
	})
	if got := ImportCommands(named); !slices.Equal(got, table) {
		t.Error(got)
	}
	uncoded := imported(func(e *catalog.Entry) { e.Findings = []schema.Finding{problem("L13", "", 0, schema.Warning)} })
	if got := ImportCommands(uncoded); !slices.Equal(got, table) {
		t.Error(got)
	}
	text := KitText(named, base, "", schema.It)
	for _, want := range []string{"- Comune di Monza — c_f704\n- Comune di Anzio — c_a323\n- c_x999\n", "   " + table[0] + "\n   " + table[1] + "\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "regola L13") || !strings.Contains(KitText(uncoded, base, "", schema.It), "non conosciamo il codice (regola L13)") ||
		!strings.Contains(KitText(uncoded, base, "", schema.En), "do not know the code (rule L13)") {
		t.Error("what is not known is not told, or is told where it is")
	}
}

func TestTheLetterStaysBoundedWithManyBodies(t *testing.T) {
	e := imported(func(e *catalog.Entry) {
		for i := range 500 {
			e.Adoptions = append(e.Adoptions, catalog.Adoption{Entity: catalog.EntityRef(fmt.Sprintf("ipa:c_%d", i)), Name: strings.Repeat("Comune ", 200)})
		}
		for i := range 100 {
			f := problem("L01", fmt.Sprint(strings.Repeat("x", 900), i), 1, schema.Warning)
			e.Findings = append(e.Findings, f)
		}
	})
	if got := KitText(e, base, "", schema.It); len(got) > maxText || !strings.Contains(got, "e altri ") || !strings.Contains(got, "3. Pubblicatele") {
		t.Errorf("%d bytes", len(got))
	}
}

// A file and its copy "… (1).pdf" were two files with data of persons.
func TestTheLetterCountsAFileOnce(t *testing.T) {
	e := imported(func(e *catalog.Entry) {
		e.Kit.Attachments = []catalog.Attachment{{Path: "a.pdf", Blob: "b1"}, {Path: "a (1).pdf", Blob: "b1"}, {Path: "b.pdf", Blob: "b2"}}
		for _, f := range []string{"a.pdf", "a (1).pdf", "b.pdf", "kit.md"} {
			e.Findings = append(e.Findings, problem("W04", f, 0, schema.Warning))
		}
	})
	if got := KitText(e, base, "", schema.It); !strings.Contains(got, "in 3 file, senza contarne le copie,") {
		t.Error(got)
	}
}

// Of what only another catalogue has read there is nothing of ours to tell.
func TestThereIsNoLetterAboutTheWordOfAnother(t *testing.T) {
	told := imported(func(e *catalog.Entry) { e.Via, e.Commit = []string{"altro"}, "" })
	copied := imported(func(e *catalog.Entry) { e.Copy = true })
	ours := imported(func(e *catalog.Entry) { e.Via = []string{"altro"} })
	if ForKit(told) || ForKit(copied) || !ForKit(ours) {
		t.Error(ForKit(told), ForKit(copied), ForKit(ours))
	}
}
