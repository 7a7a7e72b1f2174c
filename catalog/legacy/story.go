package legacy

import "github.com/open-community-pa/riuso/catalog"

// Stories gives what the documents tell of the bodies that reuse the kit.
func Stories(docs []Document, text func(blob string) *catalog.Text, b Bodies) []Story { return nil }
