package peer

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/open-community-pa/riuso/indexer/peer/peertest"
)

func TestAllPagesAreRead(t *testing.T) {
	for _, n := range []int{0, 1, 25, 100, 101, 5000} {
		server, url := api(t, n)
		out, err := reader(t).Software(t.Context(), url, "")
		if err != nil || out.Partial || len(out.Entries) != n || len(out.Findings) != 0 || out.Mark == "" {
			t.Fatalf("%d: %d entries, %v %v %v", n, len(out.Entries), out.Why, out.Findings, err)
		}
		if want := max(1, (n+99)/100) + 2; out.Requests != want || len(server.Asked()) != want {
			t.Errorf("%d: %d requests, want %d", n, out.Requests, want)
		}
		for i, want := range peertest.Sample(n) {
			e := out.Entries[i]
			if e.ID != want.ID || e.URL != want.URL || e.Active != want.Active || string(e.PublicCode) != want.PublicCode || !e.Created.Equal(want.CreatedAt) || len(e.Aliases) != 0 {
				t.Fatalf("entry %d: %+v", i, e)
			}
		}
		again, err := reader(t).Software(t.Context(), url, out.Mark)
		if err != nil || !again.Unchanged || again.Entries != nil || again.Mark != out.Mark {
			t.Errorf("%d, again: %v %v", n, again.Unchanged, err)
		}
	}
}

// The address may be written in many ways, also without the version.
func TestTheAddressMayBeWrittenInManyWays(t *testing.T) {
	_, url := api(t, 3)
	for _, way := range []string{url, url + "/", url + "/software", url + "/software/", strings.TrimSuffix(url, "/v1"), url + "/publishers?x=1#y"} {
		out, err := reader(t).Software(t.Context(), way, "")
		if err != nil || len(out.Entries) != 3 {
			t.Errorf("%s: %d %v", way, len(out.Entries), err)
		}
	}
	for _, bad := range []string{"", "ftp://x/v1", "file:///etc/passwd", "https://", "%zz"} {
		if _, err := reader(t).Software(t.Context(), bad, ""); !errors.Is(err, ErrNotThis) || Words(err).It == "" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// With validators an unchanged catalogue sends no body at all, and any change on any page is seen.
func TestValidatorsSaveTheBodies(t *testing.T) {
	server, url := api(t, 250)
	server.Validators = true
	first, err := reader(t).Software(t.Context(), url, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := reader(t).Software(t.Context(), url, first.Mark)
	if err != nil || !again.Unchanged || again.Bytes != 0 || again.Requests != 5 {
		t.Errorf("unchanged: %+v %v", again, err)
	}
	for name, change := range map[string]func([]peertest.Software) []peertest.Software{
		"one more":   func(s []peertest.Software) []peertest.Software { return append(s, peertest.Sample(251)[250]) },
		"one less":   func(s []peertest.Software) []peertest.Software { return s[:249] },
		"a word":     func(s []peertest.Software) []peertest.Software { s[249].PublicCode += "x: 1\n"; return s },
		"put aside":  func(s []peertest.Software) []peertest.Software { s[120].Active = false; return s },
		"an address": func(s []peertest.Software) []peertest.Software { s[0].URL += "-nuovo"; return s },
	} {
		server.Set(change(peertest.Sample(250)), nil, nil)
		for _, validators := range []bool{true, false} {
			server.Validators = validators
			if out, err := reader(t).Software(t.Context(), url, first.Mark); err != nil || out.Unchanged || out.Mark == first.Mark {
				t.Errorf("%s, validators %v: %v %v", name, validators, out.Unchanged, err)
			}
		}
	}
	server.Set(peertest.Sample(250), nil, nil)
	if out, err := reader(t).Software(t.Context(), url, `{"d":"damaged`); err != nil || len(out.Entries) != 250 {
		t.Errorf("a damaged mark: %v", err)
	}
}

func TestPublishersAndCatalogues(t *testing.T) {
	for _, apart := range []bool{false, true} {
		server := &peertest.API{Apart: apart}
		soft := peertest.Sample(3)
		soft[2].CatalogID = "cat-1"
		server.Set(soft, []peertest.Publisher{
			{ID: "p1", AlternativeID: "c_a123", Description: "Comune di Prova", Email: "mario.rossi@example.it", Active: true,
				CodeHosting: []peertest.CodeHosting{{URL: "https://git.example.it/prova", Group: true}, {URL: "http://git.example.it/altri/uno"}, {URL: "javascript:x"}}},
			{ID: "p2", Description: "Spento", Active: false},
			{ID: "p3", CatalogID: "cat-1", Description: "Regione di Prova", Active: true, CodeHosting: []peertest.CodeHosting{{URL: "https://git.example.it/regione", Group: true}}},
		}, []peertest.Catalogue{{ID: "cat-1", Name: "Uno", Active: true, Sources: []peertest.CatalogSource{{URL: "https://git.example.it/uno", Driver: "github"}}}, {ID: "∅", Name: "radice", Active: true}})
		out, err := reader(t).Software(t.Context(), peertest.Start(t, server)+"/v1", "")
		if err != nil || out.Partial || len(out.Entries) != 3 || out.Entries[2].Origin != "cat-1" || out.Entries[0].Origin != "" {
			t.Fatalf("%+v %v", out, err)
		}
		want := []Publisher{{ID: "c_a123", Name: "Comune di Prova", Orgs: []Place{{URL: "https://git.example.it/prova"}}, Repos: []Place{{URL: "http://git.example.it/altri/uno"}}},
			{Name: "Regione di Prova", Origin: "cat-1", Orgs: []Place{{URL: "https://git.example.it/regione"}}}}
		if diff := cmp.Diff(want, out.Publishers); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]Origin{{ID: "cat-1", Name: "Uno", Active: true, Sources: []OriginSource{{"https://git.example.it/uno", "github"}}}}, out.Catalogues); diff != "" {
			t.Error(diff)
		}
		if len(out.Findings) != 1 || out.Findings[0].File != "publishers/p1" || out.Findings[0].Code != "V09" {
			t.Errorf("%v", out.Findings)
		}
		if want := map[bool]int{false: 3, true: 5}[apart]; out.Requests != want {
			t.Errorf("apart %v: %d requests, want %d", apart, out.Requests, want)
		}
	}
}

// Servers of before have neither catalogues nor catalogId, and call some things otherwise.
func TestOldServers(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/software":
			write(w, `{"data":[{"id":"a","urls":["https://git.example.it/a","https://git.example.it/b"],"publiccodeYml":""}],"links":{"prev":null,"next":null},"more":[1]}`)
		case "/v1/publishers":
			write(w, `{"data":[{"id":"p","externalCode":"c_b1","description":"B","codeHosting":[{"url":"https://git.example.it/b"}]}]}`)
		default:
			http.NotFound(w, r)
		}
	})
	out, err := reader(t).Software(t.Context(), peertest.Start(t, h)+"/v1", "")
	if err != nil || out.Partial || len(out.Entries) != 1 || len(out.Publishers) != 1 {
		t.Fatalf("%+v %v", out, err)
	}
	if e := out.Entries[0]; !e.Active || e.PublicCode != nil || e.URL != "https://git.example.it/a" || len(e.Aliases) != 1 {
		t.Errorf("%+v", e)
	}
	if p := out.Publishers[0]; p.ID != "c_b1" || len(p.Orgs) != 1 {
		t.Errorf("%+v", p)
	}
}

