package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/internal/demo"
	"github.com/open-community-pa/riuso/schema"
)

// options say what is shown.
type options struct {
	program  string // bin/riuso
	shared   string // the folder with the legacy kit
	pictures string // where the pictures go; "": none are taken
	serve    string // address of the site that is left open; "": none
	lang     schema.Lang
}

// errDifferent: something did not come to what it must.
var errDifferent = errors.New("not everything is as it must be")

func main() {
	o := flags()
	demo.Main("legacykit", func(ctx context.Context) error { return run(ctx, o, os.Stdout) })
}

func flags() options {
	o := options{shared: demo.Shared(), lang: demo.Lang()}
	flag.StringVar(&o.program, "riuso", filepath.Join("bin", "riuso"), "the program")
	flag.StringVar(&o.pictures, "pictures", filepath.Join(".cache", "legacy"), "folder for the pictures of the pages; empty: none")
	flag.StringVar(&o.serve, "serve", "", "leave the site of the result open at this address, say 127.0.0.1:8080")
	flag.Parse()
	return o
}

// run builds the repository, crawls it twice, prints what came of it and checks it.
func run(ctx context.Context, o options, w io.Writer) (err error) {
	g, err := demo.New(o.lang)
	if err != nil {
		return err
	}
	defer g.Close()
	if o.program, err = filepath.Abs(o.program); err != nil {
		return err
	}
	s := &show{Ground: g, options: o, w: w}
	kit, err := s.kit(ctx)
	if err != nil {
		return err
	}
	folder, data := g.Path("catalogo"), g.Path("data")
	if err := s.catalogue(folder); err != nil {
		return err
	}
	first, err := g.Crawl(ctx, o.program, folder, data)
	if err != nil {
		return err
	}
	s.cost(first, "La prima visita: ", "The first visit: ")
	if err := kit.touch(ctx); err != nil {
		return err
	}
	second, err := g.Crawl(ctx, o.program, folder, data)
	if err != nil {
		return err
	}
	s.cost(second, "Dopo un commit che non tocca gli allegati: ", "After a commit that leaves the attachments alone: ")
	s.again(first, second)
	addr := o.serve
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	at, _, err := g.Site(ctx, o.program, addr, data)
	if err != nil {
		return err
	}
	if err := s.figures(ctx, at, kit); err != nil {
		return err
	}
	if err := s.questions(ctx, at); err != nil {
		return err
	}
	if o.pictures != "" {
		if err := s.take(ctx, at); err != nil {
			return err
		}
	}
	err = s.verdict()
	if o.serve == "" {
		return err
	}
	s.say("\nIl sito è su %s/kit/%s; Ctrl-C ferma tutto.", "\nThe site is at %s/kit/%s; Ctrl-C stops everything.", at, s.id)
	<-ctx.Done()
	return err
}

// show is one demonstration under way.
type show struct {
	*demo.Ground
	options
	w     io.Writer
	id    string            // of the kit on the site
	pages map[string]string // to be pictured, by name
	wrong []string
}

func (s *show) say(it, en string, args ...any) {
	fmt.Fprintln(s.w, schema.Tf(it, en, args...).In(s.options.lang))
}

// must notes what is not as it must be.
func (s *show) must(ok bool, format string, args ...any) {
	if !ok {
		s.wrong = append(s.wrong, fmt.Sprintf(format, args...))
	}
}

// source is the id of the kit's source.
const source = "kit-storico"

// cost says what a crawl took for the kit.
func (s *show) cost(r demo.Report, it, en string) {
	l, ok := r.Line(source)
	s.must(ok && l.Outcome == catalog.Full, "%s was visited: %v %s %s", source, ok, l.Outcome, l.Reason)
	s.say(it+"%.1f s, %d richieste, %.1f MB", en+"%.1f s, %d requests, %.1f MB", l.Seconds, l.Requests, float64(l.Bytes)/1e6)
}

// again checks that attachments are not read twice.
func (s *show) again(first, second demo.Report) {
	a, _ := first.Line(source)
	b, _ := second.Line(source)
	const small = 1 << 20
	s.must(b.Bytes < small, "the second visit took %d bytes, the first %d: what did not change is not fetched again", b.Bytes, a.Bytes)
}

func (s *show) verdict() error {
	if len(s.wrong) > 0 {
		fmt.Fprintln(s.w, "\n"+strings.Join(s.wrong, "\n"))
		return fmt.Errorf("%w: %d differences", errDifferent, len(s.wrong))
	}
	s.say("\nTutto è come deve essere (%s).", "\nEverything is as it must be (%s).", time.Now().Format(time.TimeOnly))
	return nil
}
