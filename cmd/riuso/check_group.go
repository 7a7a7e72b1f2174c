package main

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// group is what was found in one kit, catalogue or file.
type group struct {
	name     string // as people call it: a path or an address
	findings []schema.Finding
	// Of a repository; empty for what lies on this disk.
	repo, commit, branch string
	tree                 fs.FS
}

// groupsOf parts the findings of a tree: each hosted kit has its own, the rest is of the tree itself.
func groupsOf(name string, t *catalog.Tree, found []schema.Finding, named func(string) string) []group {
	out := []group{{name: name}}
	at := map[string]int{} // by folder in kits/
	for _, k := range t.Kits {
		if k.Folder != "" {
			at[k.Folder] = 0
		}
	}
	if len(at) == 0 {
		out[0].findings = found
		return out
	}
	folders := make([]string, 0, len(at))
	for dir := range at {
		folders = append(folders, dir)
	}
	slices.Sort(folders)
	for _, dir := range folders {
		at[dir] = len(out)
		kit := named(dir)
		if strings.Contains(name, "://") {
			kit = name + "//" + dir
		}
		out = append(out, group{name: kit})
	}
	prefix := make(map[string]int, len(at))
	for dir, i := range at {
		prefix[named(dir)] = i
	}
	for _, f := range found {
		i := 0
		for cut := len(f.File); cut > 0; cut = strings.LastIndexAny(f.File[:cut], `/\`) {
			if n, ok := prefix[f.File[:cut]]; ok {
				i = n
				break
			}
		}
		out[i].findings = append(out[i].findings, f)
	}
	if len(out[0].findings) == 0 && t.Catalogue == nil && !slices.ContainsFunc(t.Kits, func(k catalog.Kit) bool { return k.Folder == "" }) {
		out = out[1:]
	}
	return out
}

// every gives the findings of all groups in their order.
func every(all []group) []schema.Finding {
	var out []schema.Finding
	for _, g := range all {
		out = append(out, g.findings...)
	}
	return out
}
