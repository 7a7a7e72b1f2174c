package site

import (
	"regexp"
	"strings"
)

// officeWords are words by which a mailbox shows that it is an office's: with one of them it is shown even when it has
// the shape of a name and a surname.
var officeWords = []string{
	"info", "protocollo", "segreteria", "ufficio", "uffici", "urp", "comune", "provincia", "regione", "unione", "pec", "cert", "ced", "sit",
	"cit", "innovazione", "digitale", "servizi", "servizio", "assistenza", "support", "supporto", "help", "helpdesk", "contatti", "contact",
	"direzione", "area", "settore", "staff", "team", "dpo", "rtd", "privacy", "trasparenza", "anticorruzione", "gare", "appalti", "suap",
	"sue", "anagrafe", "tributi", "ragioneria", "personale", "sindaco", "amministrazione", "comunicazione", "stampa", "progetti", "europa",
	"riuso", "opensource", "open", "source", "sviluppo", "software", "sistemi", "informativi", "ict", "it", "webmaster", "web", "noreply",
	"security", "office", "developers", "community", "cst", "centro", "agenzia", "dipartimento", "istituto", "biblioteca", "scuola",
}

var mailbox = regexp.MustCompile(`(?i)[a-z0-9._%+-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+`)

// officeMailbox gives address when it is the mailbox of an office, "" when it looks like a person's: name and surname,
// or a free provider (kit format, rule W04). Pages show no person's mailbox, wherever it was found.
func officeMailbox(address string) string {
	local, domain, ok := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "@")
	if !ok || mailbox.FindString(address) != strings.TrimSpace(address) {
		return ""
	}
	for _, free := range []string{"gmail.", "libero.", "hotmail.", "outlook.", "yahoo.", "virgilio.", "tiscali.", "alice.", "icloud.", "live.", "proton"} {
		if strings.HasPrefix(domain, free) {
			return ""
		}
	}
	parts := strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '_' || r == '-' || r == '+' })
	for _, p := range parts {
		for _, w := range officeWords {
			if p == w {
				return address
			}
		}
	}
	if len(parts) >= 2 {
		return ""
	}
	return address
}

// withoutPeople takes the mailboxes of persons out of a text that strangers wrote, and puts mark in their place.
func withoutPeople(text, mark string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	return mailbox.ReplaceAllStringFunc(text, func(a string) string {
		if officeMailbox(a) == "" {
			return mark
		}
		return a
	})
}

// subject is what a page shows of a commit's message: its first line, without the trailers in which people sign and
// without any mailbox.
func subject(message string) string {
	line := firstLine(message)
	if i := strings.Index(line, "Signed-off-by:"); i >= 0 {
		line = line[:i]
	}
	if i := strings.Index(line, "Co-authored-by:"); i >= 0 {
		line = line[:i]
	}
	return strings.TrimSpace(mailbox.ReplaceAllString(line, "…"))
}
