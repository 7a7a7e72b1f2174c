package gitrepotest

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// Revision is one commit of a repository that [Write] makes.
type Revision struct {
	At      time.Time // the zero value is [Start]
	Message string
	Files   map[string]string // path to content: what is new or other than before
	Tag     string            // "" for none
}

// Write makes a bare repository in the folder to, with the revisions one after the other on main, without a test around
// it: for demonstrations. Without revisions it is empty. What is there already is left as it is.
func Write(ctx context.Context, to string, revisions ...Revision) error {
	done := filepath.Join(to, "description")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	var b bytes.Buffer
	for _, r := range revisions {
		r.stream(&b)
	}
	for _, c := range []struct {
		stdin []byte
		args  []string
	}{
		{nil, []string{"init", "-q", "--bare", "-b", "main", "--template="}},
		{nil, []string{"config", "uploadpack.allowFilter", "true"}},
		{b.Bytes(), []string{"fast-import", "--quiet"}},
	} {
		cmd := Command(ctx, to, c.args...)
		cmd.Stdin = bytes.NewReader(c.stdin)
		if msg, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("git %s: %w: %s", c.args[0], err, msg)
		}
	}
	return os.WriteFile(done, []byte(filepath.Base(to)+"\n"), 0o644)
}

// Command is git in a folder, with nothing of this machine in its settings, the office as author and [Start] as time.
func Command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir, cmd.Env = dir, env(Start())
	return cmd
}

// stream writes the revision in the language of git fast-import.
func (r Revision) stream(b *bytes.Buffer) {
	at := r.At
	if at.IsZero() {
		at = Start()
	}
	who := fmt.Sprintf("%s <%s> %d +0000", Office, Mail, at.Unix())
	fmt.Fprintf(b, "commit refs/heads/main\ncommitter %s\ndata %d\n%s\n", who, len(r.Message), r.Message)
	for _, p := range slices.Sorted(maps.Keys(r.Files)) {
		fmt.Fprintf(b, "M 100644 inline %q\ndata %d\n%s\n", p, len(r.Files[p]), r.Files[p])
	}
	if r.Tag != "" {
		fmt.Fprintf(b, "tag %s\nfrom refs/heads/main\ntagger %s\ndata 0\n\n", r.Tag, who)
	}
}
