package catalog

import (
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// historyOf gives the commits of a kit's own files, by path in its folder; "" is the whole kit.
func historyOf(all map[string][]Change, folder string) map[string][]Change {
	if len(all) == 0 {
		return nil
	}
	out := map[string][]Change{}
	for p, cs := range all {
		switch {
		case p == folder:
			out[""] = cs
		case folder == "":
			out[p] = cs
		case strings.HasPrefix(p, folder+"/"):
			out[p[len(folder)+1:]] = cs
		}
	}
	return out
}

// findingsBelow gives the findings of the files of a kit, and of a repository as a whole when the kit is all of it.
func findingsBelow(all []schema.Finding, k *Kit, limit int) []schema.Finding {
	var out []schema.Finding
	for _, f := range all {
		if k.Folder == "" || strings.HasPrefix(f.File, k.Folder+"/") {
			if out = append(out, f); len(out) == limit {
				break
			}
		}
	}
	return out
}
