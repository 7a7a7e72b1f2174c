package site_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// maxCrawl keeps a test of all pages from running for ever when a page makes endless addresses.
const maxCrawl = 3000

// TestEveryPageOfTheStarterCatalogue follows every internal link of the starter catalogue's site, in both languages, and
// holds each page to what every page must be.
func TestEveryPageOfTheStarterCatalogue(t *testing.T) {
	s := newSite(t, starterStore(t))
	queue, from := []string{"/", "/en"}, map[string]string{"/": "", "/en": ""}
	for n := 0; len(queue) > 0; n++ {
		if n > maxCrawl {
			t.Fatalf("more than %d pages", maxCrawl)
		}
		path := queue[0]
		queue = queue[1:]
		w := get(t, s, path)
		if w.Code == http.StatusFound {
			continue
		}
		if w.Code != http.StatusOK {
			t.Errorf("%s (linked from %s): status %d", path, from[path], w.Code)
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		doc, err := html.Parse(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		checkPage(t, path, doc)
		for _, a := range slices.Concat(all(doc, "a"), all(doc, "link"), all(doc, "img"), all(doc, "script"), all(doc, "form")) {
			to := attr(a, "href") + attr(a, "src") + attr(a, "action")
			u, err := url.Parse(to)
			if err != nil {
				t.Errorf("%s: link %q: %v", path, to, err)
				continue
			}
			if u.Host == "riuso.example.it" {
				u.Scheme, u.Host = "", ""
			}
			if u.Scheme != "" || u.Host != "" || u.Path == "" && u.RawQuery == "" {
				continue
			}
			if strings.HasSuffix(u.Path, "/cerca") || u.Path == "/kit" || u.Path == "/en/kit" {
				u.RawQuery = firstFilter(u.Query()) // combinations of filters are endless
			}
			u.Fragment = ""
			if _, seen := from[u.String()]; !seen {
				from[u.String()] = path
				queue = append(queue, u.String())
			}
		}
	}
	if len(from) < 100 {
		t.Errorf("only %d pages were found", len(from))
	}
}

func firstFilter(q url.Values) string {
	for name, vs := range q {
		if len(q) == 1 && len(vs) == 1 {
			return url.Values{name: vs}.Encode()
		}
	}
	return ""
}

// checkPage holds a page to what every page must be: for search engines, for those who use a keyboard or a screen
// reader, and for our own promises.
func checkPage(t *testing.T, path string, doc *html.Node) {
	t.Helper()
	if n := len(all(doc, "h1")); n != 1 {
		t.Errorf("%s: %d h1", path, n)
	}
	for _, h := range all(doc, "h1") {
		if words(h) == "" {
			t.Errorf("%s: empty h1", path)
		}
	}
	if n := len(all(doc, "main")); n != 1 {
		t.Errorf("%s: %d main", path, n)
	}
	root := all(doc, "html")[0]
	want := "it"
	if path == "/en" || strings.HasPrefix(path, "/en/") {
		want = "en"
	}
	if attr(root, "lang") != want {
		t.Errorf("%s: lang %q", path, attr(root, "lang"))
	}
	checkIDs(t, path, doc)
	checkHeadings(t, path, doc)
	for _, i := range all(doc, "img") {
		if !hasAttr(i, "alt") {
			t.Errorf("%s: image %s without alt", path, attr(i, "src"))
		}
	}
	labels := map[string]bool{}
	for _, l := range all(doc, "label") {
		labels[attr(l, "for")] = true
	}
	for _, i := range slices.Concat(all(doc, "input"), all(doc, "select"), all(doc, "textarea")) {
		if attr(i, "type") != "hidden" && attr(i, "type") != "checkbox" && !labels[attr(i, "id")] {
			t.Errorf("%s: field %q without label", path, attr(i, "name"))
		}
	}
	for _, a := range all(doc, "a") {
		if words(a) == "" && attr(a, "aria-label") == "" {
			t.Errorf("%s: link %q without words", path, attr(a, "href"))
		}
	}
	for _, e := range all(doc, "*") {
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("%s: <%s> carries %s: the policy would block it", path, e.Data, a.Key)
			}
			if a.Key == "href" && strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:") {
				t.Errorf("%s: link to a script: %s", path, a.Val)
			}
		}
	}
	for _, sc := range all(doc, "script") {
		if attr(sc, "src") == "" {
			t.Errorf("%s: inline script", path)
		}
	}
	if strings.Contains(words(doc), "<no value>") || strings.Contains(words(doc), "%!") {
		t.Errorf("%s: a hole shows on the page", path)
	}
	canonical, alternates := "", map[string]string{}
	for _, l := range all(doc, "link") {
		switch attr(l, "rel") {
		case "canonical":
			canonical = attr(l, "href")
		case "alternate":
			alternates[attr(l, "hreflang")] = attr(l, "href")
		}
	}
	if !strings.HasPrefix(canonical, "https://riuso.example.it/") {
		t.Errorf("%s: canonical %q", path, canonical)
	}
	if alternates["it"] == "" || alternates["en"] == "" || alternates[want] != canonical {
		t.Errorf("%s: alternates %v, canonical %q", path, alternates, canonical)
	}
}

// checkIDs says which ids stand twice on a page, and which links inside it lead nowhere.
func checkIDs(t *testing.T, path string, doc *html.Node) {
	t.Helper()
	ids := map[string]bool{}
	for _, e := range all(doc, "*") {
		if id := attr(e, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s: id %q stands twice", path, id)
			}
			ids[id] = true
		}
	}
	for _, e := range all(doc, "*") {
		if frag, ok := strings.CutPrefix(attr(e, "href"), "#"); ok && e.Data == "a" && !ids[frag] {
			if un, err := url.PathUnescape(frag); err != nil || !ids[un] {
				t.Errorf("%s: link to #%s, which is not there", path, frag)
			}
		}
		for _, id := range strings.Fields(attr(e, "aria-labelledby")) {
			if !ids[id] {
				t.Errorf("%s: labelled by %q, which is not there", path, id)
			}
		}
	}
}

// checkHeadings says where the levels of headings skip one.
func checkHeadings(t *testing.T, path string, doc *html.Node) {
	t.Helper()
	level := 0
	for _, e := range all(all(doc, "main")[0], "*") {
		if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] < '1' || e.Data[1] > '6' {
			continue
		}
		l := int(e.Data[1] - '0')
		if l > level+1 {
			t.Errorf("%s: h%d %q after h%d", path, l, words(e), level)
		}
		level = l
	}
}
