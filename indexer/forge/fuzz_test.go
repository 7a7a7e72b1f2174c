package forge

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Whatever a forge answers is either a list, of which every repository has an address on that forge and texts of bounded
// length, or an error; and so is whatever a mark or an address of a source holds.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		`[]`, `null`, ``, `<html>`, `{}`, `[null]`, `[[]]`, `[{"id":1}]`, `{"ok":true,"data":[{"full_name":"a/b"}]}`, "\xef\xbb\xbf[]",
		`[{"id":7,"name":"kit","full_name":"ente/kit","description":null,"pushed_at":"2026-03-01T09:00:00Z","size":12,"private":false,"visibility":"public","parent":{"full_name":"x/y"}}]`,
		`[{"id":7,"path":"kit","path_with_namespace":"ente/uffici/kit","empty_repo":true,"last_activity_at":"ieri","forked_from_project":{"path_with_namespace":"x/y"}}]`,
		`[{"full_name":"ente/../kit","size":1e300}]`, `[{"full_name":"ente/kit.git"}]`, `[{"full_name":"ente/%2e%2e"}]`,
	} {
		f.Add([]byte(seed), "1 github org abc W/\"x\"", "https://git.example.it/ente")
	}
	f.Add([]byte(`[]`), "1", "http://.") // a host of which nothing is left
	f.Fuzz(func(t *testing.T, body []byte, last, address string) {
		s := newSession(Config{Client: http.DefaultClient}, place{scheme: "https", host: "git.example.it"})
		for _, d := range []dialect{newGitHub(s, "ente"), &gitlab{s: s, owner: "ente"}, &gitea{s: s, owner: "ente"}, &gitea{s: s}} {
			b, err := d.read(body)
			if err != nil {
				continue
			}
			if len(b.repos) > b.entries {
				t.Fatalf("%d repositories of %d entries", len(b.repos), b.entries)
			}
			for _, r := range b.repos {
				u, err := url.Parse(r.URL)
				if err != nil || u.Host != "git.example.it" || u.Scheme != "https" || u.Path != "/"+r.FullName || u.RawQuery != "" || u.Fragment != "" || r.CloneURL != r.URL+".git" {
					t.Fatalf("%q gives %q", r.FullName, r.URL)
				}
				if utf8.RuneCountInString(r.Description) > maxDescription+1 || strings.ContainsFunc(r.Description+r.Name+r.Branch, unicode.IsControl) || r.SizeKB < 0 {
					t.Fatalf("%+v", r)
				}
			}
			digest("https://git.example.it", "ente", b.repos)
		}
		detected := answer{status: 200, body: body}
		if isGitLab(detected) && isGitea(detected) {
			t.Fatal("two kinds at once")
		}
		if m := readMark(last); m.kind != "" && readMark(m.String()).String() != m.String() {
			t.Fatalf("mark %q", last)
		}
		if p, _, err := find(address, nil); err == nil {
			for _, kind := range []Kind{GitHub, GitLab, Gitea} {
				if u, err := url.Parse(p.api(kind)); err != nil || u.Host == "" || u.User != nil {
					t.Fatalf("%q leads to %q", address, p.api(kind))
				}
			}
		}
	})
}
