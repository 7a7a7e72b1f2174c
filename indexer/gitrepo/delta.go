package gitrepo

import (
	"bufio"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/go-git/go-git/v5/plumbing"
)

// errMissing is inside the package: the object is not in the store.
var errMissing = errors.New("object not there")

// resolve gives every delta its bytes and its name. It goes from each base down to what is built on it, so that only
// the chain at hand is held.
func (p *pack) resolve(ctx context.Context) error {
	kids := map[int32][]int32{}
	named := map[plumbing.Hash][]int32{}
	for i, e := range p.entries {
		switch {
		case e.base >= 0:
			kids[e.base] = append(kids[e.base], int32(i))
		case e.typ == plumbing.REFDeltaObject:
			named[e.baseID] = append(named[e.baseID], int32(i))
		}
	}
	if len(kids) == 0 && len(named) == 0 {
		return nil
	}
	d := &descent{p: p, kids: kids, named: named}
	for i := range p.entries {
		e := &p.entries[i]
		if e.typ.IsDelta() || (len(kids[int32(i)]) == 0 && len(named[e.id]) == 0) || p.large[e.id] {
			continue
		}
		content := e.data
		if content == nil {
			var err error
			if content, err = p.again(int32(i)); err != nil {
				return err
			}
		}
		if err := d.down(ctx, int32(i), content, 0); err != nil {
			return err
		}
	}
	return nil
}

// descent walks the tree of deltas.
type descent struct {
	p     *pack
	kids  map[int32][]int32
	named map[plumbing.Hash][]int32
	held  int64
	most  int64 // that was ever held beside what the pack keeps
}

// down resolves everything that is built on entry i, whose bytes are content.
func (d *descent) down(ctx context.Context, i int32, content []byte, depth int) error {
	p, id := d.p, d.p.entries[i].id
	children := d.kids[i]
	if more := d.named[id]; len(more) > 0 {
		delete(d.named, id)
		children = append(children[:len(children):len(children)], more...)
	}
	if len(children) == 0 {
		return nil
	}
	if depth >= maxDeltaChain {
		return fmt.Errorf("%w: more than %d deltas on one another", ErrLimit, maxDeltaChain)
	}
	if d.held += int64(len(content)); d.held > p.lim.memory {
		return fmt.Errorf("%w: the deltas need more than %d bytes of memory", ErrLimit, p.lim.memory)
	}
	if p.spool != nil && d.held > d.most {
		if err := p.tell(d.held - d.most); err != nil {
			return err
		}
		d.most = d.held
	}
	for _, k := range children {
		if err := ctx.Err(); err != nil {
			return err
		}
		e := &p.entries[k]
		e.real = p.entries[i].real
		keep := p.spool == nil || e.real != plumbing.BlobObject
		out, err := p.apply(e, k, content, keep)
		if err != nil {
			return err
		}
		if out == nil { // a blob that is too large: nothing built on it can be known
			p.unnamed = true
			continue
		}
		e.id, e.data = nameOf(e.real, out), nil
		if keep {
			e.data = out
		}
		p.byID[e.id] = k
		if err := d.down(ctx, k, out, depth+1); err != nil {
			return err
		}
	}
	d.held -= int64(len(content))
	return nil
}

// apply makes the bytes of a delta; nil without an error for a blob over the limit. What is kept is counted before it is
// made.
func (p *pack) apply(e *packEntry, i int32, base []byte, keep bool) ([]byte, error) {
	delta := e.data
	if delta == nil {
		var err error
		if delta, err = p.again(i); err != nil {
			return nil, err
		}
	}
	_, size, _, ok := deltaSizes(delta)
	if !ok {
		return nil, fmt.Errorf("%w: a delta without sizes", ErrCorrupt)
	}
	if e.real == plumbing.BlobObject && size > p.lim.blob {
		return nil, nil
	}
	if size > maxObject {
		return nil, fmt.Errorf("%w: an object of %d bytes", ErrLimit, size)
	}
	if err := p.count(size); err != nil {
		return nil, err
	}
	if keep {
		if err := p.hold(size); err != nil {
			return nil, err
		}
	}
	return patch(base, delta)
}

// again inflates entry i once more from the spool.
func (p *pack) again(i int32) ([]byte, error) {
	e := p.entries[i]
	if p.spool == nil || e.size > maxObject {
		return nil, errMissing
	}
	r := &countReader{br: bufio.NewReader(io.NewSectionReader(p.spool, e.at, math.MaxInt64-e.at))}
	if _, _, err := readHeader(r); err != nil {
		return nil, err
	}
	if err := p.count(e.size); err != nil {
		return nil, err
	}
	w := &sliceWriter{b: make([]byte, 0, e.size)}
	return w.b[:e.size], p.inflate(r, w, e.size)
}

// object gives the bytes of an object, or errMissing.
func (p *pack) object(id plumbing.Hash, t plumbing.ObjectType) ([]byte, error) {
	i, ok := p.byID[id]
	if !ok || p.entries[i].real != t {
		return nil, errMissing
	}
	if e := p.entries[i]; e.data != nil {
		return e.data, nil
	}
	var chain []int32 // from the object to its base
	for {
		chain = append(chain, i)
		e := p.entries[i]
		if !e.typ.IsDelta() {
			break
		}
		if i = e.base; i < 0 {
			if i, ok = p.byID[e.baseID]; !ok {
				return nil, errMissing
			}
		}
		if len(chain) > maxDeltaChain {
			return nil, ErrLimit
		}
	}
	out, err := p.again(chain[len(chain)-1])
	for n := len(chain) - 2; err == nil && n >= 0; n-- {
		out, err = p.apply(&p.entries[chain[n]], chain[n], out, false)
	}
	return out, err
}

// weight is how many bytes a blob has, or of one that came as a delta that delta; 0 of one that is not there.
func (p *pack) weight(id plumbing.Hash) int64 {
	if p.large[id] {
		return math.MaxInt64
	}
	if i, ok := p.byID[id]; ok {
		return p.entries[i].size
	}
	return 0
}

// tooLarge says whether the blob is there and over the limit. One that is not there is taken for one that the server sent
// as a delta and that was too large to be made, when there were such.
func (p *pack) tooLarge(id plumbing.Hash) bool {
	_, there := p.byID[id]
	return p.large[id] || (p.unnamed && !there)
}

// isFlate recognises an error of the compressed data itself.
func isFlate(err error) bool {
	var c flate.CorruptInputError
	var i flate.InternalError
	return errors.As(err, &c) || errors.As(err, &i)
}
