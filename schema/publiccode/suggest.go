package publiccode

import (
	"slices"
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/schema"
)

// maxCompared bounds the words that are compared, in bytes; longer ones are far from everything.
const maxCompared = 64

// standardPath is a place in the terms of [KeyInfo].Path.
func (a *at) standardPath() string {
	var names []string
	for ; a != nil && len(names) <= MaxDepth; a = a.up {
		switch {
		case a.lang:
			names = append(names, "*")
		case a.index < 0:
			names = append(names, a.name)
		}
	}
	slices.Reverse(names)
	return strings.Join(names, ".")
}

// meantKey says what somebody may have meant by a key that is not in the mapping at up, or nothing: a key of that mapping,
// else one whose name or label is that, and where it belongs.
func meantKey(up *at, name string) schema.Text {
	inside := up.standardPath()
	if k := nearest(name, keyTable, func(k *KeyInfo) bool { return parent(k.Path) == inside }); k != nil {
		return perhaps(k.names()[0])
	}
	for i := range keyTable {
		if k := &keyTable[i]; parent(k.Path) != inside && called(k, folded(name)) {
			if where := parent(k.Path); where == "" {
				return schema.Tf("forse intendevi «%s», che sta all'inizio della riga, senza rientro", "did you mean %q, which begins its line, without indent?", k.names()[0])
			} else {
				shown := strings.ReplaceAll(where, "*", "it")
				return schema.T("forse intendevi «"+k.names()[0]+"», che sta sotto «"+shown+"»", "did you mean \""+k.names()[0]+"\", which stands under \""+shown+"\"?")
			}
		}
	}
	return schema.Text{}
}

// meantValue says which of the values that are allowed somebody may have meant, or nothing.
func meantValue(value string, allowed []string) schema.Text {
	if k := nearest(value, valueWords, func(k *KeyInfo) bool { return slices.Contains(allowed, k.Path) }); k != nil {
		return perhaps(k.Path)
	}
	return schema.Text{}
}

func perhaps(word string) schema.Text {
	return schema.Tf("forse intendevi «%s»", "did you mean %q?", word)
}

func parent(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

// nearest gives the one thing whose name or label is nearest to a word, within as many letters as its length allows.
func nearest(word string, all []KeyInfo, in func(*KeyInfo) bool) *KeyInfo {
	s := folded(word)
	if len(s) > maxCompared {
		return nil
	}
	var best *KeyInfo
	dist := 1 + min(2, (len(s)-1)/3)
	for i := range all {
		k := &all[i]
		if !in(k) {
			continue
		}
		for _, name := range append(k.names(), k.Path) {
			name = folded(name)
			if d := letterDistance(s, name); d < dist && d < len(name) {
				best, dist = k, d
			}
		}
	}
	return best
}

// called says whether that is a name of it; s is folded.
func called(k *KeyInfo, s string) bool {
	return s != "" && slices.ContainsFunc(k.names(), func(n string) bool { return folded(n) == s })
}

// folded makes keys and words comparable: capitals, blanks, dashes and accents do not count.
func folded(s string) string {
	if len(s) > 4*maxCompared {
		return strings.Repeat("-", maxCompared+1)
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

// letterDistance counts the letters to insert, delete or replace to make b of a (Levenshtein).
func letterDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(row[j]+1, row[j-1]+1, cost)
		}
	}
	return row[len(b)]
}
