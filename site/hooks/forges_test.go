package hooks_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/site/hooks"
)

// A repository that changes its name or its owner is known by its old address until it is visited again.
func TestGitHubOldAddresses(t *testing.T) {
	repo := `"repository":{"html_url":"https://github.com/unione/kit-nuovo","clone_url":"https://github.com/unione/kit-nuovo.git"}`
	for name, tc := range map[string]struct {
		body         string
		event        hooks.Event
		urls, owners []string
	}{
		"renamed": {`{"action":"renamed","changes":{"repository":{"name":{"from":"kit"}}},` + repo + `}`, hooks.Renamed,
			[]string{"https://github.com/unione/kit-nuovo", "https://github.com/unione/kit"}, []string{"https://github.com/unione"}},
		"transferred by an organisation": {`{"action":"transferred","changes":{"owner":{"from":{"organization":{"login":"comune"}}}},` + repo + `}`, hooks.Transferred,
			[]string{"https://github.com/unione/kit-nuovo", "https://github.com/comune/kit-nuovo"}, []string{"https://github.com/unione", "https://github.com/comune"}},
		"deleted":    {`{"action":"deleted",` + repo + `}`, hooks.Deleted, []string{"https://github.com/unione/kit-nuovo"}, []string{"https://github.com/unione"}},
		"archived":   {`{"action":"archived",` + repo + `}`, hooks.Archived, []string{"https://github.com/unione/kit-nuovo"}, []string{"https://github.com/unione"}},
		"unarchived": {`{"action":"unarchived",` + repo + `}`, hooks.Archived, []string{"https://github.com/unione/kit-nuovo"}, []string{"https://github.com/unione"}},
	} {
		s := newSite(t)
		if got := s.send(t, github("repository", name, tc.body)); got.Code != http.StatusAccepted {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		wantPush(t, s.last(t), tc.event, tc.urls, tc.owners)
	}
}

// Gitea and Forgejo send GitHub's form of messages with signatures of their own; a site may stand below a path.
func TestGiteaAndForgejo(t *testing.T) {
	body := `{"ref":"v1.0","ref_type":"tag","repository":{"html_url":"https://example.it/git/comune/kit","clone_url":"https://example.it/git/comune/kit.git","ssh_url":"ssh://git@ssh.example.it:2222/comune/kit.git"}}`
	both := []string{"https://example.it/git/comune/kit", "https://ssh.example.it/comune/kit"}
	for event, want := range map[string]hooks.Event{"push": hooks.Pushed, "create": hooks.RefCreated, "delete": hooks.RefDeleted, "release": hooks.Released} {
		s := newSite(t)
		if got := s.send(t, gitea(event, event, body)); got.Code != http.StatusAccepted || got.Status != "accepted" {
			t.Errorf("%s: %+v", event, got)
		}
		wantPush(t, s.last(t), want, both, nil)
	}
	s := newSite(t)
	for _, action := range []string{"created", "deleted"} {
		r := gitea("repository", action, `{"action":"`+action+`",`+body[1:])
		for name := range r.Header { // as Forgejo sends it
			if after, ok := strings.CutPrefix(name, "X-Gitea-"); ok {
				r.Header["X-Forgejo-"+after] = r.Header[name]
			}
		}
		if got := s.send(t, r); got.Code != http.StatusAccepted {
			t.Errorf("%s: %+v", action, got)
		}
		wantPush(t, s.last(t), hooks.Event(action), both, []string{"https://example.it/git/comune"})
	}
}

const labProject = `"project":{"web_url":"https://git.regione.example.it/enti/comune/kit","git_http_url":"https://git.regione.example.it/enti/comune/kit.git","git_ssh_url":"git@git.regione.example.it:enti/comune/kit.git","path_with_namespace":"enti/comune/kit"}`

// GitLab's messages, with the fields of its documentation. Those of a whole instance carry paths only.
func TestGitLab(t *testing.T) {
	const base = "https://git.regione.example.it/"
	kit := []string{base + "enti/comune/kit"}
	around := []string{base + "enti/comune", base + "enti"}
	moved := []string{base + "enti/comune/kit", base + "vecchio/kit"}
	for _, tc := range []struct {
		header, body string
		event        hooks.Event
		urls, owners []string
	}{
		{"Push Hook", `{"object_kind":"push","event_name":"push","after":"da15",` + labProject + `}`, hooks.Pushed, kit, nil},
		{"Tag Push Hook", `{"object_kind":"tag_push","after":"82b3",` + labProject + `}`, hooks.RefCreated, kit, nil},
		{"Tag Push Hook", `{"object_kind":"tag_push","after":"0000000000000000000000000000000000000000",` + labProject + `}`, hooks.RefDeleted, kit, nil},
		{"Release Hook", `{"object_kind":"release","action":"create",` + labProject + `}`, hooks.Released, kit, nil},
		{"System Hook", `{"event_name":"repository_update",` + labProject + `}`, hooks.Pushed, kit, nil},
		{"System Hook", `{"event_name":"project_create","path_with_namespace":"enti/comune/kit"}`, hooks.Created, kit, around},
		{"System Hook", `{"event_name":"project_update","path_with_namespace":"enti/comune/kit","project_visibility":"public"}`, hooks.Edited, kit, around},
		{"Project Hook", `{"event_name":"project_destroy","path_with_namespace":"enti/comune/kit"}`, hooks.Deleted, kit, around},
		{"System Hook", `{"event_name":"project_rename","path_with_namespace":"enti/comune/kit","old_path_with_namespace":"enti/comune/kit-0"}`, hooks.Renamed,
			[]string{base + "enti/comune/kit", base + "enti/comune/kit-0"}, around},
		{"System Hook", `{"event_name":"project_transfer","path_with_namespace":"enti/comune/kit","old_path_with_namespace":"vecchio/kit"}`, hooks.Transferred,
			moved, append(around[:2:2], base+"vecchio")},
		{"System Hook", `{"event_name":"group_rename","full_path":"enti/comune","old_full_path":"enti/municipio"}`, hooks.GroupMoved, nil,
			[]string{base + "enti/comune", base + "enti", base + "enti/municipio"}},
	} {
		s := newSite(t)
		if got := s.send(t, gitlab(tc.header, "1", tc.body)); got.Code != http.StatusAccepted || got.Event != tc.event {
			t.Errorf("%s: %+v", tc.body, got)
			continue
		}
		wantPush(t, s.last(t), tc.event, tc.urls, tc.owners)
	}
	s := newSite(t)
	if got := s.send(t, gitlab("Issue Hook", "2", `{"object_kind":"issue",`+labProject+`}`)); got.Code != http.StatusAccepted || got.Status != "nothing" || len(s.pushed) > 0 {
		t.Errorf("an issue: %+v, %v", got, s.pushed)
	}
	r := gitlab("System Hook", "3", `{"event_name":"project_create","path_with_namespace":"enti/comune/kit"}`)
	r.Header.Del("X-Gitlab-Instance")
	if got := s.send(t, r); got.Code != http.StatusBadRequest || len(s.pushed) > 0 {
		t.Errorf("a path of nobody knows which GitLab: %+v", got)
	}
}
