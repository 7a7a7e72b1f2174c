package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// importing is what the flags of an import say.
type importing struct {
	into, report, url string
	entities          []string
	answers           legacy.Answers
	kept              map[catalog.EntityRef]string // stories that the folder holds, by body
	force, dry        bool
	net               network
}

// errNoKit says that there is nothing to import.
var errNoKit = errors.New("not a legacy kit")

// bring proposes a kit for folders of documents that were never written as one.
func (p *program) bring(ctx context.Context, args []string) error {
	err := p.bringIn(ctx, args)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return p.said(context.Canceled, "import interrotto: ripeti lo stesso comando, che riprende da capo senza perdere niente", "import interrupted: run the same command again, it starts over and loses nothing")
	}
	return err
}

func (p *program) bringIn(ctx context.Context, args []string) (err error) {
	o, from, err := p.importFlags(args)
	if err != nil {
		return err
	}
	roll := legacy.NewRoll()
	if err := o.recall(from, roll); err != nil {
		return err
	}
	if err := p.enroll(roll, from, o.entities); err != nil {
		return err
	}
	at, err := p.openImport(ctx, from, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, at.close()) }()
	if _, err := fs.Stat(at.checkout.FS, "catalogue.md"); err == nil {
		return p.said(errNoKit, "%s è un catalogo: si importa un kit alla volta, per esempio la sua cartella in kits/", "%s is a catalogue: one kit at a time is imported, for instance its folder in kits/", from)
	}
	if o.into == "" {
		o.into = at.into
	}
	practice, rec, err := p.understood(ctx, at, roll, o)
	if err != nil {
		return err
	}
	if practice == nil {
		return p.noKit(from, rec)
	}
	return p.writeImport(ctx, at, practice, o)
}

// importFlags reads the command line.
func (p *program) importFlags(args []string) (o importing, from string, err error) {
	f := p.flags("import")
	f.StringVar(&o.into, "into", "", "")
	f.StringVar(&o.report, "report", "", "")
	f.StringVar(&o.url, "url", "", "")
	f.StringVar(&o.answers.Status, "status", "", "")
	f.StringVar((*string)(&o.answers.Updated), "updated", "", "")
	f.BoolVar(&o.force, "force", false, "")
	f.BoolVar(&o.dry, "dry-run", false, "")
	f.Func("entities", "", func(s string) error { o.entities = append(o.entities, s); return nil })
	p.defineNetwork(f, &o.net)
	words, err := p.parse(f, args)
	fault := schema.Text{}
	switch {
	case err != nil:
		return o, "", err
	case len(words) == 0:
		fault = schema.T("import: manca la cartella, il file ZIP o l'indirizzo da importare", "import: the folder, ZIP file or address to import is missing")
	case len(words) > 1:
		fault = schema.Tf("import: «%s» è di troppo: si importa una cosa alla volta", "import: %q is one word too many: one thing is imported at a time", words[1])
	case o.url != "" && !strings.HasPrefix(publiccode.NormalizeURL(o.url), "https://"):
		fault = schema.T("import: --url vuole l'indirizzo web del repository, come https://git.example.it/ente/kit", "import: --url takes the web address of the repository, as in https://git.example.it/body/kit")
	}
	if s := o.answers.Status; fault.IsZero() && s != "" && !schema.Record("document").Property("status").Enum.Has(s) {
		fault = schema.Tf("import: --status vuole final, work-in-progress o superseded, non «%s»", "import: --status takes final, work-in-progress or superseded, not %q", s)
	}
	if day := string(o.answers.Updated); fault.IsZero() && day != "" {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			fault = schema.Tf("import: --updated vuole un giorno come 2026-03-31, non «%s»", "import: --updated takes a day such as 2026-03-31, not %q", day)
		}
	}
	if !fault.IsZero() {
		return o, "", usageError{errors.New(fault.In(p.lang))}
	}
	return o, words[0], nil
}

// understood recognises and understands what was opened, with the same means as a crawl.
func (p *program) understood(ctx context.Context, at *imported, roll *legacy.Roll, o importing) (*indexer.Practice, legacy.Recognition, error) {
	a, err := attachments(nil, roll)
	if err != nil {
		return nil, legacy.Recognition{}, err
	}
	a.Limits = at.limits
	defer p.wait(schema.Tf("leggo i documenti di %s", "reading the documents of %s", at.name))()
	return a.Understand(ctx, indexer.Whole{Checkout: at.checkout, URL: at.url, Commit: at.commit, Changed: at.checkout.Changed, Name: at.name, Bodies: roll, Force: o.force, Answers: o.answers, Kept: o.kept})
}

// noKit says why there is nothing to import: the score, and what it is made of.
func (p *program) noKit(from string, rec legacy.Recognition) error {
	if rec.Verdict == legacy.Kit { // no reason for or against: it is one
		return p.said(errNoKit, "%[1]s ha già un kit.md: non c'è niente da importare, e riuso check dice che cosa gli manca. Se l'ha scritto un'importazione, manca il file %[2]s che dice quali file sono suoi: rimettilo dove sta kit.md (è nella storia del repository, o in una copia) e ripeti; se non si trova più, importa con --into in un'altra cartella una copia dei soli documenti", "%[1]s has a kit.md already: there is nothing to import, and riuso check says what it lacks. If an import wrote it, the file %[2]s is missing that says which files are its own: put it back beside kit.md (it is in the history of the repository, or in a copy) and repeat; where it is lost, import a copy of the documents alone into another folder with --into", from, legacy.TracePath)
	}
	var b strings.Builder
	for _, x := range rec.Points {
		fmt.Fprintf(&b, "  %+d  %s\n", x.Value, x.Why.In(p.lang))
	}
	p.errorf("%s", b.String())
	switch rec.Verdict {
	case legacy.Software:
		return p.said(errNoKit, "%s è un software con il suo publiccode.yml, che entra nel catalogo così com'è: punteggio %d, per un kit serve 3; --force lo importa lo stesso", "%s is software with its publiccode.yml, which enters the catalogue as it is: score %d, a kit takes 3; --force imports it all the same", from, rec.Score)
	}
	return p.said(errNoKit, "%s non sembra un kit fatto di documenti: punteggio %d, serve almeno 3; --force lo importa lo stesso", "%s does not look like a kit made of documents: score %d, it takes 3 at least; --force imports it all the same", from, rec.Score)
}
