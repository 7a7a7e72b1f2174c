package demo

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
)

// siteAddress is where a site says that it is.
var siteAddress = regexp.MustCompile(`http://[0-9.]+:[0-9]+`)

// Keeping is the flags of a site that visits its sources, those of a catalogue.
func (g *Ground) Keeping(from string) []string {
	return append([]string{"--catalog", from, "--crawl-every", "24h"}, g.Network()...)
}

// Site opens the site of a data folder and gives its address when it answers. It stays open until it is stopped, or the
// ground is closed.
func (g *Ground) Site(ctx context.Context, path, addr, data string, more ...string) (at string, stop func(), err error) {
	cmd := g.Program(ctx, path, append([]string{"serve", "--addr", addr, "--data", data}, more...)...)
	messages, err := cmd.StderrPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	where, ended := make(chan string, 1), make(chan struct{})
	go func() {
		defer close(ended)
		in := bufio.NewScanner(messages)
		for in.Scan() {
			if at := siteAddress.FindString(in.Text()); at != "" && strings.Contains(in.Text(), "Ctrl-C") {
				where <- at
				break
			}
		}
		_, _ = io.Copy(io.Discard, messages) // what else it says is on its pages
		_ = cmd.Wait()                       // it is told to end, or its end is told below
	}()
	stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended by itself
		<-ended
	})
	g.AtEnd(stop)
	select {
	case at := <-where:
		return at, stop, nil
	case <-ended:
		return "", nil, errors.New("riuso serve ended before it answered")
	}
}

// Ask asks the site for a JSON answer.
func Ask(ctx context.Context, address string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return errors.Join(fmt.Errorf("%s: %s", address, res.Status), res.Body.Close())
	}
	return errors.Join(json.NewDecoder(res.Body).Decode(into), res.Body.Close())
}
