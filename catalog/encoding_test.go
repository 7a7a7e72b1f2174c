package catalog

import (
	"encoding/binary"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"
	"unicode/utf8"
)

// sixteen writes a text in UTF-16.
func sixteen(order binary.AppendByteOrder, text string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func TestFromUTF16(t *testing.T) {
	const text = "type: città 𝄞\n"
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for _, mark := range []string{"", "\ufeff"} {
			if got, ok := fromUTF16(sixteen(order, mark+text)); !ok || string(got) != text {
				t.Errorf("%v %q: %q, %v", order, mark, got, ok)
			}
		}
	}
	for _, no := range []string{"", "a", "abcd", "città", "\xef\xbb\xbfab", "\xff\xfea", "\xff\xfea\x00\x00\xd8", "\xff\xfe\x00\xd8b\x00", "\x00\x00\x00\x00"} {
		if got, ok := fromUTF16([]byte(no)); ok {
			t.Errorf("%q is read as %q", no, got)
		}
	}
}

// What is no longer in the repository but in Git LFS is not a text with three lines: nothing of it is shown, and what was
// known of it stays.
func TestPointersAreNotRead(t *testing.T) {
	pointer := "version https://git-lfs.github.com/spec/v1\noid sha256:" + strings.Repeat("4", 64) + "\nsize 12345\n"
	for text, want := range map[string]bool{pointer: true, pointer + strings.Repeat("x", maxPointer): false, "# Git LFS\n\n" + pointer: false, "version https://git-lfs.github.com/spec/v1\n": false} {
		if got := isPointer([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	tree := Read(fstest.MapFS{"kit.md": {Data: []byte("---\ntype: kit\nid: a\n---\n")}, "docs/a.md": {Data: []byte(pointer)}}, ReadOptions{URL: "https://git.example.it/a"})
	if !tree.Partial || len(tree.Kits) != 1 || len(tree.Kits[0].Documents)+len(tree.Kits[0].Pages) != 0 {
		t.Errorf("partial %v, %+v", tree.Partial, tree.Kits)
	}
}

func FuzzFromUTF16(f *testing.F) {
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("\x00a\x00b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, ok := fromUTF16(data); ok && (!utf8.Valid(text) || len(text) > 2*len(data)) {
			t.Errorf("%q gives %q", data, text)
		}
	})
}
