package main

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/forge"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/indexer/peer"
	"github.com/open-community-pa/riuso/schema"
)

// listers makes what asks forges, publishers and other catalogues, by kind of source. Tokens are for the addresses that
// the operator wrote. Of what other lists propose the owners on forges alone are asked for with the token of that forge,
// which GitHub hardly answers without, and give what anybody could see; the rest is asked without.
func (n *network) listers(perHost int, ipaCodes func(string) bool) (map[string]indexer.Lister, error) {
	out := map[string]indexer.Lister{}
	var both [2]askers
	tokens, err := n.keys()
	if err != nil {
		return nil, err
	}
	var clients [2]*http.Client
	for i, trusted := range []bool{false, true} {
		if clients[i], err = n.client(outbound.Config{PerHost: perHost}, trusted); err != nil {
			return nil, err
		}
		token := func(string) string { return "" }
		if trusted {
			token = tokens.For
		}
		if both[i].peer, err = peer.New(peer.Config{Client: clients[i], Token: token}); err != nil {
			return nil, err
		}
	}
	named := *clients[0]
	named.Transport = bearing{plain: clients[0].Transport, bearer: clients[1].Transport}
	if both[0].forge, err = forge.New(forge.Config{Client: &named, Token: tokens.For, Public: true}); err != nil {
		return nil, err
	}
	if both[1].forge, err = forge.New(forge.Config{Client: clients[1], Token: tokens.For}); err != nil {
		return nil, err
	}
	pick := func(src *catalog.Source) askers {
		if src.Parent == "" {
			return both[1]
		}
		return both[0]
	}
	body := func(code string) catalog.EntityRef {
		code = strings.ToLower(strings.TrimSpace(code))
		if !ipaShape.MatchString(code) || (ipaCodes != nil && !ipaCodes(code)) {
			return ""
		}
		return catalog.EntityRef("ipa:" + code)
	}
	out["forge"] = lister(func(ctx context.Context, src catalog.Source, mark string) (indexer.Inventory, error) {
		return listForge(ctx, pick(&src).forge, src.URL, mark)
	})
	out["publishers"] = lister(func(ctx context.Context, src catalog.Source, mark string) (indexer.Inventory, error) {
		p, err := pick(&src).peer.Publishers(ctx, src.URL, mark)
		inv := indexer.Inventory{Mark: p.Mark, Unchanged: p.Unchanged, Findings: p.Findings, Requests: p.Requests, Bytes: p.Bytes, Way: "publishers.yml"}
		inv.Found = placesOf(p.Publishers, body)
		return inv, peerTrouble(err)
	})
	out["developers-italia-api"] = lister(func(ctx context.Context, src catalog.Source, mark string) (indexer.Inventory, error) {
		s, err := pick(&src).peer.Software(ctx, src.URL, mark)
		inv := indexer.Inventory{Mark: s.Mark, Unchanged: s.Unchanged, Partial: s.Partial, Reason: s.Why, RetryAt: s.Retry, Findings: s.Findings,
			Requests: s.Requests, Bytes: s.Bytes, Way: "developers-italia-api"}
		inv.Found = append(copiesOf(s.Entries), placesOf(s.Publishers, body)...)
		return inv, peerTrouble(err)
	})
	out["catalogue"] = lister(func(ctx context.Context, src catalog.Source, mark string) (indexer.Inventory, error) {
		c, err := pick(&src).peer.Catalogue(ctx, src.URL, mark)
		inv := indexer.Inventory{Catalogue: c.ID, URL: c.URL, Tree: c.Tree, Mark: c.Mark, Unchanged: c.Unchanged, Partial: c.Partial, Reason: c.Why, RetryAt: c.Retry,
			Findings: c.Findings, Requests: c.Requests, Bytes: c.Bytes}
		if err == nil {
			inv.Way = "riuso" // else it may still be read with Git
		}
		inv.Found = copiesOf(c.Entries)
		for _, x := range c.Carried {
			inv.Found = append(inv.Found, indexer.Found{Kind: "catalogue", URL: x.URL, Name: strings.Join(x.Via, " "), Title: strings.Join(append([]string{c.Title}, x.Via...), " ← "),
				Via: x.Via, Told: x.Tree, Only: true})
		}
		return inv, peerTrouble(err)
	})
	return out, nil
}

// ipaShape is what an IPA code looks like (the entityRef of common.schema.json): what has another shape is the id of something else.
var ipaShape = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)

// askers are those who ask: what the operator wrote, or what others propose.
type askers struct {
	forge *forge.Lister
	peer  *peer.Reader
}

// bearing lets a token go out only where its caller has set it: such a request goes by the client that knows the tokens,
// which holds back one that is on a wrong way and hides it in the answer, any other by the one that has none.
type bearing struct{ plain, bearer http.RoundTripper }

