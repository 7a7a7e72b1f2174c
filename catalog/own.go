package catalog

import (
	"context"
	"errors"
)

// OwnReader is what the operator's own catalogue is found with.
type OwnReader interface {
	Source(ctx context.Context, id SourceID) (SourceState, error)
	EntryByKey(ctx context.Context, kind Kind, key Key) (*Entry, error)
}

// OwnCatalogue gives what catalogue.md of the operator's own catalogue says (kit format §15), nil where none was read: by
// the key that its source gave, however many catalogues of others there are.
func OwnCatalogue(ctx context.Context, r OwnReader) (*Catalogue, error) {
	st, err := r.Source(ctx, CatalogueSource)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, k := range st.Keys {
		if k.Kind != KindCatalogue {
			continue
		}
		e, err := r.EntryByKey(ctx, k.Kind, k.Key)
		switch {
		case errors.Is(err, ErrNotFound), errors.Is(err, ErrGone):
		case err != nil:
			return nil, err
		case e.Local && e.Catalogue != nil:
			return e.Catalogue, nil
		}
	}
	return nil, nil
}
