package catalog

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// What a catalogue judges was checked and then shown nowhere: it is a record of the kit that it names, by whatever address
// people find it under; one that names no kit, or one that is not there, is told.
func TestEvaluationsOfACatalogueAreRecords(t *testing.T) {
	m := fstest.MapFS{"catalogue.md": {Data: []byte(aCatalogue)}}
	for name, f := range tree(goodKit).(fstest.MapFS) {
		m["kits/a/"+name] = f
	}
	file := func(id, kit string) {
		m["evaluations/"+id+".md"] = &fstest.MapFile{Data: []byte("---\ntype: evaluation\nid: " + id + "\n" + kit + "kitVersion: 1.0.0\nevaluator: {entity: ipa:p_bs, role: observatory}\ndate: 2026-01-10\nmethod: documents\nscores: []\n---\n")}
	}
	file("altrove", "kit: https://git.example.it/altro/kit.git\n")
	file("ospitato", "kit: "+home+"/tree/main/kits/a\n")
	file("senza", "")
	file("perso", "kit: "+home+"//kits/z\n")
	got := Read(m, ReadOptions{URL: home})
	d := Apply(Known{}, Visit{Source: Source{ID: CatalogueSource}, At: day0, Outcome: Full, URL: home, Tree: got}, DefaultPolicy())
	var keys []string
	for _, r := range d.Put {
		if r.Kind == KindEvaluation {
			keys = append(keys, string(r.Key))
		}
	}
	slices.Sort(keys)
	want := []string{home + "//kits/a#ipa:p_bs/ospitato", home + "//kits/z#ipa:p_bs/perso", "https://git.example.it/altro/kit#ipa:p_bs/altrove"}
	slices.Sort(want)
	if !slices.Equal(keys, want) {
		t.Errorf("got %q, want %q; findings %v", keys, want, got.Findings)
	}
	var codes []string
	for _, f := range got.Findings {
		if strings.HasPrefix(f.File, "evaluations/") && f.Key == "kit" {
			codes = append(codes, f.File+" "+f.Code)
		}
	}
	if want := []string{"evaluations/perso.md E06", "evaluations/senza.md E03"}; !slices.Equal(codes, want) {
		t.Errorf("findings %q", codes)
	}
}
