package forgetest

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/indexer/forge"
)

// object writes one JSON object, member after member.
type object struct {
	b     []byte
	begun bool
}

func (o *object) name(n string) {
	if o.begun {
		o.b = append(o.b, ',')
	} else {
		o.b = append(o.b, '{')
		o.begun = true
	}
	o.b = append(o.b, '"')
	o.b = append(o.b, n...)
	o.b = append(o.b, '"', ':')
}

func (o *object) text(n, v string) {
	o.name(n)
	q, err := json.Marshal(v)
	if err != nil {
		q = []byte(`""`) // a string always marshals
	}
	o.b = append(o.b, q...)
}

// plain writes a text in which nothing has to be escaped: an address.
func (o *object) plain(n string, parts ...string) {
	o.name(n)
	o.b = append(o.b, '"')
	for _, p := range parts {
		o.b = append(o.b, p...)
	}
	o.b = append(o.b, '"')
}

func (o *object) flag(n string, v bool) {
	o.name(n)
	o.b = strconv.AppendBool(o.b, v)
}

func (o *object) number(n string, v int64) {
	o.name(n)
	o.b = strconv.AppendInt(o.b, v, 10)
}

func (o *object) raw(n, v string) {
	o.name(n)
	o.b = append(o.b, v...)
}

// date writes a moment; without one, null.
func (o *object) date(n string, t time.Time) {
	if t.IsZero() {
		o.raw(n, "null")
		return
	}
	o.name(n)
	o.b = append(o.b, '"')
	o.b = t.UTC().AppendFormat(o.b, time.RFC3339)
	o.b = append(o.b, '"')
}

// write gives a page in the kind's form.
func (s *Server) write(base, owner string, page []entry) []byte {
	form := giteaRepo
	switch s.kind {
	case forge.GitHub:
		form = githubRepo
	case forge.GitLab:
		form = gitlabProject
	}
	o := object{b: []byte{'['}}
	for i, e := range page {
		if i > 0 {
			o.b = append(o.b, ',')
		}
		o.begun = false
		if e.Branch == "" {
			e.Branch = "main"
		}
		form(&o, base, owner, e)
		o.b = append(o.b, '}')
	}
	return append(o.b, ']')
}

// created is a moment for each identifier: the later, the greater.
func created(id int64) time.Time {
	return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(id) * time.Minute)
}

func visibility(e entry) string {
	if e.Private {
		return "private"
	}
	return "public"
}

// githubUser writes the owner as GitHub's description has it ("simple-user").
func githubUser(base, owner string) string {
	api := base + "/api/v3/users/" + owner
	var o object
	o.plain("login", owner)
	o.number("id", 1)
	o.plain("node_id", "O_1")
	o.plain("avatar_url", base, "/avatars/1")
	o.plain("gravatar_id")
	o.plain("html_url", base, "/", owner)
	o.plain("url", api)
	for _, n := range []string{"followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events", "received_events"} {
		o.plain(n+"_url", api, "/", n)
	}
	o.plain("type", "Organization")
	o.flag("site_admin", false)
	return string(append(o.b, '}'))
}

// githubLinks are the addresses that GitHub adds to each repository.
func githubLinks() []string {
	return []string{"archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents", "contributors",
		"deployments", "downloads", "events", "forks", "git_commits", "git_refs", "git_tags", "hooks", "issue_comment", "issue_events", "issues",
		"keys", "labels", "languages", "merges", "milestones", "notifications", "pulls", "releases", "stargazers", "statuses", "subscribers",
		"subscription", "tags", "teams", "trees"}
}

// githubRepo writes a repository as GitHub's description has it ("minimal-repository").
func githubRepo(o *object, base, owner string, e entry) {
	web := base + "/" + owner + "/" + e.Name
	api := base + "/api/v3/repos/" + owner + "/" + e.Name
	o.number("id", e.id)
	o.plain("node_id", "R_", strconv.FormatInt(e.id, 10))
	o.text("name", e.Name)
	o.text("full_name", owner+"/"+e.Name)
	o.flag("private", e.Private)
	o.raw("owner", githubUser(base, owner))
	o.text("html_url", web)
	if e.Description == "" {
		o.raw("description", "null")
	} else {
		o.text("description", e.Description)
	}
	o.flag("fork", e.Fork)
	o.text("url", api)
	for _, n := range githubLinks() {
		o.text(n+"_url", api+"/"+n)
	}
	o.text("clone_url", web+".git")
	if e.Mirror {
		o.text("mirror_url", "https://example.it/"+e.Name)
	} else {
		o.raw("mirror_url", "null")
	}
	o.date("created_at", created(e.id))
	o.date("updated_at", created(e.id))
	if e.Empty {
		e.Pushed, e.SizeKB = time.Time{}, 0
	}
	o.date("pushed_at", e.Pushed)
	o.number("size", e.SizeKB)
	o.number("stargazers_count", 0)
	o.raw("topics", "[]")
	o.text("default_branch", e.Branch)
	o.flag("is_template", e.Template)
	o.flag("archived", e.Archived)
	o.flag("disabled", e.Disabled)
	o.plain("visibility", visibility(e))
	o.raw("permissions", `{"admin":false,"push":false,"pull":true}`)
	o.raw("custom_properties", `{"ambiti":["a","b"],"ente":"c_a123","livello":null}`)
}

// gitlabProject writes a project as GitLab does.
func gitlabProject(o *object, base, owner string, e entry) {
	full := owner + "/" + e.Name
	o.number("id", e.id)
	o.text("name", e.Name)
	o.text("path", e.Name[strings.LastIndexByte(e.Name, '/')+1:])
	o.text("path_with_namespace", full)
	o.text("description", e.Description)
	if e.Empty {
		o.raw("default_branch", "null")
	} else {
		o.text("default_branch", e.Branch)
	}
	o.text("web_url", base+"/"+full)
	o.text("http_url_to_repo", base+"/"+full+".git")
	o.date("created_at", created(e.id))
	o.date("last_activity_at", e.Pushed)
	o.plain("visibility", visibility(e))
	o.flag("archived", e.Archived)
	o.flag("empty_repo", e.Empty)
	o.flag("mirror", e.Mirror)
	access := "enabled"
	if e.Disabled {
		access = "disabled"
	}
	o.plain("repository_access_level", access)
	if e.Fork {
		var from object
		from.text("path_with_namespace", e.Parent)
		o.raw("forked_from_project", string(append(from.b, '}')))
	}
}

// giteaRepo writes a repository as Gitea does.
func giteaRepo(o *object, base, owner string, e entry) {
	full := owner + "/" + e.Name
	o.number("id", e.id)
	o.raw("owner", `{"id":1,"login":`+strconv.Quote(owner)+`}`)
	o.text("name", e.Name)
	o.text("full_name", full)
	o.text("description", e.Description)
	o.flag("empty", e.Empty)
	o.flag("private", e.Private)
	o.flag("fork", e.Fork)
	o.flag("template", e.Template)
	if e.Fork && e.Parent != "" {
		var from object
		from.text("full_name", e.Parent)
		o.raw("parent", string(append(from.b, '}')))
	} else {
		o.raw("parent", "null")
	}
	o.flag("mirror", e.Mirror)
	o.number("size", e.SizeKB)
	o.text("html_url", base+"/"+full)
	o.text("clone_url", base+"/"+full+".git")
	o.text("default_branch", e.Branch)
	o.flag("archived", e.Archived)
	o.flag("has_code", !e.Disabled)
	o.date("created_at", created(e.id))
	o.date("updated_at", e.Pushed)
	o.flag("internal", false)
}
