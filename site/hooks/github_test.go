package hooks_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/open-community-pa/riuso/schema/sharedtest"
	"github.com/open-community-pa/riuso/site/hooks"
)

// fromNPM reads a file of the front end's development packages.
func fromNPM(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "internal", "forgespecs", "node_modules", "@octokit", filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		sharedtest.Missing(t, name+" is not there (make test fetches it): messages are not compared with GitHub's own description")
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// description is what GitHub says of its own messages.
type description struct {
	Hooks map[string]struct {
		Post struct {
			Parameters  []struct{ Name, In string }
			RequestBody struct {
				Content map[string]struct {
					Schema struct {
						Ref string `json:"$ref"`
					}
				}
			} `json:"requestBody"`
		}
	} `json:"x-webhooks"`
	Components struct {
		Schemas map[string]json.RawMessage
	}
}

const refPrefix = "#/components/schemas/"

// schemas cuts the schemas of some messages out of the description, with all that they refer to: the whole is 13 MB.
func (d *description) schemas(t *testing.T, names ...string) openapi3.Schemas {
	t.Helper()
	cut := map[string]json.RawMessage{}
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		if _, done := cut[name]; done {
			continue
		}
		raw, ok := d.Components.Schemas[name]
		if !ok {
			t.Fatalf("GitHub's description has no %q", name)
		}
		cut[name] = raw
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		names = append(names, refs(v)...)
	}
	doc, err := json.Marshal(map[string]any{"openapi": "3.0.3", "info": map[string]string{"title": "cut", "version": "1"},
		"paths": map[string]any{}, "components": map[string]any{"schemas": cut}})
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := openapi3.NewLoader().LoadFromData(doc)
	if err != nil {
		t.Fatal(err)
	}
	return loaded.Components.Schemas
}

func refs(v any) (out []string) {
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			out = append(out, strings.TrimPrefix(ref, refPrefix))
		}
		for _, e := range v {
			out = append(out, refs(e)...)
		}
	case []any:
		for _, e := range v {
			out = append(out, refs(e)...)
		}
	}
	return out
}

// Real messages of GitHub are understood as GitHub describes them, and are what its description says: not what we
// remember of it.
func TestGitHubsOwnMessages(t *testing.T) {
	var d description
	fromNPM(t, "openapi/generated/api.github.com.json", &d)
	var all []struct {
		Name     string
		Examples []json.RawMessage
	}
	fromNPM(t, "webhooks-examples/api.github.com/index.json", &all)

	const hello, other = "https://github.com/Codertocat/Hello-World", "https://github.com/Octocoders/Hello-World"
	one, both := []string{hello}, []string{"https://github.com/Codertocat"}
	want := map[string]struct {
		event        hooks.Event
		urls, owners []string
	}{
		"push": {hooks.Pushed, one, nil}, "create": {hooks.RefCreated, one, nil}, "delete": {hooks.RefDeleted, one, nil},
		"public": {hooks.Published, one, both}, "release": {hooks.Released, one, nil},
		"repository created":     {hooks.Created, []string{other}, []string{"https://github.com/Octocoders"}},
		"repository edited":      {hooks.Edited, []string{other}, nil},
		"repository publicized":  {hooks.Published, one, both},
		"repository privatized":  {hooks.Hidden, one, both},
		"repository renamed":     {hooks.Renamed, []string{other}, []string{"https://github.com/Octocoders"}},
		"repository transferred": {hooks.Transferred, []string{other, "https://github.com/octocat/Hello-World"}, []string{"https://github.com/Octocoders", "https://github.com/octocat"}},
	}
	seen := map[string]int{}
	for _, group := range all {
		if !slices.Contains([]string{"push", "create", "delete", "public", "release", "repository", "issues", "star"}, group.Name) {
			continue
		}
		for i, raw := range group.Examples {
			var v map[string]any
			if err := json.Unmarshal(raw, &v); err != nil {
				t.Fatal(err)
			}
			action, _ := v["action"].(string)
			key, hook := group.Name, group.Name
			if action != "" {
				hook += "-" + action
			}
			if group.Name == "repository" {
				key += " " + action
			}
			s := newSite(t)
			got := s.send(t, github(group.Name, fmt.Sprint("d", i), string(raw)))
			w, interesting := want[key]
			if !interesting {
				if got.Code != 202 || got.Status != "nothing" || len(s.pushed) != 0 {
					t.Errorf("%s: %+v", key, got)
				}
				seen[group.Name]++
				continue
			}
			if got.Code != 202 || got.Status != "accepted" || got.Event != w.event {
				t.Errorf("%s: %+v", key, got)
			}
			wantPush(t, s.last(t), w.event, w.urls, w.owners)
			if seen[key]++; seen[key] == 1 {
				asDescribed(t, &d, hook, v)
			}
		}
	}
	for key := range want {
		if seen[key] == 0 {
			t.Errorf("no example of %s", key)
		}
	}
	if seen["issues"] == 0 || seen["star"] == 0 {
		t.Errorf("no example of an event that is of no interest: %v", seen)
	}
}

