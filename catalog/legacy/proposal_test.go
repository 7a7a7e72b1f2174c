package legacy

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// sample is a small kit as it comes: blanks, accents, a copy, an export, a body without a code.
func sample() *Understanding {
	files := []File{
		{Path: "README.md", Blob: "r", Bytes: 20},
		{Path: "FASE A Analisi/Allegato A3/A3 Kit «prova».pdf", Blob: "a3", Bytes: 4},
		{Path: "FASE B Adozione/Allegato B4/Convenzione e\u0300 tipo: bozza.docx", Blob: "b4", Bytes: 4},
		{Path: "FASE B Adozione/Allegato B4/Checklist | cila.pdf", Blob: "b4c", Bytes: 4, Absent: true},
		{Path: "nota.txt", Blob: "n", Bytes: 4},
		{Path: "desktop.ini", Blob: "j", Bytes: 4},
		{Path: "FASE B Adozione/Allegato B4/copia (1).docx", Blob: "b4", Bytes: 4},
		{Path: "FASE B Adozione/flusso-1.2/flow.bpmn", Blob: "f", Bytes: 4},
		{Path: "FASE B Adozione/flusso-1.2/project.json", Blob: "p", Bytes: 4},
	}
	at := func(p string) File {
		return files[slices.IndexFunc(files, func(f File) bool { return f.Path == p })]
	}
	why := func(s string) schema.Text { return schema.T(s, s) }
	u := &Understanding{
		Repository: Repository{URL: "https://git.example.it/ente/kit-prova", Commit: strings.Repeat("a1", 20), Name: "kit-prova",
			Date: time.Date(2022, 10, 3, 9, 0, 0, 0, time.UTC), Files: files, README: "# Kit di prova\n",
			Text: func(blob string) *catalog.Text {
				if blob != "a3" {
					return nil
				}
				return &catalog.Text{Blob: blob, Masked: 1, Faults: []catalog.TextFault{{Code: "W04", Severity: schema.Warning, Page: 7, Message: why("sembra la casella di posta di una persona"), Hint: why("scrivi quella dell'ufficio")}}}
			}},
		Recognition: Recognition{Score: 5, Verdict: Practice, Points: []Point{{2, why("due cartelle di fase")}}},
		Layout: Layout{
			Junk:    []Left{{at("desktop.ini"), why("lo scrive il sistema")}},
			Repeats: []Repeat{{File: at("FASE B Adozione/Allegato B4/copia (1).docx"), Kept: "FASE B Adozione/Allegato B4/Convenzione e\u0300 tipo: bozza.docx"}},
			Dumps: []Dump{{Folder: "FASE B Adozione/flusso-1.2", Name: "flusso", Version: "1.2", Files: []File{at("FASE B Adozione/flusso-1.2/flow.bpmn"), at("FASE B Adozione/flusso-1.2/project.json")},
				Human: "FASE B Adozione/flusso-1.2/flow.bpmn", Phase: "B", Why: why("la cartella contiene project.json")}},
		},
		Documents: []Document{
			{Item: Item{File: at("FASE A Analisi/Allegato A3/A3 Kit «prova».pdf"), Phase: "A", Code: "A3", PhaseWhy: why("fase A perché la cartella «FASE A Analisi»"), CodeWhy: why("codice A3 perché la cartella «Allegato A3»")},
				ID: "kit-prova", Title: "Il kit: \"prova\"", Kind: "summary", KindWhy: why("il nome dice kit"), Ambit: "technological", AmbitWhy: why("lo schema dell'avviso"), Format: "pdf", Language: "it", Pages: 12, Signed: "pades",
				Header:    &Header{Action: "A3", OutputID: "9", Released: "2020-11-30", Updated: "2020-12-15", Version: "v. 0.7", Status: "work-in-progress", Page: 2},
				Mentioned: []Mention{{Ref: "ipa:c_e506", Name: "Comune di Lecce", Page: 3, Count: 2}}},
			{Item: Item{File: at("FASE B Adozione/Allegato B4/Convenzione e\u0300 tipo: bozza.docx"), Aliases: []string{"FASE B Adozione/Allegato B4/copia (1).docx"}, Phase: "B", Code: "B4"},
				ID: "convenzione-tipo", Title: "Convenzione tipo", Kind: "administrative-tools", Ambit: "administrative", Inferred: true, AmbitWhy: why("parla di convenzioni"), Format: "docx"},
			{Item: Item{File: at("FASE B Adozione/Allegato B4/Checklist | cila.pdf"), Phase: "B", Code: "B4"}, ID: "convenzione-tipo", Title: "# Checklist\nCILA", Kind: "checklist", Format: "pdf"},
			{Item: Item{File: at("nota.txt")}, ID: "aux", Title: "Nota", Kind: "boh", Format: "txt"},
		},
		Scheme:  Scheme{Name: "avviso-ocpa", Votes: map[string]map[string]int{"A3": {"technological": 3, "managerial": 1}}, Why: why("9 codici su 9")},
		Title:   "Kit di prova",
		Summary: "Una prova di kit", CUP: "F46C17000010006", Programme: "PON Governance, avviso OCPA",
		Ceding: []Mention{{Ref: "ipa:c_f158", Name: "Comune di Messina", Page: 1, Count: 4}},
		Stories: []Story{
			{Ref: "ipa:c_e506", Name: "Comune di Lecce", Events: []StoryEvent{{Kind: "analysis-start", Date: "2018-07", Path: "FASE A Analisi/Allegato A3/A3 Kit «prova».pdf", Page: 3, Note: "Rilevazione: Lecce"}}},
			{Name: "Ente ignoto", Events: []StoryEvent{{Kind: "training", Path: "nota.txt", Page: 1}}},
		},
		Findings: []schema.Finding{{File: "FASE B Adozione/Allegato B4", Code: "L01", Severity: schema.Warning, Message: why("cartelle annidate"), Hint: why("spostale")}},
	}
	return u
}

