package announce

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// request is one request: what is repeated is the same, but for its time and signature.
type request struct {
	id   string
	body []byte
}

// letter makes one request of a batch.
func (a *Announcer) letter(batch []item) (request, error) {
	l := letter{Version: 1, Sent: a.cfg.Now().UTC()}
	for _, b := range batch {
		l.Notices = append(l.Notices, b.body)
	}
	body, err := json.Marshal(l)
	if err != nil {
		return request{}, fmt.Errorf("announce: %w", err)
	}
	return request{"riuso_" + rand.Text(), body}, nil
}

// refusal is an answer after which it makes no sense to try again.
type refusal struct{ status string }

func (r *refusal) Error() string { return "the address answered " + r.status }

// deliver sends a batch, again and again as long as there is hope. It says whether to go on with the next: not when ctx
// ended; the batch is back in the queue then.
func (a *Announcer) deliver(ctx context.Context, batch []item) bool {
	l, err := a.letter(batch)
	if err != nil { // what was made of JSON has a JSON form
		a.settle(batch, false)
		a.drop(ctx, batch, "announcements dropped", err)
		return true
	}
	pause := FirstPause
	for attempt := 1; ; attempt++ {
		after, err := a.post(ctx, l)
		if err == nil {
			a.settle(batch, true)
			a.cfg.Logger.InfoContext(ctx, "announced", "notices", len(batch), "attempt", attempt)
			return true
		}
		if ctx.Err() != nil {
			a.back(batch)
			return false
		}
		var no *refusal
		if errors.As(err, &no) || attempt == MaxAttempts {
			a.settle(batch, false)
			a.drop(ctx, batch, "announcements dropped: the operator's address does not take them", err)
			return true
		}
		d := max(pause, min(after, MaxRetryAfter))
		a.cfg.Logger.WarnContext(ctx, "announcement not taken, to be tried again", "attempt", attempt, "pause", d, "err", discreet(err))
		if a.wait(ctx, d) != nil {
			a.back(batch)
			return false
		}
		pause = min(2*pause, MaxPause)
	}
}

// post tries once. With an error comes how long the address asks to be left alone, zero when it does not say.
func (a *Announcer) post(ctx context.Context, l request) (after time.Duration, err error) {
	defer func() {
		if err != nil {
			a.mu.Lock()
			a.counts.Failures++
			a.mu.Unlock()
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, Attempt)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.cfg.URL, bytes.NewReader(l.body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(HeaderID, l.id)
	if len(a.key) > 0 {
		sign(r.Header, a.key, l.id, a.cfg.Now(), l.body)
	}
	res, err := a.client.Do(r)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, io.LimitReader(res.Body, maxAnswer))
	if err = errors.Join(err, res.Body.Close()); err != nil { // the status has been said
		a.cfg.Logger.DebugContext(ctx, "answer to an announcement not read", "err", err)
	}
	switch s := res.StatusCode; {
	case s/100 == 2:
		return 0, nil
	case s >= 500, s == http.StatusTooManyRequests, s == http.StatusRequestTimeout, s == http.StatusTooEarly:
		return retryAfter(res.Header.Get("Retry-After"), a.cfg.Now()), fmt.Errorf("the address answered %d", s)
	default: // a redirect too: the address has to be set again
		return 0, &refusal{strconv.Itoa(s)}
	}
}

// retryAfter reads the header of that name (RFC 9110, section 10.2.3): seconds or a date; zero when it is neither.
func retryAfter(said string, now time.Time) time.Duration {
	said = strings.TrimSpace(said)
	if n, err := strconv.ParseUint(said, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(said); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
