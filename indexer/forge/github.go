package forge

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/go-github/v60/github"
)

// githubPage is how many repositories GitHub gives on a page at most.
const githubPage = 100

// githubForge asks GitHub and GitHub Enterprise through go-github: its requests, its paging and its reading of errors.
// Entries are read here, into the fields that are used: the library's own type holds custom properties as texts only,
// while GitHub gives lists too, and one such repository would make a whole page unreadable.
type githubForge struct {
	s      *session
	owner  string
	client *github.Client
}

// newGitHub makes the client of one listing. It keeps no rate limit from one to the next: the Lister does.
func newGitHub(s *session, owner string) *githubForge {
	c := github.NewClient(s.client)
	c.UserAgent = "" // the client that goes out says who we are
	if u, err := url.Parse(s.at.api(GitHub)); err == nil {
		c.BaseURL = u
	}
	return &githubForge{s: s, owner: owner, client: c}
}

// ways: an organisation first, then a user, whose own repositories alone are meant. GitHub knows public ones apart only
// with organisations; of a user it gives nothing else.
func (g *githubForge) ways() []way {
	name := url.PathEscape(g.owner)
	return []way{
		{name: "org", path: "orgs/" + name + "/repos?type=public&sort=created&direction=asc"},
		{name: "user", path: "users/" + name + "/repos?type=owner&sort=created&direction=asc"},
	}
}

// ask asks for a page.
func (g *githubForge) ask(ctx context.Context, w way, at spot, etag string) (answer, error) {
	req, err := g.client.NewRequest(http.MethodGet, w.path+"&per_page="+strconv.Itoa(githubPage)+"&page="+strconv.Itoa(at.page), nil)
	if err != nil {
		return answer{}, g.s.broken(ctx, err)
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	var body bytes.Buffer
	res, err := g.client.Do(ctx, req, &body)
	if res == nil || res.Response == nil {
		if err == nil {
			err = errors.New("no answer")
		}
		return answer{}, g.s.broken(ctx, err)
	}
	a := answer{status: res.StatusCode, header: res.Header, body: body.Bytes(), more: res.NextPage > at.page}
	if a.same() && etag != "" || err == nil && a.status == http.StatusOK {
		return a, nil
	}
	var rate *github.RateLimitError
	var abuse *github.AbuseRateLimitError
	switch {
	case errors.As(err, &rate) && res.Header.Get("Retry-After") == "" && !rate.Rate.Reset.IsZero():
		return answer{}, limited(g.s.at.host, within(rate.Rate.Reset.Time, g.s.now()))
	case errors.As(err, &rate) || errors.As(err, &abuse):
		return answer{}, limited(g.s.at.host, reset(res.Header, g.s.now()))
	case a.status == http.StatusOK:
		return answer{}, g.s.broken(ctx, err) // the answer broke off
	}
	return answer{}, g.s.failure(a.status, a.header)
}

// githubEntry is what is used of a repository as GitHub gives it ("minimal-repository" of its description).
type githubEntry struct {
	Name       string  `json:"name"`
	FullName   string  `json:"full_name"`
	About      *string `json:"description"`
	Branch     string  `json:"default_branch"`
	Pushed     stamp   `json:"pushed_at"`
	Size       float64 `json:"size"`
	Private    bool    `json:"private"`
	Visibility string  `json:"visibility"`
	Disabled   bool    `json:"disabled"`
	Archived   bool    `json:"archived"`
	Fork       bool    `json:"fork"`
	Template   bool    `json:"is_template"`
	Mirror     *string `json:"mirror_url"`
	Parent     *struct {
		FullName string `json:"full_name"`
	} `json:"parent"`
}

// read reads a page. GitHub does not say that a repository is empty: only one never pushed to, without size, surely is.
func (g *githubForge) read(body []byte) (batch, error) {
	var entries []*githubEntry
	if err := g.s.decode(body, &entries, '['); err != nil {
		return batch{}, err
	}
	b := batch{entries: len(entries)}
	for _, e := range entries {
		if e == nil {
			continue
		}
		r := Repository{Name: e.Name, FullName: e.FullName, Description: text(e.About), Branch: e.Branch, Pushed: e.Pushed.Time, SizeKB: kilobytes(e.Size),
			Archived: e.Archived, Fork: e.Fork, Mirror: text(e.Mirror) != "", Template: e.Template}
		switch {
		case e.Private || e.Visibility != "" && e.Visibility != "public":
			r.State = Private
		case e.Disabled:
			r.State = Disabled
		case r.Pushed.IsZero() && r.SizeKB == 0:
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

// text gives what may be null.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// kilobytes gives a size that a server wrote as any number.
func kilobytes(n float64) int64 {
	const most = 1 << 50
	if n < 0 || n > most {
		return 0
	}
	return int64(n)
}
