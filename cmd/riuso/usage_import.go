package main

const importIt = `Uso: riuso import CARTELLA|FILE.zip|URL [opzioni]

Fa un kit di cartelle di documenti che un kit non lo sono mai state: capisce
fasi, codici, titoli, date ed enti, e propone kit.md, una scheda per documento,
publiccode.yml, CHANGELOG.md, le storie degli enti che riusano e un rapporto in
italiano, RIUSO-IMPORT.md. Gli originali non si toccano: le schede rimandano a
loro. Ripetuto, aggiorna solo ciò che nessuno ha corretto e mostra che cosa
avrebbe cambiato nel resto; lo sa da .riuso-import, che va tenuto. Se non sembra
un kit lo dice, con i motivi, ed esce con 1.

  --into DIR        dove scrivere. Di una cartella: quella stessa, perché le
                    schede stiano accanto ai file; di un ZIP: una cartella con il
                    suo nome, in cui viene anche estratto; di un repository: una
                    cartella con il suo nome, da copiare nel repository
  --report FILE     dove scrivere il rapporto (RIUSO-IMPORT.md in quella cartella)
  --entities DIR|FILE  enti da riconoscere nei testi: la cartella di un catalogo,
                    o la tabella di «riuso entities fetch --to enti.csv»; si può
                    ripetere (quelli del catalogo iniziale ci sono già)
  --url URL         indirizzo del repository, se si importa una cartella o un ZIP
  --status STATO    lo stato dei documenti che non lo dicono: final, superseded o
                    work-in-progress. Scritto una volta, vale per tutti
  --updated DATA    il giorno in cui qualcuno ha riletto quelli che non lo dicono
  --force           importa anche ciò che non sembra un kit
  --dry-run         dice che cosa farebbe, senza scrivere niente
  --mirror, --allow-net, --proxy, --ca, --token-file, --ssh-key, --known-hosts
                    come in «riuso help crawl»
`

const importEn = `Usage: riuso import FOLDER|FILE.zip|URL [options]

Makes a kit of folders of documents that never were one: it understands phases,
codes, titles, dates and bodies, and proposes kit.md, a record for each document,
publiccode.yml, CHANGELOG.md, the stories of the bodies that reuse it and a
report in Italian, RIUSO-IMPORT.md. The originals are not touched: the records
point at them. Run again, it updates only what nobody edited and shows what it
would have changed elsewhere; it knows from .riuso-import, which is to be kept.
What does not look like a kit is told, with the reasons, and the exit code is 1.

  --into DIR        where to write. Of a folder: that very one, so that the
                    records lie beside the files; of a ZIP: a folder of its name,
                    into which it is unpacked, too; of a repository: a folder of
                    its name, to be copied into the repository
  --report FILE     where to write the report (RIUSO-IMPORT.md in that folder)
  --entities DIR|FILE  bodies to recognise in the texts: the folder of a
                    catalogue, or the table of "riuso entities fetch --to
                    bodies.csv"; may be repeated (those of the starter catalogue
                    are known)
  --url URL         address of the repository, when a folder or ZIP is imported
  --status STATE    state of the documents that do not tell theirs: final,
                    superseded or work-in-progress. Written once, it is for all
  --updated DATE    day on which somebody read again those that do not tell it
  --force           import what does not look like a kit, too
  --dry-run         say what would be done, and write nothing
  --mirror, --allow-net, --proxy, --ca, --token-file, --ssh-key, --known-hosts
                    as in "riuso help crawl"
`
