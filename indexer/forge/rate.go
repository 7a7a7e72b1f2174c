package forge

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How long a rate limit is respected.
const (
	// MaxWait is the longest that a server can keep us away at once: what says more is held to this.
	MaxWait = 24 * time.Hour
	// defaultWait is for a server that says "too many" and not until when; GitHub asks for at least a minute.
	defaultWait = time.Minute
	// epochFrom tells a moment (seconds since 1970) from a number of seconds to wait, as RateLimit-Reset holds either.
	epochFrom = 1_000_000_000
)

// exhausted says whether an answer is about a rate limit: 429, or 403 and 503 with what goes with one. GitHub answers its
// limits with 403, the secondary ones with Retry-After.
func exhausted(status int, h http.Header) bool {
	switch status {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		return h.Get("Retry-After") != "" || h.Get("X-RateLimit-Remaining") == "0" || h.Get("RateLimit-Remaining") == "0"
	case http.StatusServiceUnavailable:
		return h.Get("Retry-After") != ""
	}
	return false
}

// reset gives the moment after which the server may be asked again: Retry-After (seconds or a date, RFC 9110 §10.2.3),
// else GitHub's X-RateLimit-Reset or GitLab's RateLimit-Reset; at least a second and at most MaxWait from now.
func reset(h http.Header, now time.Time) time.Time {
	at := now.Add(defaultWait)
	if t, ok := retryAfter(h.Get("Retry-After"), now); ok {
		at = t
	} else {
		for _, name := range []string{"X-RateLimit-Reset", "RateLimit-Reset"} {
			n, err := strconv.ParseInt(strings.TrimSpace(h.Get(name)), 10, 64)
			if err != nil || n < 0 {
				continue
			}
			switch {
			case n > now.Add(MaxWait).Unix():
				at = now.Add(MaxWait)
			case n >= epochFrom:
				at = time.Unix(n, 0)
			default:
				at = now.Add(time.Duration(n) * time.Second)
			}
			break
		}
	}
	return within(at, now)
}

// within holds a moment between the next second and MaxWait from now.
func within(at, now time.Time) time.Time {
	if first := now.Add(time.Second); at.Before(first) {
		return first
	}
	if last := now.Add(MaxWait); at.After(last) {
		return last
	}
	return at
}

// retryAfter reads both forms of Retry-After.
func retryAfter(v string, now time.Time) (time.Time, bool) {
	v = strings.TrimSpace(v)
	if n, err := strconv.ParseUint(v, 10, 64); err == nil {
		if n > uint64(MaxWait/time.Second) {
			return now.Add(MaxWait), true
		}
		return now.Add(time.Duration(n) * time.Second), true
	}
	t, err := http.ParseTime(v)
	return t, err == nil
}
