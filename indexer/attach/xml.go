package attach

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// errSkip is what a handler says of an element that it does not want, with all that is in it.
var errSkip = errors.New("attach: not wanted")

// handler hears what an XML file says. Names come without their prefix: the formats that are read here do not need it. What
// it is not interested in stays nil.
type handler struct {
	start func(name string, a attrs) error
	end   func(name string) error
	text  func(s string) error
}

// attrs are the attributes of an element.
type attrs []xml.Attr

// get gives an attribute by its name without prefix, "" where there is none.
func (a attrs) get(name string) string {
	for i := range a {
		if a[i].Name.Local == name {
			return a[i].Value
		}
	}
	return ""
}

// relation gives the attribute id of the namespace of relationships, which has a prefix ("r:id").
func (a attrs) relation() string {
	for i := range a {
		if a[i].Name.Local == "id" && a[i].Name.Space != "" {
			return a[i].Value
		}
	}
	return ""
}

// tokenReader gives at most maxToken bytes between two pieces, so that none fills the memory.
type tokenReader struct {
	r    io.Reader
	left int
}

func (t *tokenReader) Read(p []byte) (int, error) {
	if t.left <= 0 {
		return 0, over("un solo pezzo di oltre %d KiB", "one piece of more than %d KiB", maxToken>>10)
	}
	n, err := t.r.Read(p[:min(len(p), t.left)])
	t.left -= n
	return n, err
}

// walkXML reads XML from r and tells h. It is lenient where a program may have been careless, bounded in the size of a
// piece and in depth, and knows no entities but the five of the standard: a file that declares its own is refused. What it
// cannot read is an [ErrDamaged]; an error of h ends it.
func walkXML(ctx context.Context, l *lines, r io.Reader, h handler) error {
	bounded := &tokenReader{r: r, left: maxToken}
	d := xml.NewDecoder(bounded)
	d.Strict = false
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return in, nil // who got as far as the label has decoded it
		}
		return charset.NewReaderLabel(label, in)
	}
	depth, skip := 0, 0 // skip: the depth above which everything is left out
	for {
		tok, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			return asDamaged(err)
		}
		bounded.left = maxToken
		if err := l.tick(ctx); err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return fmt.Errorf("%w: it declares entities", ErrDamaged)
			}
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return over("%d elementi uno dentro l'altro", "%d elements within each other", maxDepth)
			}
			if skip > 0 || h.start == nil {
				continue
			}
			if err := h.start(t.Name.Local, t.Attr); errors.Is(err, errSkip) {
				skip = depth
			} else if err != nil {
				return err
			}
		case xml.EndElement:
			if depth == 0 {
				return fmt.Errorf("%w: an element ends that did not begin", ErrDamaged)
			}
			depth--
			if skip > 0 {
				if depth < skip {
					skip = 0
				}
				continue
			}
			if h.end != nil {
				if err := h.end(t.Name.Local); err != nil {
					return err
				}
			}
		case xml.CharData:
			if skip == 0 && h.text != nil {
				if err := h.text(string(t)); err != nil {
					return err
				}
			}
		}
	}
}

// asDamaged keeps what says that somebody or some limit stopped the reading, and takes all else for damage.
func asDamaged(err error) error {
	if err == nil || errors.Is(err, ErrLimit) || errors.Is(err, ErrDamaged) || errors.Is(err, ErrEncrypted) || errors.Is(err, ErrStart) || slow(err) {
		return err
	}
	return fmt.Errorf("%w: %v", ErrDamaged, err)
}

// slow says that time was up for the file: another time this machine may be quicker.
func slow(err error) bool { return errors.Is(err, ErrTime) || ended(err) }

// ended says that time is up or the caller went away.
func ended(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
