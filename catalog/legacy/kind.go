package legacy

import (
	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// KindOf gives the kind of a document, a value of document.kind, and why.
func KindOf(path, title string, t *catalog.Text) (kind string, why schema.Text) {
	return "other", schema.T("né il nome né le prime parole dicono che cos'è", "neither the name nor the first words say what it is")
}
