package main

import (
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/rogpeppe/go-internal/testscript"
)

// sshsrv DIR serves the repositories below a folder over ssh: $SSH is host and port; deploy_key, known_hosts and
// other_hosts, which has another key for it, are files in the script's folder.
func scriptSSH(ts *testscript.TestScript, neg bool, args []string) {
	const seed, stranger = 1, 50
	s, err := gitrepotest.NewSSH(ts.MkAbs(args[0]), seed, false)
	ts.Check(err)
	ts.Defer(s.Close)
	_, _, err = s.WriteSSH(ts.MkAbs("."))
	ts.Check(err)
	line, err := gitrepotest.KnownHost(s.Addr, stranger)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("other_hosts"), []byte(line), 0o600))
	ts.Setenv("SSH", s.Addr)
}

// tlssrv DIR TOKEN serves the repositories below a folder by https, to those who have the token: $TLS is the address
// ($TLSADDR without the scheme, $TLSPORT its port), ca.pem the authority, tokens a file with the token. Whoever has another one is shown it in the answer.
func scriptTLS(ts *testscript.TestScript, neg bool, args []string) {
	h, err := gitrepotest.Handler(ts.MkAbs(args[0]))
	ts.Check(err)
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, password, _ := r.BasicAuth(); password != args[1] {
			if password == "" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			w.Header().Set("Content-Type", "text/"+password)
			if _, err := io.WriteString(w, r.Header.Get("Authorization")); err != nil {
				return
			}
			return
		}
		h.ServeHTTP(w, r)
	}))
	ts.Defer(s.Close)
	ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("tokens"), fmt.Appendf(nil, "%s %s\nexample.com %s\n", s.Listener.Addr(), args[1], args[1]), 0o600))
	ts.Setenv("TLS", s.URL)
	ts.Setenv("TLSADDR", s.Listener.Addr().String())
	ts.Setenv("TLSPORT", strconv.Itoa(s.Listener.Addr().(*net.TCPAddr).Port))
}

// proxysrv ADDR starts a proxy that leads every CONNECT to one address: $PROXY is its own.
func scriptProxy(ts *testscript.TestScript, neg bool, args []string) {
	var led atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		far, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", args[0])
		if err != nil {
			http.Error(w, "no", http.StatusBadGateway)
			return
		}
		near, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		led.Add(1)
		if _, err := io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
			return
		}
		for _, c := range [][2]net.Conn{{far, near}, {near, far}} {
			go func() {
				_, _ = io.Copy(c[0], c[1])
				_ = c[0].Close()
			}()
		}
	}))
	ts.Defer(func() {
		s.Close()
		if led.Load() == 0 {
			ts.Fatalf("nobody went by the proxy")
		}
	})
	ts.Setenv("PROXY", s.URL)
}

// subst FILE... puts the variables of the script into files.
func scriptSubst(ts *testscript.TestScript, neg bool, args []string) {
	for _, a := range args {
		b, err := os.ReadFile(ts.MkAbs(a))
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Clean(ts.MkAbs(a)), []byte(os.Expand(string(b), ts.Getenv)), 0o600))
	}
}
