package catalog

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-community-pa/riuso/schema"
)

// story gives an adoption with some more lines of front matter, as it is read.
func story(t *testing.T, more string) (Adoption, []schema.Finding) {
	t.Helper()
	got := Read(withFile("adoptions/c_a.md", "---\ntype: adoption\nentity: ipa:c_a\nsource: x\nevents: [{kind: interest}]\n"+more+"---\n"), ReadOptions{URL: home})
	for _, a := range got.Kits[0].Adoptions {
		if a.Entity == "ipa:c_a" {
			return a, of(got, "adoptions/c_a.md")
		}
	}
	t.Fatalf("the story is not there: %v", got.Findings)
	return Adoption{}, nil
}

// One map with a number that JSON does not know made the store refuse a whole crawl.
func TestFreeValuesCanBeWritten(t *testing.T) {
	for _, tc := range []struct {
		name, yaml string
		want       map[string]any
		findings   int
	}{
		{"what JSON knows", "{a: 1, b: 1.5, c: testo, d: true, e: [1, due], f: {g: ~}}", map[string]any{"a": 1, "b": 1.5, "c": "testo", "d": true, "e": []any{1, "due"}}, 0},
		{"numbers that are not finite", "{a: .nan, b: .inf, c: -.inf, d: 1, e: [.nan, 2]}", map[string]any{"d": 1, "e": []any{2}}, 4},
		{"a number that is too large", "{a: 99999999999999999999999, b: 18446744073709551615, c: 1e999, d: ok}", map[string]any{"a": 1e23, "c": "1e999", "d": "ok"}, 1},
		{"a date is a text", "{a: 2020-01-02, b: 2020-01-02T03:04:05Z}", map[string]any{"a": "2020-01-02", "b": "2020-01-02T03:04:05Z"}, 0},
		{"keys are texts", "{1: uno, true: sì, 2020-01-01: giorno}", map[string]any{"1": "uno", "true": "sì", "2020-01-01": "giorno"}, 0},
		{"keys that are not", "{{a: b}: c, [d]: e, \"f\\0g\": h, \"\": i, \"j\\nk\": l, m: n}", map[string]any{"m": "n"}, 5},
		{"the same key twice", "{a: 1, a: 2}", map[string]any{"a": 1}, 1},
		{"tags", "{a: !!binary aGk=, b: !io 3, c: !!float x, d: !!int x}", map[string]any{"a": "aGk=", "b": "3"}, 2},
		{"control characters", "{a: \"b\\0c\\e\"}", map[string]any{"a": "b c"}, 1},
		{"too deep", "{a: " + strings.Repeat("[", 20) + "1" + strings.Repeat("]", 20) + ", b: 1}", map[string]any{"b": 1}, 1},
		{"anchors and aliases", "{a: &x [1], b: *x}", map[string]any{"a": []any{1}}, 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a, findings := story(t, "context: "+tc.yaml+"\n")
			if diff := cmp.Diff(tc.want, a.Context); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for _, f := range findings {
				if f.Code != "E01" || f.Line != 6 || !strings.HasPrefix(f.Key, "context") {
					t.Errorf("finding %v", f)
				}
			}
			if len(findings) != tc.findings {
				t.Errorf("%d findings: %v", len(findings), findings)
			}
			if _, err := json.Marshal(a); err != nil {
				t.Error(err)
			}
		})
	}
}

// A NUL in a key is the separator of the store; an id of a megabyte is nobody's.
func TestWhatNamesAThingIsClean(t *testing.T) {
	long := strings.Repeat("x", MaxID+1)
	for _, tc := range []struct{ name, file, text string }{
		{"entity of an adoption", "adoptions/c_a.md", "type: adoption\nentity: \"ipa:a\\0b\"\nevents: [{kind: interest}]\n"},
		{"entity that is too long", "adoptions/c_a.md", "type: adoption\nentity: ipa:" + long + "\nevents: [{kind: interest}]\n"},
		{"entity with a separator of keys", "adoptions/c_a.md", "type: adoption\nentity: ipa:a#b\nevents: [{kind: interest}]\n"},
		{"kit of an adoption", "adoptions/c_a.md", "type: adoption\nentity: ipa:c_a\nkit: \"https://git.example.it/a\\0b\"\nevents: [{kind: interest}]\n"},
		{"kit with a line end", "adoptions/c_a.md", "type: adoption\nentity: ipa:c_a\nkit: \"https://git.example.it/a\\nb\"\nevents: [{kind: interest}]\n"},
		{"id of a body", "entities/a.md", "type: entity\nid: \"a\\0b\"\nname: A\n"},
		{"id of a body, by its shape", "entities/a.md", "type: entity\nid: a/b\nname: A\n"},
		{"id of a body, by its length", "entities/a.md", "type: entity\nid: " + long + "\nname: A\n"},
		{"code of a body", "entities/a.md", "type: entity\nid: c_a\nipa: \"c\\0a\"\nname: A\n"},
		{"id of a source", "sources/a.md", "type: source\nid: \"a\\0b\"\nkind: kit\nurl: https://git.example.it/a\n"},
		{"address of a source", "sources/a.md", "type: source\nid: a\nkind: kit\nurl: \"https://git.example.it/a\\0b\"\n"},
		{"id of a document", "docs/b.md", "type: document\nid: \"a\\0b\"\n"},
		{"a reference", "docs/b.md", "type: document\nid: b\nrelated: [\"doc:a\\0b\"]\n"},
		{"a reference of two lines", "docs/b.md", "type: document\nid: b\nrelated: [\"doc:a\\nb\"]\n"},
		{"id of a part of a record", "docs/b.md", "type: document\nid: b\nbodies: [{id: " + long + ", name: x}]\n"},
		{"path of an attachment", "docs/b.md", "type: document\nid: b\nattachments: [{path: \"a\\0b\"}]\n"},
		{"key of a map", "entities/a.md", "type: entity\nid: c_a\nname: A\nprofile: {\"a\\0b\": [x]}\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := withFile(tc.file, "---\n"+tc.text+"---\n")
			m["catalogue.md"] = withFile("c", "---\ntype: catalogue\nid: c\ntitle: C\n---\n")["c"]
			got := Read(m, ReadOptions{URL: home})
			if !slices.ContainsFunc(of(got, tc.file), func(f schema.Finding) bool { return f.Code == "E01" && f.Line > 1 && f.Hint.It != "" }) {
				t.Errorf("no finding: %v", got.Findings)
			}
			checkTree(t, got)
		})
	}
}

