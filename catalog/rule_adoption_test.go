package catalog

import (
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/schema"
)

// Of a body that does not agree to be shown nothing is in any record but that, wherever its history lies: no page can show
// it, and nobody else's version of it is shown either.
func TestAdoptionWithoutConsentIsKeptOut(t *testing.T) {
	file := func(head string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntype: adoption\nentity: ipa:c_x009\nevents: [{kind: interest}]\n" + head + "---\nTesto.\n")}
	}
	elsewhere := "kit: https://git.example.it/altro/kit.git\n"
	for _, tc := range []struct {
		base, path, head string
		want             int
	}{
		{"kit", "adoptions/c_x009.md", "consent: true\n", 2}, // beside the one of the base
		{"kit", "adoptions/c_x009.md", "consent: false\n", 1},
		{"kit", "adoptions/c_x009.md", elsewhere + "consent: false\n", 1},
		{"catalogue", "adoptions/c_x009--kit.md", elsewhere + "consent: true\n", 1},
		{"catalogue", "adoptions/c_x009--kit.md", elsewhere + "consent: false\n", 0},
		{"", "adoptions/c_x009.md", elsewhere + "consent: true\n", 1},
		{"", "adoptions/c_x009.md", elsewhere + "consent: false\n", 0},
	} {
		fsys := fstest.MapFS{}
		if tc.base != "" {
			for _, f := range archive(t, tc.base+".base").Files {
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			if tc.base == "catalogue" {
				for p := range fsys {
					if typeByFolder(p) == "adoption" {
						delete(fsys, p)
					}
				}
			}
		}
		fsys[tc.path] = file(tc.head)
		tree := Read(fsys, ReadOptions{})
		n := 0
		for _, a := range tree.Adoptions {
			if !a.Refused() {
				n++
			} else if len(a.Events) > 0 || a.Body != "" || a.Entity != "ipa:c_x009" || a.Kit == "" {
				t.Errorf("%s %s: of a story without consent %+v is kept", tc.base, tc.path, a)
			}
		}
		for i := range tree.Kits {
			n += len(tree.Kits[i].Adoptions)
			if no := tree.Kits[i].NoConsent; tc.path == "adoptions/c_x009.md" && tc.head == "consent: false\n" && (len(no) != 1 || no[0] != "ipa:c_x009") {
				t.Errorf("the kit's repository says that %q do not agree", no)
			}
		}
		if n != tc.want {
			t.Errorf("%s %s %q: %d histories, want %d", tc.base, tc.path, tc.head, n, tc.want)
		}
	}
}

// Every need is of a kind of step that exists, and of a key that the step or the story has.
func TestNeedsAreOfTheFormat(t *testing.T) {
	story := schema.Record("adoption")
	step := story.Property("events").Items
	n := 0
	for _, v := range schema.EventKinds.Values {
		for _, need := range needsOf(v.Value) {
			n++
			of := step
			if need.ofStory {
				of = story
			}
			if of.Property(need.key) == nil {
				t.Errorf("%s needs %s, which is no key", v.Value, need.key)
			}
			if need.met(&Adoption{}, &AdoptionEvent{}) {
				t.Errorf("%s: nothing meets the need of %s", v.Value, need.key)
			}
		}
	}
	if n == 0 {
		t.Error("no step needs anything")
	}
}