// asDescribed checks that what we read of a message is in GitHub's description of it, with that type. Examples are older
// than the description, so that it is asked about our fields only.
func asDescribed(t *testing.T, d *description, hook string, message map[string]any) {
	t.Helper()
	h, ok := d.Hooks[hook]
	if !ok {
		t.Fatalf("GitHub describes no %s", hook)
	}
	name := strings.TrimPrefix(h.Post.RequestBody.Content["application/json"].Schema.Ref, refPrefix)
	top := d.schemas(t, name)[name].Value
	for _, path := range []string{"action", "repository/html_url", "repository/clone_url", "repository/ssh_url", "repository/git_url",
		"changes/repository/name/from", "changes/owner/from/user/login", "changes/owner/from/organization/login"} {
		var v any = message
		s, described := top, true
		for step := range strings.SplitSeq(path, "/") {
			m, _ := v.(map[string]any)
			if v = m[step]; v == nil {
				break
			}
			if s, described = property(s, step); !described {
				break
			}
		}
		switch {
		case v == nil: // not in this message
		case !described:
			t.Errorf("%s: GitHub does not describe %s", hook, path)
		default:
			if err := s.VisitJSON(v); err != nil {
				t.Errorf("%s: %s: %v", hook, path, err)
			}
		}
	}
	headers := map[string]bool{}
	for _, p := range h.Post.Parameters {
		headers[strings.ToLower(p.Name)] = p.In == "header"
	}
	for _, name := range []string{"x-github-event", "x-github-delivery", "x-hub-signature-256"} {
		if !headers[name] {
			t.Errorf("%s: GitHub does not describe the header %s: %v", hook, name, headers)
		}
	}
}

// property finds a field in a schema or in what it is put together of.
func property(s *openapi3.Schema, name string) (*openapi3.Schema, bool) {
	if p := s.Properties[name]; p != nil {
		return p.Value, true
	}
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
		for _, one := range list {
			if p, ok := property(one.Value, name); ok {
				return p, true
			}
		}
	}
	return nil, false
}

// GitHub describes the form that its messages have when the webhook is set to send a form, and a ping that starts it.
func TestGitHubsFormAndPing(t *testing.T) {
	var d description
	fromNPM(t, "openapi/generated/api.github.com.json", &d)
	name := strings.TrimPrefix(d.Hooks["ping"].Post.RequestBody.Content["application/x-www-form-urlencoded"].Schema.Ref, refPrefix)
	form := d.schemas(t, name)[name].Value
	if p, ok := property(form, "payload"); !ok || !p.Type.Is("string") || !slices.Equal(form.Required, []string{"payload"}) {
		t.Fatalf("GitHub's form is another: %v", form.Required)
	}
	s := newSite(t)
	for _, event := range []string{"ping", "push"} {
		body := formOf(pushBody)
		r := github(event, event, body)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		got := s.send(t, r)
		if want := map[string]int{"ping": 200, "push": 202}[event]; got.Code != want {
			t.Errorf("%s in a form: %+v", event, got)
		}
	}
	wantPush(t, s.last(t), hooks.Pushed, []string{"https://github.com/comune-esempio/kit"}, nil)
	if len(s.pushed) != 1 {
		t.Errorf("%+v", s.pushed)
	}
}
