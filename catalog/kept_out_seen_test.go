package catalog

import (
	"maps"
	"slices"
	"testing"
)

// A text that was taken down stays out when its owner renames the folder, and the line that names it says what it does.
func TestExclusionRemembersWhatItNamed(t *testing.T) {
	const line = "https://git.example.it/ente/kit#kits/a/altro.pdf"
	x := Exclusion{URL: line, Reason: "r"}
	if got := x.Effect(nil); got != EffectNothing {
		t.Errorf("of a kit that is not known: %s", got)
	}
	r := fileKit()
	list, news := KeepOut([]Exclusion{x}).Learn([]Record{*r})
	if !news || !slices.Equal(list[0].Seen, []string{"b2"}) || x.Seen != nil {
		t.Fatalf("learned %v: %+v", news, list)
	}
	if _, again := KeepOut(list).Learn([]Record{*r}); again {
		t.Error("the same is news twice")
	}
	if got := list[0].Effect(r); got != EffectFile {
		t.Errorf("where the file is there: %s", got)
	}
	r.Kit.Attachments[1].Path = "Nuova cartella/altro.pdf"
	if got := slices.Collect(maps.Keys(KeepOut(list).Attachments(r))); !slices.Equal(got, []string{"Nuova cartella/altro.pdf"}) {
		t.Errorf("renamed: %q is out", got)
	}
	if got := KeepOut(list).Blobs(r); slices.Contains(got, "b2") {
		t.Errorf("renamed: the text is kept: %q", got)
	}
	if got := [...]Effect{list[0].Effect(r), x.Effect(r)}; got != [...]Effect{EffectMoved, EffectNothing} {
		t.Errorf("renamed: %s", got)
	}
	r.Kit.Attachments = r.Kit.Attachments[:1]
	if got := list[0].Effect(r); got != EffectGone {
		t.Errorf("taken away: %s", got)
	}
	now := Remembering(list, []Exclusion{{URL: line, Reason: "altro"}, {URL: "https://git.example.it/b"}})
	if !slices.Equal(now[0].Seen, []string{"b2"}) || now[0].Reason != "altro" || now[1].Seen != nil {
		t.Errorf("read again: %+v", now)
	}
	many := x
	for i := range maxSeen + 5 {
		many.Seen = seen(many.Seen, []string{itoa(i)})
	}
	if len(many.Seen) != maxSeen || many.Seen[maxSeen-1] != itoa(maxSeen+4) {
		t.Errorf("%d are remembered, the last %q", len(many.Seen), many.Seen[maxSeen-1])
	}
}

// An exclusion of a file says nothing of the place in which it lies.
func TestKeptOutPlace(t *testing.T) {
	const repo = "https://git.example.it/ente/kit"
	if _, ok := KeepOut([]Exclusion{{URL: repo + "#All.%20A/a.pdf"}}).Place(repo); ok {
		t.Error("an exclusion of a file keeps the repository out")
	}
	x, ok := KeepOut([]Exclusion{{URL: repo + "#a.pdf", Reason: "file"}, {URL: repo + ".git", Reason: "tutto"}}).Place(repo)
	if !ok || x.Reason != "tutto" {
		t.Errorf("%v, %+v", ok, x)
	}
	k := KeepOut([]Exclusion{{URL: repo + "//kits/a#b%20c.pdf"}, {URL: repo + "#d.pdf"}, {URL: repo}, {URL: repo + "2#d.pdf"}})
	if n := k.FilesOf("http://GIT.example.it/ente/kit.git"); n != 2 {
		t.Errorf("%d files of the repository are named", n)
	}
	if _, ok := KeepOut([]Exclusion{{URL: ""}}).Place(""); ok {
		t.Error("no address is kept out")
	}
}
