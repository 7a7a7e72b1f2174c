package fix_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/fix"
	"github.com/open-community-pa/riuso/schema/publiccode"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// onlyThere says whether two files differ in nothing but the lines of the edits.
func onlyThere(before, after []byte, edits []fix.Edit) bool {
	touched := map[int]bool{}
	for _, e := range edits {
		touched[e.Line] = true
	}
	var a [][]byte
	for i, line := range bytes.SplitAfter(before, []byte("\n")) {
		if !touched[i+1] {
			a = append(a, line)
		}
	}
	// What is left of the one must stand in the other in that order: an edit may take away lines below its own, those of
	// the section that it moves.
	b := bytes.SplitAfter(after, []byte("\n"))
	lost := 0
	for _, line := range a {
		at := 0
		for at < len(b) && !bytes.Equal(b[at], line) {
			at++
		}
		if at == len(b) {
			lost++
			continue
		}
		b = b[at+1:]
	}
	moved := 0
	for _, e := range edits {
		if e.Key == "IT.riuso.codiceIPA" {
			moved = 2 // riuso and codiceIPA below IT
		}
	}
	return lost <= moved
}

// Every real file keeps every line but those that are named; what it says stays but for what was mended; and it has no
// error that it had not.
func TestCorpus(t *testing.T) {
	root := sharedtest.Path(t, "corpus/repos")
	files, mended := 0, 0
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		ext := filepath.Ext(p)
		if ext != ".md" && ext != ".yml" && ext != ".yaml" {
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		files++
		if ext == ".md" {
			if out, edits := fix.FrontMatter(data, nil); !onlyThere(data, out, edits) || len(edits) == 0 && !bytes.Equal(out, data) {
				t.Errorf("%s: more changed than %s", p, did(edits))
			}
			return nil
		}
		out, edits := mend(string(data))
		if len(edits) == 0 {
			if out != string(data) {
				t.Errorf("%s: changed without saying so", p)
			}
			return nil
		}
		mended++
		if !onlyThere(data, []byte(out), edits) {
			t.Errorf("%s: more changed than %s", p, did(edits))
		}
		if strings.HasPrefix(filepath.Base(p), "publiccode.") {
			_, old := publiccode.Parse(data, publiccode.Options{})
			_, now := publiccode.Parse([]byte(out), publiccode.Options{})
			if !schema.HasErrors(old) && schema.HasErrors(now) {
				t.Errorf("%s: mending made an error of it: %v", p, now)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d mended", files, mended)
	if files < 200 || mended == 0 {
		t.Errorf("%d files, %d mended: that cannot be the corpus", files, mended)
	}
}

// What a mended file says is what it said, but for what was mended.
func TestTheRestSaysTheSame(t *testing.T) {
	in := head + "softwareVersion: 1.10\nintendedAudience: {countries: [it]}\nlegal: {license: AGPL-3.0}\n" + rest
	out, edits := mend(in)
	var a, b map[string]any
	if err := yaml.Unmarshal([]byte(in), &a); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(out), &b); err != nil {
		t.Fatal(err)
	}
	if len(edits) != 3 || b["softwareVersion"] != "1.10" {
		t.Fatalf("%s: %v", did(edits), b["softwareVersion"])
	}
	for _, name := range []string{"softwareVersion", "intendedAudience", "legal"} {
		if reflect.DeepEqual(a[name], b[name]) {
			t.Errorf("%s was not mended", name)
		}
		delete(a, name)
		delete(b, name)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%v\nis not\n%v", b, a)
	}
}

func FuzzFix(f *testing.F) {
	f.Add([]byte(head + "softwareVersion: 1.10\nintendedAudience: {countries: [it]}\nlegal:\n  license: AGPL-3.0\n  repoOwner: a\nIT:\n  riuso:\n    codiceIPA: c_x\n"))
	f.Add([]byte("---\r\ntype: kit\r\nversion: 1.0\r\n---\r\nspec: 1\r\n"))
	f.Add([]byte("---\ntype: tariff\na: [1, 2.0,\u20283]\n---\n"))
	f.Add([]byte("\xef\xbb\xbfit: {riuso: {codiceIPA: c_x}}\nmonochromeLogo: a\nurl: a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, edits := mend(string(data))
		if again, more := mend(out); again != out || len(more) > 0 {
			t.Fatalf("mended twice: %q, %q, %s", out, again, did(more))
		}
		if len(edits) == 0 && out != string(data) {
			t.Fatalf("changed without saying so: %q", out)
		}
		amounts := numbers(data)
		front, edits := fix.FrontMatter(data, amounts)
		if len(edits) == 0 && !bytes.Equal(front, data) {
			t.Fatalf("changed without saying so: %q", front)
		}
		if again, more := fix.FrontMatter(front, numbers(front)); !bytes.Equal(again, front) {
			t.Fatalf("mended twice: %q, %q, %s", front, again, did(more))
		}
	})
}

// numbers says of every digit of a text that an amount stands there.
func numbers(data []byte) (out []schema.Finding) {
	for i, line := range strings.Split(string(data), "\n") {
		for j, r := range []rune(line) {
			if r >= '0' && r <= '9' || r == '-' {
				out = append(out, schema.Finding{Code: "E13", Line: i + 1, Column: j + 1})
			}
		}
	}
	return out
}
