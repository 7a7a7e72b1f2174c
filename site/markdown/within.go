package markdown

import (
	"fmt"
	"time"
)

// within runs f for at most the renderer's timeout. The parser cannot be interrupted, so f goes on after that, on a text
// that is small, and keeps its place among the running ones until it ends: what overruns can never pile up. A panic of
// f is an error.
func within[T any](r *Renderer, f func() (T, error)) (T, error) {
	var none T
	timer := time.NewTimer(r.timeout)
	defer timer.Stop()
	select {
	case r.running <- struct{}{}:
	case <-timer.C:
		return none, fmt.Errorf("markdown: no place free: %w", ErrTooSlow)
	}
	type answer struct {
		v   T
		err error
	}
	done := make(chan answer, 1)
	go func() {
		defer func() { <-r.running }()
		defer func() {
			if p := recover(); p != nil {
				done <- answer{err: fmt.Errorf("markdown: %w: %v", errPanic, p)}
			}
		}()
		v, err := f()
		done <- answer{v, err}
	}()
	select {
	case a := <-done:
		return a.v, a.err
	case <-timer.C:
		return none, fmt.Errorf("markdown: %w", ErrTooSlow)
	}
}
