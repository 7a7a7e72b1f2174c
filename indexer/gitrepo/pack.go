package gitrepo

import (
	"bufio"
	"compress/zlib"
	"context"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"

	"github.com/go-git/go-git/v5/plumbing"
)

// go-git's own pack parser has no limits: one object of two megabytes on the wire may inflate to two gigabytes in memory
// before anybody is asked. This one counts first. It reads a pack once, as it comes, keeps what may be kept, and gives
// every object the name that its bytes have: an object that was tampered with has simply another name than the one that
// the tree asks for, so the pack's closing checksum adds nothing and is not read.

// packLimits bound one pack.
type packLimits struct {
	memory   int64 // bytes kept in memory
	inflated int64 // bytes inflated, kept or not
	blob     int64 // bytes of a blob that is of use; larger ones are only counted
	stop     bool  // before a larger one the reading ends, with errLargeAhead
	// more is told of every number of bytes before they are kept, and may wait; nil: nobody wants to know.
	more func(int64) error
}

// errLargeAhead is inside the package: what follows in the pack is larger than is of use.
var errLargeAhead = fmt.Errorf("%w: a file is too large", ErrLimit)

// objectCost is what an object of a pack takes in memory beside its bytes, with its places in the maps.
const objectCost = 256

// packEntry is one object as it lies in the pack.
type packEntry struct {
	typ    plumbing.ObjectType
	base   int32         // index of the base of an offset delta, -1 without
	baseID plumbing.Hash // the base of a reference delta
	at     int64         // where it begins in the pack
	size   int64         // bytes when inflated: of a delta, the delta's own
	data   []byte        // inflated; nil when it was too large, or when it is read again from spool
	id     plumbing.Hash // its name; zero of a delta until it is resolved
	real   plumbing.ObjectType
}

// pack is what was understood of one.
type pack struct {
	lim      packLimits
	entries  []packEntry
	byID     map[plumbing.Hash]int32
	large    map[plumbing.Hash]bool // blobs over the limit
	unnamed  bool                   // there are others, sent as deltas, whose names nobody knows
	spool    io.ReaderAt            // where blobs are read again; nil when they are in memory
	kept     int64
	inflated int64
	z        io.ReadCloser
}

// readPack reads a pack from r. With a spool, which must hold the same bytes once they have been read from r, blobs are
// not kept in memory. A pack that ends too early, or meets a limit, gives its error together with what was complete.
func readPack(ctx context.Context, r io.Reader, spool io.ReaderAt, lim packLimits) (*pack, error) {
	p := &pack{lim: lim, byID: map[plumbing.Hash]int32{}, large: map[plumbing.Hash]bool{}, spool: spool}
	err := p.scan(ctx, &countReader{br: bufio.NewReaderSize(r, 32<<10)})
	if err != nil && len(p.entries) == 0 {
		return p, err
	}
	return p, errors.Join(err, p.resolve(ctx))
}

// scan reads the objects one after the other.
func (p *pack) scan(ctx context.Context, r *countReader) error {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return cut(err)
	}
	n := binary.BigEndian.Uint32(head[8:])
	if string(head[:4]) != "PACK" || binary.BigEndian.Uint32(head[4:]) != 2 {
		return fmt.Errorf("%w: not a pack of version 2", ErrCorrupt)
	}
	if n > maxObjects {
		return fmt.Errorf("%w: a pack of %d objects", ErrLimit, n)
	}
	byOffset := map[int64]int32{}
	for range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		// A pack of nothing but empty objects is a bomb, too: eleven bytes on the wire for each.
		if err := p.hold(objectCost); err != nil {
			return err
		}
		e, back, err := readHeader(r)
		if err != nil {
			return err
		}
		if e.typ == plumbing.OFSDeltaObject {
			base, ok := byOffset[e.at-back]
			if !ok {
				return fmt.Errorf("%w: a delta without its base", ErrCorrupt)
			}
			e.base = base
		}
		if p.lim.stop && e.size > p.lim.blob {
			return errLargeAhead
		}
		if err := p.take(r, &e); err != nil {
			return err
		}
		i := int32(len(p.entries))
		byOffset[e.at] = i
		p.entries = append(p.entries, e)
		if !e.id.IsZero() && (e.data != nil || p.spool != nil) && !p.large[e.id] {
			p.byID[e.id] = i
		}
	}
	return nil
}

// take inflates one object: into memory, or only through the hash.
func (p *pack) take(r *countReader, e *packEntry) error {
	blob := e.typ == plumbing.BlobObject
	if e.size > maxObject && !blob {
		return fmt.Errorf("%w: an object of %d bytes", ErrLimit, e.size)
	}
	if err := p.count(e.size); err != nil {
		return err
	}
	if blob && (e.size > p.lim.blob || p.spool != nil) {
		h := newHasher(e.typ, e.size)
		if err := p.inflate(r, h, e.size); err != nil {
			return err
		}
		e.id = sumOf(h)
		if e.size > p.lim.blob {
			p.large[e.id] = true
		}
		return nil
	}
	keep := !e.typ.IsDelta() || p.spool == nil
	if keep {
		if err := p.hold(e.size); err != nil {
			return err
		}
	}
	b := &sliceWriter{b: make([]byte, 0, e.size)}
	if err := p.inflate(r, b, e.size); err != nil {
		return err
	}
	if keep {
		e.data = b.b
	}
	if !e.typ.IsDelta() {
		e.id = nameOf(e.typ, b.b)
	}
	return nil
}

