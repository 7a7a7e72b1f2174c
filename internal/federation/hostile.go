package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// hostilePlaces are the places that are dead, hostile or broken, each with what its publisher must read. few leaves out
// those that only time ends.
func (g *ground) hostilePlaces(ctx context.Context, few bool) ([]place, error) {
	var out []place
	add := func(kind, id, title, url string, outcome catalog.Outcome, reason schema.Text) *place {
		out = append(out, place{id: id, title: title, kind: kind, url: url, part: hostile, outcome: outcome, reason: reason})
		return &out[len(out)-1]
	}
	g.answering(add)
	if err := g.unreachable(few, add); err != nil {
		return nil, err
	}
	if err := g.damaged(ctx, add); err != nil {
		return nil, err
	}
	if err := g.circles(ctx, add); err != nil {
		return nil, err
	}
	return out, nil
}

// adder adds a place and gives it, to be completed at once.
type adder func(kind, id, title, url string, outcome catalog.Outcome, reason schema.Text) *place

// answering are servers that answer something else.
func (g *ground) answering(add adder) {
	status := func(code int, headers ...string) string {
		return g.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(code)
		}))
	}
	to := func(where string) string {
		return g.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if where == "" {
				where = r.URL.String()
			}
			http.Redirect(w, r, where, http.StatusFound)
		}))
	}
	page := g.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<!doctype html><title>Benvenuti</title><p>Il sito è in manutenzione.")) // the client may be gone
	}))
	busy := schema.T("il server riceve troppe richieste e chiede di tornare dopo le", "the server gets too many requests and asks to come back after")
	add("kit", "o-sparito", "404: non c'è più", status(404)+"/ente/kit", catalog.Absent, schema.T("il repository non esiste o non è più pubblico", "the repository does not exist or is no longer public"))
	add("kit", "o-chiuso", "401: vuole credenziali", status(401)+"/ente/kit", catalog.Failed, schema.T("il server chiede credenziali", "the server asks for credentials"))
	add("kit", "o-affollato", "429 con Retry-After", status(429, "Retry-After", "3600")+"/ente/kit", catalog.Failed, busy).later = true
	add("forge", "o-affollata", "Una piattaforma che risponde 429", status(429, "Retry-After", "3600")+"/ente", catalog.Failed, schema.T("non accetta altre richieste", "takes no more requests")).later = true
	add("kit", "o-guasto", "500", status(500)+"/ente/kit", catalog.Failed, schema.T("il server ha un guasto (errore 500)", "the server has a fault (error 500)"))
	add("developers-italia-api", "o-api-guasta", "Un'API che risponde 500", status(500)+"/v1", catalog.Failed, schema.T("(risposta 500)", "(answer 500)"))
	add("kit", "o-pagina", "Una pagina al posto di un repository", page+"/ente/kit", catalog.Failed, schema.T("non c'è un repository Git che si possa leggere", "there is no Git repository at the address"))
	add("publishers", "o-pagina-editori", "Una pagina al posto di un elenco", page+"/publishers.yml", catalog.Failed, schema.T("dà una pagina HTML e non un file YAML", "HTML page"))
	add("kit", "o-giostra", "Rimandi senza fine", to("")+"/ente/kit", catalog.Failed, schema.T("il server rimanda ad altri indirizzi senza fine", "the server redirects to other addresses without end"))
	add("kit", "o-interno", "Un rimando a una rete privata", to("http://169.254.169.254/latest/meta-data")+"/ente/kit", catalog.Failed, schema.T("l'indirizzo porta a una rete privata", "the address leads to a private network"))
}

// unreachable are servers that do not answer, or not in a way that ends.
func (g *ground) unreachable(few bool, add adder) error {
	off, err := g.silent(true)
	if err != nil {
		return err
	}
	add("kit", "o-morto", "Nessuno in ascolto", off+"/ente/kit", catalog.Failed, schema.T("il server rifiuta la connessione", "the server refuses the connection"))
	add("catalogue", "o-catalogo-morto", "Un catalogo spento", off+"/catalogo", catalog.Failed, schema.T("il server rifiuta la connessione", "the server refuses the connection"))
	secured := httptest.NewUnstartedServer(http.NotFoundHandler())
	secured.Config.ErrorLog = log.New(io.Discard, "", 0) // what it says of clients that hang up
	secured.StartTLS()
	g.AtEnd(secured.Close)
	add("kit", "o-certificato", "TLS: un certificato di nessuno", secured.URL+"/ente/kit", catalog.Failed, schema.T("il certificato https non è di un'autorità riconosciuta", "certificate"))
	plain := httptest.NewServer(http.NotFoundHandler()) // without the way that serve tells
	g.AtEnd(plain.Close)
	add("kit", "o-in-chiaro", "TLS: un server che non lo parla", strings.Replace(plain.URL, "http://", "https://", 1)+"/ente/kit", catalog.Failed, schema.T("il server non parla https", "the server does not speak https"))
	if few {
		return nil
	}
	mute, err := g.silent(false)
	if err != nil {
		return err
	}
	add("kit", "o-muto", "Un server che tace", mute+"/ente/kit", catalog.Failed, schema.T("non ha risposto nel tempo concesso", "did not answer in the time allowed"))
	drops := g.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			if _, err := w.Write([]byte("0")); err != nil || http.NewResponseController(w).Flush() != nil {
				return
			}
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return
			}
		}
	}))
	add("kit", "o-goccia", "Un byte al secondo", drops+"/ente/kit", catalog.Failed, schema.T("il server risponde troppo lentamente", "the server answers too slowly"))
	return nil
}

// circles are catalogues that name themselves, each other, or us: what is a source already is not followed again.
func (g *ground) circles(ctx context.Context, add adder) error {
	for _, c := range []struct{ id, title, cites string }{{"specchio", "Uno specchio", "specchio"}, {"andata", "L'andata", "ritorno"}, {"ritorno", "Il ritorno", "andata"}} {
		at := g.Git + "/cerchi/" + c.id
		_, err := g.Repository(ctx, "cerchi/"+c.id, map[string]string{"catalogue.md": catalogueText(c.id, c.title, at),
			"sources/" + c.cites + ".md": sourceText(c.cites, "Un catalogo", "catalogue", g.Git+"/cerchi/"+c.cites)})
		if err != nil {
			return err
		}
	}
	add("catalogue", "o-specchio", "Un catalogo che nomina sé stesso", g.Git+"/cerchi/specchio", catalog.Full, schema.Text{}).records = 1 // itself
	both := add("catalogue", "o-andata", "Due cataloghi che si nominano a vicenda", g.Git+"/cerchi/andata", catalog.Full, schema.Text{})
	both.records, both.named = 1, map[catalog.Outcome]int{catalog.Full: 1}
	add("catalogue", "o-noi-stessi", "Questo stesso catalogo", g.Git+"/"+ownName, catalog.Failed, schema.T("è questo stesso catalogo", "it is this very catalogue"))
	return nil
}
