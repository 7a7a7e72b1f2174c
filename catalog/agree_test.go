package catalog

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/sharedtest"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Editors go by the published JSON Schemas, the check by [Read]: who is told one thing while writing and another after
// does not know whom to believe. These tests give the same front matters to both.

// beyondSchema are the codes of what no schema of one front matter can know, each with the reason.
var beyondSchema = map[string]string{
	"E05": "ids and codes are unique among files",
	"E06": "references and file names lead to other files",
	"E07": "the register of public bodies is elsewhere",
	"E08": "what holds for a kind of kit, and digests, look at the whole kit",
	"E09": "versions are held against publiccode.yml and tags",
	"E10": "the order of steps is told from their kinds",
	"E11": "which step needs an act, and times that exclude one another",
	"E12": "keys stand in the text of the act",
	"E14": "tariffs that overlap, and amounts against their rules",
	"E15": "whose word a level needs",
	"E16": "files and digests are on the disk",
	"E17": "links and folders are on the disk; of a path alone both say the same, see the table",
	"E18": "a repository in a repository",
	"E19": "what the rules of a tariff need of one another",
	"E20": "what a step of an adoption needs of the others",
}

// beyond says why a schema need not refuse what Read does, or "".
func beyond(f schema.Finding) string {
	switch {
	case beyondSchema[f.Code] != "":
		return beyondSchema[f.Code]
	case f.Code == "E03" && f.Key == "":
		return "a text stands below the front matter"
	case strings.Contains(f.Message.En, "is there twice"), strings.Contains(f.Message.En, "anchors"), strings.Contains(f.Message.En, "must be a word"):
		return "keys that are there twice, anchors and odd keys are YAML: JSON has none"
	case strings.Contains(f.Message.En, "is not an SPDX licence"), strings.Contains(f.Message.En, "is not the code of a language"):
		return "a schema knows how a code is made, and registers which codes there are"
	case strings.Contains(f.Message.En, "control characters"):
		return "a schema does not look into texts for what cannot be seen"
	case strings.Contains(f.Message.En, "is not a date") && (strings.Contains(f.Message.En, "-02-29") || strings.Contains(f.Message.En, "0000")):
		return "which years have a 29 February is more than a pattern says"
	}
	return ""
}

// agreement compares the two on the front matters of trees.
type agreement struct {
	t        *testing.T
	compiler *jsonschema.Compiler
	records  map[string]int // front matters looked at, by type

	unwritten bool // the last one has a key with nothing after the colon
}

func newAgreement(t *testing.T) *agreement {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.UseLoader(published{})
	return &agreement{t: t, compiler: c, records: map[string]int{}}
}

type published struct{}

func (published) Load(url string) (any, error) {
	data, ok := schema.File(path.Base(url))
	if !ok {
		return nil, fmt.Errorf("no schema %s", url)
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(data))
}

// unwritten says that a front matter has a key with nothing after the colon. For the check it is one that is not there, as
// people leave the keys of a model that they do not need; a schema sees a value of no type. Required ones both refuse.
func unwritten(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case map[string]any:
		return slices.ContainsFunc(slices.Collect(maps.Values(v)), unwritten)
	case []any:
		return slices.ContainsFunc(v, unwritten)
	}
	return false
}

// bySchema validates the front matter of one file, refused being nil where it is valid; ok is false where there is none to
// compare.
func (a *agreement) bySchema(name string, data []byte) (draft, ok bool, refused error) {
	head, _, _, _ := (&reader{tree: &Tree{}}).split(name, data)
	if head == nil || isPlain(name) {
		return false, false, nil
	}
	value, _ := sharedtest.Plain(head).(map[string]any)
	record, named := value["type"].(string)
	if !named {
		_, in, found := strings.Cut(name, "kits/")
		if _, rest, deeper := strings.Cut(in, "/"); found && deeper {
			name = rest
		}
		record = typeByFolder(name)
	}
	if !slices.Contains(schema.Records(), record) {
		return false, false, nil
	}
	s, err := a.compiler.Compile(record + ".schema.json")
	if err != nil {
		a.t.Fatal(err)
	}
	a.records[record]++
	a.unwritten = unwritten(value)
	return value["status"] == "draft", true, s.Validate(value)
}

