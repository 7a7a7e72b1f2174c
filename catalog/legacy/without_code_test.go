package legacy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// partners is a kit whose documents tell of two bodies that cede and two that reuse, of which b knows some.
func partners(b Bodies) Repository {
	sheets := "Analisi dei contesti\n\nScheda Comune di Anzio (16/10/2018)\nTesto.\n\nScheda Comune di Lecce (25/07/2018)\nTesto.\n"
	r := kit("", map[string]*catalog.Text{
		"FASE A Analisi/Allegato A3/Analisi contesti organizzativi.pdf": textOf(sheets),
		"FASE A Analisi/Allegato A1/Progetto.pdf":                       textOf("PON GOV Avviso OCPA 2020\nPON GOV Avviso OCPA 2020\nEnti cedenti la buona pratica (Comune di Monza, Comune di Brescia). Il Comune di Monza, capofila."),
	}, "FASE A Analisi/Allegato A3/Analisi contesti organizzativi.pdf", "FASE A Analisi/Allegato A1/Progetto.pdf", "FASE B Adozione/Allegato B1/Altro.pdf")
	r.URL, r.Name, r.Bodies = "https://git.example.it/ente/prova", "prova", b
	return r
}

func known(pairs ...string) *Roll {
	r := NewRoll()
	for i := 0; i < len(pairs); i += 2 {
		r.Add(catalog.EntityRef(pairs[i]), pairs[i+1])
	}
	return r
}

// Who adopts and who cedes stands on the page only with a code: where none is known one finding says whom the page lacks,
// why, and what mends it.
func TestBodiesWithoutACodeAreToldOnce(t *testing.T) {
	u := Understand(partners(known("ipa:c_e506", "Comune di Lecce")))
	n := 0
	for _, f := range u.Findings {
		if f.Code != "L13" {
			continue
		}
		n++
		for _, want := range []string{"cedono la pratica Comune di Monza, Comune di Brescia", "la riusa Comune di Anzio"} {
			if !strings.Contains(f.Message.It, want) {
				t.Errorf("no %q in %q", want, f.Message.It)
			}
		}
		if strings.Contains(f.Message.It, "Lecce") || !strings.Contains(f.Hint.It, "--ipa-codes") || !strings.Contains(f.Hint.It, "--entities") || !strings.Contains(f.Hint.It, "riuso entities fetch") || f.Severity != schema.Warning {
			t.Errorf("%v: %s", f, f.Hint.It)
		}
	}
	if n != 1 {
		t.Errorf("told %d times: %v", n, u.Findings)
	}
	all := known("ipa:c_e506", "Comune di Lecce", "ipa:c_a323", "Comune di Anzio", "ipa:c_f704", "Comune di Monza", "ipa:c_b157", "Comune di Brescia")
	for _, f := range Understand(partners(all)).Findings {
		if f.Code == "L13" {
			t.Errorf("all are known, and %v", f)
		}
	}
}

// The report says it once, near the top, with the two commands.
func TestReportNamesTheTwoCommandsOnce(t *testing.T) {
	p := Propose(Understand(partners(nil)))
	r := string(p.Report)
	section, todo := strings.Index(r, "\n## Enti senza codice IPA\n"), strings.Index(r, "\n## Che cosa fare adesso")
	if section < 0 || section > todo || section > 1_000 {
		t.Fatalf("at %d of %d", section, len(r))
	}
	for _, want := range []string{"    riuso entities fetch --to ../enti.csv\n", "    riuso import . --entities ../enti.csv\n", "Comune di Monza, Comune di Brescia", "`adoptions/senza-codice-comune-di-anzio.md`"} {
		if n := strings.Count(r, want); n != 1 {
			t.Errorf("%q %d times", want, n)
		}
	}
	if strings.Contains(r, "non è noto") || len(p.Waiting) != 2 {
		t.Errorf("%d stories wait", len(p.Waiting))
	}
	if r := string(Propose(Understand(partners(known("ipa:c_e506", "Comune di Lecce", "ipa:c_a323", "Comune di Anzio", "ipa:c_f704", "Comune di Monza", "ipa:c_b157", "Comune di Brescia")))).Report); strings.Contains(r, "Enti senza codice") {
		t.Error("all are known")
	}
}

