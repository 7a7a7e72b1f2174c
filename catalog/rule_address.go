package catalog

import (
	"regexp"

	"github.com/open-community-pa/riuso/schema"
)

var (
	// addressShape is what the url of a source begins with, as source.schema.json has it: a scheme with what it leads to, the
	// short form of ssh (git-fetch(1), "Git URLs"), or a path of this machine that is absolute or begins with ./ or ../.
	addressShape = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*://.|[^/:@]+@[^/:@]+:.|\.{1,2}([/\\]|$)|/|[A-Za-z]:[/\\])`)
	// hostShape is a web address that leaves out its scheme: git.example.it:8443/ente.
	hostShape = regexp.MustCompile(`^[A-Za-z0-9.-]+\.[A-Za-z0-9.-]+(:[0-9]+)?(/|$)`)
)

// IsAddress says whether the url of a source can be meant. "git.example.it/ente/kit" cannot: it would be looked for among
// the folders of this machine.
func IsAddress(url string) bool { return addressShape.MatchString(url) }

// addressRule looks at the address of a source (E01): one without a scheme leads to no server.
func (r *reader) addressRule(m *marked, s *Source) {
	if s.URL == "" || IsAddress(s.URL) {
		return
	}
	hint := schema.T("scrivi l'indirizzo intero, che comincia con https://; una cartella di questa macchina comincia con / oppure con ./ o ../", "write the whole address, which begins with https://; a folder of this machine begins with / or with ./ or ../")
	if hostShape.MatchString(s.URL) {
		hint = schema.Tf("scrivi https://%s", "write https://%s", quoted(s.URL))
	}
	r.say(m, "url", schema.Error, "E01", schema.Tf("dell'indirizzo «%s» manca l'inizio: così non porta a nessun server", "the address %q lacks its beginning: it leads to no server", quoted(s.URL)), hint)
}
