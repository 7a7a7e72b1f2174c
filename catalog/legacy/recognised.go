package legacy

import (
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// Tells says in a sentence why a folder of documents is no kit by its score, with all reasons for and against; zero where
// there are no documents, or where it is one.
func (r Recognition) Tells() schema.Text {
	if r.Documents == 0 || r.Verdict == Practice || r.Verdict == Kit {
		return schema.Text{}
	}
	var it, en []string
	for _, p := range r.Points {
		it, en = append(it, p.Why.It), append(en, p.Why.En)
	}
	if len(it) == 0 {
		it, en = []string{"nei nomi e nel README non c'è nulla che parli di fasi, di atti o di riuso"}, []string{"nothing in the names and the README speaks of phases, acts or reuse"}
	}
	seen := schema.Tf("ci sono %d documenti", "there are %d documents", r.Documents)
	if r.Documents == 1 {
		seen = schema.T("c'è 1 documento", "there is 1 document")
	}
	head := schema.Tf("%[1]s, ma i segni di un kit sono %[3]d su %[4]d: ", "%[2]s, but the signs of a kit are %[3]d of %[4]d: ", seen.It, seen.En, max(0, r.Score), minPractice)
	return schema.T(head.It+strings.Join(it, "; "), head.En+strings.Join(en, "; "))
}
