package catalog

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
	"github.com/rogpeppe/go-internal/txtar"
)

// tree makes a file system of a txtar text.
func tree(text string) fs.FS {
	m := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(text)).Files {
		m[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return m
}

const goodKit = `
-- publiccode.yml --
publiccodeYmlVersion: "0"
name: Kit di prova
url: https://git.example.it/ente/kit
softwareVersion: "1.0.0"
releaseDate: "2026-01-15"
platforms: [web]
developmentStatus: stable
softwareType: standalone/other
description:
  it:
    shortDescription: Un kit
    longDescription: >
      Un kit di prova che serve a vedere che il lettore capisce le sue parti, con una descrizione
      abbastanza lunga da essere accettata dallo standard, che ne chiede almeno centocinquanta caratteri.
    features: [Convenzione]
legal: {license: CC-BY-4.0}
maintenance: {type: none}
localisation: {localisationReady: false, availableLanguages: [it]}
-- kit.md --
---
type: kit
spec: "1"
id: kit-prova
title: Kit di prova
summary: Un kit
kind: practice
status: published
version: "1.0.0"
released: 2026-01-15
codeScheme: cit
matrix: [{phase: A, ambit: all, reason: prova}, {phase: B, ambit: all, reason: prova}, {phase: C, ambit: all, reason: prova}]
ceding: [ipa:p_bs]
topics: [prova]
recipients: [entity]
reuseModes: [adapted]
agreementRequired: convention
contacts: [{office: Ufficio}]
need: Provare
license: CC-BY-4.0
languages: [it]
---
Testo.
-- docs/A/a4.md --
---
type: document
id: a4
code: A4
title: Adesione
summary: Come si aderisce
phase: A
ambit: [administrative]
kind: process
updated: 2026-01-10
status: final
steps:
  - {n: 1, actor: Ente, action: Approva, template: "template:convenzione"}
---
# Adesione
-- templates/convenzione.md --
---
type: template
id: convenzione
title: Convenzione
kind: convention
audience: {entityTypes: [municipality]}
placeholders: [{key: ente, label: Ente}]
---
Tra il {{ente}} e la Provincia.
-- adoptions/c_e506.md --
---
type: adoption
entity: ipa:C_E506
source: Un documento
events:
  - {kind: analysis-start}
  - {kind: decision-adopt, act: {kind: delibera}}
  - {kind: transfer-start, date: 2020-03}
---
-- CHANGELOG.md --
# Modifiche
## [Non rilasciato]
qualcosa
## [1.0.0] - 2026-01-15
### Aggiunto
- tutto
-- README.md --
# Kit di prova
`

func TestReadKit(t *testing.T) {
	got := Read(tree(goodKit), ReadOptions{URL: "https://git.example.it/ente/kit"})
	if len(got.Findings) > 0 {
		t.Errorf("a good kit has findings: %v", got.Findings)
	}
	if len(got.Kits) != 1 {
		t.Fatalf("%d kits", len(got.Kits))
	}
	k := got.Kits[0]
	if k.Key != "https://git.example.it/ente/kit" || k.Form != FormKit || k.Title != "Kit di prova" || k.Ceding[0] != "ipa:p_bs" {
		t.Errorf("kit read as %q %q %q %q", k.Key, k.Form, k.Title, k.Ceding)
	}
	if d := k.Documents; len(d) != 1 || d[0].Path != "docs/A/a4.md" || d[0].Phase[0] != "A" || d[0].Steps[0].Template != "template:convenzione" {
		t.Errorf("documents: %+v", d)
	}
	if a := k.Adoptions; len(a) != 1 || a[0].Entity != "ipa:c_e506" || a[0].Events[2].Date != "2020-03" {
		t.Errorf("adoptions: %+v", a)
	}
	if r := k.Releases; len(r) != 1 || r[0].Version != "1.0.0" || r[0].Date != "2026-01-15" || !strings.Contains(string(r[0].Body), "tutto") || strings.Contains(string(r[0].Body), "qualcosa") {
		t.Errorf("releases: %+v", r)
	}
	if c := Matrix(&k).Cell("A", "administrative"); len(c.Documents) != 1 || c.Documents[0] != "a4" {
		t.Errorf("cell A/administrative: %+v", c)
	}
}

// Each case spoils the good kit in one place and must give exactly one finding, there.
func TestReadFindings(t *testing.T) {
	for _, tc := range []struct {
		name, old, new string
		code           string
		file           string
		line           int
		says           string // in the message or the hint
	}{
		{"unknown key, near one that exists", "summary: Come si aderisce", "summary: Come si aderisce\nversoin: x", "E02", "docs/A/a4.md", 7, "version"},
		{"missing field", "updated: 2026-01-10\n", "", "E03", "docs/A/a4.md", 2, "updated"},
		{"bad enum, in Italian", "kind: process", "kind: processo", "E04", "docs/A/a4.md", 9, "process"},
		{"unknown phase", "\nphase: A", "\nphase: D", "E04", "docs/A/a4.md", 7, "Ricerca e selezione"},
		{"dangling reference", "template:convenzione", "template:convenzioni", "E06", "docs/A/a4.md", 13, "convenzioni"},
		{"bad date", "updated: 2026-01-10", "updated: 10/01/2026", "E01", "docs/A/a4.md", 10, "AAAA-MM-GG"},
		{"not YAML", "title: Adesione", "title: Adesione: a che", "E01", "docs/A/a4.md", 5, "YAML"},
		{"illegal step", "  - {kind: analysis-start}\n  - {kind: decision-adopt, act: {kind: delibera}}\n  - {kind: transfer-start, date: 2020-03}", "  - {kind: go-live, version: \"1\"}", "E10", "adoptions/c_e506.md", 6, "Messa a regime"},
		{"body without a type of code", "entity: ipa:C_E506", "entity: Comune di Lecce", "E01", "adoptions/c_e506.md", 3, "ipa:codice"},
		{"anchors", "title: Convenzione", "title: &t Convenzione", "E01", "templates/convenzione.md", 4, "alias"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !strings.Contains(goodKit, tc.old) {
				t.Fatal("the case does not spoil anything")
			}
			got := Read(tree(strings.Replace(goodKit, tc.old, tc.new, 1)), ReadOptions{URL: "https://git.example.it/ente/kit"})
			fs := slices.DeleteFunc(got.Findings, func(f schema.Finding) bool { return f.File != tc.file })
			if len(fs) != 1 {
				t.Fatalf("findings: %v", got.Findings)
			}
			f := fs[0]
			if f.Code != tc.code || f.Line != tc.line {
				t.Errorf("got %v, want %s at line %d", f, tc.code, tc.line)
			}
			if !strings.Contains(f.Message.It+f.Hint.It, tc.says) || f.Message.En == "" || f.Hint.En == "" {
				t.Errorf("does not say %q in both languages: %+v", tc.says, f)
			}
		})
	}
}

