package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// stopTime is how long the program may take to end after it was told to.
const stopTime = 10 * time.Second

// Line is what the program reports of one source.
type Line struct {
	Source   string          `json:"source"`
	URL      string          `json:"url"`
	Kind     string          `json:"kind"`
	Outcome  catalog.Outcome `json:"outcome"`
	Reason   string          `json:"reason"`
	Records  int             `json:"records"`
	Bytes    int64           `json:"bytes"`
	Requests int             `json:"requests"`
	Seconds  float64         `json:"seconds"`
}

// Report is what `riuso crawl --json` says.
type Report struct {
	Catalogue struct {
		Outcome catalog.Outcome `json:"outcome"`
		Reason  string          `json:"reason"`
		Errors  int             `json:"errors"`
	} `json:"catalogue"`
	Visits  map[catalog.Outcome]int `json:"visits"`
	Later   []string                `json:"later"`
	Seconds float64                 `json:"seconds"`
	Sources []Line                  `json:"sources"`
}

// Line gives that of a source.
func (r *Report) Line(id string) (Line, bool) {
	for _, l := range r.Sources {
		if l.Source == id {
			return l, true
		}
	}
	return Line{}, false
}

// Below gives what was visited because a source names it, or because what it names does.
func (r *Report) Below(id string) []Line {
	var out []Line
	for _, l := range r.Sources {
		if strings.HasPrefix(l.Source, id+"--") {
			out = append(out, l)
		}
	}
	return out
}

// Named counts by outcome.
func (r *Report) Named(id string) map[catalog.Outcome]int {
	out := map[catalog.Outcome]int{}
	for _, l := range r.Below(id) {
		out[l.Outcome]++
	}
	return out
}

// Program is the real one, as an operator runs it.
func (g *Ground) Program(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + g.Dir, "TMPDIR=" + g.Dir, "RIUSO_LANG=" + string(g.Lang)}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = stopTime
	return cmd
}

// Network is the flags by which the places of this machine are reached.
func (g *Ground) Network() []string {
	out := append([]string{"--allow-net", "127.0.0.0/8"}, g.Flags...)
	for _, r := range g.Routes {
		out = append(out, "--mirror", r)
	}
	return out
}

// Crawl crawls a catalogue into a data folder.
func (g *Ground) Crawl(ctx context.Context, path, from, data string) (Report, error) {
	var rep Report
	var out, messages bytes.Buffer
	cmd := g.Program(ctx, path, append([]string{"crawl", "--json", "--log", "json", "--catalog", from, "--data", data}, g.Network()...)...)
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := cmd.Run(); err != nil {
		return rep, fmt.Errorf("riuso crawl: %w\n%s%s", errors.Join(err, ctx.Err()), out.Bytes(), last(messages.String()))
	}
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		return rep, fmt.Errorf("riuso crawl --json: %w", err)
	}
	if rep.Catalogue.Outcome != catalog.Full && rep.Catalogue.Outcome != catalog.Unchanged || rep.Catalogue.Errors > 0 {
		return rep, fmt.Errorf("%s: %s, %d errors: %s", from, rep.Catalogue.Outcome, rep.Catalogue.Errors, rep.Catalogue.Reason)
	}
	return rep, nil
}

// last gives the last lines of messages.
func last(messages string) string {
	const lines = 10
	all := strings.Split(strings.TrimSpace(messages), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}
