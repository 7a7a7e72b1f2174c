package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/skeema/knownhosts"
	"golang.org/x/crypto/ssh"
)

// What ssh connections keep to.
const (
	DefaultSSHTimeout = 20 * time.Second // connection and handshake, and afterwards any time without a byte

	defaultSSHUser = "git"
	sshPort        = "22"
)

var (
	// ErrHostKey: the server is not among the known hosts, or shows another key than the one that is known. Nothing was
	// sent to it: it may be another server, put in the way.
	ErrHostKey = errors.New("the server's ssh key is not the known one")
	// ErrKey: the deploy key cannot be used: not a private key, or one with a passphrase.
	ErrKey = errors.New("not a private key without passphrase")
)

// SSHConfig is what an operator gives for ssh: a deploy key and the keys of the servers. There is no other way in: no
// agent, no password, no server whose key is not known.
type SSHConfig struct {
	Key        []byte // private key in PEM or OpenSSH form, without passphrase
	KnownHosts string // file as of OpenSSH (ssh-keyscan writes its lines); what is not in it is not connected to
	// Dial opens the connections; it should be the one of indexer/outbound, with its check of addresses.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Timeout bounds connection and handshake, and then any silence; zero means DefaultSSHTimeout.
	Timeout time.Duration
}

// SSH reads repositories over ssh, with a deploy key: a way for addresses of the operator only, see Ask.Trusted. It is
// an http.RoundTripper so that the words of Git's protocol are written and bounded in one place (wire.go): each request is
// one session of git-upload-pack, its beginning the list of references, the rest the answer. The list that comes again
// before an answer is bounded by DefaultRefBytes and counted nowhere.
type SSH struct {
	c      SSHConfig
	signer ssh.Signer
	known  *knownhosts.HostKeyDB
}

// NewSSH reads the key and the known hosts. ErrKey tells of the key; a file of known hosts that is not there or cannot be
// understood gives the error that says so.
func NewSSH(c SSHConfig) (*SSH, error) {
	signer, err := ssh.ParsePrivateKey(c.Key)
	if err != nil {
		return nil, ErrKey // what the parser says could quote the key
	}
	if c.KnownHosts == "" || c.Dial == nil || c.Timeout < 0 {
		return nil, errors.New("gitrepo: ssh needs a file of known hosts and a way to dial")
	}
	known, err := knownhosts.NewDB(c.KnownHosts)
	if err != nil {
		return nil, err
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultSSHTimeout
	}
	return &SSH{c: c, signer: signer, known: known}, nil
}

// RoundTrip answers a request of smart HTTP by a session of git-upload-pack.
func (s *SSH) RoundTrip(req *http.Request) (*http.Response, error) {
	path, list := strings.CutSuffix(req.URL.Path, refsSuffix)
	if !list {
		path = strings.TrimSuffix(path, "/"+service)
	}
	x, err := s.start(req, path)
	if err != nil {
		return nil, err
	}
	res := &http.Response{Request: req, StatusCode: http.StatusOK, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, ContentLength: -1, Body: x}
	kind := "result"
	if list {
		kind, err = "advertisement", x.begins()
		x.r = &untilFlush{r: x.out}
	} else {
		err = x.ask(req)
	}
	res.Header.Set("Content-Type", "application/x-"+service+"-"+kind)
	switch {
	case errors.Is(err, ErrAbsent):
		res.StatusCode = http.StatusNotFound
	case errors.Is(err, ErrUnsupported):
		res.StatusCode = http.StatusNotImplemented // the server does not know the version that was asked for
	case err != nil:
		return nil, errors.Join(err, x.Close())
	}
	return res, nil
}

