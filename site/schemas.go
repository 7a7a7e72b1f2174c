package site

import (
	"encoding/json"
	"fmt"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// schemaBase is where the JSON Schemas of version 1 of the kit format stand. It is a promise: files name it, and editors
// fetch from there.
const schemaBase = "/schema/1/"

// contentSchema is the media type of a JSON Schema (JSON Schema 2020-12, §14).
const contentSchema = "application/schema+json"

// schemaFile serves one JSON Schema. Editors fetch it from anywhere, also from a page of another site.
func (s *Site) schemaFile(c *gin.Context, _ schema.Lang) error {
	name := c.Param("name")
	body, ok := schema.File(name)
	if !ok {
		return fmt.Errorf("schema %q: %w", name, catalog.ErrNotFound)
	}
	openToAll(c)
	return s.sendTagged(c, contentSchema, body)
}

// schemaEntry is a schema in the list, in the form that editors know from schemastore.org.
type schemaEntry struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	FileMatch   []string `json:"fileMatch,omitempty"`
	URL         string   `json:"url"`
}

// schemaIndex lists the schemas of the record types for editors: the catalogue of schemas that yaml-language-server and
// others take.
func (s *Site) schemaIndex(c *gin.Context, _ schema.Lang) error {
	base := s.cfg.BaseURL
	if base == "" {
		base = requestBase(c.Request)
	}
	index := struct {
		Schema  string        `json:"$schema"`
		Version int           `json:"version"`
		Schemas []schemaEntry `json:"schemas"`
	}{Schema: "https://json.schemastore.org/schema-catalog.json", Version: 1}
	for _, name := range schema.Records() {
		r := schema.Record(name)
		index.Schemas = append(index.Schemas, schemaEntry{
			Name: r.Title.It, Description: r.Description.It, FileMatch: []string{r.File}, URL: base + schemaBase + name + ".schema.json",
		})
	}
	body, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return fmt.Errorf("schemas: %w", err)
	}
	openToAll(c)
	return s.sendTagged(c, "application/json", append(body, '\n'))
}

// openToAll lets pages of other sites read the answer, and caches keep it for an hour.
func openToAll(c *gin.Context) {
	c.Header("Access-Control-Allow-Origin", "*")
	c.Header("Cache-Control", "public, max-age=3600")
}
