package bleveindex

import (
	"strings"
	"testing"
)

func TestSynonyms(t *testing.T) {
	s := readSynonyms(synonymsText)
	says := func(query, want string) bool {
		for _, m := range s.find(stems(query)) {
			for _, o := range m.others {
				if strings.Join(o, " ") == strings.Join(stems(want), " ") {
					return true
				}
			}
		}
		return false
	}
	for _, c := range [][2]string{
		{"responsabile per la transizione digitale", "rtd"}, {"RTD", "responsabile della transizione digitale"},
		{"p.e.c.", "posta elettronica certificata"}, {"check list", "checklist"}, {"check-list", "checklist"},
		{"centrale unica di committenza", "stazione unica appaltante"}, {"tariffe", "quota"}, {"e-learning", "formazione a distanza"},
	} {
		if !says(c[0], c[1]) {
			t.Errorf("%q does not lead to %q", c[0], c[1])
		}
	}
	if says("transizione", "rtd") || says("unica", "sua") {
		t.Error("a piece of a term is not the term")
	}
	if got := readSynonyms("# only a remark\nalone\n = \nx = y # z"); len(got.groups) != 1 || len(got.groups[0]) != 2 {
		t.Errorf("groups of a bad file: %q", got.groups)
	}
}
