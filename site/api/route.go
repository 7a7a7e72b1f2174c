package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// route ties a path to what answers it. The paths and the names of the parameters are promises, and openapi.json
// repeats them: a test compares the two.
type route struct {
	path   string
	query  []string // the parameters that it takes, beside lang
	handle func(context.Context, *request) (any, error)
	hidden bool // its answers are kept out of search engines: texts of files may name whom no rule saw
}

// list gives the routes below /api/v1.
func (a *API) list() []route {
	search := []string{"q", "page", "size", "sort"}
	for _, f := range catalog.FacetNames() {
		search = append(search, string(f))
	}
	paged := []string{"after", "size"}
	return []route{
		{path: "/api/v1/kits", query: append([]string{"url"}, paged...), handle: a.kits},
		{path: "/api/v1/kits/:id", handle: a.kit},
		{path: "/api/v1/kits/:id/matrix", handle: a.matrix},
		{path: "/api/v1/search", query: search, handle: a.search, hidden: true},
		{path: "/api/v1/entities", query: paged, handle: a.entities},
		{path: "/api/v1/entities/:id", handle: a.entity},
		{path: "/api/v1/sources", query: append([]string{"state", "kind", "parent", "q"}, paged...), handle: a.sources},
		{path: "/api/v1/sources/:id", handle: a.source},
		{path: "/api/v1/federation", query: paged, handle: a.federate},
		{path: "/api/v1/kits/:id/attachments", query: paged, handle: a.attachments, hidden: true},
		{path: "/api/v1/kits/:id/attachments/:attachment", handle: a.attachment, hidden: true},
	}
}

func (a *API) routes() {
	e := a.engine
	e.Use(a.recovered)
	get := func(path string, f gin.HandlerFunc) {
		e.GET(path, f)
		e.HEAD(path, f)
	}
	for _, r := range a.list() {
		get(r.path, a.adapt(r))
	}
	get("/api/v1/openapi.json", a.describe)
	get("/healthz", a.health)
	get("/metrics", a.showMetrics)
	e.NoRoute(func(c *gin.Context) { a.fail(c, catalog.ErrNotFound) })
	e.NoMethod(func(c *gin.Context) { a.fail(c, errMethod) })
}

// recovered makes a panic of a handler an error like others; answers are put together before any of them is sent.
func (a *API) recovered(c *gin.Context) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			panic(p)
		default:
			a.fail(c, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	c.Next()
}

// request is one question, checked: its parameters are known and stand once, unless they are filters.
type request struct {
	id     string // of the path
	part   string // of the path, where it names an attachment
	path   string
	base   string // scheme and host
	lang   schema.Lang
	values url.Values
	links  Links
}

// adapt makes of a route what the engine wants.
func (a *API) adapt(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), a.cfg.Timeout)
		defer cancel()
		noteRoute(c)
		if r.hidden {
			c.Header("X-Robots-Tag", "noindex")
		}
		rq, err := a.read(c, r)
		if err != nil {
			a.fail(c, err)
			return
		}
		v, err := r.handle(ctx, rq)
		if err != nil {
			a.fail(c, err)
			return
		}
		a.answer(c, v)
	}
}

// read checks the parameters of a request.
func (a *API) read(c *gin.Context, r route) (*request, error) {
	q := c.Request.URL.RawQuery
	if len(q) > MaxQueryBytes {
		return nil, errTooLong
	}
	values, err := url.ParseQuery(q)
	if err != nil {
		return nil, invalid(schema.T("I parametri dell'indirizzo non sono scritti correttamente.", "The parameters of the address are not well formed."))
	}
	var unknown, repeated []string
	for name, vs := range values {
		switch {
		case name != "lang" && !slices.Contains(r.query, name):
			unknown = append(unknown, name)
		case len(vs) > 1 && !slices.Contains(catalog.FacetNames(), catalog.FacetName(name)):
			repeated = append(repeated, name)
		}
	}
	if unknown != nil {
		slices.Sort(unknown)
		known := strings.Join(append(slices.Clone(r.query), "lang"), ", ")
		return nil, invalid(schema.Tf("Parametri non previsti: %s. Quelli previsti sono: %s.", "Unknown parameters: %s. The known ones are: %s.",
			strings.Join(unknown, ", "), known), unknown...)
	}
	if repeated != nil {
		slices.Sort(repeated)
		return nil, invalid(schema.Tf("Questi parametri possono comparire una sola volta: %s.", "These parameters may stand only once: %s.",
			strings.Join(repeated, ", ")), repeated...)
	}
	rq := &request{id: c.Param("id"), part: c.Param("attachment"), path: c.Request.URL.Path, base: a.base(c.Request), values: values, links: a.cfg.Links, lang: schema.It}
	switch l := schema.Lang(values.Get("lang")); l {
	case schema.It, schema.En:
		rq.lang = l
	case "":
	default:
		return nil, invalid(schema.T("Il parametro lang può valere it o en.", "The parameter lang may be it or en."), "lang")
	}
	return rq, nil
}

// base is what stands before every path that is given out.
func (a *API) base(r *http.Request) string {
	if a.cfg.BaseURL != "" {
		return a.cfg.BaseURL
	}
	if !plausibleHost(r.Host) {
		return ""
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// plausibleHost says whether host is letters, digits, dots and dashes, and perhaps a port: who asks chooses it.
func plausibleHost(host string) bool {
	name, port, hasPort := strings.Cut(host, ":")
	other := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '-'
	}
	if hasPort && (port == "" || len(port) > 5 || strings.Trim(port, "0123456789") != "") {
		return false
	}
	return name != "" && len(name) <= maxHost && !strings.ContainsFunc(name, other) && name[0] != '.' && !strings.Contains(name, "..")
}

// whole makes an address of a path; an address stays as it is.
func (rq *request) whole(path string) string {
	if strings.HasPrefix(path, "/") {
		return rq.base + path
	}
	return path
}

func (rq *request) kitURL(id string) string {
	if rq.links.Kit != nil {
		return rq.whole(rq.links.Kit(rq.lang, id))
	}
	return rq.self("kits", id)
}

func (rq *request) partURL(kit string, typ catalog.PartType, id string) string {
	if rq.links.Part != nil {
		return rq.whole(rq.links.Part(rq.lang, kit, typ, id))
	}
	return rq.kitURL(kit)
}

// hitURL leads to the page of an attachment on which a hit stands; to a part as a whole otherwise.
func (rq *request) hitURL(kit string, h catalog.PartHit) string {
	if h.Type == catalog.PartAttachment && rq.links.Attachment != nil {
		return rq.whole(rq.links.Attachment(rq.lang, kit, h.ID, h.Page))
	}
	return rq.partURL(kit, h.Type, h.ID)
}

func (rq *request) entityURL(id string) string {
	if rq.links.Entity != nil {
		return rq.whole(rq.links.Entity(rq.lang, id))
	}
	return rq.self("entities", id)
}

func (rq *request) sourceURL(id catalog.SourceID) string {
	if rq.links.Source != nil {
		return rq.whole(rq.links.Source(rq.lang, id))
	}
	return rq.self("sources", string(id))
}

// self gives the address of a thing in this API.
func (rq *request) self(kind, id string) string {
	return rq.base + "/api/v1/" + kind + "/" + url.PathEscape(id)
}