// onDisk writes files of an understanding, and then those of a proposal, into a new folder.
func onDisk(t *testing.T, u *Understanding, p *Proposal) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, data []byte) {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range u.Files {
		data := []byte(f.Blob + "xxxx")[:4]
		if f.Path == "README.md" {
			data = []byte(u.README)
		}
		put(f.Path, data)
	}
	for _, f := range p.Files {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.Path))); err == nil {
			t.Errorf("%s is there already", f.Path)
		}
		put(f.Path, f.Data)
	}
	put(ReportPath, p.Report)
	return dir
}

// The result passes the check but for the gaps that it names (what is found elsewhere lies in files that the report names).
func TestWhatIsProposedPassesTheCheck(t *testing.T) {
	u := sample()
	p := Propose(u)
	dir := onDisk(t, u, p)
	tree := catalog.Read(os.DirFS(dir), catalog.ReadOptions{Forks: true, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), IPACode: func(string) bool { return true }})
	if len(tree.Kits) != 1 {
		t.Fatalf("%d kits: %v", len(tree.Kits), tree.Findings)
	}
	ours := map[string]bool{}
	for _, f := range p.Files {
		ours[f.Path] = true
	}
	for _, f := range tree.Findings {
		named := slices.ContainsFunc(p.Gaps, func(g Gap) bool { return slices.Contains(g.Files, f.File) && slices.Contains(g.Codes, f.Code) })
		if f.Code == "W03" { // which day it is the proposal does not know, and says so
			named = strings.Contains(string(p.Report), "(W03)")
		}
		if ours[f.File] && !named {
			t.Errorf("no gap names %v", f)
		}
		if !ours[f.File] && !strings.Contains(string(p.Report), f.File) {
			t.Errorf("the report does not name %v", f)
		}
		if f.Severity == schema.Error && f.File != "publiccode.yml" {
			t.Errorf("an error: %v", f)
		}
	}
	k := tree.Kits[0]
	if k.ID != "kit-prova" || k.URL != u.URL || len(k.Documents) != 4 || len(k.Adoptions) != 1 || len(k.Components) != 1 || len(k.Attachments) != 1 {
		t.Errorf("kit %q %q: %d documents, %d adoptions, %d components, %d attachments", k.ID, k.URL, len(k.Documents), len(k.Adoptions), len(k.Components), len(k.Attachments))
	}
	if k.Provenance == nil || k.Provenance.Commit != u.Commit || k.Provenance.RulesVersion != RulesVersion || k.Provenance.Reviewed == nil || *k.Provenance.Reviewed {
		t.Errorf("provenance %+v", k.Provenance)
	}
	if k.Project == nil || k.Project.CUP != u.CUP || !slices.Equal(k.Ceding, []catalog.EntityRef{"ipa:c_f158"}) || k.CodeScheme.Name != "avviso-ocpa" {
		t.Errorf("project %+v, ceding %v, scheme %v", k.Project, k.Ceding, k.CodeScheme)
	}
	for _, doc := range k.Documents {
		if len(doc.Attachments) != 1 || !slices.ContainsFunc(u.Files, func(f File) bool { return f.Path == doc.Attachments[0].Path }) {
			t.Errorf("%s points at %+v", doc.ID, doc.Attachments)
		}
	}
	first := k.Documents[slices.IndexFunc(k.Documents, func(d catalog.Document) bool { return d.ID == "kit-prova" })]
	if first.Title != "Il kit: \"prova\"" || first.Updated != "2020-12-15" || first.OutputID != "#9" || first.Status != "work-in-progress" || first.Code != "A3" {
		t.Errorf("%+v", first)
	}
	if a := first.Attachments[0]; a.Signed != "pades" {
		t.Errorf("the signature of the original: %+v", a)
	}
	if e := k.Adoptions[0].Events; len(e) != 1 || e[0].Inferred == nil || !*e[0].Inferred || !strings.HasSuffix(e[0].Source, "pagina 3") {
		t.Errorf("events %+v", e)
	}
}