// tree compares the two on each file of a tree that only accepts.
func (a *agreement) tree(label string, fsys fs.FS, o ReadOptions, only func(name string) bool) {
	a.t.Helper()
	found := Read(fsys, o).Findings
	draftKit := slices.ContainsFunc(found, func(f schema.Finding) bool {
		return f.Code == "E03" && f.Severity == schema.Warning && path.Base(f.File) == "kit.md"
	})
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || path.Ext(name) != ".md" || !only(name) {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		draft, ok, refused := a.bySchema(name, data)
		if !ok {
			return nil
		}
		var said []string
		known := false // it is about what only Read knows
		for _, f := range found {
			switch {
			case f.File != name:
			case f.Code == "E03" && f.Key != "" && f.Severity == schema.Warning && (draftKit || draft && strings.ContainsAny(f.Key, ".[")):
				known = true // a draft kit excuses its files, and a draft its parts: a schema excuses the keys of a draft only
			case f.Code == "E19":
				known = true // in a draft a warning, of which a schema of a part knows nothing
			case f.Severity != schema.Error:
			case beyond(f) != "":
				known = true
			default:
				said = append(said, f.String())
			}
		}
		switch {
		case refused != nil && len(said) == 0 && !known && !a.unwritten:
			a.t.Errorf("%s: %s: the schema alone refuses it: %v", label, name, refused)
		case refused == nil && len(said) > 0:
			a.t.Errorf("%s: %s: the check alone refuses it: %s", label, name, strings.Join(said, "; "))
		}
		return nil
	})
	if err != nil {
		a.t.Fatal(err)
	}
}

func anyFile(string) bool { return true }

func TestSchemasAgreeOnTheStarter(t *testing.T) {
	a := newAgreement(t)
	a.tree("starter", starter.FS(), ReadOptions{}, anyFile)
	for _, record := range []string{"kit", "document", "tariff", "entity", "community", "event", "source", "catalogue"} {
		if a.records[record] == 0 {
			t.Errorf("no front matter of a %s was compared", record)
		}
	}
}

func TestSchemasAgreeOnTheCasesOfTheRules(t *testing.T) {
	a := newAgreement(t)
	for _, name := range ruleCases(t) {
		archived := archive(t, name)
		c := newRuleCase(t, archived)
		a.tree(name, c.tree, c.options, func(file string) bool {
			return slices.ContainsFunc(archived.Files, func(f txtar.File) bool { return f.Name == file })
		})
	}
	if a.records["kit"] == 0 || a.records["tariff"] == 0 || a.records["adoption"] == 0 {
		t.Errorf("compared: %v", a.records)
	}
}

// changed is one front matter of the table: a file of the base with some of its lines in another form.
type changed struct {
	file     string
	old, new string
	good     bool // what both should say
}

func TestSchemasAgree(t *testing.T) {
	a := newAgreement(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range agreements {
		base := "kit"
		if slices.ContainsFunc([]string{"catalogue.md", "entities/", "communities/", "events/", "sources/"}, func(p string) bool { return strings.HasPrefix(c.file, p) }) {
			base = "catalogue"
		}
		tree := fstest.MapFS{}
		for _, f := range archive(t, base+".base").Files {
			tree[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		label := c.file + ": " + c.new
		if tree[c.file] == nil {
			tree[c.file] = &fstest.MapFile{Data: []byte("---\n" + c.new + "\n---\nTesto.\n")}
		} else {
			text := string(tree[c.file].Data)
			if !strings.Contains(text, c.old) {
				t.Errorf("%s: there is no %q", label, c.old)
			}
			tree[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.new, 1))}
		}
		a.tree(label, tree, ReadOptions{Now: now}, func(name string) bool { return name == c.file })
		_, ok, refused := a.bySchema(c.file, tree[c.file].Data)
		if !ok || (refused == nil) != c.good {
			t.Errorf("%s: looked at %v, by the schema: %v", label, ok, refused)
		}
	}
	for _, record := range schema.Records() {
		if a.records[record] == 0 {
			t.Errorf("the table has no %s", record)
		}
	}
}
