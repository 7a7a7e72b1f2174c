package forge_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/forge/forgetest"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// githubAPI reads GitHub's own description and cuts out what concerns lists of repositories, with all that it refers to.
func githubAPI(t *testing.T) routers.Router {
	t.Helper()
	file := filepath.Join("..", "..", "internal", "forgespecs", "node_modules", "@octokit", "openapi", "generated", "api.github.com.json")
	data, err := os.ReadFile(file)
	if err != nil {
		sharedtest.Missing(t, "GitHub's description is not here, make test fetches it: "+err.Error())
	}
	var whole struct {
		OpenAPI    string                                `json:"openapi"`
		Info       json.RawMessage                       `json:"info"`
		Servers    json.RawMessage                       `json:"servers"`
		Paths      map[string]map[string]json.RawMessage `json:"paths"`
		Components map[string]map[string]json.RawMessage `json:"components"`
	}
	if err := json.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	paths := map[string]map[string]json.RawMessage{}
	components := map[string]map[string]json.RawMessage{}
	var follow func(json.RawMessage)
	follow = func(raw json.RawMessage) {
		for _, part := range strings.Split(string(raw), `"#/components/`)[1:] {
			ref, _, _ := strings.Cut(part, `"`)
			kind, name, _ := strings.Cut(ref, "/")
			value, ok := whole.Components[kind][name]
			if !ok || components[kind][name] != nil {
				continue
			}
			if components[kind] == nil {
				components[kind] = map[string]json.RawMessage{}
			}
			components[kind][name] = value
			follow(value)
		}
	}
	for _, p := range []string{"/orgs/{org}/repos", "/users/{username}/repos"} {
		get := whole.Paths[p]["get"]
		if get == nil {
			t.Fatalf("GitHub's description has no %s", p)
		}
		paths[p] = map[string]json.RawMessage{"get": get}
		follow(get)
	}
	cut, err := json.Marshal(map[string]any{"openapi": whole.OpenAPI, "info": whole.Info, "servers": []map[string]string{{"url": "/"}}, "paths": paths, "components": components})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(cut)
	if err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return router
}

// checked is a forge whose requests and answers are held against GitHub's description.
type checked struct {
	t       *testing.T
	router  routers.Router
	forge   http.Handler
	strange bool // an answer that does not fit is sent too, and counted
	checked int
	wrong   int
}

func (c *checked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := httptest.NewRecorder()
	c.forge.ServeHTTP(rec, r)
	for name, v := range rec.Header() {
		w.Header()[name] = v
	}
	w.WriteHeader(rec.Code)
	body := rec.Body.Bytes()
	if _, err := w.Write(body); err != nil {
		c.t.Error(err)
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/api/v3")
	if !ok || path == "/meta" || rec.Code == http.StatusNotFound {
		return
	}
	api := r.Clone(r.Context())
	api.URL = &url.URL{Path: path, RawQuery: r.URL.RawQuery}
	route, params, err := c.router.FindRoute(api)
	if err != nil {
		c.t.Errorf("%s is not in GitHub's description: %v", r.URL, err)
		return
	}
	in := &openapi3filter.RequestValidationInput{Request: api, PathParams: params, Route: route}
	if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
		c.t.Errorf("the request %s: %v", r.URL, err)
	}
	for name := range r.URL.Query() {
		if route.Operation.Parameters.GetByInAndName("query", name) == nil {
			c.t.Errorf("the request %s: GitHub knows no parameter %s", r.URL, name)
		}
	}
	if rec.Code != http.StatusOK {
		return
	}
	c.checked++
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: rec.Code, Header: rec.Header(),
		Body: io.NopCloser(bytes.NewReader(body))})
	if err != nil {
		c.wrong++
		if !c.strange {
			c.t.Errorf("the answer to %s: %v", r.URL, err)
		}
	}
}

// What is asked of GitHub, and what the loopback forge answers in its place, is as GitHub itself describes it.
func TestGitHubIsAskedAsItDescribesItself(t *testing.T) {
	router := githubAPI(t)
	all := append(repos(120), forgetest.Repo{Name: "vuoto", Empty: true}, forgetest.Repo{Name: "d", Fork: true, Mirror: true, Archived: true, Disabled: true, Template: true})
	s := forgetest.New(forge.GitHub, "Comune-Esempio", all)
	c := &checked{t: t, router: router, forge: s}
	address, host := serve(t, c)
	l := lister(t, func(cf *forge.Config) { cf.Kinds = map[string]forge.Kind{host: forge.GitHub} })
	got := list(t, l, address+"/Comune-Esempio", "")
	if len(got.Repositories) != 122 || c.checked != 2 {
		t.Errorf("%d repositories, %d answers checked", len(got.Repositories), c.checked)
	}
	if again := list(t, l, address+"/Comune-Esempio", got.Mark); !again.Unchanged {
		t.Error("changed")
	}
	s.User(true)
	if got := list(t, l, address+"/Comune-Esempio", ""); len(got.Repositories) != 122 || c.checked != 4 {
		t.Errorf("as a user: %d repositories, %d answers checked", len(got.Repositories), c.checked)
	}
}

// The check itself can fail: an answer without what GitHub requires does not pass.
func TestAnswersUnlikeGitHubsAreSeen(t *testing.T) {
	c := &checked{t: t, router: githubAPI(t), strange: true, forge: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if _, err := io.WriteString(w, `[{"name":"kit","full_name":"ente/kit"}]`); err != nil {
			t.Error(err)
		}
	})}
	address, host := serve(t, c)
	list(t, lister(t, func(cf *forge.Config) { cf.Kinds = map[string]forge.Kind{host: forge.GitHub} }), address+"/ente", "")
	if c.wrong == 0 {
		t.Error("taken for GitHub's")
	}
}
