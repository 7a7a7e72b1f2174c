package attach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// revision counts the changes of what is read, cleaned and masked here: with a new one every file is read again.
const revision = 2

// PDFReader reads PDF. This room knows none; whoever wires them hands one in.
type PDFReader interface {
	// ReadPDF gives the text of each page in order, "" of one that has none. The error is one of [ErrEncrypted],
	// [ErrDamaged], [ErrLimit], [ErrTime], [ErrStart] (wrapped) or ctx's; what was read before comes with it.
	ReadPDF(ctx context.Context, data []byte, maxPages int, maxText int64) (PDF, error)
	// Name is what reads, with its version: "pdftotext 22.12.0".
	Name() string
}

// PDF is what a [PDFReader] read.
type PDF struct {
	Pages      []string
	PageCount  int  // of the file, read or not
	Incomplete bool // words may be missing
	Signed     bool // it carries a signature, which nobody verified
}

// Config is what a [Reader] needs.
type Config struct {
	PDF    PDFReader // nil: the text of PDF files is missing, and a fault says so
	Limits Limits
}

// Reader reads attachments. It may be shared between goroutines.
type Reader struct {
	pdf PDFReader
	lim Limits
}

// New makes a reader; a limit below zero is refused.
func New(c Config) (*Reader, error) {
	l := c.Limits
	if slices.Min([]int64{l.FileBytes, l.Inflated, int64(l.Pages), l.Text, int64(l.Time), int64(l.Entries), int64(l.Listed)}) < 0 {
		return nil, fmt.Errorf("attach: a limit is below zero: %w", catalog.ErrInvalid)
	}
	return &Reader{pdf: c.PDF, lim: l.withDefaults()}, nil
}

// Version is what [catalog.Text].Reader is of a file of that name: where it is the same as in a text that is kept, its bytes
// need not be read again. It follows from the name alone, so that nobody must fetch bytes to know.
func (r *Reader) Version(name string) string {
	pdf := "pdf"
	if r.pdf != nil {
		pdf = r.pdf.Name()
	}
	ext, signed := extOf(name), ""
	for range maxNestedP7M {
		if ext != "p7m" {
			break
		}
		name, signed = innerName(name), "p7m "
		ext = extOf(name)
	}
	switch {
	case ext == "pdf" || signed != "" && !slices.Contains(wantedExts, ext): // what it holds nobody knows
		return fmt.Sprintf("%s%s, %d", signed, pdf, revision)
	case ext == "":
		ext = "attach"
	}
	return fmt.Sprintf("%s%s %d", signed, ext, revision)
}

// Read draws the text out of the bytes of a file. name is its path or its name, blob Git's name of the bytes. What is wrong
// with the file is told in the text, and when time was up for it that is a first try; the error is ctx's, or [ErrStart].
// data is not changed.
func (r *Reader) Read(ctx context.Context, name, blob string, data []byte) (catalog.Text, error) {
	t := catalog.Text{Blob: blob, Reader: r.Version(name), Bytes: int64(len(data))}
	if err := ctx.Err(); err != nil {
		return catalog.Text{}, err
	}
	bounded, cancel := context.WithTimeout(ctx, r.lim.Time)
	defer cancel()
	one := reading{r: r, l: lines{lim: r.lim}}
	err := one.safely(bounded, name, data)
	if gone := ctx.Err(); gone != nil {
		return catalog.Text{}, gone
	}
	if errors.Is(err, ErrStart) {
		return catalog.Text{}, err
	}
	one.l.close()
	t.Format, t.Signed, t.PageCount = string(one.format), one.signed, one.l.count
	for _, p := range one.l.pages {
		p.Label = oneLine(clean(p.Label))
		if p.Text = clean(p.Text); p.Text != "" {
			t.Pages = append(t.Pages, p)
		}
	}
	t.Faults = one.faults
	if err != nil {
		t.Faults = append(t.Faults, r.failed(err, one.format, len(t.Pages) > 0))
		t.Incomplete = len(t.Pages) > 0 || errors.Is(err, ErrLimit) || slow(err)
		if slow(err) {
			t.Tries = 1
		}
	} else if len(t.Pages) == 0 && one.images {
		t.Faults = append(t.Faults, scanned())
	}
	t.Incomplete = t.Incomplete || one.incomplete
	t.Language = languageOf(t.Pages)
	maskAll(&t)
	return t, nil
}

// failed is the fault of what stopped the reading.
func (r *Reader) failed(err error, f format, some bool) catalog.TextFault {
	var limit overError
	switch {
	case errors.Is(err, ErrEncrypted):
		return encrypted()
	case errors.As(err, &limit):
		return overLimit(limit.limit, some)
	case errors.Is(err, ErrLimit):
		return overLimit(schema.T("byte, pagine, testo o tempo", "bytes, pages, text or time"), some)
	case slow(err):
		return overLimit(schema.Tf("%.0f secondi", "%.0f seconds", r.lim.Time.Seconds()), some)
	}
	return damaged(f, some)
}

// zipped are the formats that are archives.
var zipped = []format{fDOCX, fXLSX, fPPTX, fODT, fODS, fODP, fSXW}

// zippedAs gives the one of them that the extension promises, or fUnknown.
func zippedAs(ext string) format {
	for _, f := range zipped {
		if slices.Contains(known[f].exts, ext) {
			return f
		}
	}
	return fUnknown
}

