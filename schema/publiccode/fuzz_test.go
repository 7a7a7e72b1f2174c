package publiccode

import (
	"encoding/json"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// FuzzParse looks for input that makes Parse panic, stay silent about what it could not read, place a finding outside
// the file, or keep what JSON cannot carry.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(everything))
	f.Add([]byte(bomb(3, 3)))
	f.Add([]byte(bomb(9, 9)))
	f.Add([]byte(head + "logo: &l a.png\ndescription: {it: &d {screenshots: [*l, *l]}, en: *d, fr: {<<: *d}}\n"))
	for _, text := range []string{"", "a", "- a", "{", "&a [*a]", "? a", "%YAML 1.2\n---\na: b", "\ufeffa: b", "it: &x {<<: *x}", "a: !!binary x", "description: {it: , \"\": []}"} {
		f.Add([]byte(text))
	}
	known := map[string]bool{}
	for _, c := range Codes() {
		known[string(c.Code)] = true
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, found := Parse(data, Options{IPACode: knownBodies})
		if p == nil && !schema.HasErrors(found) {
			t.Fatal("nothing read and no error")
		}
		lines := 2
		for _, b := range data {
			if b == '\n' || b == '\r' || b == 0x85 || b == 0xa8 || b == 0xa9 {
				lines++
			}
		}
		for _, one := range found {
			if !known[one.Code] || one.Line < 0 || one.Line > lines || one.Message.IsZero() || one.Hint.IsZero() {
				t.Fatalf("finding %+v of %d lines", one, lines)
			}
		}
		if _, err := json.Marshal(p); err != nil {
			t.Fatal(err)
		}
		refs := References(data)
		if len(refs) > MaxReferences {
			t.Fatalf("%d references", len(refs))
		}
		for _, ref := range refs {
			if ref.Line < 1 || ref.Line > lines || ref.Key == "" || ref.Target == "" {
				t.Fatalf("reference %+v of %d lines", ref, lines)
			}
		}
		CheckFormats(refs)
		p.Readable()
		if p != nil {
			p.IPA()
			p.Describe("it")
			if u := NormalizeURL(p.URL); NormalizeURL(u) != u {
				t.Fatalf("URL %q is not settled: %q", u, NormalizeURL(u))
			}
		}
	})
}
