package bleveindex

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// maxUnpacked bounds what comes out of a compressed value, in bytes: a text is at most [catalog.MaxText], and JSON writes a
// character in six at the most.
const maxUnpacked = 8 * catalog.MaxText

// Texts gives what is known of the texts of these blobs; of others there is nothing in the map. Whoever asks for the texts of
// a large kit asks in pieces: each may be of [catalog.MaxText].
func (x *Index) Texts(ctx context.Context, blobs []string) (map[string]catalog.Text, error) {
	out := make(map[string]catalog.Text, len(blobs))
	err := x.view(ctx, func(tx *bolt.Tx) error {
		for _, blob := range blobs {
			t, err := textIn(tx, blob)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			if t != nil {
				out[blob] = *t
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Text gives the text of a blob; [catalog.ErrNotFound] where it was not read, or no kit has such an attachment that is not
// kept out. Another kit may have the same bytes: whether this one shows them says [catalog.KeptOut].
func (x *Index) Text(ctx context.Context, blob string) (t *catalog.Text, err error) {
	err = x.view(ctx, func(tx *bolt.Tx) error {
		if t, err = textIn(tx, blob); err == nil && t == nil {
			err = fmt.Errorf("text of %.80q: %w", blob, catalog.ErrNotFound)
		}
		return err
	})
	return t, err
}

// textIn reads a text, nil where there is none.
func textIn(tx *bolt.Tx, blob string) (*catalog.Text, error) {
	packed := tx.Bucket(bucketTexts).Get([]byte(blob))
	if packed == nil {
		return nil, nil
	}
	raw, err := unpacked(packed)
	if err != nil {
		return nil, fmt.Errorf("text of %q: %w", blob, err)
	}
	t := &catalog.Text{}
	if err := json.Unmarshal(raw, t); err != nil {
		return nil, fmt.Errorf("text of %q: %w", blob, err)
	}
	return t, nil
}

// takeText stores what was drawn out of a blob, and touches the kits that had the blob already.
func (p *publisher) takeText(t catalog.Text) error {
	if err := checkKey(t.Blob); err != nil {
		return fmt.Errorf("text: %w", err)
	}
	raw, err := json.Marshal(t.Bounded())
	if err != nil {
		return fmt.Errorf("text of %q: %w", t.Blob, err)
	}
	packed, err := p.packed(raw)
	if err != nil {
		return err
	}
	p.unsure[t.Blob] = true
	if bytes.Equal(p.bucket(bucketTexts).Get([]byte(t.Blob)), packed) {
		return nil
	}
	for _, row := range keysWith(p.bucket(bucketTextUse), prefix(t.Blob)) {
		s := split(row)
		p.touched[catalog.RecordKey{Kind: catalog.Kind(s[1]), Key: catalog.Key(s[2])}] = true
	}
	return p.bucket(bucketTexts).Put([]byte(t.Blob), packed)
}

// use notes which texts a kit has use for: those of all that tell of it, without what is kept out.
func (p *publisher) use(rk catalog.RecordKey, records []catalog.Record, aliases []catalog.Key) error {
	if rk.Kind != catalog.KindKit {
		return nil
	}
	records = slices.Clone(records)
	for i := range records {
		records[i].Aliases = aliases
	}
	if err := p.learn(records); err != nil {
		return err
	}
	out, err := p.exclusions()
	if err != nil {
		return err
	}
	now := map[string]bool{}
	for _, r := range records {
		for _, blob := range out.Blobs(&r) {
			if checkKey(blob) == nil {
				now[blob] = true
			}
		}
	}
	kind, key := string(rk.Kind), string(rk.Key)
	for _, row := range keysWith(p.bucket(bucketTextUsed), prefix(kind, key)) {
		blob := split(row)[2]
		if now[blob] {
			delete(now, blob)
			continue
		}
		p.unsure[blob] = true
		if err := errors.Join(p.bucket(bucketTextUsed).Delete(row), p.bucket(bucketTextUse).Delete(joined(blob, kind, key))); err != nil {
			return err
		}
	}
	for blob := range now {
		if err := errors.Join(p.bucket(bucketTextUsed).Put(joined(kind, key, blob), nil), p.bucket(bucketTextUse).Put(joined(blob, kind, key), nil)); err != nil {
			return err
		}
	}
	return nil
}

// dropTexts takes away the texts that nobody has use for any more.
func (p *publisher) dropTexts() error {
	for blob := range p.unsure {
		if hasWith(p.bucket(bucketTextUse), prefix(blob)) {
			continue
		}
		if err := p.bucket(bucketTexts).Delete([]byte(blob)); err != nil {
			return err
		}
	}
	return nil
}

// packed compresses a value. The fastest level: texts come in bursts, and the next one makes a tenth less at twice the time.
func (p *publisher) packed(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	if p.packer == nil {
		z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		if err != nil {
			return nil, err
		}
		p.packer = z
	}
	p.packer.Reset(&b)
	if _, err := p.packer.Write(raw); err != nil {
		return nil, err
	}
	if err := p.packer.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// unpacked is the inverse of packed.
func unpacked(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxUnpacked))
}

// putPart stores a part; the text of an attachment apart from it, so that parts are listed without it.
func (p *publisher) putPart(key []byte, part catalog.Part) error {
	if part.Type == catalog.PartAttachment && part.Text != "" {
		packed, err := p.packed([]byte(part.Text))
		if err != nil {
			return err
		}
		if err := p.bucket(bucketPartTexts).Put(key, packed); err != nil {
			return err
		}
		part.Text = ""
	}
	return put(p.bucket(bucketParts), key, part)
}

// withText gives a part its text back.
func withText(tx *bolt.Tx, key []byte, part *catalog.Part) error {
	if part.Type != catalog.PartAttachment || len(part.Pages) == 0 {
		return nil
	}
	packed := tx.Bucket(bucketPartTexts).Get(key)
	if packed == nil {
		return nil
	}
	raw, err := unpacked(packed)
	part.Text = string(raw)
	if err != nil {
		return fmt.Errorf("text of part %q: %w", key, err)
	}
	return nil
}
