package pdf

import "testing"

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		" \n\t\n":                        "",
		"a  \r\nb\rc":                    "a\nb\nc\n",
		"\n\n  a\n\nb\n\n":               "  a\n\nb\n",
		"u\ufb03cio a\u00a0norma":        "ufficio a norma\n",
		"respon\u00adsabile":             "responsabile\n",
		"\uf0b7 punto\x00\x1b\x7f\u0085": "• punto\n",
		"\xff\xfe":                       "\uFFFD\n",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for n, want := range []string{"", "a", "a", "aà", "aàb", "aàb"} {
		if got := cut("aàb", int64(n)); got != want {
			t.Errorf("%d bytes: %q, want %q", n, got, want)
		}
	}
}
