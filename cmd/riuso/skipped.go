package main

import (
	"path"
	"strings"

	"github.com/open-community-pa/riuso/indexer/gitrepo"
	"github.com/open-community-pa/riuso/schema"
)

// why is why a file was left out and what its owner can do.
type why struct{ reason, hint schema.Text }

// whyOf gives the words of a reason.
func whyOf(r gitrepo.Reason) why {
	rename := schema.T("rinominalo con lettere, cifre e trattini, o toglilo", "rename it with letters, digits and dashes, or remove it")
	smaller := schema.T("riducilo, o sposta il materiale tra gli allegati", "make it smaller, or move the material to the attachments")
	fewer := schema.T("tieni il kit in un repository suo, con meno file di testo", "keep the kit in a repository of its own, with fewer text files")
	again := schema.T("si riprova alla prossima visita; se si ripete, chi gestisce il repository provi «git fsck»", "the next visit tries again; if it comes back, whoever runs the repository should try \"git fsck\"")
	w, ok := map[gitrepo.Reason]why{
		gitrepo.Symlink: {schema.T("è un collegamento simbolico, che non viene seguito", "it is a symbolic link, which is not followed"),
			schema.T("metti il file stesso al posto del collegamento", "put the file itself in the place of the link")},
		gitrepo.Submodule: {schema.T("è un sottomodulo, che non viene seguito", "it is a submodule, which is not followed"),
			schema.T("se contiene un kit, chiedi che il suo repository sia una fonte del catalogo", "if it holds a kit, ask that its repository become a source of the catalogue")},
		gitrepo.BadPath:  {schema.T("ha un nome che non si può usare", "it has a name that cannot be used"), rename},
		gitrepo.TooLong:  {schema.T("ha un percorso troppo lungo", "its path is too long"), rename},
		gitrepo.TooDeep:  {schema.T("è in cartelle annidate troppo in profondità", "it lies in folders nested too deep"), schema.T("mettilo in una cartella più vicina alla radice", "put it in a folder nearer to the root")},
		gitrepo.TooLarge: {schema.T("è troppo grande", "it is too large"), smaller},
		gitrepo.TooMany:  {schema.T("è oltre il numero di file che si leggono", "it is beyond the number of files that are read"), fewer},
		gitrepo.TooMuch:  {schema.T("è oltre la quantità di testo che si legge", "it is beyond the amount of text that is read"), smaller},
		gitrepo.Lost:     {schema.T("il server non lo ha mandato", "the server did not send it"), again},
	}[r]
	if !ok {
		return why{schema.T(string(r), string(r)), again}
	}
	return w
}

// skipped tells what of a commit was left out, as findings. What makes a repository a kit is an error when it is left out:
// without it there is no entry.
func skipped(s *gitrepo.Snapshot) []schema.Finding {
	var out []schema.Finding
	for _, sk := range s.Skipped {
		w := whyOf(sk.Reason)
		f := schema.Finding{File: sk.Path, Severity: schema.Warning, Code: "V05", Hint: w.hint,
			Message: schema.T("file non letto: "+w.reason.It, "file not read: "+w.reason.En)}
		if decisive(sk.Path) {
			f.Severity = schema.Error
		}
		out = append(out, f)
	}
	for _, p := range s.Collisions {
		out = append(out, schema.Finding{File: p, Severity: schema.Warning, Code: "V05",
			Message: schema.T("un altro file ha lo stesso nome, a parte maiuscole e minuscole", "another file has the same name but for upper and lower case"),
			Hint:    schema.T("rinomina uno dei due: su Windows se ne vede uno solo", "rename one of the two: on Windows only one of them is seen")})
	}
	return out
}

// decisive says that a file, at the root or in the folder of a hosted kit, decides whether there is an entry.
func decisive(p string) bool {
	dir, name := path.Split(p)
	if dir != "" && (!strings.HasPrefix(dir, "kits/") || strings.Count(dir, "/") != 2) {
		return false
	}
	switch name {
	case "kit.md", "publiccode.yml", "publiccode.yaml", "catalogue.md":
		return true
	}
	return false
}
