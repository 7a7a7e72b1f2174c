package bleveindex

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// fieldDigest holds what the document of an attachment was made of, so that one that would come out the same is not analysed
// again: a kit is written anew whenever an adoption, a body or one of its files changes, and its attachments may be a hundred
// documents of tens of pages. It lies in the document itself, and so is never of another one than the index has. Other parts
// have none: they are short, and made anew.
const fieldDigest = "digest"

// digestOf sums up the fields of a document, which are in the same order each time.
func digestOf(d *document.Document) string {
	h := sha256.New()
	write := func(b []byte) {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(b)))
		h.Write(size[:]) // a hash takes all
		h.Write(b)
	}
	for _, f := range d.Fields {
		write([]byte(f.Name()))
		write(f.Value())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// digested gives the document of an attachment its digest; known says that the index has the same.
func digested(d *document.Document, old map[string]string) (known bool) {
	sum := digestOf(d)
	if old[d.ID()] == sum {
		return true
	}
	d.AddField(document.NewTextFieldCustom(fieldDigest, nil, []byte(sum), asValue, whole{}))
	return false
}

// digestIn reads the digest of a document of the index, "" where it has none.
func digestIn(r index.DocValueReader, id index.IndexInternalID) (sum string, err error) {
	err = r.VisitDocValues(id, func(_ string, term []byte) { sum = string(term) })
	return sum, err
}
