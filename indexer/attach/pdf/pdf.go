package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"
	"unicode/utf8"
)

// What is granted to one file when Config and the caller say nothing.
const (
	defaultTime   = 10 * time.Second
	defaultMemory = 512 << 20
	defaultBytes  = 64 << 20
	defaultPages  = 1000
	defaultText   = 8 << 20
	minMemory     = 64 << 20 // with less a child does not even start
	maxPageCount  = 1 << 20  // a document that says it has more pages is lying
)

// Why a file gives no text, or less than it holds. Each is met with errors.Is.
var (
	ErrEncrypted = errors.New("the file is closed by a password or forbids copying its text")
	ErrDamaged   = errors.New("the file is damaged or is not a PDF")
	ErrLimit     = errors.New("the file needs more than it may have")
	ErrTime      = errors.New("reading the file took too long")
	// ErrStart: no child could be started. The fault is this machine's and of this moment: it says nothing of the file.
	ErrStart = errors.New("the reader could not be started")
)

// Config says what reads and how much one file may cost. The zero value looks for pdftotext in PATH, takes the reader in
// Go where it is not there, and uses the limits named above.
type Config struct {
	Pdftotext string           // poppler's program; "": looked up in PATH; "-": never, the reader in Go
	Self      []string         // command that starts this program again to call ServeChild; empty: the reader in Go works in this process
	Time      time.Duration    // for one file
	Memory    int64            // bytes of address space of pdftotext; the reader in Go, in its child, has as many above what its runtime takes
	Bytes     int64            // the biggest file that is looked at
	Now       func() time.Time // nil: time.Now
}

// Document is what was read of one file.
type Document struct {
	Pages      []string `json:"pages"`     // of each page in order, from the first; "" where it holds no words. Lines end with "\n"
	PageCount  int      `json:"pageCount"` // of the whole file, read or not
	Incomplete bool     `json:"incomplete"`
	Signed     bool     `json:"signed"` // somebody signed the file; whether the signature holds is not looked at
}

// Reader reads PDF files; it may be used by many at once.
type Reader struct {
	cfg  Config
	name string
	prog string // path of pdftotext; "": the reader in Go
	info string // path of pdfinfo beside it, or ""
	slot chan struct{}
}

// New checks the configuration and that its child works: an error here is the operator's to mend. A pdftotext that was
// named must run; one that was only looked for and does not is as if it were not there.
func New(cfg Config) (*Reader, error) {
	if cfg.Time < 0 || cfg.Memory < 0 || cfg.Bytes < 0 {
		return nil, fmt.Errorf("pdf: a limit is below zero: time %s, memory %d, bytes %d", cfg.Time, cfg.Memory, cfg.Bytes)
	}
	cfg.Time = or(cfg.Time, defaultTime)
	cfg.Memory = or(cfg.Memory, defaultMemory)
	cfg.Bytes = or(cfg.Bytes, defaultBytes)
	if cfg.Memory < minMemory {
		return nil, fmt.Errorf("pdf: %d bytes of memory are too few, a reader needs %d", cfg.Memory, minMemory)
	}
	now := time.Now
	if cfg.Now != nil {
		now = cfg.Now
	}
	sweep(os.TempDir(), now())
	r := &Reader{cfg: cfg, name: goName, slot: make(chan struct{}, maxAbandoned)}
	if cfg.Pdftotext == "-" {
		return r, nil
	}
	prog, info, version, err := findPoppler(cfg)
	if err != nil && cfg.Pdftotext != "" {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	if err == nil {
		r.prog, r.info, r.name = prog, info, "pdftotext "+version
	}
	return r, nil
}

func or[T int64 | time.Duration | int](n, otherwise T) T {
	if n == 0 {
		return otherwise
	}
	return n
}

// Name says what reads, with its version: a text that was read by another is to be read again.
func (r *Reader) Name() string { return r.name }

// Read gives the text of the first maxPages pages, at most maxText bytes of it in all (0: the limits of this package).
// What is left out by the two makes the document Incomplete and is no error. The error is one of those of this package,
// or that of ctx; with ErrTime and ErrLimit the document still
// holds the pages that were read before.
func (r *Reader) Read(ctx context.Context, data []byte, maxPages int, maxText int64) (Document, error) {
	if err := ctx.Err(); err != nil {
		return Document{}, err
	}
	if int64(len(data)) > r.cfg.Bytes {
		return Document{Incomplete: true}, fmt.Errorf("%w: %d bytes, at most %d are read", ErrLimit, len(data), r.cfg.Bytes)
	}
	if !bytes.Contains(data[:min(len(data), headBytes)], []byte("%PDF-")) {
		return Document{}, fmt.Errorf("%w: it does not begin as a PDF does", ErrDamaged)
	}
	if maxPages <= 0 {
		maxPages = defaultPages
	}
	if maxText <= 0 {
		maxText = defaultText
	}
	read := r.readPoppler
	switch {
	case r.prog != "":
	case len(r.cfg.Self) > 0:
		read = r.readChild
	default:
		read = r.readHere
	}
	within, cancel := context.WithTimeout(ctx, r.cfg.Time)
	defer cancel()
	doc, err := read(within, data, maxPages, maxText)
	if ctx.Err() != nil {
		return doc, ctx.Err()
	}
	doc.Signed = signed(data)
	doc.PageCount = max(doc.PageCount, len(doc.Pages))
	return doc, err
}

// headBytes is where the mark of a PDF may stand: readers accept what comes before it.
const headBytes = 1024

// signed tells a signature by what a signer must write in the clear: the range of bytes it covers, or the flag of the form
// that says a signature exists (PDF 32000-1, 12.8.1 and table 219).
func signed(data []byte) bool {
	if bytes.Contains(data, []byte("/ByteRange")) {
		return true
	}
	for rest := data; ; {
		i := bytes.Index(rest, []byte("/SigFlags"))
		if i < 0 {
			return false
		}
		rest = rest[i+len("/SigFlags"):]
		n := bytes.TrimLeft(rest[:min(len(rest), 8)], " \t\r\n")
		if len(n) > 0 && (n[0]-'0')&1 == 1 && n[0] <= '9' && n[0] >= '0' {
			return true
		}
	}
}

// cut shortens a text to n bytes without breaking a character.
func cut(s string, n int64) string {
	if int64(len(s)) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
