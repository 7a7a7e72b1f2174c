package indexer

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// visit looks at one repository. It gives no error for a broken place: that is an outcome. It fails only when ctx ends.
func (c *Crawler) visit(ctx context.Context, t task, known catalog.SourceState) (catalog.Visit, error) {
	start := c.cfg.Now()
	v := catalog.Visit{Source: t.src, URL: identity(t.src.URL), Listed: t.listed, Confirmed: t.confirmed}
	err := c.look(ctx, &v, known)
	if err != nil && ctx.Err() == nil && c.mayCopy(&t, &known, err) {
		err = c.copied(&v, &t, &known, err)
	}
	v.At = c.cfg.Now()
	v.Duration = v.At.Sub(start)
	switch {
	case err == nil:
		return v, nil
	case ctx.Err() != nil:
		return v, ctx.Err()
	}
	c.broken(&v, err)
	return v, nil
}

// broken makes a visit of what went wrong with it. A publisher reads the sentence, and the log has the error itself.
func (c *Crawler) broken(v *catalog.Visit, err error) {
	var trouble *Trouble
	if errors.As(err, &trouble) {
		v.Outcome, v.Reason, v.Tree, v.Listing, v.RetryAt = trouble.Outcome, trouble.Reason, nil, nil, trouble.RetryAt
		v.Fault = trouble.Fault
		return
	}
	c.cfg.Logger.Warn("a visit failed", "source", v.Source.ID, "err", err)
	*v = spoiled(*v, schema.T("la visita non è riuscita, e il gestore del catalogo ne trova la causa nel registro: si riprova alla prossima visita", "the visit failed, and the operator of the catalogue finds the cause in the log: the next visit tries again"))
}

// look reads the repository of a source.
func (c *Crawler) look(outer context.Context, v *catalog.Visit, known catalog.SourceState) error {
	ctx, cancel := context.WithTimeout(outer, c.cfg.VisitTimeout)
	defer cancel()
	ask := askOf(&v.Source)
	head, err := c.cfg.Git.List(ctx, ask)
	v.Requests, v.Bytes = 1, head.Bytes
	if err != nil {
		return timedOut(ctx, err)
	}
	v.Commit, v.Branch, v.Mark = head.Commit, head.Branch, head.Mark
	if at := identity(head.Moved); at != v.URL {
		v.Moved = at
	}
	if v.Mark != "" && !c.asksAgain(&known, v.Confirmed) && v.Mark == known.Mark && c.understood(&known) && known.Held == nil &&
		(v.URL == "" || known.URL == v.URL) && known.Moved == v.Moved && reflect.DeepEqual(known.Source, v.Source) {
		v.Outcome = catalog.Unchanged
		return nil
	}
	co, err := c.cfg.Git.Open(ctx, ask, head)
	if err != nil {
		var trouble *Trouble
		if errors.As(err, &trouble) {
			v.Bytes += trouble.Bytes
			v.Requests += trouble.Requests
		}
		return timedOut(ctx, err)
	}
	v.Bytes += co.Bytes
	v.Requests += co.Requests
	former, err := c.understand(ctx, v, head, co)
	err = timedOut(ctx, err)
	if err == nil {
		err = c.belongings(outer, v, head, co, former)
	}
	if err == nil {
		err = c.recall(outer, v, co)
	}
	if co.Close != nil {
		err = errors.Join(err, co.Close())
	}
	return err
}

// understand reads the tree of a checkout. It gives the addresses that turned out to be former ones of the repository.
func (c *Crawler) understand(ctx context.Context, v *catalog.Visit, head Head, co *Checkout) ([]string, error) {
	v.Outcome, v.Changed, v.Way = catalog.Full, co.Changed, co.Way
	if co.Partial {
		v.Outcome = catalog.Partial
		v.Reason = schema.T("una parte del repository non è stata ottenuta: i rilievi dicono quale", "part of the repository could not be had: the findings say which")
	}
	v.Findings = co.Findings
	if err := c.read(v, co.FS, head.Tags); err != nil {
		return nil, err
	}
	former := c.former(ctx, v)
	if len(former) > 0 {
		if err := c.read(v, co.FS, head.Tags, former...); err != nil {
			return nil, err
		}
	}
	if v.URL == "" && v.Tree.Catalogue != nil {
		v.URL = publiccode.NormalizeURL(v.Tree.Catalogue.URL)
	}
	for i := range v.Tree.Kits {
		v.Tree.Kits[i].Tags = head.Tags
		if v.URL == "" {
			v.URL = v.Tree.Kits[i].URL
		}
	}
	return former, nil
}

// belongings reads the files that belong to what was found, in a time of their own: they are many more bytes than the texts
// of a repository. What they hold must not end the program.
func (c *Crawler) belongings(ctx context.Context, v *catalog.Visit, head Head, co *Checkout, former []string) error {
	err := c.guard(v.Source.ID, func() error {
		if err := c.attached(ctx, v, co); err != nil {
			return err
		}
		return c.brought(ctx, v, co, head.Tags, former)
	})
	if errors.Is(err, errFault) {
		return &Trouble{Outcome: catalog.Failed, Reason: faultOfOurs(), Fault: catalog.FaultOurs, Err: err}
	}
	return err
}

