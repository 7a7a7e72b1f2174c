package main

import "github.com/open-community-pa/riuso/schema"

// verbHelp gives the whole usage of one command.
func verbHelp(verb string) (schema.Text, bool) {
	t, ok := map[string]schema.Text{
		"serve":    schema.T(serveIt, serveEn),
		"crawl":    schema.T(crawlIt, crawlEn),
		"search":   schema.T(searchIt, searchEn),
		"check":    schema.T(checkIt, checkEn),
		"entities": schema.T(entitiesIt, entitiesEn),
		"new":      schema.T(newIt, newEn),
		"import":   schema.T(importIt, importEn),
		"backup":   schema.T(backupIt, backupEn),
		"restore":  schema.T(restoreIt, restoreEn),
		"version":  schema.T(versionIt, versionEn),
		"help":     schema.T(usageIt, usageEn),
	}[verb]
	return t, ok
}

const serveIt = `Uso: riuso serve [opzioni]

Apre il sito del catalogo e lo dice. Si ferma con Ctrl-C.

  --addr IND        indirizzo su cui ascoltare (127.0.0.1:8080)
  --data DIR        cartella dei dati ($RIUSO_DATA); senza, una provvisoria con
                    il catalogo iniziale
  --catalog DIR|URL catalogo da leggere all'avvio, senza visitarne le fonti
  --crawl-every T   visita anche le fonti, ognuna ogni T (6h; almeno 5m) o come dice
                    la sua scheda, e subito quando qualcuno lo chiede dal sito
  --hook-secret-file FILE
                    righe «github SEGRETO», «gitlab …», «gitea …»: le piattaforme
                    avvisano a /hooks/github, /hooks/gitlab, /hooks/gitea; un
                    segreto ha almeno 16 caratteri («openssl rand -hex 32»)
  --announce URL    indirizzo a cui dire quando cambiano i problemi di una fonte
  --announce-secret-file FILE
                    segreto con cui firmare ciò che si dice, lungo altrettanto
  --workers N, --per-host N, --timeout T, --ipa-codes FILE
                    come in «riuso help crawl»
  --base-url URL    indirizzo pubblico del sito, per i collegamenti canonici
  --title TESTO     nome del sito; senza, il titolo del catalogo
  --owner TESTO     ente che lo tiene
  --contact IND     casella o pagina di un ufficio, per le segnalazioni
  --allow-net CIDR  rete privata che si può raggiungere; si può ripetere
  --proxy URL       proxy per uscire ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY dice
                    che cosa si raggiunge senza
  --ca FILE         certificati di autorità proprie (PEM), oltre a quelle note
  --token-file FILE righe «SERVER GETTONE», in un file che leggi solo tu; oppure
                    $RIUSO_TOKEN_GIT_ENTE_IT per git.ente.it, $GITHUB_TOKEN,
                    $GITLAB_TOKEN, $GITEA_TOKEN
  --ssh-key FILE    chiave per i repository ssh del proprio catalogo, e con
  --known-hosts FILE
                    le chiavi dei server a cui la si può mostrare
  --mirror DA=A     gli indirizzi che cominciano con DA si leggono da A
  --log text|json   forma dei messaggi (text)
`

const serveEn = `Usage: riuso serve [options]

Opens the site of the catalogue and says so. Ctrl-C stops it.

  --addr ADDR       address to listen on (127.0.0.1:8080)
  --data DIR        data folder ($RIUSO_DATA); without it, a temporary one with
                    the starter catalogue
  --catalog DIR|URL catalogue to read at start, without visiting its sources
  --crawl-every T   visit the sources, too, each every T (6h; at least 5m) or as
                    its record says, and at once when somebody asks on the site
  --hook-secret-file FILE
                    lines "github SECRET", "gitlab …", "gitea …": forges tell of
                    pushes at /hooks/github, /hooks/gitlab, /hooks/gitea; a secret
                    has at least 16 characters ("openssl rand -hex 32")
  --announce URL    address to tell when the problems of a source change
  --announce-secret-file FILE
                    secret to sign what is told with, as long as those
  --workers N, --per-host N, --timeout T, --ipa-codes FILE
                    as in "riuso help crawl"
  --base-url URL    public address of the site, for canonical links
  --title TEXT      name of the site; without it, the catalogue's title
  --owner TEXT      body that runs it
  --contact ADDR    mailbox or page of an office, for reports
  --allow-net CIDR  private network that may be reached; may be repeated
  --proxy URL       proxy to go out by ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY says
                    what is reached without it
  --ca FILE         certificates of your own authorities (PEM), beside the known
  --token-file FILE lines "HOST TOKEN", in a file that only you can read; or
                    $RIUSO_TOKEN_GIT_ENTE_IT for git.ente.it, $GITHUB_TOKEN,
                    $GITLAB_TOKEN, $GITEA_TOKEN
  --ssh-key FILE    key for the ssh repositories of your own catalogue, and with
  --known-hosts FILE
                    the keys of the servers that it may be shown to
  --mirror FROM=TO  addresses that begin with FROM are read from TO
  --log text|json   form of the messages (text)
`

