package site

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// TestAnOverviewThatRepeatsItsCardIsLeftOut looks at what a search finds in the overview of a kit.
func TestAnOverviewThatRepeatsItsCardIsLeftOut(t *testing.T) {
	card := catalog.Card{Title: "Kit del CIT", Summary: "Gestire un centro di servizi per i Comuni"}
	hit := func(s string) []catalog.Fragment { return []catalog.Fragment{{Text: s, Match: true}} }
	for _, c := range []struct {
		text []catalog.Fragment
		want bool
	}{
		{append([]catalog.Fragment{{Text: "Gestire un "}}, hit("centro")...), false},
		{hit("kit"), false},
		{append(hit("convenzione"), catalog.Fragment{Text: " tra gli enti"}), true},
		{[]catalog.Fragment{{Text: "nulla di ciò che si cercava"}}, false},
		{nil, false},
	} {
		if telling(card, c.text) != c.want {
			t.Errorf("%v: telling is not %v", c.text, c.want)
		}
		if h := (catalog.Hit{Card: card, Parts: []catalog.PartHit{{Type: catalog.PartKit, Snippet: c.text}}}); shown(h) != c.want {
			t.Errorf("%v: the box is there and empty, or is not there", c.text)
		}
	}
}
