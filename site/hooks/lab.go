package hooks

import (
	"encoding/json"
	"fmt"
	"strings"
)

// labPayload is what is read of a message of GitLab. Messages of projects carry the project; those of a whole instance
// or group about projects that come, move and go carry only paths, and a header names the instance. Source:
// https://docs.gitlab.com/user/project/integrations/webhook_events/, https://docs.gitlab.com/administration/system_hooks/.
type labPayload struct {
	ObjectKind string `json:"object_kind"`
	EventName  string `json:"event_name"`
	After      string `json:"after"`
	Project    struct {
		WebURL     string `json:"web_url"`
		GitHTTPURL string `json:"git_http_url"`
		GitSSHURL  string `json:"git_ssh_url"`
	} `json:"project"`
	Path        string `json:"path_with_namespace"`
	OldPath     string `json:"old_path_with_namespace"`
	FullPath    string `json:"full_path"`
	OldFullPath string `json:"old_full_path"`
}

// readLab reads a message of GitLab; instance is the header X-Gitlab-Instance. A nil Push means that the event is of no
// interest.
func readLab(instance string, body []byte) (*Push, error) {
	var p labPayload
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, fmt.Errorf("hooks: gitlab: %w", err)
	}
	kind := p.ObjectKind
	if kind == "" {
		kind = p.EventName
	}
	var out *Push
	switch kind {
	case "push", "repository_update":
		out = p.project(Pushed)
	case "tag_push":
		out = p.project(RefCreated)
		if p.After != "" && strings.Trim(p.After, "0") == "" {
			out.Event = RefDeleted
		}
	case "release":
		out = p.project(Released)
	case "project_create":
		out = p.moved(Created, instance)
	case "project_destroy":
		out = p.moved(Deleted, instance)
	case "project_rename":
		out = p.moved(Renamed, instance)
	case "project_transfer":
		out = p.moved(Transferred, instance)
	case "project_update": // says not what changed: it may be who can see it
		out = p.moved(Edited, instance)
	case "group_rename", "group_destroy":
		out = &Push{Event: GroupMoved, Owners: groups(instance, p.FullPath, p.OldFullPath)}
	default:
		return nil, nil
	}
	if len(out.URLs)+len(out.Owners) == 0 {
		return nil, fmt.Errorf("hooks: gitlab: %w", errNoRepository)
	}
	return out, nil
}

// project is a message that carries its project.
func (p *labPayload) project(e Event) *Push {
	return &Push{Event: e, URLs: add(nil, p.Project.WebURL, p.Project.GitHTTPURL, p.Project.GitSSHURL)}
}

// moved is a message that carries only paths.
func (p *labPayload) moved(e Event, instance string) *Push {
	out := &Push{Event: e, Deleted: e == Deleted}
	var around []string
	for _, path := range []string{p.Path, p.OldPath} {
		group, _, ok := cutLast(path)
		if !ok {
			continue
		}
		out.URLs = add(out.URLs, below(instance, path))
		around = append(around, group)
	}
	out.Owners = groups(instance, around...)
	return out
}

// groups gives the addresses of groups and of all groups around them, nearest first.
func groups(instance string, paths ...string) []string {
	var out []string
	for _, path := range paths {
		for ok := path != ""; ok && len(out) < MaxOwners; path, _, ok = cutLast(path) {
			out = add(out, below(instance, path))
		}
	}
	return out
}

// below gives the address of a path of an instance, or "".
func below(instance, path string) string {
	if instance == "" || strings.HasPrefix(path, "/") {
		return ""
	}
	return strings.TrimRight(instance, "/") + "/" + path
}

func cutLast(path string) (before, after string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i <= 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}