const crawlIt = `Uso: riuso crawl --catalog DIR|URL [opzioni] [FONTE...]

Legge il catalogo e visita le sue fonti, o solo quelle nominate, con i posti
che nominano: i repository di un'organizzazione, le voci di altri cataloghi. Di
una fonte che non è cambiata chiede soltanto l'elenco dei riferimenti. Se un
sito aperto con --crawl-every usa la stessa cartella, le visite le fa lui.

Esito: 0 se il lavoro è fatto, anche se qualche fonte non si è potuta leggere;
1 se non se ne è letta nessuna, se il catalogo non si legge o non ha
catalogue.md, se il lavoro è stato fermato.

  --catalog DIR|URL repository del catalogo, o cartella
  --data DIR        cartella dei dati ($RIUSO_DATA, oppure riuso-data)
  --dry-run         visita e dice che cosa cambierebbe, senza scrivere nulla
  --confirm         ciò che la fonte nominata toglie è giusto, anche se è molto;
                    «catalogue» è il catalogo stesso
  --mirror DA=A     gli indirizzi che cominciano con DA si leggono da A; è una
                    strada, non un'identità; si può ripetere
  --allow-net CIDR  rete privata che si può raggiungere; si può ripetere
  --proxy URL       proxy per uscire ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY dice
                    che cosa si raggiunge senza
  --ca FILE         certificati di autorità proprie (PEM), oltre a quelle note
  --token-file FILE righe «SERVER GETTONE», in un file che leggi solo tu; oppure
                    $RIUSO_TOKEN_GIT_ENTE_IT per git.ente.it, $GITHUB_TOKEN,
                    $GITLAB_TOKEN, $GITEA_TOKEN
  --ssh-key FILE    chiave per i repository ssh del proprio catalogo, e con
  --known-hosts FILE
                    le chiavi dei server a cui la si può mostrare
  --workers N       visite insieme, da 1 a 256 (8)
  --per-host N      visite insieme allo stesso server (4)
  --timeout DURATA  tempo massimo di una visita, come 90s o 5m (2m)
  --ipa-codes FILE  codici IPA per controllarli: uno per riga, o la tabella di
                    «riuso entities fetch --to enti.csv», che dà anche i nomi
                    da cui si riconoscono gli enti nei documenti
  --json            rapporto in JSON sull'uscita
  --log text|json   forma dei messaggi (text)
`

const crawlEn = `Usage: riuso crawl --catalog DIR|URL [options] [SOURCE...]

Reads the catalogue and visits its sources, or only those named, with the
places that they name: the repositories of an organisation, the entries of other
catalogues. Of a source that did not change only the list of references is asked
for. When a site opened with --crawl-every uses the same folder, it makes the
visits.

Exit code: 0 when the work is done, even if some sources could not be read; 1
when none could, when the catalogue cannot be read or has no catalogue.md, or
when the work was stopped.

  --catalog DIR|URL repository of the catalogue, or folder
  --data DIR        data folder ($RIUSO_DATA, or riuso-data)
  --dry-run         visit and say what would change, writing nothing
  --confirm         what the named source takes away is right, even if it is
                    much; "catalogue" is the catalogue itself
  --mirror FROM=TO  addresses that begin with FROM are read from TO; a route,
                    not an identity; may be repeated
  --allow-net CIDR  private network that may be reached; may be repeated
  --proxy URL       proxy to go out by ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY says
                    what is reached without it
  --ca FILE         certificates of your own authorities (PEM), beside the known
  --token-file FILE lines "HOST TOKEN", in a file that only you can read; or
                    $RIUSO_TOKEN_GIT_ENTE_IT for git.ente.it, $GITHUB_TOKEN,
                    $GITLAB_TOKEN, $GITEA_TOKEN
  --ssh-key FILE    key for the ssh repositories of your own catalogue, and with
  --known-hosts FILE
                    the keys of the servers that it may be shown to
  --workers N       visits at once, from 1 to 256 (8)
  --per-host N      visits at once to one server (4)
  --timeout TIME    longest that one visit may take, as 90s or 5m (2m)
  --ipa-codes FILE  IPA codes to check them against: one a line, or the table of
                    "riuso entities fetch --to bodies.csv", which also has the
                    names by which bodies are recognised in documents
  --json            report as JSON on the output
  --log text|json   form of the messages (text)
`

