package legacy

import (
	"bufio"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// digipro reads the list of the files of a real kit.
func digipro(t testing.TB) []File {
	t.Helper()
	f, err := os.Open(sharedtest.Path(t, "legacy/digipro-tree.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []File
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		cells := strings.Split(sc.Text(), "\t")
		if len(cells) != 3 || cells[0] == "blob" {
			continue
		}
		file := File{Blob: cells[0], Path: cells[2]}
		if n, err := strconv.ParseInt(cells[1], 10, 64); err == nil {
			file.Bytes = n
		} else {
			file.Bytes, file.Absent = -1, true
		}
		out = append(out, file)
	}
	if len(out) != 203 {
		t.Fatalf("%d files", len(out))
	}
	return out
}

// cells counts documents by phase and code.
func cells(items []Item) map[string]int {
	out := map[string]int{}
	for _, it := range items {
		out[it.Phase+"/"+it.Code]++
	}
	return out
}

// measured are the documents per cell that a prototype of these rules counted (kit format, §L4).
var measured = map[string]int{"A/A3": 2, "A/A4": 2, "A/A5": 17, "A/": 1, "B/B1": 6, "B/B2": 1, "B/B3": 54, "B/B5": 13, "C/C1": 1, "C/C3": 1, "/": 2}

func TestArrangeARealKit(t *testing.T) {
	files := digipro(t)
	l := Arrange(files)
	byBlob := map[string]bool{}
	for _, f := range files {
		byBlob[f.Blob] = true
	}
	inDumps, dumpFiles, counted := 0, 0, 0
	for _, r := range l.Repeats {
		if r.InDump {
			inDumps++
		}
	}
	for _, d := range l.Dumps {
		dumpFiles += len(d.Files)
		counted += d.Repeats
		t.Logf("dump %q version %q: %d files, %d repeats, human %q, %s %s", d.Name, d.Version, len(d.Files), d.Repeats, d.Human[len(d.Folder):], d.Phase, d.Code)
		if d.Version == "" || !strings.HasSuffix(d.Human, "/flow.bpmn") || d.Code != "B3" || d.Phase != "B" {
			t.Errorf("dump %q is not understood: %+v", d.Folder, d.Why)
		}
	}
	for what, n := range map[string][2]int{
		"repeats among documents": {len(l.Repeats) - inDumps, 22},
		"repeats in dumps":        {inDumps, 27},
		"repeats told by dumps":   {counted, 27},
		"repeats by blob":         {len(files) - len(byBlob), 49},
		"dumps":                   {len(l.Dumps), 4},
		"files in dumps":          {dumpFiles, 79},
		"junk":                    {len(l.Junk), 2},
		"own":                     {len(l.Own), 1},
		"documents":               {len(l.Items), 99},
	} {
		if n[0] != n[1] {
			t.Errorf("%s: %d, want %d", what, n[0], n[1])
		}
	}
	got := cells(l.Items)
	for cell := range got {
		if _, ok := measured[cell]; !ok {
			t.Errorf("%d documents in a cell that is not there: %q", got[cell], cell)
		}
	}
	for _, cell := range slices.Sorted(keys(measured)) {
		t.Logf("%-5s %3d (measured %d)", cell, got[cell], measured[cell])
		if d := got[cell] - measured[cell]; d < -2 || d > 2 {
			t.Errorf("%s: %d documents, want %d", cell, got[cell], measured[cell])
		}
	}
	codes := map[string]int{}
	for _, f := range l.Findings {
		codes[f.Code]++
	}
	if want := map[string]int{"L01": 4, "L03": 21, "L04": 4, "L05": 1, "L07": 1}; !reflect.DeepEqual(codes, want) {
		t.Errorf("findings %v, want %v", codes, want)
	}
	for _, it := range l.Items {
		if strings.Contains(it.Path, "(1)") {
			t.Errorf("the copy is kept: %s", it.Path)
		}
		if (it.Phase == "") != it.PhaseWhy.IsZero() || (it.Code == "") != it.CodeWhy.IsZero() {
			t.Errorf("%s: %q %q without a reason", it.Path, it.Phase, it.Code)
		}
	}
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// arrange makes a layout of paths; "path = blob" gives two files the same bytes.
func arrange(paths ...string) Layout {
	var files []File
	for i, p := range paths {
		f := File{Path: p, Blob: fmt.Sprintf("%040x", i+1), Bytes: 10}
		if at, blob, ok := strings.Cut(p, " = "); ok {
			f.Path, f.Blob = at, blob
		}
		files = append(files, f)
	}
	return Arrange(files)
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ path, phase, code, prefix string }{
		{"FASE A Analisi e Decisione/Allegato A3/x.pdf", "A", "A3", ""},
		{"Fase_B-Adoizione/All. B 02/x.pdf", "B", "B2", ""},
		{"C – Gestione a regime/x.pdf", "C", "", ""},
		{"Fase a regime/x.pdf", "C", "", ""},
		{"B) Adozione/x.pdf", "B", "", ""},
		{"(A) Ricerca: documenti/x.pdf", "A", "", ""},
		{"FASE B: trasferimento/B2 - Atti/x.pdf", "B", "", "B2"},
		{"1. FASE B/x.pdf", "B", "", ""},
		{"FASE B/Allegato B1/Allegato B3/x.pdf", "B", "B3", ""},
		{"FASE B/Allegato A3/x.pdf", "B", "A3", ""},
		{"FASE A/FASE B/x.pdf", "B", "", ""},
		{"FASE A/Allegato A1/FASE B/x.pdf", "B", "", ""},
		{"Allegati C4/x.pdf", "C", "C4", ""},
		{"Fase A - relazione.pdf", "A", "", ""},
		{"Relazione - Fase B v1.pdf", "B", "", ""},
		{"Passaggio alla fase a regime.pdf", "", "", ""},
		{"PASSAGGIO ALLA FASE A REGIME.pdf", "", "", ""},
		{"Allegato A2.1 - Convenzione.pdf", "A", "A2.1", ""},
		{"FASE A/Allegato A3/Allegato A3.2.pdf", "A", "A3.2", ""},
		{"Allegato 6 Progettazione.pdf", "", "", ""},
		{"Allegato D1/x.pdf", "", "", ""},
		{"allegorie a3/x.pdf", "", "", ""},
		{"FASE A/A3 Kit.pdf", "A", "", "A3"},
		{"FASE A/A3 10 Analisi.pdf", "A", "", "A3"},
		{"FASE A/A4.2 - Atti.pdf", "A", "", "A4.2"},
		{"FASE A/A30 Atti.pdf", "A", "", ""},
		{"relazione.pdf", "", "", ""},
	} {
		l := arrange(c.path)
		if len(l.Items) != 1 {
			t.Errorf("%s: %+v", c.path, l)
			continue
		}
		if it := l.Items[0]; it.Phase != c.phase || it.Code != c.code || it.Prefix != c.prefix {
			t.Errorf("%s: %q %q %q, want %q %q %q", c.path, it.Phase, it.Code, it.Prefix, c.phase, c.code, c.prefix)
		}
	}
	if l := arrange("A3 10 Analisi.pdf", "A3 Kit.pdf"); !l.Items[0].Numbered || l.Items[1].Numbered {
		t.Error("an action with its output is not told from a code")
	}
}

func TestWhatIsToldOfFolders(t *testing.T) {
	for _, c := range []struct {
		why   string
		paths []string
		want  []string // code and file
	}{
		{"once per folder", []string{"FASE B/Allegato B1/a.pdf", "FASE B/Allegato B1/Allegato B3/b.pdf", "FASE B/Allegato B1/Allegato B3/c.pdf", "FASE B/Allegato B1/Allegato B3/x/d.pdf"},
			[]string{"L01 FASE B/Allegato B1/Allegato B3"}},
		{"letters", []string{"FASE B/Allegato A3/a.pdf", "FASE B/Allegato A3/b.pdf"}, []string{"L02 FASE B/Allegato A3"}},
		{"misspelt", []string{"Fase B Adoizione/a.pdf", "Fse A Analisi/b.pdf", "Fase C Gestioni/c.pdf"}, []string{"L10 Fase B Adoizione", "L10 Fse A Analisi"}},
		{"a copy in a cell that has others", []string{"FASE A/Allegato A1/a.pdf = x", "FASE A/Allegato A2/a.pdf = x", "FASE A/Allegato A2/b.pdf"}, []string{"L03 FASE A/Allegato A1/a.pdf"}},
		{"a copy in a cell that has no other", []string{"FASE A/Allegato A1/a.pdf = x", "FASE A/Allegato A2/a.pdf = x"},
			[]string{"L03 FASE A/Allegato A1/a.pdf", "L08 FASE A/Allegato A2"}},
		{"nothing wrong", []string{"FASE A/Allegato A1/a.pdf", "README.md", "LICENSE", ".github/x.yml"}, nil},
	} {
		l := arrange(c.paths...)
		var got []string
		for _, f := range l.Findings {
			got = append(got, f.Code+" "+f.File)
			if f.Message.It == "" || f.Message.En == "" || f.Hint.It == "" || f.Hint.En == "" {
				t.Errorf("%s: %v does not say what to do in both languages", c.why, f)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

func TestWhichCopyIsKept(t *testing.T) {
	l := arrange("a/b/Atto.pdf = x", "a/Atto(1).pdf = x", "a/Atto.pdf = x", "a/Atto 2.pdf = x", "empty", "empty2 = ")
	if l.Items[0].Path != "a/Atto 2.pdf" || !slices.Equal(l.Items[0].Aliases, []string{"a/Atto(1).pdf", "a/Atto.pdf", "a/b/Atto.pdf"}) {
		t.Errorf("%+v", l.Items)
	}
	l = arrange("a = ", "b = ")
	if len(l.Items) != 2 {
		t.Error("files whose blob is not known are taken for one")
	}
}

func TestJunkIsKnownByNameBytesOrBlob(t *testing.T) {
	l := Arrange([]File{
		{Path: "FAQ/nota.txt", Blob: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", Bytes: -1, Absent: true},
		{Path: "a/vuoto.pdf", Blob: "x", Bytes: 0},
		{Path: "a/Desktop.ini", Blob: "y", Bytes: 200},
		{Path: "a/~$Atto.docx", Blob: "z", Bytes: 162},
		{Path: "__MACOSX/a/._Atto.docx", Blob: "w", Bytes: 162},
		{Path: "a/Atto.docx", Blob: "v", Bytes: -1, Absent: true},
	})
	if len(l.Junk) != 5 || len(l.Items) != 1 || l.Items[0].Path != "a/Atto.docx" {
		t.Errorf("%+v", l)
	}
}

func TestDumps(t *testing.T) {
	for _, c := range []struct {
		why   string
		paths []string
		want  string
	}{
		{"a version and two marks", []string{"X1.0/flow.bpmn", "X1.0/config.properties(1)", "X1.0/preview/main.html"}, "X 1.0 3"},
		{"no version and three marks", []string{"X/flow.bpmn", "X/project(1).json", "X/a.ftl", "X/b.ftl"}, "X  4"},
		{"no version and two marks", []string{"X/project.json", "X/settings.json"}, ""},
		{"two templates are one mark", []string{"X1.0/a.ftl", "X1.0/b.ftl"}, ""},
		{"a version and its process alone", []string{"X 3.0.2/flow.bpmn", "X 3.0.2/desktop.ini"}, "X 3.0.2 2"},
		{"no version", []string{"X/flow.bpmn"}, ""},
		{"a version and one other mark", []string{"X1.0/project.json"}, ""},
		{"a manual with its process", []string{"Manuale 1.0/flow.bpmn", "Manuale 1.0/Guida.pdf"}, ""},
		{"a manual with parts", []string{"Manuale 1.0/flow.bpmn", "Manuale 1.0/Parte 1/leggimi.txt"}, ""},
		{"the root is none", []string{"flow.bpmn", "project.json", "settings.json"}, ""},
		{"nor is a phase", []string{"Fase A 1.0/flow.bpmn", "Fase A 1.0/project.json", "Fase A 1.0/settings.json"}, ""},
		{"the outermost", []string{"X1.0/flow.bpmn", "X1.0/project.json", "X1.0/Y2.0/flow.bpmn", "X1.0/Y2.0/project.json"}, "X 1.0 4"},
	} {
		got := ""
		for _, d := range arrange(c.paths...).Dumps {
			got += fmt.Sprintf("%s %s %d", d.Name, d.Version, len(d.Files))
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
	l := arrange("Atto.txt = x", "X1.0/flow.bpmn = x", "X1.0/project.json = x")
	if len(l.Repeats) != 2 || l.Dumps[0].Repeats != 2 || l.Repeats[0].Kept != "Atto.txt" || len(l.Items) != 1 {
		t.Errorf("a document that an export holds too: %+v", l)
	}
}

func TestArrangeDoesNotDependOnTheOrder(t *testing.T) {
	files := digipro(t)
	want := Arrange(files)
	slices.Reverse(files)
	if got := Arrange(append(files, files...)); !reflect.DeepEqual(got, want) {
		t.Error("another order gives another layout")
	}
}

// manyFiles is so many that a step that looks at all files for each hangs.
const manyFiles = 20_000

func TestArrangeHoldsOutAgainstManyAndLongNames(t *testing.T) {
	var files []File
	long := strings.Repeat("Allegato A3 ", 340)
	deep := strings.Repeat("Fase B Adozione/", 200)
	for i := range manyFiles {
		p := fmt.Sprintf("FASE %c Adoizione/Allegato %c%d/cartella %d/A3 %d Atto \xff.pdf", 'A'+i%3, 'A'+i%3, i%50, i%1000, i)
		switch i % 1000 {
		case 1:
			p = long + p
		case 2:
			p = deep + p
		}
		files = append(files, File{Path: p, Blob: fmt.Sprint(i / 2), Bytes: 1})
	}
	l := Arrange(files)
	if len(l.Items) != manyFiles/2 || len(l.Findings) != maxFindings || l.Findings[0].Code != "L12" || l.Findings[1].Code == "L12" {
		t.Errorf("%d items, %d findings", len(l.Items), len(l.Findings))
	}
}

func FuzzArrange(f *testing.F) {
	f.Add("FASE A/Allegato A3/x.pdf\nX1.0/flow.bpmn\nX1.0/project.json\n\xff(1).pdf", uint8(2))
	f.Add("/\n//\na//b\n.\n..\nfase\nall\na3.\nFase B Adoizione/All.B1(1)", uint8(1))
	f.Fuzz(func(t *testing.T, paths string, blobs uint8) {
		var files []File
		for i, p := range strings.Split(paths, "\n") {
			if len(files) == 500 {
				break
			}
			files = append(files, File{Path: p, Blob: fmt.Sprint(i % (int(blobs) + 1)), Bytes: int64(len(p))})
		}
		l := Arrange(files)
		slices.Reverse(files)
		if again := Arrange(files); !reflect.DeepEqual(l, again) && distinct(files) {
			t.Fatal("another order gives another layout")
		}
		seen := map[string]int{}
		for _, it := range l.Items {
			seen[it.Path]++
			for _, a := range it.Aliases {
				seen[a]++
			}
			if it.Phase == "" && it.Code != "" {
				t.Fatalf("a code without a phase: %+v", it)
			}
		}
		for _, j := range slices.Concat(l.Junk, l.Own) {
			seen[j.Path]++
		}
		for _, d := range l.Dumps {
			for _, f := range d.Files {
				seen[f.Path]++
			}
		}
		for _, f := range files {
			if seen[f.Path] != 1 {
				t.Fatalf("%q is in %d places", f.Path, seen[f.Path])
			}
		}
		for _, x := range l.Findings {
			for _, s := range []schema.Text{x.Message, x.Hint} {
				if s.It == "" || s.En == "" || strings.ContainsFunc(s.It+s.En+x.File, func(r rune) bool { return r == '\uFFFD' && !strings.Contains(paths, "\uFFFD") || r < ' ' }) {
					t.Fatalf("what is said cannot be shown: %q", x)
				}
			}
		}
	})
}

// distinct says that no path is there twice.
func distinct(files []File) bool {
	seen := map[string]bool{}
	for _, f := range files {
		if seen[f.Path] {
			return false
		}
		seen[f.Path] = true
	}
	return true
}
