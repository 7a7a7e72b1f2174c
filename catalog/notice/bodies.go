package notice

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// MaxBodies is how many bodies of a kit are named with their codes; a project has some dozens at most.
const MaxBodies = 60

// Body is a body that a kit names, with the code by which this catalogue knows it (IPA, indicepa.gov.it).
type Body struct{ Name, Code string }

// Bodies lists the bodies with a code that a kit names: those that cede it, those of its project, those whose story it tells,
// in this order and each once, at most [MaxBodies].
func Bodies(e *catalog.Entry) []Body {
	var out []Body
	said := e.Kit.NamesSaid()
	for i := range e.Adoptions {
		if a := &e.Adoptions[i]; a.Name != "" {
			said[a.Entity] = a.Name
		}
	}
	add := func(r catalog.EntityRef) {
		code, isCode := strings.CutPrefix(string(r), "ipa:")
		if !isCode || code == "" || len(out) == MaxBodies || slices.ContainsFunc(out, func(b Body) bool { return b.Code == code }) {
			return
		}
		out = append(out, Body{Name: sentence(said[r]), Code: sentence(code)})
	}
	for _, r := range e.Kit.Ceding {
		add(r)
	}
	if p := e.Kit.Project; p != nil {
		add(p.Lead)
		for _, one := range p.Partners {
			add(one.Entity)
		}
	}
	for i := range e.Adoptions {
		add(e.Adoptions[i].Entity)
	}
	return out
}

// Uncoded says whether the files of a kit name bodies whose code this catalogue did not know (L13): their stories are not
// among those that it proposes.
func Uncoded(e *catalog.Entry) bool {
	for _, f := range e.Findings {
		if f.Code == "L13" && f.Ignored == "" {
			return true
		}
	}
	return false
}

// tableFile is what the commands call the table of bodies.
const tableFile = "enti.csv"

// ImportCommands are what whoever keeps the kit runs, one after the other, to get the files that the catalogue proposes. The
// program itself knows few bodies: where the kit names some it is given the table of all.
func ImportCommands(e *catalog.Entry) []string {
	run := "riuso import " + public(e.URL)
	if len(Bodies(e)) == 0 && !Uncoded(e) {
		return []string{run}
	}
	return []string{"riuso entities fetch --to " + tableFile, run + " --entities " + tableFile}
}

// bodies names those that the kit names, and says what to do about those without a code.
func (w *writer) bodies(e *catalog.Entry) {
	known := Bodies(e)
	if len(known) > 0 {
		w.line("")
		w.say("Gli enti che il kit nomina, con il codice IPA con cui li conosciamo", "The bodies that the kit names, with the IPA code by which we know them")
		for i, b := range known {
			if w.b.Len() > maxText/2 { // what follows must fit too
				w.say("- e altri %d, sulla pagina del kit", "- and %d more, on the page of the kit", len(known)-i)
				break
			}
			if b.Name == "" {
				w.line("- " + b.Code)
				continue
			}
			w.line("- " + b.Name + " — " + b.Code)
		}
	}
	if Uncoded(e) {
		if len(known) == 0 {
			w.line("")
		}
		w.say("Di altri enti che i documenti nominano non conosciamo il codice (regola L13): la loro storia non è fra quelle proposte. I codici sono su indicepa.gov.it, e nella tabella che i comandi qui sotto usano.",
			"Of other bodies that the documents name we do not know the code (rule L13): their story is not among those proposed. The codes are on indicepa.gov.it, and in the table that the commands below use.")
	}
}
