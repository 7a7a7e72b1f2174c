package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/bleveindex"
	"github.com/open-community-pa/riuso/schema"
)

// backupStall is how long one piece of a backup may take to be written by whoever asked for it: while it waits, so does
// what is to be stored.
const backupStall = 30 * time.Second

// backup copies what is known into a file: of the folder itself, or of the program that has it open.
func (p *program) backup(ctx context.Context, args []string) (err error) {
	dir, file, err := p.folderAndFile("backup", args)
	if err != nil {
		return err
	}
	if err := p.filled(dir); err != nil {
		return err
	}
	if inside(dir, file) {
		return p.said(catalog.ErrInvalid, "%s sta nella cartella dei dati, e si perderebbe con lei: indica un altro posto", "%s lies in the data folder and would be lost with it: name another place", file)
	}
	out, err := os.CreateTemp(filepath.Dir(file), ".riuso-backup-*") // readable by its owner only
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(out.Name()))
		}
	}()
	err = p.writeBackup(ctx, dir, out)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		if errors.Is(err, context.Canceled) {
			return p.said(err, "fermato: la copia non è stata fatta", "stopped: no backup was made")
		}
		return err
	}
	if err := os.Rename(out.Name(), file); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	return p.print(fmt.Sprintf(schema.T("copia di sicurezza in %s: %d byte\n", "backup in %s: %d bytes\n").In(p.lang), file, info.Size()))
}

// writeBackup asks the folder, and when it is in use the program that uses it.
func (p *program) writeBackup(ctx context.Context, dir string, out io.Writer) error {
	defer p.wait(schema.T("copio ciò che si sa", "copying what is known"))()
	err := bleveindex.BackupFolder(ctx, dir, out)
	if !errors.Is(err, catalog.ErrBusy) {
		return err
	}
	at := filepath.Join(dir, controlName)
	if _, missing := os.Stat(at); missing != nil {
		return err
	}
	return fetchBackup(ctx, at, out)
}

// fetchBackup has a backup sent through a socket. One that breaks off is an error.
func fetchBackup(ctx context.Context, socket string, out io.Writer) (err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://control"+backupPath, nil)
	if err != nil {
		return err
	}
	res, err := throughSocket(socket).Do(req)
	if err != nil {
		return cmp.Or(ctx.Err(), err)
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", controlName, res.Status)
	}
	_, err = io.Copy(out, res.Body)
	return err
}

// sendBackup sends a backup to whoever asked for it, and breaks the answer off when it fails: half a backup is none.
func (c *control) sendBackup(w http.ResponseWriter, r *http.Request) {
	answer := http.NewResponseController(w)
	err := c.backup(r.Context(), writerFunc(func(b []byte) (int, error) {
		if err := answer.SetWriteDeadline(time.Now().Add(backupStall)); err != nil {
			return 0, err
		}
		return w.Write(b)
	}))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
}

// writerFunc is a writer made of one function.
type writerFunc func([]byte) (int, error)

// Write calls it.
func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// restore makes a data folder of a backup.
func (p *program) restore(ctx context.Context, args []string) (err error) {
	dir, file, err := p.folderAndFile("restore", args)
	if err != nil {
		return err
	}
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	done := p.wait(schema.T("ripristino la copia", "restoring the backup"))
	err = bleveindex.Restore(ctx, bleveindex.Config{Dir: dir}, in)
	done()
	var layout *bleveindex.LayoutError
	switch {
	case errors.As(err, &layout):
		layout.Path = file
		return layout
	case errors.Is(err, bleveindex.ErrBackup):
		return p.said(err, "%s non è una copia di sicurezza intera: è rovinata, incompleta o un'altra cosa; usane un'altra", "%s is not a whole backup: it is damaged, cut short or something else; use another one", file)
	case errors.Is(err, catalog.ErrInvalid):
		return p.said(err, "la cartella %s non è vuota: indicane una nuova con --data, o sposta quella che c'è", "the folder %s is not empty: name a new one with --data, or move that one away", dir)
	case errors.Is(err, context.Canceled):
		return p.said(err, "fermato: la cartella %s non ha un catalogo, il comando si può ripetere", "stopped: the folder %s has no catalogue, the command may be given again", dir)
	case err != nil:
		return err
	}
	logger, err := p.logger("text")
	if err != nil {
		return err
	}
	idx, end, err := p.open(ctx, dir, logger) // what was restored opens
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	stats, err := idx.Stats(ctx)
	if err != nil {
		return err
	}
	return p.print(fmt.Sprintf(schema.T("ripristinati in %s: %d kit, %d software, %d fonti\n", "restored into %s: %d kits, %d pieces of software, %d sources\n").In(p.lang), dir, stats.Kits+stats.Legacy, stats.Software, stats.Sources))
}

// folderAndFile reads the command line of backup and restore.
func (p *program) folderAndFile(verb string, args []string) (dir, file string, err error) {
	f := p.flags(verb)
	data := f.String("data", "", "")
	words, err := p.parse(f, args)
	if err != nil {
		return "", "", err
	}
	if len(words) != 1 {
		return "", "", usageError{fmt.Errorf(schema.T("%s vuole un file: riuso %s --data CARTELLA FILE", "%s takes one file: riuso %s --data FOLDER FILE").In(p.lang), verb, verb)}
	}
	return cmp.Or(p.dataDir(*data), defaultData), words[0], nil
}

// inside says whether a file would lie in a folder.
func inside(dir, file string) bool {
	d, errD := filepath.Abs(dir)
	f, errF := filepath.Abs(file)
	if errD != nil || errF != nil {
		return false
	}
	rel, err := filepath.Rel(d, f)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
