package pdf

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	lib "github.com/ledongthuc/pdf"
)

// FuzzPDF gives the reader in Go whatever a stranger may publish.
func FuzzPDF(f *testing.F) {
	f.Add(onePage("", greeting))
	f.Add(onePage(locked, greeting))
	f.Add(onePage("", "q /X Do Q", stream("/Subtype /Form /Matrix [1 0 0 1 0 0]", "BT /F1 9 Tf (x) ' ET /X Do")))
	f.Add(onePage("/Prev 9", "BT /F1 0 Tf 1 0 0 0 0 0 Tm <4142> Tj [(a) -99999 (b)] TJ ET BI /W 1 ID xxxx EI"))
	f.Add(onePage("", greeting)[:300])
	f.Fuzz(func(t *testing.T, data []byte) {
		const pages, text = 5, 4096
		j := &job{source: source{data: data}}
		stop := time.AfterFunc(5*time.Second, func() { j.over.Store(true) })
		defer stop.Stop()
		d, err := j.read(pages, text)
		if !named(err) {
			t.Fatalf("an error of no name: %v", err)
		}
		checkPages(t, d.Pages, pages, text)
	})
}

// FuzzContent gives the content of a page and the map of a font to our own half of that reader.
func FuzzContent(f *testing.F) {
	f.Add(greeting, "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <0042> endbfchar")
	f.Add("BT /F1 12 Tf (\\101\\\n\\)) Tj <4> Tj [ [ (a) ] 5 ] TJ << /A << >> >> % x\n", "beginbfrange <00> <ff> <0041> <0000> <0001> [<0041> <0042>] endbfrange")
	f.Fuzz(func(t *testing.T, content, mapping string) {
		m := parseCmap([]byte(mapping))
		if len(m.chars) > maxMapped {
			t.Fatalf("%d characters", len(m.chars))
		}
		fonts := map[string]*font{"<nil> /F1": {chars: m.chars, wide: m.wide, width: usualWidth}}
		d := &drawing{most: 4096, budget: maxContent, fonts: fonts, stop: func() {}}
		d.ctm, d.scale = ident, 1
		d.draw([]byte(content), lib.Value{}, 1)
		checkPages(t, []string{clean(d.out.String())}, 1, 4096)
	})
}

func checkPages(t *testing.T, pages []string, most, text int) {
	t.Helper()
	all := strings.Join(pages, "")
	if len(pages) > most || len(all) > 2*text || !utf8.ValidString(all) || strings.ContainsAny(all, "\f\r\x00") {
		t.Fatalf("%d pages, %d bytes: %q", len(pages), len(all), cut(all, 200))
	}
}
