package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"golang.org/x/text/unicode/norm"
)

// Limits of what is looked at beside Markdown and YAML (house rule 5).
const (
	MaxFileName = 180       // bytes of the name of one file (kit format §12)
	MaxHeavy    = 10 << 20  // bytes of an attachment beyond which a link is better (kit format §12)
	MaxSummed   = 256 << 20 // bytes of the attachments of one tree whose SHA-256 is computed
)

// fileRules look at the names and the nature of the files of a kit: what does not travel between systems (W12) and what
// leads out of the repository (E17).
func (r *reader) fileRules(k *Kit) {
	for _, list := range [][]string{r.files, r.others} {
		for _, p := range below(list, k.Folder) {
			if k.Folder == "" && (belongsToCatalogue(p) || r.ofInner(p)) {
				continue
			}
			r.nameRule(p)
			if mode, ok := r.links[p]; ok {
				r.linkFinding(schema.Finding{File: p}, mode)
			}
		}
	}
}

// linkFinding says that something is a link to elsewhere, which is never followed (E17).
func (r *reader) linkFinding(f schema.Finding, mode fs.FileMode) {
	f.Severity, f.Code = schema.Error, "E17"
	f.Message = schema.T("è un collegamento simbolico, cioè un rimando a un altro file: non viene seguito", "it is a symbolic link, which points at another file: it is not followed")
	f.Hint = schema.T("metti il file stesso al posto del collegamento", "put the file itself in the place of the link")
	if mode.IsDir() {
		f.Message = schema.T("è un altro repository Git dentro questo (submodule): non viene letto", "it is another Git repository within this one (submodule): it is not read")
		f.Hint = schema.T("copia qui i file che servono, o indica l'altro repository in components", "copy the files that are needed here, or name the other repository under components")
	}
	r.find(f)
}

func (r *reader) nameRule(p string) {
	say := func(it, en string) {
		r.find(schema.Finding{File: p, Severity: schema.Warning, Code: "W12", Message: schema.T(it, en),
			Hint: schema.T("rinominalo: lettere senza accenti, cifre e trattini si leggono ovunque", "rename it: letters without accents, digits and dashes can be read anywhere")})
	}
	switch name := path.Base(p); {
	case !norm.NFC.IsNormalString(p):
		say("il nome usa lettere accentate scomposte (non NFC): altri sistemi non lo trovano", "the name uses decomposed accents (not NFC): other systems do not find it")
	case len(name) > MaxFileName:
		say("il nome del file supera i "+itoa(MaxFileName)+" byte", "the name of the file is longer than "+itoa(MaxFileName)+" bytes")
	}
}

// attachmentRule checks one file that a record names: it lies in the kit (E17), it is there, it is what its digest and size
// say, and it brings no macros (E16); a heavy one is better a link (W17; kit format §12).
func (r *reader) attachmentRule(k *Kit, p pointer) {
	f := schema.Finding{File: p.file, Line: p.line, Column: p.column, Severity: schema.Error, Key: p.key, Code: "E16"}
	if escapes(p.value) {
		f.Code = "E17"
		f.Message = schema.Tf("il percorso «%s» porta fuori dal kit", "the path %q leads out of the kit", quoted(p.value))
		f.Hint = schema.T("scrivi il percorso a partire dalla cartella del kit, con le barre /", "write the path from the kit's folder, with / between folders")
		r.find(f)
		return
	}
	full := path.Join(k.Folder, p.value)
	if mode, ok := r.linked(full); ok {
		r.linkFinding(f, mode)
		return
	}
	info, err := fs.Stat(r.fsys, full)
	if err != nil || !info.Mode().IsRegular() {
		f.Message = schema.Tf("l'allegato «%s» non c'è", "the attachment %q is not there", quoted(p.value))
		f.Hint = schema.T("controlla che il file sia nel repository e che il percorso parta dalla cartella del kit, con le stesse maiuscole", "check that the file is in the repository and that the path begins at the kit's folder, with the same capitals")
		r.find(f)
		return
	}
	switch ext := strings.ToLower(path.Ext(full)); ext {
	case ".docm", ".dotm", ".xlsm", ".xltm", ".pptm", ".potm", ".ppsm":
		f.Message = schema.Tf("«%s» può contenere macro, cioè programmi nascosti: chi riusa non può fidarsi", "%q may hold macros, which are hidden programs: who reuses cannot trust it", quoted(p.value))
		f.Hint = schema.T("salvalo senza macro (.docx, .xlsx, .pptx, .odt, .ods)", "save it without macros (.docx, .xlsx, .pptx, .odt, .ods)")
		r.find(f)
		return
	}
	if info.Size() > MaxHeavy {
		f.Severity, f.Code = schema.Warning, "W17"
		f.Message = schema.Tf("«%s» pesa %d MB: è molto per un repository", "%q weighs %d MB: that is much for a repository", quoted(p.value), info.Size()>>20)
		f.Hint = schema.T("riducilo, o pubblicalo altrove e mettine l'indirizzo in sourceUrl", "make it smaller, or publish it elsewhere and put its address in sourceUrl")
		r.find(f)
	}
	r.sum(full, info.Size())
}

