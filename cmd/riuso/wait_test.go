package main

import (
	"strings"
	"testing"
	"time"
)

// told is a terminal that says when something was written on it.
type told chan string

func (w told) Write(b []byte) (int, error) {
	w <- string(b)
	return len(b), nil
}

func TestALongWaitIsSaidAndErased(t *testing.T) {
	w := make(told, 4)
	done := waitOn(w, time.Nanosecond, "leggo il catalogo")
	if got := <-w; !strings.Contains(got, "leggo il catalogo…") {
		t.Errorf("said %q", got)
	}
	done()
	if got := <-w; got != eraseToEnd {
		t.Errorf("at the end %q", got)
	}
	done()
	waitOn(w, time.Hour, "leggo il catalogo")()
	if len(w) > 0 {
		t.Errorf("a short wait says %q", <-w)
	}
}

func TestNothingIsShownInAPipe(t *testing.T) {
	var b strings.Builder
	p := &program{stderr: &b}
	p.wait(readingCatalogue())()
	if terminal(&b) != nil || b.Len() > 0 {
		t.Errorf("a pipe is told %q", b.String())
	}
}
