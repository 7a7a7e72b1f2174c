package api

import (
	"errors"
	"testing"
)

// A site whose visits are held up goes on serving: whoever restarts what does not answer 200 would make it worse.
func TestHealthOfVisits(t *testing.T) {
	var trouble error
	shelf := sample()
	s := serve(t, shelf, func(c *Config) { c.Visits = func() error { return trouble } })
	if h := get[healthAnswer](s, "/healthz", 200); h.Status != "ok" || h.Visits == nil || !h.Visits.OK {
		t.Errorf("%+v", h)
	}
	trouble = errors.New("the disk is full")
	if h := get[healthAnswer](s, "/healthz", 200); h.Status != "degraded" || h.Visits.OK || !h.Store.OK {
		t.Errorf("%+v", h)
	}
	shelf.fail = errors.New("broken")
	if h := get[healthAnswer](s, "/healthz", 503); h.Status != "failing" {
		t.Errorf("%+v", h)
	}
	if h := get[healthAnswer](serve(t, sample()), "/healthz", 200); h.Visits != nil {
		t.Errorf("a site that makes no visits says %+v of them", h.Visits)
	}
}