// What is broken in an entry concerns that entry; a publiccode.yml is passed on as it is.
func TestBrokenEntries(t *testing.T) {
	server, url := api(t, 6)
	soft := peertest.Sample(6)
	soft[0].PublicCode = "name: [\n\x00 rotto: {"
	soft[1].PublicCode = strings.Repeat("x", 2000)
	soft[2].URL = "javascript:alert(1)"
	soft[3].ID = soft[4].ID
	soft[5].URL, soft[5].Aliases = "git@git.example.it:ente/uno.git", []string{"http://utente:segreto@git.example.it//ente//due.git/", "nulla"}
	server.Set(soft, nil, nil)
	out, err := reader(t, func(c *Config) { c.TextBytes = 1000 }).Software(t.Context(), url, "")
	if err != nil || out.Partial || len(out.Entries) != 4 || len(out.Findings) != 2 {
		t.Fatalf("%d %v %v", len(out.Entries), out.Findings, err)
	}
	if e := out.Entries[0]; string(e.PublicCode) != soft[0].PublicCode || e.File != "software/"+e.ID+"/publiccode.yml" {
		t.Errorf("%q", e.PublicCode)
	}
	if out.Entries[1].PublicCode != nil {
		t.Error("a text that is too long")
	}
	if e := out.Entries[3]; e.URL != "https://git.example.it/ente/uno" || e.Aliases[0] != "https://git.example.it/ente/due" || len(e.Aliases) != 1 {
		t.Errorf("%+v", e)
	}
	for _, f := range out.Findings {
		if f.Code != "V09" || f.File == "" || f.Message.It == "" || f.Message.En == "" {
			t.Errorf("%+v", f)
		}
	}
	mixed := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		write(w, `{"data":[7,null,"x",{"id":5},{"id":"a","url":["x"]},{"id":"b","url":"https://git.example.it/b","active":null,"createdAt":"ieri"}],"links":null}`)
	})
	out, err = reader(t).Software(t.Context(), peertest.Start(t, mixed), "")
	if err != nil || len(out.Entries) != 1 || out.Entries[0].ID != "b" || !out.Entries[0].Created.IsZero() {
		t.Errorf("%+v %v", out.Entries, err)
	}
}

