package announce

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

const secret = "whsec_c2VncmV0byBkaSBwcm92YSBwZXIgcml1c28="

var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// operator is who receives announcements: a real server that answers what the test says, one status after the other, the
// last one again and again.
type operator struct {
	*httptest.Server
	mu       sync.Mutex
	answers  []func(http.ResponseWriter)
	received chan received
}

type received struct {
	header http.Header
	body   []byte
	letter struct {
		Version int
		Sent    time.Time
		Notices []sent
	}
}

func status(code int) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { w.WriteHeader(code) }
}

func newOperator(t *testing.T, answers ...func(http.ResponseWriter)) *operator {
	t.Helper()
	o := &operator{answers: answers, received: make(chan received, 100)}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		in := received{header: r.Header, body: body}
		if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" || json.Unmarshal(body, &in.letter) != nil {
			t.Errorf("%s %v %v %q", r.Method, r.Header, err, body)
		}
		o.mu.Lock()
		f := o.answers[0]
		if len(o.answers) > 1 {
			o.answers = o.answers[1:]
		}
		o.mu.Unlock()
		f(w)
		o.received <- in
	}))
	t.Cleanup(o.Close)
	return o
}

// desk is an announcer whose time passes when it waits, and that tells for how long it waited.
type desk struct {
	*Announcer
	log     bytes.Buffer
	waited  chan time.Duration
	settled chan struct{} // one for each batch of which it is known what became of it
	end     context.CancelFunc
	ended   chan struct{}
}

// teller is a log that tells when a batch is settled.
type teller struct {
	slog.Handler
	settled chan struct{}
}

func (l teller) Handle(ctx context.Context, r slog.Record) error {
	err := l.Handler.Handle(ctx, r)
	if r.Message == "announced" || strings.HasPrefix(r.Message, "announcements dropped") {
		l.settled <- struct{}{}
	}
	return err
}

func newDesk(t *testing.T, o *operator) *desk {
	t.Helper()
	d := &desk{waited: make(chan time.Duration, 100), settled: make(chan struct{}, 100), ended: make(chan struct{})}
	var mu sync.Mutex
	now := start
	a, err := New(Config{URL: o.URL + "/s3cret", Secret: secret, Client: o.Client(), Logger: slog.New(teller{slog.NewTextHandler(&d.log, nil), d.settled}),
		Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now }})
	if err != nil {
		t.Fatal(err)
	}
	a.wait = func(ctx context.Context, p time.Duration) error {
		mu.Lock()
		now = now.Add(p)
		mu.Unlock()
		d.waited <- p
		return ctx.Err()
	}
	d.Announcer = a
	return d
}

// run starts the announcer; stop ends it and waits until it has ended.
func (d *desk) run(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d.end = cancel
	go func() {
		d.Run(ctx)
		close(d.ended)
	}()
}

func (d *desk) stop() {
	d.end()
	<-d.ended
}

func note(source string) Notice {
	return Notice{Source: catalog.SourceID(source), Title: "Kit " + source, URL: "https://github.com/comune-esempio/" + source, Outcome: catalog.Full, Since: start,
		Findings: []schema.Finding{
			{File: "publiccode.yml", Line: 7, Severity: schema.Warning, Code: "W10", Message: schema.T("Manca il logo.", "The logo is missing.")},
			{File: "publiccode.yml", Line: 12, Severity: schema.Error, Code: "P03", Message: schema.T("Scrivere a g.paperone@comune.paperopoli.it.", "Write to g.paperone@comune.paperopoli.it."), Hint: schema.T("Togliere l'indirizzo.", "Remove the address.")},
			{File: "README.md", Line: 1, Severity: schema.Error, Code: "E01", Ignored: "va bene così"},
		}}
}

