package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/site/hooks"
)

// minSecret is how long the secret of a webhook or of announcements is at least, in characters: a shorter one can be found
// by trying. What "openssl rand -hex 32" gives has 64.
const minSecret = 16

// secretPrefix stands before a secret in base64 (Standard Webhooks), and is no part of it.
const secretPrefix = "whsec_"

// short says that a secret can be guessed, and how to make another; it never repeats it.
func (p *program) short(secret string) error {
	n := len(strings.TrimPrefix(secret, secretPrefix))
	if n >= minSecret {
		return nil
	}
	return fmt.Errorf(schema.T("il segreto ha %s e ce ne vogliono almeno %d, o lo si indovina: «openssl rand -hex 32» ne fa uno", "the secret has %s and needs at least %d, or it can be guessed: \"openssl rand -hex 32\" makes one").In(p.lang),
		p.count(n, schema.T("carattere", "character"), schema.T("caratteri", "characters")), minSecret)
}

// readHookSecrets reads the file of the secrets of webhooks, by forge.
func (p *program) readHookSecrets(file string) (map[string][]string, error) {
	b, err := outbound.ReadSecret(file, maxKey)
	if err != nil {
		return nil, p.secretFault(file, err)
	}
	out := map[string][]string{}
	for i, line := range strings.Split(string(b), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		fault := errors.New(schema.T("ogni riga è «github», «gitlab» o «gitea» e il segreto, separati da uno spazio", "each line is \"github\", \"gitlab\" or \"gitea\" and the secret, with a space between").In(p.lang))
		if len(words) == 2 && (words[0] == hooks.GitHub || words[0] == hooks.GitLab || words[0] == hooks.Gitea) {
			fault = p.short(words[1])
		}
		if fault != nil {
			return nil, fmt.Errorf(schema.T("%s, riga %d: %w", "%s, line %d: %w").In(p.lang), file, i+1, fault)
		}
		out[words[0]] = append(out[words[0]], words[1])
	}
	if len(out) == 0 {
		return nil, fmt.Errorf(schema.T("%s: non contiene nessun segreto: scrivi una riga come «github SEGRETO»; «openssl rand -hex 32» ne fa uno", "%s: holds no secret: write a line like \"github SECRET\"; \"openssl rand -hex 32\" makes one").In(p.lang), file)
	}
	return out, nil
}

// readAnnounceSecret reads the secret with which announcements are signed.
func (p *program) readAnnounceSecret(file string) (string, error) {
	b, err := outbound.ReadSecret(file, maxKey)
	if err != nil {
		return "", p.secretFault(file, err)
	}
	secret := strings.TrimSpace(string(b))
	if err := p.short(secret); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	return secret, nil
}
