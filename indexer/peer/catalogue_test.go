package peer

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/peer/peertest"
)

// fed is a riuso catalogue as its pages are, made of whatever records a test wants. That the real one answers so is
// tested in cmd/riuso, where the two may meet.
type fed struct {
	id, repository, revision string
	records                  []any
	twist                    func(page map[string]any, after string)
}

func (f *fed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != federationPath {
		http.NotFound(w, r)
		return
	}
	size, _ := strconv.Atoi(r.URL.Query().Get("size"))
	from, _ := strconv.Atoi(r.URL.Query().Get("after"))
	page := map[string]any{"protocol": federationName, "version": federationVersion, "revision": f.revision, "unknown": true,
		"catalogue": map[string]any{"id": f.id, "title": "Catalogo\x00 di prova", "repository": f.repository}, "records": f.records[from:min(len(f.records), from+size)]}
	if from+size < len(f.records) {
		page["next"] = fmt.Sprintf("https://altrove.example.it/api/v1/federation?after=%d&size=%d", from+size, size)
	}
	if f.twist != nil {
		f.twist(page, r.URL.Query().Get("after"))
	}
	tag := strconv.Quote(f.revision)
	w.Header().Set("ETag", tag)
	if f.revision != "" && r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_ = json.NewEncoder(w).Encode(page) // the reader may have gone
}

