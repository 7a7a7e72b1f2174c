package catalog

import (
	"bytes"
	"encoding/binary"
	"path"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// understand gives the bytes of a file as UTF-8, or says why they are not its content: what was kept outside the
// repository (Git LFS) is not had, what an old editor saved as UTF-16 is read all the same, and told.
func (r *reader) understand(p string, data []byte) ([]byte, bool) {
	if isPointer(data) {
		r.tree.Partial = true
		r.missed(p)
		r.find(schema.Finding{File: p, Line: 1, Column: 1, Severity: schema.Error, Code: "V03",
			Message: schema.T("il file è un segnaposto di Git LFS: il contenuto non è nel repository", "the file is a pointer of Git LFS: its content is not in the repository"),
			Hint:    schema.T("togli i file di testo da Git LFS (git lfs migrate export --include=\"*.md,*.yml\") e ripubblica", "take the text files out of Git LFS (git lfs migrate export --include=\"*.md,*.yml\") and publish again")})
		return nil, false
	}
	text, ok := fromUTF16(data)
	if !ok {
		return data, true
	}
	code := "E01"
	if isDescriptor(path.Base(p)) {
		code = "P02"
	}
	r.find(schema.Finding{File: p, Line: 1, Column: 1, Severity: schema.Error, Code: code,
		Message: schema.T("il file è in UTF-16, non in UTF-8: è stato letto lo stesso, ma altri programmi non ci riescono", "the file is UTF-16, not UTF-8: it was read all the same, but other programs cannot"),
		Hint:    schema.T("aprilo e salvalo di nuovo scegliendo la codifica UTF-8 (senza BOM)", "open it and save it again with the encoding UTF-8 (without BOM)")})
	return text, true
}

// maxPointer is the longest that a pointer of Git LFS is (its specification, "The Pointer").
const maxPointer = 1024

// isPointer recognises what Git LFS leaves in the place of a file.
func isPointer(data []byte) bool {
	return len(data) < maxPointer && bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) &&
		bytes.Contains(data, []byte("\noid sha256:")) && bytes.Contains(data, []byte("\nsize "))
}

// fromUTF16 gives a text in UTF-16 as UTF-8; ok is false for what is anything else, or not whole. It is known by its mark,
// or by a first character of which one byte is nothing.
func fromUTF16(data []byte) (text []byte, ok bool) {
	const head = 4 // two characters
	if len(data) < head || len(data)%2 != 0 {
		return nil, false
	}
	var order binary.ByteOrder
	switch {
	case data[0] == 0xff && data[1] == 0xfe:
		order, data = binary.LittleEndian, data[2:]
	case data[0] == 0xfe && data[1] == 0xff:
		order, data = binary.BigEndian, data[2:]
	case data[0] != 0 && data[1] == 0 && data[2] != 0 && data[3] == 0:
		order = binary.LittleEndian
	case data[0] == 0 && data[1] != 0 && data[2] == 0 && data[3] != 0:
		order = binary.BigEndian
	default:
		return nil, false
	}
	text = make([]byte, 0, len(data)/2+len(data)/8)
	for i := 0; i < len(data); i += 2 {
		c := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(c) {
			if i+2 >= len(data) {
				return nil, false
			}
			if c = utf16.DecodeRune(c, rune(order.Uint16(data[i+2:]))); c == utf8.RuneError {
				return nil, false
			}
			i += 2
		}
		text = utf8.AppendRune(text, c)
	}
	return text, true
}
