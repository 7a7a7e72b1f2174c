package legacy

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// folder is a disk in memory.
type folder map[string][]byte

func (f folder) have(p string) ([]byte, bool) { b, ok := f[p]; return b, ok }

func (f folder) take(ws []Write) map[string]Action {
	acts := map[string]Action{}
	for _, w := range ws {
		acts[w.Path] = w.Action
		if w.Writes() {
			f[w.Path] = w.Data
		}
	}
	return acts
}

// A second import of the same writes nothing.
func TestRebaseTwiceWritesNothing(t *testing.T) {
	disk, p := folder{}, Propose(sample())
	for path, a := range disk.take(Rebase(p, disk.have)) {
		if a != ActionNew {
			t.Errorf("%s: %s", path, a)
		}
	}
	if _, ok := disk[TracePath]; !ok || len(disk) != len(p.Files)+1 {
		t.Errorf("%d files on the disk", len(disk))
	}
	before := maps.Clone(disk)
	for path, a := range disk.take(Rebase(Propose(sample()), disk.have)) {
		if a != ActionSame || !bytes.Equal(before[path], disk[path]) {
			t.Errorf("%s: %s", path, a)
		}
	}
}

// What a person edited, took away or moved is neither overwritten nor brought back, be it imported however often; what nobody
// touched follows the originals, on a disk that ends its lines otherwise too.
func TestRebaseNeverTouchesWhatAPersonEdited(t *testing.T) {
	disk := folder{}
	disk.take(Rebase(Propose(sample()), disk.have))
	const edited, deleted, untouched = "docs/A/kit-prova.md", "docs/radice/aux-2.md", "adoptions/c_e506.md"
	own := bytes.Replace(disk[edited], []byte("title: \"Il kit: \\\"prova\\\"\""), []byte("title: \"Il nostro titolo\""), 1)
	written := disk[edited]
	disk[edited] = own
	delete(disk, deleted)
	for p := range disk {
		disk[p] = bytes.ReplaceAll(disk[p], []byte("\n"), []byte("\r\n"))
	}
	own = disk[edited]
	u := sample()
	u.Documents[0].Title = "Titolo nuovo"
	u.Documents[3].Title = "Nota nuova"
	u.Stories[0].Name = "Città di Lecce"
	for range 3 {
		ws := Rebase(Propose(u), disk.have)
		acts := disk.take(ws)
		if acts[edited] != ActionEdited || acts[deleted] != ActionDeleted || !bytes.Equal(disk[edited], own) || disk[deleted] != nil {
			t.Errorf("edited: %s, deleted: %s", acts[edited], acts[deleted])
		}
		for _, w := range ws {
			if w.Path == edited && (!strings.Contains(string(w.Would), "- title: \"Il nostro titolo\"\n+ title: \"Titolo nuovo\"\n") || strings.Contains(string(w.Would), "kind:")) {
				t.Errorf("told: %s", w.Would)
			}
		}
		if !bytes.Contains(disk[untouched], []byte("Città di Lecce")) {
			t.Errorf("%s does not follow", untouched)
		}
	}
	disk[edited] = written // the edit is taken back
	if acts := disk.take(Rebase(Propose(u), disk.have)); acts[edited] != ActionUpdate {
		t.Errorf("taken back: %s", acts[edited])
	}
}

// A file that was there before and is nobody's import stays; so do all that differ once the trace is lost.
func TestRebaseWithoutATrace(t *testing.T) {
	disk := folder{"kit.md": []byte("---\ntype: kit\n---\n")}
	p := Propose(sample())
	if acts := disk.take(Rebase(p, disk.have)); acts["kit.md"] != ActionEdited {
		t.Errorf("theirs: %s", acts["kit.md"])
	}
	if acts := disk.take(Rebase(p, disk.have)); acts["kit.md"] != ActionEdited {
		t.Errorf("theirs, again: %s", acts["kit.md"])
	}
	delete(disk, TracePath)
	u := sample()
	u.Title = "Un altro titolo"
	if acts := disk.take(Rebase(Propose(u), disk.have)); acts["publiccode.yml"] != ActionEdited || acts["CHANGELOG.md"] != ActionSame {
		t.Errorf("without a trace: %v", acts)
	}
}

// What an earlier import wrote and this one would not is told, and stays.
func TestRebaseTellsWhatIsNoLongerProposed(t *testing.T) {
	disk := folder{}
	disk.take(Rebase(Propose(sample()), disk.have))
	u := sample()
	u.Documents = u.Documents[:3]
	for range 2 {
		if acts := disk.take(Rebase(Propose(u), disk.have)); acts["docs/radice/aux-2.md"] != ActionUnneeded || disk["docs/radice/aux-2.md"] == nil {
			t.Errorf("%v", acts)
		}
	}
}

