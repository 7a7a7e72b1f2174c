package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/open-community-pa/riuso/catalog"
)

// maxBatch is how many documents go to the index in one batch. Measured on 5 KB documents: 100 cost twice the time of
// 500, and 2,000 take four times the memory.
const maxBatch = 500

var errBucketNotFound = bolterrors.ErrBucketNotFound

// errIndex marks what only a rebuild can help.
var errIndex = errors.New("the index cannot be used")

var internalVersion = []byte("riuso.mapping")

// makeIndex makes the generation's index anew, empty.
func (g *generation) makeIndex() error {
	path := filepath.Join(g.dir, indexName)
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	idx, err := bleve.NewUsing(path, bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return fmt.Errorf("index %s: %w", path, err)
	}
	g.index = idx
	return idx.SetInternal(internalVersion, []byte(mappingVersion))
}

// openIndex opens the generation's index and says errIndex when it is missing, damaged, or of another version.
func (g *generation) openIndex() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("opening it panicked (%v): %w", r, errIndex)
		}
	}()
	idx, err := bleve.OpenUsing(filepath.Join(g.dir, indexName), map[string]any{"bolt_timeout": boltTimeout.String()})
	if err != nil {
		return fmt.Errorf("%w: %w", errIndex, err)
	}
	version, err := idx.GetInternal(internalVersion)
	if err != nil || string(version) != mappingVersion {
		return errors.Join(fmt.Errorf("it is of version %q, not %q: %w", version, mappingVersion, errIndex), err, idx.Close())
	}
	g.index = idx
	return nil
}

// checkIndex compares the index with the records, when nothing is pending.
func (g *generation) checkIndex() error {
	var parts int
	err := g.records.View(func(tx *bolt.Tx) (err error) {
		parts, err = partCount(tx)
		return err
	})
	if err != nil {
		return err
	}
	docs, err := g.index.DocCount()
	if err != nil || docs != uint64(parts) {
		return errors.Join(fmt.Errorf("it holds %d documents for %d parts: %w", docs, parts, errIndex), err)
	}
	return nil
}

// flush brings the documents of all pending kits into the index and clears their marks. It may be done again and again:
// a kit's documents are replaced as a whole, whatever state a killed program left them in.
func (g *generation) flush(ctx context.Context) error {
	for {
		kits, batch, err := g.nextBatch(ctx)
		if err != nil || len(kits) == 0 {
			return err
		}
		if err := runBatch(g.index, batch); err != nil {
			return err
		}
		err = g.records.Update(func(tx *bolt.Tx) error { return deleteAll(tx.Bucket(bucketPending), kits) })
		if err != nil {
			return err
		}
	}
}

// nextBatch gathers pending kits until their parts fill a batch.
func (g *generation) nextBatch(ctx context.Context) (kits [][]byte, batch *bleve.Batch, err error) {
	if g.index == nil { // it could not be opened again when the disk had been full
		return nil, nil, errIndex
	}
	advanced, err := g.index.Advanced()
	if err != nil {
		return nil, nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	batch = g.index.NewBatch()
	err = g.records.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(bucketPending).Cursor()
		for k, _ := c.First(); k != nil && batch.Size() < maxBatch; k, _ = c.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := addKit(ctx, tx, reader, batch, string(k)); err != nil {
				return fmt.Errorf("kit %s: %w", k, err)
			}
			kits = append(kits, append([]byte(nil), k...))
		}
		return nil
	})
	return kits, batch, err
}

// addKit puts into the batch the documents of a kit, and the removal of those that the index has of it and should not.
func addKit(ctx context.Context, tx *bolt.Tx, reader index.IndexReader, batch *bleve.Batch, kit string) error {
	card, live, err := get[catalog.Card](tx.Bucket(bucketCards), []byte(kit))
	if err != nil {
		return err
	}
	shared, _, err := get[map[catalog.FacetName][]string](tx.Bucket(bucketFacets), []byte(kit))
	if err != nil {
		return err
	}
	now := map[string]bool{}
	if live {
		err = each(tx.Bucket(bucketParts), prefix(kit), nil, func(k []byte, p catalog.Part) (bool, error) {
			now[string(k)] = true
			return true, batch.IndexAdvanced(newDocument(string(k), &p, &card, shared))
		})
		if err != nil {
			return err
		}
	}
	old, err := documentsOf(ctx, reader, kit)
	for _, id := range old {
		if !now[id] {
			batch.Delete(id)
		}
	}
	return err
}

// documentsOf lists the documents that the index has of a kit.
func documentsOf(ctx context.Context, reader index.IndexReader, kit string) (ids []string, err error) {
	tfr, err := reader.TermFieldReader(ctx, []byte(kit), fieldKit, false, false, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tfr.Close()) }()
	for {
		d, err := tfr.Next(nil)
		if err != nil || d == nil {
			return ids, err
		}
		id, err := reader.ExternalID(d.ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
}

// runBatch hands a batch to the index. A torn segment is known to make Bleve panic here: that is an index to rebuild, not
// a program to end.
func runBatch(idx bleve.Index, batch *bleve.Batch) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a batch panicked (%v): %w", r, errIndex)
		}
	}()
	if err := idx.Batch(batch); err != nil {
		return fmt.Errorf("%w: %w", errIndex, err)
	}
	return nil
}
