package legacy

import (
	"regexp"
	"strconv"

	"github.com/open-community-pa/riuso/schema"
)

// firstFinal is the version from which a document without another word is a final one: those before it are attempts.
const firstFinal = 1

// leadingNumber is the number by which a version begins: the 1 of "1.0", the 0 of "0.7".
var leadingNumber = regexp.MustCompile(`^\d{1,4}`)

func knownState(s string) bool {
	return s != "" && schema.Record("document").Property("status").Enum.Has(s)
}

// stateOf gives the state of a document, a value of document.status, and why: what its block says in words, else its
// version, else the answer of the owner, which is only for documents that say nothing. "" where nothing tells it.
func stateOf(h *Header, answer string) (string, schema.Text) {
	if h != nil {
		switch {
		case h.Status == "draft":
			return "work-in-progress", schema.Tf("in lavorazione perché il riquadro a pagina %d lo dice una bozza", "work in progress because the block on page %d calls it a draft", h.Page)
		case knownState(h.Status):
			return h.Status, schema.Tf("stato come lo dice il riquadro a pagina %d", "state as the block on page %d has it", h.Page)
		}
		if n, err := strconv.Atoi(leadingNumber.FindString(h.Version)); err == nil && n >= firstFinal {
			return "final", schema.Tf("definitivo perché il riquadro a pagina %d dice versione %s e non che è in lavorazione", "final because the block on page %d says version %s, and not that it is in progress", h.Page, clipped(h.Version, maxQuotedName))
		}
	}
	if knownState(answer) {
		return answer, schema.T("lo ha detto chi ha importato, per tutti i documenti che non lo dicono", "who imported said so, for all documents that do not say it")
	}
	return "", schema.Text{}
}
