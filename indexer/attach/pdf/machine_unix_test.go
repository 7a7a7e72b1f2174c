//go:build unix

package pdf

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fakeLeaves cannot be started: so a shell says that a program, or a library that it needs, went away.
func fakeLeaves(args []string) int {
	if version(args) {
		return 0
	}
	return 127
}

// fakeShot is ended as by a system that runs out of memory.
func fakeShot(args []string) int {
	if version(args) {
		return 0
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	return 0
}

// fakeStays tells who it is and then waits for ever.
func fakeStays(args []string) int {
	if version(args) {
		return 0
	}
	f, err := os.OpenFile(filepath.Join(filepath.Dir(os.Args[0]), pipeName), os.O_WRONLY, 0)
	if err != nil {
		return 1
	}
	fmt.Fprintln(f, os.Getpid())
	r, w, err := os.Pipe()
	if err != nil {
		return 1
	}
	defer w.Close()
	_, _ = r.Read(make([]byte, 1))
	return 1
}

// fakeParent is a program that reads a file with a child that stays.
func fakeParent([]string) int {
	r, err := New(Config{Pdftotext: filepath.Join(filepath.Dir(os.Args[0]), "fake-stays"), Memory: 4 << 30, Time: time.Minute})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_, _ = r.Read(context.Background(), onePage("", greeting), 0, 0)
	return 0
}

// What becomes of a moment of this machine is no verdict on the file: not that it is damaged.
func TestMomentsOfTheMachine(t *testing.T) {
	for name, want := range map[string]error{"fake-leaves": ErrStart, "fake-shot": ErrTime} {
		r, _ := fake(t, name)
		if d, err := r.Read(t.Context(), onePage("", greeting), 0, 0); !errors.Is(err, want) || errors.Is(err, ErrDamaged) || len(d.Pages) > 0 {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
		// The same where the reader in Go is the child.
		self := &Reader{cfg: r.cfg, slot: make(chan struct{}, 1)}
		self.cfg.Self = []string{r.prog}
		if d, err := self.Read(t.Context(), onePage("", greeting), 0, 0); !errors.Is(err, want) || len(d.Pages) > 0 {
			t.Errorf("%s as the reader in Go: %+v, %v", name, d, err)
		}
	}
	r, _ := fake(t, "fake-tells")
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "full"))
	if _, err := r.Read(t.Context(), onePage("", greeting), 0, 0); !errors.Is(err, ErrStart) {
		t.Errorf("no place for its directory: %v", err)
	}
}

// A child does not outlive the program that started it, even when that is killed.
func TestChildDiesWithItsParent(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends a child with its parent")
	}
	_, pipe := fake(t, "fake-stays")
	parent := exec.CommandContext(t.Context(), filepath.Join(filepath.Dir(pipe), "fake-parent"))
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(pipe)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewReader(f)
	line, err := in.ReadString('\n')
	pid, err2 := strconv.Atoi(strings.TrimSpace(line))
	if err = errors.Join(err, err2, parent.Process.Kill()); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // it was killed
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_, _ = io.Copy(io.Discard, in)
	}()
	select {
	case <-gone:
	case <-time.After(20 * time.Second):
		t.Errorf("the child lives on: %v", syscall.Kill(pid, syscall.SIGKILL))
		<-gone
	}
}
