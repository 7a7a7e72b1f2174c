package outbound

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const secret = "gettone-che-nessuno-legge"

func tokenFile(t testing.TB, mode os.FileMode, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTokens(t *testing.T) {
	path := tokenFile(t, 0o600, "# forge\n\n  git.ente.it  uno\ngit.ente.it:8443 due\nGITHUB.com tre\n[::1]:3000 sei\n")
	env := map[string]string{"RIUSO_TOKEN_GIT_ENTE_IT": "mai", "RIUSO_TOKEN_FORGE__A_ENTE_IT": "quattro", "RIUSO_TOKEN_FORGE_ENTE_IT___3000": "cinque",
		"GITLAB_TOKEN": "gl\n", "GITEA_TOKEN": "con spazio", "GITHUB_TOKEN": "mai", "RIUSO_TOKEN_A_B_IT": "punto"}
	tk, err := NewTokens(path, func(n string) string { return env[n] })
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]string{
		"git.ente.it": "uno", "Git.Ente.it:443": "uno", "git.ente.it:8443": "due", "git.ente.it:80": "", "github.com": "tre", "api.github.com": "tre",
		"forge-a.ente.it": "quattro", "forge.ente.it:3000": "cinque", "forge.ente.it": "", "gitlab.com": "gl", "gitea.com": "", "[::1]:3000": "sei",
		"a.b.it": "punto", "a-b.it": "", "altro.it": "", "": "", "git.ente.it/x": "", "x.git.ente.it": "", "a..b": "",
	} {
		if got := tk.For(host); got != want {
			t.Errorf("%q: %q, want %q", host, got, want)
		}
	}
	var no *Tokens
	if no.For("git.ente.it") != "" {
		t.Error("nil has a token")
	}
}

func TestTokenFiles(t *testing.T) {
	for text, line := range map[string]string{
		"git.ente.it\n": "line 1", "\n# x\ngit.ente.it " + secret + " altro\n": "line 3", "https://git.ente.it " + secret: "line 1",
		"a.it x\nA.it:443 " + secret + "\n": "line 2", "a.it " + secret + "\x01\n": "line 1", "a.it:porta " + secret: "line 1",
	} {
		_, err := NewTokens(tokenFile(t, 0o600, text), none)
		if !errors.Is(err, ErrTokenFile) || !strings.Contains(err.Error(), line) || strings.Contains(err.Error(), secret) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604} {
		if _, err := NewTokens(tokenFile(t, mode, "a.it "+secret), none); !errors.Is(err, ErrReadable) {
			t.Errorf("%o: %v", mode, err)
		}
	}
	if _, err := NewTokens(tokenFile(t, 0o600, strings.Repeat("#", maxTokenFile+1)), none); !errors.Is(err, ErrSecretSize) {
		t.Error(err)
	}
	if _, err := NewTokens(filepath.Join(t.TempDir(), "x"), none); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestTokensAreNeverPrinted(t *testing.T) {
	tk, err := NewTokens(tokenFile(t, 0o600, "a.it "+secret), func(string) string { return secret })
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "tokens", tk, "value", *tk, "config", Config{Tokens: tk})
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "tokens", tk, "value", *tk)
	b, err := json.Marshal(map[string]any{"tokens": tk, "value": *tk})
	if err != nil {
		t.Fatal(err)
	}
	type holder struct{ hidden Tokens }
	all := log.String() + string(b) + fmt.Sprintf("%v %+v %#v %s %q %x", tk, *tk, tk, *tk, tk, *tk) + fmt.Sprintf("%v %+v %#v", holder{*tk}, Config{Tokens: tk}, Config{Tokens: tk})
	if strings.Contains(all, secret) || strings.Contains(all, fmt.Sprintf("%x", secret)) || !strings.Contains(all, "tokens of 1 hosts") {
		t.Error(all)
	}
}

