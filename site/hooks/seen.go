package hooks

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"
)

// deliveryFields are the headers that number a delivery: the same when it is sent again.
var deliveryFields = map[string][]string{
	GitHub: {"X-Github-Delivery"},
	Gitea:  {"X-Forgejo-Delivery", "X-Gitea-Delivery", "X-Github-Delivery"},
	GitLab: {"Idempotency-Key"}, // since 17.4
}

// delivery names a delivery: by its number or, where there is none that can be used, by its bytes.
func delivery(forge string, h http.Header, body []byte) string {
	for _, field := range deliveryFields[forge] {
		id := h.Get(field)
		if id != "" && len(id) <= maxDelivery && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return forge + " " + id
		}
	}
	sum := sha256.Sum256(body)
	return forge + " sha256 " + hex.EncodeToString(sum[:])
}

// seen remembers deliveries for a while, the oldest of them least.
type seen struct {
	mu    sync.Mutex
	since map[string]time.Time
	order []entry // oldest first; one that was forgotten stays until it is due
}

type entry struct {
	name string
	at   time.Time
}

// first says whether a delivery was not seen lately, and remembers it.
func (s *seen) first(name string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.order) > 0 && (now.Sub(s.order[0].at) >= Remember || len(s.order) >= MaxRemembered) {
		if e := s.order[0]; s.since[e.name].Equal(e.at) {
			delete(s.since, e.name)
		}
		s.order = s.order[1:]
	}
	if _, known := s.since[name]; known {
		return false
	}
	if s.since == nil {
		s.since = map[string]time.Time{}
	}
	s.since[name] = now
	s.order = append(s.order, entry{name, now})
	return true
}

// forget lets a delivery come again: what it asked for was not done.
func (s *seen) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.since, name)
}
