package gitrepo

import (
	"encoding/binary"
	"fmt"
	"math"
)

// deltaSizes reads the two numbers that a delta begins with (gitformat-pack, "Deltified representation"): how large its
// base is and how large its result will be.
func deltaSizes(delta []byte) (base, target int64, ops []byte, ok bool) {
	b, n := binary.Uvarint(delta)
	if n <= 0 {
		return 0, 0, nil, false
	}
	t, m := binary.Uvarint(delta[n:])
	if m <= 0 || b > math.MaxInt64 || t > math.MaxInt64 {
		return 0, 0, nil, false
	}
	return int64(b), int64(t), delta[n+m:], true
}

// patch makes what a delta makes of its base, in exactly the room that the delta says: go-git's own doubles its room as
// it goes, which for a delta of a kilobyte may be three times what the limit of memory allows.
func patch(base, delta []byte) ([]byte, error) {
	const (
		copies   = 0x80    // an instruction that copies from the base; any other inserts so many bytes as it says
		offsets  = 4       // bytes of the offset that may follow, each when its bit is set
		sizes    = 3       // and of the size
		wholeRun = 0x10000 // what a size of nothing means
	)
	src, target, ops, ok := deltaSizes(delta)
	if !ok || src != int64(len(base)) || target > maxObject {
		return nil, fmt.Errorf("%w: a delta that does not fit its base", ErrCorrupt)
	}
	wrong := fmt.Errorf("%w: a delta that cannot be followed", ErrCorrupt)
	out := make([]byte, 0, target)
	for len(ops) > 0 {
		op := ops[0]
		ops = ops[1:]
		var from []byte
		if op&copies != 0 {
			var n [offsets + sizes]int64
			for bit := range n {
				if op&(1<<bit) == 0 {
					continue
				}
				if len(ops) == 0 {
					return nil, wrong
				}
				n[bit], ops = int64(ops[0]), ops[1:]
			}
			at, size := n[0]|n[1]<<8|n[2]<<16|n[3]<<24, n[4]|n[5]<<8|n[6]<<16
			if size == 0 {
				size = wholeRun
			}
			if at+size > src {
				return nil, wrong
			}
			from = base[at : at+size]
		} else {
			if op == 0 || int(op) > len(ops) {
				return nil, wrong
			}
			from, ops = ops[:op], ops[op:]
		}
		if int64(len(out)+len(from)) > target {
			return nil, wrong
		}
		out = append(out, from...)
	}
	if int64(len(out)) != target {
		return nil, wrong
	}
	return out, nil
}
