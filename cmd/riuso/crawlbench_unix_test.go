//go:build unix

package main

import (
	"syscall"
	"testing"
	"time"
)

// children is the time of the processors that all ended children of this process took.
func children(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
