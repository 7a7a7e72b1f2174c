package peer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
)

// mark is what is remembered of a look, so that the next one may find that nothing changed: a digest over what was
// read, and the pages with what the server said of each. Outside this package it is a text without meaning.
type mark struct {
	Digest string       `json:"d"`
	Pages  []markedPage `json:"p,omitempty"`
}

type markedPage struct {
	Path string `json:"u"` // behind the base address
	stamp
}

// parseMark reads a mark that may have been kept by another version, or damaged: then there is none.
func parseMark(s string) mark {
	var m mark
	if len(s) > maxMark || json.Unmarshal([]byte(s), &m) != nil || len(m.Pages) > MaxMarkedPages {
		return mark{}
	}
	return m
}

// String gives the mark as it is kept. The pages count only when all of them can be asked again.
func (m mark) String() string {
	for _, p := range m.Pages {
		if p.none() {
			m.Pages = nil
			break
		}
	}
	if len(m.Pages) > MaxMarkedPages {
		m.Pages = nil
	}
	for {
		b, err := json.Marshal(m)
		if err != nil { // texts always have a JSON form
			return ""
		}
		if len(b) <= maxMark {
			return string(b)
		}
		m.Pages = nil
	}
}

// same asks for every page of a mark whether it changed, and stops at the first that did or that fails: the full reading
// that follows tells more.
func (l *look) same(ctx context.Context, base string, m mark, accept string) bool {
	for _, p := range m.Pages {
		if p.none() {
			return false
		}
		a, err := l.get(ctx, base+p.Path, accept, p.stamp, l.r.cfg.AnswerBytes)
		if err != nil || !a.same {
			return false
		}
	}
	return len(m.Pages) > 0
}

// fold adds texts to a digest in a way that two lists never give the same by shifting.
func fold(h hash.Hash, texts ...string) {
	for _, t := range texts {
		sum := sha256.Sum256([]byte(t))
		h.Write(sum[:])
	}
}

func digestOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)[:16]) }
