package main

import (
	"errors"
	"strings"

	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// ownTrouble says what an error means that comes of the operator's own network, or of what the source itself asks for; ok
// is false for any other.
func ownTrouble(err error) (why schema.Text, ok bool) {
	var none *gitrepo.NoBranchError
	switch {
	case errors.As(err, &none):
		have := strings.Join(none.Have, ", ")
		if none.More > 0 {
			have += ", …"
		}
		return schema.Tf("il ramo «%s» non c'è: nel repository ci sono %s; correggi «branch» nella fonte", "there is no branch %q: the repository has %s; mend \"branch\" in the source", none.Branch, have), true
	case errors.Is(err, gitrepo.ErrSourceLimit):
		return schema.T("il repository è più grande di quanto la sua fonte permette di scaricare: alza «maxRepoMB» nella fonte, o tieni il kit in un repository suo",
			"the repository is larger than its source lets be downloaded: raise \"maxRepoMB\" in the source, or keep the kit in a repository of its own"), true
	case errors.Is(err, gitrepo.ErrNoSSH):
		return schema.T("è un indirizzo ssh: scrivi quello https; se il repository non è pubblico, chi gestisce il catalogo può leggerlo dalle sue fonti con --ssh-key e --known-hosts",
			"it is an address of ssh: write the one of https; if the repository is not public, whoever runs the catalogue can read it from the sources of that catalogue with --ssh-key and --known-hosts"), true
	case errors.Is(err, gitrepo.ErrHostKey):
		return schema.T("la chiave ssh del server non è quella conosciuta: confrontala con quella che il server pubblica e, se è giusta, mettila nel file di --known-hosts",
			"the ssh key of the server is not the known one: compare it with the one that the server publishes and, if it is right, put it into the file of --known-hosts"), true
	case errors.Is(err, outbound.ErrProxy):
		return schema.T("il proxy di questa rete non risponde o non lascia passare: chi gestisce il catalogo controlli --proxy, HTTPS_PROXY e NO_PROXY",
			"the proxy of this network does not answer or does not let through: whoever runs the catalogue should check --proxy, HTTPS_PROXY and NO_PROXY"), true
	}
	return schema.Text{}, false
}
