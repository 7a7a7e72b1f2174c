package main

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// hints says what to do about an error.
func hints(err error) []schema.Text {
	var out []schema.Text
	for _, h := range []struct {
		is   error
		text schema.Text
	}{
		{catalog.ErrBusy, schema.T("un altro riuso sta usando la cartella dei dati: fermalo, o indica un'altra cartella con --data", "another riuso is using the data folder: stop it, or name another folder with --data")},
		{catalog.ErrNotFound, schema.T("controlla il nome: la pagina /fonti elenca le fonti del catalogo", "check the name: the page /fonti lists the sources of the catalogue")},
		{syscall.EADDRINUSE, schema.T("l'indirizzo è occupato: indicane un altro con --addr, per esempio --addr 127.0.0.1:8081", "the address is taken: name another with --addr, as in --addr 127.0.0.1:8081")},
		{fs.ErrNotExist, schema.T("controlla il percorso", "check the path")},
		{fs.ErrPermission, schema.T("controlla i permessi della cartella", "check the permissions of the folder")},
	} {
		if errors.Is(err, h.is) {
			out = append(out, h.text)
		}
	}
	return out
}
