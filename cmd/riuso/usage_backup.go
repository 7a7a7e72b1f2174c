package main

const backupIt = `Uso: riuso backup [--data DIR] FILE

Copia in FILE ciò che si sa: gli identificativi pubblici, da quando una voce
c'è, le pagine di ciò che non c'è più, le visite fatte. È un solo istante, anche
mentre un sito o un'altra visita scrivono nella cartella. L'indice non c'è: si
rifà. Il FILE di prima resta finché il nuovo non è intero.

  --data DIR        cartella dei dati ($RIUSO_DATA, oppure riuso-data)
`

const backupEn = `Usage: riuso backup [--data DIR] FILE

Copies what is known into FILE: public ids, since when an entry is there, the
pages of what is gone, the visits that were made. It is one moment, even while a
site or a crawl writes to the folder. The index is not in it: it is made again.
The FILE of before stays until the new one is whole.

  --data DIR        data folder ($RIUSO_DATA, or riuso-data)
`

const restoreIt = `Uso: riuso restore [--data DIR] FILE

Rifà una cartella dei dati da un FILE di «riuso backup», con il suo indice. La
cartella dev'essere nuova o vuota. Se il lavoro si ferma, si può ripetere.

  --data DIR        cartella dei dati ($RIUSO_DATA, oppure riuso-data)
`

const restoreEn = `Usage: riuso restore [--data DIR] FILE

Makes a data folder of a FILE of "riuso backup", with its index. The folder must
be new or empty. When the work is stopped it may be done again.

  --data DIR        data folder ($RIUSO_DATA, or riuso-data)
`
