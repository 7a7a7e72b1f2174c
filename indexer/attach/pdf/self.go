package pdf

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
)

const (
	runtimeMemory = 1 << 30  // bytes of address space that a Go program takes before it begins
	answerRoom    = 64 << 10 // bytes of a child's answer beside the text
	answerSpread  = 2        // of a byte of text in JSON: a quotation mark or a line's end takes two
)

// answer is what a child says of a file.
type answer struct {
	Document
	Why string `json:"why,omitempty"` // one of the words of whys
	Say string `json:"say,omitempty"` // the whole error
}

// whys are the words for the errors of this package between the two processes.
var whys = []struct {
	word string
	err  error
}{{"encrypted", ErrEncrypted}, {"damaged", ErrDamaged}, {"limit", ErrLimit}, {"time", ErrTime}}

// readChild reads with the library in another process of this same program: there it may die.
func (r *Reader) readChild(ctx context.Context, data []byte, maxPages int, maxText int64) (Document, error) {
	lim := limits{memory: r.cfg.Memory + runtimeMemory, time: r.cfg.Time, output: answerSpread*maxText + answerRoom}
	command := append(append([]string(nil), r.cfg.Self...), strconv.Itoa(maxPages), strconv.FormatInt(maxText, 10))
	o, err := run(ctx, lim, data, command...)
	if err != nil {
		return Document{}, err
	}
	switch {
	case errors.Is(o.err, context.DeadlineExceeded):
		return Document{Incomplete: true}, ErrTime
	case errors.Is(o.err, context.Canceled):
		return Document{}, o.err
	}
	var exit *exec.ExitError
	switch {
	case errors.As(o.err, &exit) && notStarted(exit):
		return Document{}, fmt.Errorf("%w: %s", ErrStart, cut(o.stderr, 200))
	case exit != nil && killed(exit.ProcessState):
		return Document{Incomplete: true}, fmt.Errorf("%w: the reader was ended (%s)", ErrTime, exit.ProcessState)
	}
	var a answer
	if o.err != nil || o.cut || json.Unmarshal(o.out, &a) != nil {
		return Document{}, fmt.Errorf("%w: the reader did not survive it (%v)", ErrDamaged, o.err)
	}
	for _, w := range whys {
		if a.Why == w.word {
			return a.Document, fmt.Errorf("%w (%s)", w.err, cut(a.Say, 300))
		}
	}
	return a.Document, nil
}

// ServeChild is what the command of Config.Self calls, with the two arguments that follow it: it reads one file from in
// and answers on out. The exit code is 0 whenever it could answer.
func ServeChild(args []string, in io.Reader, out io.Writer) int {
	if len(args) != 2 {
		return 2
	}
	maxPages, err1 := strconv.Atoi(args[0])
	maxText, err2 := strconv.ParseInt(args[1], 10, 64)
	data, err3 := io.ReadAll(in)
	if err1 != nil || err2 != nil || err3 != nil {
		return 2
	}
	j := &job{source: source{data: data}}
	var a answer
	a.Document, j.err = j.read(maxPages, maxText)
	for _, w := range whys {
		if errors.Is(j.err, w.err) {
			a.Why, a.Say = w.word, j.err.Error()
		}
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if e.Encode(a) != nil {
		return 1
	}
	return 0
}