// A body may tell its own stories in a repository of its own (kit format §10).
func TestReadAdopterOnly(t *testing.T) {
	story := "---\ntype: adoption\nentity: ipa:c_e506\nconsent: true\nevents: [{kind: analysis-start}]\n%s---\n"
	got := Read(tree("-- adozioni/c_e506--kit.md --\n"+strings.Replace(story, "%s", "kit: https://git.example.it/ente/kit\n", 1)), ReadOptions{URL: "https://git.example.it/lecce/storie"})
	if len(got.Adoptions) != 1 || len(got.Findings) != 0 {
		t.Errorf("adoptions %v, findings %v", got.Adoptions, got.Findings)
	}
	got = Read(tree("-- adoptions/c_e506.md --\n"+strings.Replace(story, "%s", "", 1)), ReadOptions{})
	if !slices.ContainsFunc(got.Findings, func(f schema.Finding) bool { return f.Code == "E03" && f.Key == "kit" }) {
		t.Errorf("a story of no kit: %v", got.Findings)
	}
	with := strings.Replace(goodKit, "-- CHANGELOG.md --", "-- adoptions/p_bs.md --\n---\ntype: adoption\nentity: ipa:p_bs\nkit: https://git.example.it/altri/kit\nevents: [{kind: interest}]\n---\n-- CHANGELOG.md --", 1)
	got = Read(tree(with), ReadOptions{URL: "https://git.example.it/ente/kit"})
	if len(got.Adoptions) != 1 || len(got.Kits[0].Adoptions) != 1 || got.Adoptions[0].Entity != "ipa:p_bs" {
		t.Errorf("a story with somebody else's kit: %v", got.Adoptions)
	}
}

func TestReadDraftMayLackFields(t *testing.T) {
	draft := strings.Replace(strings.Replace(goodKit, "status: published", "status: draft", 1), "topics: [prova]\n", "", 1)
	got := Read(tree(draft), ReadOptions{URL: "https://git.example.it/ente/kit"})
	if len(got.Findings) != 1 || got.Findings[0].Code != "E03" || got.Findings[0].Severity != schema.Warning {
		t.Errorf("findings of a draft: %v", got.Findings)
	}
}