// count adds work, hold adds memory; both fail over their limit before anything is allocated.
func (p *pack) count(n int64) error {
	if p.inflated += n; n < 0 || p.inflated > p.lim.inflated {
		return fmt.Errorf("%w: the pack inflates to more than %d bytes", ErrLimit, p.lim.inflated)
	}
	return nil
}

func (p *pack) hold(n int64) error {
	if p.kept+n > p.lim.memory {
		return fmt.Errorf("%w: the pack needs more than %d bytes of memory", ErrLimit, p.lim.memory)
	}
	p.kept += n
	return p.tell(n)
}

func (p *pack) tell(n int64) error {
	if p.lim.more == nil {
		return nil
	}
	return p.lim.more(n)
}

// inflate copies exactly size bytes out of the zlib stream that begins here; more or fewer are an error.
func (p *pack) inflate(r *countReader, w io.Writer, size int64) error {
	var err error
	if p.z == nil {
		p.z, err = zlib.NewReader(r)
	} else {
		err = p.z.(zlib.Resetter).Reset(r, nil)
	}
	if err != nil {
		p.z = nil
		return cut(err)
	}
	n, err := io.Copy(w, io.LimitReader(p.z, size+1))
	if err != nil {
		return cut(err)
	}
	if n != size {
		return fmt.Errorf("%w: an object of %d bytes inflates to another size", ErrCorrupt, size)
	}
	return nil
}

// readHeader reads type, size and base of the object that begins here (gitformat-pack). back is how far before it the
// base of an offset delta begins.
func readHeader(r *countReader) (e packEntry, back int64, err error) {
	e = packEntry{at: r.n, base: -1}
	c, err := r.ReadByte()
	if err != nil {
		return e, 0, cut(err)
	}
	e.typ, e.size = plumbing.ObjectType(c>>4&7), int64(c&15)
	for shift := 4; c&0x80 != 0; shift += 7 {
		if c, err = r.ReadByte(); err != nil {
			return e, 0, cut(err)
		}
		if shift > 55 {
			return e, 0, fmt.Errorf("%w: the size of an object does not end", ErrCorrupt)
		}
		e.size |= int64(c&0x7f) << shift
	}
	switch e.typ {
	case plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject:
		e.real = e.typ
	case plumbing.REFDeltaObject:
		if _, err = io.ReadFull(r, e.baseID[:]); err != nil {
			return e, 0, cut(err)
		}
	case plumbing.OFSDeltaObject:
		for i := 0; ; i++ {
			if c, err = r.ReadByte(); err != nil {
				return e, 0, cut(err)
			}
			if i > 7 {
				return e, 0, fmt.Errorf("%w: an offset that does not end", ErrCorrupt)
			}
			back = back<<7 | int64(c&0x7f)
			if c&0x80 == 0 {
				break
			}
			back++
		}
	default:
		return e, 0, fmt.Errorf("%w: an object of type %d", ErrCorrupt, e.typ)
	}
	return e, back, nil
}

// cut names what a stream that ends or breaks in the middle means; what the network or a limit did keeps its own name.
func cut(err error) error {
	if errors.Is(err, ErrUnreachable) {
		return err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: the answer is cut", ErrCorrupt)
	}
	if errors.Is(err, zlib.ErrChecksum) || errors.Is(err, zlib.ErrHeader) || errors.Is(err, zlib.ErrDictionary) || isFlate(err) {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}

// countReader knows how many bytes were taken from it, which inflation does not overrun because it has ReadByte.
type countReader struct {
	br *bufio.Reader
	n  int64
}

// Read and ReadByte count.
func (r *countReader) Read(b []byte) (int, error) {
	n, err := r.br.Read(b)
	r.n += int64(n)
	return n, err
}

// ReadByte gives the next byte.
func (r *countReader) ReadByte() (byte, error) {
	b, err := r.br.ReadByte()
	if err == nil {
		r.n++
	}
	return b, err
}

// sliceWriter appends within the room it was given.
type sliceWriter struct{ b []byte }

// Write keeps the bytes; what would not fit is the reader's error to find, so it is counted but not kept.
func (w *sliceWriter) Write(b []byte) (int, error) {
	w.b = append(w.b, b[:min(len(b), cap(w.b)-len(w.b))]...)
	return len(b), nil
}

// newHasher begins the name of an object: SHA-1 over its type, its size and its bytes.
func newHasher(t plumbing.ObjectType, size int64) hash.Hash {
	h := sha1.New()
	h.Write(strconv.AppendInt(append(t.Bytes(), ' '), size, 10))
	h.Write([]byte{0})
	return h
}

func sumOf(h hash.Hash) (id plumbing.Hash) {
	h.Sum(id[:0])
	return id
}

func nameOf(t plumbing.ObjectType, b []byte) plumbing.Hash {
	h := newHasher(t, int64(len(b)))
	h.Write(b)
	return sumOf(h)
}
