package indexer

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

func TestABodyOfTheCatalogueIsKnown(t *testing.T) {
	c := &Crawler{}
	c.home.Store(&home{bodies: bodiesOf([]catalog.Entity{{IPA: "c_x001"}, {CF: "00000000001"}})})
	if c.knownCode() != nil {
		t.Error("codes are checked without a list")
	}
	c.cfg.IPACode = func(code string) bool { return code == "c_x002" }
	known := c.knownCode()
	for code, want := range map[string]bool{"C_X001": true, "c_x002": true, "c_x003": false, "": false} {
		if known(code) != want {
			t.Errorf("%q: %v", code, !want)
		}
	}
}
