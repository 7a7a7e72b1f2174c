package peer

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// look is one look at one place: what it has cost so far, and what was found wrong.
type look struct {
	r        *Reader
	requests int
	bytes    int64
	findings []schema.Finding
}

// stamp is what a server says of one page, to be asked again whether it changed.
type stamp struct {
	ETag     string `json:"e,omitempty"`
	Modified string `json:"m,omitempty"`
}

func (s stamp) none() bool { return s.ETag == "" && s.Modified == "" }

// answer is what came back; same means "not modified", and then there is no body.
type answer struct {
	body  []byte
	same  bool
	stamp stamp
}

// errSpent says that the look has used up what it may ask for or receive.
var errSpent = errors.New("the look has reached its limit")

// get asks for one address; most is how many bytes of it are taken.
func (l *look) get(ctx context.Context, addr, accept string, known stamp, most int64) (answer, error) {
	if l.requests >= l.r.cfg.Requests {
		return answer{}, spent(schema.Tf("la lettura si è fermata dopo %d richieste", "the reading stopped after %d requests", l.requests))
	}
	most = min(most, l.r.cfg.TotalBytes-l.bytes)
	if most <= 0 {
		return answer{}, spent(schema.Tf("la lettura si è fermata dopo %d byte", "the reading stopped after %d bytes", l.bytes))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, addr, nil)
	if err != nil {
		return answer{}, fmt.Errorf("peer: %w", err)
	}
	req.Header.Set("Accept", accept)
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.Modified != "" {
		req.Header.Set("If-Modified-Since", known.Modified)
	}
	if t := l.r.cfg.Token(req.URL.Host); t != "" {
		req.Header.Set("Authorization", "Bearer "+t)
	}
	l.requests++
	res, err := l.r.cfg.Client.Do(req)
	if err != nil {
		return answer{}, fmt.Errorf("peer: %w", err)
	}
	defer res.Body.Close()
	if err := refusal(res, l.r.cfg.Now()); err != nil {
		return answer{}, err
	}
	out := answer{same: res.StatusCode == http.StatusNotModified, stamp: stampOf(res.Header)}
	if out.same {
		if known.none() {
			return answer{}, &fault{kind: ErrBadAnswer, text: schema.T("il server dice che nulla è cambiato, ma nessuno glielo ha chiesto", "the server says that nothing changed though nobody asked")}
		}
		return out, nil
	}
	var body io.Reader = res.Body
	if strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip") { // a client that does not unpack by itself
		z, err := gzip.NewReader(res.Body)
		if err != nil {
			return answer{}, &fault{kind: ErrBadAnswer, cause: err, text: schema.T("la risposta è compressa male", "the answer is badly compressed")}
		}
		body = z
	}
	out.body, err = io.ReadAll(io.LimitReader(body, most+1))
	l.bytes += int64(len(out.body))
	switch {
	case int64(len(out.body)) > most:
		return answer{}, &fault{kind: ErrTooLarge, text: schema.Tf("la risposta supera %d byte", "the answer is longer than %d bytes", most)}
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return answer{}, &fault{kind: ErrBadAnswer, cause: err, text: schema.T("la risposta è compressa male", "the answer is badly compressed")}
	case err != nil:
		return answer{}, fmt.Errorf("peer: %w", err)
	}
	return out, nil
}

func spent(text schema.Text) error { return &fault{kind: errSpent, text: text} }

func stampOf(h http.Header) stamp {
	s := stamp{h.Get("ETag"), h.Get("Last-Modified")}
	if len(s.ETag) > maxCode || len(s.Modified) > maxCode {
		return stamp{}
	}
	return s
}

// decode reads JSON into v. What is no JSON at all is another protocol, and the error says what came back.
func (l *look) decode(body []byte, v any) error {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if first := bytes.TrimLeft(body, " \t\r\n"); len(first) == 0 || first[0] != '{' {
		return &fault{kind: ErrNotThis, text: notJSON(body)}
	}
	if tooDeep(body, l.r.cfg.Depth) {
		return &fault{kind: ErrBadAnswer, text: schema.Tf("la risposta è annidata più di %d livelli", "the answer is nested more than %d levels deep", l.r.cfg.Depth)}
	}
	if err := json.Unmarshal(body, v); err != nil {
		return &fault{kind: ErrBadAnswer, cause: err, text: schema.T("la risposta non è JSON valido, o non ha la forma attesa", "the answer is no valid JSON, or not of the form that is expected")}
	}
	return nil
}

// notJSON says in words what came back in the place of a JSON object.
func notJSON(body []byte) schema.Text {
	start := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), excerptBytes)]))
	what := schema.T("altro", "something else")
	switch {
	case len(start) == 0:
		what = schema.T("una risposta vuota", "an empty answer")
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")), bytes.Contains(start, []byte("<head")):
		what = schema.T("una pagina HTML", "an HTML page")
	case start[0] == '<':
		what = schema.T("un documento XML", "an XML document")
	case start[0] == '[':
		what = schema.T("una lista JSON", "a JSON list")
	case !utf8.Valid(start[:len(start)-min(len(start), utf8.UTFMax)]):
		what = schema.T("dati binari", "binary data")
	}
	return schema.T("l'indirizzo non risponde come un catalogo: invece di un oggetto JSON ha dato "+what.It+"; controlla url: nella fonte",
		"the address does not answer as a catalogue: instead of a JSON object it gave "+what.En+"; check url: in the source")
}

// tooDeep says whether brackets are nested beyond most; what stands in texts does not count.
func tooDeep(body []byte, most int) bool {
	depth, text := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == '{', c == '[':
			if depth++; depth > most {
				return true
			}
		case c == '}', c == ']':
			depth--
		}
	}
	return false
}

// base reads the address of a place: http or https, with a host, without user, query and fragment, and without a slash
// at the end.
func base(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, &fault{kind: ErrNotThis, cause: err, text: schema.T("l'indirizzo del catalogo non è http(s): correggi url: nella fonte", "the address of the catalogue is not http(s): mend url: in the source")}
	}
	u.User, u.RawQuery, u.Fragment, u.RawPath = nil, "", "", ""
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}

// tell keeps a finding, up to [maxFindings].
func (l *look) tell(f schema.Finding) {
	if len(l.findings) < maxFindings {
		l.findings = append(l.findings, f)
	}
}
