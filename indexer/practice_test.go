package indexer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/schema"
)

// legacyTree is a repository of folders of documents, with more files.
func legacyTree(more map[string]string) fstest.MapFS {
	all := map[string]string{
		"README.md": "# Kit del riuso dello sportello\n",
		"FASE A Analisi e Decisione/Allegato A3/Analisi delle tecnologie.txt": "Analisi delle tecnologie, con un aspirapolvere.",
		"FASE B Adozione e Attivazione/Allegato B4/Schema di convenzione.txt": "Schema di convenzione tra gli enti.\fCon una seconda pagina.",
		"FASE C Gestione a regime/Allegato C1/Piano dei costi.txt":            "Tempi e costi della gestione.",
	}
	for p, text := range more {
		all[p] = text
	}
	return files(all)
}

// Folders of documents are a kit by themselves: found to the page, with what was understood, and nothing said of files that
// are only proposed.
func TestPracticeIsBrought(t *testing.T) {
	r := readingOf(t, legacyTree(nil), nil)
	r.tags = []catalog.Tag{{Name: "v1", Commit: "c"}}
	st, fetched := r.visit(catalog.Full)
	k := r.kit().Kit
	if k.Form != catalog.FormLegacy || len(k.Documents) != 3 || len(k.Tags) != 1 || st.Last().Records != 1 || len(fetched) != 3 {
		t.Errorf("form %s, %d documents, tags %v; %+v; fetched %q", k.Form, len(k.Documents), k.Tags, st.Last(), fetched)
	}
	for _, d := range k.Documents {
		if len(d.Why) == 0 || len(d.Phase) != 1 {
			t.Errorf("%s stands in %q for reasons unknown", d.Path, d.Phase)
		}
		for _, a := range d.Attachments {
			if a.Blob == "" || a.Text == nil || a.Text.Words == 0 {
				t.Errorf("%s: %+v", a.Path, a)
			}
		}
	}
	if got := r.found("seconda"); len(got) != 1 || !strings.HasSuffix(got[0], " 2") {
		t.Errorf("found on %q", got)
	}
	gaps := map[string]int{}
	for _, f := range st.Findings {
		if strings.HasPrefix(f.Code, "V") || f.Severity == schema.Error {
			t.Errorf("told of a legacy kit: %+v", f)
		}
		gaps[f.Code+f.Key+f.File+f.Message.It]++
	}
	for g, n := range gaps {
		if n > 1 {
			t.Errorf("%s is told %d times", g, n)
		}
	}
	if len(told(st, "E08"))+len(gaps) == 0 {
		t.Error("no gap is told")
	}
	if _, fetched := r.visit(catalog.Unchanged); len(fetched) > 0 {
		t.Errorf("again: %q", fetched)
	}
}

// A file that cannot be had is told, and what else there is makes a whole kit of a whole visit; so it is with Markdown that
// nobody fetched because it describes nothing.
func TestPracticeWithLostFiles(t *testing.T) {
	r := readingOf(t, legacyTree(map[string]string{"FASE A Analisi e Decisione/Allegato A3/Appunti.md": "# Appunti"}), nil)
	lost := []string{"FASE A Analisi e Decisione/Allegato A3/Appunti.md", "FASE C Gestione a regime/Allegato C1/Piano dei costi.txt"}
	for _, p := range lost {
		r.wire.lost[p] = true
	}
	st, _ := r.visit(catalog.Full)
	k := r.kit().Kit
	if st.Mark == "" || len(k.Documents) != 4 {
		t.Errorf("mark %q, %d documents", st.Mark, len(k.Documents))
	}
	n := 0
	for _, h := range catalog.Attachments(k) {
		if slices.Contains(lost, h.Attachment.Path) && h.Attachment.Text != nil && h.Attachment.Text.Faults[0].Code == "T08" {
			n++
		}
	}
	told := 0
	for _, f := range st.Findings {
		if slices.Contains(lost, f.File) {
			told++
		}
	}
	if n != 2 || told < 2 {
		t.Errorf("%d of 2 lost files say so, %d findings", n, told)
	}
	r.visit(catalog.Unchanged)
}

