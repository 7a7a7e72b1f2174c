package forge

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// detect asks a host what it is, without any token: each kind has a question that it answers to everybody, if only by the
// form of its refusal. A host that does not answer at all, or not now, is not judged. closed says that it refuses a question
// that its kind answers to everybody unless all must sign in.
func (s *session) detect(ctx context.Context) (kind Kind, closed bool, err error) {
	if s.at.host == "bitbucket.org" {
		return "", false, fault(ErrNotForge, schema.T("gli elenchi di Bitbucket non si leggono ancora: usate una fonte di tipo kit per ogni repository",
			"the lists of Bitbucket are not read yet: use a source of kind kit for each repository"), nil)
	}
	s.meter.home, s.meter.auth = "", ""
	var unclear error
	refused := map[Kind]bool{}
	for _, probe := range []struct {
		kind Kind
		path string
		is   func(answer) bool
	}{
		{GitLab, "/api/v4/version", isGitLab},
		{Gitea, "/api/v1/version", isGitea},
		{Gitea, "/swagger.v1.json", isGiteaManual},
		{GitHub, "/api/v3/meta", isGitHub},
	} {
		a, err := s.fetch(ctx, s.at.web()+probe.path, "")
		if a.status == http.StatusUnauthorized || a.status == http.StatusForbidden {
			refused[probe.kind] = probe.kind != GitLab // which refuses it to every stranger
		}
		switch {
		case err != nil && !errors.Is(err, ErrTooLarge):
			return "", false, err
		case err != nil:
			unclear = errors.Join(unclear, err)
		case probe.is(a):
			return probe.kind, refused[probe.kind], nil
		case a.status >= 500 || exhausted(a.status, a.header):
			if unclear == nil {
				unclear = s.failure(a.status, a.header)
			}
		}
	}
	if unclear != nil {
		return "", false, unclear
	}
	return "", false, fault(ErrNotForge, schema.Tf("%[1]s non è una piattaforma che conosciamo: non ha risposto come GitLab (/api/v4/version), Gitea o Forgejo (/api/v1/version, /swagger.v1.json) né GitHub Enterprise (/api/v3/meta). Per un solo repository usate una fonte di tipo kit; se è una di queste, indicatene il tipo nella configurazione",
		"%[1]s is no forge that we know: it did not answer like GitLab (/api/v4/version), Gitea or Forgejo (/api/v1/version, /swagger.v1.json) nor GitHub Enterprise (/api/v3/meta). For one repository use a source of kind kit; if it is one of these, name its kind in the configuration", s.at.host), nil)
}

// form is what the answers by which a forge is known have in common.
type form struct {
	Version  string `json:"version"`
	Revision string `json:"revision"`
	Message  string `json:"message"`
	URL      string `json:"url"`
	Info     struct {
		Title string `json:"title"`
	} `json:"info"`
	Passwords *bool `json:"verifiable_password_authentication"`
}

// shape reads an answer as an object of JSON; anything else has no shape.
func shape(a answer) form {
	var f form
	if err := json.Unmarshal(a.body, &f); err != nil {
		return form{}
	}
	return f
}

// isGitLab: it tells its version and revision to those who are signed in, and repeats the status in words to the others.
func isGitLab(a answer) bool {
	f := shape(a)
	switch a.status {
	case http.StatusOK:
		return f.Version != "" && f.Revision != ""
	case http.StatusUnauthorized:
		return strings.HasPrefix(f.Message, "401 ")
	case http.StatusForbidden:
		return strings.HasPrefix(f.Message, "403 ")
	}
	return false
}

// isGitea: it tells its version to everybody; where people must sign in first, its refusal names the interface's manual.
func isGitea(a answer) bool {
	f := shape(a)
	switch a.status {
	case http.StatusOK:
		return f.Version != "" && f.Revision == ""
	case http.StatusUnauthorized, http.StatusForbidden:
		return f.Message != "" && strings.HasSuffix(f.URL, "/api/swagger")
	}
	return false
}

// isGiteaManual: the description of its interface has its name for a title.
func isGiteaManual(a answer) bool {
	title := strings.ToLower(shape(a).Info.Title)
	return a.status == http.StatusOK && (strings.Contains(title, "gitea") || strings.Contains(title, "forgejo"))
}

// isGitHub: GitHub Enterprise says its version in every answer, and has a field of its own in this one.
func isGitHub(a answer) bool {
	return a.header.Get("X-GitHub-Enterprise-Version") != "" || a.status == http.StatusOK && shape(a).Passwords != nil
}