func send(t *testing.T, a *Announcer, notices ...Notice) {
	t.Helper()
	for _, n := range notices {
		if err := a.Send(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
}

// The notices of one round come in one signed request; what it says can be sent on as it is, and names nobody.
func TestOneRoundOneRequest(t *testing.T) {
	o := newOperator(t, status(204))
	d := newDesk(t, o)
	send(t, d.Announcer, note("a"), note("b"), note("a"))
	d.run(t)
	got := <-o.received
	<-d.settled
	d.stop()
	if len(got.letter.Notices) != 2 || got.letter.Version != 1 || !got.letter.Sent.Equal(start.Add(Gather)) {
		t.Fatalf("%+v", got.letter)
	}
	a := got.letter.Notices[0]
	if a.Event != Problems || a.Source != "a" || a.Outcome != catalog.Full || !a.Since.Equal(start) || a.More != 0 || len(a.Problems) != 2 || a.Problems[0].Code != "P03" || a.Problems[0].Line != 12 {
		t.Errorf("%+v", a)
	}
	for _, want := range []string{"Kit a (https://github.com/comune-esempio/a)", "2 cose", "publiccode.yml, riga 12: ", "Togliere l'indirizzo. [P03]", "Manca il logo."} {
		if !strings.Contains(a.Text.It, want) {
			t.Errorf("the text lacks %q:\n%s", want, a.Text.It)
		}
	}
	if !strings.Contains(a.Text.En, "2 things to fix") || strings.Contains(string(got.body), "g.paperone") || strings.Contains(string(got.body), "E01") {
		t.Errorf("%s", got.body)
	}
	if err := Verify([]string{"old", secret}, got.header, got.body, start.Add(Gather)); err != nil {
		t.Error(err)
	}
	if c := d.Counts(); c != (Counts{Sent: 2, Replaced: 1}) {
		t.Errorf("%+v", c)
	}
}

// A request that fails is tried again with growing pauses, as the same request with a signature of its time; who asks for
// more patience gets it.
func TestTriesAgain(t *testing.T) {
	o := newOperator(t, status(500), status(503), func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(http.StatusTooManyRequests)
	}, func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusServiceUnavailable)
	}, status(200))
	d := newDesk(t, o)
	send(t, d.Announcer, note("a"))
	d.run(t)
	var first received
	now := start
	for i, want := range []time.Duration{Gather, FirstPause, 2 * FirstPause, 90 * time.Second, MaxRetryAfter} {
		if p := <-d.waited; p != want {
			t.Errorf("pause %d: %s, not %s", i, p, want)
		}
		now = now.Add(want)
		got := <-o.received
		if i == 0 {
			first = got
		}
		if got.header.Get(HeaderID) != first.header.Get(HeaderID) || !bytes.Equal(got.body, first.body) {
			t.Errorf("attempt %d is another request", i)
		}
		if err := Verify([]string{secret}, got.header, got.body, now); err != nil {
			t.Errorf("attempt %d: %v", i, err)
		}
	}
	<-d.settled
	d.stop()
	if c := d.Counts(); c != (Counts{Sent: 1, Failures: 4}) {
		t.Errorf("%+v", c)
	}
}

// After the last attempt, or when the address says that it never will, a batch goes with a line in the log that does not
// give the address away; the next one has its own chance.
func TestGivesUp(t *testing.T) {
	for name, tc := range map[string]struct {
		answer   func(http.ResponseWriter)
		attempts int
	}{
		"always busy": {status(503), MaxAttempts},
		"not found":   {status(404), 1},
		"moved": {func(w http.ResponseWriter) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(http.StatusTemporaryRedirect)
		}, 1},
		"closed": {func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, MaxAttempts},
	} {
		o := newOperator(t, slices.Repeat([]func(http.ResponseWriter){tc.answer}, tc.attempts)...)
		if name == "closed" {
			o.Close()
		}
		d := newDesk(t, o)
		send(t, d.Announcer, note("a"), note("b"))
		d.run(t)
		<-d.settled
		var total time.Duration
		for range tc.attempts { // the first wait gathers
			total += <-d.waited
		}
		if name != "closed" {
			o.mu.Lock()
			o.answers = []func(http.ResponseWriter){status(200)}
			o.mu.Unlock()
			send(t, d.Announcer, note("c"))
			<-d.settled
			for range tc.attempts {
				<-o.received
			}
			if got := <-o.received; got.letter.Notices[0].Source != "c" {
				t.Errorf("%s: %+v", name, got.letter)
			}
		}
		d.stop()
		want := Counts{Sent: 1, Dropped: 2, Failures: tc.attempts}
		if name == "closed" {
			want.Sent = 0
		}
		if c := d.Counts(); c != want {
			t.Errorf("%s: %+v, not %+v", name, c, want)
		}
		if tc.attempts == MaxAttempts && (total < 40*time.Minute || total > 45*time.Minute) {
			t.Errorf("%s: gave up after %s", name, total)
		}
		if log := d.log.String(); strings.Count(log, "level=ERROR") != 1 || !strings.Contains(log, `sources="[a b]"`) || strings.Contains(log, "s3cret") || strings.Contains(log, "whsec") {
			t.Errorf("%s: the log:\n%s", name, log)
		}
	}
}

