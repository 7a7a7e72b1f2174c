package site_test

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// poison is what a hostile author writes into every field.
const poison = `"><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) </textarea></title> {{.}} [x](javascript:alert(1))`

// fillWith puts text into every field of a value that can hold one, and one element into every list, except those that
// decide where a record lies.
func fillWith(v reflect.Value, text string, depth int) {
	if depth > 8 || !v.CanSet() && v.Kind() != reflect.Pointer {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		fillWith(v.Elem(), text, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillWith(v.Index(0), text, depth+1)
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		e := reflect.New(v.Type().Elem()).Elem()
		if e.Kind() == reflect.Interface {
			e.Set(reflect.ValueOf(text))
		} else {
			fillWith(e, text, depth+1)
		}
		m.SetMapIndex(reflect.ValueOf(text).Convert(v.Type().Key()), e)
		v.Set(m)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type() != reflect.TypeFor[publiccode.Maintenance]() {
				fillWith(v.Field(i), text, depth+1)
			}
		}
	}
}

// poisoned is a catalogue in which every text of every record is poison. Only the ids are good, so that pages exist.
func poisoned(t *testing.T, poison string) *catalogtest.Memory {
	t.Helper()
	k := &catalog.Kit{}
	fillWith(reflect.ValueOf(k).Elem(), poison, 0)
	url := "https://github.com/ostile/kit"
	k.ID, k.URL, k.Key, k.Form, k.Folder, k.Path, k.CodeScheme.Map = "ostile", url, catalog.Key(url), catalog.FormKit, "", "kit.md", nil
	k.Ceding, k.Adoptions[0].Entity = []catalog.EntityRef{"ipa:c_ost"}, "ipa:c_ost"
	k.Documents[0].ID, k.Templates[0].ID, k.Services[0].ID, k.Tariffs[0].ID, k.Checklists[0].ID, k.Pages[0].ID = "d", "t", "s", "ta", "c", "p"
	k.Documents[0].Phase, k.Documents[0].Ambit = []string{"A"}, []string{"all"}
	k.Documents[0].Attachments[0].Blob = "b0" // as Git names bytes
	soft := *k
	soft.Form, soft.ID, soft.URL, soft.Key, soft.Adoptions = catalog.FormSoftware, "soft", url+"-soft", catalog.Key(url+"-soft"), nil
	e, c, ev := &catalog.Entity{}, &catalog.Community{}, &catalog.Event{}
	fillWith(reflect.ValueOf(e).Elem(), poison, 0)
	fillWith(reflect.ValueOf(c).Elem(), poison, 0)
	fillWith(reflect.ValueOf(ev).Elem(), poison, 0)
	e.ID, e.IPA, e.CF, e.PIVA = "c_ost", "c_ost", "", ""
	c.ID, c.Level, c.Maintainer = "co", "territorial", []catalog.EntityRef{"ipa:c_ost"}
	ev.ID, ev.Community = "ev", "co"
	finding := schema.Finding{File: poison, Line: 3, Severity: schema.Error, Code: poison, Key: poison, Message: schema.T(poison, poison), Hint: schema.T(poison, poison)}
	rec := func(kind catalog.Kind, key catalog.Key) catalog.Record {
		r := catalogtest.Record("ost", kind, key, poison)
		r.Commit, r.URL, r.Findings, r.Branch = commit, url, []schema.Finding{finding}, poison
		r.History = map[string][]catalog.Change{"": {{Commit: commit, Time: now(), Message: poison}}}
		return r
	}
	rk, rs, re, rc, rv := rec(catalog.KindKit, k.Key), rec(catalog.KindKit, soft.Key), rec(catalog.KindEntity, "ipa:c_ost"), rec(catalog.KindCommunity, "co"), rec(catalog.KindEvent, "ev")
	rk.Kit, rs.Kit, re.Entity, rc.Community, rv.Event = k, &soft, e, c, ev
	d := catalogtest.DeltaOf("ost", rk, rs, re, rc, rv)
	d.State.Findings = []schema.Finding{finding}
	d.State.Visits[0].Reason = schema.T(poison, poison)
	fillWith(reflect.ValueOf(&d.State.Source).Elem(), poison, 0)
	d.State.Source.ID = "ost"
	d.Texts = []catalog.Text{{Blob: "b0", Reader: poison, Format: poison, Language: poison, Masked: 3,
		Pages: []catalog.TextPage{{N: 3, Label: poison, Text: poison}}, Faults: []catalog.TextFault{{Code: poison, Severity: schema.Error, Page: 3, Message: schema.T(poison, poison), Hint: schema.T(poison, poison)}}}}
	m := catalogtest.NewMemory()
	if err := m.Commit(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return m
}

// poisonedPaths are the pages of that catalogue.
func poisonedPaths() []string {
	return []string{"/", "/kit", "/kit/ostile", "/kit/soft", "/kit/ostile/documenti/d", "/kit/ostile/atti/t", "/kit/ostile/servizi/s", "/kit/ostile/tariffe/ta",
		"/kit/ostile/liste-di-controllo/c", "/kit/ostile/adozioni/c_ost", "/kit/ostile/laboratorio", "/kit/ostile/pagine/p", "/enti", "/enti/c_ost",
		"/comunita", "/comunita/co", "/incontri/ev", "/fonti?stato=tutte", "/fonti/ost", "/en/kit/ostile"}
}

// TestHostileValues shows every page of a catalogue in which every text is hostile: nothing of it becomes an element, an
// attribute or the address of a script.
func TestHostileValues(t *testing.T) {
	s := newSite(t, poisoned(t, poison))
	for _, path := range append(poisonedPaths(), "/cerca?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&phase=%22%3E%3Cb%3E") {
		doc := page(t, s, path, 200)
		text := words(doc)
		if path != "/cerca" && !strings.Contains(text, "alert(1)") {
			t.Errorf("%s shows nothing of what was written: the test sees nothing", path)
		}
		for _, e := range all(doc, "*") {
			if e.Data == "script" && attr(e, "src") == "" || e.Data == "b" || e.Data == "iframe" {
				t.Errorf("%s: a hostile <%s> came through", path, e.Data)
			}
			checkAttributes(t, path, e)
		}
		if csp := get(t, s, path).Header().Get("Content-Security-Policy"); strings.Contains(csp, "alert") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
}

func checkAttributes(t *testing.T, path string, e *html.Node) {
	t.Helper()
	for _, a := range e.Attr {
		low := strings.ToLower(strings.TrimSpace(a.Val))
		if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src" || a.Key == "action") && (strings.HasPrefix(low, "javascript:") || strings.HasPrefix(low, "data:")) {
			t.Errorf("%s: <%s %s=%q>", path, e.Data, a.Key, a.Val)
		}
		if e.Data == "img" && a.Key == "src" && !strings.HasPrefix(a.Val, "/static/") && !strings.HasPrefix(a.Val, "https://raw.githubusercontent.com/") {
			t.Errorf("%s: image from %s", path, a.Val)
		}
	}
}
