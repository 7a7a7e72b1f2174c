package publiccode

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

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
		if k := &keyTable[i]; parent(k.Path) != inside && called(k, schema.Folded(name)) {
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
	s := schema.Folded(word)
	if len(s) > schema.MaxCompared {
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
			name = schema.Folded(name)
			if d := schema.Distance(s, name); d < dist && d < len(name) {
				best, dist = k, d
			}
		}
	}
	return best
}

// called says whether that is a name of it; s is folded.
func called(k *KeyInfo, s string) bool {
	return s != "" && slices.ContainsFunc(k.names(), func(n string) bool { return schema.Folded(n) == s })
}
