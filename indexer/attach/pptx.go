package attach

import (
	"context"
	"maps"
	"slices"
)

// readPPTX reads a PowerPoint presentation: a page for each slide, in the order in which they are shown, with its diagrams
// and its notes.
func readPPTX(ctx context.Context, a *archive, l *lines) error {
	links, err := a.relations(ctx, l, "ppt/presentation.xml")
	if err != nil {
		return err
	}
	var slides []string
	err = a.walk(ctx, l, "ppt/presentation.xml", handler{start: func(name string, at attrs) error {
		if r, ok := links[at.relation()]; name == "sldId" && ok && a.has(r.part) {
			slides = append(slides, r.part)
		}
		return nil
	}})
	if err != nil {
		return err
	}
	l.count = len(slides)
	for _, part := range slides {
		if err := l.begin(""); err != nil {
			return err
		}
		if err := a.walk(ctx, l, part, wordText(l)); err != nil {
			return err
		}
		links, err := a.relations(ctx, l, part)
		if err != nil {
			return err
		}
		for _, kind := range []string{"diagramData", "notesSlide"} {
			for _, id := range slices.Sorted(maps.Keys(links)) {
				if r := links[id]; r.kind == kind && a.has(r.part) {
					l.blank()
					if err := a.walk(ctx, l, r.part, wordText(l)); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}
