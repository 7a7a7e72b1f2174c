package legacy

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema/sharedtest"
)

func said(r Recognition) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d:", r.Verdict, r.Score)
	for _, p := range r.Points {
		fmt.Fprintf(&b, " %+d %s;", p.Value, p.Why.It)
	}
	return b.String()
}

func TestRecogniseARealKit(t *testing.T) {
	var paths []string
	for _, f := range digipro(t) {
		paths = append(paths, f.Path)
	}
	readme, err := os.ReadFile(sharedtest.Path(t, "legacy/digipro/README.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := Recognise(paths, string(readme), "")
	t.Log(said(r))
	if r.Verdict != Practice || r.Score != 7 || len(r.Points) != 5 {
		t.Error(said(r))
	}
	for _, p := range r.Points {
		if p.Why.It == "" || p.Why.En == "" {
			t.Errorf("%+d has no reason", p.Value)
		}
	}
	for i := range paths {
		paths[i] = "kit-main/" + paths[i]
	}
	if r := Recognise(paths, "", ""); r.Verdict != Practice || r.Score != 6 {
		t.Errorf("in the folder of a ZIP: %s", said(r))
	}
}

// The repositories of the corpus are software; only their descriptors and texts are at hand.
func TestRecogniseTheCorpus(t *testing.T) {
	root := sharedtest.Path(t, "corpus/repos")
	repos, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	count := map[Verdict]int{}
	for _, repo := range repos {
		var paths []string
		texts := map[string]string{}
		dir := filepath.Join(root, repo.Name())
		err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(dir, p)
			if err != nil {
				return err
			}
			paths = append(paths, filepath.ToSlash(rel))
			if d.Type().IsRegular() && !strings.Contains(rel, string(filepath.Separator)) {
				data, err := os.ReadFile(p)
				if err != nil {
					return err
				}
				stem, _, _ := strings.Cut(strings.ToLower(rel), ".")
				texts[stem] += string(data)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		r := Recognise(paths, texts["readme"], texts["publiccode"])
		count[r.Verdict]++
		if r.Verdict == Practice || r.Verdict == Software != (texts["publiccode"] != "") {
			t.Errorf("%s: %s", repo.Name(), said(r))
		}
		// The same with the documents and the code that such a repository may have.
		for range 3 {
			paths = append(paths, fmt.Sprintf("docs/Manuale ente riusante %d.pdf", len(paths)), fmt.Sprintf("docs/Schema di convenzione %d.odt", len(paths)))
		}
		for i := range 40 {
			paths = append(paths, fmt.Sprintf("src/delibera/Convenzione%d.java", i))
		}
		if r := Recognise(paths, texts["readme"], texts["publiccode"]); r.Verdict == Practice {
			t.Errorf("%s with documents: %s", repo.Name(), said(r))
		}
	}
	t.Logf("%v", count)
	if len(repos) != 127 {
		t.Errorf("%d repositories", len(repos))
	}
}

// many gives n paths of a pattern.
func many(n int, pattern string) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf(pattern, i))
	}
	return out
}