// What is a legacy kit, and what the operator says of it.
func TestPracticeIsRecognised(t *testing.T) {
	here := source("ente").URL
	poor := map[string]string{"Manuale.txt": "Un manuale."}
	home := func(url string) map[string]string {
		return map[string]string{"publiccode.yml": string(software("Sportello", url)["publiccode.yml"].Data)}
	}
	below := home("https://altri.example.it/programma")
	for name, c := range map[string]struct {
		tree fstest.MapFS
		set  func(*catalog.Source)
		form catalog.Form // "" where there is no entry
		code string       // of a finding that says why
	}{
		"by its score":                    {tree: legacyTree(nil), form: catalog.FormLegacy},
		"never":                           {tree: legacyTree(nil), set: func(s *catalog.Source) { s.Legacy = "never" }, code: "V02"},
		"too little":                      {tree: files(poor), code: "V02"},
		"too little, but forced":          {tree: files(poor), set: func(s *catalog.Source) { s.Legacy = "force" }, form: catalog.FormLegacy},
		"the root is left out":            {tree: legacyTree(nil), set: func(s *catalog.Source) { s.Exclude = []string{"."} }, code: "V02"},
		"the root is not among them":      {tree: legacyTree(nil), set: func(s *catalog.Source) { s.Include = []string{"portale"} }, code: "V02"},
		"the root is among them":          {tree: legacyTree(nil), set: func(s *catalog.Source) { s.Include = []string{"."} }, form: catalog.FormLegacy},
		"with a descriptor of its own":    {tree: legacyTree(home(here)), form: catalog.FormLegacy},
		"a copy":                          {tree: legacyTree(home("https://altri.example.it/kit")), code: "V01"},
		"a copy, and forced":              {tree: legacyTree(home("https://altri.example.it/kit")), set: func(s *catalog.Source) { s.Legacy = "force" }, code: "V01"},
		"a copy of a program in a folder": {tree: legacyTree(map[string]string{"FASE B Adozione e Attivazione/Allegato B4/export/publiccode.yml": below["publiccode.yml"]}), form: catalog.FormLegacy},
		"a kit with folders of documents": {tree: legacyTree(map[string]string{"kit.md": "---\ntype: kit\nspec: \"1\"\nid: x\ntitle: X\nstatus: draft\n---\n",
			"publiccode.yml": home(here)["publiccode.yml"]}), form: catalog.FormKit},
	} {
		t.Run(name, func(t *testing.T) {
			r := readingOf(t, c.tree, nil)
			if c.set != nil {
				c.set(&r.src)
			}
			st, fetched := r.visit(catalog.Full)
			if c.form == "" {
				if len(fetched) > 0 || st.Last().Records != 0 || len(told(st, c.code)) == 0 {
					t.Errorf("fetched %q, %d records, %v", fetched, st.Last().Records, st.Findings)
				}
				return
			}
			if k := r.kit().Kit; k.Form != c.form {
				t.Errorf("form %q", k.Form)
			}
		})
	}
}

// A folder of documents that is no kit by its score says so, and what its operator can do.
func TestPracticeThatIsNotRecognisedSaysWhy(t *testing.T) {
	r := readingOf(t, files(map[string]string{"Delibera di Giunta.pdf": "Un atto."}), nil)
	st, _ := r.visit(catalog.Full)
	f := told(st, "V02")
	if len(f) != 1 {
		t.Fatalf("%+v", st.Findings)
	}
	for _, want := range []string{"c'è 1 documento", "1 su 3", "legacy: force"} {
		if !strings.Contains(st.Findings[0].Hint.It, want) {
			t.Errorf("no %q in %q", want, st.Findings[0].Hint.It)
		}
	}
}

// A version, a day and a CHANGELOG that are only proposed are not the kit's.
func TestPracticeShowsNoVersionThatNobodyWrote(t *testing.T) {
	r := readingOf(t, legacyTree(nil), nil)
	r.visit(catalog.Full)
	if k := r.kit().Kit; k.Version != "" || k.Released != "" || len(k.Releases) > 0 {
		t.Errorf("%q of %q, %d releases", k.Version, k.Released, len(k.Releases))
	}
	own := legacyTree(map[string]string{"CHANGELOG.md": "# Registro\n\n## [2.0.0] - 2024-05-01\n\n- Cambiato.\n"})
	r = readingOf(t, own, nil)
	r.visit(catalog.Full)
	if k := r.kit().Kit; len(k.Releases) != 1 || k.Releases[0].Version != "2.0.0" {
		t.Errorf("its own: %+v", k.Releases)
	}
}

