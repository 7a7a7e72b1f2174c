//go:build unix

package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fakes are programs that stand in for pdftotext: the test binary, started by another name. Each answers to -v.
var fakes = map[string]func(args []string) int{
	"fake-hangs":     fakeHangs,
	"fake-waits":     fakeWaits,
	"fake-floods":    fakeFloods,
	"fake-tells":     fakeTells,
	"fake-complains": fakeComplains,
	"fake-leaves":    fakeLeaves,
	"fake-shot":      fakeShot,
	"fake-stays":     fakeStays,
	"fake-parent":    fakeParent,
}

func version(args []string) bool {
	if len(args) == 1 && args[0] == "-v" {
		fmt.Fprintln(os.Stderr, "pdftotext version 0.1-fake")
		return true
	}
	return false
}

// pipeName is the named pipe beside a fake that is held open as long as somebody lives.
const pipeName = "alive"

// fakeHangs starts a child of its own and then both do nothing for ever.
func fakeHangs(args []string) int {
	if version(args) {
		return 0
	}
	cmd := exec.Command(filepath.Join(filepath.Dir(os.Args[0]), "fake-waits"))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return fakeWaits(nil)
}

func fakeWaits([]string) int {
	f, err := os.OpenFile(filepath.Join(filepath.Dir(os.Args[0]), pipeName), os.O_WRONLY, 0)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Fprint(f, "x")
	r, w, err := os.Pipe() // nobody writes to it
	if err != nil {
		return 1
	}
	defer w.Close()
	_, _ = r.Read(make([]byte, 1))
	return 1
}

func fakeFloods(args []string) int {
	if version(args) {
		return 0
	}
	for {
		if _, err := fmt.Print(strings.Repeat("parola ", 1000), "\n\f"); err != nil {
			return 1
		}
		fmt.Fprint(os.Stderr, strings.Repeat("complaint ", 1000))
	}
}

// fakeTells writes what it may, what surrounds it and what it got.
func fakeTells(args []string) int {
	if version(args) {
		return 0
	}
	for name, which := range map[string]int{"core": syscall.RLIMIT_CORE, "files": syscall.RLIMIT_NOFILE, "size": syscall.RLIMIT_FSIZE, "cpu": syscall.RLIMIT_CPU, "memory": syscall.RLIMIT_AS} {
		var l syscall.Rlimit
		if err := syscall.Getrlimit(which, &l); err != nil {
			return 1
		}
		fmt.Println("limit", name, l.Cur, l.Max)
	}
	in, _ := io.ReadAll(os.Stdin)
	here, err := os.ReadDir(".")
	fmt.Printf("env %q\ninput %d\nhere %d %v\nleads %t\nargs %q\n", os.Environ(), len(in), len(here), err, syscall.Getpgrp() == os.Getpid(), args)
	if adj, err := os.ReadFile("/proc/self/oom_score_adj"); err == nil {
		fmt.Printf("oom %s", adj)
	}
	fmt.Print("\f")
	return 0
}

func fakeComplains(args []string) int {
	if version(args) {
		return 0
	}
	fmt.Fprint(os.Stderr, strings.Repeat("Syntax Error: this is wrong\n", 10000), "Command Line Error: Incorrect password\n")
	return 1
}

// fake gives a reader that uses one of them, and its named pipe.
func fake(t *testing.T, name string) (*Reader, string) {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for f := range fakes {
		if err := os.Symlink(self, filepath.Join(dir, f)); err != nil {
			t.Fatal(err)
		}
	}
	pipe := filepath.Join(dir, pipeName)
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := New(Config{Pdftotext: filepath.Join(dir, name), Memory: 4 << 30})
	if err != nil {
		t.Fatal(err)
	}
	if r.Name() != "pdftotext 0.1-fake" {
		t.Fatalf("it is called %q", r.Name())
	}
	return r, pipe
}

