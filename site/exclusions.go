package site

import (
	"context"
	"errors"
	"fmt"

	"github.com/open-community-pa/riuso/catalog"
)

// maxEffects is how many exclusions of files are looked up for one page; the others are shown without what they do.
const maxEffects = 500

// exclusionView is a line of the exclusions of a catalogue.
type exclusionView struct {
	catalog.Exclusion
	File   bool           // it names one file, and not the whole
	Effect catalog.Effect // of one that names a file, "" where nobody looked
}

// Tells is the message that says what the line keeps out, or that it keeps out nothing.
func (x exclusionView) Tells() string {
	if x.File && x.Effect != "" {
		return "exclusions." + string(x.Effect)
	}
	return ""
}

// Idle says that the line names nothing, so that somebody has to look at it.
func (x exclusionView) Idle() bool {
	return x.Effect == catalog.EffectNothing || x.Effect == catalog.EffectGone
}

// exclusionsOf are the exclusions of a catalogue; what becomes of the files that they name is known of our own.
func (s *Site) exclusionsOf(ctx context.Context, st *catalog.SourceState) (out []exclusionView, err error) {
	looked := 0
	for _, x := range st.Exclusions {
		v := exclusionView{Exclusion: x}
		var kit string
		if kit, v.File = x.NamesFile(); v.File && st.Source.ID == catalog.CatalogueSource && looked < maxEffects {
			looked++
			e, err := s.cfg.Reader.EntryByKey(ctx, catalog.KindKit, catalog.Key(kit))
			switch {
			case err == nil:
				v.Effect = x.Effect(&e.Record)
			case !errors.Is(err, catalog.ErrNotFound) && !errors.Is(err, catalog.ErrGone):
				return nil, fmt.Errorf("exclusion of %q: %w", kit, err)
			case len(x.Seen) > 0: // the address is that of a repository with several kits, or of one that is gone
				v.Effect = catalog.EffectFile
			default:
				v.Effect = catalog.EffectNothing
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// countExclusions parts the exclusions of the whole of something from those of single files.
func countExclusions(list []catalog.Exclusion) (places, files int) {
	for i := range list {
		if _, file := list[i].NamesFile(); file {
			files++
		} else {
			places++
		}
	}
	return places, files
}
