package pdf

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

const (
	stderrTail = 4 << 10         // bytes of a child's complaints that are kept: the last ones, where it says why it ends
	lastWait   = 2 * time.Second // for the pipes of a child that was killed
	openFiles  = 32              // that a child may have
)

// limits of one child.
type limits struct {
	memory int64 // bytes of address space; 0: none
	time   time.Duration
	output int64 // bytes that are taken from it
}

// outcome is how a child ended.
type outcome struct {
	out    []byte
	cut    bool   // there was more, and it was killed for it
	stderr string // the end of it
	err    error  // of its ending, when it was not cut: nil, an *exec.ExitError, the error of the context
}

// run starts a command with the bytes as its standard input and takes what it writes. The context must have a deadline.
func run(ctx context.Context, lim limits, input []byte, command ...string) (outcome, error) {
	dir, err := os.MkdirTemp("", dirPrefix)
	if err != nil {
		return outcome{}, fmt.Errorf("%w: %w", ErrStart, err)
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	command = limited(lim, command)
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Env = []string{"LC_ALL=C.UTF-8"}
	cmd.Stdin = bytes.NewReader(input)
	complaints := &tail{}
	cmd.Stderr = complaints
	cmd.WaitDelay = lastWait
	alone(cmd)
	taken := &capped{left: lim.output, full: cancel}
	cmd.Stdout = taken
	runtime.LockOSThread() // a child that is to end with its parent ends with the thread that starts it
	defer runtime.UnlockOSThread()
	err = cmd.Start()
	if err != nil {
		if ctx.Err() != nil {
			return outcome{err: ctx.Err()}, nil
		}
		return outcome{}, fmt.Errorf("%w: %w", ErrStart, err)
	}
	err = cmd.Wait()
	o := outcome{out: taken.buf, cut: taken.over, stderr: complaints.String(), err: err}
	switch {
	case o.cut:
		o.err = nil
	case ctx.Err() != nil && err != nil:
		o.err = ctx.Err()
	}
	return o, nil
}

// capped keeps what is written to it up to a number of bytes; past it, it says so once and takes no more.
type capped struct {
	buf  []byte
	left int64
	over bool
	full func()
}

func (c *capped) Write(p []byte) (int, error) {
	if int64(len(p)) <= c.left {
		c.left -= int64(len(p))
		c.buf = append(c.buf, p...)
		return len(p), nil
	}
	c.buf = append(c.buf, p[:c.left]...)
	c.left, c.over = 0, true
	c.full()
	return 0, io.ErrShortWrite
}

// tail keeps the last bytes that are written to it.
type tail struct{ buf []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.buf = append(t.buf, p[max(0, len(p)-stderrTail):]...)
	if over := len(t.buf) - stderrTail; over > 0 {
		t.buf = append(t.buf[:0], t.buf[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return strings.ToValidUTF8(string(t.buf), "") }
