package forge

import (
	"net/http"
	"testing"
)

// Where an address leads: which interface is asked, for whom.
func TestPlaces(t *testing.T) {
	kinds := map[string]Kind{"www.provincia.example.it/git": Gitea, "codice.example.it:8443": GitLab, "ghe.example.it": GitHub}
	for _, c := range []struct {
		url        string
		kind       Kind
		api, owner string
	}{
		{"https://github.com/Comune-Esempio", GitHub, "https://api.github.com/", "Comune-Esempio"},
		{"http://WWW.GitHub.com/orgs/comune-esempio/repositories?type=all#x", GitHub, "https://api.github.com/", "comune-esempio"},
		{"https://ente.ghe.com/ufficio", GitHub, "https://api.ente.ghe.com/", "ufficio"},
		{"https://ghe.example.it/ufficio/", GitHub, "https://ghe.example.it/api/v3/", "ufficio"},
		{"https://gitlab.com/groups/regione/enti/-/children", GitLab, "https://gitlab.com/api/v4/", "regione/enti"},
		{"https://codice.example.it:8443", GitLab, "https://codice.example.it:8443/api/v4/", ""},
		{"https://codeberg.org:443/ente", Gitea, "https://codeberg.org/api/v1/", "ente"},
		{"https://www.provincia.example.it/git/ente", Gitea, "https://www.provincia.example.it/git/api/v1/", "ente"},
		{"https://www.provincia.example.it/git", Gitea, "https://www.provincia.example.it/git/api/v1/", ""},
	} {
		p, kind, err := find(c.url, kinds)
		if err != nil || kind != c.kind {
			t.Errorf("%s: %q %v", c.url, kind, err)
			continue
		}
		owner, err := p.owner(kind)
		if err != nil || owner != c.owner || p.api(kind) != c.api {
			t.Errorf("%s: %q at %s, %v", c.url, owner, p.api(kind), err)
		}
	}
	if _, kind, err := find("https://www.provincia.example.it/gitea/ente", kinds); kind != "" || err != nil {
		t.Errorf("another folder: %q %v", kind, err)
	}
}

// A token may travel over https and within this machine.
func TestPrivate(t *testing.T) {
	for raw, want := range map[string]bool{"https://git.example.it": true, "http://git.example.it": false, "http://127.0.0.1:3000": true, "http://[::1]:3000": true, "http://localhost:3000": true, "http://10.0.0.1": false} {
		p, _, err := find(raw, nil)
		if err != nil {
			t.Fatal(err)
		}
		s := newSession(Config{Client: http.DefaultClient}, p)
		if err := s.allow(Gitea, "prova"); err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.api(Gitea), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.meter.auth != "" && s.meter.mine(req); got != want {
			t.Errorf("%s: %v", raw, got)
		}
	}
}
