package catalog

import (
	"strings"
	"testing"
)

// A story that names its kit as people see it on a forge was read, and shown nowhere.
func TestStoriesOfHostedKits(t *testing.T) {
	const repo = "https://git.example.it/regione/catalogo"
	kit := func(folder, id string) string {
		return "-- kits/" + folder + "/publiccode.yml --\nname: K\nurl: " + repo + "\ndescription: {it: {shortDescription: K}}\n-- kits/" + folder + "/kit.md --\n---\ntype: kit\nid: " + id + "\nstatus: draft\ntitle: K\n---\n"
	}
	base := "-- catalogue.md --\n---\ntype: catalogue\nid: c\ntitle: C\nurl: " + repo + ".git\nowner: ipa:r_x\nscope: regional\nlicence: CC0-1.0\nobservatory: [ipa:r_x]\n---\n" + kit("prestito", "prestito-attrezzi")
	story := func(address string) string {
		return "-- adoptions/c_a--k.md --\n---\ntype: adoption\nentity: ipa:c_a\nkit: " + address + "\nsource: Un atto\nevents: [{kind: interest}]\n---\n"
	}
	for _, tc := range []struct {
		address, two string
		want         string // the key, "" for a finding
	}{
		{repo, "", repo + "//kits/prestito"},
		{repo + ".git", "", repo + "//kits/prestito"},
		{repo + "//kits/prestito", "x", repo + "//kits/prestito"},
		{repo + "/tree/main/kits/prestito", "x", repo + "//kits/prestito"},
		{repo + "#prestito-attrezzi", "x", repo + "//kits/prestito"},
		{repo, "x", ""}, // which of the two?
		{repo + "//kits/altro", "", ""},
		{"https://git.example.it/altri/kit", "", "https://git.example.it/altri/kit"},
		{repo + "-bis", "", repo + "-bis"},
	} {
		text := base + story(tc.address)
		if tc.two != "" {
			text += kit("secondo", "secondo")
		}
		got := Read(tree(text), ReadOptions{})
		fs := of(got, "adoptions/c_a--k.md")
		if len(got.Adoptions) != 1 {
			t.Fatalf("%s: %d stories", tc.address, len(got.Adoptions))
		}
		if tc.want != "" && (len(fs) > 0 || got.Adoptions[0].Kit != tc.want) {
			t.Errorf("%s leads to %s, %v", tc.address, got.Adoptions[0].Kit, fs)
		}
		if tc.want == "" && (len(fs) != 1 || fs[0].Code != "E06" || fs[0].Line != 4 || !strings.Contains(fs[0].Hint.It, repo+"//kits/prestito")) {
			t.Errorf("%s: %v", tc.address, fs)
		}
	}
}
