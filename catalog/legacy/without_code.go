package legacy

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// nameless are the bodies that were recognised by their names alone: those that reuse the practice, and those that cede it.
func (u *Understanding) nameless() (reusing, ceding []string) {
	take := func(to []string, ref, name string) []string {
		if name = masked(name); ref == "" && name != "" && !slices.Contains(to, name) {
			return append(to, name)
		}
		return to
	}
	for _, s := range u.Stories {
		reusing = take(reusing, string(s.Ref), s.Name)
	}
	for _, m := range u.Ceding {
		ceding = take(ceding, string(m.Ref), m.Name)
	}
	return reusing, ceding
}

// Nameless are the names of all bodies that the documents tell of and whose codes nobody knows: who cedes first.
func (u *Understanding) Nameless() []string {
	reusing, ceding := u.nameless()
	return slices.Concat(ceding, reusing)
}

// withoutCode tells once which bodies the page of a kit lacks because nobody knows their codes (L13), and what its owner and
// whoever runs the catalogue do.
func (u *Understanding) withoutCode() []schema.Finding {
	reusing, ceding := u.nameless()
	if len(reusing)+len(ceding) == 0 {
		return nil
	}
	it, en := bodiesSaid(reusing, ceding)
	return []schema.Finding{warning("", "L13",
		schema.T("i documenti nominano enti di cui non si conosce il codice IPA, e che perciò non compaiono nella pagina del kit: "+it, "the documents name bodies whose IPA code is not known, and which the page of the kit therefore lacks: "+en),
		schema.T("chi tiene il catalogo scarica l'elenco con «riuso entities fetch --to enti.csv» e lo dà a crawl o a serve con --ipa-codes enti.csv; chi ha il kit lo importa di nuovo con --entities enti.csv, o scrive i codici nelle schede",
			"who runs the catalogue downloads the list with \"riuso entities fetch --to bodies.csv\" and gives it to crawl or serve with --ipa-codes bodies.csv; who has the kit imports it again with --entities bodies.csv, or writes the codes in the records"))}
}

// bodiesSaid names the bodies by what they do.
func bodiesSaid(reusing, ceding []string) (it, en string) {
	var its, ens []string
	say := func(names []string, one, many, enOne, enMany string) {
		if len(names) == 0 {
			return
		}
		if len(names) > 1 {
			one, enOne = many, enMany
		}
		list := clipped(strings.Join(names, ", "), maxLine)
		its, ens = append(its, one+" "+list), append(ens, enOne+" "+list)
	}
	say(ceding, "cede la pratica", "cedono la pratica", "the practice is ceded by", "the practice is ceded by")
	say(reusing, "la riusa", "la riusano", "it is reused by", "it is reused by")
	return strings.Join(its, "; "), strings.Join(ens, "; ")
}

// maxKnown is how many bodies the trace of an import keeps (house rule 5).
const maxKnown = 1_000

// named are the bodies that the documents tell of and whose references are known, once each, by reference.
func (u *Understanding) named() []Mention {
	var out []Mention
	seen := map[catalog.EntityRef]bool{}
	take := func(ref catalog.EntityRef, name string) {
		if ref, name = knownRef(ref), masked(name); ref != "" && name != "" && !seen[ref] && len(out) < maxKnown {
			seen[ref] = true
			out = append(out, Mention{Ref: ref, Name: name})
		}
	}
	for _, m := range slices.Concat(u.Ceding, u.Leading) {
		take(m.Ref, m.Name)
	}
	for _, s := range u.Stories {
		take(s.Ref, s.Name)
	}
	for _, d := range u.Documents {
		for _, m := range d.Mentioned {
			take(m.Ref, m.Name)
		}
	}
	slices.SortFunc(out, func(a, b Mention) int { return strings.Compare(string(a.Ref), string(b.Ref)) })
	return out
}
