package main

import (
	"errors"
	"flag"
	"fmt"
	"net/http"

	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// maxKey is how large the file of a deploy key may be, in bytes.
const maxKey = 64 << 10

// defineKeys defines the flags of what opens doors: tokens by host, a deploy key, the servers that it is shown to. They
// open the addresses that the operator wrote, and nobody else's.
func (p *program) defineKeys(f *flag.FlagSet, n *network) {
	f.Func("token-file", "", func(file string) (err error) {
		n.tokens, err = outbound.NewTokens(file, p.getenv)
		return p.secretFault(file, err)
	})
	f.Func("ssh-key", "", func(file string) (err error) {
		n.sshKey, err = outbound.ReadSecret(file, maxKey)
		return p.secretFault(file, err)
	})
	f.StringVar(&n.known, "known-hosts", "", "")
}

// secretFault says what is wrong with a file of tokens or of a key, and never what is in it.
func (p *program) secretFault(file string, err error) error {
	var line *outbound.TokenFileError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, outbound.ErrReadable):
		return fmt.Errorf(schema.T("%s: lo possono leggere anche altri: chmod 600 %s", "%s: others can read it, too: chmod 600 %s").In(p.lang), file, file)
	case errors.As(err, &line):
		return fmt.Errorf(schema.T("%s, riga %d: ogni riga è il nome di un server e il suo gettone, separati da uno spazio (git.ente.it GETTONE), e un server vi sta una volta sola",
			"%s, line %d: each line is the name of a server and its token, with a space between (git.ente.it TOKEN), and a server has one line").In(p.lang), file, line.Line)
	case errors.Is(err, outbound.ErrSecretSize):
		return fmt.Errorf(schema.T("%s: è troppo grande", "%s: is too large").In(p.lang), file)
	}
	return errors.New(p.words(err))
}

// keys gives the tokens of the file and of the environment.
func (n *network) keys() (*outbound.Tokens, error) {
	if n.tokens != nil || n.getenv == nil {
		return n.tokens, nil
	}
	return outbound.NewTokens("", n.getenv)
}

// trusted makes the client for what the operator wrote: the one that carries the tokens.
func (n *network) trusted(way outbound.Config) (_ *http.Client, err error) {
	if way.Tokens, err = n.keys(); err != nil {
		return nil, err
	}
	return outbound.New(way)
}

// ssh makes the way by which the operator's own repositories are read over ssh, nil without a key.
func (n *network) ssh(way outbound.Config) (*gitrepo.SSH, error) {
	if n.sshKey == nil && n.known == "" {
		return nil, nil
	}
	if n.sshKey == nil || n.known == "" {
		return nil, errors.New(schema.T("--ssh-key e --known-hosts vanno insieme: la chiave e i server a cui si può mostrare («ssh-keyscan SERVER» scrive le righe, da confrontare con quelle che il server pubblica)",
			"--ssh-key and --known-hosts go together: the key and the servers that it may be shown to (\"ssh-keyscan SERVER\" writes the lines, to be compared with those that the server publishes)").In(n.lang))
	}
	dial, err := outbound.Dial(way)
	if err != nil {
		return nil, err
	}
	s, err := gitrepo.NewSSH(gitrepo.SSHConfig{Key: n.sshKey, KnownHosts: n.known, Dial: dial})
	switch {
	case errors.Is(err, gitrepo.ErrKey):
		err = errors.New(schema.T("--ssh-key: non è una chiave privata senza frase segreta: «ssh-keygen -t ed25519 -N '' -f deploy_key» ne fa una", "--ssh-key: this is no private key without a passphrase: \"ssh-keygen -t ed25519 -N '' -f deploy_key\" makes one").In(n.lang))
	case err != nil:
		err = fmt.Errorf(schema.T("--known-hosts: %s non si legge: %w", "--known-hosts: %s cannot be read: %w").In(n.lang), n.known, err)
	}
	return s, err
}
