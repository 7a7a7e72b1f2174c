package attach

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	heapBound   = 64 << 20
	bombSize    = MaxInflated + 32<<20
	hostileTime = 2 * time.Second // instead of MaxTime, for who waits for the tests: some bombs are stopped by the clock
)

// bounded reads a file and watches the heap meanwhile; what the file itself takes does not count.
func bounded(t *testing.T, name string, data []byte) catalog.Text {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, peak := m.HeapAlloc, uint64(0)
	done, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
	}()
	started := time.Now()
	text := read(t, newReader(t, Config{Limits: Limits{Time: hostileTime}}), name, data)
	took := time.Since(started)
	close(done)
	<-watched
	if used := int64(peak) - int64(before); used > heapBound {
		t.Errorf("%d MiB of heap", used>>20)
	} else {
		t.Logf("%s in %v, %d MiB of heap above the start", codes(text), took.Round(time.Millisecond), max(used, 0)>>20)
	}
	if len(text.Faults) == 0 {
		t.Error("there is no fault")
	}
	return text
}

// bomb packs a part of that many bytes, which repeats a piece, under a declared size. The piece is packed once: a block that
// is flushed stands alone, so that any number of copies of it is a stream too.
func bomb(t *testing.T, name, piece string, size int64, declared uint64, entries ...entry) []byte {
	t.Helper()
	chunk := []byte(strings.Repeat(piece, 1<<20/len(piece)+1))
	times, rest := size/int64(len(chunk)), size%int64(len(chunk))
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	pack := func(data []byte, end func() error) []byte {
		packed.Reset()
		w.Reset(&packed)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
		return bytes.Clone(packed.Bytes())
	}
	stream := append(bytes.Repeat(pack(chunk, w.Flush), int(times)), pack(chunk[:rest], w.Close)...)
	sum := crc32.NewIEEE()
	for range times {
		sum.Write(chunk)
	}
	sum.Write(chunk[:rest])
	// By hand, because the writer of the library does not lie about sizes.
	data := zipOf(t, append(entries, entry{name, "@@"})...)
	local := bytes.LastIndex(data, []byte("PK\x03\x04"))
	central := bytes.LastIndex(data, []byte("PK\x01\x02"))
	head := append([]byte(nil), data[central:central+46+len(name)]...)
	first := bytes.Index(data, []byte("PK\x01\x02"))
	others := append([]byte(nil), data[first:central]...)
	end := append([]byte(nil), data[bytes.LastIndex(data, []byte("PK\x05\x06")):]...)
	out := append([]byte(nil), data[:local]...)
	extra := make([]byte, 4+16)
	binary.LittleEndian.PutUint16(extra, 1)
	binary.LittleEndian.PutUint16(extra[2:], 16)
	binary.LittleEndian.PutUint64(extra[4:], declared)
	binary.LittleEndian.PutUint64(extra[12:], uint64(len(stream)))
	put := func(b []byte, at int) {
		binary.LittleEndian.PutUint32(b[at:], sum.Sum32())
		binary.LittleEndian.PutUint32(b[at+4:], 0xffffffff)
		binary.LittleEndian.PutUint32(b[at+8:], 0xffffffff)
	}
	lh := append([]byte(nil), data[local:local+30+len(name)]...)
	put(lh, 14)
	binary.LittleEndian.PutUint16(lh[6:], 0)
	binary.LittleEndian.PutUint16(lh[28:], uint16(len(extra)))
	put(head, 16)
	binary.LittleEndian.PutUint16(head[8:], 0)
	binary.LittleEndian.PutUint16(head[30:], uint16(len(extra)))
	out = append(append(append(out, lh...), extra...), stream...)
	start := len(out)
	out = append(append(append(out, others...), head...), extra...)
	binary.LittleEndian.PutUint32(end[12:], uint32(len(out)-start))
	binary.LittleEndian.PutUint32(end[16:], uint32(start))
	return append(out, end...)
}

