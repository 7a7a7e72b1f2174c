package forge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// session is one listing's conversation with a forge.
type session struct {
	at     place
	limits Limits
	now    func() time.Time
	client *http.Client // the caller's with meter around its transport
	meter  *meter
}

func newSession(c Config, at place) *session {
	m := &meter{base: c.Client.Transport, limit: c.Limits.Answer}
	if m.base == nil {
		m.base = http.DefaultTransport
	}
	client := *c.Client
	client.Transport = m
	return &session{at: at, limits: c.Limits, now: c.Now, client: &client, meter: m}
}

// allow lets the token go to the forge's interface.
func (s *session) allow(kind Kind, token string) error {
	s.meter.home, s.meter.auth = "", ""
	u, err := url.Parse(s.at.api(kind))
	if err != nil {
		return err
	}
	if token == "" {
		return nil
	}
	scheme := "Bearer "
	if kind == Gitea {
		scheme = "token "
	}
	s.meter.home, s.meter.auth = origin(u), scheme+token
	return nil
}

// answer is what a server said.
type answer struct {
	status int
	header http.Header
	body   []byte
	more   bool // it says that there is a next page
}

// same says that what was asked on condition has not changed.
func (a answer) same() bool { return a.status == http.StatusNotModified }

// etag gives the answer's ETag when it is one that can be asked with again (RFC 9110 §8.8.3), else "".
func (a answer) etag() string {
	tag := a.header.Get("ETag")
	if len(tag) > maxETag || !validETag(tag) {
		return ""
	}
	return tag
}

// total gives how many repositories the server says there are, -1 when it does not say.
func (a answer) total() int {
	for _, name := range []string{"X-Total", "X-Total-Count"} {
		if n, err := strconv.Atoi(a.header.Get(name)); err == nil && n >= 0 {
			return n
		}
	}
	return -1
}

// fetch makes a request and gives the answer, whatever its status.
func (s *session) fetch(ctx context.Context, url, etag string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return answer{}, fmt.Errorf("forge: %w", err)
	}
	req.Header.Set("Accept", "application/json")
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return answer{}, s.broken(ctx, err)
	}
	body, err := io.ReadAll(res.Body)
	if err = joinClose(err, res.Body); err != nil {
		return answer{}, s.broken(ctx, err)
	}
	return answer{status: res.StatusCode, header: res.Header, body: body, more: strings.Contains(strings.Join(res.Header["Link"], ","), `rel="next"`)}, nil
}

// joinClose closes a body and adds what went wrong with it to what had gone wrong before.
func joinClose(err error, c io.Closer) error {
	if failed := c.Close(); err == nil {
		return failed
	}
	return err
}

// get makes a request whose answer is a list, or that it has not changed.
func (s *session) get(ctx context.Context, url, etag string) (answer, error) {
	a, err := s.fetch(ctx, url, etag)
	if err != nil {
		return answer{}, err
	}
	if a.status == http.StatusOK || a.same() && etag != "" {
		return a, nil
	}
	return answer{}, s.failure(a.status, a.header)
}

// failure says what a status other than "here it is" means.
func (s *session) failure(status int, h http.Header) error {
	host := s.at.host
	switch {
	case exhausted(status, h):
		return limited(host, reset(h, s.now()))
	case status == http.StatusNotFound || status == http.StatusGone:
		return fault(ErrAbsent, schema.Tf("su %s non c'è né un'organizzazione né un utente con questo nome, o non è pubblico: controllate l'indirizzo",
			"there is neither an organisation nor a user of this name on %s, or it is not public: check the address", host), nil)
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusUnavailableForLegalReasons:
		return fault(ErrForbidden, schema.Tf("%s non lascia leggere l'elenco (risposta %d): serve un token valido, o l'elenco va reso pubblico",
			"%s does not let the list be read (answer %d): it takes a valid token, or the list must be made public", host, status), nil)
	case status >= 500:
		return fault(ErrBadAnswer, schema.Tf("%s ha un guasto (risposta %d): riproviamo alla prossima visita", "%s has a failure (answer %d): we ask again at the next visit", host, status), nil)
	}
	return fault(ErrBadAnswer, schema.Tf("%s ha dato una risposta che non si attendeva (%d)", "%s gave an answer that was not expected (%d)", host, status), nil)
}

// broken says what went wrong when there was no answer, or only a part. The addresses that net/http puts in its errors
// stay out: a server may have put into a redirect whatever it was told.
func (s *session) broken(ctx context.Context, err error) error {
	if errors.Is(err, ErrTooLarge) {
		return fault(ErrTooLarge, schema.Tf("%s ha dato una risposta di più di %d byte: non la leggiamo", "%s gave an answer of more than %d bytes: it is not read", s.at.host, s.limits.Answer), nil)
	}
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(err, cause) {
		err = errors.Join(cause, err)
	}
	return fmt.Errorf("forge: %s: %w", s.at.host, err)
}

// decode reads a JSON value of the wanted form, and nothing else: null, an empty answer and a web page are no list.
func (s *session) decode(body []byte, into any, first byte) error {
	b := bytes.TrimSpace(body)
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	switch {
	case len(b) > 0 && b[0] == '<':
		return fault(ErrBadAnswer, schema.Tf("%s ha dato una pagina web invece dell'elenco: chiede forse di accedere?", "%s gave a web page instead of the list: does it want people to sign in?", s.at.host), nil)
	case len(b) == 0 || b[0] != first:
		return s.garbled(nil)
	}
	if err := json.Unmarshal(b, into); err != nil {
		var syntax *json.SyntaxError
		var form *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syntax):
			err = fmt.Errorf("not JSON at byte %d", syntax.Offset)
		case errors.As(err, &form):
			err = fmt.Errorf("field %s of another type at byte %d", form.Field, form.Offset)
		}
		return s.garbled(err)
	}
	return nil
}

// garbled says that an answer is not a list of repositories.
func (s *session) garbled(err error) error {
	return fault(ErrBadAnswer, schema.Tf("%s non ha dato un elenco di repository: la risposta non è quella della sua interfaccia", "%s gave no list of repositories: the answer is not that of its interface", s.at.host), err)
}