// digestRule compares what a record says of its files with the files (E16).
func (r *reader) digestRule(k *Kit) {
	r.eachPart(k, func(h *Header, files []Attachment) {
		m := r.opened[path.Join(k.Folder, h.Path)]
		if m == nil {
			return
		}
		for i, a := range files {
			sum, key := r.sums[path.Join(k.Folder, a.Path)], "attachments["+itoa(i)+"]"
			switch {
			case sum == "":
			case a.SHA256 == "" && k.Status == "published":
				r.say(m, key, schema.Warning, "E16", schema.Tf("l'allegato «%s» non ha l'impronta: chi lo riceve non può sapere se è quello giusto", "the attachment %q has no digest: who gets it cannot tell whether it is the right one", quoted(a.Path)),
					schema.Tf("aggiungi sha256: %s", "add sha256: %s", sum))
			case a.SHA256 != "" && !strings.EqualFold(a.SHA256, sum):
				r.say(m, key+".sha256", schema.Error, "E16", schema.Tf("l'impronta di «%s» non è quella del file", "the digest of %q is not that of the file", quoted(a.Path)),
					schema.Tf("se il file è giusto, scrivi sha256: %s", "if the file is right, write sha256: %s", sum))
			case a.Bytes != 0 && a.Bytes != r.sizes[path.Join(k.Folder, a.Path)]:
				r.say(m, key+".bytes", schema.Error, "E16", schema.Tf("«%s» è di %d byte, non %d", "%q is %d bytes, not %d", quoted(a.Path), r.sizes[path.Join(k.Folder, a.Path)], a.Bytes),
					schema.T("correggi bytes, o toglilo", "correct bytes, or remove it"))
			}
		}
	})
}

// sum computes the SHA-256 of a file whose content can be had, within the bound of the tree; of others nothing is known.
func (r *reader) sum(p string, size int64) {
	if _, done := r.sums[p]; done || size > MaxSummed || r.summed+size > MaxSummed {
		return
	}
	f, err := r.fsys.Open(p)
	if err != nil {
		return // a crawl has not fetched it
	}
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, MaxSummed-r.summed))
	if err = errors.Join(err, f.Close()); err != nil {
		return
	}
	r.summed += n
	r.sums[p], r.sizes[p] = hex.EncodeToString(h.Sum(nil)), n
}

// escapes says that a path leads out of the folder that it starts in, or could on some system.
func escapes(p string) bool {
	return p == "" || strings.HasPrefix(p, "/") || strings.ContainsAny(p, "\\\x00") || !fs.ValidPath(path.Clean(p)) || (len(p) > 1 && p[1] == ':')
}

// linked says that a path is, or goes through, a symbolic link or another repository.
func (r *reader) linked(p string) (fs.FileMode, bool) {
	for ; p != "." && p != "/"; p = path.Dir(p) {
		if mode, ok := r.links[p]; ok {
			return mode, true
		}
	}
	return 0, false
}
