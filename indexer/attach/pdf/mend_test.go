package pdf

import (
	"bytes"
	"strings"
	"testing"
)

// A file whose table of objects is not true is read by looking for its objects; those that are packed are found too.
func TestMend(t *testing.T) {
	const want = "Ricevuta della domanda\nQualità certa\n"
	sound := onePage("", greeting)
	object := "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
	packed := "3 0 " + object
	withPack := onePage("", greeting, stream("/Type /ObjStm /N 1 /First 4", packed))
	at := bytes.Index(withPack, []byte("3 0 obj"))
	copy(withPack[at:], "% 3 0 x") // the page is only in the stream now
	reader := readers(t)["go"]
	for name, data := range map[string][]byte{
		"a wrong place of the table": bytes.Replace(sound, []byte("startxref\n"), []byte("startxref\n7"), 1),
		"a wrong place in the table": bytes.Replace(sound, []byte("\n0000000009 "), []byte("\n0000000099 "), 1),
		"an end that is cut off":     sound[:bytes.Index(sound, []byte("xref"))],
		"lines of another kind":      bytes.ReplaceAll(sound, []byte("endobj\n"), []byte("endobj\r\n")),
		"more behind the end":        append(bytes.Clone(sound), "<html>"...),
		"a packed page":              withPack,
	} {
		d, err := reader.Read(t.Context(), data, 0, 0)
		if err != nil || len(d.Pages) != 1 || squeezed(d.Pages[0]) != want || !d.Incomplete {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
	if mend([]byte("%PDF-1.4\n"), func() {}) != nil || mend([]byte(strings.Repeat("1 0 obj ", 9)), func() {}) != nil {
		t.Error("something is made of nothing")
	}
}
