package gitrepotest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// The shared legacy kit, below the folder of what is shared.
const (
	legacyList   = "digipro-tree.tsv"
	legacyFolder = "digipro"
	legacyAbsent = "BAD" // in the column of sizes: it could not be had when the kit was taken
)

// LegacyFile is one file of the shared legacy kit, as its list tells it.
type LegacyFile struct {
	Path  string
	Blob  string // Git's name of its bytes
	Bytes int64  // -1 where the list does not know
	Here  bool   // its bytes are in the repository; the others are named by the tree only
}

// LegacyRepo is the shared legacy kit as a bare repository: a server that lost some of its files.
type LegacyRepo struct {
	Dir   string
	Files []LegacyFile // all paths, in the order of the list
}

// LegacyKit makes a bare repository in the folder to of the shared legacy kit (from/digipro-tree.tsv, from/digipro): one
// commit on main that names every path of the list. What is not in the shared folder stays absent, so that a server of
// it refuses whoever asks for it. It lets clients leave files out and ask for single ones, as forges do. The folder must not
// be there yet.
func LegacyKit(ctx context.Context, from, to string) (*LegacyRepo, error) {
	list, err := os.ReadFile(filepath.Join(from, legacyList))
	if err != nil {
		return nil, err
	}
	k := &LegacyRepo{Dir: to}
	if k.Files, err = legacyFiles(string(list)); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return nil, err
	}
	if err := os.Mkdir(to, 0o755); err != nil {
		return nil, err
	}
	for _, args := range [][]string{
		{"init", "-q", "--bare", "-b", "main", "--template="}, {"config", "uploadpack.allowFilter", "true"},
		{"config", "uploadpack.allowAnySHA1InWant", "true"}, {"config", "gc.auto", "0"}, {"config", "core.looseCompression", "0"}, // they are packed at once
	} {
		if _, err := k.git(ctx, Start(), nil, args...); err != nil {
			return nil, err
		}
	}
	if err := k.store(ctx, filepath.Join(from, legacyFolder)); err != nil {
		return nil, err
	}
	var index bytes.Buffer
	for _, f := range k.Files {
		fmt.Fprintf(&index, "100644 %s\t%s\x00", f.Blob, f.Path)
	}
	if _, err := k.git(ctx, Start(), index.Bytes(), "update-index", "-z", "--index-info"); err != nil {
		return nil, err
	}
	return k, k.commit(ctx, Start(), "Caricamento dei file del kit")
}

// legacyFiles reads the list: blob, size and path, after a line of headings.
func legacyFiles(list string) (out []LegacyFile, err error) {
	for i, line := range strings.Split(strings.TrimSpace(list), "\n") {
		cols := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if i == 0 {
			continue
		}
		if len(cols) != 3 {
			return nil, fmt.Errorf("%s:%d: %d columns, want 3", legacyList, i+1, len(cols))
		}
		f := LegacyFile{Blob: cols[0], Bytes: -1, Path: cols[2]}
		if cols[1] != legacyAbsent {
			if f.Bytes, err = strconv.ParseInt(cols[1], 10, 64); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", legacyList, i+1, err)
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// store writes the files that are there into the repository, and checks that each is what the list says.
func (k *LegacyRepo) store(ctx context.Context, from string) error {
	from, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	var paths bytes.Buffer
	var there []int
	for i, f := range k.Files {
		full := filepath.Join(from, filepath.FromSlash(f.Path))
		if info, err := os.Stat(full); err == nil && info.Mode().IsRegular() {
			there = append(there, i)
			fmt.Fprintln(&paths, full)
		}
	}
	out, err := k.git(ctx, Start(), paths.Bytes(), "hash-object", "-w", "--no-filters", "--stdin-paths")
	if err != nil {
		return err
	}
	ids, here := strings.Fields(out), map[string]bool{}
	if len(ids) != len(there) || len(ids) == 0 {
		return fmt.Errorf("%s: %d files were stored of %d", from, len(ids), len(there))
	}
	for n, i := range there {
		if ids[n] != k.Files[i].Blob {
			return fmt.Errorf("%s: its bytes are %s, the list says %s", k.Files[i].Path, ids[n], k.Files[i].Blob)
		}
		here[ids[n]] = true
	}
	for i := range k.Files {
		k.Files[i].Here = here[k.Files[i].Blob]
	}
	// As on a forge they lie in a pack: of loose ones git would look for deltas again at each request, for seconds.
	if _, err = k.git(ctx, Start(), []byte(out+"\n"), "pack-objects", "-q", "--window=0", "objects/pack/pack"); err == nil {
		_, err = k.git(ctx, Start(), nil, "prune-packed", "-q")
	}
	return err
}

// Commit adds files (path to content) to what the repository has, in a commit of the time at.
func (k *LegacyRepo) Commit(ctx context.Context, at time.Time, message string, files map[string]string) error {
	if _, err := k.git(ctx, at, nil, "read-tree", "refs/heads/main"); err != nil {
		return err
	}
	for p, text := range files {
		id, err := k.git(ctx, at, []byte(text), "hash-object", "-w", "--stdin")
		if err != nil {
			return err
		}
		if _, err := k.git(ctx, at, []byte("100644 "+id+"\t"+p+"\x00"), "update-index", "-z", "--index-info"); err != nil {
			return err
		}
	}
	return k.commit(ctx, at, message)
}

// commit puts what the index names on main; that some of it is not there does not matter.
func (k *LegacyRepo) commit(ctx context.Context, at time.Time, message string) error {
	tree, err := k.git(ctx, at, nil, "write-tree", "--missing-ok")
	if err != nil {
		return err
	}
	args := []string{"commit-tree", tree, "-m", message}
	if parent, err := k.git(ctx, at, nil, "rev-parse", "--verify", "--quiet", "refs/heads/main"); err == nil {
		args = append(args, "-p", parent)
	}
	id, err := k.git(ctx, at, nil, args...)
	if err != nil {
		return err
	}
	_, err = k.git(ctx, at, nil, "update-ref", "refs/heads/main", id)
	return err
}

// git runs git in the repository at a time, and gives what it printed without the last line end.
func (k *LegacyRepo) git(ctx context.Context, at time.Time, stdin []byte, args ...string) (string, error) {
	cmd := Command(ctx, k.Dir, args...)
	cmd.Env, cmd.Stdin = env(at), bytes.NewReader(stdin)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, complaint.Bytes())
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// Legacy makes the repository of [LegacyKit], serves it on loopback until the test ends, and gives its address beside it.
// shared is the folder of the shared data; empty means that of sharedtest, and a test that is skipped without it.
func Legacy(t testing.TB, shared string) (url string, kit *LegacyRepo) {
	t.Helper()
	Need(t)
	from := filepath.Join(shared, "legacy")
	if shared == "" {
		from = sharedtest.Path(t, "legacy")
	}
	root := t.TempDir()
	kit, err := LegacyKit(t.Context(), from, filepath.Join(root, legacyFolder))
	if err != nil {
		t.Fatal(err)
	}
	return Serve(t, root) + "/" + legacyFolder, kit
}
