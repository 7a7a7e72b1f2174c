package catalog

import (
	"cmp"
	"strconv"
	"strings"
)

// compareCodes orders parts of a kit as a person reads them: A2 before A10, those without a code last, then part and id.
func compareCodes(codeA, partA, idA, codeB, partB, idB string) int {
	return cmp.Or(
		cmp.Compare(yes(codeA == ""), yes(codeB == "")),
		compareNatural(codeA, codeB),
		compareNatural(partA, partB),
		compareNatural(idA, idB),
	)
}

// compareNatural compares texts with their numbers as numbers.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		na, ra := leadingNumber(a)
		nb, rb := leadingNumber(b)
		if na >= 0 && nb >= 0 {
			if c := cmp.Compare(na, nb); c != 0 {
				return c
			}
			a, b = ra, rb
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// leadingNumber gives the number at the start of s and what follows, or -1.
func leadingNumber(s string) (int, string) {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	switch {
	case end == 0: // most names: an error of Atoi would be made for each comparison
		return -1, s
	case end < 0:
		end = len(s)
	}
	n, err := strconv.Atoi(s[:end])
	if err != nil {
		return -1, s
	}
	return n, s[end:]
}
