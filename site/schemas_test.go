package site_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/open-community-pa/riuso/schema"
)

// fetch loads schemas as an editor does: over HTTP, from the address that a $ref resolves to.
type fetch struct {
	t      *testing.T
	client *http.Client
	seen   map[string]bool
}

func (f fetch) Load(url string) (any, error) {
	resp, err := f.client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d", url, resp.StatusCode)
	}
	if got := resp.Header.Get("Content-Type"); got != "application/schema+json" {
		f.t.Errorf("%s: content type %q", url, got)
	}
	f.seen[url[strings.LastIndexByte(url, '/')+1:]] = true
	return jsonschema.UnmarshalJSON(resp.Body)
}

// Every $ref of the published schemas leads to a file that the site serves, and what is compiled from there judges.
func TestSchemasCompileFromTheirAddresses(t *testing.T) {
	srv := httptest.NewServer(newSite(t, starterStore(t), withoutBase))
	defer srv.Close()
	load := fetch{t, srv.Client(), map[string]bool{}}
	c := jsonschema.NewCompiler()
	c.UseLoader(load)
	for _, name := range schema.Records() {
		s, err := c.Compile(srv.URL + "/schema/1/" + name + ".schema.json")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Validate(map[string]any{"type": "other"}) == nil {
			t.Errorf("%s takes a record of another type", name)
		}
	}
	for _, name := range []string{"common.schema.json", "enums.schema.json"} {
		if !load.seen[name] {
			t.Errorf("%s was never asked for", name)
		}
	}
}

// Editors and pages of other sites fetch the schemas; who has one already gets no body.
func TestSchemaHeaders(t *testing.T) {
	s := newSite(t, starterStore(t))
	w := get(t, s, "/schema/1/kit.schema.json")
	tag := w.Header().Get("ETag")
	if w.Code != http.StatusOK || tag == "" || w.Header().Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(w.Header().Get("Cache-Control"), "max-age=") {
		t.Errorf("status %d, headers %v", w.Code, w.Header())
	}
	if again := get(t, s, "/schema/1/kit.schema.json", "If-None-Match", tag); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("again: status %d, %d bytes", again.Code, again.Body.Len())
	}
	for _, absent := range []string{"/schema/1/nothing.schema.json", "/schema/1/kit", "/schema/1/..%2fenums.go", "/schema/2/kit.schema.json"} {
		if w := get(t, s, absent); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", absent, w.Code)
		}
	}
}

// The list names every record type at its absolute address, and each address answers.
func TestSchemaIndex(t *testing.T) {
	s := newSite(t, starterStore(t))
	w := get(t, s, "/schema/1/")
	var index struct {
		Version int
		Schemas []struct {
			Name, Description, URL string
			FileMatch              []string
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &index); err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	if index.Version != 1 || len(index.Schemas) != len(schema.Records()) {
		t.Errorf("version %d, %d schemas", index.Version, len(index.Schemas))
	}
	for _, e := range index.Schemas {
		path, ok := strings.CutPrefix(e.URL, "https://riuso.example.it")
		if !ok || e.Name == "" || e.Description == "" || len(e.FileMatch) == 0 {
			t.Errorf("%+v", e)
		}
		if w := get(t, s, path); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}
