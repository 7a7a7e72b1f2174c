package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
)

// A data folder has one writer. While a site serves it, that is the one: a crawl started beside hands its work over to it,
// through a socket in the folder that only the operator can open. Through it a backup is had, too, of whoever writes.
const (
	controlName      = "control.sock"
	crawlPath        = "/crawl"
	backupPath       = "/backup"
	maxControl       = 1 << 20          // bytes of an order
	maxControlAnswer = 64 << 20         // bytes of what was done
	controlStart     = 10 * time.Second // for the headers of an order
)

// controlOrder is what a crawl hands over.
type controlOrder struct {
	Catalogue string             `json:"catalogue"`
	Only      []catalog.SourceID `json:"only,omitempty"`
	Confirm   bool               `json:"confirm,omitempty"`
	DryRun    bool               `json:"dryRun,omitempty"`
}

// controlAnswer is what was done.
type controlAnswer struct {
	Listing indexer.Listing  `json:"listing"`
	Report  indexer.Report   `json:"report"`
	Changes []indexer.Change `json:"changes,omitempty"` // that a dry run found
	Unknown catalog.SourceID `json:"unknown,omitempty"` // a name that is no source
	Fault   schema.Text      `json:"fault,omitzero"`
}

// control takes orders for whoever has a data folder open.
type control struct {
	keeper   *indexer.Keeper // nil: nothing is visited on order
	rehearse rehearsal       // beside the keeper
	from     string          // the catalogue that the site was told to keep
	busy     schema.Text     // why there is no keeper, and what to do
	backup   func(context.Context, io.Writer) error
}

// openControl takes orders in a data folder until end is called, which breaks off those under way. Without it, where the
// system allows no socket, the folder is in use and no more.
func openControl(ctx context.Context, dir string, c *control, logger *slog.Logger) (end func() error) {
	l, err := listenControl(dir)
	if err != nil {
		logger.WarnContext(ctx, "no orders can be taken: crawl and backup beside this program will find the folder in use", "folder", dir, "err", err)
		return func() error { return nil }
	}
	work, stop := context.WithCancel(ctx)
	s := c.server(work)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	return func() error {
		stop()
		err := s.Shutdown(context.WithoutCancel(ctx))
		if served := <-done; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}
}

// listenControl opens the socket of a data folder; what a program that was killed left behind is put aside, since the
// folder's lock says that nobody else is there.
func listenControl(dir string) (net.Listener, error) {
	at := filepath.Join(dir, controlName)
	if err := os.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", at)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(at, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (c *control) server(ctx context.Context) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+crawlPath, c.crawl)
	mux.HandleFunc("GET "+backupPath, c.sendBackup)
	return &http.Server{Handler: mux, ReadHeaderTimeout: controlStart, BaseContext: func(net.Listener) context.Context { return ctx }}
}

func (c *control) crawl(w http.ResponseWriter, r *http.Request) {
	var x controlOrder
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxControl)).Decode(&x); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var a controlAnswer
	switch {
	case c.keeper == nil:
		a.Fault = c.busy
	case !samePlace(x.Catalogue, c.from):
		a.Fault = schema.Tf("questa cartella dei dati è di un sito aperto, che tiene aggiornato un altro catalogo: per visitare quello scrivi --catalog %s; per visitare il tuo scegli un'altra cartella con --data",
			"this data folder is that of a site which is open and keeps another catalogue: to visit that one write --catalog %s; to visit yours choose another folder with --data", fullPath(c.from))
	case x.DryRun:
		var err error
		a.Listing, a.Report, a.Changes, err = c.rehearse(r.Context(), x)
		a.ended(err, schema.T("il sito è stato fermato, e la prova con lui", "the site was stopped, and the dry run with it"))
	default:
		var err error
		a.Listing, a.Report, err = c.keeper.Crawl(r.Context(), x.Confirm, x.Only...)
		a.ended(err, schema.T("il sito è stato fermato: ciò che era già stato letto è salvo", "the site was stopped: what had been read is kept"))
	}
	w.Header().Set("Content-Type", "application/json")
	// Whoever asked may have gone: what was done is done.
	_ = json.NewEncoder(w).Encode(a)
}