// read understands a tree. Reading never fails by itself; if it ever does, that is a failed visit of one source.
func (c *Crawler) read(v *catalog.Visit, tree fs.FS, tags []catalog.Tag, former ...string) error {
	err := c.guard(v.Source.ID, func() error {
		o := catalog.ReadOptions{URL: v.URL, IPACode: c.knownCode(), Tags: catalog.TagsAt(tags, v.Commit),
			Observatory: c.home.Load().observatory, Now: c.cfg.Now(), Aliases: former}
		if v.Moved != "" {
			o.Aliases = append(o.Aliases, v.Moved)
		}
		if s := &v.Source; s.Kind == kindKit {
			o.Folder, o.Include, o.Exclude = s.Folder, s.Include, s.Exclude
		}
		v.Tree = catalog.Read(tree, o)
		nameless(v)
		return nil
	})
	if err != nil {
		return &Trouble{Outcome: catalog.Failed, Reason: faultOfOurs(), Fault: catalog.FaultOurs, Err: err}
	}
	if v.Tree.Partial && v.Outcome == catalog.Full {
		v.Outcome = catalog.Partial
		v.Reason = schema.T("una parte dei file non è stata letta: i rilievi dicono quali", "some of the files were not read: the findings say which")
	}
	return nil
}

// nameless gives kits that have no address, which are those of a repository on this machine without a url in their
// descriptors, the identity that they have: that of the source, which is the operator's word and tells nobody where the
// folder lies. Once the kit says its url it is the same kit under that address (see [catalog.Apply]).
func nameless(v *catalog.Visit) {
	for i := range v.Tree.Kits {
		if k := &v.Tree.Kits[i]; k.URL == "" {
			k.Key = keyOf(v, "", k.Folder)
		}
	}
}

// keyOf is the identity of a kit of a visit: url is that of its repository, "" where it has none.
func keyOf(v *catalog.Visit, url, folder string) catalog.Key {
	if url == "" {
		url = "source:" + string(v.Source.ID)
	}
	return catalog.KeyOf(url, folder)
}

// recall reads the history of the kits of a visit, in a time of its own. Without it the visit is still a whole one.
func (c *Crawler) recall(ctx context.Context, v *catalog.Visit, co *Checkout) error {
	paths := historyPaths(v.Tree)
	if len(paths) == 0 || co.History == nil {
		return nil
	}
	inner, cancel := context.WithTimeout(ctx, c.cfg.VisitTimeout)
	defer cancel()
	h, err := co.History(inner, paths)
	v.Bytes += h.Bytes
	v.Requests += h.Requests
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		c.cfg.Logger.Warn("history not read", "source", v.Source.ID, "err", err)
		v.Findings = append(v.Findings, schema.Finding{Severity: schema.Warning, Code: "V06",
			Message: schema.T("la storia dei documenti non è stata ottenuta", "the history of the documents could not be had"),
			Hint:    schema.T("le pagine mostrano solo l'ultima versione", "pages show only the last version")})
		return nil
	}
	v.History = h.Changes
	for i := range v.Tree.Kits {
		k := &v.Tree.Kits[i]
		k.Tags = slices.Clone(k.Tags)
		for j, t := range k.Tags {
			k.Tags[j].Time = h.TagTimes[t.Name]
		}
	}
	return nil
}

// historyPaths lists the files of the kits whose commits are wanted; software has none.
func historyPaths(t *catalog.Tree) []string {
	var out []string
	add := func(k *catalog.Kit, p string) { out = append(out, path.Join(k.Folder, p)) }
	for i := range t.Kits {
		k := &t.Kits[i]
		switch k.Form {
		case catalog.FormSoftware:
			continue
		case catalog.FormLegacy: // its files are those of its documents, and none of ours
			out = append(out, k.Folder)
			for _, h := range catalog.Attachments(k) {
				add(k, h.Attachment.Path)
			}
			continue
		}
		out = append(out, k.Folder)
		add(k, "kit.md")
		for _, d := range k.Documents {
			add(k, d.Path)
		}
		for _, x := range k.Templates {
			add(k, x.Path)
		}
		for _, x := range k.Services {
			add(k, x.Path)
		}
		for _, x := range k.Tariffs {
			add(k, x.Path)
		}
		for _, x := range k.Checklists {
			add(k, x.Path)
		}
		for _, x := range k.Adoptions {
			add(k, x.Path)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// identity is the canonical URL of a repository. One on this machine has none of its own: it is what its files say.
func identity(url string) string {
	if u := publiccode.NormalizeURL(url); strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
		return u
	}
	return ""
}

// timedOut says in words that the time given to one visit is over, and what to do.
func timedOut(ctx context.Context, err error) error {
	return late(ctx, err, schema.T("il repository non ha risposto nel tempo concesso: si riprova alla prossima visita; se succede ogni volta, tieni il kit in un repository suo, più piccolo", "the repository did not answer in the time allowed: the next visit tries again; if it happens each time, keep the kit in a smaller repository of its own"))
}

func late(ctx context.Context, err error, why schema.Text) error {
	if err == nil || !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return err
	}
	return &Trouble{Outcome: catalog.Failed, Err: err, Reason: why, Fault: catalog.FaultWait}
}

// askOf is what a source wants of its repository. An address that somebody else's list proposes may lead to the network
// only.
func askOf(s *catalog.Source) Ask {
	a := Ask{URL: s.URL, Branch: s.Branch, MaxBytes: min(max(int64(s.MaxRepoMB), 0), maxRepoMB) << 20, Trusted: s.Parent == ""}
	if s.Kind == kindKit {
		a.Folder = catalog.CleanFolder(s.Folder)
	}
	return a
}

// maxRepoMB is beyond what any repository costs: a larger number in a source means the same.
const maxRepoMB = 1 << 30

// DefaultVisitTimeout is the longest that one source may take.
const DefaultVisitTimeout = 2 * time.Minute
