package attach

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readText reads a text as it stands.
func readText(_ context.Context, data []byte, l *lines) error {
	text, cut := decodeText(data, l.lim.Text)
	if err := l.words(strings.TrimSpace(text)); err != nil {
		return err
	}
	if cut {
		return over("%d KiB di testo", "%d KiB of text", l.lim.Text>>10)
	}
	return nil
}

// readCSV reads a table: a line for each record, its cells parted by tabs. What is no table is read as a text.
func readCSV(ctx context.Context, data []byte, l *lines) error {
	text, cut := decodeText(data, l.lim.Text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = separatorOf(text), true, -1, true
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return readText(ctx, []byte(text[r.InputOffset():]), l)
		}
		for _, cell := range record {
			if err := l.words(oneLine(cell)); err != nil {
				return err
			}
			l.cell()
		}
		l.row()
		if err := l.tick(ctx); err != nil {
			return err
		}
	}
	if cut {
		return over("%d KiB di testo", "%d KiB of text", l.lim.Text>>10)
	}
	return nil
}

// separatorOf guesses what parts the cells of a table: the first line has most of it.
func separatorOf(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ';', 0
	for _, sep := range ";,\t|" {
		if n := strings.Count(first, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

// decodeText gives the text of bytes: UTF-8, UTF-16 with its mark, or else Windows-1252, in which any byte is something. At
// most that many bytes are read; cut says that there were more.
func decodeText(data []byte, most int64) (text string, cut bool) {
	if cut = int64(len(data)) > most; cut {
		data = data[:most]
	}
	if s, ok := utf16Text(data); ok {
		return s, cut
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	whole := data
	for i := 1; cut && i < utf8.UTFMax && i < len(data); i++ { // the last character may be cut
		if utf8.RuneStart(data[len(data)-i]) {
			if !utf8.FullRune(data[len(data)-i:]) {
				whole = data[:len(data)-i]
			}
			break
		}
	}
	if utf8.Valid(whole) {
		return string(whole), cut
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd"), cut
	}
	return string(out), cut
}

// utf16Text decodes UTF-16 that begins with its byte order mark.
func utf16Text(data []byte) (string, bool) {
	if len(data) < 4 || !(data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff) {
		return "", false
	}
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data[:len(data)/2*2])
	if err != nil {
		return "", false
	}
	odd := 0
	s := string(out)
	for _, r := range s[:min(len(s), sniffBytes)] {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == utf8.RuneError {
			odd++
		}
	}
	return s, odd*20 <= min(len(s), sniffBytes)
}

// dosName reads a name that an archive does not mark as UTF-8. Programs of Windows write it in the code page of DOS for
// western Europe; many others write UTF-8 and forget to say so.
func dosName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	out, err := charmap.CodePage850.NewDecoder().String(name)
	if err != nil {
		return strings.ToValidUTF8(name, "\ufffd")
	}
	return out
}
