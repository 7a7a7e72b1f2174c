package site

import "testing"

func TestLinked(t *testing.T) {
	const a = `<a class="break" href="https://git.example.it/ente/kit" rel="nofollow">https://git.example.it/ente/kit</a>`
	for in, want := range map[string]string{
		"indica come origine https://git.example.it/ente/kit, quindi": "indica come origine " + a + ", quindi",
		"https://git.example.it/ente/kit.":                            a + ".",
		"nessun indirizzo <b>":                                        "nessun indirizzo &lt;b&gt;",
		"javascript:alert(1) https://":                                "javascript:alert(1) https://",
		"https://u:p@git.example.it/x":                                "https://u:p@git.example.it/x",
		`https://git.example.it/"><script>`:                           `<a class="break" href="https://git.example.it/" rel="nofollow">https://git.example.it/</a>&#34;&gt;&lt;script&gt;`,
	} {
		if got := string(linked(in)); got != want {
			t.Errorf("%q: %s", in, got)
		}
	}
}
