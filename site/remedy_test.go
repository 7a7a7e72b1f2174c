package site_test

import (
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site"
)

// The page of a source that failed said that nothing was wrong where it says what to do, and offered a letter to the
// publisher on what only the operator can mend.
func TestAFailedSourceSaysWhoseTurnItIs(t *testing.T) {
	m := federation(t, 20)
	for fault, c := range map[catalog.Fault]struct {
		says   []string
		letter bool
	}{
		catalog.FaultNetwork: {[]string{"Questo lo corregge chi gestisce il catalogo.", "--allow-net"}, false},
		catalog.FaultSelf:    {[]string{"A quell'indirizzo non abbiamo chiesto nulla.", "Va cancellato il file"}, false},
		catalog.FaultPrivate: {[]string{"Tocca a chi pubblica il repository.", "renda pubblico"}, true},
		catalog.FaultServer:  {[]string{"Tocca a chi gestisce il server"}, true},
	} {
		id := catalog.SourceID("guasta-" + string(fault))
		bring(t, m, catalog.Visit{Source: catalog.Source{ID: id, Kind: "kit", URL: "https://git.example.it/guasta/" + string(fault)}, At: now().Add(time.Minute),
			Outcome: catalog.Failed, Reason: schema.T("un motivo", "a reason"), Fault: fault})
		s := newSite(t, m, func(*site.Config) {})
		doc := words(page(t, s, "/fonti/"+string(id), 200))
		says(t, string(fault), doc, c.says...)
		if strings.Contains(doc, "Nessuna segnalazione.") || strings.Contains(doc, "Un testo pronto") != c.letter {
			t.Errorf("%s: %s", fault, doc)
		}
		status := 404
		if c.letter {
			status = 200
		}
		if w := get(t, s, "/fonti/"+string(id)+"/avviso.txt"); w.Code != status {
			t.Errorf("%s: the text for the owner answers %d", fault, w.Code)
		}
	}
}
