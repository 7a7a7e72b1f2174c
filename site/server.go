package site

import (
	"net/http"
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

// Server gives an HTTP server for h with all its time-outs and bounds set. Who starts it also stops it, with Shutdown.
func Server(h http.Handler, addr string) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           http.MaxBytesHandler(h, maxBodyBytes),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
	}
}