// A token goes to its host and origin alone: not to another port, not after a redirect from elsewhere, not along with a
// redirect away, and not in place of a credential that the caller chose.
func TestTokensStayAtHome(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		user, pass, _ := r.BasicAuth()
		write(t, w, strings.ReplaceAll(r.Header.Get("Authorization")+"|"+user+":"+pass, "-", "_")) // as it is it would come back in stars
	}
	var away, home string
	seen := strings.ReplaceAll(secret, "-", "_")
	mine := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, away, http.StatusFound)
		case "/there-and-back":
			http.Redirect(w, r, away+"/back", http.StatusFound)
		case "/here":
			http.Redirect(w, r, "/", http.StatusFound)
		default:
			echo(w, r)
		}
	})
	other := server(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/back" {
			http.Redirect(w, r, home, http.StatusFound)
			return
		}
		echo(w, r)
	})
	away, home = other.URL, mine.URL
	tk, err := NewTokens(tokenFile(t, 0o600, strings.TrimPrefix(mine.URL, "http://")+" "+secret), none)
	if err != nil {
		t.Fatal(err)
	}
	cl := client(t, Config{Tokens: tk})
	for u, want := range map[string]string{
		home: "Bearer " + seen + "|:", home + "/here": "Bearer " + seen + "|:", away: "|:", home + "/away": "|:", away + "/back": "|:", home + "/there-and-back": "|:",
	} {
		if got, err := read(t, cl, u); err != nil || got != want {
			t.Errorf("%s: %q, %v", u, got, err)
		}
	}
	if got, err := read(t, cl, home+"/x.git/info/refs?service=git-upload-pack"); err != nil || !strings.HasSuffix(got, "|oauth2:"+seen) {
		t.Errorf("git: %q, %v", got, err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, home, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "altro")
	if got, err := do(cl, req); err != nil || got != "altro|:" {
		t.Errorf("%q, %v", got, err)
	}
	if req.Header.Get("Authorization") != "altro" {
		t.Error("the caller's request was changed")
	}
	plain, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://git.ente.it:443/", nil)
	if err != nil {
		t.Fatal(err)
	}
	every, err := NewTokens("", func(string) string { return secret })
	if err != nil {
		t.Fatal(err)
	}
	if words := every.sign(plain); len(words) > 0 || plain.Header.Get("Authorization") != "" {
		t.Error("a token goes out without https")
	}
}

// A room that sets the credential itself, by the name of the host, cannot send it in clear or to another port, and does not
// hear it again either.
func TestTokensThatTheCallerSets(t *testing.T) {
	tk, err := NewTokens(tokenFile(t, 0o600, "git.ente.it "+secret+"\ngit.ente.it:8443 altro-gettone\n"), none)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		url, name, value string
		kept             bool
	}{
		{"https://git.ente.it/api", "Authorization", "Bearer " + secret, true}, {"https://git.ente.it:443/api", "Private-Token", secret, true},
		{"http://git.ente.it/api", "Authorization", "Bearer " + secret, false}, {"http://git.ente.it:443/api", "Private-Token", secret, false},
		{"https://git.ente.it:8443/api", "Authorization", "Bearer " + secret, false}, {"https://git.ente.it:8443/api", "Authorization", "Bearer altro-gettone", true},
		{"https://git.ente.it:9/api", "Authorization", "token " + secret, false},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(c.name, c.value)
		words := tk.sign(req)
		if got := req.Header.Get(c.name); (got == c.value) != c.kept || (len(words) > 0) != c.kept || (!c.kept && got != "") {
			t.Errorf("%s %s: %q, %d words", c.url, c.name, got, len(words))
		}
	}
}

func FuzzParseTokens(f *testing.F) {
	f.Add([]byte("git.ente.it x\n# y\n[::1]:1 z"))
	f.Add([]byte("\ufeffa b\r\na:443 b"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := parseTokens(b)
		for at, token := range got {
			if key, ok := hostKey(at); !ok || key != at || !goodToken(token) {
				t.Errorf("%q %q", at, token)
			}
		}
		if (err != nil) != (got == nil) {
			t.Errorf("%v, %v", got, err)
		}
	})
}
