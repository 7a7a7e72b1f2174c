package peertest

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// File serves one text under every path, as a forge serves the raw file of a repository.
type File struct {
	Validators bool // answers carry a date and heed If-Modified-Since

	mu    sync.Mutex
	text  string
	since time.Time
}

// Set replaces the text, as of a day.
func (f *File) Set(text string, since time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.text, f.since = text, since
}

// ServeHTTP answers one request.
func (f *File) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	text, since := f.text, f.since
	f.mu.Unlock()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if !f.Validators {
		since = time.Time{}
	}
	http.ServeContent(w, r, "", since, strings.NewReader(text))
}
