package main

import (
	"context"
	"errors"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// git lets the crawler read repositories with gitrepo, whose words it translates.
type git struct{ reader *gitrepo.Reader }

func (g git) List(ctx context.Context, url string) (indexer.Head, error) {
	refs, err := g.reader.List(ctx, url)
	if err != nil {
		return indexer.Head{}, trouble(err)
	}
	h := indexer.Head{Commit: refs.Head, Branch: refs.Branch, Bytes: refs.Bytes, Mark: refs.Digest(), Handle: refs}
	for _, t := range refs.Tags {
		h.Tags = append(h.Tags, catalog.Tag{Name: t.Name, Commit: t.Commit})
	}
	return h, nil
}

func (g git) Open(ctx context.Context, url string, h indexer.Head) (*indexer.Checkout, error) {
	refs, ok := h.Handle.(gitrepo.Refs)
	if !ok {
		refs = gitrepo.Refs{}
	}
	s, err := g.reader.Open(ctx, url, refs, nil)
	if err != nil {
		return nil, trouble(err)
	}
	return &indexer.Checkout{
		FS: s.FS, Changed: s.CommitTime, Findings: skipped(s), Partial: s.Partial, Bytes: s.Bytes, Requests: s.Requests, Way: s.Way,
		History: func(ctx context.Context, paths []string) (indexer.History, error) { return g.history(ctx, s, paths) },
	}, nil
}

func (g git) history(ctx context.Context, s *gitrepo.Snapshot, paths []string) (indexer.History, error) {
	h, err := g.reader.History(ctx, s, paths)
	if err != nil {
		return indexer.History{}, err
	}
	out := indexer.History{Changes: make(map[string][]catalog.Change, len(h.Changes)), TagTimes: h.TagTimes, Complete: h.Complete, Bytes: h.Bytes, Requests: h.Requests}
	for p, cs := range h.Changes {
		for _, c := range cs {
			out.Changes[p] = append(out.Changes[p], catalog.Change{Commit: c.Commit, Time: c.Time, Message: c.Message})
		}
	}
	return out, nil
}

// trouble says what an error of gitrepo means for a visit.
func trouble(err error) error {
	t := &indexer.Trouble{Outcome: catalog.Failed, Err: err}
	for _, c := range []struct {
		is      error
		outcome catalog.Outcome
		reason  schema.Text
	}{
		{gitrepo.ErrAbsent, catalog.Absent, schema.T("il repository non esiste o non è più pubblico", "the repository does not exist or is no longer public")},
		{gitrepo.ErrForbidden, catalog.Failed, schema.T("il server chiede credenziali: il repository non è pubblico", "the server asks for credentials: the repository is not public")},
		{gitrepo.ErrBusy, catalog.Failed, schema.T("il server chiede di tornare più tardi", "the server asks to come back later")},
		{gitrepo.ErrEmpty, catalog.Failed, schema.T("il repository è vuoto", "the repository is empty")},
		{gitrepo.ErrNoBranch, catalog.Failed, schema.T("il repository non ha un ramo predefinito", "the repository has no default branch")},
		{gitrepo.ErrLimit, catalog.Failed, schema.T("il repository supera i limiti di una visita", "the repository is over the limits of a visit")},
		{gitrepo.ErrCorrupt, catalog.Failed, schema.T("i dati del repository sono danneggiati", "the data of the repository is damaged")},
		{gitrepo.ErrUnsupported, catalog.Failed, schema.T("non è un repository Git che si possa leggere", "it is not a Git repository that can be read")},
		{gitrepo.ErrInvalid, catalog.Failed, schema.T("l'indirizzo non si può visitare", "the address cannot be visited")},
		{outbound.ErrRedirect, catalog.Failed, schema.T("il server rimanda altrove, dove non si può andare", "the server redirects to where it is not followed")},
		{outbound.ErrBlockedAddress, catalog.Failed, schema.T("l'indirizzo porta a una rete privata", "the address leads to a private network")},
	} {
		if errors.Is(err, c.is) {
			t.Outcome, t.Reason = c.outcome, c.reason
			return t
		}
	}
	t.Reason = schema.T("il server non risponde come dovrebbe", "the server does not answer as it should")
	return t
}

// skipped tells what of a commit was left out, as findings.
func skipped(s *gitrepo.Snapshot) []schema.Finding {
	var out []schema.Finding
	for _, sk := range s.Skipped {
		reason, ok := map[gitrepo.Reason]schema.Text{
			gitrepo.Symlink:   schema.T("è un collegamento simbolico, che non viene seguito", "it is a symbolic link, which is not followed"),
			gitrepo.Submodule: schema.T("è un sottomodulo, che non viene seguito", "it is a submodule, which is not followed"),
			gitrepo.BadPath:   schema.T("ha un nome che non si può usare", "it has a name that cannot be used"),
			gitrepo.TooLong:   schema.T("ha un percorso troppo lungo", "its path is too long"),
			gitrepo.TooDeep:   schema.T("è in cartelle annidate troppo in profondità", "it lies in folders nested too deep"),
			gitrepo.TooLarge:  schema.T("è troppo grande", "it is too large"),
			gitrepo.TooMany:   schema.T("è oltre il numero di file che si leggono", "it is beyond the number of files that are read"),
			gitrepo.TooMuch:   schema.T("è oltre la quantità di testo che si legge", "it is beyond the amount of text that is read"),
			gitrepo.Lost:      schema.T("il server non lo ha mandato", "the server did not send it"),
		}[sk.Reason]
		if !ok {
			reason = schema.T(string(sk.Reason), string(sk.Reason))
		}
		out = append(out, schema.Finding{File: sk.Path, Severity: schema.Warning, Code: "V05",
			Message: schema.T("file non letto: "+reason.It, "file not read: "+reason.En),
			Hint:    schema.T("metti nel repository un file comune, con un nome semplice", "put an ordinary file with a simple name in the repository")})
	}
	for _, p := range s.Collisions {
		out = append(out, schema.Finding{File: p, Severity: schema.Warning, Code: "V05",
			Message: schema.T("un altro file ha lo stesso nome, a parte maiuscole e minuscole", "another file has the same name but for upper and lower case"),
			Hint:    schema.T("rinomina uno dei due: su Windows se ne vede uno solo", "rename one of the two: on Windows only one of them is seen")})
	}
	return out
}