// A repository whose descriptor names the address that it had is no copy when its forge sends on from there.
func TestPracticeThatMoved(t *testing.T) {
	const was = "https://ente.example.it/prima"
	tree := legacyTree(nil)
	tree["publiccode.yml"] = software("Sportello", was)["publiccode.yml"]
	r := readingOf(t, tree, nil)
	r.moved = map[string]string{was: r.src.URL}
	r.visit(catalog.Full)
	if k := r.kit().Kit; k.Form != catalog.FormLegacy || len(k.Documents) != 3 {
		t.Errorf("form %s, %d documents", k.Form, len(k.Documents))
	}
}

// In a folder, paths are those of the repository, and the findings are the kit's.
func TestPracticeInAFolder(t *testing.T) {
	tree := fstest.MapFS{"README.md": {Data: []byte("Altro")}, "altro/Nota.txt": {Data: []byte("fuori")}}
	for p, f := range legacyTree(nil) {
		tree["kits/uno/"+p] = f
	}
	r := readingOf(t, tree, nil)
	r.src.Folder = "kits/uno"
	st, fetched := r.visit(catalog.Full)
	e, err := r.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(r.src.URL+"//kits/uno"))
	if err != nil {
		t.Fatal(err)
	}
	if e.Kit.Form != catalog.FormLegacy || len(fetched) != 3 || len(r.found("aspirapolvere")) != 1 {
		t.Errorf("form %s, fetched %q", e.Kit.Form, fetched)
	}
	if len(e.Findings) == 0 || len(e.Findings) < len(st.Findings)-1 {
		t.Errorf("%d findings of the kit, %d of the source", len(e.Findings), len(st.Findings))
	}
	for _, f := range st.Findings {
		if f.File != "" && !strings.HasPrefix(f.File, "kits/uno/") {
			t.Errorf("a finding of %q", f.File)
		}
	}
}

// What stops being a kit is missing, and not gone at once; what comes back is the same. What the operator does not want is
// gone at once, and no fault of its owner.
func TestPracticeComesAndGoes(t *testing.T) {
	r := readingOf(t, legacyTree(nil), nil)
	r.visit(catalog.Full)
	id := r.kit().ID
	r.commit(fstest.MapFS{"README.md": {Data: []byte("# Altro\n")}})
	r.visit(catalog.Full)
	if e := r.kit(); e.State != catalog.Missing {
		t.Errorf("no kit any more: state %s", e.State)
	}
	r.commit(legacyTree(nil))
	r.visit(catalog.Full)
	if e := r.kit(); e.State != catalog.Live || e.ID != id {
		t.Errorf("back: state %s, id %s", e.State, e.ID)
	}
	r.src.Legacy = "never"
	st, fetched := r.visit(catalog.Full)
	if _, err := r.store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(r.src.URL)); !errors.Is(err, catalog.ErrGone) || len(fetched) > 0 {
		t.Errorf("legacy: never: %v, fetched %q", err, fetched)
	}
	if f := st.Findings; len(f) != 1 || f[0].Code != "V02" || f[0].Severity != schema.Warning || !strings.Contains(f[0].Message.It, "legacy: never") {
		t.Errorf("legacy: never: %v", f)
	}
	r.src.Legacy = ""
	r.visit(catalog.Full)
	if e := r.kit(); e.State != catalog.Live || e.ID != id || e.Kit.Form != catalog.FormLegacy {
		t.Errorf("wanted again: state %s, id %s", e.State, e.ID)
	}
}

// Bodies that become known by name are looked for in a kit that nobody touched; what is no such kit is not read again for it.
func TestBodiesThatBecomeKnown(t *testing.T) {
	knowing := func(name string) func(*Config) {
		return func(cfg *Config) {
			roll := legacy.NewRoll()
			roll.Add("ipa:c_x001", name)
			cfg.Attachments.Bodies = roll
		}
	}
	r := readingOf(t, legacyTree(nil), nil)
	r.visit(catalog.Full)
	r.visit(catalog.Unchanged)
	r.renew(knowing("Comune di Paperopoli"))
	r.visit(catalog.Full)
	r.visit(catalog.Unchanged)
	r.commit(software("Anagrafe", r.src.URL))
	r.visit(catalog.Full)
	r.renew(knowing("Comune di Topolinia"))
	r.visit(catalog.Unchanged)
}

