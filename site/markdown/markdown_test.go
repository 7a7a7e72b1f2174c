package markdown

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/schema"
)

// sample is what an Italian civil servant writes, tables and all.
const sample = `# Convenzione: città e perché

Vedi [i tempi](#tempi-e-costi), la [città](#convenzione-citt%C3%A0-e-perch%C3%A9) e l'[allegato](../allegati/a4.pdf "Allegato A4").

## Tempi e costi

| Fase | Giorni | Note |
|:-----|------:|:----:|
| A    | 60    | prima<br>seconda |
| B    | 90    | ~~no~~ **sì** |

## Tempi e costi

- [x] delibera
- [ ] convenzione[^1]

![schema](img/schema.png) e https://www.example.it/a?b=c&d=e

[^1]: Articolo 30 del decreto legislativo 267/2000.
`

func render(t *testing.T, src string, o Options) string {
	t.Helper()
	out, err := New(Config{}).HTML(src, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func rebase(d string) (string, bool) {
	return "https://git.example.it/blob/" + strings.TrimPrefix(d, "../"), true
}

func TestASampleText(t *testing.T) {
	got := render(t, sample, Options{HeadingOffset: 1, Link: func(d string) (string, bool) {
		if strings.Contains(d, "://") {
			return d, true
		}
		return rebase(d)
	}, Image: func(d string) (string, bool) { return "/img/" + d, true }})
	for what, want := range map[string]string{
		"offset and id":      `<h2 id="t-convenzione-città-e-perché">`,
		"link to a heading":  `<a href="#t-tempi-e-costi">i tempi</a>`,
		"percent-encoded":    `<a href="#t-convenzione-citt%C3%A0-e-perch%C3%A9">città</a>`,
		"rebased link":       `<a href="https://git.example.it/blob/allegati/a4.pdf" title="Allegato A4" rel="nofollow noopener">`,
		"repeated heading":   `<h3 id="t-tempi-e-costi-1">`,
		"scrolling table":    `<div class="table-responsive" tabindex="0" role="region" aria-label="Tabella 1">`,
		"column heads":       `<th scope="col">Fase</th>`,
		"alignment":          `<td class="text-end">60</td>`,
		"break in a cell":    `prima<br>`,
		"strikethrough":      `<del>no</del> <strong>sì</strong>`,
		"task done":          `☑ delibera`,
		"task not done":      `☐ convenzione`,
		"footnote reference": `<sup id="t-fnref:1"><a href="#t-fn:1" class="footnote-ref" role="doc-noteref">1</a></sup>`,
		"footnote":           `<li id="t-fn:1">`,
		"way back":           `title="Torna al testo"`,
		"image":              `<img src="/img/img/schema.png" alt="schema" loading="lazy">`,
		"bare link":          `<a href="https://www.example.it/a?b=c&amp;d=e" rel="nofollow noopener">https://www.example.it/a?b=c&amp;d=e</a>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s: no %s", what, want)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}

func TestLinksAndImages(t *testing.T) {
	yes := func(d string) (string, bool) { return d, true }
	no := func(string) (string, bool) { return "", false }
	for _, c := range []struct {
		name, src string
		o         Options
		want      string
	}{
		{"relative, nobody to resolve it", "[a](b.md)", Options{}, "<p>a</p>"},
		{"path of another site", "[a](/b)", Options{}, "<p>a</p>"},
		{"absolute", "[a](https://b.it)", Options{}, `<p><a href="https://b.it" rel="nofollow noopener">a</a></p>`},
		{"link refused", "[**a** b](https://b.it)", Options{Link: no}, "<p><strong>a</strong> b</p>"},
		{"path of this site", "[a](x)", Options{Link: func(string) (string, bool) { return "/kit/x", true }}, `<p><a href="/kit/x">a</a></p>`},
		{"mail", "<ufficio@comune.it>", Options{}, `<p><a href="mailto:ufficio@comune.it">ufficio@comune.it</a></p>`},
		{"heading that is not there", "[a](#b)", Options{Link: yes}, "<p>a</p>"},
		{"image not allowed becomes a link", "![a](https://b.it/c.png)", Options{}, `<p><a href="https://b.it/c.png" rel="nofollow noopener">a</a></p>`},
		{"image refused, link refused", "x ![a](c.png)", Options{Link: no, Image: no}, "<p>x a</p>"},
		{"image in a link", "[![a](c.png)](https://b.it)", Options{}, `<p><a href="https://b.it" rel="nofollow noopener">a</a></p>`},
		{"tracking pixel", "![](https://b.it/pixel.gif)", Options{Link: yes, Image: no}, "<p></p>"},
		{"callback that lies", "[a](b) ![c](d)", Options{Link: func(string) (string, bool) { return "javascript:x", true },
			Image: func(string) (string, bool) { return "data:x", true }}, "<p>a c</p>"},
		{"spaces and accents", "[a](<città 1.pdf>)", Options{Link: func(d string) (string, bool) { return "https://b.it/" + d, true }},
			`<p><a href="https://b.it/citt%C3%A0%201.pdf" rel="nofollow noopener">a</a></p>`},
		{"entities are resolved once", `[a](https://b.it/?x=1&amp;y=\&amp;)`, Options{}, `<p><a href="https://b.it/?x=1&amp;y=&amp;" rel="nofollow noopener">a</a></p>`},
	} {
		if got := strings.TrimSpace(render(t, c.src, c.o)); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.src, got, c.want)
		}
	}
}

func TestWordsOfHTMLStay(t *testing.T) {
	got := render(t, "<div align=center>\n<h1>Kit &amp; riuso</h1><style>p{}</style>\n<p>Descrizione <b>breve</b></p>\n</div>\n\nTesto <kbd>Invio</kbd>.", Options{})
	want := "<p>Kit &amp; riuso</p>\n<p>Descrizione breve</p>\n<p>Testo Invio.</p>\n"
	if got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestHeadingIDsFollowGitHub(t *testing.T) {
	for text, want := range map[string]string{
		"Città e perché":          "città-e-perché",
		"A.1 — Cos'è il *riuso*?": "a1--cosè-il-riuso",
		"`make serve` & co.":      "make-serve--co",
		"snake_case-e trattini":   "snake_case-e-trattini",
		"[Convenzione](x.md) B4":  "convenzione-b4",
		"???":                     "x",
	} {
		toc := New(Config{}).TOC("# "+text, Options{})
		if len(toc) != 1 || toc[0].ID != "t-"+want {
			t.Errorf("%q: %+v, want id t-%s", text, toc, want)
		}
	}
}

// GitHub gives "a-1" to the second "a"; a heading that is written "a-1" must then become "a-1-1".
func TestRepeatedHeadingIDsNeverCollide(t *testing.T) {
	var got []string
	for _, h := range New(Config{}).TOC("# a\n# a\n# a-1\n# a\n# A", Options{}) {
		got = append(got, h.ID)
	}
	if diff := cmp.Diff([]string{"t-a", "t-a-1", "t-a-1-1", "t-a-2", "t-a-3"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTOC(t *testing.T) {
	got := New(Config{}).TOC(sample, Options{HeadingOffset: 5, Scope: "a4"})
	want := []Heading{
		{6, "t-a4-convenzione-città-e-perché", "Convenzione: città e perché"},
		{6, "t-a4-tempi-e-costi", "Tempi e costi"},
		{6, "t-a4-tempi-e-costi-1", "Tempi e costi"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	out := render(t, sample, Options{HeadingOffset: 5, Scope: "a4"})
	for _, h := range want {
		if !strings.Contains(out, `<h6 id="`+h.ID+`">`) {
			t.Errorf("the page has no %s", h.ID)
		}
	}
}

func TestPlain(t *testing.T) {
	got := New(Config{}).Plain("# Città *e* perché\n\nUn [link](x) &amp; `codice` \\*così\\*\ne poi.\n\n- uno\n- due\n\n" +
		"| a | b |\n|---|---|\n| 1 | 2 |\n\n    x < y\n\n<div>blocco</div>\n\n![schema](a.png)<br>fine[^1]\n\n[^1]: nota")
	want := "Città e perché\nUn link & codice *così* e poi.\nuno\ndue\na b\n1 2\nx < y\nblocco\nschema fine\nnota"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestALongTextIsCutAtALineAndSaysSo(t *testing.T) {
	line := strings.Repeat("riuso ", 20) + "\n"
	got := render(t, strings.Repeat(line, MaxBytes/len(line)+50), Options{})
	if n := strings.Count(got, "riuso "); n == 0 || n*6 > MaxBytes {
		t.Errorf("%d words", n)
	}
	if !strings.Contains(got, `<p class="text-note">Il testo continua nel file originale: qui ne sono mostrati i primi 512 kB.</p>`) {
		t.Error("no note at the end")
	}
	if strings.Contains(render(t, line, Options{}), "text-note") {
		t.Error("a short text has the note")
	}
	if en := render(t, strings.Repeat(line, MaxBytes/len(line)+50), Options{Lang: schema.En}); !strings.Contains(en, "The text goes on") {
		t.Error("no note in English")
	}
}

func TestAWideTableIsShownAsWritten(t *testing.T) {
	table := func(n int) string {
		return strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" + strings.Repeat("|b", n) + "|\n"
	}
	if got := render(t, table(60), Options{}); strings.Count(got, "<td>") != 60 {
		t.Errorf("60 columns: %d cells", strings.Count(got, "<td>"))
	}
	if got := render(t, table(80), Options{}); strings.Contains(got, "<td>") || !strings.Contains(got, "<pre tabindex=\"0\"><code>|a|a") {
		t.Errorf("80 columns: %.200s", got)
	}
}

// The bounds must not take anything from a long list of links, which catalogues are full of.
func TestALongHonestTextLosesNothing(t *testing.T) {
	const items, links = 1500, 200
	long := strings.Repeat("- *vedi* [allegato](https://a.it/x.pdf), **pagina** `3`\n", items) + "\n" +
		strings.Repeat("[nota](https://a.it/n) e _altro_;\n", links)
	got := render(t, long, Options{})
	if n := strings.Count(got, "<a href="); n != items+links {
		t.Errorf("%d links of %d", n, items+links)
	}
	if n := strings.Count(got, "<em>"); n != items+links {
		t.Errorf("%d emphases of %d", n, items+links)
	}
}

func TestDepthIsBounded(t *testing.T) {
	got := render(t, strings.Repeat("> ", 500)+"fondo", Options{})
	if n := strings.Count(got, "<blockquote>"); n != MaxDepth || !strings.Contains(got, "fondo") {
		t.Errorf("%d quotations in each other", n)
	}
}

// What cannot be rendered in time is shown as it was written, escaped, and the error tells the log. The text that overran
// keeps its place until it ends, so that such texts cannot pile up.
func TestTheClockRunsOut(t *testing.T) {
	release := make(chan struct{})
	stuck := Options{Link: func(string) (string, bool) { <-release; return "", false }}
	r := New(Config{Timeout: 20 * time.Millisecond, Running: 1})
	out, err := r.HTML("[a](b) <script>", stuck)
	if !errors.Is(err, ErrTooSlow) {
		t.Fatalf("error %v", err)
	}
	if !strings.Contains(string(out), "[a](b) &lt;script&gt;") || checkSafe(string(out)) != nil {
		t.Errorf("%s", out)
	}
	if got := r.Plain("*a*"); got != "*a*" {
		t.Errorf("plain: %q", got)
	}
	if r.TOC("# a", Options{}) != nil {
		t.Error("headings out of nowhere")
	}
	close(release)
	r.running <- struct{}{} // its place is free again
	<-r.running
}

// A panic in the parser must not take the server down.
func TestAPanicIsAnError(t *testing.T) {
	r := New(Config{})
	out, err := r.HTML("[a](b)", Options{Link: func(string) (string, bool) { panic("boom") }})
	if !errors.Is(err, errPanic) || !strings.Contains(string(out), "[a](b)") {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := r.HTML("a", Options{}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func BenchmarkHTML(b *testing.B) {
	src := strings.Repeat(sample, 6000/len(sample)+1) // some 6 kB, the size of a document of a kit
	r := New(Config{})
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.HTML(src, Options{Link: rebase}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlain(b *testing.B) {
	src := strings.Repeat(sample, 6000/len(sample)+1)
	r := New(Config{})
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if r.Plain(src) == "" {
			b.Fatal("no words")
		}
	}
}
