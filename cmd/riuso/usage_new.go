package main

const newIt = `Uso: riuso new kit|catalogue|adoption [opzioni]

Prepara i primi file di un kit, di un catalogo o di una storia di adozione, con
istruzioni in italiano su che cosa scrivere e dove. Al terminale chiede ciò che
manca; altrove ciò che manca e non ha un valore tra parentesi è un errore. Un
file che c'è già non viene mai toccato.

  --into DIR           cartella da riempire (quella con il nome dell'id; per
                       adoption la cartella corrente, del kit o del catalogo)
  --schema-base URL    sito che pubblica gli schemi per l'editor (quello del
                       catalogo attorno; senza, il repository del programma)

new kit
  --title, --summary, --need TESTO  titolo; in una frase; bisogno a cui risponde
  --entity CODICE      ente che cede, come ipa:c_x000
  --entity-name, --office TESTO  nome dell'ente; ufficio a cui chiedere
  --url URL            repository del kit (in un catalogo: il suo)
  --topics A,B         temi
  --id SLUG            identificativo (dal titolo)
  --kind TIPO          practice, service-model, community, laboratory, software,
                       methodology (practice)
  --recipients A,B     entity, citizens, businesses, professionals, internal
                       (entity)
  --reuse-modes A,B    as-is, adapted, component, method-only, … (adapted)
  --agreement ATTO     none, convention, protocol, agreement-art15 (none)
  --code-scheme REGOLA avviso-ocpa, cit, sequential, none (cit)
  --license SPDX       (CC-BY-4.0)

new catalogue
  --title, --summary TESTO       titolo; in una frase
  --owner CODICE, --owner-name TESTO, --owner-type TIPO
                       ente titolare, come ipa:p_xx; nome; tipo, come province
  --scope AMBITO       national, regional, provincial, thematic
  --team @SQUADRA      chi approva le modifiche sulla forgia
  --territory, --url, --base-url  territorio; repository; sito (facoltativi)
  --id, --license      come per il kit
  --riuso-version REF  versione di riuso per i controlli (quella in uso, o main)

new adoption
  --entity CODICE, --name TESTO  ente che adotta
  --kit URL, --kit-id SLUG       il kit, se la storia non è nel suo repository
  --event PASSO        interest, analysis-start (interest)
  --date, --note       data e nota del passo (facoltative)
  --consent            scrive l'ente stesso, che acconsente; altrimenti:
  --source TESTO       il documento pubblico che racconta il fatto
`

const newEn = `Usage: riuso new kit|catalogue|adoption [options]

Prepares the first files of a kit, of a catalogue or of an adoption, with
instructions in Italian about what to write where. At a terminal it asks what is
missing; elsewhere whatever is missing and has no value in brackets is an error.
A file that is there already is never touched.

  --into DIR           folder to fill (that of the id's name; for adoption the
                       current folder, of the kit or of the catalogue)
  --schema-base URL    site that publishes the schemas for the editor (that of
                       the catalogue around; else the program's repository)

new kit
  --title, --summary, --need TEXT  title; in one sentence; need it answers
  --entity CODE        body that hands over, as ipa:c_x000
  --entity-name, --office TEXT  name of the body; office to ask
  --url URL            repository of the kit (in a catalogue: the catalogue's)
  --topics A,B         topics
  --id SLUG            id (from the title)
  --kind KIND          practice, service-model, community, laboratory, software,
                       methodology (practice)
  --recipients A,B     entity, citizens, businesses, professionals, internal
                       (entity)
  --reuse-modes A,B    as-is, adapted, component, method-only, … (adapted)
  --agreement ACT      none, convention, protocol, agreement-art15 (none)
  --code-scheme RULE   avviso-ocpa, cit, sequential, none (cit)
  --license SPDX       (CC-BY-4.0)

new catalogue
  --title, --summary TEXT        title; in one sentence
  --owner CODE, --owner-name TEXT, --owner-type TYPE
                       body that owns it, as ipa:p_xx; name; type, as province
  --scope SCOPE        national, regional, provincial, thematic
  --team @TEAM         who approves changes on the forge
  --territory, --url, --base-url  territory; repository; site (optional)
  --id, --license      as for a kit
  --riuso-version REF  version of riuso for the checks (the one in use, or main)

new adoption
  --entity CODE, --name TEXT     body that adopts
  --kit URL, --kit-id SLUG       the kit, if the history is not in its repository
  --event STEP         interest, analysis-start (interest)
  --date, --note       date and note of the step (optional)
  --consent            the body itself writes, and consents; otherwise:
  --source TEXT        the public document that tells the fact
`
