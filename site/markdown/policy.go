package markdown

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// newPolicy lists all that may stand in a rendered text. What the renderer writes passes whole; that is the point of a
// second opinion. The test of hostile texts keeps a list of its own.
func newPolicy() *bluemonday.Policy {
	one := func(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code",
		"em", "strong", "del", "sup", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "div")
	p.AllowAttrs("id").Matching(one(`t-[\p{L}\p{M}\p{Nd}\p{Pc}:-]+`)).OnElements("h1", "h2", "h3", "h4", "h5", "h6", "sup", "li")
	p.AllowAttrs("start").Matching(one(`\d{1,9}`)).OnElements("ol")
	p.AllowAttrs("class").Matching(one(`language-[a-z0-9+#_.-]{1,40}`)).OnElements("code")
	p.AllowAttrs("class").Matching(one(`table`)).OnElements("table")
	p.AllowAttrs("class").Matching(one(`text-center|text-end`)).OnElements("th", "td")
	p.AllowAttrs("scope").Matching(one(`col`)).OnElements("th")
	p.AllowAttrs("class").Matching(one(`table-responsive|footnotes`)).OnElements("div")
	p.AllowAttrs("role").Matching(one(`region|doc-endnotes`)).OnElements("div")
	p.AllowAttrs("aria-label").Matching(one(`(?:Tabella|Table) \d{1,9}`)).OnElements("div")
	p.AllowAttrs("tabindex").Matching(one(`0`)).OnElements("div", "pre")
	p.AllowAttrs("class").Matching(one(`footnote-ref|footnote-backref`)).OnElements("a")
	p.AllowAttrs("role").Matching(one(`doc-noteref|doc-backlink`)).OnElements("a")
	p.AllowAttrs("rel").Matching(one(`nofollow noopener`)).OnElements("a")
	p.AllowAttrs("title").OnElements("a", "img")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("loading").Matching(one(`lazy`)).OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}
