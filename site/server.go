package site

import (
	"net/http"
	"strings"
	"time"
)

// The bounds of one request (house rule 5).
const (
	DefaultTimeout    = 10 * time.Second // to make a page
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 60 * time.Second // slow lines included; longer than DefaultTimeout
	idleTimeout       = 90 * time.Second
	maxHeaderBytes    = 32 << 10
	maxBodyBytes      = 64 << 10 // pages take no bodies; what is mounted beside them may take a small one
)

// ownBounds is below where what is mounted bounds its bodies itself: messages of forges are longer than any form.
const ownBounds = "/hooks/"

// Server gives an HTTP server for h with all its time-outs and bounds set. Who starts it also stops it, with Shutdown.
func Server(h http.Handler, addr string) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           bounded(h),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
	}
}

// bounded lets h read no more than maxBodyBytes of a body, but for what bounds itself.
func bounded(h http.Handler) http.Handler {
	small := http.MaxBytesHandler(h, maxBodyBytes)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, ownBounds) {
			h.ServeHTTP(w, r)
			return
		}
		small.ServeHTTP(w, r)
	})
}
