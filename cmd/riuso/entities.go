package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/indicepa"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// errIndex says that the table of the bodies could not be had, or is not what it should be.
var errIndex = errors.New("no table of bodies")

// fetching is what the flags of `riuso entities fetch` say.
type fetching struct {
	to, url, from, dir, only string
	net                      network
	timeout                  time.Duration
}

// fetchTimeout is for the whole table.
const fetchTimeout = 5 * time.Minute

// entities brings the bodies of the Index of public administrations.
func (p *program) entities(ctx context.Context, args []string) error {
	f := p.flags("entities")
	var o fetching
	f.StringVar(&o.to, "to", "", "")
	f.StringVar(&o.url, "url", "", "")
	f.StringVar(&o.from, "from", "", "")
	f.StringVar(&o.dir, "entities", "", "")
	f.StringVar(&o.only, "only", "", "")
	f.DurationVar(&o.timeout, "timeout", fetchTimeout, "")
	p.defineAllow(f, &o.net)
	words, err := p.parse(f, args)
	if err != nil {
		return err
	}
	fault := schema.Text{}
	switch {
	case len(words) != 1 || words[0] != "fetch":
		fault = schema.T("entities vuole una parola: fetch", "entities takes one word: fetch")
	case o.to == "" && o.dir == "":
		fault = schema.T("manca --to FILE, dove scrivere i codici, o --entities DIR", "--to FILE, where to write the codes, or --entities DIR is missing")
	case (o.dir == "") != (o.only == ""):
		fault = schema.T("--entities e --only vanno insieme: la cartella e i codici degli enti", "--entities and --only go together: the folder and the codes of the bodies")
	case o.url != "" && o.from != "":
		fault = schema.T("--url e --from non vanno insieme", "--url and --from do not go together")
	case o.timeout <= 0:
		fault = schema.T("--timeout deve essere positivo", "--timeout must be positive")
	}
	if !fault.IsZero() {
		return usageError{errors.New(fault.In(p.lang))}
	}
	bodies, err := p.bodies(ctx, o)
	if err != nil {
		return err
	}
	return p.writeBodies(bodies, o, time.Now())
}

// bodies takes the table from the network, or from a file that the operator has brought.
func (p *program) bodies(ctx context.Context, o fetching) (bodies []indicepa.Body, err error) {
	from := cmp.Or(o.from, o.url, indicepa.DefaultURL)
	var in io.ReadCloser
	if o.from != "" {
		in, err = os.Open(o.from)
	} else {
		defer p.wait(schema.T("leggo l'indice degli enti", "reading the index of bodies"))()
		in, err = p.download(ctx, from, o)
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if bodies, err = indicepa.Read(in); err != nil {
		return nil, p.unfitTable(from, err)
	}
	return bodies, p.print(from + ": " + p.count(len(bodies), schema.T("ente", "body"), schema.T("enti", "bodies")) + "\n")
}

// download asks for the table through the guarded client. Closing what it gives ends the connection.
func (p *program) download(ctx context.Context, from string, o fetching) (io.ReadCloser, error) {
	if u, err := url.Parse(from); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, usageError{p.said(catalog.ErrInvalid, "--url vuole un indirizzo http o https, non «%s»", "--url takes an http or https address, not %q", from)}
	}
	client, err := o.net.client(outbound.Config{Timeout: o.timeout, MaxBytes: indicepa.MaxBytes}, false)
	if err != nil {
		return nil, usageError{err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, usageError{err}
	}
	res, err := client.Do(req)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, p.unfitTable(from, err)
	case res.StatusCode == http.StatusOK:
		return res.Body, nil
	}
	if err := res.Body.Close(); err != nil {
		return nil, p.unfitTable(from, err)
	}
	why, _ := wordsOf(res.StatusCode, nil)
	if why.IsZero() {
		why = schema.Tf("il server risponde %d", "the server answers %d", res.StatusCode)
	}
	return nil, p.said(errIndex, "%s: %s", "%s: %s", from, why.In(p.lang))
}

// unfitTable says why a table cannot be used.
func (p *program) unfitTable(from string, err error) error {
	why, _ := wordsOf(0, err)
	for _, c := range []struct {
		is  error
		say schema.Text
	}{
		{indicepa.ErrNoTable, schema.T("non è la tabella degli enti: nessuna colonna ha i codici IPA (Codice_IPA)", "it is not the table of bodies: no column has IPA codes (Codice_IPA)")},
		{indicepa.ErrNoCodes, schema.T("la tabella non ha codici IPA", "the table has no IPA codes")},
		{indicepa.ErrTooLarge, schema.T("la tabella è troppo grande", "the table is too large")},
		{indicepa.ErrBroken, schema.T("la tabella è interrotta o scritta male", "the table is cut off or badly written")},
	} {
		if errors.Is(err, c.is) {
			why = c.say
		}
	}
	return p.said(errIndex, "%s: %s", "%s: %s", from, why.In(p.lang))
}
