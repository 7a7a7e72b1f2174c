package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// wait says on a terminal what takes so long, when it takes more than a second; the function that it gives ends that.
func (p *program) wait(what schema.Text) (done func()) {
	w := terminal(p.stderr)
	if w == nil {
		return func() {}
	}
	return waitOn(w, quietFor, what.In(p.lang))
}

func waitOn(w io.Writer, after time.Duration, text string) (done func()) {
	var mu sync.Mutex
	over, shown := false, false
	t := time.AfterFunc(after, func() {
		mu.Lock()
		defer mu.Unlock()
		if !over {
			_, err := fmt.Fprint(w, eraseToEnd+text+"…")
			shown = err == nil
		}
	})
	return func() {
		t.Stop()
		mu.Lock()
		defer mu.Unlock()
		over = true
		if !shown {
			return
		}
		if _, err := fmt.Fprint(w, eraseToEnd); err == nil {
			shown = false
		}
	}
}

func readingCatalogue() schema.Text { return schema.T("leggo il catalogo", "reading the catalogue") }

func openingData() schema.Text {
	return schema.T("apro la cartella dei dati", "opening the data folder")
}
