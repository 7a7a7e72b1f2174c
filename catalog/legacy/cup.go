package legacy

import (
	"regexp"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

const maxCUPs = 1_000 // codes of one text that are looked at

var (
	// cupCode is the shape of the code of a public investment project (CUP; kit format, §L3, step 8).
	cupCode  = regexp.MustCompile(`(?i)\b[A-Z]\d{2}[A-Z]\d{11}\b`)
	namedCUP = regexp.MustCompile(`(?i)\bc\.?u\.?p\.?\s{0,3}(?:n\.?|:|=|-|–)?\s{0,3}([A-Z]\d{2}[A-Z]\d{11})\b`)
)

// CUP gives the code of the public project that a text tells, in capitals, and its page: the first that follows the word
// "CUP", else the one that is there most often. "" and 0 where there is none.
func CUP(t *catalog.Text) (code string, page int) {
	if t == nil {
		return "", 0
	}
	count, first, seen := map[string]int{}, map[string]int{}, []string{}
	for i := range t.Pages {
		p := &t.Pages[i]
		if m := namedCUP.FindStringSubmatch(p.Text); m != nil {
			return strings.ToUpper(m[1]), p.N
		}
		for _, c := range cupCode.FindAllString(p.Text, maxCUPs-len(seen)) {
			c = strings.ToUpper(c)
			if count[c] == 0 {
				seen, first[c] = append(seen, c), p.N
			}
			count[c]++
		}
		if len(seen) >= maxCUPs {
			break
		}
	}
	for _, c := range seen {
		if count[c] > count[code] {
			code, page = c, first[c]
		}
	}
	return code, page
}