// alive reads the named pipe: the first channel is closed when two live, the second when nobody does any more.
func alive(t *testing.T, pipe string) (both, none chan struct{}) {
	both, none = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(none)
		f, err := os.Open(pipe)
		if err != nil {
			t.Error(err)
			return
		}
		defer f.Close()
		if _, err := io.ReadFull(f, make([]byte, 2)); err != nil {
			t.Error("the two were not both started: ", err)
			return
		}
		close(both)
		_, _ = io.Copy(io.Discard, f)
	}()
	return both, none
}

// A child that hangs, and the child that it started, are dead when the caller goes away.
func TestHangingChildIsKilledWhole(t *testing.T) {
	r, pipe := fake(t, "fake-hangs")
	both, none := alive(t, pipe)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		<-both
		cancel()
	}()
	if d, err := r.Read(ctx, onePage("", greeting), 0, 0); !errors.Is(err, context.Canceled) || len(d.Pages) > 0 {
		t.Errorf("%+v, %v", d, err)
	}
	<-none
}

// The same at the end of its time.
func TestHangingChildIsKilledInTime(t *testing.T) {
	r, pipe := fake(t, "fake-hangs")
	r.cfg.Time = 2 * time.Second
	_, none := alive(t, pipe)
	start := time.Now()
	if d, err := r.Read(t.Context(), onePage("", greeting), 0, 0); !errors.Is(err, ErrTime) || len(d.Pages) > 0 || !d.Incomplete {
		t.Errorf("%+v, %v", d, err)
	}
	if took := time.Since(start); took < r.cfg.Time {
		t.Errorf("it was ended after %s", took)
	}
	<-none
}

func TestFloodIsCut(t *testing.T) {
	r, _ := fake(t, "fake-floods")
	const most = 100_000
	d, err := r.Read(t.Context(), onePage("", greeting), 0, most)
	n := int64(len(strings.Join(d.Pages, "")))
	if err != nil || !d.Incomplete || n > most || n < most*9/10 {
		t.Errorf("%d bytes of %d, incomplete %t, %v", n, most, d.Incomplete, err)
	}
	if d, err = r.Read(t.Context(), onePage("", greeting), 3, 0); err != nil || len(d.Pages) != 3 || !d.Incomplete {
		t.Errorf("three pages: %d, incomplete %t, %v", len(d.Pages), d.Incomplete, err)
	}
}

func TestWhatAChildMay(t *testing.T) {
	r, _ := fake(t, "fake-tells")
	data := onePage("", greeting)
	d, err := r.Read(t.Context(), data, 7, 0)
	if err != nil || len(d.Pages) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	want := []string{
		"limit core 0 0", "limit files 32 32", "limit size 0 0", "limit cpu 11 11", `env ["LC_ALL=C.UTF-8"]`,
		fmt.Sprintf("input %d", len(data)), "here 0 <nil>", "leads true", `args ["-enc" "UTF-8" "-l" "7" "-" "-"]`,
	}
	if runtime.GOOS == "linux" {
		want = append(want, fmt.Sprintf("limit memory %d %d", 4<<30, 4<<30), "oom 1000")
	}
	for _, w := range want {
		if !strings.Contains(d.Pages[0], w+"\n") {
			t.Errorf("the child does not say %q:\n%s", w, d.Pages[0])
		}
	}
}

// What a program says at its end is heard, however much it complained before.
func TestLastWordsAreHeard(t *testing.T) {
	r, _ := fake(t, "fake-complains")
	if _, err := r.Read(t.Context(), onePage("", greeting), 0, 0); !errors.Is(err, ErrEncrypted) {
		t.Errorf("%v", err)
	}
}

// A program that is taken away under a running service is the machine's fault, not the file's.
func TestProgramGone(t *testing.T) {
	r, _ := fake(t, "fake-tells")
	if err := os.Remove(r.prog); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(t.Context(), onePage("", greeting), 0, 0); err == nil || named(err) {
		t.Errorf("%v", err)
	}
}