// A program that stops still sends what waits, once; what fails then is counted.
func TestStopping(t *testing.T) {
	for code, want := range map[int]Counts{200: {Sent: 1}, 500: {Dropped: 1, Failures: 1}} {
		o := newOperator(t, status(code))
		d := newDesk(t, o)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		send(t, d.Announcer, note("a"))
		d.Run(ctx)
		if c := d.Counts(); c != want || len(o.received) != 1 {
			t.Errorf("%d: %+v", code, c)
		}
	}
}

// While a request waits to be repeated the program stops: the notices are back in the queue, but for what is newer.
func TestStoppingBetweenAttempts(t *testing.T) {
	o := newOperator(t, status(500), status(200))
	d := newDesk(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	pauses := 0
	d.wait = func(ctx context.Context, _ time.Duration) error {
		if pauses++; pauses == 2 {
			newer := note("a")
			newer.Outcome = catalog.Failed
			send(t, d.Announcer, newer)
			cancel()
		}
		return ctx.Err()
	}
	send(t, d.Announcer, note("a"), note("b"))
	d.Run(ctx)
	<-o.received
	got := (<-o.received).letter.Notices
	if len(got) != 2 || got[0].Source != "b" || got[1].Source != "a" || got[1].Outcome != catalog.Failed {
		t.Errorf("%+v", got)
	}
	if c := d.Counts(); c != (Counts{Sent: 2, Replaced: 1, Failures: 1}) {
		t.Errorf("%+v", c)
	}
}

func TestBounds(t *testing.T) {
	o := newOperator(t, status(200))
	d := newDesk(t, o)
	for i := range MaxQueued {
		send(t, d.Announcer, note(fmt.Sprint("s", i)))
	}
	if err := d.Send(t.Context(), note("one more")); !errors.Is(err, catalog.ErrBusy) {
		t.Errorf("%v", err)
	}
	send(t, d.Announcer, note("s7")) // takes no place
	if err := d.Send(t.Context(), Notice{Source: "x"}); !errors.Is(err, catalog.ErrInvalid) {
		t.Errorf("%v", err)
	}
	d.run(t)
	n := 0
	for n < MaxQueued {
		got := <-o.received
		if len(got.letter.Notices) > MaxBatch || len(got.body) > MaxBody+MaxBody/2 {
			t.Errorf("%d notices, %d bytes", len(got.letter.Notices), len(got.body))
		}
		n += len(got.letter.Notices)
		<-d.settled
	}
	d.stop()
	if c := d.Counts(); c != (Counts{Sent: MaxQueued, Dropped: 1, Replaced: 1}) {
		t.Errorf("%+v", c)
	}
}

func TestNewChecks(t *testing.T) {
	for name, cfg := range map[string]Config{
		"no client": {URL: "https://example.it/x"}, "no address": {Client: http.DefaultClient}, "a user": {URL: "https://u:p@example.it", Client: http.DefaultClient},
		"a file": {URL: "file:///x", Client: http.DefaultClient}, "a bad secret": {URL: "https://example.it", Client: http.DefaultClient, Secret: "whsec_!!"},
		"an empty secret": {URL: "https://example.it", Client: http.DefaultClient, Secret: "whsec_"},
	} {
		if _, err := New(cfg); !errors.Is(err, catalog.ErrInvalid) || strings.Contains(fmt.Sprint(err), "!!") || strings.Contains(fmt.Sprint(err), "u:p") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
