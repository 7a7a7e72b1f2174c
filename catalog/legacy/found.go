package legacy

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// maxFindings bounds what the owner of a kit is told at once (house rule 5).
const maxFindings = 500

// bounded sorts findings and keeps the first of too many; one that is of no file says so before them.
func bounded(fs []schema.Finding) []schema.Finding {
	slices.SortStableFunc(fs, func(a, b schema.Finding) int { return strings.Compare(a.Message.It, b.Message.It) })
	schema.Sort(fs)
	if len(fs) <= maxFindings {
		return fs
	}
	more := len(fs) - maxFindings + 1
	return slices.Insert(slices.Clip(fs[:maxFindings-1]), 0, warning("", "L12", schema.Tf("altre %d segnalazioni non sono mostrate", "%d more findings are not shown", more),
		schema.T("correggi quelle mostrate e importa di nuovo", "mend those that are shown and import again")))
}

// leftFindings tell what was left out: one finding for a group of equal files, for an export, for all that nobody wrote.
func leftFindings(l *Layout) []schema.Finding {
	var out []schema.Finding
	for _, it := range l.Items {
		if n := len(it.Aliases); n > 0 {
			message, hint := schema.Tf("lo stesso file c'è %d volte; le copie sono: %s", "the same file is there %d times; the copies are: %s", n+1, copiesOf(it)), schema.T("tieni questa copia e togli le altre", "keep this copy and take the others away")
			if n == 1 {
				message, hint = schema.Tf("lo stesso file c'è 2 volte; la copia è %s", "the same file is there twice; the copy is %s", copiesOf(it)), schema.T("tieni questa copia e togli l'altra", "keep this copy and take the other one away")
			}
			out = append(out, warning(it.Path, "L03", message, hint))
		}
	}
	for _, d := range l.Dumps {
		message := schema.T("la cartella è l'esportazione di un programma, con un solo file: nel kit è un componente", "the folder is the export of a program, with one file: in the kit it is a component")
		if len(d.Files) > 1 {
			message = schema.Tf("la cartella è l'esportazione di un programma, con %d file: nel kit è un solo componente", "the folder is the export of a program, with %d files: in the kit it is one component", len(d.Files))
		}
		if d.Repeats == 1 {
			message = schema.Tf("la cartella è l'esportazione di un programma, con %d file, uno dei quali ripetuto: nel kit è un solo componente", "the folder is the export of a program, with %d files, one of which is repeated: in the kit it is one component", len(d.Files))
		}
		if d.Repeats > 1 {
			message = schema.Tf("la cartella è l'esportazione di un programma, con %d file, %d dei quali ripetuti: nel kit è un solo componente", "the folder is the export of a program, with %d files, %d of which are repeated: in the kit it is one component", len(d.Files), d.Repeats)
		}
		out = append(out, warning(d.Folder, "L04", message,
			schema.T("scrivi nella sua scheda che cos'è e con quale programma si apre", "write in its record what it is and by which program it is opened")))
	}
	if len(l.Junk) > 0 {
		var paths []string
		for _, j := range l.Junk {
			paths = append(paths, j.Path)
		}
		message, hint := schema.Tf("%d file sono vuoti o lasciati dal sistema: %s", "%d files are empty or left by the system: %s", len(paths), some(paths)), schema.T("toglili dal repository", "take them out of the repository")
		if len(paths) == 1 {
			message, hint = schema.T("il file è vuoto, o lo ha lasciato il sistema", "the file is empty, or the system left it"), schema.T("toglilo dal repository", "take it out of the repository")
		}
		out = append(out, warning(paths[0], "L05", message, hint))
	}
	return out
}

// copiesOf names the copies of a document: by their names where those differ from its own, else by their folders.
func copiesOf(it Item) string {
	var names []string
	for _, a := range it.Aliases[:min(len(it.Aliases), maxExamples)] {
		if folderOf(a) == folderOf(it.Path) {
			names = append(names, "«"+named(a)+"»")
		} else {
			names = append(names, "«"+named(folderOf(a))+"/"+named(a)+"»")
		}
	}
	if len(it.Aliases) > maxExamples {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// outside tells the documents that belong to no phase.
func outside(items []Item) []schema.Finding {
	var paths []string
	for _, it := range items {
		if it.Phase == "" {
			paths = append(paths, it.Path)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	if len(paths) == 1 {
		return []schema.Finding{warning(paths[0], "L07", schema.T("non si capisce per quale fase è il documento", "it cannot be told which phase the document is for"),
			schema.T("scrivi la fase nella sua scheda, o spostalo nella cartella della sua fase", "write the phase in its record, or move it to the folder of its phase"))}
	}
	return []schema.Finding{warning(paths[0], "L07", schema.Tf("di %d documenti non si capisce la fase: %s", "of %d documents the phase cannot be told: %s", len(paths), some(paths)),
		schema.T("scrivi la fase nelle loro schede, o spostali nella cartella della loro fase", "write the phase in their records, or move them to the folder of their phase"))}
}
