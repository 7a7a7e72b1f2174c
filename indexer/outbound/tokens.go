package outbound

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// The bounds of a file of tokens.
const (
	maxTokenFile = 64 << 10 // bytes
	maxToken     = 1024     // bytes of one
)

// Why a file of tokens, or of a key, is not taken.
var (
	// ErrReadable: the file can be read by others than its owner.
	ErrReadable = errors.New("readable by others")
	// ErrSecretSize: the file is larger than such a file can be.
	ErrSecretSize = errors.New("too large")
	// ErrTokenFile: a line is not "host token", or its host has one already. The error gives the line and never what it
	// holds.
	ErrTokenFile = errors.New("not a file of tokens")
)

// TokenFileError is [ErrTokenFile] with its line.
type TokenFileError struct{ Line int }

func (e *TokenFileError) Error() string { return fmt.Sprintf("%v: line %d", ErrTokenFile, e.Line) }

// Unwrap gives [ErrTokenFile].
func (e *TokenFileError) Unwrap() error { return ErrTokenFile }

// Tokens are the operator's credentials by host. A token is shown to nobody: however the value is printed, logged or
// encoded, what is in it does not appear. The nil value has none.
type Tokens struct {
	find func(hostPort string) string // a function, because no printer looks inside one
	n    int
}

// NewTokens takes the tokens of a file, if path is not empty, and of the environment. Lines of the file are "host token"
// or "host:port token"; empty ones and those that begin with # are left out. A file that others than its owner may read
// gives ErrReadable, one that is written otherwise ErrTokenFile. The environment has RIUSO_TOKEN_GIT_ENTE_IT for
// git.ente.it (a dash of the name is two underscores, a port follows three) and, as the crawlers of publiccode.yml use
// them, GITHUB_TOKEN for github.com, GITLAB_TOKEN for gitlab.com and GITEA_TOKEN for gitea.com. The file comes first.
func NewTokens(path string, getenv func(string) string) (*Tokens, error) {
	file := map[string]string{}
	if path != "" {
		b, err := ReadSecret(path, maxTokenFile)
		if err != nil {
			return nil, err
		}
		if file, err = parseTokens(b); err != nil {
			return nil, err
		}
	}
	usual := map[string]string{"github.com:443": "GITHUB_TOKEN", "gitlab.com:443": "GITLAB_TOKEN", "gitea.com:443": "GITEA_TOKEN"}
	find := func(at string) string {
		if t := file[at]; t != "" {
			return t
		}
		for _, name := range []string{envName(at), usual[at]} {
			if name == "" {
				continue
			}
			if t := strings.TrimSpace(getenv(name)); goodToken(t) {
				return t
			}
		}
		return ""
	}
	return &Tokens{n: len(file), find: func(at string) string {
		if t := find(at); t != "" || at != "api.github.com:443" {
			return t
		}
		return find("github.com:443") // the same house: its API has a name of its own
	}}, nil
}

// For gives the token of a host ("git.ente.it", "git.ente.it:8443"), "" for none. Whoever asks must send it nowhere else,
// and only by https; a client of this package does so by itself (Config.Tokens).
func (t *Tokens) For(host string) string {
	at, ok := hostKey(host)
	if t == nil || t.find == nil || !ok {
		return ""
	}
	return t.find(at)
}

// String hides the tokens.
func (t Tokens) String() string { return fmt.Sprintf("tokens of %d hosts in a file", t.n) }

// GoString hides the tokens.
func (t Tokens) GoString() string { return t.String() }