// reading is what became of one file so far.
type reading struct {
	r          *Reader
	l          lines
	format     format
	signed     string
	images     bool // where there are no words there are pictures
	incomplete bool
	faults     []catalog.TextFault
}

// safely reads a file, and takes a panic for damage: what was read before stays.
func (o *reading) safely(ctx context.Context, name string, data []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the reader gave up: %v", ErrDamaged, p)
		}
	}()
	if int64(len(data)) > o.r.lim.FileBytes {
		o.format = sniff(data[:min(len(data), sniffBytes)], extOf(name))
		return over("%d MiB", "%d MiB", o.r.lim.FileBytes>>20)
	}
	return o.file(ctx, name, data, 0)
}

// file reads what the bytes are, at that depth of envelopes.
func (o *reading) file(ctx context.Context, name string, data []byte, depth int) error {
	if len(data) == 0 {
		return nil
	}
	if bytes.HasPrefix(data, []byte(lfsMagic)) {
		o.faults = append(o.faults, notHad())
		return nil
	}
	ext := extOf(name)
	o.format = sniff(data, ext)
	if o.format == fZIP {
		return o.zipped(ctx, ext, data)
	}
	if o.format.ole() && oleEncrypted(data) { // Office wraps a protected document of any kind so: the name says which
		o.format = zippedAs(ext)
		return ErrEncrypted
	}
	if !o.format.matches(ext) {
		o.faults = append(o.faults, misnamed(ext, o.format))
	}
	switch o.format {
	case fP7M:
		return o.envelope(ctx, name, data, depth)
	case fPDF:
		return o.pdf(ctx, data)
	case fRTF:
		return readRTF(ctx, data, &o.l)
	case fHTML:
		return readHTML(ctx, data, &o.l)
	case fCSV:
		return readCSV(ctx, data, &o.l)
	case fBPMN:
		return readBPMN(ctx, data, &o.l)
	case fTXT:
		return readText(ctx, data, &o.l)
	case fXML:
		if known := fTXT.matches(ext) && ext != ""; known {
			return readText(ctx, data, &o.l)
		}
	}
	if o.format.old() {
		o.faults = append(o.faults, oldFormat(o.format, depth > 0))
	}
	return nil
}

// envelope reads what a signed file holds.
func (o *reading) envelope(ctx context.Context, name string, data []byte, depth int) error {
	if depth >= maxNestedP7M {
		return over("%d buste firmate una dentro l'altra", "%d signed envelopes within each other", maxNestedP7M)
	}
	inner, broken := unwrap(data)
	if errors.Is(broken, errDetached) {
		o.signed = "cades"
		o.faults = append(o.faults, detached())
		return nil
	}
	if len(inner) == 0 {
		return broken
	}
	o.signed = "cades"
	within := innerName(name)
	if _, mail := smimeBody(data); mail {
		content, called, err := smimeContent(inner)
		if errors.Is(err, errLetter) {
			o.incomplete = true
			o.faults = append(o.faults, incomplete())
			return nil
		}
		if inner, broken = content, errors.Join(broken, err); extOf(within) == "" {
			within = called
		}
	}
	if err := o.file(ctx, within, inner, depth+1); err != nil {
		return err
	}
	return broken
}

// zipped reads an archive, or the document that it is.
func (o *reading) zipped(ctx context.Context, ext string, data []byte) error {
	a, err := openArchive(data, o.r.lim)
	if err != nil {
		if f := zippedAs(ext); f != fUnknown { // nobody can see what it holds
			o.format = f
		}
		return err
	}
	if o.format = a.format(); !o.format.matches(ext) {
		o.faults = append(o.faults, misnamed(ext, o.format))
	}
	if a.hasMacros() {
		o.faults = append(o.faults, macros())
	}
	o.images = o.format != fZIP && a.hasImages()
	switch o.format {
	case fDOCX:
		err = readDOCX(ctx, a, &o.l)
	case fXLSX:
		err = readXLSX(ctx, a, &o.l)
	case fPPTX:
		err = readPPTX(ctx, a, &o.l)
	case fODT, fODS, fODP, fSXW:
		if o.format == fSXW {
			o.faults = append(o.faults, oldFormat(fSXW, false))
		}
		err = readODF(ctx, a, &o.l, o.format)
	default:
		err = readListing(ctx, a, &o.l)
	}
	if err == nil && a.encrypted() {
		err = ErrEncrypted
	}
	return err
}

// pdf has somebody read a PDF.
func (o *reading) pdf(ctx context.Context, data []byte) error {
	if o.r.pdf == nil {
		o.incomplete = true
		o.faults = append(o.faults, noReader())
		return nil
	}
	lim := o.r.lim
	doc, err := o.r.pdf.ReadPDF(ctx, data, lim.Pages, lim.Text)
	for i, text := range doc.Pages {
		if full := o.l.begin(""); full != nil {
			return full
		}
		if full := o.l.words(text); full != nil {
			o.l.count = max(doc.PageCount, i+1)
			return full
		}
	}
	o.l.count = max(doc.PageCount, len(doc.Pages))
	if doc.Signed && o.signed == "" {
		o.signed = "pades"
	}
	o.images = doc.PageCount > 0
	switch {
	case err != nil:
		return asDamaged(err)
	case doc.PageCount > lim.Pages:
		return over("%d pagine", "%d pages", lim.Pages)
	case doc.Incomplete:
		o.incomplete = true
		o.faults = append(o.faults, incomplete())
	}
	return nil
}
