package catalog

import (
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// Text is what was drawn out of the bytes of one attachment: it is kept beside the records, never in Git (kit format §12).
// What the lint knows as data of persons is masked in it before it is stored.
type Text struct {
	Blob       string      `json:"blob"`                 // Git's name of the bytes: equal for equal contents
	Reader     string      `json:"reader"`               // what read it, with its version: "pdftotext 22.12.0", "docx 1"; another one reads again
	Format     string      `json:"format,omitempty"`     // "pdf", "docx", … as the bytes say, not as the name does
	Bytes      int64       `json:"bytes,omitempty"`      // of the file
	SHA256     string      `json:"sha256,omitempty"`     // of the file, in hexadecimal; "" of a text that was kept before it was noted
	Language   string      `json:"language,omitempty"`   // ISO 639-1; "" where it cannot be told
	Pages      []TextPage  `json:"pages,omitempty"`      // those that hold words, in order
	PageCount  int         `json:"pageCount,omitempty"`  // pages, sheets or slides of the file, read or not; 0 where it has none
	Incomplete bool        `json:"incomplete,omitempty"` // there may be more than was read; a fault says why
	Signed     string      `json:"signed,omitempty"`     // "cades" of a .p7m, "pades" of a PDF: a signature is there, nobody verified it
	Masked     int         `json:"masked,omitempty"`     // places where data of persons were taken out
	Faults     []TextFault `json:"faults,omitempty"`
	// Tries are the visits in which the file took longer than one may: it is read again in a few more. 0: it was read.
	Tries int `json:"tries,omitempty"`
	// Lost is when the bytes could not be had: nothing else is known then, and they are not asked for at each visit. Zero: they were.
	Lost   time.Time `json:"lost,omitzero"`
	LostBy SourceID  `json:"lostBy,omitempty"` // whose repository did not have them: another one may
}

// TextPage is one page, sheet or slide.
type TextPage struct {
	N     int    `json:"n"`               // from 1
	Label string `json:"label,omitempty"` // name of a sheet; "" where the number says it all
	Text  string `json:"text"`            // plain, lines ended by "\n"
}

// TextFault is what is wrong with a file, or what was found in it. It becomes a finding at each path that holds the bytes.
type TextFault struct {
	Code     string          `json:"code"` // T01…: see package schema; W04, W05: data of persons, secrets
	Severity schema.Severity `json:"severity"`
	Page     int             `json:"page,omitempty"` // 0: the whole file
	Message  schema.Text     `json:"message"`
	Hint     schema.Text     `json:"hint"`
}

// TextNote is what a record tells of the text of an attachment without carrying it.
type TextNote struct {
	Format     string      `json:"format,omitempty"`
	Bytes      int64       `json:"bytes,omitempty"` // of the file
	Language   string      `json:"language,omitempty"`
	Pages      int         `json:"pages,omitempty"` // of the file
	Words      int         `json:"words,omitempty"` // 0: there is no text to show
	Incomplete bool        `json:"incomplete,omitempty"`
	Signed     string      `json:"signed,omitempty"` // "cades" or "pades", as of the [Text]: nobody verified it
	Masked     int         `json:"masked,omitempty"`
	Faults     []TextFault `json:"faults,omitempty"`
}

// Finding tells the fault of the file that lies at a path.
func (f TextFault) Finding(file string) schema.Finding {
	out := schema.Finding{File: file, Severity: f.Severity, Code: f.Code, Message: f.Message, Hint: f.Hint}
	if f.Page > 0 {
		out.Message = schema.Tf("pagina %[1]d: %[2]s", "page %[1]d: %[3]s", f.Page, f.Message.It, f.Message.En)
	}
	return out
}
