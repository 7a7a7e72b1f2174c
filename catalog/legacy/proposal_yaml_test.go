package legacy

import (
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Names come from anybody's disk: whatever they hold is read back from the YAML as it was, and on one line.
func FuzzQuoted(f *testing.F) {
	for _, s := range []string{"", "Comune: sì", "a\nb: c", `"'\`, "# no", "caffe\u0300", "\u0085\u2028\ufeff", "yes", "{}", "x\x00y", "\U0001F600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		q := quoted(s)
		if strings.ContainsAny(q, "\n\r\u0085\u2028\u2029") {
			t.Fatalf("%q is more than a line", q)
		}
		var sh front
		sh.note("", s)
		sh.text("k", s)
		var got struct{ K string }
		if err := yaml.Unmarshal([]byte(sh.b.String()), &got); err != nil || got.K != s {
			t.Fatalf("%q: read %q, %v", s, got.K, err)
		}
	})
}