// ended puts into an answer what became of a crawl, in the given words when it was stopped.
func (a *controlAnswer) ended(err error, stopped schema.Text) {
	var unknown *indexer.UnknownSource
	var disk *catalog.StorageError
	switch {
	case errors.As(err, &unknown):
		a.Unknown = unknown.ID
	case errors.As(err, &disk):
		a.Fault = disk.Text()
	case errors.Is(err, context.Canceled):
		a.Fault = stopped
	case err != nil:
		a.Fault = schema.T("il lavoro non è riuscito: "+err.Error(), "the work failed: "+err.Error())
	}
}

// fullPath gives a folder as it is called from anywhere, and an address as it is.
func fullPath(from string) string {
	if abs, err := filepath.Abs(from); err == nil && isDir(abs) {
		return abs
	}
	return from
}

// samePlace says whether two ways of naming a catalogue on the command line are one: a folder may be written as a path,
// from here or from the root, and as file://.
func samePlace(a, b string) bool {
	if a == b {
		return true
	}
	x, y := folderOf(a), folderOf(b)
	return x != "" && x == y
}

// folderOf gives the folder that a way of naming a catalogue means, without the links on the way to it; "" for an address
// elsewhere.
func folderOf(from string) string {
	if strings.Contains(from, "://") {
		u, err := url.Parse(from)
		if err != nil || u.Scheme != "file" || (u.Host != "" && u.Host != "localhost") {
			return ""
		}
		from = filepath.FromSlash(u.Path)
	}
	dir, err := filepath.Abs(from)
	if err != nil || from == "" {
		return ""
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

// handOver lets the site that serves the data folder do a crawl. busy is what is said when there is none.
func (p *program) handOver(ctx context.Context, x order, busy error) error {
	at := filepath.Join(x.data, controlName)
	if _, err := os.Stat(at); err != nil {
		return busy
	}
	o := controlOrder{Catalogue: fullPath(x.from), Confirm: x.confirm, DryRun: x.dryRun}
	for _, w := range x.words {
		o.Only = append(o.Only, catalog.SourceID(w))
	}
	a, err := p.order(ctx, at, o)
	if errors.Is(err, errNoOrders) {
		return busy
	}
	if errors.Is(err, context.Canceled) {
		p.hint(x.stopped())
		return errFindings
	}
	if err != nil {
		return errors.Join(busy, err)
	}
	x.changes = a.Changes
	switch {
	case a.Unknown != "":
		return p.ended(a.Listing, a.Report, x, &indexer.UnknownSource{ID: a.Unknown})
	case !a.Fault.IsZero():
		return p.said(catalog.ErrInvalid, "%s", "%s", a.Fault.In(p.lang))
	case a.Listing.Visit.Outcome == catalog.Failed || a.Listing.Visit.Outcome == catalog.Absent:
		return p.noCatalogue(x, a.Listing)
	}
	return p.ended(a.Listing, a.Report, x, nil)
}

// order sends an order through a socket and waits until it is done.
func (p *program) order(ctx context.Context, socket string, o controlOrder) (a controlAnswer, err error) {
	body, err := json.Marshal(o)
	if err != nil {
		return a, err
	}
	defer p.wait(schema.T("il sito che serve questa cartella fa le visite", "the site that serves this folder makes the visits"))()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://control"+crawlPath, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	res, err := throughSocket(socket).Do(req)
	if err != nil {
		return a, cmp.Or(ctx.Err(), err)
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	switch res.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound: // an older program
		return a, errNoOrders
	default:
		return a, fmt.Errorf("%s: %s", controlName, res.Status)
	}
	err = json.NewDecoder(http.MaxBytesReader(nil, res.Body, maxControlAnswer)).Decode(&a)
	return a, err
}

// errNoOrders says that whoever has the folder open makes no visits on order.
var errNoOrders = errors.New("no visits on order")

// throughSocket makes a client of the one server that listens on a socket.
func throughSocket(socket string) *http.Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}
	return &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
