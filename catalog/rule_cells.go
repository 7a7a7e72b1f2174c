package catalog

import (
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// maxNamedFiles bounds the files that one sentence names.
const maxNamedFiles = 5

// cellRule tells, phase by phase, of the cells of the matrix that apply and are empty (W02): which documents are there and
// wait to be written, and for which cells there is none at all.
func (r *reader) cellRule(k *Kit, m *marked) {
	missing := CompletenessOf(k).MissingCells
	for _, phase := range GridPhases() {
		var ambits []string
		for _, c := range missing {
			if c.Phase == phase {
				ambits = append(ambits, c.Ambit)
			}
		}
		if len(ambits) == 0 || misplaced(k, phase) {
			continue
		}
		unwritten, none := waiting(k, phase, ambits)
		l := schema.Phases.Label(phase)
		var say, do []schema.Text
		if len(unwritten) > 0 {
			say = append(say, unwrittenNames(unwritten))
			do = append(do, schema.T("scrivi il testo sotto l'intestazione di ogni file, o allega il documento già pronto (attachments:)", "write the text below the front matter of each file, or attach the document if it is ready (attachments:)"))
		}
		if len(none) > 0 {
			say, do = append(say, withoutDocument(none)), append(do, addDocument(phase, none))
		}
		r.say(m, "matrix", schema.Warning, "W02",
			schema.T("fase "+phase+" ("+l.It+"): "+joined(say, "; ", false), "phase "+phase+" ("+l.En+"): "+joined(say, "; ", true)),
			schema.T(joined(do, "; ", false), joined(do, "; ", true)))
	}
}

// waiting divides the empty cells of a phase: the documents that will fill some once they are written, by the names of their
// files, and the ambits that no document is meant for.
func waiting(k *Kit, phase string, ambits []string) (unwritten, none []string) {
	none = slices.Clone(ambits)
	for _, d := range documentsInOrder(k.Documents) {
		if d.HasContent() || d.Status == "superseded" || !slices.Contains(d.Phase, phase) {
			continue
		}
		fills := func(ambit string) bool { return slices.Contains(d.Ambit, ambit) || slices.Contains(d.Ambit, "all") }
		if slices.ContainsFunc(ambits, fills) {
			unwritten = append(unwritten, quoted(path.Base(d.Path)))
			none = slices.DeleteFunc(none, fills)
		}
	}
	return unwritten, none
}

// unwrittenNames names the first files, and counts the others.
func unwrittenNames(files []string) schema.Text {
	n, named := len(files), strings.Join(files[:min(len(files), maxNamedFiles)], ", ")
	more := schema.Text{}
	if rest := n - maxNamedFiles; rest > 0 {
		more = schema.T(" e "+count(rest, "altro", "altri"), " and "+count(rest, "other", "others"))
	}
	there := schema.T("ci sono "+itoa(n)+" documenti da scrivere: ", "there are "+itoa(n)+" documents to write: ")
	if n == 1 {
		there = schema.T("c'è 1 documento da scrivere: ", "there is 1 document to write: ")
	}
	return schema.T(there.It+named+more.It, there.En+named+more.En)
}

// withoutDocument names the ambits that no document is meant for.
func withoutDocument(ambits []string) schema.Text {
	if len(ambits) == len(GridAmbits()) {
		return schema.T("nessun documento, in nessuno dei cinque ambiti", "no document, in any of the five ambits")
	}
	var it, en []string
	for _, a := range ambits {
		l := schema.Ambits.Label(a)
		it, en = append(it, strings.ToLower(l.It)), append(en, strings.ToLower(l.En))
	}
	return schema.T("nessun documento per l'ambito "+strings.Join(it, ", "), "no document for the ambit "+strings.Join(en, ", "))
}

func addDocument(phase string, ambits []string) schema.Text {
	if len(ambits) == len(GridAmbits()) {
		return schema.T("aggiungi i documenti con phase: ["+phase+"] e il loro ambit:, oppure di' in matrix: perché la fase non si applica", "add the documents with phase: ["+phase+"] and their ambit:, or say under matrix: why the phase does not apply")
	}
	return schema.T("aggiungi documenti con phase: ["+phase+"] e ambit: ["+strings.Join(ambits, "] o [")+"], oppure di' in matrix: perché la casella non si applica", "add documents with phase: ["+phase+"] and ambit: ["+strings.Join(ambits, "] or [")+"], or say under matrix: why the cell does not apply")
}

// joined puts the sentences of one language one after the other.
func joined(ts []schema.Text, by string, english bool) string {
	var out []string
	for _, t := range ts {
		if english {
			out = append(out, t.En)
		} else {
			out = append(out, t.It)
		}
	}
	return strings.Join(out, by)
}

// misplaced says whether a document that may belong to a phase has no place because what it says of its phase or ambit was
// refused: a finding has told that, and the cell may not be empty at all.
func misplaced(k *Kit, phase string) bool {
	return slices.ContainsFunc(k.Documents, func(d Document) bool {
		return len(d.Phase) == 0 || len(d.Ambit) == 0 && slices.Contains(d.Phase, phase)
	})
}
