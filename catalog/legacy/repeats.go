package legacy

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// same are the files that hold the same bytes.
type same struct {
	kept   File
	others []File // by path
}

// sameBytes groups files by their blobs (kit format, §L3, step 4), by the path of the one that is kept: the shallowest,
// then one without the mark of a copy, then the first by name. A file whose blob is not known is alone.
func sameBytes(files []File) []same {
	at := map[string]int{}
	var out []same
	for _, f := range files {
		i, ok := at[f.Blob]
		if !ok || f.Blob == "" {
			at[f.Blob] = len(out)
			out = append(out, same{kept: f})
			continue
		}
		g := &out[i]
		if better(f, g.kept) {
			f, g.kept = g.kept, f
		}
		g.others = append(g.others, f)
	}
	for i := range out {
		slices.SortFunc(out[i].others, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	}
	slices.SortFunc(out, func(a, b same) int { return cmp.Compare(a.kept.Path, b.kept.Path) })
	return out
}

func better(a, b File) bool {
	return cmp.Or(
		cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/")),
		cmp.Compare(copies(a.Path), copies(b.Path)),
		cmp.Compare(a.Path, b.Path),
	) < 0
}

// copies is 1 of a file whose name has the mark of a copy.
func copies(p string) int {
	if name := cut(path.Base(p)); withoutCopy(name) != name {
		return 1
	}
	return 0
}

// dumpRepeats gives the files of exports that hold the same bytes as a document or as another file of an export, and
// counts them there. Exports come by folder and their files by path.
func dumpRepeats(dumps []Dump, documents []File) []Repeat {
	kept := map[string]string{}
	for _, f := range documents {
		if _, ok := kept[f.Blob]; !ok {
			kept[f.Blob] = f.Path
		}
	}
	var all []File
	in := map[string]int{}
	for i, d := range dumps {
		for _, f := range d.Files {
			in[f.Path] = i
		}
		all = append(all, d.Files...)
	}
	var out []Repeat
	add := func(f File, as string) {
		dumps[in[f.Path]].Repeats++
		out = append(out, Repeat{File: f, Kept: as, InDump: true})
	}
	for _, g := range sameBytes(all) {
		if p, ok := kept[g.kept.Blob]; ok && g.kept.Blob != "" {
			add(g.kept, p)
		}
		for _, f := range g.others {
			add(f, g.kept.Path)
		}
	}
	return out
}