func TestReadTellsWhyNot(t *testing.T) {
	for name, tc := range map[string]struct{ text, code string }{
		"nothing there":         {"-- main.go --\npackage main\n", "V02"},
		"a copy of another":     {goodKit, "V01"},
		"not YAML":              {"-- publiccode.yml --\nname: [\n", "P01"},
		"name and nothing else": {"-- publiccode.yml --\nname: x\n", "V04"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Read(tree(tc.text), ReadOptions{URL: "https://git.example.it/altro/kit"})
			if len(got.Kits) > 0 || !slices.ContainsFunc(got.Findings, func(f schema.Finding) bool { return f.Code == tc.code }) {
				t.Errorf("kits %d, findings %v", len(got.Kits), got.Findings)
			}
		})
	}
}

// Whoever works on a copy wants to know what is wrong with it: one wrong address must not hide all else.
func TestReadForks(t *testing.T) {
	wrong := strings.Replace(goodKit, "topics: [prova]\n", "", 1)
	got := Read(tree(wrong), ReadOptions{URL: "https://git.example.it/altro/kit", Forks: true})
	var codes []string
	for _, f := range got.Findings {
		codes = append(codes, f.Code)
	}
	if !slices.Contains(codes, "V01") || !slices.Contains(codes, "E03") {
		t.Errorf("said of a copy: %v", got.Findings)
	}
}

// One sentence says that a descriptor is not YAML.
func TestReadSaysOnceWhatIsNotYAML(t *testing.T) {
	got := Read(tree("-- publiccode.yml --\nname: [\n"), ReadOptions{})
	if len(got.Findings) != 1 || got.Findings[0].Code != "P01" {
		t.Errorf("findings: %v", got.Findings)
	}
}

// The catalogue that we ship must be what we ask of others: no error, and every warning one that we mean.
func TestReadStarter(t *testing.T) {
	got := Read(starter.FS(), ReadOptions{})
	for _, f := range got.Findings {
		if f.Severity == schema.Error {
			t.Errorf("%v", f)
		}
	}
	ids := map[string]Kit{}
	for _, k := range got.Kits {
		ids[k.ID] = k
	}
	for _, id := range []string{"kit-cit", "kit-sua", "kit-sape", "kit-comunita-pratica"} {
		k, ok := ids[id]
		if !ok {
			t.Errorf("no %s", id)
			continue
		}
		if Reviewed(&k) {
			t.Errorf("%s claims that its body reviewed it", id)
		}
		for _, d := range k.Documents {
			if d.Source == "" {
				t.Errorf("%s: %s names no source document", id, d.Path)
			}
		}
	}
	cit := ids["kit-cit"]
	if c := CompletenessOf(&cit); c.Filled != 15 || len(cit.Documents) < 11 {
		t.Errorf("the matrix of the seed has 15 cells, %d are filled by %d documents", c.Filled, len(cit.Documents))
	}
	// K5 of the founding documents: 3 objectives, 10 items of the perimeter, 12 tasks.
	if len(cit.Objectives) != 3 || len(cit.Perimeter) != 10 || len(cit.Tasks) != 12 {
		t.Errorf("objectives %d, perimeter %d, tasks %d", len(cit.Objectives), len(cit.Perimeter), len(cit.Tasks))
	}
	if len(cit.Adoptions) != 4 || len(got.Events) != 4 {
		t.Errorf("%d adoptions, %d meetings", len(cit.Adoptions), len(got.Events))
	}
	for _, a := range cit.Adoptions {
		if a.Source == "" {
			t.Errorf("adoption %s without source", a.Entity)
		}
	}
}

// Every real repository gives an entry or a finding that says why not, and none is more than a moment's work.
func TestReadCorpus(t *testing.T) {
	repos := sharedtest.Path(t, "corpus/repos")
	dirs, err := os.ReadDir(repos)
	if err != nil {
		t.Fatal(err)
	}
	entries, told := 0, 0
	for _, d := range dirs {
		owner, name, _ := strings.Cut(d.Name(), "__")
		got := Read(os.DirFS(filepath.Join(repos, d.Name())), ReadOptions{URL: "https://github.com/" + owner + "/" + name})
		switch {
		case len(got.Kits) == 1:
			entries++
			if k := got.Kits[0]; k.Title == "" || k.Summary == "" || k.Key == "" {
				t.Errorf("%s: an entry without a title, a summary or a key", d.Name())
			}
		case slices.ContainsFunc(got.Findings, func(f schema.Finding) bool { return f.Code[0] == 'V' && f.Hint.It != "" }):
			told++
		default:
			t.Errorf("%s: neither an entry nor a reason: %v", d.Name(), got.Findings)
		}
	}
	t.Logf("%d entries, %d repositories that say why not", entries, told)
	if entries+told != len(dirs) || entries < len(dirs)/2 {
		t.Errorf("%d entries and %d reasons for %d repositories", entries, told, len(dirs))
	}
}
