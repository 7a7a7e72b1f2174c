package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/schema"
)

// saidError is an error that is said in the reader's language already; kind is what it is for the program.
type saidError struct {
	text string
	kind error
}

func (e saidError) Error() string { return e.text }

// Unwrap gives the kind.
func (e saidError) Unwrap() error { return e.kind }

// said makes an error of a sentence of ours.
func (p *program) said(kind error, it, en string, args ...any) error {
	return saidError{fmt.Sprintf(schema.T(it, en).In(p.lang), args...), kind}
}

// errEmpty says that a data folder has no catalogue yet.
var errEmpty = errors.New("no catalogue")

// errCatalogue says that a catalogue could not be read.
var errCatalogue = errors.New("catalogue not read")

// errNoSource says that a crawl had sources to visit and could read none.
var errNoSource = errors.New("no source read")

// words gives an error in the reader's language, where it is one of those that people meet.
func (p *program) words(err error) string {
	var ours saidError
	var path *fs.PathError
	var network *net.OpError
	var disk *catalog.StorageError
	var layout *bleveindex.LayoutError
	switch {
	case errors.As(err, &disk):
		return disk.Text().In(p.lang)
	case errors.As(err, &layout):
		return layout.Text().In(p.lang)
	case errors.As(err, &ours):
	case errors.Is(err, catalog.ErrBusy):
		return schema.T("la cartella dei dati è già in uso", "the data folder is in use").In(p.lang)
	case errors.As(err, &network) && errors.Is(err, syscall.EADDRINUSE):
		return fmt.Sprintf(schema.T("l'indirizzo %s è occupato", "the address %s is taken").In(p.lang), network.Addr)
	case errors.As(err, &path) && errors.Is(err, fs.ErrNotExist):
		return path.Path + schema.T(": non esiste", ": does not exist").In(p.lang)
	case errors.As(err, &path) && errors.Is(err, fs.ErrPermission):
		return path.Path + schema.T(": permesso negato", ": permission denied").In(p.lang)
	case errors.As(err, &path) && errors.Is(err, syscall.ENOSPC):
		return path.Path + schema.T(": il disco è pieno", ": the disk is full").In(p.lang)
	}
	return err.Error()
}

// hints says what to do about an error.
func hints(err error) []schema.Text {
	var out []schema.Text
	for _, h := range []struct {
		is   error
		text schema.Text
	}{
		{catalog.ErrBusy, schema.T("un altro riuso sta usando la cartella dei dati: fermalo, o indica un'altra cartella con --data", "another riuso is using the data folder: stop it, or name another folder with --data")},
		{catalog.ErrNotFound, schema.T("controlla il nome: la pagina /fonti elenca le fonti del catalogo", "check the name: the page /fonti lists the sources of the catalogue")},
		{errEmpty, schema.T("riempi la cartella con «riuso crawl --catalog CATALOGO --data CARTELLA»", "fill the folder with \"riuso crawl --catalog CATALOGUE --data FOLDER\"")},
		{errCatalogue, schema.T("un catalogo è una cartella o un repository con catalogue.md e, nella cartella sources, un file per ogni fonte", "a catalogue is a folder or repository with catalogue.md and, in the folder sources, one file for each source")},
		{errRepository, schema.T("controlla l'indirizzo e prova ad aprirlo nel navigatore; per un server interno aggiungi --allow-net con la sua rete", "check the address and try to open it in a browser; for a server of your own network add --allow-net with that network")},
		{errIndex, schema.T("scarica a mano il dataset «Enti» da indicepa.gov.it, in CSV, e indicalo con --from", "download the data set \"Enti\" by hand from indicepa.gov.it, as CSV, and name it with --from")},
		{errNoSource, schema.T("il rapporto dice perché; ciò che era già nel catalogo resta", "the report says why; what was in the catalogue stays")},
		{syscall.EADDRINUSE, schema.T("indica un altro indirizzo con --addr, per esempio --addr 127.0.0.1:8081", "name another address with --addr, as in --addr 127.0.0.1:8081")},
		{fs.ErrNotExist, schema.T("controlla il percorso", "check the path")},
		{fs.ErrPermission, schema.T("controlla i permessi della cartella", "check the permissions of the folder")},
	} {
		if errors.Is(err, h.is) {
			out = append(out, h.text)
		}
	}
	return out
}
