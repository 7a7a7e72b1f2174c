package attach

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	sniffBytes = 4 << 10  // of the beginning of a file in which its format shows
	oleBytes   = 32 << 20 // of an OLE container in which its streams are looked for
)

// magic is never changed: what files of a format begin with.
var magic = []struct {
	begin string
	is    format
}{
	{"{\\rtf", fRTF},
	{"\xffWPC", fWPD},
	{"\x00\x00\x02\x00\x06\x04\x06\x00", fWK},
	{"\x00\x00\x1a\x00\x00\x10\x04\x00", fWK},
	{"\xff\xd8\xff", fJPEG},
	{"\x89PNG\r\n\x1a\n", fPNG},
	{"GIF8", fGIF},
	{"II*\x00", fTIFF},
	{"MM\x00*", fTIFF},
	{"MZ\x90\x00", fEXE},
	{"\x7fELF", fEXE},
	{"\x1f\x8b\x08", fGzip},
	{"7z\xbc\xaf\x27\x1c", f7z},
	{"Rar!\x1a\x07", fRAR},
	{"\x1a\x45\xdf\xa3", fVideo},
}

const (
	oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	lfsMagic = "version https://git-lfs.github.com/spec/"
)

// sniff tells what the bytes are; of a ZIP it does not know yet what it holds. ext decides only between texts.
func sniff(data []byte, ext string) format {
	head := data[:min(len(data), sniffBytes)]
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.begin)) {
			return m.is
		}
	}
	switch {
	case len(head) > 12 && string(head[4:8]) == "ftyp", bytes.HasPrefix(head, []byte("RIFF")) && len(head) > 12 && string(head[8:11]) != "WEB":
		return fVideo
	case bytes.HasPrefix(head, []byte(oleMagic)):
		return sniffOLE(data)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return fZIP
	case isCMS(head):
		return fP7M
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return fPDF
	}
	if f := sniffMarkup(head, ext); f != fUnknown {
		return f
	}
	if looksText(head, len(head) == len(data)) {
		switch ext {
		case "csv", "tsv":
			return fCSV
		case "html", "htm", "xhtml": // without a tag at its beginning a browser reads it as one, too
			return fHTML
		}
		return fTXT
	}
	return fUnknown
}

// htmlPiece is how a piece of a page begins that somebody saved without its head.
var htmlPiece = regexp.MustCompile(`^<(div|p|table|form|h[1-6]|body|head|meta|style|section|article|main|ul|ol|span|center|font|title)[\s>]`)

// sniffMarkup knows HTML and XML by what they begin with.
func sniffMarkup(head []byte, ext string) format {
	s := string(head)
	if t, ok := utf16Text(head); ok {
		s = t
	}
	s = strings.ToLower(strings.TrimLeft(strings.TrimPrefix(s, "\ufeff"), " \t\r\n"))
	if !strings.HasPrefix(s, "<") {
		return fUnknown
	}
	html := strings.HasPrefix(s, "<!doctype html") || ext != "md" && ext != "markdown" && strings.Contains(s[:min(len(s), 2048)], "<html")
	switch {
	case strings.Contains(s, "omg.org/spec/bpmn"):
		return fBPMN
	case html:
		return fHTML
	case strings.HasPrefix(s, "<?xml"):
		return fXML
	case ext == "md" || ext == "markdown": // in which HTML may stand
		return fUnknown
	case ext == "html" || ext == "htm" || ext == "xhtml" || htmlPiece.MatchString(s):
		return fHTML
	}
	return fUnknown
}

// oleStreams name the program that wrote an OLE container, by the names of its streams.
var oleStreams = []struct {
	stream string
	is     format
}{
	{"WordDocument", fDOC},
	{"PowerPoint Document", fPPT},
	{"Quill", fPUB},
	{"__substg1.0_", fMSG},
	{"Workbook", fXLS},
	{"Book", fXLS},
}

// sniffOLE knows the documents of Office 97 from each other.
func sniffOLE(data []byte) format {
	data = data[:min(len(data), oleBytes)]
	for _, s := range oleStreams {
		if bytes.Contains(data, utf16Bytes(s.stream)) {
			return s.is
		}
	}
	return fOLE
}

// oleEncrypted says that an OLE container is the wrapping of a protected document of today's Office.
func oleEncrypted(data []byte) bool {
	return bytes.Contains(data[:min(len(data), oleBytes)], utf16Bytes("EncryptedPackage"))
}

// utf16Bytes writes an ASCII name as it stands in the directory of an OLE container.
func utf16Bytes(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// oidSignedData and oidEnveloped are 1.2.840.113549.1.7.2 and .3 in DER, with their tag (RFC 5652, 5.1 and 6.1).
const (
	oidSignedData = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
	oidEnveloped  = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
)

// isCMS says whether the bytes begin a signed or encrypted envelope, as they are, in base64, in PEM, or as mail.
func isCMS(head []byte) bool {
	if body, ok := smimeBody(head); ok {
		head = body
	}
	if len(head) > 0 && head[0] != berSequence {
		head = base64Head(head)
	}
	head = head[:min(len(head), 32)]
	return bytes.Contains(head, []byte(oidSignedData)) || bytes.Contains(head, []byte(oidEnveloped))
}

// base64Head decodes the first bytes of what may be base64, with or without the lines of PEM.
func base64Head(head []byte) []byte {
	s := strings.TrimLeft(strings.TrimPrefix(string(head[:min(len(head), 512)]), "\ufeff"), " \t\r\n")
	if strings.HasPrefix(s, "-----BEGIN ") {
		_, after, ok := strings.Cut(s[len("-----BEGIN "):], "-----")
		if !ok {
			return nil
		}
		s = after
	}
	s = strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, s)
	s = s[:min(len(s), 64)/4*4]
	out, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(out) == 0 || out[0] != berSequence {
		return nil
	}
	return out
}

// looksText says whether bytes are somebody's text, in UTF-8, in UTF-16 with its mark or in a code page of one byte; whole
// says that there is no more of them.
func looksText(head []byte, whole bool) bool {
	if len(head) == 0 {
		return false
	}
	if _, ok := utf16Text(head); ok {
		return true
	}
	odd, high := 0, 0
	for _, c := range head {
		switch {
		case c == 0:
			return false
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f', c == 0x7f:
			odd++
		case c >= 0x80:
			high++
		}
	}
	if odd*50 > len(head) {
		return false
	}
	if !whole { // the last character may be cut
		for i := 1; i <= utf8.UTFMax && i < len(head); i++ {
			if utf8.RuneStart(head[len(head)-i]) {
				if !utf8.FullRune(head[len(head)-i:]) {
					head = head[:len(head)-i]
				}
				break
			}
		}
	}
	return utf8.Valid(head) || high*3 < len(head)
}
