package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
)

// measured is what something took.
type measured struct {
	n           int
	wall        time.Duration
	cpu, server time.Duration // of the processes measured, and of git's processes on the side of the server
	peak, wire  int64         // bytes; zero where they were not looked at
}

func (m measured) rate() float64 { return float64(m.n) / m.wall.Seconds() }

// work is the rate on processors that do nothing else and never wait: what others do on the machine does not change it much.
func (m measured) work() float64 { return float64(m.n) / (m.cpu + m.server).Seconds() }

func (m measured) cpuEach(d time.Duration) string {
	return fmt.Sprintf("%.1f", d.Seconds()*1000/float64(m.n))
}

func (m measured) wireEach() string {
	if m.wire == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f", float64(m.wire)/1000/float64(m.n))
}

func (m measured) peakMB() string {
	if m.peak == 0 {
		return ""
	}
	return fmt.Sprint(m.peak >> 20)
}

// and adds what was measured of other repositories in the same way.
func (m measured) and(o measured) measured {
	return measured{n: m.n + o.n, wall: m.wall + o.wall, cpu: m.cpu + o.cpu, server: m.server + o.server, peak: max(m.peak, o.peak), wire: m.wire + o.wire}
}

// measure times a job that says how much time of the processors its own children took; the rest is the server's.
func measure(t *testing.T, job func() time.Duration) (m measured) {
	t.Helper()
	before, start := children(t), time.Now()
	m.cpu = job()
	m.wall = time.Since(start)
	m.server = children(t) - before - m.cpu
	return m
}

// child runs a command to its end and gives what it printed.
func child(t *testing.T, name string, args ...string) (m measured, out []byte) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var peak int64
	m = measure(t, func() time.Duration {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		over, watched := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(watched)
			peak = peakUntil(over, cmd.Process.Pid)
		}()
		err := cmd.Wait()
		close(over)
		<-watched
		if err != nil {
			t.Fatalf("%s: %v\n%.2000s", cmd, err, stderr.String())
		}
		return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	})
	m.peak = peak
	return m, stdout.Bytes()
}

// peakUntil watches the largest resident memory of a process, in bytes. What the system tells of an ended child will not do:
// it counts the memory of the parent that it was made from.
func peakUntil(over <-chan struct{}, pid int) (peak int64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
			for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
				var kB int64
				if rest, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
					if _, err := fmt.Sscan(rest, &kB); err == nil {
						peak = max(peak, kB<<10)
					}
				}
			}
		}
		select {
		case <-tick.C:
		case <-over:
			return peak
		}
	}
}

// crawl runs the program on the catalogue and checks that all places came to the outcome.
func (w *benchWorld) crawl(data string, places int, outcome catalog.Outcome) measured {
	w.Helper()
	name := "riuso"
	if os.Getenv(benchProfiles) != "" {
		name = "riusoprofiled"
	}
	m, out := child(w.T, name, "crawl", "--catalog", w.folder, "--data", data, "--allow-net", "127.0.0.0/8", "--json")
	var rep struct {
		Sources []struct {
			Source  catalog.SourceID
			Outcome catalog.Outcome
			Reason  string
			Records int
			Bytes   int64
		}
	}
	if err := json.Unmarshal(out, &rep); err != nil {
		w.Fatal(err)
	}
	for _, s := range rep.Sources {
		if s.Source == "ente" {
			continue // the list itself
		}
		m.wire += s.Bytes
		if m.n++; s.Outcome != outcome || (outcome == catalog.Full && s.Records == 0) {
			w.Fatalf("%s is %s with %d records: %s", s.Source, s.Outcome, s.Records, s.Reason)
		}
	}
	if m.n != places {
		w.Fatalf("%d places, want %d", m.n, places)
	}
	return m
}

// profiledRiuso is the program, which writes its profile of the processor into the folder that benchProfiles names.
func profiledRiuso() {
	code := func() int {
		f, err := os.CreateTemp(os.Getenv(benchProfiles), "crawl-*.pprof")
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer pprof.StopCPUProfile()
		return (&program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv}).run(context.Background(), os.Args[1:])
	}()
	os.Exit(code)
}

// benchProfiles is the variable that names a folder for the profiles of crawls, for who wants to see where the time goes.
const benchProfiles = "RIUSO_BENCH_PROFILES"

// fetchLoop only fetches, with the same reader and as many at once as a crawl: how is list, read or history.
func fetchLoop(t *testing.T, how, at string, names []string) measured {
	t.Helper()
	m, out := child(t, "fetchonly", append([]string{how, at}, names...)...)
	m.n = len(names)
	if err := json.Unmarshal(out, &m.wire); err != nil {
		t.Fatal(err)
	}
	return m
}

// fetchOnly is the program of fetchLoop.
func fetchOnly() {
	bytes, err := fetchAll(context.Background(), os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(bytes)
}

func fetchAll(ctx context.Context, how, at string, names []string) (total int64, failed error) {
	n := network{allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	reader, err := n.reader(benchAtOnce, false)
	if err != nil {
		return 0, err
	}
	g := git{reader}
	one := func(name string) (int64, error) {
		a := indexer.Ask{URL: at + "/ente/" + name}
		h, err := g.List(ctx, a)
		if err != nil || how == "list" {
			return h.Bytes, err
		}
		co, err := g.Open(ctx, a, h)
		if err != nil || how == "read" {
			return h.Bytes + co.Bytes, err
		}
		past, err := co.History(ctx, []string{"kit.md", "docs/d0.md", "docs/d1.md", "docs/d2.md"})
		if err == nil && len(past.Changes["docs/d1.md"]) == 0 {
			err = fmt.Errorf("%s has no history", name)
		}
		return h.Bytes + co.Bytes + past.Bytes, err
	}
	todo := make(chan string)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range benchAtOnce {
		wg.Go(func() {
			for name := range todo {
				b, err := one(name)
				mu.Lock()
				total += b
				if failed == nil {
					failed = err
				}
				mu.Unlock()
			}
		})
	}
	for _, name := range names {
		todo <- name
	}
	close(todo)
	wg.Wait()
	return total, failed
}
