package legacy

import "github.com/open-community-pa/riuso/catalog"

// Mentions gives the bodies that a text names.
func Mentions(t *catalog.Text, b Bodies) []Mention { return nil }
