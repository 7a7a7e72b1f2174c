package attach

import (
	"context"
	"fmt"
	"strings"
)

// readListing writes the names and sizes of an archive: what it holds is not looked into.
func readListing(ctx context.Context, a *archive, l *lines) error {
	for i, f := range a.files {
		if i >= l.lim.Listed {
			return over("%d righe di elenco", "%d lines of the list", l.lim.Listed)
		}
		if err := l.tick(ctx); err != nil {
			return err
		}
		name := entryName(f.Name)
		if f.NonUTF8 {
			name = dosName(name)
		}
		if err := l.words(name); err != nil {
			return err
		}
		if !strings.HasSuffix(name, "/") {
			l.cell()
			if err := l.words(fmt.Sprintf("%d byte", f.UncompressedSize64)); err != nil {
				return err
			}
		}
		l.line()
	}
	return nil
}
