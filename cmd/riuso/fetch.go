package main

import (
	"context"
	"errors"

	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/schema"
)

// fetch brings more files of a snapshot, and translates why some could not be had.
func (g git) fetch(ctx context.Context, s *gitrepo.Snapshot, paths []string, lim indexer.FetchLimits, got func(string, []byte) error) (indexer.Fetched, error) {
	f, err := g.reader.Fetch(ctx, s, paths, gitrepo.FetchLimits{File: lim.File, Wire: lim.Wire}, got)
	out := indexer.Fetched{Bytes: f.Bytes, Requests: f.Requests, Missed: make([]indexer.Missed, 0, len(f.Missed))}
	for _, m := range f.Missed {
		out.Missed = append(out.Missed, missed(m))
	}
	return out, err
}

// missed says why a file could not be had, in words fit for its publisher.
func missed(m gitrepo.Missed) indexer.Missed {
	out := indexer.Missed{Path: m.Path}
	switch m.Why {
	case gitrepo.MissedLost:
		out.Why = indexer.MissedLost
		out.Reason = schema.T("il server del repository elenca il file ma non ne ha il contenuto: caricalo di nuovo, con lo stesso nome", "the repository's server lists the file but does not have its content: upload it again, under the same name")
		if errors.Is(m.Err, gitrepo.ErrNotInCommit) {
			out.Reason = schema.T("nel repository non c'è un file con questo percorso: correggi il percorso o aggiungi il file", "the repository has no file at this path: correct the path or add the file")
		}
	case gitrepo.MissedLarge:
		out.Why = indexer.MissedLarge
		out.Reason = schema.T("il file è troppo grande per essere letto: dividilo, oppure riduci le immagini che contiene", "the file is too large to be read: split it, or make the images in it smaller")
	case gitrepo.MissedBudget:
		out.Why = indexer.MissedBudget
		out.Reason = schema.T("in questa visita si è già scaricato quanto è concesso a una fonte: il file sarà letto a una delle prossime", "this visit has already downloaded as much as one source is allowed: the file will be read at one of the next")
		if errors.Is(m.Err, gitrepo.ErrNoSingle) {
			out.Why = indexer.MissedRefused
			out.Reason = schema.T("il server dà il repository soltanto per intero, e non se ne scarica tanto per gli allegati: chi lo gestisce attivi la versione 2 del protocollo Git", "the server gives the repository only as a whole, and that much is not downloaded for attachments: whoever runs it should switch version 2 of Git's protocol on")
		}
	default:
		out.Why = indexer.MissedBroken
		out.Reason = schema.T("il file non è arrivato: si riprova alla prossima visita", "the file did not come: the next visit tries again")
		var t *indexer.Trouble
		switch {
		case errors.Is(m.Err, gitrepo.ErrNoSingle):
			out.Why = indexer.MissedRefused
			out.Reason = schema.T("il server non dà un file alla volta: chi lo gestisce attivi la versione 2 del protocollo Git", "the server does not give one file at a time: whoever runs it should switch version 2 of Git's protocol on")
		case errors.As(trouble(m.Err), &t):
			out.Reason = schema.T("il file non è arrivato: "+t.Reason.It, "the file did not come: "+t.Reason.En)
		}
	}
	return out
}
