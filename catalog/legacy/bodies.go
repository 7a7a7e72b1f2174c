package legacy

import (
	"fmt"
	"hash/fnv"

	"cmp"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Roll is a list of public bodies that are found by their names. A nil one knows none. It is not changed once it is
// in use.
type Roll struct {
	at   map[string]enrolled
	mark uint64
}

type enrolled struct {
	ref  catalog.EntityRef
	name string
}

// NewRoll makes an empty roll.
func NewRoll() *Roll { return &Roll{at: map[string]enrolled{}} }

// Add enters a body. Of two with one name the first counts: which of them a text means cannot be told, and who enters the
// bodies of the catalogue first has them found.
func (r *Roll) Add(ref catalog.EntityRef, name string) {
	key := bodyKey(name)
	if _, taken := r.at[key]; !taken && ref != "" && key != "" {
		r.at[key] = enrolled{ref, name}
		h := fnv.New64a()
		_, _ = h.Write([]byte(key + "\x00" + string(ref))) // a hash takes everything
		r.mark ^= h.Sum64()
	}
}

// Mark is equal for two rolls that know the same bodies by the same names: what was understood by one need not be understood
// again by the other.
func (r *Roll) Mark() string {
	if r == nil || len(r.at) == 0 {
		return "0"
	}
	return fmt.Sprintf("%d-%x", len(r.at), r.mark)
}

// Len is how many names are known.
func (r *Roll) Len() int { return len(r.at) }

// Body gives the body of a name, however it is spelt in upper and lower case, with accents and apostrophes of any kind.
func (r *Roll) Body(name string) (ref catalog.EntityRef, official string, ok bool) {
	if r == nil {
		return "", "", false
	}
	e, ok := r.at[bodyKey(name)]
	return e.ref, e.name, ok
}

// bodyKey is what two spellings of one name have in common.
func bodyKey(name string) string { return fold(name) }

// owned knows the owner of a kit where nobody else knows a body of that name.
type owned struct {
	more  Bodies
	owner *Roll
}

// Body asks the others first: what a repository says of itself never stands for what a catalogue knows.
func (o owned) Body(name string) (catalog.EntityRef, string, bool) {
	if o.more != nil {
		if ref, official, ok := o.more.Body(name); ok {
			return ref, official, ok
		}
	}
	return o.owner.Body(name)
}

// withOwner adds the owner that a publiccode.yml names with its code.
func withOwner(b Bodies, data string) Bodies {
	if data == "" {
		return b
	}
	pc, _ := publiccode.Parse([]byte(data), publiccode.Options{})
	if pc == nil || !refShape.MatchString("ipa:"+pc.IPA()) {
		return b
	}
	r, name := NewRoll(), pc.Legal.MainCopyrightOwner
	if pc.Organisation != nil {
		name = cmp.Or(pc.Organisation.Name, name)
	}
	r.Add(catalog.EntityRef("ipa:"+pc.IPA()), name)
	if r.Len() == 0 {
		return b
	}
	return owned{b, r}
}
