package site

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// formatView is the reference of one record type, made from its JSON Schema.
type formatView struct {
	Name    string
	S       *schema.Shape
	Main    schema.Table
	Parts   []schema.Table // the objects that the record is made of
	Enums   []*schema.Enum
	Minimal string
	Schema  string // path of the JSON Schema
}

// formats lists the record types of the kit format.
func (s *Site) formats(c *gin.Context, lang schema.Lang) error {
	p := s.newPage(lang, "/formato", "formats")
	p.Title, p.Description, p.Crumbs = p.T("formats.title"), p.T("formats.lead"), []Crumb{{Title: p.T("formats.title")}}
	var shapes []*schema.Shape
	for _, name := range schema.Records() {
		shapes = append(shapes, schema.Record(name))
	}
	p.Data = shapes
	return s.send(c, p)
}

// called says whether people call a record type by a name that is not its own: "documento", "lista-di-controllo", "meeting".
func called(record, name string) bool {
	title := schema.Record(record).Title
	return name != record && name != "" && !slices.Contains(schema.Records(), name) && (catalog.Slug(title.It) == name || catalog.Slug(title.En) == name)
}

// formatOf is the reference of one record type: what each key is called, what it holds, an example.
func (s *Site) formatOf(c *gin.Context, lang schema.Lang) error {
	name := c.Param("type")
	if at := slices.IndexFunc(schema.Records(), func(record string) bool { return called(record, name) }); at >= 0 {
		c.Redirect(http.StatusMovedPermanently, localPath(lang, "/formato/"+schema.Records()[at]))
		return nil
	}
	if !slices.Contains(schema.Records(), name) {
		return fmt.Errorf("record type %q: %w", name, catalog.ErrNotFound)
	}
	shape := schema.Record(name)
	p := s.newPage(lang, "/formato/"+name, "format")
	p.Title, p.Description = shape.Title.In(lang), shape.Description.In(lang)
	p.Crumbs = []Crumb{{p.T("formats.title"), "/formato"}, {Title: p.Title}}
	tables := shape.Tables()
	p.Data = formatView{Name: name, S: shape, Main: tables[0], Parts: tables[1:], Enums: schema.Enums(tables), Minimal: shape.Minimal(),
		Schema: schemaBase + name + ".schema.json"}
	return s.send(c, p)
}
