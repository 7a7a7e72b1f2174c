package catalog

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/schema"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"
)

var update = flag.Bool("update", false, "write the findings of testdata/rules as they are now; read every changed line")

const rulesDir = "testdata/rules"

// ruleCase is one archive of testdata/rules: files laid over a base, and what is said of them.
//
// Lines "key: value" of its comment say what a tree cannot:
//
//	base: catalogue                         another base than kit
//	url: https://…  tags: v1.0.0 v1.1.0     what the reading is told of the repository
//	ipa: c_x001 p_x001                      the codes that exist; without it all do
//	observatory: ipa:r_x001                 the bodies whose levels hold
//	now: 2026-01-01                         the day
//	only: W15                               the file "want" holds the findings of this code only
//	remove: path                            a file of the base that is not there
//	bytes: path 1048576                     a file of that many zeros
//	symlink: path target                    a symbolic link
//	submodule: path                         another repository
//	nfd: path                               a file of the archive whose name gets decomposed accents
type ruleCase struct {
	tree    fstest.MapFS
	options ReadOptions
	only    string
	want    string
}

// newRuleCase lays the files of an archive over its base.
func newRuleCase(t *testing.T, a *txtar.Archive) ruleCase {
	t.Helper()
	c := ruleCase{tree: fstest.MapFS{}, options: ReadOptions{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}
	base := "kit"
	var after []func()
	for line := range strings.Lines(string(a.Comment)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		words := strings.Fields(value)
		if !ok || strings.HasPrefix(key, "#") || len(words) == 0 {
			continue
		}
		switch key {
		case "base":
			base = value
		case "url":
			c.options.URL = value
		case "tags":
			c.options.Tags = words
		case "ipa":
			c.options.IPACode = func(code string) bool { return slices.Contains(words, code) }
		case "observatory":
			for _, w := range words {
				c.options.Observatory = append(c.options.Observatory, EntityRef(w))
			}
		case "now":
			day, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			c.options.Now = day
		case "only":
			c.only = value
		case "remove":
			after = append(after, func() {
				if c.tree[value] == nil {
					t.Fatalf("there is no %s to remove", value)
				}
				delete(c.tree, value)
			})
		case "bytes":
			n, err := strconv.Atoi(words[1])
			if err != nil {
				t.Fatal(err)
			}
			after = append(after, func() { c.tree[words[0]] = &fstest.MapFile{Data: make([]byte, n)} })
		case "symlink":
			after = append(after, func() { c.tree[words[0]] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte(words[1])} })
		case "submodule":
			after = append(after, func() { c.tree[value+"/.git"] = &fstest.MapFile{Data: []byte("gitdir: ../.git/modules/x\n")} })
		case "nfd":
			after = append(after, func() {
				c.tree[norm.NFD.String(value)] = c.tree[value]
				delete(c.tree, value)
			})
		default:
			t.Fatalf("%q is no option", key)
		}
	}
	for _, files := range [][]txtar.File{archive(t, base+".base").Files, a.Files} {
		for _, f := range files {
			if f.Name == "want" {
				c.want = string(f.Data)
				continue
			}
			c.tree[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	for _, f := range after {
		f()
	}
	return c
}

// has says whether a finding can be of that file or folder, by the name that is shown of it; "" is the tree as a whole.
func (c *ruleCase) has(name string) bool {
	if info, err := fs.Stat(c.tree, name); name == "" || err == nil && info.IsDir() {
		return true
	}
	for p := range c.tree {
		if quoted(p) == quoted(name) {
			return true
		}
	}
	return false
}

func archive(t *testing.T, name string) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join(rulesDir, name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// written is how a finding stands in the file "want": the place and the sentence, then the other words that a person reads.
func written(f schema.Finding) string {
	s := fmt.Sprintf("%s\n    %s\n  → %s\n    %s\n", f, f.Message.En, f.Hint.It, f.Hint.En)
	if f.Ignored != "" {
		s += "    [" + f.Ignored + "]\n"
	}
	return s
}

// TestRules reads the good and the bad case of every rule. Nothing else may be said than what stands in the file, so that a
// sentence, a place or a piece of advice that changes is looked at by somebody.
func TestRules(t *testing.T) {
	for _, name := range ruleCases(t) {
		t.Run(name, func(t *testing.T) {
			a := archive(t, name)
			c := newRuleCase(t, a)
			code, kind, _ := strings.Cut(name, ".")
			code, _, _ = strings.Cut(code, "-")
			var got strings.Builder
			found := false
			for _, f := range Read(c.tree, c.options).Findings {
				found = found || f.Code == code
				if c.only == "" || f.Code == c.only {
					got.WriteString(written(f))
				}
				if f.Message.It == "" || f.Message.En == "" || f.Hint.It == "" || f.Hint.En == "" {
					t.Errorf("not everything is said: %+v", f)
				}
				if !c.has(f.File) {
					t.Errorf("there is no file %s: %s", f.File, f)
				}
			}
			if found != (kind == "bad") {
				t.Errorf("%s found: %v", code, found)
			}
			if *update {
				writeWant(t, name, a, got.String())
			} else if got.String() != c.want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), c.want)
			}
		})
	}
}

// ruleCases names the archives that are cases: all but the bases.
func ruleCases(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(rulesDir + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var out []string
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".txtar"); !strings.HasSuffix(name, ".base") {
			out = append(out, name)
		}
	}
	return out
}

func writeWant(t *testing.T, name string, a *txtar.Archive, want string) {
	t.Helper()
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	if want != "" {
		a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(want)})
	}
	p := filepath.Join(rulesDir, name+".txtar")
	if old, err := os.ReadFile(p); err == nil && bytes.Equal(old, txtar.Format(a)) {
		return
	}
	if err := os.WriteFile(p, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The bases are what every case is laid over: nothing is wrong with them.
func TestRulesBases(t *testing.T) {
	for _, name := range []string{"kit", "catalogue"} {
		c := newRuleCase(t, &txtar.Archive{Comment: []byte("base: " + name + "\n")})
		for _, f := range Read(c.tree, c.options).Findings {
			t.Error(written(f))
		}
	}
}

// Every rule of the format has a good and a bad case.
func TestRulesHaveCases(t *testing.T) {
	cases := ruleCases(t)
	for _, r := range schema.Rules() {
		if strings.Contains("VTL", r.Code[:1]) {
			continue // what a visit met, what a file holds, what a legacy kit is: tested where it is met
		}
		for _, kind := range []string{"good", "bad"} {
			if !slices.Contains(cases, r.Code+"."+kind) {
				t.Errorf("%s has no %s case", r.Code, kind)
			}
		}
	}
}
