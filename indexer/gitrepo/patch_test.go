package gitrepo

import (
	"bytes"
	"errors"
	"testing"

	"github.com/go-git/go-git/v5/plumbing/format/packfile"
)

func TestPatch(t *testing.T) {
	base := []byte("una riga\naltra riga\n")
	for _, c := range []struct {
		name, delta, want string
	}{
		{"copies and inserts", "\x14\x0d\x90\x09\x04due\n", "una riga\ndue\n"},
		{"from an offset", "\x14\x0b\x91\x09\x0b", "altra riga\n"},
		{"nothing", "\x14\x00", ""},
	} {
		if got, err := patch(base, []byte(c.delta)); err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	for name, delta := range map[string]string{
		"no sizes": "", "one size": "\x14", "another base": "\x13\x01\x01x", "beyond the base": "\x14\x09\x91\x13\x09", "a whole run of a short base": "\x14\x05\x80",
		"longer than it says": "\x14\x01\x02xy", "shorter than it says": "\x14\x03\x02xy", "an insert that is cut": "\x14\x03\x03xy", "a copy that is cut": "\x14\x03\x91",
		"an instruction of nothing": "\x14\x00\x00", "a size without end": "\x14" + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "gigabytes": "\x14\xff\xff\xff\xff\x7f\x01x",
	} {
		if got, err := patch(base, []byte(delta)); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// What go-git makes of a delta, patch makes too; where it fails, patch fails, but for a base or a delta so short that
// go-git does not look at them.
func FuzzPatch(f *testing.F) {
	f.Add([]byte("una riga\naltra riga\n"), []byte("\x14\x0d\x90\x09\x04due\n"))
	f.Add(bytes.Repeat([]byte("x"), 1<<16), []byte("\x80\x80\x04\x80\x80\x08\x80\x80"))
	f.Fuzz(func(t *testing.T, base, delta []byte) {
		got, err := patch(base, delta)
		if _, target, _, ok := deltaSizes(delta); !ok || target > maxObject {
			if err == nil {
				t.Errorf("%q, %q: no error", base, delta)
			}
			return
		}
		want, theirs := packfile.PatchDelta(base, delta)
		if theirs == nil && (err != nil || !bytes.Equal(got, want)) {
			t.Errorf("%q, %q: %q, %v; go-git %q", base, delta, got, err, want)
		}
		if theirs != nil && err == nil && len(base) > 0 && len(delta) >= 4 {
			t.Errorf("%q, %q: %q; go-git %v", base, delta, got, theirs)
		}
	})
}
