package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// LayoutError says that a data folder, or a backup, was written by a program whose layout this one does not read. Nothing
// in it was touched.
type LayoutError struct {
	Path  string // of the folder or file
	Have  string // its layout
	Wants string // the layout of this program
}

// Error gives the two layouts, for a log.
func (e *LayoutError) Error() string {
	return fmt.Sprintf("%s: records of layout %.20q, this program reads %s", e.Path, e.Have, e.Wants)
}

// Text says it in one sentence: where, what is wrong, what to do.
func (e *LayoutError) Text() schema.Text {
	if n, err := strconv.Atoi(e.Have); err == nil && strconv.Itoa(n) == e.Have && n > number(e.Wants) {
		return schema.Tf("%s è di una versione più recente di riuso (formato %s, questo programma legge fino al %s): non è stato toccato nulla; usa quella versione, o ripristina una copia di sicurezza fatta prima",
			"%s was written by a newer riuso (format %s, this program reads up to %s): nothing was touched; use that version, or restore a backup made before", e.Path, e.Have, e.Wants)
	}
	return schema.Tf("%s ha un formato che questo programma non conosce (%q): non è stato toccato nulla; controlla che sia una cartella di riuso, o ripristina una copia di sicurezza",
		"%s has a format that this program does not know (%q): nothing was touched; check that it is a folder of riuso, or restore a backup", e.Path, short(e.Have))
}

func short(s string) string { return fmt.Sprintf("%.20s", s) }

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// migrations bring records from one layout to the next, in a copy: the original stays until the copy is whole. A layout
// ends when a stored value changes its form or its meaning so that the old one would be misread; testdata/layout-N.txt
// has the forms of layout N, and a test compares them. Fields that are new need none of this, and what is derived from
// claims is made anew in any case.
func migrations(from string) ([]func(*bolt.Tx) error, bool) {
	switch from {
	case "1":
		return []func(*bolt.Tx) error{grantsOfPlainIDs}, true
	}
	return nil, false
}

// grantsOfPlainIDs is the step from layout 1 to 2: in bucket keys an id may stand as plain text, which a program of layout
// 1 took for the whole of the value. Now it is always an IDGrant.
func grantsOfPlainIDs(tx *bolt.Tx) error {
	b := tx.Bucket(bucketKeys)
	if b == nil {
		return nil
	}
	plain := map[string]string{}
	err := b.ForEach(func(k, v []byte) error {
		if len(v) > 0 && v[0] != '{' {
			plain[string(k)] = string(v)
		}
		return nil
	})
	for k, id := range plain {
		if err == nil {
			err = put(b, []byte(k), catalog.IDGrant{Key: catalog.Key(split([]byte(k))[1]), ID: id})
		}
	}
	return err
}

// layoutOf reads the layout of a generation and refuses one that cannot be brought to this one. It writes nothing.
func layoutOf(dir string, n int) (string, error) {
	path := filepath.Join(generationDir(dir, n), recordsName)
	layout, err := readLayout(path)
	if err != nil {
		return "", err
	}
	if layout == layoutVersion {
		return layout, nil
	}
	if _, ok := migrations(layout); !ok {
		return "", &LayoutError{Path: dir, Have: layout, Wants: layoutVersion}
	}
	return layout, nil
}

// readLayout gives the layout of a file of records; one that was never finished is of this one.
func readLayout(path string) (layout string, err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout, ReadOnly: true})
	if err != nil {
		return "", fmt.Errorf("records %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.View(func(tx *bolt.Tx) error {
		layout = layoutVersion
		if meta := tx.Bucket(bucketMeta); meta != nil && meta.Get(metaLayout) != nil {
			layout = string(meta.Get(metaLayout))
		}
		return nil
	})
	return layout, err
}

// migrate brings generation n, of an earlier layout, to this one: a copy aside, then the swap.
func (x *Index) migrate(ctx context.Context, n int, from string) (err error) {
	start := x.now()
	x.log.WarnContext(ctx, "bringing the data folder to a new layout", "from", from, "to", layoutVersion)
	old := &generation{dir: generationDir(x.dir, n), number: n}
	next, err := old.copied(ctx, x.dir, n+1, from)
	if err != nil {
		return fmt.Errorf("from layout %s to %s: %w", from, layoutVersion, err)
	}
	if err := setCurrent(x.dir, next.number); err != nil {
		return errors.Join(fmt.Errorf("from layout %s to %s: %w", from, layoutVersion, err), next.close())
	}
	x.gen = next
	x.log.WarnContext(ctx, "the data folder has the new layout", "layout", layoutVersion, "generation", next.number, "duration", x.now().Sub(start))
	return os.RemoveAll(old.dir)
}

// copied makes generation to of a generation that is not open, whose layout this program can read.
func (g *generation) copied(ctx context.Context, dir string, to int, layout string) (next *generation, err error) {
	var steps []func(*bolt.Tx) error
	if layout != layoutVersion {
		steps, _ = migrations(layout)
	}
	db, err := bolt.Open(filepath.Join(g.dir, recordsName), 0o600, &bolt.Options{Timeout: boltTimeout, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return (&generation{dir: g.dir, number: g.number, records: db}).copyRecords(ctx, dir, to, steps...)
}