// A visit reads the repository with the proposal over it: the page of a legacy kit is the page of its proposal.
func TestAVisitReadsWhatImportWrites(t *testing.T) {
	u := sample()
	p := Propose(u)
	dir := onDisk(t, u, p)
	bare := onDisk(t, u, &Proposal{})
	written := catalog.Read(os.DirFS(dir), catalog.ReadOptions{URL: u.URL})
	laid := catalog.Read(Overlay(os.DirFS(bare), p), catalog.ReadOptions{URL: u.URL})
	if len(laid.Kits) != 1 || len(laid.Kits[0].Documents) != len(written.Kits[0].Documents) || len(laid.Findings) != len(written.Findings) {
		t.Errorf("laid over: %d kits, %d findings; written: %d findings", len(laid.Kits), len(laid.Findings), len(written.Findings))
	}
	folder := Overlay(os.DirFS(bare), p.Below("sotto"))
	if _, err := fs.Stat(folder, "sotto/kit.md"); err != nil {
		t.Error(err)
	}
}

// Equal understandings give equal bytes, in whatever order their parts came.
func TestProposeIsTheSameEachTime(t *testing.T) {
	a, u := Propose(sample()), sample()
	slices.Reverse(u.Files)
	slices.Reverse(u.Documents)
	slices.Reverse(u.Documents[:1])
	b := Propose(u)
	if len(a.Files) != len(b.Files) {
		t.Fatalf("%d files and %d", len(a.Files), len(b.Files))
	}
	for i := range a.Files {
		if a.Files[i].Path != b.Files[i].Path || !bytes.Equal(a.Files[i].Data, b.Files[i].Data) {
			t.Errorf("%s and %s differ:\n%s\n%s", a.Files[i].Path, b.Files[i].Path, a.Files[i].Data, b.Files[i].Data)
		}
	}
	if !bytes.Equal(a.Report, b.Report) {
		t.Error("the reports differ")
	}
}