// The next import understands the originals, not what the last one wrote.
func TestHide(t *testing.T) {
	disk, all := folder{}, fstest.MapFS{ReportPath: {}}
	u := sample()
	disk.take(Rebase(Propose(u), disk.have))
	for _, f := range u.Files {
		all[f.Path] = &fstest.MapFile{Data: []byte(f.Blob)}
	}
	for p, data := range disk {
		all[p] = &fstest.MapFile{Data: data}
	}
	// a story that its owner gave its name is one of the kit's records; an original in Markdown is not
	all["adoptions/c_a323.md"] = &fstest.MapFile{Data: []byte("---\ntype: adoption\nentity: ipa:c_a323\n---\n")}
	all["docs/originale.md"] = &fstest.MapFile{Data: []byte("# Titolo\n\ntype: non è una scheda\n")}
	hidden := Hide(all, disk[TracePath])
	var got []string
	err := fs.WalkDir(hidden, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			got = append(got, p)
		}
		return err
	})
	if err != nil || len(got) != len(u.Files)+1 || !slices.Contains(got, "docs/originale.md") {
		t.Errorf("%d files of %d: %v, %v", len(got), len(u.Files), got, err)
	}
	if _, err := fs.ReadFile(hidden, "kit.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("kit.md: %v", err)
	}
	if err := fstest.TestFS(hidden, "README.md", "nota.txt"); err != nil {
		t.Error(err)
	}
}

// An import that broke off is taken up again: what it wrote is its own, what it did not write is written.
func TestRebaseAfterABreak(t *testing.T) {
	disk := folder{}
	first := &Proposal{Files: []ProposedFile{{"a.md", []byte("a\n")}, {"b.md", []byte("b\n")}, {"c.md", []byte("c\n")}}, URL: "https://git.example.it/ente/kit", Answers: Answers{Status: "final", Updated: "2026-03-31"}}
	have := func(p string) ([]byte, bool) { data, ok := disk[p]; return data, ok }
	for _, w := range Rebase(first, have) {
		disk[w.Path] = w.Data
	}
	if url, a := Recall(disk[TracePath]); url != first.URL || a != first.Answers {
		t.Errorf("%q %+v are recalled", url, a)
	}
	second := &Proposal{Files: []ProposedFile{{"a.md", []byte("a2\n")}, {"b.md", []byte("b2\n")}, {"c.md", []byte("c\n")}, {"d.md", []byte("d\n")}}}
	writes := Rebase(second, have)
	disk[TracePath] = Begun(disk[TracePath], writes)
	disk["a.md"] = []byte("a2\n") // and no further
	disk["c.md"] = []byte("mine\n")
	got := ""
	for _, w := range Rebase(second, have) {
		got += w.Path + " " + string(w.Action) + "; "
		if w.Writes() {
			disk[w.Path] = w.Data
		}
	}
	if want := "a.md same; b.md update; c.md edited; d.md new; .riuso-import update; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if strings.HasPrefix(string(disk[TracePath]), remarkUnfinished) {
		t.Error("the trace is still that of an unfinished import")
	}
}

func FuzzTrace(f *testing.F) {
	f.Add([]byte("# x\n" + strings.Repeat("ab", 32) + "  docs/A/x.md\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sums := readTrace(data)
		again := readTrace(writeTrace(sums, ""))
		if !maps.Equal(sums, again) {
			t.Errorf("%v, then %v", sums, again)
		}
	})
}

// Newer rules write other files: what nobody edited is brought up to date, what somebody edited stays and is told, and a third
// import has nothing to do.
func TestAnImportByNewerRules(t *testing.T) {
	disk := folder{}
	older := func(rules string) *Proposal {
		p := Propose(sample())
		for i := range p.Files {
			p.Files[i].Data = bytes.ReplaceAll(p.Files[i].Data, []byte(`rulesVersion: "`+RulesVersion+`"`), []byte(`rulesVersion: "`+rules+`"`))
			if p.Files[i].Path == "docs/A/kit-prova.md" {
				p.Files[i].Data = bytes.ReplaceAll(p.Files[i].Data, []byte("kind: summary"), []byte("kind: other"))
			}
		}
		return p
	}
	disk.take(Rebase(older("0"), disk.have))
	if !bytes.Contains(disk["kit.md"], []byte(`rulesVersion: "0"`)) || !bytes.Contains(disk["docs/A/kit-prova.md"], []byte("kind: other")) {
		t.Fatalf("%s\n%s", disk["kit.md"], disk["docs/A/kit-prova.md"])
	}
	disk["kit.md"] = append(disk["kit.md"], "Una riga della segretaria.\n"...)
	writes := Rebase(Propose(sample()), disk.have)
	for _, w := range writes {
		if w.Path == "kit.md" && (w.Action != ActionEdited || !bytes.Contains(w.Would, []byte(`+   rulesVersion: "`+RulesVersion+`"`))) {
			t.Errorf("kit.md: %s\n%s", w.Action, w.Would)
		}
	}
	acts := disk.take(writes)
	if acts["docs/A/kit-prova.md"] != ActionUpdate || acts["CHANGELOG.md"] != ActionSame || !bytes.Contains(disk["docs/A/kit-prova.md"], []byte("kind: summary")) || !bytes.Contains(disk["kit.md"], []byte("segretaria")) {
		t.Errorf("%v\n%s", acts, disk["docs/A/kit-prova.md"])
	}
	for p, a := range disk.take(Rebase(Propose(sample()), disk.have)) {
		if a != ActionSame && p != "kit.md" {
			t.Errorf("a third import: %s %s", p, a)
		}
	}
}
