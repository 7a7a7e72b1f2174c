package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema"
)

// loopback opens this machine to the tests; 127.0.0.2 stays closed, as a private network would be.
func loopback() network {
	return network{
		allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			switch host {
			case "private.example.it":
				return []netip.Addr{netip.MustParseAddr("127.0.0.2")}, nil
			case "later.example.it":
				return nil, &net.DNSError{Err: "server misbehaving", Name: host, IsTemporary: true}
			}
			return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		},
	}
}

func pngFile(t *testing.T, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// towns answers in every way in which a server of a small town may.
func towns(t *testing.T) *httptest.Server {
	t.Helper()
	logo := pngFile(t, 10)
	status := map[string]int{"/ok": 200, "/404": 404, "/410": 410, "/500": 500, "/401": 401, "/429": 429, "/304": 304}
	mux := http.NewServeMux()
	for path, code := range status {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
	}
	noHead := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead {
				w.WriteHeader(code)
				return
			}
			if r.Header.Get("Range") == "" {
				t.Errorf("%s is asked for the whole", r.URL)
			}
			w.WriteHeader(http.StatusPartialContent)
		}
	}
	mux.HandleFunc("/nohead405", noHead(405))
	mux.HandleFunc("/nohead403", noHead(403))
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(int64(1)<<40))
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/ok", http.StatusMovedPermanently) })
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://private.example.it/", http.StatusFound)
	})
	mux.HandleFunc("/hang", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/cut", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/logo.png", func(w http.ResponseWriter, _ *http.Request) {
		if _, err := w.Write(logo); err != nil {
			t.Log(err)
		}
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// opened makes an external that asks with a short patience.
func opened(t *testing.T) *external {
	t.Helper()
	e := &external{network: true, net: loopback(), timeout: 300 * time.Millisecond}
	if err := e.open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.close)
	return e
}

// looked writes a publiccode.yml in a folder and looks beyond it: "P60 landingURL" of each finding.
func looked(t *testing.T, e *external, text string, files map[string]string) ([]string, []schema.Finding) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "publiccode.yml")
	if err := os.WriteFile(file, []byte("publiccodeYmlVersion: '0'\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := e.path(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := e.path(t.Context(), file)
	if err != nil || len(alone) != len(found) {
		t.Errorf("the file alone: %v, %v", alone, err)
	}
	var out []string
	for _, f := range found {
		if f.File != file || f.Line < 2 || f.Column < 1 || f.Message.It == "" || f.Message.En == "" || f.Hint.IsZero() || strings.Contains(f.Message.It+f.Message.En, "%!") {
			t.Errorf("%+v", f)
		}
		out = append(out, f.Code+" "+f.Key)
	}
	return out, found
}

func TestAddressesThatDoNotAnswerAreTold(t *testing.T) {
	s := towns(t)
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of our refusal
	secure.StartTLS()
	t.Cleanup(secure.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	e := opened(t)
	for _, c := range []struct{ address, code, it, en string }{
		{s.URL + "/ok", "", "", ""}, {s.URL + "/304", "", "", ""}, {s.URL + "/moved", "", "", ""}, {s.URL + "/large", "", "", ""},
		{s.URL + "/nohead405", "", "", ""}, {s.URL + "/nohead403", "", "", ""},
		{s.URL + "/404", "P60", "risponde 404, qui non c'è nulla", "answers 404, there is nothing here"},
		{s.URL + "/410", "P60", "410", "410"}, {s.URL + "/500", "P60", "500, il server ha un guasto", "500"}, {s.URL + "/401", "P60", "non è pubblico", "not public"},
		{s.URL + "/429", "P62", "più tardi", "later"},
		{s.URL + "/loop", "P60", "rimanda altrove", "redirects"},
		{s.URL + "/inside", "P62", "rete privata", "private network"},
		{"http://127.0.0.2/", "P62", "rete privata", "private network"},
		{s.URL + "/hang", "P60", "in tempo", "in time"},
		{s.URL + "/cut", "P60", "chiude la connessione", "closes the connection"},
		{"http://nowhere.example.it/", "P60", "nessun server ha questo nome", "no server has this name"},
		{"http://later.example.it/", "P62", "non si risolve", "cannot be resolved"},
		{secure.URL, "P60", "non è di un'autorità riconosciuta", "not from a known authority"},
		{strings.Replace(s.URL, "http:", "https:", 1), "P60", "https", "https"},
		{strings.Replace(s.URL, "http://", "http://me:secret@", 1), "P60", "password", "password"},
		{gone.URL, "P60", "rifiuta la connessione", "refuses the connection"},
	} {
		got, found := looked(t, e, "landingURL: "+c.address+"\n", nil)
		if c.code == "" {
			if len(got) > 0 {
				t.Errorf("%s: %v", c.address, found)
			}
			continue
		}
		if len(got) != 1 || got[0] != c.code+" landingURL" || !strings.Contains(found[0].Message.It, c.it) || !strings.Contains(found[0].Message.En, c.en) {
			t.Errorf("%s: %v", c.address, found)
		}
	}
}

func TestTheRepositoryMustAnswerAsOne(t *testing.T) {
	root := t.TempDir()
	gitrepotest.Init(t, filepath.Join(root, "ente", "kit"), map[string]string{"publiccode.yml": "name: x\n"})
	h, err := gitrepotest.Handler(root)
	if err != nil {
		t.Fatal(err)
	}
	repos := httptest.NewServer(h)
	t.Cleanup(repos.Close)
	s, e := towns(t), opened(t)
	for address, want := range map[string]string{
		repos.URL + "/ente/kit":     "",
		repos.URL + "/ente/altro":   "P61",
		s.URL + "/ok":               "P61",
		"git://git.example.it/x":    "P61",
		s.URL + "/500":              "P61", // what is below it is not there
		"http://127.0.0.2/x":        "P62",
		"http://nowhere.example.it": "P60",
	} {
		got, found := looked(t, e, "url: "+address+"\n", nil)
		if want != "" {
			want += " url"
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s: %v, want %q", address, found, want)
		}
	}
}

// The findings are the same, and in the same order, however many are asked at once; what two keys share is asked once.
func TestFindingsKeepTheOrderOfTheFile(t *testing.T) {
	s, e := towns(t), opened(t)
	text := "landingURL: " + s.URL + "/hang\nroadmap: " + s.URL + "/404\nlogo: " + s.URL + "/logo.png\nmonochromeLogo: nero.svg\ndescription:\n"
	var want []string
	for i := range 12 {
		lang := fmt.Sprintf("%c%c", "iefd"[i%4], "tnre"[i%4])
		if i > 3 {
			lang = fmt.Sprintf("it-x-%d", i)
		}
		text += fmt.Sprintf("  %s: {documentation: '%s/404?%d'}\n", lang, s.URL, i%2)
		key := "description." + lang + ".documentation"
		if strings.Contains(lang, "-") {
			key = "description[" + lang + "].documentation"
		}
		want = append(want, "P60 "+key)
	}
	want = append([]string{"P60 landingURL", "P60 roadmap", "P54 logo", "P50 monochromeLogo"}, want...)
	for range 3 {
		if got, _ := looked(t, e, text, nil); !slices.Equal(got, want) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	}
}

func TestFilesNeedNoNetwork(t *testing.T) {
	e := &external{files: true}
	if err := e.open(); err != nil || e.client != nil {
		t.Fatalf("%v, a client %v", err, e.client)
	}
	text := "url: https://nowhere.example.it/x\nlogo: logo.png\nlegal: {authorsFile: AUTORI}\n"
	if got, _ := looked(t, e, text, map[string]string{"logo.png": string(pngFile(t, 1200))}); !slices.Equal(got, []string{"P50 legal.authorsFile"}) {
		t.Errorf("%q", got)
	}
	nothing := &external{}
	if got, _ := looked(t, nothing, text, nil); len(got) > 0 {
		t.Errorf("%q although nobody asked", got)
	}
}

func TestKitsOfACatalogueAreLookedBeyond(t *testing.T) {
	dir := t.TempDir()
	for _, kit := range []string{"a", "b"} {
		if err := os.MkdirAll(filepath.Join(dir, "kits", kit), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "kits", kit, "publiccode.yml"), []byte("publiccodeYmlVersion: '0'\nlogo: ../logo.svg\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	e := &external{files: true}
	found, err := e.path(t.Context(), dir)
	if err != nil || len(found) != 2 || found[1].File != filepath.Join(dir, "kits", "b", "publiccode.yml") || found[1].Code != "P50" {
		t.Errorf("%v, %v", found, err)
	}
}

func TestAskingStopsWithTheProgram(t *testing.T) {
	s, e := towns(t), opened(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "publiccode.yml"), []byte("publiccodeYmlVersion: '0'\nlandingURL: "+s.URL+"/hang\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := e.path(ctx, dir); err == nil {
		t.Error("an answer after the end")
	}
}
