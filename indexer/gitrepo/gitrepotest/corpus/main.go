// Command corpus makes Git repositories of the shared corpus, serves them on loopback with git's own http-backend, and
// writes a catalogue whose sources they are: for trying the crawl by hand. It stops with Ctrl-C.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	shared := os.Getenv("RIUSO_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "shared")
	}
	to := flag.String("to", filepath.Join(".cache", "corpus"), "folder of the repositories")
	addr := flag.String("addr", "127.0.0.1:0", "address to serve on")
	flag.Parse()
	repos, err := gitrepotest.Corpus(ctx, filepath.Join(shared, "corpus"), filepath.Join(*to, "repos"))
	if err != nil {
		return err
	}
	if err := gitrepotest.CorpusCatalogue(repos, filepath.Join(*to, "catalogue")); err != nil {
		return err
	}
	root, err := filepath.Abs(filepath.Join(*to, "repos"))
	if err != nil {
		return err
	}
	handler, err := gitrepotest.Handler(root)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	fmt.Printf("%d repositories on http://%s. In another terminal:\n\n  bin/riuso crawl --catalog %s --data %s --mirror https://github.com/=http://%s/\n  bin/riuso serve --data %s\n\nCtrl-C stops.\n",
		len(repos), l.Addr(), filepath.Join(*to, "catalogue"), filepath.Join(*to, "data"), l.Addr(), filepath.Join(*to, "data"))
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		if err := s.Close(); err != nil {
			fmt.Fprintln(os.Stderr, "corpus:", err)
		}
	}()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
