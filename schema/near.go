package schema

import (
	"strings"
	"unicode"
)

// Folded makes keys, labels and words comparable: capitals, blanks, dashes and accents do not count ("Ultima revisione" and
// "ultimaRevisione" are one word). What is far too long to be a word gives one that is near to none.
func Folded(s string) string {
	if len(s) > 4*MaxCompared {
		return strings.Repeat("-", MaxCompared+1)
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_', '.', '\'', '/':
			return -1
		case 'à', 'À':
			return 'a'
		case 'è', 'é', 'È', 'É':
			return 'e'
		case 'ì', 'Ì':
			return 'i'
		case 'ò', 'Ò':
			return 'o'
		case 'ù', 'Ù':
			return 'u'
		}
		return unicode.ToLower(r)
	}, s)
}

// MaxCompared bounds the words that are compared, in characters; longer ones are far from everything.
const MaxCompared = 64

// Distance counts the letters to insert, delete, replace or swap to make b of a (optimal string alignment).
func Distance(a, b string) int {
	if len(a) > 4*MaxCompared || len(b) > 4*MaxCompared {
		return MaxCompared
	}
	ra, rb := []rune(a), []rune(b)
	if len(ra) > MaxCompared || len(rb) > MaxCompared {
		return MaxCompared
	}
	prev2, prev, row := make([]int, len(rb)+1), make([]int, len(rb)+1), make([]int, len(rb)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(ra); i++ {
		row[0] = i
		for j := 1; j <= len(rb); j++ {
			cost := 1
			if ra[i-1] == rb[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && ra[i-1] == rb[j-2] && ra[i-2] == rb[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(rb)]
}
