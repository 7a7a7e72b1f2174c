package publiccode

import (
	"strings"

	"golang.org/x/text/language"
)

// Sizes of subtags (RFC 5646 §2.1) and the longest tag that is looked at.
const (
	maxTag     = 256
	maxExtlang = 3
	maxSubtag  = 8
)

// validLanguage takes a BCP 47 tag strictly, in any case of letters: its subtags are registered, and the language has
// its shortest code ("it", not "ita").
func validLanguage(s string) bool {
	switch s { // most files
	case "it", "en":
		return true
	}
	if s == "" || len(s) > maxTag {
		return false
	}
	s = strings.ToLower(s)
	if grandfathered().has(s) {
		return true
	}
	parts := strings.Split(s, "-")
	if parts[0] == "x" {
		return len(parts) == 2 && subtag(parts[1], 1, maxSubtag)
	}
	if base, err := language.ParseBase(parts[0]); err != nil || base.String() != parts[0] {
		return false
	}
	rest, ok := extended(parts[0], parts[1:])
	if !ok {
		return false
	}
	if len(rest) > 0 && len(rest[0]) == 4 && letters(rest[0]) {
		if _, err := language.ParseScript(rest[0]); err != nil {
			return false
		}
		rest = rest[1:]
	}
	if len(rest) > 0 && isRegion(rest[0]) {
		if !validRegion(rest[0]) {
			return false
		}
		rest = rest[1:]
	}
	return tail(rest)
}

// extended takes the extended language subtags ("zh-cmn"), each of which goes with one language.
func extended(base string, parts []string) (rest []string, ok bool) {
	for range maxExtlang {
		if len(parts) == 0 || len(parts[0]) != 3 || !letters(parts[0]) {
			break
		}
		if !extlangs().has(parts[0] + " " + base) {
			return nil, false
		}
		parts = parts[1:]
	}
	return parts, true
}

func isRegion(s string) bool { return len(s) == 2 && letters(s) || len(s) == 3 && digits(s) }

func validRegion(s string) bool {
	if len(s) == 3 {
		return regionsM49().has(s)
	}
	_, err := language.ParseRegion(s)
	return err == nil
}

// tail takes variants, extensions and the private part.
func tail(parts []string) bool {
	for i, p := range parts {
		if len(p) < 4 {
			break
		}
		for _, before := range parts[:i] {
			if before == p {
				return false
			}
		}
		if _, err := language.ParseVariant(p); err != nil || !variants().has(p) {
			return false
		}
		if i == len(parts)-1 {
			return true
		}
	}
	for len(parts) > 0 && len(parts[0]) >= 4 {
		parts = parts[1:]
	}
	private := len(parts)
	for i, p := range parts {
		if p == "x" {
			private = i
			break
		}
	}
	extensions, own := parts[:private], parts[private:]
	if len(extensions) > 0 {
		if len(extensions[0]) != 1 || !subtag(extensions[0], 1, 1) {
			return false
		}
		for i, p := range extensions {
			single := len(p) == 1
			last := i == len(extensions)-1
			if single && (last || len(extensions[i+1]) == 1) || !subtag(p, 1, maxSubtag) {
				return false
			}
		}
		if _, err := language.ParseExtension(strings.Join(extensions, "-")); err != nil {
			return false
		}
	}
	if len(own) == 1 {
		return false
	}
	for i, p := range own {
		if i > 0 && !subtag(p, 1, maxSubtag) {
			return false
		}
	}
	return true
}

func subtag(s string, least, most int) bool {
	if len(s) < least || len(s) > most {
		return false
	}
	for i := range len(s) {
		if !alphanumeric(s[i]) {
			return false
		}
	}
	return true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
