package catalog

import (
	"maps"
	"reflect"
	"slices"
	"testing"
)

// fileKit is a kit in a folder of a repository; two of its files hold the same.
func fileKit() *Record {
	return &Record{Kind: KindKit, Key: "https://git.example.it/ente/kit//kits/a", URL: "https://git.example.it/ente/kit", Aliases: []Key{"https://git.example.it/prima"},
		State: Live, Kit: &Kit{Folder: "kits/a", URL: "https://git.example.it/ente/kit",
			Attachments: []Attachment{{Path: "copia.pdf", Blob: "b1"}, {Path: "altro.pdf", Blob: "b2"}, {Path: "assente.mp4"}},
			Documents:   []Document{{ID: "d", Attachments: []Attachment{{Path: "All. 1/Città 50%.pdf", Blob: "b1"}}}},
			Templates:   []Template{{ID: "t", Attachments: []Attachment{{Path: "t.odt", Blob: "b3"}}}}}}
}

// An exclusion with a path behind the address takes out that file, and its bytes under other names, and nothing else: until
// there were such, it took out the whole kit.
func TestKeptOutNamesAFile(t *testing.T) {
	both := []string{"All. 1/Città 50%.pdf", "copia.pdf"}
	for _, c := range []struct {
		url   string
		want  []string
		whole bool
	}{
		{"https://git.example.it/ente/kit//kits/a#All.%201/Citt%C3%A0%2050%25.pdf", both, false},
		{"https://git.example.it/ente/kit//kits/a#All. 1/Città 50%.pdf", both, false},
		{"http://GIT.example.it/Ente/Kit//kits/a#./copia.pdf", both, false},
		{"https://git.example.it/ente/kit#kits/a/copia.pdf", both, false},
		{"https://git.example.it/prima#copia.pdf", both, false},
		{"https://git.example.it/ente/kit//kits/a#t.odt", []string{"t.odt"}, false},
		{"https://git.example.it/ente/kit//kits/a#assente.mp4", []string{"assente.mp4"}, false},
		{"https://git.example.it/ente/kit#copia.pdf", nil, false}, // from the root there is no such file
		{"https://git.example.it/ente/kit#kits/b/copia.pdf", nil, false},
		{"https://git.example.it/ente/kit//kits/a#COPIA.pdf", nil, false},
		{"https://git.example.it/altro#copia.pdf", nil, false},
		{"https://git.example.it/ente/kit//kits/a#readme", nil, true}, // a place of a page
		{"https://git.example.it/ente/kit", nil, true},
	} {
		r := fileKit()
		out := KeepOut([]Exclusion{{URL: c.url, Reason: "r"}})
		got := out.Attachments(r)
		if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, c.want) {
			t.Errorf("%s: %q", c.url, names)
		}
		for _, p := range c.want {
			if x, ok := out.Attachment(r, "./"+p); !ok || x.Reason != "r" {
				t.Errorf("%s: %s is let in", c.url, p)
			}
		}
		if _, whole := out.Names(r); whole != c.whole {
			t.Errorf("%s: the kit is kept out: %v", c.url, whole)
		}
		if (c.whole || c.want != nil) && !out.Touches(r) {
			t.Errorf("%s: nothing is touched", c.url)
		}
		if c.whole != (out.Withdraw([]Record{*r})[0].State == Gone) {
			t.Errorf("%s: the kit is withdrawn: %v", c.url, !c.whole)
		}
	}
	if (*KeptOut)(nil).Attachments(fileKit()) != nil || KeepOut(nil).Touches(fileKit()) {
		t.Error("no exclusions keep something out")
	}
}

func TestKeptOutWithoutFiles(t *testing.T) {
	e := &Entry{Record: *fileKit()}
	out := KeepOut([]Exclusion{{URL: "https://git.example.it/ente/kit//kits/a#copia.pdf"}})
	less := out.Without(e)
	if n := Attachments(less.Kit); len(n) != 3 || n[0].Attachment.Path != "t.odt" || !reflect.DeepEqual(e.Record, *fileKit()) {
		t.Errorf("%d left; the entry is as it was: %v", len(n), reflect.DeepEqual(e.Record, *fileKit()))
	}
	if KeepOut(nil).Without(e) != e {
		t.Error("a copy for nothing")
	}
	if got := out.Blobs(&e.Record); !slices.Equal(got, []string{"b2", "b3"}) {
		t.Errorf("%q", got)
	}
	e.State = Gone
	if got := out.Blobs(&e.Record); got != nil {
		t.Errorf("of a tombstone: %q", got)
	}
}

// A catalogue.md with a slip takes no exclusion back, also not one of two that are of the same kit.
func TestEachFileIsAnExclusionOfItsOwn(t *testing.T) {
	const kit = "https://git.example.it/k"
	for _, c := range []struct {
		a, b string
		want bool
	}{{kit + "#a.pdf", kit + ".git#a.pdf", true}, {kit + "#a.pdf", kit + "#b.pdf", false}, {kit + "#a.pdf", kit, false}, {kit + "#x", kit, true}} {
		if sameExclusion(c.a, c.b) != c.want {
			t.Errorf("%s and %s", c.a, c.b)
		}
	}
}

// What was read of attachments comes in with what names them, cut to its bound; a visit that is held or saw nothing brings none.
func TestApplyPassesTextsOn(t *testing.T) {
	v := Visit{Source: Source{ID: "s"}, At: day0, Outcome: Full, URL: "https://git.example.it/k",
		Tree: &Tree{Kits: []Kit{{Key: "https://git.example.it/k"}}}, Texts: []Text{{Blob: "b", Pages: []TextPage{{N: 1, Text: "uno"}}}}}
	for outcome, want := range map[Outcome]int{Full: 1, Partial: 1, Unchanged: 0, Absent: 0, Failed: 0} {
		v.Outcome = outcome
		if d := Apply(Known{}, v, DefaultPolicy()); len(d.Texts) != want {
			t.Errorf("%s: %d texts", outcome, len(d.Texts))
		}
	}
	v.Outcome = Full
	known := Known{}
	for i := range 40 {
		known.Records = append(known.Records, Record{Kind: KindEntity, Key: Key("ipa:c_" + itoa(i)), Source: "s", State: Live, Entity: &Entity{}})
	}
	if d := Apply(known, v, DefaultPolicy()); d.State.Held == nil || len(d.Texts) != 0 {
		t.Errorf("held: %v, %d texts", d.State.Held != nil, len(d.Texts))
	}
}
