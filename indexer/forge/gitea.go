package forge

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
)

// giteaPage is how many repositories Gitea and Forgejo give on a page unless their operator allows more.
const giteaPage = 50

// gitea asks Gitea and Forgejo: an organisation, a user, or the whole server.
type gitea struct {
	s     *session
	owner string
}

// ways: an organisation first, then a user. Both come in the order of their identifiers, and so is the whole server asked.
func (g *gitea) ways() []way {
	if g.owner == "" {
		return []way{{name: "all", path: "repos/search?sort=id&order=asc&private=false&"}}
	}
	name := url.PathEscape(g.owner)
	return []way{{name: "org", path: "orgs/" + name + "/repos?"}, {name: "user", path: "users/" + name + "/repos?"}}
}

// ask asks for a page.
func (g *gitea) ask(ctx context.Context, w way, at spot, etag string) (answer, error) {
	return g.s.get(ctx, g.s.at.api(Gitea)+w.path+"limit="+strconv.Itoa(giteaPage)+"&page="+strconv.Itoa(at.page), etag)
}

// giteaEntry is what is used of a repository as Gitea gives it.
type giteaEntry struct {
	Name     string  `json:"name"`
	FullName string  `json:"full_name"`
	About    string  `json:"description"`
	Branch   string  `json:"default_branch"`
	Updated  stamp   `json:"updated_at"`
	Size     float64 `json:"size"`
	Empty    bool    `json:"empty"`
	Private  bool    `json:"private"`
	Internal bool    `json:"internal"`
	HasCode  *bool   `json:"has_code"`
	Archived bool    `json:"archived"`
	Fork     bool    `json:"fork"`
	Mirror   bool    `json:"mirror"`
	Template bool    `json:"template"`
	Parent   *struct {
		FullName string `json:"full_name"`
	} `json:"parent"`
	Owner struct {
		Visibility string `json:"visibility"`
	} `json:"owner"`
}

// read reads a page. A search of the whole server wraps it: {"ok": true, "data": […]}.
func (g *gitea) read(body []byte) (batch, error) {
	list := body
	if g.owner == "" {
		var found struct {
			OK   bool            `json:"ok"`
			Data json.RawMessage `json:"data"`
		}
		if err := g.s.decode(body, &found, '{'); err != nil {
			return batch{}, err
		}
		if !found.OK {
			return batch{}, g.s.garbled(nil)
		}
		list = found.Data
	}
	var entries []*giteaEntry
	if err := g.s.decode(list, &entries, '['); err != nil {
		return batch{}, err
	}
	b := batch{entries: len(entries)}
	for _, e := range entries {
		if e == nil {
			continue
		}
		r := Repository{Name: e.Name, FullName: e.FullName, Description: e.About, Branch: e.Branch, Pushed: e.Updated.Time, SizeKB: kilobytes(e.Size),
			Archived: e.Archived, Fork: e.Fork, Mirror: e.Mirror, Template: e.Template}
		switch {
		case e.Private || e.Internal || e.Owner.Visibility != "" && e.Owner.Visibility != "public": // of a limited owner, for who is signed in
			r.State = Private
		case e.HasCode != nil && !*e.HasCode:
			r.State = Disabled
		case e.Empty:
			r.State = Empty
		}
		if e.Parent != nil {
			r.Parent = line(e.Parent.FullName, maxSegment)
		}
		if r.place(g.s.at.web(), false) {
			b.repos = append(b.repos, r)
		}
	}
	return b, nil
}
