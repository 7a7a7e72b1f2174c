package legacy

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// realRoll knows the bodies of the shared register.
func realRoll(t testing.TB) *Roll {
	t.Helper()
	f, err := os.Open(sharedtest.Path(t, "registry/entities.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := NewRoll()
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		if cells := strings.Split(sc.Text(), "\t"); len(cells) > 2 && cells[0] != "ipa" {
			r.Add(catalog.EntityRef("ipa:"+strings.ToLower(cells[0])), cells[1])
		}
	}
	return r
}

// realKit is the real kit as a visit has it: every path, and the texts of the PDFs that are at hand.
func realKit(t testing.TB) Repository {
	t.Helper()
	root := sharedtest.Path(t, "legacy/digipro")
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		sharedtest.Missing(t, "pdftotext is not installed: the texts of the real kit cannot be read")
	}
	r := Repository{Name: "cartella", Files: digipro(t), Date: time.Date(2022, 10, 6, 0, 0, 0, 0, time.UTC), Bodies: realRoll(t)}
	texts := map[string]*catalog.Text{}
	for _, f := range r.Files {
		file := filepath.Join(root, filepath.FromSlash(f.Path))
		if filepath.Ext(file) != ".pdf" || texts[f.Blob] != nil {
			continue
		}
		if _, err := os.Stat(file); err != nil {
			continue
		}
		out, err := exec.CommandContext(t.Context(), program, "-q", "-enc", "UTF-8", file, "-").Output()
		if err != nil {
			continue // a file that is no PDF after all
		}
		text := textOf(strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")...)
		text.Blob, text.Format, text.Language = f.Blob, "pdf", "it"
		texts[f.Blob] = text
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	r.README = string(readme)
	r.Text = func(blob string) *catalog.Text { return texts[blob] }
	return r
}

func TestUnderstandARealKit(t *testing.T) {
	r := realKit(t)
	u := Understand(r)
	t.Logf("title %q, summary %q, CUP %s, programme %q, scheme %s, verdict %s %d", u.Title, u.Summary, u.CUP, u.Programme, u.Scheme.Name, u.Verdict, u.Score)
	blocks, codes := 0, map[string]int{}
	got := map[string]int{}
	for _, d := range u.Documents {
		t.Logf("%-7s %-3s %-2s %-14s %-12s %q", d.Phase+"/"+d.Code, d.Format, d.Part, d.Kind, d.Ambit, d.Title)
		got[d.Phase+"/"+d.Code]++
		if d.Header != nil {
			blocks++
		}
		if d.Title == "" || d.TitleWhy.IsZero() || d.ID == "" || !schema.DocumentKinds.Has(d.Kind) || (d.Ambit == "") != (d.Code == "") || d.Inferred {
			t.Errorf("%s: %+v", d.Path, d)
		}
	}
	for _, f := range u.Findings {
		codes[f.Code]++
		if f.Code == "L06" || f.Code == "L11" {
			t.Log(f)
		}
	}
	t.Log(codes)
	for cell, n := range measured {
		if d := got[cell] - n; d < -2 || d > 2 {
			t.Errorf("%s: %d documents, want %d", cell, got[cell], n)
		}
	}
	if blocks != 15 || codes["L06"] != 3 || codes["L11"] != 1 || codes["L09"] != 0 {
		t.Errorf("%d blocks, findings %v", blocks, codes)
	}
	if u.Title != "DigiPro" || u.CUP != "F46C17000010006" || u.Programme != "PON GOV Avviso OCPA 2020" || u.Scheme.Name != "avviso-ocpa" || u.Verdict != Practice {
		t.Errorf("%q %q %q %q %q", u.Title, u.CUP, u.Programme, u.Scheme.Name, u.Verdict)
	}
	var refs []string
	for _, s := range u.Stories {
		refs = append(refs, string(s.Ref))
	}
	slices.Sort(refs)
	want := []string{"ipa:c_a323", "ipa:c_c203", "ipa:c_d643", "ipa:c_e506", "ipa:c_f158", "ipa:c_f537", "ipa:c_g161", "ipa:c_g942", "ipa:c_i300", "ipa:r_umbria"}
	if !slices.Equal(refs, want) {
		t.Errorf("stories of %q, want %q", refs, want)
	}
	slices.Reverse(r.Files)
	if again := Understand(r); !reflect.DeepEqual(again.Documents, u.Documents) || !reflect.DeepEqual(again.Findings, u.Findings) || !reflect.DeepEqual(again.Stories, u.Stories) {
		t.Error("another order of the files is understood otherwise")
	}
}

func TestTitles(t *testing.T) {
	names := map[string]string{"digipro": "DigiPro"}
	for _, c := range []struct{ path, title, date, version string }{
		{"A3 10 Analisi contesti tecnologici.pdf", "Analisi contesti tecnologici", "", ""},
		{"A5 23 - Rilascio del materiale di promozione, comunicazione.pdf", "Rilascio del materiale di promozione, comunicazione", "", ""},
		{"x/Allegato A3.1 - Convenzione tipo.odt", "Convenzione tipo", "", ""},
		{"A3 Kit Riuso DigiPro - Fase A v 0.7(1).pdf", "Kit Riuso DigiPro - Fase A", "", "0.7"},
		{"20180614_Piano_di_lavoro.pdf", "Piano di lavoro", "2018-06-14", ""},
		{"2021-03-30 Progetto DigiPro 2018-2021.pdf", "Progetto DigiPro 2018-2021", "2021-03-30", ""},
		{"062018_Piattaforma DigiPro.pdf", "Piattaforma DigiPro", "2018-06", ""},
		{"Convenzione_DigiPro_02.05.2018.p7m", "Convenzione DigiPro", "2018-05-02", ""},
		{"13DigiPro_Protocollo_Intesa completo.pdf", "DigiPro Protocollo Intesa completo", "", ""},
		{"0. PROJECT SUMMARY DIGIPRO STEP 1 Rev4.pdf", "Project summary DigiPro step 1", "", "4"},
		{"1. BPMN 2.0 Autorizzazioni Pubblicitarie(1).pdf", "BPMN 2.0 Autorizzazioni Pubblicitarie", "", ""},
		{"03b_CHECKLIST AGIBILITA_ ATTIVITA_ ECONOMICHE.docx", "Checklist agibilità attività economiche", "", ""},
		{"07_CHECKLIST CILA.docx", "Checklist CILA", "", ""},
		{"Rev 07 Checklist_ CIL_CILA.xlsx", "Checklist CIL CILA", "", ""},
		{"Link cartella output.pdf.signed.pdf", "Link cartella output", "", ""},
		{"SPCL4_ME_digiproManualeUtenza_V1.0.pdf", "SPCL4 ME DigiPro Manuale Utenza", "", "1.0"},
		{"note.txt", "Note", "", ""},
		{"DigiPro1.0.jpg", "DigiPro1.0", "", ""},
		{"09_MAPPATURA IDONEITA_.pub", "Mappatura idoneità", "", ""},
		{"Atti 1.0", "Atti", "", "1.0"},
		{"1.0.pdf", "1.0", "", ""},
		{"A3.pdf", "A3", "", ""},
		{"v2.pdf", "V2", "", ""},
		{"\xff\x00.pdf", "\"\\xff\\x00.pdf\"", "", ""},
	} {
		if n := nameTitle(c.path, names); n.title != c.title || n.date != c.date || n.version != c.version {
			t.Errorf("%s: %q %q %q, want %q %q %q", c.path, n.title, n.date, n.version, c.title, c.date, c.version)
		}
	}
}

// kit makes a repository of paths, and of texts by path.
func kit(readme string, texts map[string]*catalog.Text, paths ...string) Repository {
	r := Repository{README: readme, Text: func(blob string) *catalog.Text { return texts[strings.TrimPrefix(blob, "blob of ")] }}
	for _, p := range paths {
		r.Files = append(r.Files, File{Path: p, Blob: "blob of " + p, Bytes: 10})
	}
	return r
}

const block = "Stato del documento\nAzione progettuale\nID documento\nOutput\nData rilascio\nVersione\nUltima revisione\n\n%s\n#%s\n%s\n01/02/2021\n1.0\n03/04/2021\n"

func TestACodeIsNoProjectAction(t *testing.T) {
	codes := func(r Repository) string {
		var out []string
		for _, d := range Understand(r).Documents {
			out = append(out, d.Phase+"/"+d.Code)
		}
		return strings.Join(out, " ")
	}
	paths := []string{"A1 Tempi e costi.pdf", "B2 Organizzazione.pdf"}
	if got := codes(kit("", nil, paths...)); got != "A/A1 B/B2" {
		t.Errorf("names alone: %s", got)
	}
	texts := map[string]*catalog.Text{"B2 Organizzazione.pdf": textOf(fmt.Sprintf(block, "A2: Individuazione", "8", "Organizzazione"))}
	if got := codes(kit("", texts, paths...)); got != "/ /" {
		t.Errorf("a block calls an action so: %s", got)
	}
	if got := codes(kit("", nil, append(paths, "A3 10 Analisi.pdf", "A3 11 Sintesi.pdf")...)); got != "/ / / /" {
		t.Errorf("other names have a number after it: %s", got)
	}
}

func TestWhatBlocksAndNamesDisagreeAbout(t *testing.T) {
	texts := map[string]*catalog.Text{
		"A3 10 Analisi.pdf":  textOf(fmt.Sprintf(block, "A3: Trasferimento", "10", "Analisi dei contesti")),
		"A3 11 Sintesi.pdf":  textOf(fmt.Sprintf(block, "A2: Individuazione", "11", "Sintesi della sperimentazione")),
		"A3 12 Piano.pdf":    textOf(fmt.Sprintf(block, "A3: Trasferimento", "13", "Piano di formazione")),
		"A3 06 Rapporto.pdf": textOf(fmt.Sprintf(block, "A3: Trasferimento", "6", "Sintesi della sperimentazione")),
	}
	u := Understand(kit("# Prova", texts, slices.Sorted(keys(texts))...))
	var got []string
	for _, f := range u.Findings {
		if f.Code != "L07" {
			got = append(got, f.Code+" "+f.File)
		}
	}
	if want := []string{"L11 A3 06 Rapporto.pdf", "L06 A3 11 Sintesi.pdf", "L06 A3 12 Piano.pdf"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if u.Title != "Prova" || u.Documents[0].Title != "Rapporto" || u.Documents[2].Title != "Sintesi della sperimentazione" {
		t.Errorf("%q %q %q", u.Title, u.Documents[0].Title, u.Documents[2].Title)
	}
}

func TestIdsAndTitlesAreUnique(t *testing.T) {
	u := Understand(kit("", nil, "a/20190715 Modello v2.pdf", "a/20200708 Modello v2.pdf", "b/Modulo.docx", "b/Modulo.pdf", "c/Modulo.pdf", "d/Modulo.pdf", "d/°.pdf", "e/^.pdf", strings.Repeat("lungo ", 60)+"1.pdf", strings.Repeat("lungo ", 60)+"2.pdf"))
	seen := map[string]bool{}
	var titles []string
	for _, d := range u.Documents {
		if seen[d.ID] || d.ID == "" || len(d.ID) > catalog.MaxSlug || catalog.Slug(d.ID) != d.ID {
			t.Errorf("%s has the id %q", d.Path, d.ID)
		}
		seen[d.ID] = true
		titles = append(titles, d.Title)
	}
	if titles[0] != "Modello (2019-07-15, v. 2)" || titles[1] != "Modello (2020-07-08, v. 2)" || !seen["modulo"] || !seen["modulo-pdf"] {
		t.Errorf("%q %v", titles, seen)
	}
}

func TestNamesOfKits(t *testing.T) {
	page := textOf("Progetto Ponte – CUP F46C17000010006\n", "Progetto Ponte\n")
	for _, c := range []struct{ why, name, readme, publicCode, want string }{
		{"the descriptor", "x", "# Y", "name: Kit Zeta\n", "Kit Zeta"},
		{"the README", "kit", "# Sportello unico\ntesto", "", "Sportello unico"},
		{"the repository", "sportello_unico-main", "# Kit_del_riuso", "", "Sportello unico"},
		{"the repository, as the texts write it", "ponte", "# Kit_del_riuso", "", "Ponte"},
		{"the texts", "kit-riuso", "# Kit del riuso", "", "Ponte"},
	} {
		r := kit(c.readme, map[string]*catalog.Text{"FASE A/Kit di riuso.pdf": page}, "FASE A/Kit di riuso.pdf")
		r.Name, r.PublicCode = c.name, c.publicCode
		if u := Understand(r); u.Title != c.want {
			t.Errorf("%s: %q, want %q", c.why, u.Title, c.want)
		}
	}
	r := kit("# Kit del riuso", map[string]*catalog.Text{"FASE A/a.pdf": page, "FASE A/b.pdf": page}, "FASE A/a.pdf", "FASE A/b.pdf")
	r.Name = "scaricati"
	if u := Understand(r); u.Title != "Ponte" {
		t.Errorf("the texts agree, and the folder is called otherwise: %q", u.Title)
	}
	if u := Understand(kit("", nil, "FASE A/Kit di riuso per le scuole.pdf")); u.Title != "Kit di riuso per le scuole" || u.Summary != "" || u.CUP != "" || u.Programme != "" {
		t.Errorf("%q %q %q %q", u.Title, u.Summary, u.CUP, u.Programme)
	}
}

func TestSummaryIsASentenceOfTheMainDocument(t *testing.T) {
	for text, want := range map[string]string{
		"Indice. Il progetto permette ai piccoli Comuni di gestire insieme le pratiche edilizie. Altro.":             "Il progetto permette ai piccoli Comuni di gestire insieme le pratiche edilizie",
		"Il progetto permette tutto. Nel 2020 il Comune ha scelto.":                                                  "",
		"La buona pratica consiste in " + strings.Repeat("molte cose e ", 20) + "altre.":                             "",
		"Si dice che il progetto permette ai Comuni di gestire insieme le pratiche, ma non è così per tutti quanti.": "",
	} {
		u := Understand(kit("", map[string]*catalog.Text{"FASE A/Kit di riuso.pdf": textOf(text)}, "FASE A/Kit di riuso.pdf", "FASE B/Il progetto.pdf"))
		if u.Summary != want {
			t.Errorf("%q, want %q", u.Summary, want)
		}
	}
}

// What is wrong with a file is told at the path that is kept; that there are copies of it another finding tells (L03).
func TestFaultsOfTextsAreFindings(t *testing.T) {
	text := textOf("parole")
	text.Faults = []catalog.TextFault{{Code: "T07", Severity: schema.Warning, Page: 3, Message: schema.T("ci sono macro", "there are macros"), Hint: schema.T("salva senza", "save without")}}
	r := kit("", map[string]*catalog.Text{"FASE A/x.xlsx": text}, "FASE A/x.xlsx", "FASE A/y.xlsx")
	r.Files[1].Blob = r.Files[0].Blob
	u := Understand(r)
	if len(u.Findings) != 2 || u.Findings[0].Code != "L03" {
		t.Errorf("%v", u.Findings)
	}
	if u.Findings[1].File != "FASE A/x.xlsx" || !strings.Contains(u.Findings[1].Message.It, "pagina 3") {
		t.Errorf("%v", u.Findings)
	}
}

func TestManyDocumentsWithOneTitle(t *testing.T) {
	same := textOf(fmt.Sprintf(block, "A3: Trasferimento", "10", "Analisi dei contesti"))
	same.Faults = []catalog.TextFault{{Code: "T02", Severity: schema.Warning, Message: schema.T("scansione", "scan"), Hint: schema.T("cerca l'originale", "look for the original")}}
	r := Repository{Text: func(string) *catalog.Text { return same }}
	const many = 1_000
	for i := range many {
		r.Files = append(r.Files, File{Path: fmt.Sprintf("FASE A/%d/Analisi.pdf", i), Blob: fmt.Sprintf("1234567%d", i), Bytes: 1})
	}
	u := Understand(r)
	if more := many + many - 1 - maxFindings + 1; u.Findings[0].Code != "L12" || !strings.Contains(u.Findings[0].Message.It, fmt.Sprint(more)) || u.Findings[1].Code == "L12" {
		t.Errorf("what is left out is not told, or not rightly: %v", u.Findings[:2])
	}
	if len(u.Documents) != many || len(u.Findings) != maxFindings {
		t.Errorf("%d documents and %d findings", len(u.Documents), len(u.Findings))
	}
}

func FuzzUnderstand(f *testing.F) {
	f.Add("FASE A/A3 10 Kit riuso.pdf\nFASE B/Allegato B1/x_ITA_.pdf\n\xff.pdf", fmt.Sprintf(block, "A3", "10", "Titolo"), "# Kit", "name: x")
	f.Add("20180614.pdf\n1.pdf\nA1.pdf\n(1).pdf", "Progetto Ponte\nProgetto Ponte\nPON GOV x", "#", "")
	f.Fuzz(func(t *testing.T, list, text, readme, publicCode string) {
		r := Repository{README: readme, PublicCode: publicCode, Text: func(string) *catalog.Text { return textOf(text) }}
		for i, p := range strings.Split(list, "\n") {
			if i == 50 {
				break
			}
			r.Files = append(r.Files, File{Path: p, Blob: fmt.Sprint(i), Bytes: 1})
		}
		u := Understand(r)
		ids := map[string]bool{}
		for _, d := range u.Documents {
			if ids[d.ID] || d.ID == "" || d.Title == "" || strings.ContainsAny(d.Title, "\n\x00") {
				t.Fatalf("%q %q", d.ID, d.Title)
			}
			ids[d.ID] = true
		}
		slices.Reverse(r.Files)
		if again := Understand(r); distinct(r.Files) && (!reflect.DeepEqual(again.Documents, u.Documents) || !reflect.DeepEqual(again.Findings, u.Findings) || again.Title != u.Title) {
			t.Fatal("another order is understood otherwise")
		}
	})
}
