package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// siteTime bounds how long a started site may take to answer, and to end.
const siteTime = 30 * time.Second

// running is a `riuso serve` of the real program.
type running struct {
	cmd  *exec.Cmd
	base string
	done chan struct{} // closed when its messages have ended

	mu   sync.Mutex
	said strings.Builder
}

var siteAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// startSite starts the program in dir and waits until it says where it listens.
func startSite(ctx context.Context, dir string, env []string, args ...string) (*running, error) {
	r := &running{done: make(chan struct{})}
	r.cmd = exec.CommandContext(ctx, "riuso", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	r.cmd.Dir, r.cmd.Env = dir, env
	messages, err := r.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	where := make(chan string, 1)
	go func() {
		defer close(r.done)
		defer close(where)
		for lines := bufio.NewScanner(messages); lines.Scan(); {
			r.mu.Lock()
			r.said.WriteString(lines.Text() + "\n")
			r.mu.Unlock()
			if at := siteAddress.FindString(lines.Text()); at != "" {
				where <- at
			}
		}
	}()
	select {
	case r.base = <-where:
	case <-time.After(siteTime):
	}
	if r.base == "" {
		return nil, errors.Join(fmt.Errorf("the site does not start: %s", r.messages()), r.cmd.Process.Kill(), r.cmd.Wait())
	}
	return r, nil
}

func (r *running) messages() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.said.String()
}

// get asks for a page.
func (r *running) get(ctx context.Context, path string) (status int, body string, err error) {
	ctx, cancel := context.WithTimeout(ctx, siteTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base+path, nil)
	if err != nil {
		return 0, "", err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), errors.Join(err, res.Body.Close())
}

// stop ends the program as an operator does.
func (r *running) stop() error {
	if err := r.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	<-r.done
	return r.cmd.Wait()
}

// site ARGS... starts `riuso serve`; siteget PATH STATUS asks it for a page, which stdout then has; sitestop ends it and gives its messages.
func scriptSite(ts *testscript.TestScript, neg bool, args []string) {
	var env []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "RIUSO_LANG", "RIUSO_DATA"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	r, err := startSite(context.Background(), ts.MkAbs("."), env, args...)
	ts.Check(err)
	ts.Defer(func() {
		if r.cmd.ProcessState == nil {
			if err := r.stop(); err != nil {
				ts.Logf("the site: %v", err)
			}
		}
	})
	ts.Value(siteKey{}).(*siteSlot).r = r
}

// siteKey finds the site that a script has started among the values of the script.
type siteKey struct{}

type siteSlot struct{ r *running }

func siteOf(ts *testscript.TestScript) *running {
	r := ts.Value(siteKey{}).(*siteSlot).r
	if r == nil {
		ts.Fatalf("no site was started")
	}
	return r
}

func scriptSiteGet(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	status, body, err := siteOf(ts).get(context.Background(), args[0])
	ts.Check(err)
	_, err = io.WriteString(ts.Stdout(), body)
	ts.Check(err)
	if status != want {
		ts.Fatalf("%s: %d, want %d", args[0], status, want)
	}
}

func scriptSiteStop(ts *testscript.TestScript, neg bool, args []string) {
	r := siteOf(ts)
	ts.Check(r.stop())
	_, err := fmt.Fprint(ts.Stderr(), r.messages())
	ts.Check(err)
}
