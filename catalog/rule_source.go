package catalog

import (
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// keysOfKinds are the keys of a source that mean something for some kinds of places only (kit format §15): a branch and a
// folder are those of one repository. It is never changed.
var keysOfKinds = map[string][]string{
	"branch": {"kit", "catalogue"},
	"folder": {"kit"},
}

// sourceRule looks at the keys of a source: those that say nothing, for its kind of place or at all (W20), and values that
// cannot be meant (E17).
func (r *reader) sourceRule(m *marked, s *Source) {
	r.addressRule(m, s)
	if s.Kind == "" {
		return // a finding says so
	}
	for _, key := range []string{"branch", "folder"} {
		if valueOf(m.head, key) == nil || slices.Contains(keysOfKinds[key], s.Kind) {
			continue
		}
		kind := schema.SourceKinds.Label(s.Kind)
		hint := schema.T("togli la riga", "remove the line")
		switch key {
		case "folder":
			hint = schema.T("per leggere una sola cartella di un repository scrivi una fonte a parte con kind: kit e l'indirizzo di quel repository; per scegliere tra i repository usa include ed exclude", "to read one folder of a repository write a source of its own with kind: kit and the address of that repository; to choose among repositories use include and exclude")
		case "branch":
			hint = schema.T("ogni repository è letto dal suo ramo predefinito: togli la riga, o scrivi una fonte a parte con kind: kit per il repository di cui serve un altro ramo", "every repository is read from its default branch: remove the line, or write a source of its own with kind: kit for the repository of which another branch is wanted")
		}
		r.say(m, key, schema.Warning, "W20", schema.T("«"+key+"» non ha effetto in una fonte di tipo «"+kind.It+"»", "\""+key+"\" has no effect in a source of the kind \""+kind.En+"\""), hint)
	}
	if s.Kind == "kit" && CleanFolder(s.Folder) != "" {
		for _, key := range []string{"include", "exclude"} {
			if valueOf(m.head, key) != nil {
				r.say(m, key, schema.Warning, "W20", schema.T("«"+key+"» non ha effetto: folder dice già qual è la cartella da leggere", "\""+key+"\" has no effect: folder already says which folder is read"),
					schema.T("togli la riga, o togli folder per scegliere tra le cartelle del repository", "remove the line, or remove folder to choose among the folders of the repository"))
			}
		}
	}
	if f := CleanFolder(s.Folder); f != "" && escapes(f) {
		r.say(m, "folder", schema.Error, "E17", schema.Tf("il percorso «%s» porta fuori dal repository", "the path %q leads out of the repository", quoted(s.Folder)),
			schema.T("scrivi il percorso a partire dalla cartella principale del repository, con le barre /, per esempio folder: kits/kit-cit", "write the path from the root of the repository, with / between folders, as in folder: kits/kit-cit"))
	}
	r.patternRule(m, "include", s.Include)
	r.patternRule(m, "exclude", s.Exclude)
}

// patternRule finds the patterns that no name can fit because they cannot be read.
func (r *reader) patternRule(m *marked, key string, patterns []string) {
	for i, p := range patterns {
		if _, err := path.Match(strings.ToLower(p), ""); err != nil {
			r.say(m, key+"["+itoa(i)+"]", schema.Warning, "W20", schema.Tf("«%s» non è un modello di nomi che si possa leggere: non vale per nessun nome", "%q is no pattern of names that can be read: it fits no name", quoted(p)),
				schema.T("usa l'asterisco per qualsiasi testo, per esempio kit-*, e chiudi le parentesi quadre", "use an asterisk for any text, as in kit-*, and close square brackets"))
		}
	}
}
