package publiccode

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// The short way of counting must agree with the tables of Unicode.
func TestClustersAgreeWithUnicode(t *testing.T) {
	for _, s := range []string{
		"", "abc", "perché «così» – l’ente: 10 €", "a\r\nb\r\n", "\r\r\n\n", "e\u0301", "👩‍👩‍👧 famiglia", "🇮🇹🇮🇹", "한국어", "soft\u00adhyphen", "tab\tend", "\u200d", "©\ufe0f",
	} {
		want := uniseg.GraphemeClusterCount(s)
		if got := clusters(s, 1<<20); got != want {
			t.Errorf("%q has %d clusters, want %d", s, got, want)
		}
	}
	for r := rune(0); r < 0x3100; r++ {
		s := "a" + string(r) + "b"
		if alone(r) && uniseg.GraphemeClusterCount(s) != 3 {
			t.Errorf("%U does not stand alone", r)
		}
	}
	// Texts put together by chance of signs that stand alone, signs that join and what they join.
	signs := strings.Split("a|è|\r|\n|\r\n|\u0301|\u200d|\ufe0f|©|👩|🇮|🇹|ᄀ|ᅡ|ᆨ|\u0600|\u00ad|…|•|\uf0b7|\U0001f3fd|\xff|க|ி", "|")
	dice := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var b strings.Builder
		for range dice.IntN(9) {
			b.WriteString(signs[dice.IntN(len(signs))])
		}
		s := b.String()
		want := uniseg.GraphemeClusterCount(s)
		if got := clusters(s, 1<<20); got != want {
			t.Fatalf("%q has %d clusters, want %d", s, got, want)
		}
		if got := clusters(s, 3); got != min(3, want) {
			t.Fatalf("%q: counted to %d, want a stop at %d", s, got, min(3, want))
		}
	}
	if got := clusters(strings.Repeat("e\u0301", 1000), 10); got != 10 {
		t.Errorf("counted to %d, want a stop at 10", got)
	}
}

func TestGlob(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"https://a.b/*", "https://a.b/", true},
		{"https://a.b/*", "https://a.b", false},
		{"https://*.a.b/x/*", "https://www.a.b/x/1", true},
		{"https://*.a.b/x/*", "https://a.b/x/1", false},
		{"https://a.b/*/p/*,", "https://a.b/1/p/2,", true},
		{"https://a.b", "https://a.b", true},
		{"ab*ba", "aba", false},
		{"a*b*c", "axbyc", true},
		{"a*b*c", "acb", false},
	} {
		if got := globsOf([]string{c.pattern})[0].match(c.s); got != c.want {
			t.Errorf("%q against %q: %v", c.s, c.pattern, got)
		}
	}
}

func TestListsAreWhole(t *testing.T) {
	for name, c := range map[string]struct{ got, least int }{
		"categories": {len(categories()), 106}, "scopes": {len(scopes()), 24}, "countries": {len(countries()), 249},
		"licences": {len(licences()), 700}, "exceptions": {len(exceptions()), 60}, "variants": {len(variants()), 100},
		"extlangs": {len(extlangs()), 250}, "regions": {len(regionsM49()), 30}, "oEmbed": {len(oembed()), 680},
	} {
		if c.got < c.least {
			t.Errorf("%s: %d entries, at least %d expected", name, c.got, c.least)
		}
	}
}
