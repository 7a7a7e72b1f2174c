package schema

import (
	"strings"
	"testing"
)

func TestFolded(t *testing.T) {
	for in, want := range map[string]string{"Ultima revisione": "ultimarevisione", "ultimaRevisione": "ultimarevisione", "Modalità d'uso": "modalitaduso", "SI/NO": "sino"} {
		if got := Folded(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if long := Folded(strings.Repeat("x", 4*MaxCompared+1)); Distance(long, "x") < MaxCompared {
		t.Errorf("what is too long to be a word is near to one: %q", long)
	}
}

func TestDistance(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"fase", "fase", 0}, {"", "fase", 4}, {"fase", "fasi", 1}, {"versoin", "version", 1}, {"ambti", "ambit", 1}, {"citta", "città", 1}, {"kind", "topics", 5},
	} {
		if got := Distance(tc.a, tc.b); got != tc.want {
			t.Errorf("%q and %q: %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
	if Distance(strings.Repeat("a", MaxCompared+1), "a") != MaxCompared {
		t.Error("a word beyond the bound is compared")
	}
}