func TestHostileFiles(t *testing.T) {
	types := entry{"[Content_Types].xml", "<Types/>"}
	laughs := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">`
	for c := 'b'; c < 'm'; c++ {
		laughs += `<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	laughs += `]><w:document>` + par("&l;") + `</w:document>`
	deep := strings.Repeat("<a>", 100_000)
	var manyEntries []entry
	for range MaxEntries + 1 {
		manyEntries = append(manyEntries, entry{"a", ""})
	}
	tests := []struct {
		what, name string
		data       []byte
		fault      string
	}{
		{"a bomb of text", "a.docx", bomb(t, "word/document.xml", "a", bombSize, bombSize, types), "T05"},
		{"a bomb of paragraphs", "a.docx", bomb(t, "word/document.xml", par("ha"), bombSize, bombSize, types), "T05"},
		{"a bomb of empty elements", "a.docx", bomb(t, "word/document.xml", "<w:p/>", bombSize, bombSize, types), "T05"},
		{"a bomb of shared texts", "a.xlsx", bomb(t, "xl/sharedStrings.xml", "<si/>", bombSize, bombSize, types,
			entry{"xl/workbook.xml", "<workbook/>"}, entry{"xl/_rels/workbook.xml.rels", rels("sharedStrings", "sharedStrings.xml")}), "T05"},
		{"10 GB that are declared and not there", "a.docx", bomb(t, "word/document.xml", par("ha"), 1<<10, 10<<30, types), "T04"},
		{"10 GB that are declared, and more than is read of them", "a.docx", bomb(t, "word/document.xml", par("ha"), bombSize, 10<<30, types), "T05"},
		{"a billion laughs", "a.docx", zipOf(t, types, entry{"word/document.xml", laughs}), "T04"},
		{"a billion laughs in a diagram", "a.bpmn", []byte(strings.Replace(laughs, "<w:document>", `<w:document xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">`, 1)), "T04"},
		{"depth", "a.docx", docx(t, deep), "T05"},
		{"depth in a diagram", "a.bpmn", []byte(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">` + deep), "T05"},
		{"one tag with a million attributes", "a.bpmn", []byte(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"` + strings.Repeat(" a=''", 1_000_000) + "/>"), "T05"},
		{"a comment without end", "a.html", []byte("<html><!--" + strings.Repeat("x", 30<<20)), "T05"},
		{"groups of RTF", "a.rtf", []byte(`{\rtf1 ` + strings.Repeat("{", 1<<20)), "T05"},
		{"objects of a signature", "a.p7m", append([]byte("\x30\x80"+oidSignedData+"\xa0\x80\x30\x80"), bytes.Repeat([]byte{0x30, 0x80}, 10<<20)...), "T05"},
		{"too many entries", "a.zip", zipOf(t, manyEntries...), "T05"},
		{"too many lines", "a.zip", zipOf(t, manyEntries[:MaxListed+1]...), "T05"},
		{"too many bytes", "a.txt", bytes.Repeat([]byte("a"), MaxFileBytes+1), "T05"},
		{"a long text", "a.txt", bytes.Repeat([]byte("parola "), 1<<20), "T05"},
		{"a table without end of a cell", "a.csv", []byte(`a;"` + strings.Repeat("b ", 8<<20)), "T05"},
	}
	for _, tc := range tests {
		t.Run(tc.what, func(t *testing.T) {
			text := bounded(t, tc.name, tc.data)
			if codes(text) != tc.fault {
				t.Errorf("%q, want %q: %+v", codes(text), tc.fault, text.Faults)
			}
			if n := len(all(text)); n > MaxText+1024 {
				t.Errorf("%d bytes of text", n)
			}
			if tc.fault == "T05" && !text.Incomplete {
				t.Error("it does not say that there is more")
			}
		})
	}
}

// stuck is a reader that never ends by itself, or that breaks.
type stuck struct{ panics bool }

func (s stuck) Name() string { return "stuck 1" }

func (s stuck) ReadPDF(ctx context.Context, _ []byte, _ int, _ int64) (PDF, error) {
	if s.panics {
		panic("broken")
	}
	<-ctx.Done()
	return PDF{Pages: []string{"prima"}, PageCount: 9}, ctx.Err()
}

func TestAReaderThatBreaks(t *testing.T) {
	text := read(t, newReader(t, Config{PDF: stuck{panics: true}}), "a.pdf", []byte("%PDF-1.4"))
	if codes(text) != "T04" || text.Format != "pdf" {
		t.Errorf("%+v", text)
	}
}

func TestTimeIsUp(t *testing.T) {
	text := read(t, newReader(t, Config{PDF: stuck{}, Limits: Limits{Time: time.Millisecond}}), "a.pdf", []byte("%PDF-1.4"))
	if codes(text) != "T05" || !text.Incomplete || all(text) != "prima" || text.PageCount != 9 {
		t.Errorf("%+v", text)
	}
}

// Who called is gone: there is no text, so that nothing half read is kept.
func TestTheCallerGoesAway(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newReader(t, Config{}).Read(ctx, "a.txt", "", []byte("testo")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	ctx, cancel = context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if text, err := newReader(t, Config{PDF: stuck{}}).Read(ctx, "a.pdf", "", []byte("%PDF-1.4")); !errors.Is(err, context.DeadlineExceeded) || len(text.Pages) > 0 {
		t.Error(text, err)
	}
}
