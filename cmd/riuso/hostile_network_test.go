package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/indexer/outbound"
)

// moment is long enough for an answer on loopback to begin where none ever does, and short enough to be waited for.
const moment = 60 * time.Millisecond

// advertType says that what follows is a list of references.
func advertType(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
}

// answers is a place where every request gets the same.
func answers(h http.HandlerFunc) func(*testing.T, *ground) string {
	return func(t *testing.T, _ *ground) string { return serveHandler(t, h).URL + "/ente/kit" }
}

// answersStatus is a place that answers with a status, and with Retry-After where after is not empty.
func answersStatus(code int, after string) func(*testing.T, *ground) string {
	return answers(func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(code)
	})
}

// drip writes one byte after the other, a few milliseconds apart, until the client goes.
func drip(w http.ResponseWriter, r *http.Request) {
	const every = 5 * time.Millisecond
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if _, err := w.Write([]byte("0")); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

// slowly is a client that measures the speed of an answer after a moment.
func slowly(c *outbound.Config) { c.RateWindow, c.MinRate = moment, 1<<20 }

// hangs accepts connections and says nothing on them until the test ends.
func hangs(t *testing.T, _ *ground) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	held := make(chan net.Conn, 64)
	go func() {
		defer close(held)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			held <- c
		}
	}()
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		for c := range held {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return "http://" + l.Addr().String() + "/ente/kit"
}

// dead is an address at which nobody listens any more.
func dead(t *testing.T, _ *ground) string {
	t.Helper()
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	return s.URL + "/ente/kit"
}

func https(start func(*testing.T, *ground) string) func(*testing.T, *ground) string {
	return func(t *testing.T, g *ground) string { return strings.Replace(start(t, g), "http://", "https://", 1) }
}

// throughProxy is a repository behind a server that does what it wants with requests for objects.
func throughProxy(name string, post func(w http.ResponseWriter, r *http.Request, next http.Handler)) func(*testing.T, *ground) string {
	return func(t *testing.T, g *ground) string {
		to, err := url.Parse(g.base)
		if err != nil {
			t.Fatal(err)
		}
		next := httputil.NewSingleHostReverseProxy(to)
		return serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				post(w, r, next)
				return
			}
			next.ServeHTTP(w, r)
		}).URL + "/" + name
	}
}

// withoutPast answers every request for objects but that for the history of a commit.
func withoutPast(t *testing.T) func(w http.ResponseWriter, r *http.Request, next http.Handler) {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		asked, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if !bytes.Contains(asked, []byte("deepen")) && r.Header.Get("Git-Protocol") == "" {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(asked))
		next.ServeHTTP(w, r)
	}
}

// resolves makes a client for which every name is at these addresses, one answer after the other; the last one stays.
func resolves(asked *atomic.Int32, err error, addrs ...string) func(*outbound.Config) {
	return func(c *outbound.Config) {
		c.Lookup = func(context.Context, string) ([]netip.Addr, error) {
			n := int(asked.Add(1))
			if err != nil {
				return nil, err
			}
			return []netip.Addr{netip.MustParseAddr(addrs[min(n, len(addrs))-1])}, nil
		}
	}
}

