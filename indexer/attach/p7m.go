package attach

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// A signed file is a ContentInfo that holds a SignedData that holds the file (RFC 5652). Only the way to the file is read:
// who signed, and whether the signature is good, nobody here asks. The encoding may be DER or BER with lengths that are not
// told and content in pieces, as the programs of Italian certifiers write it. There is no recursion but [berSkip]'s and
// [octets]', both bounded in depth, and every byte is looked at once.

const (
	berSequence    = 0x30
	berOctets      = 0x04
	berConstructed = 0x20
	berContent     = 0xa0 // [0]
)

// berItem is one object: its first byte, its content, and what comes behind it.
type berItem struct {
	tag      byte
	body     []byte // of one whose length is not told: all that follows
	rest     []byte // nil where the length is not told
	untold   bool
	shortage bool // the file ends before the object does
}

// berHead reads the head of the object with which data begins.
func berHead(data []byte) (berItem, error) {
	if len(data) < 2 {
		return berItem{}, fmt.Errorf("%w: the signed file ends too early", ErrDamaged)
	}
	it := berItem{tag: data[0]}
	if it.tag&0x1f == 0x1f {
		return berItem{}, fmt.Errorf("%w: a tag that no signed file has", ErrDamaged)
	}
	length, n := int64(data[1]), 2
	switch {
	case length == 0x80:
		if it.tag&berConstructed == 0 {
			return berItem{}, fmt.Errorf("%w: a length is missing", ErrDamaged)
		}
		it.untold, it.body = true, data[2:]
		return it, nil
	case length > 0x80:
		size := int(length & 0x7f)
		if size > 8 || len(data) < 2+size {
			return berItem{}, fmt.Errorf("%w: a length that no signed file has", ErrDamaged)
		}
		length = 0
		for _, b := range data[2 : 2+size] {
			if length > 1<<47 {
				return berItem{}, fmt.Errorf("%w: a length that no signed file has", ErrDamaged)
			}
			length = length<<8 | int64(b)
		}
		n = 2 + size
	}
	data = data[n:]
	if it.shortage = length > int64(len(data)); it.shortage {
		length = int64(len(data))
	}
	it.body, it.rest = data[:length], data[length:]
	return it, nil
}

// berSkip gives what comes behind the object with which data begins.
func berSkip(data []byte, depth int) ([]byte, error) {
	it, err := berHead(data)
	if err != nil {
		return nil, err
	}
	if !it.untold {
		return it.rest, nil
	}
	if depth >= maxDepth {
		return nil, over("%d elementi uno dentro l'altro", "%d elements within each other", maxDepth)
	}
	for data = it.body; !bytes.HasPrefix(data, []byte{0, 0}); {
		if data, err = berSkip(data, depth+1); err != nil {
			return nil, err
		}
	}
	return data[2:], nil
}

// berEnter goes into the object with which data begins, which must be of that tag.
func berEnter(data []byte, tag byte) ([]byte, error) {
	it, err := berHead(data)
	if err == nil && it.tag != tag {
		err = fmt.Errorf("%w: the signed file is not made as the standard says", ErrDamaged)
	}
	return it.body, err
}

var (
	// errDetached: the signature is a file of its own, without what it signs (RFC 5652, 5.2).
	errDetached = errors.New("attach: only a signature")
	// errLetter: the envelope holds a letter of several parts.
	errLetter = errors.New("attach: a letter")
)

// unwrap gives the file that a signed one holds. With an [ErrDamaged] there may be a part of it.
func unwrap(data []byte) ([]byte, error) {
	var broken error
	if body, ok := smimeBody(data); ok {
		data = body
	}
	if len(data) > 0 && data[0] != berSequence {
		data, broken = fromBase64(data)
	}
	body, err := berEnter(data, berSequence)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(body, []byte(oidEnveloped)) {
		return nil, ErrEncrypted
	}
	type step struct {
		enter byte // 0: go past it
	}
	steps := []step{{0}, {berContent}, {berSequence}, {0}, {0}, {berSequence}, {0}, {berContent}}
	for i, s := range steps {
		if i == len(steps)-1 && (len(body) == 0 || bytes.HasPrefix(body, []byte{0, 0})) {
			return nil, errDetached
		}
		if s.enter != 0 {
			body, err = berEnter(body, s.enter)
		} else {
			body, err = berSkip(body, 0)
		}
		if err != nil {
			return nil, err
		}
	}
	content, _, err := octets(body, 0)
	if err == nil {
		err = broken
	}
	return content, err
}

// octets gives the content of an octet string, whole or in pieces, and what comes behind it.
func octets(data []byte, depth int) (content, rest []byte, err error) {
	it, err := berHead(data)
	switch {
	case err != nil:
		return nil, nil, err
	case it.tag == berOctets:
		if it.shortage {
			err = fmt.Errorf("%w: the signed file ends too early", ErrDamaged)
		}
		return it.body, it.rest, err
	case it.tag != berOctets|berConstructed:
		return nil, nil, fmt.Errorf("%w: the signed file holds nothing", ErrDamaged)
	case depth >= maxNestedP7M:
		return nil, nil, over("%d elementi uno dentro l'altro", "%d elements within each other", maxNestedP7M)
	}
	pieces := it.body
	for len(pieces) > 0 && (!it.untold || !bytes.HasPrefix(pieces, []byte{0, 0})) {
		var piece []byte
		if piece, pieces, err = octets(pieces, depth+1); content == nil {
			content = piece // most often the only one: not copied
			content = content[:len(content):len(content)]
		} else {
			content = append(content, piece...)
		}
		if err != nil {
			return content, nil, err
		}
	}
	if !it.untold {
		return content, it.rest, nil
	}
	if len(pieces) < 2 {
		return content, nil, fmt.Errorf("%w: the signed file ends too early", ErrDamaged)
	}
	return content, pieces[2:], nil
}

// fromBase64 decodes base64 with or without the lines of PEM; on an error it gives what came before.
func fromBase64(data []byte) ([]byte, error) {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if after, ok := bytes.CutPrefix(data, []byte("-----BEGIN ")); ok {
		_, after, _ = bytes.Cut(after, []byte("-----"))
		data, _, _ = bytes.Cut(after, []byte("-----END"))
	}
	packed := bytes.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n", r) {
			return -1
		}
		return r
	}, data)
	packed = bytes.TrimRight(packed, "=")
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(packed)))
	n, err := base64.RawStdEncoding.Decode(out, packed)
	if err != nil {
		err = fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return out[:n], err
}
