package forge

import (
	"context"
	"net/url"
	"strconv"
	"strings"
)

// gitlabPage is how many projects GitLab gives on a page at most.
const gitlabPage = 100

// gitlab asks GitLab: a group with its subgroups, a user, or the whole server.
type gitlab struct {
	s     *session
	owner string
}

// ways: a group first, then a user. Pages are cut by identifier, which never changes. Of the whole server each page begins
// after the last identifier of the one before, as GitLab wants it beyond 50,000; groups can only be asked by number of page.
// Archived projects are there, those that other groups only share are not.
func (g *gitlab) ways() []way {
	const order = "order_by=id&sort=asc&visibility=public"
	if g.owner == "" {
		return []way{{name: "all", path: "projects?pagination=keyset&" + order, keyset: true}}
	}
	name := url.PathEscape(g.owner)
	ways := []way{{name: "group", path: "groups/" + name + "/projects?include_subgroups=true&with_shared=false&" + order}}
	if !strings.Contains(g.owner, "/") {
		ways = append(ways, way{name: "user", path: "users/" + name + "/projects?" + order})
	}
	return ways
}

// ask asks for a page.
func (g *gitlab) ask(ctx context.Context, w way, at spot, etag string) (answer, error) {
	u := g.s.at.api(GitLab) + w.path + "&per_page=" + strconv.Itoa(gitlabPage)
	switch {
	case !w.keyset:
		u += "&page=" + strconv.Itoa(at.page)
	case at.after > 0:
		u += "&id_after=" + strconv.FormatInt(at.after, 10)
	}
	a, err := g.s.get(ctx, u, etag)
	if err == nil && a.header.Get("X-Next-Page") != "" {
		a.more = true
	}
	return a, err
}

// gitlabEntry is what is used of a project as GitLab gives it. To those who are not signed in it tells less; what it does
// not tell is taken for ordinary.
type gitlabEntry struct {
	ID         int64   `json:"id"`
	Name       string  `json:"path"`
	FullName   string  `json:"path_with_namespace"`
	About      *string `json:"description"`
	Branch     *string `json:"default_branch"`
	Active     stamp   `json:"last_activity_at"`
	Visibility string  `json:"visibility"`
	Access     string  `json:"repository_access_level"`
	Empty      bool    `json:"empty_repo"`
	Archived   bool    `json:"archived"`
	Mirror     bool    `json:"mirror"`
	Source     *struct {
		FullName string `json:"path_with_namespace"`
	} `json:"forked_from_project"`
}

// read reads a page.
func (g *gitlab) read(body []byte) (batch, error) {
	var entries []*gitlabEntry
	if err := g.s.decode(body, &entries, '['); err != nil {
		return batch{}, err
	}
	b := batch{entries: len(entries)}
	for _, e := range entries {
		if e == nil {
			continue
		}
		b.last = max(b.last, e.ID)
		r := Repository{Name: e.Name, FullName: e.FullName, Description: text(e.About), Branch: text(e.Branch), Pushed: e.Active.Time,
			Archived: e.Archived, Fork: e.Source != nil, Mirror: e.Mirror}
		switch {
		case e.Visibility != "" && e.Visibility != "public", e.Access == "private":
			r.State = Private
		case e.Access == "disabled":
			r.State = Disabled
		case e.Empty:
			r.State = Empty
		}
		if e.Source != nil {
			r.Parent = line(e.Source.FullName, maxSegment*2)
		}
		if r.place(g.s.at.web(), true) {
			b.repos = append(b.repos, r)
		}
	}
	return b, nil
}