// A story without a code is ready but for that. The check says so, an error in what is published, and the catalogue shows
// the others; with the code it is shown. What a crawl lays over a repository holds no such story.
func TestAStoryWaitsForItsCode(t *testing.T) {
	u := Understand(partners(known("ipa:c_e506", "Comune di Lecce")))
	p := Propose(u)
	if len(p.Waiting) != 1 || p.Waiting[0].Path != "adoptions/senza-codice-comune-di-anzio.md" {
		t.Fatalf("%v", p.Waiting)
	}
	for _, f := range p.Files {
		if strings.Contains(f.Path, waitingStart) {
			t.Errorf("a crawl would show %s", f.Path)
		}
	}
	dir := onDisk(t, u, p)
	file := filepath.Join(dir, "adoptions", "senza-codice-comune-di-anzio.md")
	read := func(story string) (stories int, codes []string, worst schema.Severity) {
		t.Helper()
		if err := os.WriteFile(file, []byte(story), 0o644); err != nil {
			t.Fatal(err)
		}
		tree := catalog.Read(os.DirFS(dir), catalog.ReadOptions{Forks: true, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
		for _, f := range tree.Findings {
			if strings.HasSuffix(f.File, "anzio.md") {
				codes, worst = append(codes, f.Code), f.Severity
			}
		}
		if len(tree.Kits) != 1 {
			t.Fatalf("%d kits", len(tree.Kits))
		}
		return len(tree.Kits[0].Adoptions), codes, worst
	}
	story := string(p.Waiting[0].Data)
	if n, codes, worst := read(story); n != 1 || fmt.Sprint(codes) != "[E03]" || worst != schema.Warning {
		t.Errorf("a draft: %d stories, %v %v", n, codes, worst)
	}
	if n, codes, _ := read(strings.Replace(story, "#entity: ipa:…", "entity: ipa:c_a323", 1)); n != 2 || fmt.Sprint(codes) != "[E06]" {
		t.Errorf("with its code: %d stories, %v", n, codes)
	}
	md := filepath.Join(dir, "kit.md")
	data, err := os.ReadFile(md)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(md, []byte(strings.Replace(string(data), "status: draft", "status: published", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if n, codes, worst := read(story); n != 1 || fmt.Sprint(codes) != "[E03]" || worst != schema.Error {
		t.Errorf("published: %d stories, %v %v", n, codes, worst)
	}
}

// The bodies of a project are proposed as its partners, and the one that leads it; a kit with two ceding bodies is not told
// that there are none.
func TestPartnersOfTheProject(t *testing.T) {
	all := known("ipa:c_e506", "Comune di Lecce", "ipa:c_a323", "Comune di Anzio", "ipa:c_f704", "Comune di Monza", "ipa:c_b157", "Comune di Brescia")
	u := Understand(partners(all))
	p := Propose(u)
	k := catalog.Read(os.DirFS(onDisk(t, u, p)), catalog.ReadOptions{Forks: true}).Kits[0]
	if k.Project == nil || k.Project.Lead != "ipa:c_f704" {
		t.Fatalf("%+v", k.Project)
	}
	if got, want := fmt.Sprint(k.Project.Partners), "[{ipa:c_f704 ceding} {ipa:c_b157 ceding} {ipa:c_a323 reusing} {ipa:c_e506 reusing}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, g := range p.Gaps {
		if g.Codes[0] == "W11" {
			t.Errorf("%+v", g)
		}
	}
	told := false
	for _, g := range Propose(Understand(partners(known("ipa:c_e506", "Comune di Lecce")))).Gaps {
		if g.Codes[0] == "W11" {
			told = strings.Contains(g.What.It, "ne nominano 2 e 2, ma di 3 non si conosce")
		}
	}
	if !told {
		t.Error("the gap does not say whom the documents name")
	}
}

// The owner that a publiccode.yml names is known by it, but a catalogue knows better.
func TestTheOwnerIsKnown(t *testing.T) {
	r := partners(known("ipa:c_e506", "Comune di Lecce"))
	r.PublicCode = "publiccodeYmlVersion: \"0\"\nname: Prova\nurl: https://git.example.it/ente/prova\norganisation:\n  uri: urn:x-italian-pa:c_f704\n  name: Comune di Monza\n"
	if u := Understand(r); len(u.Ceding) != 2 || u.Ceding[0].Ref != "ipa:c_f704" || u.Ceding[1].Ref != "" {
		t.Errorf("%+v", u.Ceding)
	}
	r.Bodies = known("ipa:c_x000", "Comune di Monza")
	if u := Understand(r); u.Ceding[0].Ref != "ipa:c_x000" {
		t.Errorf("%+v", u.Ceding)
	}
}

// A second import that knows the code puts the story in place of the one that waited, unless somebody edited that; a third
// without the list knows the bodies from the trace; a story that its owner gave its name is no document of the kit.
func TestAStoryThatWaitedIsReplaced(t *testing.T) {
	disk := map[string][]byte{}
	have := func(p string) ([]byte, bool) { data, ok := disk[p]; return data, ok }
	write := func(b Bodies, kept map[catalog.EntityRef]string) (acts map[string]Action) {
		r := partners(b)
		r.Kept = kept
		p := Propose(Understand(r))
		p.Files = append(p.Files, p.Waiting...)
		acts = map[string]Action{}
		for _, w := range Rebase(p, have) {
			acts[w.Path] = w.Action
			if w.Writes() {
				disk[w.Path] = w.Data
			} else if w.Action == ActionReplaced {
				delete(disk, w.Path)
			}
		}
		return acts
	}
	const anzio, lecce = "adoptions/senza-codice-comune-di-anzio.md", "adoptions/senza-codice-comune-di-lecce.md"
	if acts := write(nil, nil); acts[anzio] != ActionNew || acts[lecce] != ActionNew {
		t.Fatalf("%v", acts)
	}
	disk[lecce] = []byte(strings.Replace(string(disk[lecce]), "#entity: ipa:…", "entity: ipa:c_e506", 1))
	acts := write(known("ipa:c_e506", "Comune di Lecce", "ipa:c_a323", "Comune di Anzio", "ipa:c_f704", "Comune di Monza"), map[catalog.EntityRef]string{"ipa:c_e506": lecce})
	if acts[anzio] != ActionReplaced || acts["adoptions/c_a323.md"] != ActionNew || acts[lecce] != ActionEdited || acts["adoptions/c_e506.md"] != "" {
		t.Errorf("%v", acts)
	}
	roll := NewRoll()
	RecallBodies(disk[TracePath], roll)
	for p, a := range write(roll, map[catalog.EntityRef]string{"ipa:c_e506": lecce}) {
		if a != ActionSame && p != lecce {
			t.Errorf("a third import: %s %s", p, a)
		}
	}
}