func TestHostileNetwork(t *testing.T) {
	g := newGround(t)
	kit := g.repo(t, "kit", map[string]string{"publiccode.yml": "", "kit.md": kitText, "docs/guida.md": "# Guida\n"})
	gitrepotest.Commit(t, kit, "Seconda", map[string]string{"docs/guida.md": "# Guida nuova\n"})
	var asked atomic.Int32
	const later = "il server riceve troppe richieste e chiede di tornare dopo le …"
	const slow = "il server risponde troppo lentamente: si riprova alla prossima visita"
	const late = "il server non risponde in tempo: si riprova alla prossima visita"
	const broken = "il server interrompe la risposta, o risponde in modo non valido: si riprova alla prossima visita"
	const away = "il server rimanda ad altri indirizzi senza fine, o da https a http: scrivi l'indirizzo a cui il repository sta davvero"
	const noGit = "all'indirizzo non c'è un repository Git che si possa leggere: scrivi quello con cui lo si clona in https"
	const private = "l'indirizzo porta a una rete privata, che non si visita: serve un indirizzo pubblico"
	for _, p := range []hostilePlace{
		{name: "dead host", start: dead, outcome: catalog.Failed, reason: "il server rifiuta la connessione: è spento, o l'indirizzo è sbagliato"},
		{name: "a name that nobody has", start: func(*testing.T, *ground) string { return "https://git.comune.example/kit" }, outcome: catalog.Failed,
			client: resolves(&asked, &net.DNSError{Err: "no such host", IsNotFound: true}), reason: "nessun server ha questo nome: controlla l'indirizzo"},
		{name: "a resolver that is ill", start: func(*testing.T, *ground) string { return "https://git.comune.example/kit" }, outcome: catalog.Failed,
			client: resolves(&asked, &net.DNSError{Err: "server misbehaving", IsTemporary: true}), reason: "il nome del server non si riesce a risolvere: si riprova alla prossima visita"},
		{name: "hanging socket", start: hangs, outcome: catalog.Failed, client: func(c *outbound.Config) { c.HeaderTimeout = moment }, reason: late},
		{name: "hanging handshake", start: https(hangs), outcome: catalog.Failed, client: func(c *outbound.Config) { c.TLSTimeout = moment }, reason: late},
		{name: "one byte a second", outcome: catalog.Failed, client: slowly, reason: slow,
			start: answers(func(w http.ResponseWriter, r *http.Request) { advertType(w); drip(w, r) })},
		{name: "one byte a second, of the objects", outcome: catalog.Failed, client: slowly, reason: slow,
			start: throughProxy(string(goodID), func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
				w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
				drip(w, r)
			})},
		{name: "silence in the middle", outcome: catalog.Failed, client: func(c *outbound.Config) { c.IdleTimeout = moment }, reason: slow,
			start: answers(func(w http.ResponseWriter, r *http.Request) {
				advertType(w)
				w.WriteHeader(http.StatusOK)
				if err := http.NewResponseController(w).Flush(); err == nil {
					<-r.Context().Done()
				}
			})},
		{name: "broken off", outcome: catalog.Failed, reason: broken,
			start: answers(func(w http.ResponseWriter, _ *http.Request) { advertType(w); w.Header().Set("Content-Length", "1000") })},
		{name: "objects broken off", outcome: catalog.Failed, reason: broken,
			start: throughProxy(string(goodID), func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
				w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
				w.Header().Set("Content-Length", "1000")
			})},
		{name: "endless redirect", outcome: catalog.Failed, reason: away,
			start: answers(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) })},
		{name: "redirect to a private address", outcome: catalog.Failed, reason: private,
			start: answers(func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", http.StatusFound)
			})},
		{name: "a private address", outcome: catalog.Failed, reason: private, start: func(*testing.T, *ground) string { return "http://10.0.0.1/ente/kit" }},
		{name: "a page", outcome: catalog.Failed, reason: noGit,
			start: answers(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") })},
		{name: "not found", start: answersStatus(404, ""), outcome: catalog.Absent, reason: "il repository non esiste o non è più pubblico"},
		{name: "gone", start: answersStatus(410, ""), outcome: catalog.Absent, reason: "il repository non esiste o non è più pubblico"},
		{name: "private", start: answersStatus(401, ""), outcome: catalog.Failed, reason: "il server chiede credenziali: il repository non è pubblico, o l'indirizzo è sbagliato"},
		{name: "too many requests", start: answersStatus(429, ""), outcome: catalog.Failed, reason: later},
		{name: "too many requests, in an hour", start: answersStatus(429, "3600"), outcome: catalog.Failed, reason: later},
		{name: "too many requests, nonsense", start: answersStatus(429, "presto"), outcome: catalog.Failed, reason: later},
		{name: "a fault of the server", start: answersStatus(500, ""), outcome: catalog.Failed, reason: "il server ha un guasto (errore 500): si riprova alla prossima visita"},
		{name: "a history that does not come", outcome: catalog.Full, records: 1, start: throughProxy("kit", withoutPast(t)),
			finds: []string{":0 V06 la storia dei documenti non è stata ottenuta"}},
		{name: "references without end", outcome: catalog.Failed, bytes: 10 << 20, memory: 64 << 20,
			reason: "il repository supera i limiti di una visita: ha troppi file, o file troppo grandi; tieni il kit in un repository suo",
			start: answers(func(w http.ResponseWriter, r *http.Request) {
				advertType(w)
				line := []byte("0400" + strings.Repeat("1", 40) + " refs/heads/" + strings.Repeat("r", 0x400-4-41-11))
				for r.Context().Err() == nil {
					if _, err := w.Write(line); err != nil {
						return
					}
				}
			})},
	} {
		t.Run(p.name, func(t *testing.T) { g.visit(t, p) })
	}
}

// A name that is at a public address when it is asked first, and at a private one when it is asked again for the objects:
// the private one is not connected to.
func TestHostileSecondAnswerOfTheDNS(t *testing.T) {
	g := newGround(t)
	var asked, reached atomic.Int32
	inside, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("only one loopback address here:", err)
	}
	go func() {
		for {
			c, err := inside.Accept()
			if err != nil {
				return
			}
			reached.Add(1)
			if err := c.Close(); err != nil {
				return
			}
		}
	}()
	defer func() {
		if err := inside.Close(); err != nil {
			t.Error(err)
		}
	}()
	_, port, err := net.SplitHostPort(inside.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	outside, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Skip("the port is taken on the other address:", err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // so that the name is asked again
		to, err := url.Parse(g.base)
		if err != nil {
			t.Error(err)
			return
		}
		httputil.NewSingleHostReverseProxy(to).ServeHTTP(w, r)
	}))
	if err := s.Listener.Close(); err != nil {
		t.Fatal(err)
	}
	s.Listener = outside
	s.Start()
	defer s.Close()
	g.visit(t, hostilePlace{start: func(*testing.T, *ground) string { return "http://git.comune.example:" + port + "/" + string(goodID) },
		client: resolves(&asked, nil, "127.0.0.1", "127.0.0.2"), outcome: catalog.Failed,
		reason: "l'indirizzo porta a una rete privata, che non si visita: serve un indirizzo pubblico"})
	if asked.Load() != 2 || reached.Load() != 0 {
		t.Errorf("%d look-ups, %d connections to the private address", asked.Load(), reached.Load())
	}
}
