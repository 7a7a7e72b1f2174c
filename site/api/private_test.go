package api

import (
	"github.com/open-community-pa/riuso/schema/privacy"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// person is what no answer may give: a made-up mailbox, a mobile number, a tax code.
const person = "scrivi a mario.rossi@comune.paperopoli.it o mario(at)gmail.com, chiama +39 347 9988776, codice RSSMRA80A01H501U"

// fill puts text into every text of a value, and one element into every list and map that can hold one.
func fill(v reflect.Value, text string, depth int) {
	if depth > 8 || !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), text, depth+1)
	case reflect.Map:
		e := reflect.New(v.Type().Elem()).Elem()
		if e.Kind() == reflect.Interface {
			e.Set(reflect.ValueOf([]any{text}))
		} else {
			fill(e, text, depth+1)
		}
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(text).Convert(v.Type().Key()), e)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), text, depth+1)
			}
		}
	}
}

// poisoned is a catalogue in which every text of every record names a person; only ids and keys are good.
func poisoned() *shelf {
	s := sample()
	finding := schema.Finding{File: person, Code: person, Key: person, Message: schema.T(person, person), Hint: schema.T(person, person)}
	for i := range s.entries {
		e := &s.entries[i]
		old := *e
		fill(reflect.ValueOf(e).Elem(), person, 0)
		e.ID, e.Kind, e.Key, e.Source, e.State, e.Reason = old.ID, old.Kind, old.Key, "bs", old.State, schema.T(person, person)
		e.Findings, e.Record.URL, e.Commit = []schema.Finding{finding}, old.Record.URL, "abc123"
		e.Ways[0].State, e.Ways[0].Source, e.Ways[0].URL = catalog.Live, "bs", old.Record.URL
		if old.Kit == nil {
			e.Kit = nil
		} else {
			e.Kit.ID, e.Kit.Key, e.Kit.Form, e.Kit.URL, e.Kit.Ceding = old.Kit.ID, old.Kit.Key, old.Kit.Form, old.Kit.URL, []catalog.EntityRef{"ipa:p_bs"}
			e.Kit.Documents[0].Phase, e.Kit.Documents[0].Ambit = []string{"A"}, []string{"all"}
			e.Adoptions[0].Entity = "ipa:c_e506"
		}
		if old.Entity == nil {
			e.Entity = nil
		} else {
			e.Entity.ID, e.Entity.IPA, e.Entity.CF, e.Entity.PIVA = old.Entity.ID, old.Entity.IPA, "", ""
		}
	}
	for i := range s.states {
		st := &s.states[i]
		id, keys := st.Source.ID, st.Keys
		fill(reflect.ValueOf(st).Elem(), person, 0)
		st.Source.ID, st.Keys, st.Findings, st.Visits[0].Outcome = id, keys, []schema.Finding{finding}, catalog.Failed
	}
	return s
}

// Persons of publiccode.yml and of READMEs, authors of commits and paths of the operator's machine stay where they are;
// and whatever field a person is named in, no answer names them. Mailboxes were in summaries, bodies and snippets.
func TestNothingPrivateIsGiven(t *testing.T) {
	paths := []string{"/api/v1/kits", "/api/v1/kits?url=https://git.example.it/provincia/kit-cit", "/api/v1/kits/kit-cit", "/api/v1/kits/sportello", "/api/v1/kits/vecchio",
		"/api/v1/kits/kit-cit/matrix", "/api/v1/search", "/api/v1/search?q=scrivi", "/api/v1/sources", "/api/v1/sources/bs", "/api/v1/entities", "/api/v1/entities/p_bs",
		"/api/v1/entities/c_e506?lang=en", "/api/v1/federation", "/api/v1/federation?after=kit:&size=1", "/api/v1/kits/kit-cit/attachments"}
	good := serve(t, sample())
	bad, err := New(Config{Reader: poisoned(), Searcher: poisoned(), BaseURL: "https://riuso.example.it"})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		w := httptest.NewRecorder()
		bad.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%s: status %d: %s", path, w.Code, w.Body)
		}
		if !strings.Contains(w.Body.String(), privacy.MarkMail) && !strings.Contains(path, "matrix") {
			t.Errorf("%s has no mark: the test sees nothing: %.300s", path, w.Body)
		}
		for name, got := range map[string]string{"poisoned": w.Body.String(), "sample": good.ask(http.MethodGet, path).Body.String()} {
			for _, secret := range []string{"rossi", "mario", "030 123", "/srv/", "file://", "9988776", "rssmra"} {
				if i := strings.Index(strings.ToLower(got), secret); i >= 0 {
					t.Errorf("%s, %s, gives %q away: …%s…", path, name, secret, got[max(0, i-60):min(len(got), i+30)])
				}
			}
		}
	}
	out, err := bad.SearchJSON(t.Context(), catalog.Query{Text: "scrivi", Page: 1, Size: 10}, schema.It)
	if err != nil || strings.Contains(string(out), "mario") || !strings.Contains(string(out), privacy.MarkMail) {
		t.Errorf("the search of the terminal: %v %s", err, out)
	}
}

// Authors are given when they are bodies, telephones when they are an office's.
func TestAuthorsAndPhones(t *testing.T) {
	shelf := sample()
	k := shelf.entries[1].Kit
	k.Documents[0].Authors = []string{"Mario Rossi", "Provincia di Brescia", "Qui Quo Qua"}
	k.Contacts = []catalog.Contact{{Office: "CED", Phone: "3479988776", Email: "mario.rossi@gmail.com"}, {Office: "URP", Phone: "030 123", Email: "urp@paperopoli.it"}}
	got := get[kitAnswer](serve(t, shelf), "/api/v1/kits/kit-cit", 200).Kit
	if a := got.Documents[0].Authors; len(a) != 1 || a[0] != "Provincia di Brescia" {
		t.Errorf("authors %q", a)
	}
	if c := got.Contacts; c[0].Phone != "" || c[0].Email != privacy.MarkMail || c[1].Phone != "030 123" || c[1].Email != "urp@paperopoli.it" {
		t.Errorf("contacts %+v", c)
	}
	if k.Documents[0].Authors[0] != "Mario Rossi" || k.Contacts[0].Phone == "" {
		t.Error("the record itself was changed")
	}
}

// Nobody is said to have reviewed what nobody said was reviewed.
func TestReviewedOnlyWhenSaid(t *testing.T) {
	yes := true
	shelf := sample()
	s := serve(t, shelf)
	for _, path := range []string{"/api/v1/kits/sportello", "/api/v1/kits?after=kit-cit"} {
		if got := s.ask(http.MethodGet, path).Body.String(); strings.Contains(got, `"reviewed"`) {
			t.Errorf("%s: %s", path, got)
		}
	}
	shelf.entries[3].Kit.Provenance = &catalog.Provenance{Reviewed: &yes}
	if got := get[kitAnswer](s, "/api/v1/kits/sportello", 200); got.Reviewed == nil || !*got.Reviewed {
		t.Errorf("%v", got.Reviewed)
	}
}

// A host that cannot be one is not repeated in addresses.
func TestTheHostMustBePlausible(t *testing.T) {
	a, err := New(Config{Reader: sample(), Searcher: sample()})
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]string{"riuso.example.it:8080": "http://riuso.example.it:8080/api", `x"y`: `"/api`, "a@b": `"/api`} {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/kits", nil)
		r.Host = host
		w := httptest.NewRecorder()
		a.ServeHTTP(w, r)
		if got := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(got, want) || want == `"/api` && strings.Contains(got, host) {
			t.Errorf("%q: %d %s", host, w.Code, got)
		}
	}
}
