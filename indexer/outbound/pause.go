package outbound

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// How long a host is left alone that is busy (429, 503) and does not say until when: the first time, and at most.
const (
	FirstPause = time.Minute
	MaxPause   = time.Hour

	maxPauses = 1024 // hosts remembered
)

// pauses says for a server when to come back, where it does not say so itself: FirstPause, and twice as long each time
// that it is still busy after a pause, up to MaxPause. A good answer forgets it. Nothing waits here.
type pauses struct {
	now func() time.Time
	mu  sync.Mutex
	all map[string]pause
}

type pause struct {
	length time.Duration
	until  time.Time
}

// mark gives an answer 429 or 503 a Retry-After (RFC 9110, section 10.2.3) when it has none that can be read, so that
// every reader of answers finds one. Answers of a forge that tell the end of its limit in a field of its own stay as they are.
func (p *pauses) mark(host string, res *http.Response) {
	busy := res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusServiceUnavailable
	if !busy {
		if res.StatusCode < http.StatusInternalServerError {
			p.mu.Lock()
			delete(p.all, host)
			p.mu.Unlock()
		}
		return
	}
	said := strings.TrimSpace(res.Header.Get("Retry-After"))
	_, errSeconds := strconv.ParseUint(said, 10, 32)
	_, errDate := http.ParseTime(said)
	if errSeconds == nil || errDate == nil || res.Header.Get("X-Ratelimit-Reset") != "" || res.Header.Get("Ratelimit-Reset") != "" {
		return
	}
	res.Header.Set("Retry-After", strconv.Itoa(int((p.next(host)+time.Second-1)/time.Second)))
}

// next gives the pause of a host. Answers that come while one lasts are of the same crowd and do not make it longer.
func (p *pauses) next(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	e, known := p.all[host]
	if known && now.Before(e.until) {
		return e.until.Sub(now)
	}
	if !known && len(p.all) >= maxPauses {
		for h, o := range p.all {
			if now.Sub(o.until) > MaxPause {
				delete(p.all, h)
			}
		}
		if len(p.all) >= maxPauses {
			return MaxPause
		}
	}
	e.length = min(max(2*e.length, FirstPause), MaxPause)
	e.until = now.Add(e.length)
	p.all[host] = e
	return e.length
}
