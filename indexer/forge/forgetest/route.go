package forgetest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/open-community-pa/riuso/indexer/forge"
)

// route finds out what is asked for, or answers itself and reports false.
func (s *Server) route(w http.ResponseWriter, r *http.Request, path string) (question, bool) {
	switch s.kind {
	case forge.GitHub:
		return s.routeGitHub(w, r, path)
	case forge.GitLab:
		return s.routeGitLab(w, r, path)
	}
	return s.routeGitea(w, r, path)
}

func (s *Server) routeGitHub(w http.ResponseWriter, r *http.Request, path string) (question, bool) {
	w.Header().Set("X-GitHub-Enterprise-Version", "3.19.0")
	if path == "/api/v3/meta" {
		answer(w, `{"verifiable_password_authentication":true,"installed_version":"3.19.0"}`)
		return question{}, false
	}
	v := r.URL.Query()
	q := question{descending: v.Get("direction") == "desc", withPrivate: v.Get("type") != "public" && r.Header.Get("Authorization") != ""}
	if sort := v.Get("sort"); sort != "created" {
		refuse(w, http.StatusUnprocessableEntity, "only sort=created is known here")
		return q, false
	}
	q.paging(v, "per_page", pageMost)
	return q, s.named(w, r, path, "/api/v3/orgs/", "/api/v3/users/", "/repos", &q)
}

func (s *Server) routeGitLab(w http.ResponseWriter, r *http.Request, path string) (question, bool) {
	v := r.URL.Query()
	q := question{descending: v.Get("sort") != "asc", withPrivate: v.Get("visibility") != "public" && r.Header.Get("Authorization") != ""}
	q.paging(v, "per_page", pageMost)
	switch path {
	case "/api/v4/version":
		refuse(w, http.StatusUnauthorized, "401 Unauthorized")
		return q, false
	case "/api/v4/projects":
		q.keyset = v.Get("pagination") == "keyset" && !q.descending
		q.after = int64(number(v.Get("id_after")))
		return q, true
	}
	return q, s.named(w, r, path, "/api/v4/groups/", "/api/v4/users/", "/projects", &q)
}

func (s *Server) routeGitea(w http.ResponseWriter, r *http.Request, path string) (question, bool) {
	v := r.URL.Query()
	q := question{withPrivate: r.Header.Get("Authorization") != ""}
	q.paging(v, "limit", pageMostTea)
	switch path {
	case "/api/v1/version":
		answer(w, `{"version":"1.26.0"}`)
		return q, false
	case "/api/v1/repos/search":
		q.wrapped = true
		q.withPrivate = q.withPrivate && v.Get("private") != "false"
		return q, true
	}
	return q, s.named(w, r, path, "/api/v1/orgs/", "/api/v1/users/", "/repos", &q)
}

// named finds the owner in the path of a request, as an organisation (a group) or as a user.
func (s *Server) named(w http.ResponseWriter, r *http.Request, path, org, user, end string, q *question) bool {
	prefix := org
	if s.user {
		prefix = user
	}
	// GitHub and Gitea answer for organisations under the path of users, too.
	if !s.user && s.kind != forge.GitLab && strings.HasPrefix(path, user) {
		prefix = user
	}
	rest, ok := strings.CutPrefix(path, prefix)
	name, whole := strings.CutSuffix(rest, end)
	name, err := url.PathUnescape(name)
	if !ok || !whole || err != nil {
		refuse(w, http.StatusNotFound, "Not Found")
		return false
	}
	if s.former != "" && strings.EqualFold(name, s.former) {
		to := prefix + url.PathEscape(s.owner) + end
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return false
	}
	if strings.EqualFold(name, s.owner) {
		q.group = s.owner
		return true
	}
	if s.kind == forge.GitLab && len(name) > len(s.owner) && strings.EqualFold(name[:len(s.owner)+1], s.owner+"/") {
		q.group = s.owner + name[len(s.owner):]
		if len(s.view(question{group: q.group, withPrivate: true})) > 0 {
			return true
		}
	}
	refuse(w, http.StatusNotFound, "Not Found")
	return false
}

// answer sends a small JSON value.
func answer(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if _, err := w.Write([]byte(body)); err != nil {
		return // the client went away
	}
}
