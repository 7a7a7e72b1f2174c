package main

const entitiesIt = `Uso: riuso entities fetch --to FILE [opzioni]

Scarica l'elenco degli enti dai dati aperti di IndicePA (CC BY 4.0) e ne scrive
i codici. Nomi e caselle delle persone non si leggono e non si scrivono. Se
l'elenco non è quello atteso, o ha perso molti codici, i file restano com'erano.

  --to FILE         dove scrivere i codici, uno per riga, per --ipa-codes; se il
                    nome finisce in .csv, una tabella anche con i nomi degli enti
  --entities DIR    cartella delle schede degli enti (entities, nel catalogo);
                    una scheda che c'è già resta com'è
  --only CODICI     enti di cui scrivere la scheda, per esempio c_e506,p_bs
  --url URL         indirizzo della tabella (quello di indicepa.gov.it)
  --from FILE       tabella già scaricata, in CSV, TSV o JSON
  --timeout DURATA  tempo massimo (5m)
  --allow-net CIDR  rete privata che si può raggiungere; si può ripetere
  --proxy URL       proxy per uscire ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY dice
                    che cosa si raggiunge senza
  --ca FILE         certificati di autorità proprie (PEM), oltre a quelle note
`

const entitiesEn = `Usage: riuso entities fetch --to FILE [options]

Downloads the list of public bodies from the open data of IndicePA (CC BY 4.0)
and writes their codes. Names and mailboxes of persons are neither read nor
written. When the list is not what it should be, or lost many codes, the files
stay as they were.

  --to FILE         where to write the codes, one a line, for --ipa-codes; when
                    it ends in .csv, a table with the names of the bodies, too
  --entities DIR    folder of the entity files (entities, in the catalogue); one
                    that is there already stays as it is
  --only CODES      bodies whose file is to be written, as in c_e506,p_bs
  --url URL         address of the table (that of indicepa.gov.it)
  --from FILE       table that was downloaded before, as CSV, TSV or JSON
  --timeout TIME    longest that it may take (5m)
  --allow-net CIDR  private network that may be reached; may be repeated
  --proxy URL       proxy to go out by ($HTTPS_PROXY, $HTTP_PROXY); $NO_PROXY says
                    what is reached without it
  --ca FILE         certificates of your own authorities (PEM), beside the known
`
