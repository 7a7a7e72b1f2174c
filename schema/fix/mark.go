package fix

import (
	"bytes"

	"github.com/open-community-pa/riuso/schema"
)

var bom = []byte("\xef\xbb\xbf")

// unmarked gives a text without the byte order mark that some editors put before it, and the edit that takes it away; nil
// where there is none. ok is false for a text with two of them, which nobody wrote on purpose. Places in a file do not
// count the mark: those of the rest stay.
func unmarked(data []byte) (bare []byte, edit []Edit, ok bool) {
	bare, marked := bytes.CutPrefix(data, bom)
	if !marked {
		return data, nil, true
	}
	return bare, []Edit{{Line: 1, Column: 1, length: len(bom),
		What: schema.T("tolto il segno invisibile (BOM) in testa al file", "the invisible mark (BOM) at the head of the file removed")}}, !bytes.HasPrefix(bare, bom)
}