// A folder of this machine has no address: its identity is that of its source, until a descriptor gives it one.
func TestPracticeOfThisMachine(t *testing.T) {
	r := readingOf(t, nil, nil)
	r.src.URL = "/srv/kit/sportello"
	r.commit(legacyTree(nil))
	st, _ := r.visit(catalog.Full)
	e, err := r.store.EntryByKey(t.Context(), catalog.KindKit, "source:ente")
	if err != nil || st.URL != "" || e.Kit.Form != catalog.FormLegacy {
		t.Fatalf("%+v, %v", st, err)
	}
	id := e.ID
	tree := legacyTree(nil)
	const at = "https://git.example.it/ente/sportello"
	tree["publiccode.yml"] = software("Sportello", at)["publiccode.yml"]
	r.commit(tree)
	r.visit(catalog.Full)
	for _, key := range []catalog.Key{at, "source:ente"} {
		if e, err = r.store.EntryByKey(t.Context(), catalog.KindKit, key); err != nil || e.ID != id || e.Key != at {
			t.Errorf("%s: %+v, %v", key, e, err)
		}
	}
}

// The findings of a kit are no more than the policy keeps, however many files say something.
func TestPracticeTellsABoundedNumberOfFindings(t *testing.T) {
	more := map[string]string{}
	for i := range 300 {
		p := fmt.Sprintf("FASE A Analisi e Decisione/Allegato A3/Perso %d.txt", i)
		more[p] = fmt.Sprint("testo ", i)
	}
	r := readingOf(t, legacyTree(more), nil)
	for p := range more {
		r.wire.lost[p] = true
	}
	st, _ := r.visit(catalog.Full)
	limit := catalog.DefaultPolicy().MaxFindings
	if n := len(st.Findings); n == 0 || n > limit+1 || len(r.kit().Findings) > limit {
		t.Errorf("%d findings of the source, %d of the kit", n, len(r.kit().Findings))
	}
	if st.Last().Records != 1 || len(r.kit().Kit.Documents) != 303 {
		t.Errorf("%d documents", len(r.kit().Kit.Documents))
	}
}

// A fault that understanding brings out is the failure of one visit.
func TestPracticeThatBringsOutAFault(t *testing.T) {
	r := readingOf(t, legacyTree(map[string]string{"FASE A Analisi e Decisione/Enti.txt": "Lo usa il Comune di Esempio."}), func(cfg *Config) { cfg.Attachments.Bodies = brokenRoll{} })
	other := source("altro")
	r.at[other.URL], r.mark[other.URL] = software("Altro", other.URL), "1"
	rep, err := r.c.Crawl(t.Context(), []catalog.Source{r.src, other})
	if err != nil || rep.Visits[catalog.Full] != 1 || rep.Visits[catalog.Failed] != 1 {
		t.Errorf("%v, %v", rep.Visits, err)
	}
}

// brokenRoll knows no body, and breaks when it is asked.
type brokenRoll struct{}

func (brokenRoll) Body(string) (catalog.EntityRef, string, bool) { panic("a fault") }

// A large kit comes in several visits: it is whole from the first one, and each says which files wait.
func TestPracticeOverTheBudgetOfAVisit(t *testing.T) {
	r := readingOf(t, legacyTree(nil), func(cfg *Config) { cfg.Attachments.Limits = AttachmentLimits{Wire: 70} })
	var marks []string
	for range 3 {
		st, _ := r.visit(catalog.Full)
		if n := len(r.kit().Kit.Documents); n != 3 {
			t.Errorf("%d documents", n)
		}
		if (len(told(st, "T08")) > 0) != (st.Mark == "") {
			t.Errorf("%q wait, mark %q", told(st, "T08"), st.Mark)
		}
		if marks = append(marks, st.Mark); st.Mark != "" {
			break
		}
	}
	if len(marks) == 1 || marks[len(marks)-1] == "" || len(r.found("aspirapolvere")) == 0 || len(r.found("seconda")) == 0 {
		t.Errorf("marks %q; found on %q, %q", marks, r.found("aspirapolvere"), r.found("seconda"))
	}
	r.visit(catalog.Unchanged)
}
