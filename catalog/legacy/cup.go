package legacy

import (
	"regexp"

	"github.com/open-community-pa/riuso/catalog"
)

// cupCode is the shape of a project's code (CUP) of the Italian public investment system (kit format, §L3, step 8).
var cupCode = regexp.MustCompile(`\b[A-Z]\d{2}[A-Z]\d{11}\b`)

// CUP gives the code of the public project that a text tells, and its page: the first one that follows the word "CUP", else
// the one that is there most often. "" where there is none.
func CUP(t *catalog.Text) (code string, page int) {
	if t == nil {
		return "", 0
	}
	for i := range t.Pages {
		if c := cupCode.FindString(t.Pages[i].Text); c != "" {
			return c, t.Pages[i].N
		}
	}
	return "", 0
}
