// Package hooks is where forges say that something changed: a push is on the site within seconds, and not at the next
// round of visits. It answers POST /hooks/github, /hooks/gitlab and /hooks/gitea (Gitea and Forgejo).
//
// A message is only a hint to look again. Nothing that it says enters the catalogue: it gives addresses, what stands
// there is then visited like at any other time, and an address that the catalogue does not name is never visited. Who
// has the secret can at worst ask for visits.
//
// What is checked, in this order, before one byte of the body is understood: that the operator set a secret for this
// forge, the content type, the size, and the signature over the bytes as they came. Every refusal of a signature is the
// same answer, whatever is wrong. GitHub signs with X-Hub-Signature-256 (the older SHA-1 is not accepted); Gitea and
// Forgejo with X-Forgejo-Signature, X-Gitea-Signature or X-Hub-Signature-256, of which the first that is there must be
// right; GitLab sends its token itself in X-Gitlab-Token. Comparisons take the same time wherever the difference is.
//
// A delivery that comes again, by its number (X-GitHub-Delivery, X-Gitea-Delivery, X-Forgejo-Delivery, Idempotency-Key;
// where there is none, by its bytes) is answered without work. The number is not signed: who recorded a delivery can
// send it again under another number, and gains one visit, which finds nothing new.
//
// Neither a secret nor a body is ever logged.
package hooks

import "time"

// The forges, as they stand in the path and are given to [Config.Secrets].
const (
	GitHub = "github"
	GitLab = "gitlab"
	Gitea  = "gitea" // and Forgejo
)

// The bounds of a message (house rule 5).
const (
	// MaxBody is the largest message that is read, in bytes. A usual one has 10 to 50 kB; GitHub sends up to 25 MB, for a
	// push of thousands of commits at once. Above the limit the answer is 413 and the change is found at the next round
	// of visits: strangers can have the body read before the signature is checked, and memory is worth more.
	MaxBody = 5 << 20
	// SmallBody is up to where messages are read at any time, in bytes; of longer ones, or of those that do not say how
	// long they are, only MaxLarge at once.
	SmallBody = 64 << 10
	MaxLarge  = 8
	// MaxURL is the longest address taken from a message, in bytes, MaxOwners how many owners at most (GitLab nests
	// groups 20 deep).
	MaxURL    = 2048
	MaxOwners = 40
	// Remember is for how long the number of a delivery is known, MaxRemembered how many at most: the oldest goes first.
	Remember      = time.Hour
	MaxRemembered = 4096
	maxDelivery   = 100 // bytes of the number of a delivery
	// RetryAfter is what a forge is told when there is too much to do.
	RetryAfter = time.Minute
	// complainEvery is how often at most a refused signature is logged, for each forge: strangers cannot fill the log.
	complainEvery = time.Minute
)
