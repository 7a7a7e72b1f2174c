package gitrepo

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

func sshServer(t *testing.T, root string, old bool) *gitrepotest.SSH {
	t.Helper()
	gitrepotest.Need(t)
	s, err := gitrepotest.NewSSH(root, 1, old)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func sshReader(t *testing.T, key []byte, known string, timeout time.Duration) *Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(path, []byte(known), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := NewSSH(SSHConfig{Key: key, KnownHosts: path, Dial: (&net.Dialer{}).DialContext, Timeout: timeout})
	if err != nil {
		t.Fatal(err)
	}
	return reader(t, Config{SSH: s, TempDir: t.TempDir()})
}

// Over ssh the same three questions are asked: by a server that takes version 2 the files alone come, by one that takes
// version 0 only, where no file can be asked for by its name, or that cannot filter, the whole commit.
func TestSSH(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"filtered", "whole", "l'ente!"} {
		gitrepotest.Init(t, filepath.Join(root, name), software())
	}
	gitrepotest.AllowFilter(t, filepath.Join(root, "whole"), false)
	gitrepotest.Git(t, filepath.Join(root, "filtered"), "branch", "altro")
	now, old := sshServer(t, root, false), sshServer(t, root, true)
	want := map[string]string{}
	for _, p := range []string{"publiccode.yml", "README.md", "LICENSE", "docs/it/guida.md", "empty.md"} {
		want[p] = software()[p]
	}
	for _, c := range []struct {
		s        *gitrepotest.SSH
		url, way string
	}{
		{now, "ssh://git@" + now.Addr + "/filtered", WayPartial}, {now, "ssh://" + now.Addr + "/whole", WayWhole},
		{now, "ssh://git@" + now.Addr + "/l'ente%21", WayPartial}, {old, "SSH://git@" + old.Addr + "/filtered/", WayWhole},
	} {
		r := sshReader(t, c.s.Key, c.s.KnownHosts, 0)
		ask := Ask{Trusted: true}
		refs, err := r.ListAs(t.Context(), c.url, ask)
		if err != nil {
			t.Fatalf("%s: %v", c.url, err)
		}
		s, err := r.OpenAs(t.Context(), c.url, refs, nil, ask)
		if err != nil {
			t.Fatalf("%s: %v", c.url, err)
		}
		if diff := cmp.Diff(want, texts(t, s.FS)); diff != "" {
			t.Errorf("%s: %s", c.url, diff)
		}
		if s.Way != c.way || s.URL != c.url || s.Branch != "main" || s.Bytes == 0 || refs.Bytes == 0 {
			t.Errorf("%s: way %s, branch %s, %d and %d bytes, %d requests", c.url, s.Way, s.Branch, refs.Bytes, s.Bytes, s.Requests)
		}
		if s.Way != WayWhole {
			h, err := r.History(t.Context(), s, []string{"README.md"})
			if err != nil || len(h.Changes["README.md"]) != 1 {
				t.Errorf("%s: %+v, %v", c.url, h, err)
			}
		}
		if _, err := r.OpenAs(t.Context(), c.url, Refs{}, nil, Ask{Trusted: true, MaxBytes: refs.Bytes + 10}); !errors.Is(err, ErrSourceLimit) {
			t.Errorf("%s over what it may cost: %v", c.url, err)
		}
		for _, a := range []Ask{{}, {Branch: "main"}, {local: true}} {
			if _, err := r.ListAs(t.Context(), c.url, a); !errors.Is(err, ErrInvalid) {
				t.Errorf("%s of somebody else: %v", c.url, err)
			}
			if _, err := r.OpenAs(t.Context(), c.url, refs, nil, a); !errors.Is(err, ErrInvalid) {
				t.Errorf("%s of somebody else: %v", c.url, err)
			}
		}
	}
	r := sshReader(t, now.Key, now.KnownHosts, 0)
	if refs, err := r.ListAs(t.Context(), "ssh://git@"+now.Addr+"/filtered", Ask{Trusted: true, Branch: "altro"}); err != nil || refs.Branch != "altro" {
		t.Errorf("%+v, %v", refs, err)
	}
	if _, err := r.ListAs(t.Context(), "ssh://git@"+now.Addr+"/nulla", Ask{Trusted: true}); !errors.Is(err, ErrAbsent) {
		t.Errorf("no such repository: %v", err)
	}
	if got := now.Commands()[0]; got != "git-upload-pack '/filtered'" {
		t.Error(got)
	}
}

