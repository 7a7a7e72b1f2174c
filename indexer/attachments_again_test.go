package indexer

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// A machine that cannot start its reader says nothing of a file: nothing is kept of it, the operator reads one line, and the
// next visit reads the file.
func TestAttachmentsThatThisMachineCouldNotRead(t *testing.T) {
	var log bytes.Buffer
	texts := map[string]string{"a/a.txt": "aratro", "a/b.txt": "badile", "a/c.txt": "carriola"}
	r := readingOf(t, written(texts), func(cfg *Config) { cfg.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	r.reader.during = func(_ context.Context, name string) error {
		if name == "c.txt" {
			return nil
		}
		return fmt.Errorf("%w: fork", ErrNoReader)
	}
	st, _ := r.visit(catalog.Full)
	if got := slices.Sorted(slices.Values(told(st, "T08"))); !slices.Equal(got, []string{"a/a.txt", "a/b.txt"}) || st.Mark != "" || len(r.found("carriola")) != 1 {
		t.Errorf("told %q, mark %q", got, st.Mark)
	}
	kept, err := r.store.Texts(t.Context(), []string{blobOf([]byte("aratro")), blobOf([]byte("badile"))})
	if err != nil || len(kept) > 0 {
		t.Errorf("kept %v, %v", kept, err)
	}
	if n := strings.Count(log.String(), "attachments could not be read"); n != 1 || !strings.Contains(log.String(), "files=2") {
		t.Errorf("the log has %d lines: %s", n, &log)
	}
	r.reader.during = nil
	st, fetched := r.visit(catalog.Full)
	if len(fetched) != 2 || len(told(st, "T08")) > 0 || st.Mark == "" || len(r.found("badile")) != 1 {
		t.Errorf("the next visit: fetched %q, told %q, mark %q", fetched, told(st, "T08"), st.Mark)
	}
	r.visit(catalog.Unchanged)
}

// Where nothing at all can be read the files are not fetched for nothing, and all of them wait.
func TestAttachmentsOfAMachineThatReadsNothing(t *testing.T) {
	texts := map[string]string{}
	for i := range maxUnread + 4 {
		texts[fmt.Sprintf("a/f%d.txt", i)] = fmt.Sprint("testo ", i)
	}
	r := readingOf(t, written(texts), nil)
	r.reader.during = func(context.Context, string) error { return ErrNoReader }
	if st, fetched := r.visit(catalog.Full); len(fetched) != maxUnread || len(told(st, "T08")) != len(texts) || st.Mark != "" {
		t.Errorf("fetched %d, told %d, mark %q", len(fetched), len(told(st, "T08")), st.Mark)
	}
}

// A file that takes too long is tried again in a few visits, and then that is its verdict.
func TestAttachmentsThatTakeTooLong(t *testing.T) {
	r := readingOf(t, written(map[string]string{"a/a.txt": "adagio"}), nil)
	r.reader.slow = "a.txt"
	for n := range maxTries {
		st, fetched := r.visit(catalog.Full)
		if last := n == maxTries-1; len(fetched) != 1 || (st.Mark != "") != last {
			t.Errorf("visit %d: fetched %q, mark %q", n, fetched, st.Mark)
		}
	}
	r.visit(catalog.Unchanged)
	r.commit(written(map[string]string{"a/a.txt": "adagio", "a/b.txt": "altro"}))
	if _, fetched := r.visit(catalog.Full); !slices.Equal(fetched, []string{"a/b.txt"}) {
		t.Errorf("after its last try: fetched %q", fetched)
	}
	again := readingOf(t, written(map[string]string{"a/a.txt": "adagio"}), nil)
	again.reader.slow = "a.txt"
	again.visit(catalog.Full)
	again.reader.slow = ""
	again.visit(catalog.Full)
	kept, err := again.store.Texts(t.Context(), []string{blobOf([]byte("adagio"))})
	if err != nil || len(kept) != 1 || kept[blobOf([]byte("adagio"))].Tries != 0 {
		t.Errorf("a quicker time: %+v, %v", kept, err)
	}
	again.visit(catalog.Unchanged)
}

// What the server does not have is asked for once a week, and when the operator wants to know.
func TestAttachmentsThatAreLost(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	texts := map[string]string{"a/a.txt": "presente", "a/z.txt": "perduto"}
	r := readingOf(t, written(texts), func(cfg *Config) { cfg.Now = func() time.Time { return now } })
	r.wire.lost["a/z.txt"] = true
	requests := func() int { st := r.state(); return st.Last().Requests }
	r.visit(catalog.Full)
	commit := func(n int) {
		texts["a/n.txt"] = fmt.Sprint("nuovo ", n)
		delete(texts, "a/a.txt")
		r.commit(written(texts))
	}
	commit(1)
	st, _ := r.visit(catalog.Full)
	if got := told(st, "T08"); !slices.Equal(got, []string{"a/z.txt"}) || slices.Contains(r.wire.asked, "a/z.txt") {
		t.Errorf("soon after: told %q, asked for %q", got, r.wire.asked)
	}
	delete(texts, "a/n.txt")
	r.commit(written(texts))
	if r.visit(catalog.Full); requests() != 1 {
		t.Errorf("%d requests for nothing but what is lost", requests())
	}
	now = now.Add(askLost)
	commit(2)
	if r.visit(catalog.Full); !slices.Contains(r.wire.asked, "a/z.txt") {
		t.Errorf("a week later: asked for %q", r.wire.asked)
	}
	// A repository that stays as it is is asked once a week, too.
	r.visit(catalog.Unchanged)
	now = now.Add(askLost)
	if r.visit(catalog.Full); !slices.Contains(r.wire.asked, "a/z.txt") {
		t.Errorf("a week later, without a commit: asked for %q", r.wire.asked)
	}
	// It is back, and nobody committed anything: the operator asks.
	r.wire.lost = map[string]bool{}
	r.visit(catalog.Unchanged)
	if _, err := r.c.Confirm(t.Context(), []catalog.Source{r.src}, r.src.ID); err != nil {
		t.Fatal(err)
	}
	if len(r.found("perduto")) != 1 || len(told(r.state(), "T08")) > 0 {
		t.Errorf("asked by the operator: found on %q, told %q", r.found("perduto"), told(r.state(), "T08"))
	}
}

// What one repository lost another one may have.
func TestAttachmentsThatAreLostElsewhere(t *testing.T) {
	lost := catalog.Text{Lost: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), LostBy: "altri", Faults: []catalog.TextFault{{Code: "T08"}}}
	w := textsOf{from: "altri"}
	if !w.stillLost(&lost, lost.Lost.Add(time.Hour)) {
		t.Error("who lost it is asked at once")
	}
	if w.from = "ente"; w.stillLost(&lost, lost.Lost.Add(time.Hour)) {
		t.Error("another one is not asked")
	}
}

// The word that a file is lost does not take the place of what an earlier reader read of it.
func TestAttachmentsThatAreLostKeepTheirText(t *testing.T) {
	r := readingOf(t, written(map[string]string{"a/a.txt": "antico"}), nil)
	r.visit(catalog.Full)
	r.reader.version = "2"
	r.renew(func(*Config) {})
	r.wire.lost["a/a.txt"] = true
	r.visit(catalog.Full)
	blob := blobOf([]byte("antico"))
	kept, err := r.store.Texts(t.Context(), []string{blob})
	if err != nil || len(kept[blob].Pages) != 1 {
		t.Errorf("%+v, %v", kept, err)
	}
}
