package publiccode

import (
	_ "embed"
	"strings"
	"sync"
)

// The controlled lists. They are read on first use, once, and never change.

//go:embed data/categories.txt
var categoriesText string

//go:embed data/scopes.txt
var scopesText string

//go:embed data/countries.txt
var countriesText string

//go:embed data/licences.txt
var licencesText string

//go:embed data/licences-deprecated.txt
var oldLicencesText string

//go:embed data/exceptions.txt
var exceptionsText string

//go:embed data/variants.txt
var variantsText string

//go:embed data/extlangs.txt
var extlangsText string

//go:embed data/regions-m49.txt
var regionsText string

//go:embed data/grandfathered.txt
var grandfatheredText string

//go:embed data/oembed.txt
var oembedText string

type set map[string]struct{}

func (s set) has(v string) bool {
	_, ok := s[v]
	return ok
}

var (
	categories  = sync.OnceValue(func() set { return setOf(categoriesText, false) })
	scopes      = sync.OnceValue(func() set { return setOf(scopesText, false) })
	countries   = sync.OnceValue(func() set { return setOf(countriesText, false) })
	licences    = sync.OnceValue(func() set { return setOf(licencesText, true) })
	oldLicences = sync.OnceValue(func() set { return setOf(oldLicencesText, true) })
	exceptions  = sync.OnceValue(func() set { return setOf(exceptionsText, true) })
	variants    = sync.OnceValue(func() set { return setOf(variantsText, false) })
	regionsM49  = sync.OnceValue(func() set { return setOf(regionsText, false) })
	extlangs    = sync.OnceValue(func() set { return setOf(extlangsText, false) })
	// grandfathered are the tags that BCP 47 keeps although they do not follow its form (RFC 5646 §2.1).
	grandfathered = sync.OnceValue(func() set { return setOf(grandfatheredText, false) })
	oembed        = sync.OnceValue(func() []glob { return globsOf(lines(oembedText)) })
)

// lines gives the values of a list: all its lines but the empty ones and those of provenance.
func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func setOf(text string, lower bool) set {
	values := lines(text)
	s := make(set, len(values))
	for _, v := range values {
		if lower {
			v = strings.ToLower(v)
		}
		s[v] = struct{}{}
	}
	return s
}

// glob is a pattern of literal parts with any text (but a line end) between them.
type glob struct{ parts []string }

func globsOf(patterns []string) []glob {
	out := make([]glob, len(patterns))
	for i, p := range patterns {
		out[i] = glob{strings.Split(p, "*")}
	}
	return out
}

func (g glob) match(s string) bool {
	first, last := g.parts[0], g.parts[len(g.parts)-1]
	if len(g.parts) == 1 {
		return s == first
	}
	if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, part := range g.parts[1 : len(g.parts)-1] {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return true
}
