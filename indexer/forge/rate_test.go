package forge

import (
	"net/http"
	"testing"
	"time"
)

// A number that nobody can wait for is held to the longest wait.
func TestResetIsBounded(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, said := range []string{"99999999999999999", "18446744073709551615", "86401"} {
		if got := reset(http.Header{"Retry-After": {said}}, now); !got.Equal(now.Add(MaxWait)) {
			t.Errorf("Retry-After %s: %s", said, got)
		}
	}
}