// A list that lies about its end takes nothing away: the reading stops and is partial.
func TestListsThatNeverEnd(t *testing.T) {
	item := func(i int) string { return fmt.Sprintf(`{"id":"%d","url":"https://git.example.it/%d"}`, i, i) }
	for name, next := range map[string]func(n int) string{
		"the same cursor":  func(int) string { return `"?page[after]=aa"` },
		"another host":     func(int) string { return `"https://altrove.example.it/v1/software?page[after]=b"` },
		"no cursor":        func(int) string { return `"?page[size]=100"` },
		"not an address":   func(int) string { return `"%zz"` },
		"always new pages": func(n int) string { return fmt.Sprintf(`"?page[after]=c%d"`, n) },
	} {
		n := 0
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/software") {
				n++
			}
			write(w, fmt.Sprintf(`{"data":[%s],"links":{"next":%s}}`, item(min(n, 2)), next(n)))
		})
		out, err := reader(t).Software(t.Context(), peertest.Start(t, h)+"/v1", "")
		if err != nil || !out.Partial || out.Why.It == "" || out.Mark != "" || len(out.Entries) == 0 || out.Requests > 10 {
			t.Errorf("%s: %d entries, %d requests, partial %v %v: %v", name, len(out.Entries), out.Requests, out.Partial, out.Why, err)
		}
	}
}

func TestCursorsAreTakenAsTheyAre(t *testing.T) {
	var got []string
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.URL.Query().Get("page[after]"))
		if len(got) == 1 {
			write(w, `{"data":[{"id":"a","url":"https://git.example.it/a"}],"links":{"next":"?page[after]=ab+/c=="}}`)
			return
		}
		write(w, `{"data":null,"links":{"next":""}}`)
	})
	out, err := reader(t).Software(t.Context(), peertest.Start(t, h)+"/v1", "")
	if err != nil || out.Partial || got[1] != "ab+/c==" {
		t.Errorf("%q %v %v", got, out.Why, err)
	}
}

func TestLimitsMakeItPartial(t *testing.T) {
	server, url := api(t, 301)
	server.Set(peertest.Sample(301), []peertest.Publisher{{ID: "1", Active: true}, {ID: "2", Active: true}}, []peertest.Catalogue{{ID: "a", Active: true}, {ID: "b", Active: true}})
	for name, c := range map[string]struct {
		limits Limits
		least  int
	}{
		"entries":    {Limits{Entries: 150}, 150},
		"requests":   {Limits{Requests: 2}, 200},
		"bytes":      {Limits{TotalBytes: 60 << 10}, 100},
		"publishers": {Limits{Publishers: 1}, 301},
		"catalogues": {Limits{Catalogues: 1}, 301},
	} {
		out, err := reader(t, func(cfg *Config) { cfg.Limits = c.limits }).Software(t.Context(), url, "")
		if err != nil || !out.Partial || out.Why.En == "" || len(out.Entries) < c.least || out.Mark != "" {
			t.Errorf("%s: %d, partial %v: %v %v", name, len(out.Entries), out.Partial, out.Why, err)
		}
	}
	if _, err := New(Config{Client: &http.Client{}, Limits: Limits{Depth: -1}}); err == nil {
		t.Error("a negative limit")
	}
	if _, err := New(Config{}); err == nil {
		t.Error("no client")
	}
}

// A server that tires in the middle gives what it gave, and says when to come back.
func TestTheMiddleBreaks(t *testing.T) {
	server, url := api(t, 250)
	server.Fault(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("page[after]") == "" {
			return false
		}
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	out, err := reader(t).Software(t.Context(), url, "")
	if err != nil || !out.Partial || len(out.Entries) != 100 || !out.Retry.Equal(noon.Add(90*time.Second)) || out.Requests != 2 {
		t.Errorf("%d entries, %v, %v, %d requests: %v", len(out.Entries), out.Why, out.Retry, out.Requests, err)
	}
}
