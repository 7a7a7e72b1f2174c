package announce

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

func read(t *testing.T, n Notice) sent {
	t.Helper()
	body, err := n.form()
	if err != nil {
		t.Fatal(err)
	}
	var s sent
	if err := json.Unmarshal(body, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNoticeIsBounded(t *testing.T) {
	n := Notice{Source: "s", URL: "https://example.it/x", Outcome: catalog.Full, Page: "https://riuso.example.it/fonti/s"}
	for i := range 3 * MaxProblems {
		n.Findings = append(n.Findings, schema.Finding{File: "f.md", Line: i + 1, Code: "E01", Severity: schema.Error, Message: schema.T(strings.Repeat("è", MaxText), "\xff")})
	}
	s := read(t, n)
	if len(s.Problems) != MaxProblems || s.More != 2*MaxProblems || len(s.Problems[0].Message.It) > MaxText+len("…") || s.Problems[0].Message.En != "\uFFFD" {
		t.Errorf("%d problems, %d more, %q", len(s.Problems), s.More, s.Problems[0].Message.En)
	}
	for _, want := range []string{"150 cose", "… e altre 140.", "Dettagli: https://riuso.example.it/fonti/s"} {
		if !strings.Contains(s.Text.It, want) {
			t.Errorf("no %q in\n%s", want, s.Text.It)
		}
	}
	n.Text = schema.T(strings.Repeat("x", 2*MaxLetter), "own words")
	if s := read(t, n); len(s.Text.It) > MaxLetter+len("…") || s.Text.En != "own words" {
		t.Errorf("%d bytes, %q", len(s.Text.It), s.Text.En)
	}
}

func TestWhatHappened(t *testing.T) {
	for _, tc := range []struct {
		n     Notice
		event string
		want  string
	}{
		{Notice{Outcome: catalog.Unchanged}, Solved, "There are no problems any more."},
		{Notice{Outcome: catalog.Failed, Reason: schema.T("Il server non risponde.", "The server does not answer.")}, Problems, "The last visit failed.\nThe server does not answer."},
		{Notice{Outcome: catalog.Absent}, Problems, "the place was not there"},
		{Notice{Outcome: catalog.Partial}, Problems, "only part of it"},
		{Notice{Outcome: catalog.Full, Findings: []schema.Finding{{Code: "W01", Severity: schema.Warning, Message: schema.T("Così.", "So.")}}}, Problems, "There is one thing to fix:\n- So. [W01]"},
		{Notice{Outcome: catalog.Full, Findings: []schema.Finding{{Code: "W01", Ignored: "on purpose"}}}, Solved, "no problems"},
	} {
		tc.n.Source, tc.n.URL = "kit-x", "https://example.it/x"
		if s := read(t, tc.n); s.Event != tc.event || !strings.Contains(s.Text.En, tc.want) || !strings.HasPrefix(s.Text.En, "kit-x (https://example.it/x)\n") || s.Problems == nil {
			t.Errorf("%s: %s\n%s", tc.n.Outcome, s.Event, s.Text.En)
		}
	}
}

// The example of the specification's own libraries: what we sign, they verify.
func TestSignatureVector(t *testing.T) {
	const id, body, key = "msg_p5jXN8AQM9LWM0D4loKWxJek", `{"test": 2432232314}`, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	at := time.Unix(1614265330, 0)
	h := http.Header{}
	h.Set(HeaderID, id)
	h.Set(HeaderTimestamp, fmt.Sprint(at.Unix()))
	h.Set(HeaderSignature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	if err := Verify([]string{key}, h, []byte(body), at); err != nil {
		t.Error(err)
	}
	bad := map[string]func() error{
		"another body":   func() error { return Verify([]string{key}, h, []byte(body+" "), at) },
		"another secret": func() error { return Verify([]string{"x", "", "whsec_", "whsec_!"}, h, []byte(body), at) },
		"no secret":      func() error { return Verify(nil, h, []byte(body), at) },
		"too late":       func() error { return Verify([]string{key}, h, []byte(body), at.Add(Tolerance+time.Second)) },
		"too early":      func() error { return Verify([]string{key}, h, []byte(body), at.Add(-Tolerance-time.Second)) },
		"no headers":     func() error { return Verify([]string{key}, http.Header{}, []byte(body), at) },
		"another number": func() error {
			o := h.Clone()
			o.Set(HeaderID, "msg_2")
			return Verify([]string{key}, o, []byte(body), at)
		},
	}
	for name, f := range bad {
		if err := f(); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	h.Set(HeaderSignature, "v1a,xx v1,AAAA "+h.Get(HeaderSignature))
	if err := Verify([]string{"old", key}, h, []byte(body), at.Add(Tolerance)); err != nil {
		t.Errorf("one of several: %v", err)
	}
}
