package outbound

import (
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
)

// A server that repeats the credential, in its header or in its words, is heard without it.
func TestAServerThatRepeatsTheToken(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		_, password, _ := r.BasicAuth()
		w.Header().Set("X-Seen", r.Header.Get("Authorization"))
		write(t, w, "ERR "+password+" "+r.Header.Get("Authorization")+" end")
	})
	tk, err := NewTokens(tokenFile(t, 0o600, strings.TrimPrefix(s.URL, "http://")+" "+secret), none)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/x.git/info/refs"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := client(t, Config{Tokens: tk}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Error(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
		all := string(b) + res.Header.Get("X-Seen")
		if strings.Contains(all, secret) || strings.Contains(all, base64.StdEncoding.EncodeToString([]byte("oauth2:"+secret))) ||
			!strings.HasPrefix(all, "ERR ") || !strings.Contains(all, " end") || !strings.Contains(all, "****") {
			t.Errorf("%s: %s", path, all)
		}
	}
}

func FuzzMasked(f *testing.F) {
	f.Add("a gettone gettogettone", "gettone-x")
	f.Add("aabaabaabaac", "aabaabaac")
	f.Fuzz(func(t *testing.T, text, word string) {
		if len(word) < minMasked || strings.Contains(word, "*") {
			return
		}
		read := func(r io.Reader) []byte {
			b, err := io.ReadAll(&masked{rc: io.NopCloser(r), words: [][]byte{[]byte(word)}})
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		one, all := read(iotest.OneByteReader(strings.NewReader(text))), read(strings.NewReader(text))
		if bytes.Contains(one, []byte(word)) || bytes.Contains(all, []byte(word)) || len(one) != len(text) || len(all) != len(text) {
			t.Errorf("%q %q %q", text, one, all)
		}
		if !strings.Contains(text, word) && (string(one) != text || string(all) != text) {
			t.Errorf("%q was changed: %q %q", text, one, all)
		}
	})
}
