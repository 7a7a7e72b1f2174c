package hooks

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Whatever a signed message says, what comes out is a bounded list of canonical web addresses.
func FuzzRead(f *testing.F) {
	repo := `"repository":{"html_url":"https://github.com/a/b","clone_url":"https://github.com/a/b.git","ssh_url":"git@github.com:a/b.git"}`
	f.Add(GitHub, "push", "", []byte(`{`+repo+`}`))
	f.Add(GitHub, "repository", "", []byte(`{"action":"renamed","changes":{"repository":{"name":{"from":"../x"}}},`+repo+`}`))
	f.Add(GitHub, "repository", "", []byte(`{"action":"transferred","changes":{"owner":{"from":{"user":{"login":"c?d"}}}},`+repo+`}`))
	f.Add(Gitea, "create", "", []byte(`{"ref_type":"tag",`+repo+`}`))
	f.Add(GitLab, "Push Hook", "", []byte(`{"object_kind":"push","project":{"web_url":"https://gitlab.com/a/b/c"}}`))
	f.Add(GitLab, "System Hook", "https://git.example.it/x/", []byte(`{"event_name":"project_transfer","path_with_namespace":"a/b/c","old_path_with_namespace":"d/c"}`))
	f.Add(GitLab, "System Hook", "https://git.example.it", []byte(`{"event_name":"group_rename","full_path":"a/b","old_full_path":"`+strings.Repeat("a/", 500)+`b"}`))
	f.Fuzz(func(t *testing.T, forge, event, instance string, body []byte) {
		h := http.Header{}
		h.Set("X-Github-Event", event)
		h.Set("X-Gitea-Event", event)
		h.Set("X-Gitlab-Instance", instance)
		p, ping, err := read(forge, h, body)
		if p == nil {
			return
		}
		if err != nil || ping || p.Event == "" || len(p.URLs)+len(p.Owners) == 0 {
			t.Fatalf("%+v %v %v", p, ping, err)
		}
		if len(p.URLs) > 16 || len(p.Owners) > MaxOwners+1 {
			t.Errorf("%d addresses, %d owners", len(p.URLs), len(p.Owners))
		}
		all := slices.Concat(p.URLs, p.Owners)
		for _, u := range all {
			if !strings.HasPrefix(u, "https://") || len(u) > MaxURL || publiccode.NormalizeURL(u) != u {
				t.Errorf("%q is not canonical: %q", u, publiccode.NormalizeURL(u))
			}
		}
	})
}

func FuzzSignature(f *testing.F) {
	f.Add("sha256=" + strings.Repeat("ab", 32))
	f.Add("sha1=00")
	f.Fuzz(func(t *testing.T, said string) {
		for _, forge := range []string{GitHub, Gitea} {
			for _, field := range signatureFields[forge] {
				h := http.Header{}
				h.Set(field, said)
				if sum := signature(forge, h); sum != nil && signed(sum, []byte("body"), []string{"secret"}) {
					t.Errorf("%q is taken for a signature", said)
				}
			}
		}
	})
}