// start connects, proves who we are, and starts git-upload-pack.
func (s *SSH) start(req *http.Request, path string) (_ *sshSession, err error) {
	ctx, at := req.Context(), req.URL.Host
	if req.URL.Port() == "" {
		at = net.JoinHostPort(req.URL.Hostname(), sshPort)
	}
	algorithms := s.known.HostKeyAlgorithms(at)
	if len(algorithms) == 0 {
		return nil, fmt.Errorf("%w: %s is not among the known hosts", ErrHostKey, at)
	}
	begin, cancel := context.WithTimeout(ctx, s.c.Timeout)
	defer cancel()
	conn, err := s.c.Dial(begin, "tcp", at)
	if err != nil {
		return nil, err
	}
	x := &sshSession{conn: &quietConn{Conn: conn, quiet: s.c.Timeout}}
	// What blocks on the connection ends with ctx, and the handshake as a whole within the time-out.
	x.stop = context.AfterFunc(ctx, func() { _ = conn.Close() })
	handshake := context.AfterFunc(begin, func() { _ = conn.Close() })
	defer func() {
		handshake()
		if err != nil {
			err = errors.Join(sshWhy(err, begin), x.Close())
		}
	}()
	user := req.URL.User.Username()
	if user == "" {
		user = defaultSSHUser
	}
	c, chans, reqs, err := ssh.NewClientConn(x.conn, at, &ssh.ClientConfig{
		User: user, Auth: []ssh.AuthMethod{ssh.PublicKeys(s.signer)}, HostKeyCallback: s.hostKey, HostKeyAlgorithms: algorithms, ClientVersion: "SSH-2.0-" + agent,
	})
	if err != nil {
		return nil, err
	}
	x.client = ssh.NewClient(c, chans, reqs)
	if x.session, err = x.client.NewSession(); err != nil {
		return nil, err
	}
	if v := req.Header.Get("Git-Protocol"); v != "" {
		// A server that does not take the variable answers in version 0, which is seen in what it says first.
		if err := x.session.Setenv("GIT_PROTOCOL", v); err != nil && begin.Err() != nil {
			return nil, err
		}
	}
	if x.in, err = x.session.StdinPipe(); err != nil {
		return nil, err
	}
	if x.out, err = x.session.StdoutPipe(); err != nil {
		return nil, err
	}
	x.r = x.out
	return x, x.session.Start(service + " " + shellWord(path))
}

// hostKey is the check of the server's key, with an error of ours.
func (s *SSH) hostKey(host string, remote net.Addr, key ssh.PublicKey) error {
	if err := s.known.HostKeyCallback()(host, remote, key); err != nil {
		return fmt.Errorf("%w: it shows %s", ErrHostKey, ssh.FingerprintSHA256(key))
	}
	return nil
}

// sshWhy gives the errors of a handshake our names.
func sshWhy(err error, begin context.Context) error {
	var none *ssh.AlgorithmNegotiationError
	switch {
	case errors.As(err, &none) && none.What == "host key": // it has none of the kinds that are known of it
		return fmt.Errorf("%w: it shows a key of another kind", ErrHostKey)
	case errors.As(err, &none): // the list of the other side may be as long as it likes
		return fmt.Errorf("%w: no common algorithm for %s", ErrUnsupported, none.What)
	case strings.Contains(err.Error(), "unable to authenticate"): // the library has no name for it
		return fmt.Errorf("%w: the server does not take the deploy key", ErrForbidden)
	case begin.Err() != nil:
		return fmt.Errorf("%w: %w", context.Cause(begin), err)
	}
	return err
}

// shellWord quotes a path for the shell that most servers give the command to; the others undo the same quotes (RFC 4254
// says nothing, git's own quote.c is what they all expect).
func shellWord(path string) string {
	if rest, ok := strings.CutPrefix(path, "/./"); ok {
		path = rest
	} else if strings.HasPrefix(path, "/~") {
		path = path[1:]
	}
	return "'" + strings.NewReplacer("'", `'\''`, "!", `'\!'`).Replace(path) + "'"
}

// sshPlace reads ssh://[user@]host[:port]/path and [user@]host:path.
func sshPlace(address string) (string, error) {
	if !strings.Contains(address, "://") {
		host, path, _ := strings.Cut(address, ":")
		if path == "" || path[0] == '\\' || path[0] == '-' || strings.HasSuffix(host, "@") || host[0] == '@' {
			return "", fmt.Errorf("%w: %q is not user@host:path", ErrInvalid, shown(address))
		}
		if path[0] != '/' {
			path = "/./" + path
		}
		address = (&url.URL{Scheme: "ssh", Host: host, Path: path}).String()
		if user, at, ok := strings.Cut(host, "@"); ok {
			address = (&url.URL{Scheme: "ssh", User: url.User(user), Host: at, Path: path}).String()
		}
		if err := checkAddress(address); err != nil {
			return "", err
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Path, "/") == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("%w: not ssh://user@host/path", ErrInvalid)
	}
	if _, password := u.User.Password(); password {
		return "", fmt.Errorf("%w: a password inside the address", ErrInvalid)
	}
	u.Scheme = "ssh"
	return strings.TrimRight(u.String(), "/"), nil
}

// quietConn ends a connection on which nothing comes or goes for a time.
type quietConn struct {
	net.Conn
	quiet time.Duration
}

// Read gives the next bytes, or an error after the silence.
func (c *quietConn) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.quiet)); err != nil { // the clock of the socket, not of the records
		return 0, err
	}
	return c.Conn.Read(b)
}

// Write sends the bytes, or fails when nobody takes them.
func (c *quietConn) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(c.quiet)); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

// sshSession is one git-upload-pack; as a body it is what it still has to say.
type sshSession struct {
	conn    net.Conn
	client  *ssh.Client
	session *ssh.Session
	in      io.WriteCloser
	out, r  io.Reader
	stop    func() bool
}
