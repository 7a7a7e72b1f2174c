package hooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"
)

// signatureFields are the headers that may carry the signature; the first that is there counts, and no other saves it.
var signatureFields = map[string][]string{
	GitHub: {"X-Hub-Signature-256"},
	Gitea:  {"X-Forgejo-Signature", "X-Gitea-Signature", "X-Hub-Signature-256"},
}

// signature gives the bytes of the signature of a request, or nil where there is none of the right form: the body of such
// a request need not be read.
func signature(forge string, h http.Header) []byte {
	for _, field := range signatureFields[forge] {
		all := h.Values(field)
		if len(all) == 0 {
			continue
		}
		said := all[0]
		if field == "X-Hub-Signature-256" {
			var ok bool
			if said, ok = strings.CutPrefix(said, "sha256="); !ok {
				return nil
			}
		}
		sum, err := hex.DecodeString(said)
		if err != nil || len(sum) != sha256.Size || len(all) > 1 {
			return nil
		}
		return sum
	}
	return nil
}

// signed says whether sum is the HMAC-SHA256 of body under one of the secrets. All of them are tried, whichever is right.
func signed(sum, body []byte, secrets []string) bool {
	good := 0
	for _, s := range secrets {
		mac := hmac.New(sha256.New, []byte(s))
		mac.Write(body)
		good |= subtle.ConstantTimeCompare(mac.Sum(nil), sum)
	}
	return good == 1
}

// tokenGiven says whether the request carries one of the secrets itself, as GitLab's do. Digests are compared, so that the
// length of a secret is not told by the time either.
func tokenGiven(h http.Header, secrets []string) bool {
	all := h.Values("X-Gitlab-Token")
	if len(all) != 1 {
		return false
	}
	said, good := sha256.Sum256([]byte(all[0])), 0
	for _, s := range secrets {
		want := sha256.Sum256([]byte(s))
		good |= subtle.ConstantTimeCompare(said[:], want[:])
	}
	return good == 1
}
