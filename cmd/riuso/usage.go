package main

import (
	"errors"
	"fmt"

	"github.com/open-community-pa/riuso/schema"
)

const usageIt = `riuso tiene un catalogo dei kit del riuso tra pubbliche amministrazioni.

Uso:
  riuso serve   [--addr 127.0.0.1:8080] [--data DIR] [--catalog DIR|URL]
                apre il sito; senza altro, quello del catalogo iniziale
  riuso crawl   --catalog DIR|URL [--data DIR] [--mirror DA=A] [FONTE...]
                visita le fonti del catalogo e aggiorna la cartella dei dati
  riuso search  [--data DIR] [--json] [--filter NOME=VALORE] PAROLE...
                cerca dal terminale; senza --data, nel catalogo iniziale
  riuso check   PERCORSO|URL...
                controlla kit, cataloghi e file publiccode.yml
  riuso entities fetch --to FILE [--entities DIR --only CODICI]
                scarica i codici degli enti da IndicePA
  riuso new     kit|catalogue|adoption
                prepara i primi file, con le istruzioni dentro
  riuso import  CARTELLA|FILE.zip|URL [--into DIR] [--entities DIR|FILE]
                propone un kit a partire da cartelle di documenti
  riuso backup  [--data DIR] FILE
                copia ciò che si sa in un file, anche mentre il sito è aperto
  riuso restore [--data DIR] FILE
                rifà da quel file una cartella dei dati
  riuso version
  riuso help    [COMANDO|CODICE]
                spiega un comando, o il codice di una segnalazione (E04)

Esito: 0 se tutto va bene, 1 se ci sono errori da correggere o il lavoro non
riesce, 2 se il comando è scritto male.
`

const usageEn = `riuso keeps a catalogue of reuse kits between public administrations.

Usage:
  riuso serve   [--addr 127.0.0.1:8080] [--data DIR] [--catalog DIR|URL]
                opens the site; by itself, that of the starter catalogue
  riuso crawl   --catalog DIR|URL [--data DIR] [--mirror FROM=TO] [SOURCE...]
                visits the sources of the catalogue and updates the data folder
  riuso search  [--data DIR] [--json] [--filter NAME=VALUE] WORDS...
                searches from the terminal; without --data, the starter catalogue
  riuso check   PATH|URL...
                checks kits, catalogues and publiccode.yml files
  riuso entities fetch --to FILE [--entities DIR --only CODES]
                downloads the codes of public bodies from IndicePA
  riuso new     kit|catalogue|adoption
                prepares the first files, with instructions in them
  riuso import  FOLDER|FILE.zip|URL [--into DIR] [--entities DIR|FILE]
                proposes a kit made of folders of documents
  riuso backup  [--data DIR] FILE
                copies what is known into a file, even while the site is up
  riuso restore [--data DIR] FILE
                makes a data folder of that file again
  riuso version
  riuso help    [COMMAND|CODE]
                explains a command, or the code of a finding (E04)

Exit code: 0 when all is well, 1 when there are faults to correct or the job
did not work, 2 when the command is badly written.
`

func usage(l schema.Lang) string { return schema.T(usageIt, usageEn).In(l) }

func (p *program) help(args []string) error {
	if len(args) == 0 {
		return p.print(usage(p.lang))
	}
	if len(args) > 1 {
		return usageError{errors.New(schema.T("help vuole un solo comando o codice", "help takes one command or code").In(p.lang))}
	}
	text, ok := verbHelp(args[0])
	if !ok {
		if why, ok := explain(args[0], p.lang); ok {
			return p.print(why)
		}
		return usageError{fmt.Errorf(schema.T("«%s» non è né un comando né il codice di una segnalazione", "%q is neither a command nor the code of a finding").In(p.lang), args[0])}
	}
	return p.print(text.In(p.lang))
}

// count says how many there are of something, in the right number.
func (p *program) count(n int, one, many schema.Text) string {
	if n == 1 {
		return "1 " + one.In(p.lang)
	}
	return fmt.Sprintf("%d %s", n, many.In(p.lang))
}

func (p *program) print(s string) error {
	_, err := fmt.Fprint(p.stdout, s)
	return err
}
