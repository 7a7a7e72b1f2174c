package gitrepo

import (
	"path"
	"slices"
	"strings"
)

// Want decides, from the paths of all files of a commit, which of them are fetched. It is asked once per visit, before
// any file is there.
type Want func(paths []string) func(path string) bool

// kitDepth is how many folders down a kit.md makes its repository one of kits: kits/<slug>/kit.md, and one more.
const kitDepth = 3

// WantAuto takes WantKit where there is a kit.md or a catalogue.md, WantSoftware elsewhere. It is the default.
func WantAuto(paths []string) func(string) bool {
	if IsKit(paths) {
		return WantKit(paths)
	}
	return WantSoftware(paths)
}

// IsKit says whether the paths are those of a kit or of a catalogue (kit format, section 15).
func IsKit(paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		base := path.Base(p)
		return (base == "kit.md" || base == "catalogue.md") && strings.Count(p, "/") <= kitDepth
	})
}

// WantKit takes every text that the kit format reads: Markdown, YAML, the observations of indicators, and the licence.
func WantKit([]string) func(string) bool {
	return func(p string) bool {
		switch strings.ToLower(path.Ext(p)) {
		case ".md", ".yml", ".yaml":
			return !foreign(p)
		case ".csv":
			return strings.Contains("/"+p, "/indicators/") || strings.Contains("/"+p, "/vocab/")
		}
		return about(path.Base(p)) && strings.Count(p, "/") <= kitDepth
	}
}

// WantSoftware takes what describes a piece of software: its publiccode.yml, what stands at the root to be read (README,
// CHANGELOG, AUTHORS, LICENSE and other Markdown) and the Markdown of its docs folder.
func WantSoftware([]string) func(string) bool {
	return func(p string) bool {
		if foreign(p) {
			return false
		}
		low := strings.ToLower(p)
		md := strings.HasSuffix(low, ".md")
		first, _, below := strings.Cut(low, "/")
		if !below {
			return md || low == "publiccode.yml" || low == "publiccode.yaml" || about(low)
		}
		return md && (first == "docs" || first == "doc" || first == "documentazione")
	}
}

// WantAll takes everything: for what is known to be small, and for tests.
func WantAll([]string) func(string) bool { return func(string) bool { return true } }

// WantFolder cuts a want to what lies below a folder, for a source that is one folder of a repository: want is asked with
// the paths as they are seen from that folder, and nothing above or beside it is fetched. A nil want means WantAuto, an
// empty folder the whole repository.
func WantFolder(folder string, want Want) Want {
	if want == nil {
		want = WantAuto
	}
	folder = strings.Trim(folder, "/")
	if folder == "" || folder == "." {
		return want
	}
	return func(paths []string) func(string) bool {
		var below []string
		for _, p := range paths {
			if rest, ok := strings.CutPrefix(p, folder+"/"); ok {
				below = append(below, rest)
			}
		}
		inner := want(below)
		return func(p string) bool {
			rest, ok := strings.CutPrefix(p, folder+"/")
			return ok && inner(rest)
		}
	}
}

// about recognises the files that speak of the whole, with or without an extension.
func about(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem {
	case "readme", "leggimi", "changelog", "authors", "license", "licence", "licenza", "copying":
		return true
	}
	return false
}

// foreign recognises folders of software by others that lie inside a repository, with hundreds of README of their own.
func foreign(p string) bool {
	for dir := range strings.SplitSeq(path.Dir(p), "/") {
		switch strings.ToLower(dir) {
		case "node_modules", "bower_components", "vendor", "third_party", "site-packages":
			return true
		}
	}
	return false
}

// choose lists the indexes of the wanted files, shallow ones first, and how many were left over the limit.
func (l *listing) choose(want Want, limit int) []int {
	paths := make([]string, len(l.files))
	for i, f := range l.files {
		paths[i] = f.path
	}
	wanted := want(paths)
	var out []int
	for i, p := range paths {
		if wanted(p) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return strings.Count(paths[a], "/") - strings.Count(paths[b], "/") })
	for _, i := range out[min(len(out), limit):] {
		l.skip(paths[i], TooMany)
	}
	return out[:min(len(out), limit)]
}