const searchIt = `Uso: riuso search [opzioni] PAROLE...

Cerca tra i kit e le loro parti. Senza parole elenca tutto.

  --data DIR           cartella dei dati ($RIUSO_DATA); senza, il catalogo iniziale.
                       Mentre «riuso serve» la usa non si può cercare da qui:
                       cerca sul sito
  --filter NOME=VALORE restringe, per esempio phase=B o region=Lombardia; si può
                       ripetere
  --page N, --size N   pagina e risultati per pagina (1, 10)
  --json               risposta in JSON, come quella di /api/v1/search
`

const searchEn = `Usage: riuso search [options] WORDS...

Searches the kits and their parts. Without words it lists everything.

  --data DIR           data folder ($RIUSO_DATA); without it, the starter catalogue.
                       While "riuso serve" uses it nothing can be searched from
                       here: search on the site
  --filter NAME=VALUE  narrows, as in phase=B or region=Lombardia; may be repeated
  --page N, --size N   page and results a page (1, 10)
  --json               answer as JSON, like that of /api/v1/search
`

const checkIt = `Uso: riuso check [opzioni] PERCORSO|URL...

Controlla un kit, un catalogo o un file publiccode.yml e dice tutto ciò che non
va: dove, che cosa, che cosa fare. Una cartella di kit si controlla kit per kit,
l'indirizzo di un repository Git nel suo ramo predefinito.

  --format FORMA    text (con un segno sotto il punto), json, github (annotazioni
                    su una richiesta di modifica), sarif (SARIF 2.1.0, per chi
                    raccoglie i controlli), summary (un testo da inoltrare)
  --fix             corregge ciò che ha una sola soluzione (virgolette, maiuscole,
                    chiavi e licenze superate), dice che cosa, e ricontrolla
  --lang it|en      lingua dei messaggi
  --fail-on error|warning
                    da quale gravità l'esito è 1 (error)
  --ipa-codes FILE  codici IPA per controllarli: uno per riga, o il file di
                    «riuso entities fetch»
  --tag NOME        tag della versione che si sta per pubblicare: le versioni
                    scritte nei file devono essere la stessa
  --on DATA         giorno rispetto a cui guardare le scadenze (oggi)
  --external        guarda anche i file che publiccode.yml indica (logo,
                    schermate): se ci sono e se si aprono
  --network         quello, e chiede a ogni indirizzo indicato se risponde
  --allow-net CIDR  rete privata che si può raggiungere; si può ripetere
  --proxy URL       proxy per uscire ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY dice
                    che cosa si raggiunge senza
  --ca FILE         certificati di autorità proprie (PEM), oltre a quelle note
  --mirror DA=A     i repository che cominciano con DA si leggono da A

Una segnalazione nota si lascia con un commento, che dice il codice e il motivo,
sulla sua riga o su quella prima:
  # riuso: ignore W04 numero di esempio
  <!-- riuso: ignore W04 numero di esempio -->     nel testo di un file .md

Prima di ogni commit, nel file eseguibile .git/hooks/pre-commit:
  #!/bin/sh
  cd "$(git rev-parse --show-toplevel)" || exit 1
  exec riuso check .
`

const checkEn = `Usage: riuso check [options] PATH|URL...

Checks a kit, a catalogue or a publiccode.yml file and tells all that is wrong:
where, what, what to do. A folder of kits is checked kit by kit, the address of
a Git repository on its default branch.

  --format FORM     text (with a caret under the place), json, github (annotations
                    of a pull request), sarif (SARIF 2.1.0, for what gathers
                    findings), summary (a text to be forwarded)
  --fix             mends what has one right way (quotes, capitals, deprecated
                    keys and licences), says what, and checks again
  --lang it|en      language of the messages
  --fail-on error|warning
                    from which severity the exit code is 1 (error)
  --ipa-codes FILE  IPA codes to check them against: one a line, or the file of
                    "riuso entities fetch"
  --tag NAME        tag of the version about to be released: the versions written
                    in the files must be that one
  --on DAY          day against which dates are held (today)
  --external        looks also at the files that publiccode.yml names (logo,
                    screenshots): that they are there and open
  --network         that, and asks every address that is named for an answer
  --allow-net CIDR  private network that may be reached; may be repeated
  --proxy URL       proxy to go out by ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY says
                    what is reached without it
  --ca FILE         certificates of your own authorities (PEM), beside the known
  --mirror FROM=TO  repositories that begin with FROM are read from TO

A finding that is known is let be with a comment, which gives the code and the
reason, on its line or on the line above:
  # riuso: ignore W04 example number
  <!-- riuso: ignore W04 example number -->        in the text of a .md file

Before every commit, in the executable file .git/hooks/pre-commit:
  #!/bin/sh
  cd "$(git rev-parse --show-toplevel)" || exit 1
  exec riuso check .
`

const versionIt = `Uso: riuso version

Stampa la versione.
`

const versionEn = `Usage: riuso version

Prints the version.
`
