package legacy

import "github.com/open-community-pa/riuso/catalog"

// Ceding gives the bodies that cede the practice.
func Ceding(docs []Document, text func(blob string) *catalog.Text, readme string, b Bodies) []Mention {
	return nil
}
