package forgetest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
)

// The pages of the forges: how many repositories at most, and how many when the request does not say.
const (
	pageMost    = 100
	pageMostTea = 50
	pageUsual   = 30
	shownLimit  = 5000 // requests an hour, as told while there is no limit
)

// question is what a request asks for.
type question struct {
	group       string // full name of the owner, or of a group below it; "" for all
	page, size  int
	after       int64 // identifier, where pages begin after one
	keyset      bool
	descending  bool
	withPrivate bool
	wrapped     bool // {"ok": …, "data": …}
}

// serve answers a request to the interface.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, path string) {
	s.mu.Lock()
	q, known := s.route(w, r, path)
	if !known {
		s.mu.Unlock()
		return
	}
	all := s.view(q)
	from := min((q.page-1)*q.size, len(all))
	if q.keyset {
		from, _ = slices.BinarySearchFunc(all, q.after+1, func(e entry, id int64) int { return int(e.id - id) })
	}
	page := slices.Clone(all[from:min(from+q.size, len(all))])
	owner := s.owner
	tag := s.tag(r, q, page)
	h := w.Header()
	more := from+len(page) < len(all)
	if s.kind != forge.Gitea {
		h.Set("ETag", tag)
	}
	if matches := r.Header.Get("If-None-Match"); matches != "" && matches == tag && s.kind != forge.Gitea {
		s.same++
		s.rate(h)
		s.mu.Unlock()
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if s.left == 0 {
		s.tooMany(w)
		s.mu.Unlock()
		return
	}
	if s.left > 0 {
		s.left--
	}
	s.full++
	s.rate(h)
	s.mu.Unlock()
	s.links(h, r, q, page, len(all), more)
	h.Set("Content-Type", "application/json; charset=utf-8")
	body := s.write(origin(r), owner, page)
	if q.wrapped {
		body = append(append([]byte(`{"ok":true,"data":`), body...), '}')
	}
	if _, err := w.Write(body); err != nil {
		return // the client went away
	}
}

// view gives the repositories that a question is about, in order.
func (s *Server) view(q question) []entry {
	prefix := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(q.group, s.owner), "/"))
	out := s.repos
	if prefix != "" || !q.withPrivate && s.hidden > 0 {
		out = slices.DeleteFunc(slices.Clone(s.repos), func(e entry) bool {
			return e.Private && !q.withPrivate || prefix != "" && !strings.HasPrefix(strings.ToLower(e.Name), prefix+"/")
		})
	}
	if q.descending {
		out = slices.Clone(out)
		slices.Reverse(out)
	}
	return out
}

// tag is the entity tag of a page: what it holds, and for whom.
func (s *Server) tag(r *http.Request, q question, page []entry) string {
	b := []byte(s.owner + "\n" + r.Host + "\n" + r.Header.Get("Authorization") + "\n" + strconv.FormatBool(q.wrapped))
	for _, e := range page {
		b = binary.AppendVarint(b, e.id)
		b = binary.AppendVarint(b, e.rev)
	}
	sum := sha256.Sum256(b)
	return `W/"` + hex.EncodeToString(sum[:]) + `"`
}

// rate tells how many requests are left, as the kind does.
func (s *Server) rate(h http.Header) {
	left, reset := s.left, s.reset
	if left < 0 {
		left, reset = shownLimit-1, time.Unix(4102444800, 0)
	}
	names := map[forge.Kind]string{forge.GitHub: "X-RateLimit-", forge.GitLab: "RateLimit-"}
	if name, ok := names[s.kind]; ok {
		h.Set(name+"Limit", strconv.Itoa(shownLimit))
		h.Set(name+"Remaining", strconv.Itoa(left))
		h.Set(name+"Reset", strconv.FormatInt(reset.Unix(), 10))
	}
}

// tooMany refuses a request as the kind does: GitHub with 403 and the moment, the others with 429 and a date.
func (s *Server) tooMany(w http.ResponseWriter) {
	s.rate(w.Header())
	if s.kind == forge.GitHub {
		refuse(w, http.StatusForbidden, "API rate limit exceeded")
		return
	}
	w.Header().Set("Retry-After", s.reset.UTC().Format(http.TimeFormat))
	refuse(w, http.StatusTooManyRequests, "Retry later")
}

// links tells of the next page and of the total, as the kind does.
func (s *Server) links(h http.Header, r *http.Request, q question, page []entry, total int, more bool) {
	if !q.keyset && s.kind == forge.GitLab {
		h.Set("X-Total", strconv.Itoa(total))
		if more {
			h.Set("X-Next-Page", strconv.Itoa(q.page+1))
		}
	}
	if s.kind == forge.Gitea {
		h.Set("X-Total-Count", strconv.Itoa(total))
	}
	if !more {
		return
	}
	next := *r.URL
	v := next.Query()
	if q.keyset {
		v.Set("id_after", strconv.FormatInt(page[len(page)-1].id, 10))
	} else {
		v.Set("page", strconv.Itoa(q.page+1))
	}
	next.RawQuery = v.Encode()
	last := (total + q.size - 1) / q.size
	link := "<" + origin(r) + next.RequestURI() + `>; rel="next"`
	if !q.keyset {
		v.Set("page", strconv.Itoa(last))
		next.RawQuery = v.Encode()
		link += ", <" + origin(r) + next.RequestURI() + `>; rel="last"`
	}
	h.Set("Link", link)
}

// paging reads the page that is asked for.
func (q *question) paging(v url.Values, size string, most int) {
	q.page, q.size = max(number(v.Get("page")), 1), number(v.Get(size))
	if q.size == 0 {
		q.size = pageUsual
	}
	q.size = min(q.size, most)
}

// number reads a number from 0 to a million.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// origin is the address by which the server was asked.
func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// refuse answers with a status and a message in JSON.
func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if _, err := w.Write([]byte(`{"message":` + strconv.Quote(message) + `}`)); err != nil {
		return // the client went away
	}
}
