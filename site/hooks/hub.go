package hooks

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// errNoRepository says that a message does not name what it is about.
var errNoRepository = errors.New("no repository in the message")

// hubPayload is what is read of a message of GitHub, Gitea and Forgejo. Source:
// https://docs.github.com/webhooks/webhook-events-and-payloads, https://docs.gitea.com/usage/webhooks.
type hubPayload struct {
	Action     string          `json:"action"`
	Changes    json.RawMessage `json:"changes"` // read for renamed and transferred only: its form is another in each event
	Repository struct {
		HTMLURL  string `json:"html_url"`
		CloneURL string `json:"clone_url"`
		SSHURL   string `json:"ssh_url"`
		GitURL   string `json:"git_url"`
	} `json:"repository"`
}

// hubChanges says what a repository was before.
type hubChanges struct {
	Repository struct {
		Name struct {
			From string `json:"from"`
		} `json:"name"`
	} `json:"repository"`
	Owner struct {
		From struct {
			User         hubAccount `json:"user"`
			Organization hubAccount `json:"organization"`
		} `json:"from"`
	} `json:"owner"`
}

type hubAccount struct {
	Login string `json:"login"`
}

// repositoryActions are those of the event "repository".
var repositoryActions = map[string]Event{
	"created": Created, "edited": Edited, "renamed": Renamed, "transferred": Transferred, "archived": Archived,
	"unarchived": Archived, "publicized": Published, "privatized": Hidden, "deleted": Deleted,
}

// readHub reads a message of GitHub, Gitea or Forgejo, which are alike. A nil Push means that the event is of no interest.
func readHub(event string, body []byte) (*Push, error) {
	var kind Event
	switch event {
	case "push":
		kind = Pushed
	case "create":
		kind = RefCreated
	case "delete":
		kind = RefDeleted
	case "release":
		kind = Released
	case "public":
		kind = Published
	case "repository":
	default:
		return nil, nil
	}
	var p hubPayload
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, fmt.Errorf("hooks: %s: %w", event, err)
	}
	if event == "repository" {
		if kind = repositoryActions[p.Action]; kind == "" {
			return nil, nil
		}
	}
	r := p.Repository
	out := &Push{Event: kind, URLs: add(nil, r.HTMLURL, r.CloneURL, r.SSHURL, r.GitURL), Deleted: kind == Deleted}
	if len(out.URLs) == 0 {
		return nil, fmt.Errorf("hooks: %s: %w", event, errNoRepository)
	}
	switch kind {
	case Pushed, RefCreated, RefDeleted, Released, Edited:
		return out, nil
	}
	out.Owners = add(nil, parent(out.URLs[0]))
	if kind == Renamed || kind == Transferred {
		if err := out.before(p.Changes); err != nil {
			return nil, fmt.Errorf("hooks: %s: %w", event, err)
		}
	}
	return out, nil
}

// before adds the addresses that the repository had.
func (p *Push) before(changes json.RawMessage) error {
	if len(changes) == 0 {
		return nil
	}
	var c hubChanges
	if err := json.Unmarshal(changes, &c); err != nil {
		return err
	}
	login := c.Owner.From.Organization.Login
	if login == "" {
		login = c.Owner.From.User.Login
	}
	for _, now := range p.URLs {
		owner, name := parent(now), now[len(parent(now)):]
		if from := c.Repository.Name.From; from != "" && owner != "" {
			name = "/" + url.PathEscape(from)
			p.URLs = add(p.URLs, owner+name)
		}
		if login != "" && owner != "" {
			former := owner[:len(owner)-len(lastStep(owner))] + url.PathEscape(login)
			p.URLs = add(p.URLs, former+name)
			p.Owners = add(p.Owners, former)
		}
	}
	return nil
}

// lastStep gives what follows the last slash.
func lastStep(address string) string {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '/' {
			return address[i+1:]
		}
	}
	return address
}