// What the owner has stays: its descriptor, its changelog, a file where a folder would be.
func TestProposeAddsBesideWhatIsThere(t *testing.T) {
	u := sample()
	u.Files = append(u.Files, File{Path: "publiccode.yml"}, File{Path: "Changelog.md"}, File{Path: "Docs"}, File{Path: "adoptions/c_e506.md"})
	u.PublicCode = "publiccodeYmlVersion: \"0\"\nname: Nome del titolare\nurl: https://git.example.it/ente/kit-prova\nsoftwareVersion: \"1.4\"\nlegal:\n  license: CC-BY-4.0\n"
	p := Propose(u)
	for _, f := range p.Files {
		low := strings.ToLower(f.Path)
		if low == "publiccode.yml" || low == "changelog.md" || strings.HasPrefix(low, "docs/") || low == "adoptions/c_e506.md" {
			t.Errorf("proposes %s", f.Path)
		}
		if f.Path == "kit.md" && (!strings.Contains(string(f.Data), `version: "1.4"`) || !strings.Contains(string(f.Data), `license: "CC-BY-4.0"`)) {
			t.Errorf("kit.md does not use what the descriptor says:\n%s", f.Data)
		}
	}
}

// Data of persons in names and notes come into no proposed text, and not into the report.
func TestNothingPersonalIsProposed(t *testing.T) {
	u := sample()
	const mail = "mario.rossi@comune.lecce.it"
	u.Documents[1].Title = "Scrivere a " + mail
	u.Documents[1].AmbitWhy = schema.T("lo dice "+mail, "")
	u.Stories[0].Events[0].Note = "Contatto " + mail
	u.Findings[0].Message.It = "trovato " + mail
	p := Propose(u)
	for _, f := range append(p.Files, ProposedFile{"report", p.Report}) {
		if strings.Contains(string(f.Data), mail) {
			t.Errorf("%s tells it", f.Path)
		}
	}
	if !strings.Contains(string(p.Report), "A pagina 7: sembra la casella di posta di una persona") {
		t.Errorf("the report does not tell where:\n%s", p.Report)
	}
}

// A page tells a gap once, under the code of the check.
func TestGapsAsFindings(t *testing.T) {
	codes := map[string]int{}
	for _, g := range Propose(sample()).Gaps {
		f := g.Finding()
		if _, known := schema.RuleOf(f.Code); !known && !strings.HasPrefix(f.Code, "P") || f.Message.En == "" || f.Hint.It == "" {
			t.Errorf("%+v", f)
		}
		codes[f.Code]++
	}
	if codes["E03"] < 10 || codes[""] > 0 {
		t.Errorf("%v", codes)
	}
}

// The report says what a reader looks for.
func TestReport(t *testing.T) {
	r := string(Propose(sample()).Report)
	for _, want := range []string{"9 file: 4 documenti, 1 copia di un altro file, 2 file scritti da altri programmi, in 1 gruppo, 1 file lasciato fuori.", "### Fase A (", "Ente ignoto", "- [ ] **Licenza**: ", "Checklist | cila.pdf",
		"`desktop.ini`: Lo scrive il sistema.", "tecnologico 3, gestionale 1", "il contenuto non si è potuto avere", "Avvio analisi, 2018-07"} {
		if !strings.Contains(r, want) {
			t.Errorf("nothing of %q in\n%s", want, r)
		}
	}
	for _, f := range sample().Files {
		if !strings.Contains(r, file(f.Path)) && !strings.Contains(r, file(path.Base(f.Path))) && path.Base(path.Dir(f.Path)) != "flusso-1.2" {
			t.Errorf("nothing tells what became of %s", f.Path)
		}
	}
	if todo, rest := strings.Index(r, "\n## Che cosa fare adesso"), strings.Index(r, "\n## Come sono ordinati"); todo < 0 || todo > rest {
		t.Error("what is to be done is not said first")
	}
}