func TestRecognise(t *testing.T) {
	const pc = "publiccodeYmlVersion: \"0\"\nname: Pratiche\n"
	app := append(many(300, "src/main/java/it/ente/Delibera%d.java"), many(40, "web/convenzione/%d.js")...)
	app = append(app, "publiccode.yml", "README.md", "LICENSE", "db/schema di base.sql", "db/delibere.sql", "src/EnteCedente.php", "pom.xml")
	docs := []string{"docs/Allegato A1.pdf", "docs/Allegato A2.pdf", "docs/Allegato A3.pdf", "docs/Manuale utente.pdf"}
	acts := []string{"docs/Schema di convenzione.odt", "docs/Delibera di adozione.pdf", "docs/Guida per l'ente riusante.pdf"}
	const readme = "# Pratiche\n\nKit di riuso finanziato dal PON GOV, avviso Open Community PA.\n"
	practice := []string{"Fase A/Allegato A1/x.pdf", "Fase A/Allegato A2/x.pdf", "Fase B/Allegato B1/Schema di convenzione.odt", "README.md"}
	for _, c := range []struct {
		why                string
		paths              []string
		readme, publicCode string
		want               Verdict
		score              int
	}{
		{"an empty repository", nil, "", "", Nothing, -3},
		{"phases, annexes and an act", practice, "", "", Practice, 5},
		{"and a publiccode.yml", append(practice, "publiccode.yml"), "", pc, Practice, 5},
		{"and a kit.md", append(practice, "kit.md"), "", "", Kit, 8},
		{"a kit that a catalogue holds", []string{"kits/cit/kit.md", "catalogue.md"}, "", "", Kit, 0},
		{"a kit of several in a repository", []string{"cit/kit.md", "cit/publiccode.yml"}, "", "", Kit, 0},
		{"a kit.md that the reader does not take", []string{"docs/kit.md", "tests/kits/a/kit.md"}, "", "", Nothing, -3},
		{"phases alone are too little", []string{"Fase A/x.pdf", "Fase B/y.pdf"}, "", "", Nothing, 2},
		{"phases within another folder are none at the top", []string{"a/Fase A/x.pdf", "b/Fase B/y.pdf"}, "", "", Nothing, 0},
		{"phases within the only folder are", []string{"kit/Fase A/x.pdf", "kit/Fase B/Protocollo d'intesa.pdf", "README.md"}, "", "", Practice, 3},
		{"software", app, "# Pratiche\n", pc, Software, -3},
		{"software that speaks of reuse and has acts of its own in its code", app, readme, pc, Software, -1},
		{"software with the annexes of a tender in its documentation", append(app, docs...), readme, pc, Software, -1},
		{"software with model acts for whoever reuses it", append(append(app, docs...), acts...), readme, pc, Software, 1},
		{"the same before its descriptor is written", append(append(app[:len(app)-7:len(app)-7], docs...), acts...), readme, "", Nothing, 1},
		{"a descriptor that is only a path", []string{"publiccode.yml", "index.php"}, "", "", Software, -3},
		{"a methodology in one sheet", []string{"publiccode.yml", "README.md", "Modello.xlsx", "img/1.png"}, "Modello di digitalizzazione: una buona pratica.\n", pc, Software, 1},
		{"documents with words and no folders", []string{"Schema di convenzione.odt", "Guida per gli enti riusanti.pdf", "README.md"}, readme, "", Practice, 4},
		{"\"precedente\" is no ceding body", []string{"Versione precedente.pdf"}, "", "", Nothing, 0},
		{"\"all a1\" in code is no annex", many(9, "src/all a%d/x.go"), "", "", Nothing, -1},
	} {
		if r := Recognise(c.paths, c.readme, c.publicCode); r.Verdict != c.want || r.Score != c.score {
			t.Errorf("%s: %s, want %s %d", c.why, said(r), c.want, c.score)
		}
	}
}

func TestRecogniseHoldsOutAgainstManyAndLongNames(t *testing.T) {
	var paths []string
	long := strings.Repeat("Allegato A3 ", 340)
	for i := range manyFiles {
		p := fmt.Sprintf("Allegato %c%d/cartella %d/%d delibera \xff.pdf", 'A'+i%3, i%100, i%5000, i)
		if i%1000 == 1 {
			p = long + p
		}
		paths = append(paths, p)
	}
	r := Recognise(paths, strings.Repeat("é ", 10<<20), "")
	if t.Log(said(r)); r.Verdict != Practice {
		t.Errorf("%d paths are %s", len(paths), said(r))
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add("Fase A/x.pdf\nFase B/Allegato B1/Delibera.odt\nREADME.md", "kit del riuso", "")
	f.Add("kits/\nkits/a/kit.md\n/\n//x\n\xff/All. A1/y", "\xff\xfe", "name: x")
	f.Fuzz(func(t *testing.T, list, readme, publicCode string) {
		paths := strings.Split(list, "\n")
		r := Recognise(paths, readme, publicCode)
		sum := 0
		for _, p := range r.Points {
			sum += p.Value
			if p.Why.It == "" || p.Why.En == "" {
				t.Fatal("a point without a reason")
			}
		}
		switch {
		case sum != r.Score:
			t.Fatalf("%d points make %d", r.Score, sum)
		case r.Verdict == Practice && r.Score < minPractice, r.Verdict == Nothing && publicCode != "":
			t.Fatal(said(r))
		}
	})
}