// RoundTrip makes one request.
func (b bearing) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Header.Get("Authorization") != "" {
		return b.bearer.RoundTrip(req)
	}
	return b.plain.RoundTrip(req)
}

// lister makes of a function what the crawler wants.
type lister func(ctx context.Context, src catalog.Source, mark string) (indexer.Inventory, error)

func (l lister) Inventory(ctx context.Context, src catalog.Source, mark string) (indexer.Inventory, error) {
	return l(ctx, src, mark)
}

func listForge(ctx context.Context, l *forge.Lister, url, mark string) (indexer.Inventory, error) {
	got, err := l.List(ctx, url, mark)
	inv := indexer.Inventory{Mark: cmp.Or(got.Mark, mark), Unchanged: got.Unchanged, Partial: got.Partial, Reason: got.Why, RetryAt: got.Reset, Requests: got.Requests, Bytes: got.Bytes, Way: string(got.Kind)}
	for i := range got.Repositories {
		r := &got.Repositories[i]
		x := indexer.Found{URL: r.URL, Name: r.FullName, Title: r.Name, Left: r.State.Reason(),
			Listed: &catalog.Listed{Pushed: r.Pushed, Branch: r.Branch, Exact: got.Exact, Archived: r.Archived, Fork: r.Fork}}
		if r.State == forge.Private {
			x.URL, x.Name, x.Title = "", "", "" // not even its name belongs on a public page
		}
		inv.Found = append(inv.Found, x)
	}
	return inv, forgeTrouble(err)
}

// placesOf makes of publishers what they name: whole owners of forges, and single repositories.
func placesOf(all []peer.Publisher, body func(code string) catalog.EntityRef) []indexer.Found {
	var out []indexer.Found
	for i := range all {
		p := &all[i]
		for _, o := range p.Orgs {
			out = append(out, indexer.Found{Kind: "forge", URL: o.URL, Title: p.Name, Publisher: body(p.ID)})
		}
		for _, r := range p.Repos {
			out = append(out, indexer.Found{URL: r.URL, Publisher: body(p.ID)})
		}
	}
	return out
}

// copiesOf makes of the entries of another catalogue repositories to be visited, with the copy that it keeps.
func copiesOf(all []peer.Entry) []indexer.Found {
	out := make([]indexer.Found, 0, len(all))
	for i := range all {
		e := &all[i]
		_, rest, _ := strings.Cut(e.URL, "://")
		_, folder, _ := strings.Cut(rest, "//")
		x := indexer.Found{URL: cmp.Or(e.Route, e.URL), Folder: folder, Via: e.Via, Copy: e.PublicCode}
		if e.Kit != nil {
			x.Title, x.Told = e.Kit.Title, &catalog.Tree{Kits: []catalog.Kit{*e.Kit}}
		}
		if !e.Active {
			x.Left = schema.T("nel catalogo da cui arriva non è attiva", "it is not active in the catalogue that it comes from")
		}
		out = append(out, x)
	}
	return out
}

// forgeTrouble says what an error of a forge means for a visit.
func forgeTrouble(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	t := &indexer.Trouble{Outcome: catalog.Failed, Fault: faultOf(err), Err: err}
	var said *forge.Error
	if errors.As(err, &said) {
		t.Reason = said.Text
	} else if why, ok := ownTrouble(err); ok {
		t.Reason = why
	} else if why, ok := networkTrouble(err); ok {
		t.Reason = why
	} else {
		t.Reason = schema.T("il server non risponde come dovrebbe: si riprova alla prossima visita", "the server does not answer as it should: the next visit tries again")
	}
	var limit *forge.RateLimit
	if errors.As(err, &limit) {
		t.RetryAt = limit.Reset
	}
	if errors.Is(err, forge.ErrAbsent) {
		t.Outcome = catalog.Absent
	}
	return t
}

// peerTrouble says what an error of another catalogue means for a visit.
func peerTrouble(err error) error {
	switch {
	case err == nil || errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, peer.ErrNotThis) || errors.Is(err, peer.ErrAbsent):
		return &indexer.Trouble{Outcome: outcomeOf(err), Reason: peer.Words(err), Fault: faultOf(err), Err: errors.Join(indexer.ErrOther, err)}
	}
	t := &indexer.Trouble{Outcome: catalog.Failed, Reason: peer.Words(err), Fault: faultOf(err), Err: err}
	if why, ok := ownTrouble(err); ok {
		t.Reason = why
	} else if why, ok := networkTrouble(err); ok {
		t.Reason = why
	}
	var later *peer.Later
	if errors.As(err, &later) {
		t.RetryAt = later.At
	}
	return t
}

func outcomeOf(err error) catalog.Outcome {
	if errors.Is(err, peer.ErrAbsent) {
		return catalog.Absent
	}
	return catalog.Failed
}
