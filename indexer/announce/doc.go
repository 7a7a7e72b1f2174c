// Package announce tells the operator when the problems of a source change: by a POST to the operator's own address, and
// nowhere else. Nothing is ever written to the repository or to the owner of a source; the operator gets a text that can
// be sent on.
//
// # What is sent
//
// One request carries the notices of one round of visits, at most [MaxBatch]:
//
//	{"version": 1, "sent": "2026-03-01T09:00:00Z", "notices": [{
//	  "event": "problems", "source": "kit-cit", "title": "…", "url": "https://…", "outcome": "full",
//	  "since": "2026-03-01T08:59:12Z",
//	  "problems": [{"file": "publiccode.yml", "line": 12, "code": "P03", "severity": "error",
//	                "message": {"it": "…", "en": "…"}, "hint": {"it": "…", "en": "…"}}],
//	  "more": 0, "text": {"it": "…", "en": "…"}}]}
//
// event is "problems" when there are some, "solved" when there are none any more; more counts the problems that are left
// out above [MaxProblems]. Personal mailboxes, telephone numbers and tax codes are masked as on the site.
//
// # How it is signed
//
// As the Standard Webhooks specification says (https://www.standardwebhooks.com), for which there are libraries in most
// languages: the headers webhook-id (the same when a request is repeated), webhook-timestamp (seconds since 1970, of this
// attempt) and webhook-signature, "v1," with the base64 of the HMAC-SHA256, under the secret, of id, a dot, timestamp,
// a dot, and the body. A secret that begins with "whsec_" is the base64 of the key, any other is the key itself. Without
// a secret there is no signature. [Verify] checks one.
//
// # What may be lost
//
// Notices wait in memory. A newer one of a source replaces an older one that was not sent; above [MaxQueued] sources, or
// when a request fails for good, notices are dropped with a line in the log, and [Announcer.Counts] says how many. The
// page of a source always says the same as its notice. A notice may come twice, when an answer is lost or the program
// stops while one is sent.
package announce

import "time"

// The bounds of what is sent, and of the patience with who receives it (house rule 5).
const (
	// MaxQueued is how many sources may wait to be announced.
	MaxQueued = 1000
	// MaxBatch is how many notices one request carries at most, MaxBody how many bytes; one alone is sent even above it.
	MaxBatch = 100
	MaxBody  = 1 << 20
	// MaxProblems is how many problems of one source are told, MaxText the bytes of one text of them, MaxLetter those of the
	// text that is ready to be sent to the owner.
	MaxProblems = 50
	MaxText     = 1000
	MaxLetter   = 32 << 10
	// Gather is how long a first notice waits for others of the same round.
	Gather = 5 * time.Second
	// MaxAttempts is how often a request is tried. After the first failure it waits FirstPause, then twice as long each
	// time, at most MaxPause; or as long as the answer's Retry-After says, at most MaxRetryAfter. With the pauses of these
	// constants that is 42 minutes.
	MaxAttempts   = 9
	FirstPause    = 10 * time.Second
	MaxPause      = 20 * time.Minute
	MaxRetryAfter = time.Hour
	// Attempt is how long one attempt may take, Farewell the last one, when the program is told to stop.
	Attempt  = 30 * time.Second
	Farewell = 5 * time.Second
	// Tolerance is how far the clocks of both sides may be apart when a signature is checked.
	Tolerance = 5 * time.Minute
	maxAnswer = 4 << 10 // bytes of an answer that are read, so that the connection can be used again
)
