package gitrepotest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/pem"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// Hang is the path of a repository of which a server of NewSSH says nothing, ever.
const Hang = "/hang"

// SSH is a real ssh server on loopback that runs git upload-pack, and nothing else, for one deploy key.
type SSH struct {
	Addr       string // host and port
	Key        []byte // the deploy key, in OpenSSH form
	KnownHosts string // the line of a known_hosts file
	// Old servers do not take GIT_PROTOCOL, as sshd does not without AcceptEnv.
	Old bool

	root     string
	listener net.Listener
	config   *ssh.ServerConfig

	mu       sync.Mutex
	commands []string
	conns    []net.Conn
	wg       sync.WaitGroup
}

// NewSSH makes the server of the repositories under root; keys are made from a seed, so that they are the same at each
// run and two seeds have two. Close ends it.
func NewSSH(root string, seed byte, old bool) (*SSH, error) {
	host, err := signer(seed)
	if err != nil {
		return nil, err
	}
	client, err := signer(seed + 1)
	if err != nil {
		return nil, err
	}
	key, err := DeployKey(seed + 1)
	if err != nil {
		return nil, err
	}
	s := &SSH{Key: key, Old: old, root: root}
	s.config = &ssh.ServerConfig{PublicKeyCallback: func(c ssh.ConnMetadata, k ssh.PublicKey) (*ssh.Permissions, error) {
		if c.User() == "git" && bytes.Equal(k.Marshal(), client.PublicKey().Marshal()) {
			return nil, nil
		}
		return nil, io.ErrUnexpectedEOF
	}}
	s.config.AddHostKey(host)
	if s.listener, err = (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	s.Addr = s.listener.Addr().String()
	s.wg.Go(s.accept)
	s.KnownHosts, err = KnownHost(s.Addr, seed)
	return s, err
}

// KnownHost is the line of a known_hosts file that says of an address that its server has the key of a seed.
func KnownHost(addr string, seed byte) (string, error) {
	host, err := signer(seed)
	if err != nil {
		return "", err
	}
	return knownhosts.Line([]string{addr}, host.PublicKey()) + "\n", nil
}

// DeployKey makes a private key from a seed, in OpenSSH form.
func DeployKey(seed byte) ([]byte, error) {
	b, err := ssh.MarshalPrivateKey(private(seed), "")
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(b), nil
}

func private(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func signer(seed byte) (ssh.Signer, error) { return ssh.NewSignerFromKey(private(seed)) }

// Commands are those that were run.
func (s *SSH) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

// Close ends the server and what it runs.
func (s *SSH) Close() {
	_ = s.listener.Close()
	s.mu.Lock()
	for _, c := range s.conns {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

func (s *SSH) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns = append(s.conns, c)
		s.mu.Unlock()
		s.wg.Go(func() { s.serve(c) })
	}
}

func (s *SSH) serve(c net.Conn) {
	defer c.Close()
	_, chans, reqs, err := ssh.NewServerConn(c, s.config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(reqs)
	for n := range chans {
		if n.ChannelType() != "session" {
			_ = n.Reject(ssh.UnknownChannelType, "")
			continue
		}
		ch, reqs, err := n.Accept()
		if err != nil {
			return
		}
		s.wg.Go(func() { s.session(ch, reqs) })
	}
}

func (s *SSH) session(ch ssh.Channel, reqs <-chan *ssh.Request) {
	defer ch.Close()
	extra := ""
	for r := range reqs {
		switch r.Type {
		case "env":
			var v struct{ Name, Value string }
			ok := ssh.Unmarshal(r.Payload, &v) == nil && v.Name == "GIT_PROTOCOL" && !s.Old
			if ok {
				extra = v.Name + "=" + v.Value
			}
			_ = r.Reply(ok, nil)
		case "exec":
			var v struct{ Command string }
			_ = r.Reply(ssh.Unmarshal(r.Payload, &v) == nil, nil)
			code := make([]byte, 4)
			binary.BigEndian.PutUint32(code, s.run(ch, v.Command, extra))
			_, _ = ch.SendRequest("exit-status", false, code)
			return
		default:
			_ = r.Reply(false, nil)
		}
	}
}

// run starts git upload-pack for the path of a command, which a shell would unquote.
func (s *SSH) run(ch ssh.Channel, command, extra string) uint32 {
	s.mu.Lock()
	s.commands = append(s.commands, command)
	s.mu.Unlock()
	path, ok := strings.CutPrefix(command, "git-upload-pack '")
	if path = strings.NewReplacer(`'\''`, "'", `'\!'`, "!").Replace(strings.TrimSuffix(path, "'")); !ok || strings.Contains(path, "..") {
		return 128
	}
	if path == Hang {
		_, _ = io.Copy(io.Discard, ch) // until the client goes
		return 128
	}
	cmd := exec.CommandContext(context.Background(), "git", "upload-pack", filepath.Join(s.root, path))
	cmd.Env = append(env(Start()), "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*", extra)
	cmd.Stdout, cmd.Stderr = ch, ch.Stderr()
	in, err := cmd.StdinPipe()
	if err != nil || cmd.Start() != nil {
		return 128
	}
	go func() {
		_, _ = io.Copy(in, ch)
		_ = in.Close()
	}()
	if cmd.Wait() != nil {
		return 128
	}
	return 0
}

// WriteSSH writes the deploy key and the known hosts of a server into a folder, as an operator keeps them, and gives
// their paths.
func (s *SSH) WriteSSH(dir string) (key, known string, err error) {
	key, known = filepath.Join(dir, "deploy_key"), filepath.Join(dir, "known_hosts")
	if err = os.WriteFile(key, s.Key, 0o600); err == nil {
		err = os.WriteFile(known, []byte(s.KnownHosts), 0o644)
	}
	return key, known, err
}
