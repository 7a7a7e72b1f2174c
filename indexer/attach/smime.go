package attach

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/textproto"
	"regexp"
	"strings"
)

// Programs of mail write a signed file as they send it: headers, an empty line and the envelope in base64; and within the
// envelope the file again under headers of its own (S/MIME 4.0, RFC 8551, 3.1 and 3.5.2).

var headerLine = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{2,40}:`)

// mimeEntity parts headers from what they are about. ok says that there are any, with a type among them.
func mimeEntity(data []byte) (header textproto.MIMEHeader, body []byte, ok bool) {
	head := data[:min(len(data), sniffBytes)]
	if !headerLine.Match(head) {
		return nil, nil, false
	}
	end, n := bytes.Index(head, []byte("\r\n\r\n")), 4
	if lf := bytes.Index(head, []byte("\n\n")); end < 0 || lf >= 0 && lf < end {
		end, n = lf, 2
	}
	if end < 0 {
		return nil, nil, false
	}
	r := textproto.NewReader(bufio.NewReader(io.MultiReader(bytes.NewReader(head[:end]), strings.NewReader("\r\n\r\n"))))
	header, err := r.ReadMIMEHeader()
	return header, data[end+n:], err == nil && header.Get("Content-Type") != ""
}

// mediaType is what the headers say, without its parameters.
func mediaType(header textproto.MIMEHeader) string {
	kind, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(kind))
}

// smimeBody gives the envelope behind the headers of mail.
func smimeBody(data []byte) ([]byte, bool) {
	header, body, ok := mimeEntity(data)
	if kind := mediaType(header); !ok || kind != "application/pkcs7-mime" && kind != "application/x-pkcs7-mime" {
		return nil, false
	}
	return bytes.TrimLeft(body, "\r\n"), true
}

// smimeContent gives the file that an envelope of mail holds, and what it is called; without headers it is the content
// itself. A letter of several parts is none.
func smimeContent(content []byte) (data []byte, name string, err error) {
	header, body, ok := mimeEntity(content)
	if !ok {
		return content, "", nil
	}
	if strings.HasPrefix(mediaType(header), "multipart/") {
		return nil, "", errLetter
	}
	if _, params, perr := mime.ParseMediaType(header.Get("Content-Disposition")); perr == nil {
		name = params["filename"]
	}
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		data, err = fromBase64(body)
	case "quoted-printable":
		if data, err = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body))); err != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, err)
		}
	default:
		data = body
	}
	return data, name, err
}
