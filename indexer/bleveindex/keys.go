package bleveindex

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"

	"github.com/open-community-pa/riuso/catalog"
)

// layoutVersion names the buckets and values of doc.go. It ends as migrations says, which brings the earlier ones here;
// a later one is refused.
const layoutVersion = "2"

// maxKey is the longest source id, key, id or reference that is stored, in bytes; bbolt takes keys of 32 KiB.
const maxKey = 8 << 10

var (
	bucketMeta      = []byte("meta")
	bucketSources   = []byte("sources")
	bucketClaims    = []byte("claims")
	bucketGiven     = []byte("given")
	bucketEntries   = []byte("entries")
	bucketIDs       = []byte("ids")
	bucketKeys      = []byte("keys")
	bucketCards     = []byte("cards")
	bucketParts     = []byte("parts")
	bucketFacets    = []byte("facets")
	bucketLinks     = []byte("links")
	bucketLinked    = []byte("linked")
	bucketMentions  = []byte("mentions")
	bucketMentioned = []byte("mentioned")
	bucketPending   = []byte("pending")
	bucketLeads     = []byte("leads")
	bucketTold      = []byte("told")
	bucketBased     = []byte("based")
	bucketAsked     = []byte("asked")
	bucketTexts     = []byte("texts")
	bucketTextUse   = []byte("textuse")
	bucketTextUsed  = []byte("textused")
	bucketPartTexts = []byte("parttexts")

	metaLayout   = []byte("layout")
	metaComplete = []byte("complete")
	metaParts    = []byte("parts")
	metaNewest   = []byte("newest")
)

// derivedBuckets hold what publishing makes of claims; a rebuild empties them. The rest is what was told to the store.
func derivedBuckets() [][]byte {
	return [][]byte{bucketEntries, bucketCards, bucketParts, bucketFacets, bucketLinks, bucketLinked, bucketMentions, bucketMentioned, bucketPending, bucketLeads, bucketTold, bucketBased,
		bucketTextUse, bucketTextUsed, bucketPartTexts}
}

func allBuckets() [][]byte {
	return append(derivedBuckets(), bucketMeta, bucketSources, bucketClaims, bucketGiven, bucketIDs, bucketKeys, bucketAsked, bucketTexts)
}

const sep = "\x00"

// joined makes a key of a bucket. Its pieces hold no zero byte: [checkKey] saw to it, and ids and types are slugs.
func joined(pieces ...string) []byte { return []byte(strings.Join(pieces, sep)) }

// prefix is the beginning of all keys that start with these pieces.
func prefix(pieces ...string) []byte { return []byte(strings.Join(pieces, sep) + sep) }

// split is the inverse of joined.
func split(key []byte) []string { return strings.Split(string(key), sep) }

// checkKey refuses what cannot be a piece of a key.
func checkKey(s string) error {
	if s == "" || len(s) > maxKey || strings.Contains(s, sep) {
		return fmt.Errorf("key %.80q is empty, too long or has a zero byte in it: %w", s, catalog.ErrInvalid)
	}
	return nil
}

// hasWith says whether a key of a bucket starts with p.
func hasWith(b *bolt.Bucket, p []byte) bool {
	k, _ := b.Cursor().Seek(p)
	return k != nil && bytes.HasPrefix(k, p)
}

// keysWith lists the keys of a bucket that start with p.
func keysWith(b *bolt.Bucket, p []byte) [][]byte {
	var out [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(p); k != nil && bytes.HasPrefix(k, p); k, _ = c.Next() {
		out = append(out, bytes.Clone(k))
	}
	return out
}

// put stores a value as JSON.
func put(b *bolt.Bucket, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%q: %w", key, err)
	}
	return b.Put(key, raw)
}

// get reads a value; ok is false when there is none.
func get[T any](b *bolt.Bucket, key []byte) (v T, ok bool, err error) {
	raw := b.Get(key)
	if raw == nil {
		return v, false, nil
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, false, fmt.Errorf("record %q: %w", key, err)
	}
	return v, true, nil
}

// each reads the values whose keys start with p, in key order, from the key from on, until f says stop or fails.
func each[T any](b *bolt.Bucket, p, from []byte, f func(key []byte, v T) (more bool, err error)) error {
	if bytes.Compare(from, p) < 0 {
		from = p
	}
	c := b.Cursor()
	for k, raw := c.Seek(from); k != nil && bytes.HasPrefix(k, p); k, raw = c.Next() {
		var v T
		if err := json.Unmarshal(raw, &v); err != nil {
			return fmt.Errorf("record %q: %w", k, err)
		}
		if more, err := f(k, v); err != nil || !more {
			return err
		}
	}
	return nil
}