func TestTextsHaveNoControlCharacters(t *testing.T) {
	a, findings := story(t, "name: \"a\\0b\\u0085c\\e[31m\"\nlessons: \"riga\\r\\nriga\\ttab\\u0007\"\nkitVersion: "+strings.Repeat("9", MaxLine+1)+"\n")
	if a.Name != "a b c [31m" || a.Lessons != "riga\nriga\ttab" || len(findings) != 3 {
		t.Errorf("name %q, lessons %q, findings %v", a.Name, a.Lessons, findings)
	}
	if n := len([]rune(a.KitVersion)); n != MaxLine {
		t.Errorf("a version of %d characters", n)
	}
	got := Read(withFile("docs/z.md", "---\ntype: document\nid: z\n---\ncorpo\x00\x1b[31m\r\nriga\n"), ReadOptions{URL: home})
	for _, d := range got.Kits[0].Documents {
		if d.ID == "z" && d.Body != "corpo  [31m\nriga\n" {
			t.Errorf("body %q", d.Body)
		}
	}
	m := withFile("docs/\x01.md", "---\ntype: document\nid: z\n---\n")
	m["docs/"+strings.Repeat("x", MaxPath)+".md"] = m["docs/\x01.md"]
	got = Read(m, ReadOptions{URL: home})
	if n := len(slices.DeleteFunc(slices.Clone(got.Findings), func(f schema.Finding) bool { return f.Code != "W12" })); n != 2 || len(got.Kits[0].Documents) != 1 {
		t.Errorf("two paths that cannot be used: %v", got.Findings)
	}
}

// What publiccode.yml says of the address and of the body becomes a key, too.
func TestDescriptorWithControlCharacters(t *testing.T) {
	text := strings.NewReplacer("url: https://git.example.it/ente/kit", "url: \"https://git.example.it/a\\0b\"", "name: Kit di prova", "name: \"Kit\\0di prova\"").Replace(goodKit)
	for _, o := range []ReadOptions{{}, {URL: home}} {
		m := tree(text)
		got := Read(m, o)
		checkTree(t, got)
	}
}

// A bad answer is not a no.
func TestWhatIsRefusedIsNotKnown(t *testing.T) {
	a, findings := story(t, "consent: forse\npopulation: tanti\n")
	if a.Consent != nil || a.Population != nil || len(findings) != 2 {
		t.Errorf("consent %v, population %v, %v", a.Consent, a.Population, findings)
	}
	if a, _ := story(t, "consent: true\n"); a.Consent == nil || !*a.Consent {
		t.Error("a yes is a yes")
	}
}

// checkTree says what must hold of any tree: it can be stored, what names a thing is clean, and a finding has words.
func checkTree(t *testing.T, got *Tree) {
	t.Helper()
	for _, f := range got.Findings {
		if f.Code == "" || f.Message.It == "" || f.Message.En == "" {
			t.Errorf("a finding without words: %+v", f)
		}
	}
	if n := len(got.Findings); n > MaxTreeFindings+2*MaxFileFindings {
		t.Errorf("%d findings", n)
	}
	if _, err := json.Marshal(got); err != nil {
		t.Errorf("the tree cannot be written: %v", err)
	}
	for _, s := range got.Sources {
		if !slugShape.MatchString(string(s.ID)) {
			t.Errorf("source id %q", s.ID)
		}
	}
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	d := Apply(Known{}, Visit{Source: Source{ID: "s"}, At: at, Outcome: Full, URL: home, Tree: got}, DefaultPolicy())
	if _, err := json.Marshal(d); err != nil {
		t.Errorf("the delta cannot be written: %v", err)
	}
	for _, r := range d.Put {
		if key := string(r.Key); strings.ContainsFunc(key, isBlankOrControl) || len(key) > 4*MaxLine {
			t.Errorf("key %q", r.Key)
		}
		if id := BaseID(&r); id == "" || len(id) > MaxSlug || strings.ContainsFunc(id, isBlankOrControl) {
			t.Errorf("public id %q", id)
		}
		if strings.ContainsFunc(r.Title, isControl) {
			t.Errorf("title %q", r.Title)
		}
	}
}

func isBlankOrControl(r rune) bool { return r < ' ' || r == 0x7f || isControl(r) }
