package catalogtest

import (
	"context"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// Writer takes what [catalog.Apply] decided, and tells what it must know for the next time.
type Writer interface {
	Known(context.Context, catalog.SourceID) (catalog.Known, error)
	Commit(context.Context, ...catalog.Delta) error
}

// Entries gives what is published, one by one and in lists.
type Entries interface {
	Entry(ctx context.Context, kind catalog.Kind, id string) (*catalog.Entry, error)
	EntryByKey(context.Context, catalog.Kind, catalog.Key) (*catalog.Entry, error)
	Entries(ctx context.Context, kind catalog.Kind, after string, limit int) ([]catalog.Entry, error)
}

// Lists gives the short forms.
type Lists interface {
	Cards(ctx context.Context, after string, limit int) ([]catalog.Card, error)
	Links(context.Context, catalog.EntityRef) ([]catalog.Link, error)
	Stats(context.Context) (catalog.Stats, error)
}

// Sources tells how the visits went.
type Sources interface {
	Source(context.Context, catalog.SourceID) (catalog.SourceState, error)
	Sources(context.Context) ([]catalog.SourceState, error)
	FindSources(context.Context, catalog.SourceQuery) (catalog.SourceResult, error)
}

// Searcher answers queries.
type Searcher interface {
	Search(context.Context, catalog.Query) (catalog.Result, error)
}

// TextKeeper gives what was drawn out of attachments.
type TextKeeper interface {
	Texts(ctx context.Context, blobs []string) (map[string]catalog.Text, error)
	Text(ctx context.Context, blob string) (*catalog.Text, error)
}

// Store is all that the suite tests. Programs declare the little of it that they use.
type Store interface {
	Writer
	Entries
	Lists
	Sources
	Searcher
	TextKeeper
}

// Reopener is a store that keeps its data when it is closed. Reopen closes it and opens it again.
type Reopener interface {
	Reopen(*testing.T) Store
}