// No server is believed whose key is not the known one, and none is asked with a key that it does not take.
func TestSSHKeys(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "kit"), software())
	s := sshServer(t, root, false)
	impostor, err := gitrepotest.NewSSH(root, 40, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(impostor.Close)
	stranger, err := gitrepotest.DeployKey(99)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ssh.NewPublicKey(&curve.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	u := "ssh://git@" + s.Addr + "/kit"
	_, line, _ := strings.Cut(impostor.KnownHosts, " ")
	host, _, _ := strings.Cut(s.KnownHosts, " ")
	for what, c := range map[string]struct {
		key   []byte
		known string
		want  error
	}{
		"another host key":           {s.Key, host + " " + line, ErrHostKey},
		"no host key":                {s.Key, impostor.KnownHosts, ErrHostKey},
		"a host key of another kind": {s.Key, knownhosts.Line([]string{s.Addr}, other), ErrHostKey},
		"no known host":              {s.Key, "", ErrHostKey},
		"another deploy key":         {stranger, s.KnownHosts, ErrForbidden},
	} {
		_, err := sshReader(t, c.key, c.known, 0).ListAs(t.Context(), u, Ask{Trusted: true})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got := s.Commands(); len(got) > 0 {
		t.Errorf("commands were run: %q", got)
	}
	known := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(known, []byte("non è una riga\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dial := (&net.Dialer{}).DialContext
	for what, c := range map[string]SSHConfig{
		"not a key": {Key: []byte("chiave segreta"), KnownHosts: known, Dial: dial}, "no key": {KnownHosts: known, Dial: dial},
		"not known hosts": {Key: s.Key, KnownHosts: known, Dial: dial}, "no such file": {Key: s.Key, KnownHosts: known + "x", Dial: dial},
		"no known hosts": {Key: s.Key, Dial: dial}, "no dial": {Key: s.Key, KnownHosts: known},
	} {
		if _, err := NewSSH(c); err == nil || strings.Contains(err.Error(), "segreta") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A server that takes the connection and says nothing, is left after the time-out.
func TestSSHThatHangs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { c.Close() })
		}
	}()
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "kit"), software())
	s := sshServer(t, root, false)
	known := strings.ReplaceAll(s.KnownHosts, s.Addr[strings.LastIndex(s.Addr, ":"):], l.Addr().String()[strings.LastIndex(l.Addr().String(), ":"):])
	r := sshReader(t, s.Key, known, 100*time.Millisecond)
	if _, err := r.ListAs(t.Context(), "ssh://git@"+l.Addr().String()+"/kit", Ask{Trusted: true}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	r = sshReader(t, s.Key, known, time.Hour)
	if _, err := r.ListAs(ctx, "ssh://git@"+l.Addr().String()+"/kit", Ask{Trusted: true}); !errors.Is(err, ErrUnreachable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	r = sshReader(t, s.Key, s.KnownHosts, 200*time.Millisecond)
	if _, err := r.ListAs(t.Context(), "ssh://git@"+s.Addr+gitrepotest.Hang, Ask{Trusted: true}); !errors.Is(err, ErrUnreachable) || len(s.Commands()) != 1 {
		t.Errorf("after the handshake: %v", err)
	}
}

// user@host:path leads from the home of the user, as with git itself, to the port of ssh.
func TestSSHByHostAndPath(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "ente", "kit"), software())
	s := sshServer(t, root, false)
	line, err := gitrepotest.KnownHost("127.0.0.1", 1)
	if err != nil {
		t.Fatal(err)
	}
	known := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(known, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := ""
	over, err := NewSSH(SSHConfig{Key: s.Key, KnownHosts: known, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		asked = address
		return (&net.Dialer{}).DialContext(ctx, network, s.Addr)
	}})
	if err != nil {
		t.Fatal(err)
	}
	r := reader(t, Config{SSH: over})
	refs, err := r.ListAs(t.Context(), "git@127.0.0.1:ente/kit", Ask{Trusted: true})
	if err != nil || refs.Branch != "main" || refs.Moved != "" || asked != "127.0.0.1:22" || s.Commands()[0] != "git-upload-pack 'ente/kit'" {
		t.Errorf("%+v, %v, %s, %q", refs, err, asked, s.Commands())
	}
}

func TestSSHAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"git@git.ente.it:area/kit.git": "ssh://git@git.ente.it/./area/kit.git", "git.ente.it:/srv/kit": "ssh://git.ente.it/srv/kit",
		"ssh://u@git.ente.it:2222/a/": "ssh://u@git.ente.it:2222/a", "git@git.ente.it:a b": "ssh://git@git.ente.it/./a%20b",
	} {
		if got, err := sshPlace(address); err != nil || got != want {
			t.Errorf("%s: %q, %v", address, got, err)
		}
	}
	for _, bad := range []string{"git@h:", "git@h:../x", "git@h:a/../../x", "git@h:-x", "C:\\x", "@h:x", "ssh://u:parola@h/x", "ssh:///x", "ssh://h", "ssh://h/", "ssh://h/x?y", "ssh://h/%2e%2e/x"} {
		err := checkAddress(bad)
		if err == nil {
			_, err = sshPlace(bad)
		}
		if !errors.Is(err, ErrInvalid) || strings.Contains(err.Error(), "parola") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	for path, want := range map[string]string{"/a b": "'/a b'", "/./x/y": "'x/y'", "/~u/x": "'~u/x'", "/a'; id; '": `'/a'\''; id; '\'''`} {
		if got := shellWord(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}