// LogValue hides the tokens.
func (t Tokens) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText hides the tokens.
func (t Tokens) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// sign adds the token of the host to a request that has no credential of its own: by https or to this machine, and only
// when every hop that led here was of the same origin, so that nobody sends us to a place that only we may open. Git asks
// for a name and a password, where the forges take the token as password; everything else takes it as bearer (RFC 6750).
// It gives the words that must not be seen in the answer.
func (t *Tokens) sign(req *http.Request) []string {
	if t == nil {
		return nil
	}
	if req.Header.Get("Authorization") != "" || req.Header.Get("Private-Token") != "" {
		return t.hold(req)
	}
	if !private(req) {
		return nil
	}
	for hop := req; hop.Response != nil; hop = hop.Response.Request {
		if hop.Response.Request == nil || origin(hop.Response.Request.URL) != origin(req.URL) {
			return nil
		}
	}
	token := t.For(HostPort(req.URL))
	switch {
	case token == "":
		return nil
	case strings.HasSuffix(req.URL.Path, "/info/refs"), strings.HasSuffix(req.URL.Path, "/git-upload-pack"):
		req.SetBasicAuth("oauth2", token)
	default:
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return hidden(token, req)
}

// hold looks at a credential that the caller chose. A token of ours that somebody asked For by the name of the host alone
// does not leave by http, nor to a port that it is not for; the words of any other are for its caller to keep.
func (t *Tokens) hold(req *http.Request) []string {
	here := t.For(HostPort(req.URL))
	for _, name := range []string{"Authorization", "Private-Token"} {
		sent := req.Header.Get(name)
		for _, token := range []string{here, t.For(req.URL.Hostname())} {
			if token == "" || !strings.Contains(sent, token) {
				continue
			}
			if private(req) && token == here {
				return hidden(token, req)
			}
			req.Header.Del(name)
		}
	}
	return nil
}

// hidden are the words that must not be seen in the answer to a request with a token.
func hidden(token string, req *http.Request) []string {
	if len(token) < minMasked {
		return nil
	}
	if _, form, ok := strings.Cut(req.Header.Get("Authorization"), " "); ok && len(form) >= minMasked {
		return []string{token, form}
	}
	return []string{token}
}

// private says whether nobody on the way can read the request.
func private(req *http.Request) bool {
	if req.URL.Scheme == "https" {
		return true
	}
	a, err := netip.ParseAddr(req.URL.Hostname())
	return err == nil && a.Unmap().IsLoopback()
}

// parseTokens reads the lines of a file of tokens.
func parseTokens(b []byte) (map[string]string, error) {
	out, n := map[string]string{}, 0
	for line := range bytes.Lines(bytes.TrimPrefix(b, []byte("\ufeff"))) {
		n++
		words := strings.Fields(string(line))
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		at, ok := hostKey(words[0])
		if !ok || len(words) != 2 || !goodToken(words[1]) || out[at] != "" {
			return nil, &TokenFileError{Line: n}
		}
		out[at] = words[1]
	}
	return out, nil
}

// goodToken says whether a header can carry it.
func goodToken(s string) bool {
	return s != "" && len(s) <= maxToken && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// hostKey brings "host" and "host:port" to one form; the port of https where there is none.
func hostKey(s string) (string, bool) {
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		host, port = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"), "443"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil || host == "" {
		return "", false
	}
	if _, err := netip.ParseAddr(host); err != nil && strings.ContainsFunc(host, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.'
	}) {
		return "", false
	}
	return strings.ToLower(net.JoinHostPort(host, port)), true
}

// envName is the variable of a host, "" for what is not a plain name. Two hosts never share one: a name has no two dots
// together and no dash beside a dot, so one underscore is a dot, a pair a dash, and three come before the port.
func envName(at string) string {
	host, port, err := net.SplitHostPort(at)
	if err != nil || strings.Contains(host, ":") {
		return ""
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return ""
		}
	}
	name := "RIUSO_TOKEN_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "__").Replace(host))
	if port != "443" {
		name += "___" + port
	}
	return name
}

// readSecret reads a file that only its owner may read, up to limit bytes.
func ReadSecret(path string, limit int64) (_ []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if mode := info.Mode(); mode.IsRegular() && mode.Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%s: %w (mode %04o)", path, ErrReadable, mode.Perm())
	}
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%s: %w: more than %d bytes", path, ErrSecretSize, limit)
	}
	return b, nil
}
