package legacy

import (
	"path"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// junkWhy says why a file is nothing that anybody wrote (kit format, §L3, step 2); a zero text of one that is.
func junkWhy(f File) schema.Text {
	switch {
	case isJunkName(f.Path):
		return schema.Tf("«%s» è un file che il sistema o un programma lascia dietro di sé", "%q is a file that the system or a program leaves behind", named(f.Path))
	case f.Bytes == 0 || emptyBlobs[f.Blob]:
		return schema.Tf("«%s» è vuoto", "%q is empty", named(f.Path))
	}
	return schema.Text{}
}

// isJunkName recognises what systems, browsers and office programs leave behind.
func isJunkName(p string) bool {
	name := strings.ToLower(path.Base(p))
	if junkNames[name] {
		return true
	}
	for _, s := range junkStarts {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	for _, s := range junkEnds {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	first, _, folder := strings.Cut(p, "/")
	return folder && strings.EqualFold(first, junkFolder)
}

// ownWhy says why a file is no document of the kit but one by which the repository speaks of itself; a zero text of one that
// is a document. A kit.md at the root makes its Markdown and YAML the kit's own: the catalogue reads them as they stand.
func ownWhy(p string, hasKit bool) schema.Text {
	for step := range strings.SplitSeq(p, "/") {
		if strings.HasPrefix(step, ".") {
			return schema.Tf("«%s» regola il repository e non parla del kit", "%q rules the repository and does not speak of the kit", clipped(shown(p), maxQuotedName))
		}
	}
	stem, ending := splitName(p)
	if !strings.Contains(p, "/") && ownNames[strings.ToLower(stem)] && ownEndings[ending] {
		return schema.Tf("«%s» presenta il repository: il catalogo lo legge così com'è", "%q presents the repository: the catalogue reads it as it stands", named(p))
	}
	if hasKit && (ending == "md" || ending == "yml" || ending == "yaml") {
		return schema.Tf("«%s» è già una scheda del kit", "%q is a record of the kit already", named(p))
	}
	return schema.Text{}
}