// obj makes a JSON object of a text with single quotes.
func obj(t testing.TB, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(strings.ReplaceAll(text, "'", `"`)), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

const home = "https://git.example.it/bs/catalogo"

func records(t testing.TB) []any {
	var out []any
	for _, s := range []string{
		`{'kind':'entity','id':'c_a1','key':'ipa:c_a1','state':'live','title':'A','via':[],'entity':{'id':'c_a1','ipa':'c_a1','name':'Comune A','note':'a\u0000b\r\nc'}}`,
		`{'kind':'kit','id':'k','key':'https://git.example.it/a/kit','state':'live','title':'K','aliases':['http://specchio.example.it/kit.git','x'],'via':[],'publiccode':'name: K\n','commit':'abc','changed':'2026-01-02T03:04:05Z'}`,
		`{'kind':'kit','id':'l','key':'https://git.example.it/far/kit','state':'missing','title':'L','via':['lombardia','nazionale'],'kit':{'key':'https://git.example.it/far/kit','url':'https://git.example.it/far/kit','title':'L'}}`,
		`{'kind':'kit','id':'h','key':'` + home + `//kits/h','state':'live','title':'H','via':[],'hosted':true,'kit':{'key':'` + home + `//kits/h','url':'` + home + `','folder':'kits/h','title':'H','project':{'budget':'1e999999999'},'funding':[{'amount':'12.50'}]}}`,
		`{'kind':'kit','id':'old','key':'https://git.example.it/old','state':'gone','title':'Old','reason':{'it':'Ritirato','en':'Withdrawn'},'withdrawn':true,'missedAt':'2026-01-02T03:04:05Z','via':[]}`,
		`{'kind':'adoption','id':'a','key':'https://git.example.it/a/kit#ipa:c_a1','state':'live','title':'A','via':[],'adoption':{'kit':'https://git.example.it/a/kit','entity':'ipa:c_a1','places':[{'where':'x'}]}}`,
		`{'kind':'evaluation','id':'e','key':'https://git.example.it/a/kit#ipa:p_bs/x','state':'live','title':'E','via':[],'evaluation':{'id':'x','kit':'https://git.example.it/a/kit','evaluator':{'entity':'ipa:p_bs'}}}`,
		`{'kind':'community','id':'r','key':'` + home + `#rete','state':'live','title':'R','via':[],'community':{'id':'rete','title':'Rete'}}`,
		`{'kind':'community','id':'r2','key':'https://git.example.it/altro#rete','state':'live','title':'R','via':[],'community':{'id':'rete','title':'Rete'}}`,
		`{'kind':'event','id':'v','key':'https://git.example.it/naz#avvio','state':'live','title':'V','via':['nazionale'],'event':{'id':'avvio','title':'Avvio'}}`,
		`{'kind':'entity','id':'c_a2','key':'ipa:c_a2','state':'live','title':'A2','via':['nazionale'],'entity':{'id':'c_a2','ipa':'c_a2'}}`,
		`{'kind':'novità','id':'n','key':'n','state':'live','via':[]}`,
	} {
		out = append(out, obj(t, s))
	}
	return out
}

func TestACatalogueIsRead(t *testing.T) {
	f := &fed{id: "catalogo-bs", repository: home, revision: "1-a", records: records(t)}
	url := peertest.Start(t, f)
	out, err := reader(t).Catalogue(t.Context(), url+"/", "")
	if err != nil || out.Partial || len(out.Findings) != 0 || out.ID != "catalogo-bs" || out.Title != "Catalogo di prova" || out.URL != home {
		t.Fatalf("%+v %v", out, err)
	}
	tr := out.Tree
	if len(tr.Entities) != 1 || len(tr.Kits) != 1 || len(tr.Adoptions) != 1 || len(tr.Evaluations) != 1 || len(tr.Communities) != 1 || len(tr.Events) != 0 || tr.Partial {
		t.Errorf("the tree: %+v", tr)
	}
	if n := tr.Entities[0].Note; n != "a b\nc" {
		t.Errorf("a text is not clean: %q", n)
	}
	if k := tr.Kits[0]; k.Project.Budget != "" || k.Funding[0].Amount != "12.50" || tr.Adoptions[0].Places != nil {
		t.Errorf("%+v", k)
	}
	if len(out.Entries) != 2 {
		t.Fatalf("%+v", out.Entries)
	}
	if e := out.Entries[0]; e.Commit != "abc" || e.Changed.IsZero() || string(e.PublicCode) != "name: K\n" || !slices.Equal(e.Aliases, []string{"https://specchio.example.it/kit"}) || len(e.Via) != 0 {
		t.Errorf("%+v", e)
	}
	if e := out.Entries[1]; !slices.Equal(e.Via, []string{"lombardia", "nazionale"}) || e.Kit == nil || e.State != catalog.Missing {
		t.Errorf("%+v", e)
	}
	if len(out.Gone) != 1 || out.Gone[0].Reason.En != "Withdrawn" || !out.Gone[0].Withdrawn || out.Gone[0].At.IsZero() {
		t.Errorf("%+v", out.Gone)
	}
	got := map[string]string{}
	for _, c := range out.Carried {
		got[strings.Join(c.Via, ">")+" "+c.URL] = fmt.Sprint(len(c.Tree.Communities), len(c.Tree.Events), len(c.Tree.Entities))
	}
	if want := map[string]string{" https://git.example.it/altro": "1 0 0", "nazionale https://git.example.it/naz": "0 1 0", "nazionale ": "0 0 1"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("carried: %v", got)
	}

	again, err := reader(t).Catalogue(t.Context(), url+"/api/v1", out.Mark)
	if err != nil || !again.Unchanged || again.Requests != 1 || again.Bytes != 0 || again.Mark != out.Mark {
		t.Errorf("again: %+v %v", again, err)
	}
	f.revision = "1-b"
	if out, err := reader(t).Catalogue(t.Context(), url, out.Mark); err != nil || out.Unchanged || out.Tree == nil {
		t.Errorf("changed: %+v %v", out, err)
	}
}

// All records come, each once, whatever address the next page claims to have.
func TestACatalogueOfManyPages(t *testing.T) {
	f := &fed{id: "x", revision: "1-a"}
	for i := range 1001 {
		f.records = append(f.records, obj(t, fmt.Sprintf(`{'kind':'kit','id':'k%d','key':'https://git.example.it/%d','state':'live','via':[]}`, i, i)))
	}
	out, err := reader(t).Catalogue(t.Context(), peertest.Start(t, f), "")
	if err != nil || out.Partial || len(out.Entries) != 1001 || out.Requests != 11 {
		t.Errorf("%d entries, %d requests, %v %v", len(out.Entries), out.Requests, out.Why, err)
	}
	out, err = reader(t, func(c *Config) { c.Entries = 250 }).Catalogue(t.Context(), peertest.Start(t, f), "")
	if err != nil || !out.Partial || !out.Tree.Partial || len(out.Entries) != 250 || out.Mark != "" || out.Why.It == "" {
		t.Errorf("bounded: %d entries, %v", len(out.Entries), err)
	}
}

// What a record holds must be what its key says: nobody brings a thing under the name of another.
func TestRecordsThatLie(t *testing.T) {
	for _, s := range []string{
		`{'kind':'entity','key':'ipa:c_a1','state':'live','entity':{'ipa':'c_b2'}}`,
		`{'kind':'entity','key':'ipa:c_a1','state':'live','entity':[]}`,
		`{'kind':'entity','key':'ipa:c_a1','state':'live'}`,
		`{'kind':'kit','key':'http://git.example.it/x','state':'live'}`,
		`{'kind':'kit','key':'x','state':'live'}`,
		`{'kind':'kit','key':'https://git.example.it/x//../y','state':'live'}`,
		`{'kind':'kit','key':'https://git.example.it/x//','state':'live'}`,
		`{'kind':'kit','key':'https://git.example.it//','state':'live'}`,
		`{'kind':'kit','key':'','state':'live'}`,
		`{'kind':'adoption','key':'https://git.example.it/a#ipa:c_a1','state':'live','adoption':{'kit':'https://git.example.it/b','entity':'ipa:c_a1'}}`,
		`{'kind':'evaluation','key':'https://git.example.it/a#x','state':'live','evaluation':{'kit':'https://git.example.it/b'}}`,
		`{'kind':'community','key':'https://git.example.it/a#x','state':'live','community':{'id':'y'}}`,
		`{'kind':'event','key':'x','state':'live','event':{'id':'x'}}`,
		`{'kind':'entity','key':'ipa:c_a1','state':'live','via':['a b'],'entity':{'ipa':'c_a1'}}`,
		`{'kind':'entity','key':'ipa:c_a1','state':'live','via':['` + strings.Repeat("a','", maxChain) + `b'],'entity':{'ipa':'c_a1'}}`,
		`{'kind':7}`, `[]`, `null`,
	} {
		f := &fed{id: "x", records: []any{obj(t, s)}}
		out, err := reader(t).Catalogue(t.Context(), peertest.Start(t, f), "")
		if err != nil || len(out.Findings) != 1 || out.Findings[0].Code != "V09" || len(out.Entries)+len(out.Carried)+len(out.Tree.Entities)+len(out.Tree.Kits) != 0 {
			t.Errorf("%s: %+v %v", s, out, err)
		}
	}
	for _, s := range []string{
		`{'kind':'kit','key':'https://git.example.it/a','state':'live','hosted':true,'kit':{'key':'https://git.example.it/b','url':'https://git.example.it/b'}}`,
		`{'kind':'kit','key':'https://git.example.it/a//kits/x','state':'live','hosted':true,'kit':{'key':'https://git.example.it/a//kits/x','url':'https://git.example.it/other','folder':'kits/x'}}`,
	} {
		f := &fed{id: "x", repository: home, records: []any{obj(t, s)}}
		out, err := reader(t).Catalogue(t.Context(), peertest.Start(t, f), "")
		if err != nil || len(out.Entries) != 1 || out.Entries[0].Kit != nil || len(out.Tree.Kits) != 0 {
			t.Errorf("%s: %+v %v", s, out, err)
		}
	}
	f := &fed{id: "x", records: []any{obj(t, `{'kind':'kit','key':'https://git.example.it/a//kits/x','state':'live'}`)}}
	if out, err := reader(t).Catalogue(t.Context(), peertest.Start(t, f), ""); err != nil || len(out.Entries) != 1 || out.Entries[0].Route != "https://git.example.it/a" || out.Entries[0].Folder != "kits/x" {
		t.Errorf("%+v %v", out, err)
	}
	// A kit of another's repository is not hosted, whatever is said.
	f = &fed{id: "x", repository: home, records: []any{obj(t, `{'kind':'kit','key':'https://git.example.it/a','state':'live','hosted':true,'kit':{'key':'https://git.example.it/a','url':'https://git.example.it/a'}}`)}}
	if out, err := reader(t).Catalogue(t.Context(), peertest.Start(t, f), ""); err != nil || len(out.Tree.Kits) != 0 || len(out.Entries) != 1 {
		t.Errorf("%+v %v", out, err)
	}
}

func TestCataloguesThatNeverEnd(t *testing.T) {
	for name, twist := range map[string]func(map[string]any, string){
		"the same page": func(p map[string]any, _ string) { p["next"] = "?after=1" },
		"always a next": func(p map[string]any, after string) { p["next"] = "?after=" + after + "0" },
		"no cursor":     func(p map[string]any, _ string) { p["next"] = "https://x/y" },
		"another catalogue": func(p map[string]any, after string) {
			p["next"] = "?after=1"
			p["catalogue"] = map[string]any{"id": "a" + after}
		},
		"a long next": func(p map[string]any, _ string) { p["next"] = "?after=" + strings.Repeat("1", 9999) },
	} {
		f := &fed{id: "x", records: records(t), twist: twist}
		out, err := reader(t).Catalogue(t.Context(), peertest.Start(t, f), "")
		if err != nil || !out.Partial || out.Why.It == "" || out.Requests > 8 || len(out.Entries) == 0 {
			t.Errorf("%s: %d requests, %v %v", name, out.Requests, out.Why, err)
		}
	}
}
