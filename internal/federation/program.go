package main

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

// line is what the program reports of one source.
type line struct {
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

// report is what `riuso crawl --json` says.
type report struct {
	Catalogue struct {
		Outcome catalog.Outcome `json:"outcome"`
		Reason  string          `json:"reason"`
		Errors  int             `json:"errors"`
	} `json:"catalogue"`
	Visits  map[catalog.Outcome]int `json:"visits"`
	Later   []string                `json:"later"`
	Seconds float64                 `json:"seconds"`
	Sources []line                  `json:"sources"`
}

func (r *report) line(id string) (line, bool) {
	for _, l := range r.Sources {
		if l.Source == id {
			return l, true
		}
	}
	return line{}, false
}

// below gives what was visited because a source names it, or because what it names does.
func (r *report) below(id string) []line {
	var out []line
	for _, l := range r.Sources {
		if strings.HasPrefix(l.Source, id+"--") {
			out = append(out, l)
		}
	}
	return out
}

// named counts by outcome.
func (r *report) named(id string) map[catalog.Outcome]int {
	out := map[catalog.Outcome]int{}
	for _, l := range r.below(id) {
		out[l.Outcome]++
	}
	return out
}

// program is the real one, as an operator runs it.
func (g *ground) program(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + g.dir, "TMPDIR=" + g.dir, "RIUSO_LANG=" + string(g.lang)}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = stopTime
	return cmd
}

// network is the flags by which the places of this machine are reached.
func (g *ground) network() []string {
	out := []string{"--allow-net", "127.0.0.0/8", "--timeout", visitTime.String(), "--ipa-codes", g.path("ipa.txt")}
	for _, r := range g.routes {
		out = append(out, "--mirror", r)
	}
	return out
}

// crawl crawls a catalogue into a data folder.
func (g *ground) crawl(ctx context.Context, path, from, data string) (report, error) {
	var rep report
	var out, messages bytes.Buffer
	cmd := g.program(ctx, path, append([]string{"crawl", "--json", "--log", "json", "--catalog", from, "--data", data}, g.network()...)...)
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
