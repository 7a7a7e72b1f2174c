package peer

import (
	"net/http"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/peer/peertest"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// reader makes a Reader with a plain client: loopback is allowed here.
func reader(t testing.TB, change ...func(*Config)) *Reader {
	t.Helper()
	cfg := Config{Client: &http.Client{}, Now: func() time.Time { return noon }}
	for _, f := range change {
		f(&cfg)
	}
	r, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// api starts a server with n entries.
func api(t testing.TB, n int) (*peertest.API, string) {
	t.Helper()
	a := &peertest.API{}
	a.Set(peertest.Sample(n), nil, nil)
	return a, peertest.Start(t, a) + "/v1"
}

func write(w http.ResponseWriter, text string) bool {
	_, _ = w.Write([]byte(text)) // the reader may have gone
	return true
}
