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
// 500, and 2,000 take four times the memory. maxBatchText is how many bytes of attachments: while a batch is analysed it
// takes some fifty times that.
const (
	maxBatch     = 500
	maxBatchText = 4 << 20
)

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
			k := kitBatch{g: g, reader: reader, batch: batch, kit: string(k)}
			if err := k.add(ctx, tx); err != nil {
				return fmt.Errorf("kit %s: %w", k.kit, err)
			}
			kits = append(kits, []byte(k.kit))
		}
		return nil
	})
	return kits, batch, err
}

// kitBatch is one kit on its way into a batch.
type kitBatch struct {
	g      *generation
	reader index.IndexReader
	batch  *bleve.Batch
	kit    string
}

// add puts into the batch the documents of a kit, and the removal of those that the index has of it and should not. What the
// index has of an attachment already stays as it is.
func (b kitBatch) add(ctx context.Context, tx *bolt.Tx) error {
	card, live, err := get[catalog.Card](tx.Bucket(bucketCards), []byte(b.kit))
	if err != nil {
		return err
	}
	shared, _, err := get[map[catalog.FacetName][]string](tx.Bucket(bucketFacets), []byte(b.kit))
	if err != nil {
		return err
	}
	old, err := documentsOf(ctx, b.reader, b.kit)
	if err != nil {
		return err
	}
	now := map[string]bool{}
	if live {
		lines, err := linesOf(tx, b.kit)
		if err != nil {
			return err
		}
		text := 0
		err = each(tx.Bucket(bucketParts), prefix(b.kit), nil, func(k []byte, p catalog.Part) (bool, error) {
			if err := errors.Join(ctx.Err(), withText(tx, k, &p)); err != nil {
				return false, err
			}
			line := lineTerm(p.Line())
			if !lines[line] {
				line = ""
			}
			now[string(k)] = true
			d := newDocument(string(k), &p, &card, shared, line)
			if p.Type == catalog.PartAttachment {
				if digested(d, old) {
					return true, nil
				}
				if text += len(p.Text); text > maxBatchText {
					if err := b.spill(); err != nil {
						return false, err
					}
					text = len(p.Text)
				}
			}
			return true, b.batch.IndexAdvanced(d)
		})
		if err != nil {
			return err
		}
	}
	for id := range old {
		if !now[id] {
			b.batch.Delete(id)
		}
	}
	return nil
}

// spill hands over what there is of the batch before all of the kit is in it: a kit with many attachments is more than a
// batch should hold. Until the rest follows its mark stays, and what a killed program left is done again.
func (b kitBatch) spill() error {
	err := runBatch(b.g.index, b.batch)
	b.batch.Reset()
	return err
}

// linesOf gives the lines of a kit that may have more than one part: those of its attachments.
func linesOf(tx *bolt.Tx, kit string) (map[string]bool, error) {
	lines := map[string]bool{}
	err := each(tx.Bucket(bucketParts), prefix(kit, string(catalog.PartAttachment)), nil, func(_ []byte, p catalog.Part) (bool, error) {
		lines[lineTerm(p.Line())] = true
		return true, nil
	})
	return lines, err
}

// documentsOf gives the documents that the index has of a kit, with their digests.
func documentsOf(ctx context.Context, reader index.IndexReader, kit string) (docs map[string]string, err error) {
	digests, err := reader.DocValueReader([]string{fieldDigest})
	if err != nil {
		return nil, err
	}
	tfr, err := reader.TermFieldReader(ctx, []byte(kit), fieldKit, false, false, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tfr.Close()) }()
	docs = map[string]string{}
	for {
		d, err := tfr.Next(nil)
		if err != nil || d == nil {
			return docs, err
		}
		id, err := reader.ExternalID(d.ID)
		if err != nil {
			return nil, err
		}
		if docs[id], err = digestIn(digests, d.ID); err != nil {
			return nil, err
		}
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
