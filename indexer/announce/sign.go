package announce

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers of a signed request (Standard Webhooks).
const (
	HeaderID        = "Webhook-Id"
	HeaderTimestamp = "Webhook-Timestamp"
	HeaderSignature = "Webhook-Signature"
)

// secretPrefix stands before a secret that is written in base64.
const secretPrefix = "whsec_"

// ErrSignature says that a request was not signed with any of the secrets, or too long ago.
var ErrSignature = errors.New("announce: the signature is not right")

// key gives the bytes of a secret as it stands in a file.
func key(secret string) ([]byte, error) {
	coded, ok := strings.CutPrefix(secret, secretPrefix)
	if !ok {
		return []byte(secret), nil
	}
	k, err := base64.StdEncoding.DecodeString(coded)
	if err == nil && len(k) == 0 {
		err = errors.New("empty")
	}
	if err != nil { // the words of the error could quote the secret
		return nil, errors.New("announce: what follows whsec_ in the secret is not base64")
	}
	return k, nil
}

// sum is the HMAC-SHA256 of a request.
func sum(k []byte, id, timestamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

// sign adds the signature to the headers of a request.
func sign(h http.Header, k []byte, id string, now time.Time, body []byte) {
	timestamp := strconv.FormatInt(now.Unix(), 10)
	h.Set(HeaderTimestamp, timestamp)
	h.Set(HeaderSignature, "v1,"+base64.StdEncoding.EncodeToString(sum(k, id, timestamp, body)))
}

// Verify checks the signature of a request that was received, over the bytes of its body as they came; any of the secrets
// may have been used. An error is [ErrSignature]. The identity of a good request is its header [HeaderID]: who keeps
// those of the last minutes notices a repeat.
func Verify(secrets []string, h http.Header, body []byte, now time.Time) error {
	id, timestamp := h.Get(HeaderID), h.Get(HeaderTimestamp)
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || id == "" {
		return fmt.Errorf("%w: no number or no time", ErrSignature)
	}
	if d := now.Sub(time.Unix(seconds, 0)); d > Tolerance || d < -Tolerance {
		return fmt.Errorf("%w: sent too long ago, or a clock is wrong", ErrSignature)
	}
	good := false
	for one := range strings.FieldsSeq(h.Get(HeaderSignature)) {
		said, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(one, "v1,"))
		if !strings.HasPrefix(one, "v1,") || err != nil {
			continue
		}
		for _, secret := range secrets {
			k, err := key(secret)
			if err == nil && len(k) > 0 && hmac.Equal(said, sum(k, id, timestamp, body)) {
				good = true
			}
		}
	}
	if !good {
		return ErrSignature
	}
	return nil
}
