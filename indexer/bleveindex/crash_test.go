package bleveindex_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
)

const (
	childDir    = "RIUSO_TEST_COMMIT_DIR"  // set: the test binary is the program that is killed
	childFrom   = "RIUSO_TEST_COMMIT_FROM" // number of the first commit
	crashRounds = 4
	crashSeed   = 20261122
	maxKillWait = 150 * time.Millisecond
)

// TestMain runs the tests, or in a child process the commits that a test will kill.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := commitForEver(dir, os.Getenv(childFrom)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// numbered is the n-th commit: it changes kit n%20, so that kits are both new and replaced.
func numbered(n int) catalog.Delta {
	source := catalog.SourceID(fmt.Sprintf("s%d", n%20))
	url := "https://example.org/" + string(source)
	with := []func(*catalog.Kit){catalogtest.Ceded("ipa:p_bs")}
	for i := range 2 + n%3 {
		with = append(with, catalogtest.Doc(fmt.Sprintf("A%d", i), fmt.Sprintf("Documento %d", i), fmt.Sprintf("segno%d nel testo", n), "A", "managerial"))
	}
	return catalogtest.DeltaOf(source, catalogtest.Kit(source, url, string(source), fmt.Sprintf("Kit %d", n), with...))
}

// commitForEver says on standard output which commit has been acknowledged, and every so often rebuilds.
func commitForEver(dir, from string) error {
	n, err := strconv.Atoi(from)
	if err != nil {
		return err
	}
	ctx := context.Background()
	x, err := bleveindex.Open(ctx, bleveindex.Config{Dir: dir})
	if err != nil {
		return err
	}
	for ; ; n++ {
		if n%7 == 0 {
			if err := x.Rebuild(ctx); err != nil {
				return err
			}
		}
		if err := x.Commit(ctx, numbered(n)); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// TestKilled kills a process that commits and rebuilds, again and again, and looks at what it leaves each time.
func TestKilled(t *testing.T) {
	rnd := rand.New(rand.NewPCG(crashSeed, crashSeed))
	dir := t.TempDir()
	last := 0
	for round := range crashRounds {
		last = max(last, killed(t, dir, last+1, time.Duration(rnd.Int64N(int64(maxKillWait)))))
		x, err := bleveindex.Open(t.Context(), bleveindex.Config{Dir: dir})
		if err != nil {
			t.Fatalf("round %d, after commit %d: %v", round, last, err)
		}
		last = max(last, whole(t, x, last))
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if last < crashRounds {
		t.Errorf("only %d commits were tried", last)
	}
}

// killed starts a child at commit from, waits for its first acknowledgement and some time more, kills it, and gives the
// last commit that it acknowledged.
func killed(t *testing.T, dir string, from int, wait time.Duration) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childFrom+"="+strconv.Itoa(from))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("the child acknowledged nothing: %v, %s", cmd.Wait(), stderr.String())
	}
	last := number(t, lines.Text())
	timer := time.AfterFunc(wait, func() {
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Error(err)
		}
	})
	defer timer.Stop()
	for lines.Scan() {
		last = number(t, lines.Text())
	}
	if err := lines.Err(); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, os.ErrClosed) {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || stderr.Len() > 0 {
		t.Fatalf("the child was to be killed: %v, %s", err, stderr.String())
	}
	return last
}

func number(t *testing.T, line string) int {
	t.Helper()
	n, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// whole checks that all acknowledged commits are there, that at most the one behind the last is too, and that the index
// finds exactly what the records hold. It gives the last commit that is there.
func whole(t *testing.T, x *bleveindex.Index, acknowledged int) int {
	t.Helper()
	newest := acknowledged
	for n := max(1, acknowledged-19); n <= acknowledged+1; n++ {
		source := catalog.SourceID(fmt.Sprintf("s%d", n%20))
		e, err := x.Entry(t.Context(), catalog.KindKit, string(source))
		if err != nil {
			if n > acknowledged && errors.Is(err, catalog.ErrNotFound) {
				continue
			}
			t.Fatalf("commit %d of %d is lost: %v", n, acknowledged, err)
		}
		var is int
		if _, err := fmt.Sscanf(e.Title, "Kit %d", &is); err != nil || is%20 != n%20 {
			t.Fatalf("%s is titled %q", source, e.Title)
		}
		if is < n && n <= acknowledged || is > acknowledged+1 {
			t.Fatalf("%s is of commit %d, %d were acknowledged", source, is, acknowledged)
		}
		newest = max(newest, is)
		res, err := x.Search(t.Context(), catalog.Query{Text: fmt.Sprintf("segno%d", is), Filters: map[catalog.FacetName][]string{catalog.FacetType: {"document"}}})
		if err != nil || res.Total != 1 || res.Hits[0].Card.ID != string(source) || res.Hits[0].Card.Title != e.Title {
			t.Fatalf("commit %d is not found as it was written: %+v, %v", is, res.Hits, err)
		}
	}
	all, err := x.Search(t.Context(), catalog.Query{})
	if err != nil {
		t.Fatal(err)
	}
	cards, err := x.Cards(t.Context(), "", 0)
	if err != nil || all.Total != len(cards) {
		t.Fatalf("%d kits are found of %d, %v", all.Total, len(cards), err)
	}
	return newest
}
