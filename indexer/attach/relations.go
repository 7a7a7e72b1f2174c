package attach

import (
	"context"
	"path"
	"strings"
)

// relation is a link from one part of an Office document to another (ECMA-376, part 2).
type relation struct {
	kind string // last step of its type: "slide", "notesSlide"
	part string // name of the other part
}

// relations reads the links of a part by their ids; those that lead out of the document are left out.
func (a *archive) relations(ctx context.Context, l *lines, part string) (map[string]relation, error) {
	out := map[string]relation{}
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if !a.has(name) {
		return out, nil
	}
	err := a.walk(ctx, l, name, handler{start: func(el string, at attrs) error {
		if el != "Relationship" || strings.EqualFold(at.get("TargetMode"), "External") {
			return nil
		}
		if len(out) >= maxRelations {
			return over("%d collegamenti tra le parti", "%d links between the parts", maxRelations)
		}
		target := at.get("Target")
		if strings.HasPrefix(target, "/") {
			target = path.Clean(target)[1:]
		} else {
			target = path.Join(dir, target)
		}
		out[at.get("Id")] = relation{kind: path.Base(at.get("Type")), part: target}
		return nil
	}})
	return out, err
}
