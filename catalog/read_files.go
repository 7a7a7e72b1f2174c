package catalog

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// Limits of one tree (house rule 5).
const (
	MaxTreeFiles = 20_000   // Markdown and YAML files that are read
	MaxTreeBytes = 64 << 20 // of those files, in all
	MaxTreeDepth = 12       // folders below the root
	MaxPath      = 1_024    // bytes of the path of one file
	MaxKits      = 5_000    // hosted in one catalogue repository
	MaxPages     = 200      // README and docs/*.md of software
)

// cutShort says that the tree was not read to its end, and why: its visit is not a whole one.
func (r *reader) cutShort(file string, why schema.Text) {
	r.tree.Partial = true
	r.find(schema.Finding{File: file, Severity: schema.Warning, Code: "V03", Message: why,
		Hint: schema.T("tieni ogni kit in un repository suo, o dividi il catalogo in più repository", "keep each kit in a repository of its own, or split the catalogue into several repositories")})
}

// unread says that a file or folder that is there could not be had.
func (r *reader) unread(file string, why, hint schema.Text) {
	r.tree.Partial = true
	r.missed(file)
	r.find(schema.Finding{File: file, Severity: schema.Warning, Code: "V03", Message: why, Hint: hint})
}

// notHad says that the content of a file could not be had, which is another thing than a file with a fault.
func (r *reader) notHad(p string) bool {
	return r.tree.Partial && slices.ContainsFunc(r.report.list, func(f schema.Finding) bool { return f.Code == "V03" && f.File == p })
}

// list collects the files of the tree that may be read, within its limits.
func (r *reader) list() {
	full := false
	err := fs.WalkDir(r.fsys, cmp.Or(r.o.Folder, "."), func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == r.o.Folder:
			return fs.SkipAll // it is not there, see onlyFolder
		case err != nil:
			r.unread(clean(p), schema.T("la cartella o il file non si può leggere", "the folder or file cannot be read"),
				schema.T("controlla che esista e che sia un file comune", "check that it exists and is an ordinary file"))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() && p != r.o.Folder && (foreign(d.Name()) || strings.Count(p, "/") >= MaxTreeDepth):
			return fs.SkipDir
		case d.Type().IsRegular() && isText(p):
			if !isPath(p) {
				r.find(schema.Finding{File: quoted(p), Severity: schema.Error, Code: "W12",
					Message: schema.T("il nome del file o della cartella contiene caratteri di controllo, non è in UTF-8 o è troppo lungo: il file non è letto", "the name of the file or folder holds control characters, is not UTF-8 or is too long: the file is not read"),
					Hint:    schema.T("rinominalo con lettere, cifre e trattini", "rename it with letters, digits and dashes")})
				return nil
			}
			if len(r.files) >= MaxTreeFiles {
				full = true
				return fs.SkipAll
			}
			r.files = append(r.files, p)
		case !d.IsDir() && isPath(p) && len(r.others) < MaxTreeFiles:
			r.others = append(r.others, p)
			if d.Type()&fs.ModeSymlink != 0 {
				r.links[p] = fs.ModeSymlink
			}
		case d.IsDir() && p != "." && p != r.o.Folder && r.isRepository(p):
			r.others = append(r.others, p)
			r.links[p] = fs.ModeDir
			return fs.SkipDir
		}
		return nil
	})
	if err != nil || full {
		r.tree.Unlisted = true
		r.cutShort("", schema.Tf("ci sono troppi file: ne sono stati letti %d", "there are too many files: %d were read", len(r.files)))
	}
	slices.Sort(r.files)
	slices.Sort(r.others)
	r.folderInstead()
}

// folderInstead says of a repository whose publiccode.yml is a folder that this is why it gives no entry.
func (r *reader) folderInstead() {
	name := path.Join(r.o.Folder, "publiccode.yml")
	if r.descriptor(r.o.Folder) != "" || len(below(r.files, name))+len(below(r.others, name)) == 0 {
		return
	}
	r.find(schema.Finding{File: name, Severity: schema.Error, Code: "V02",
		Message: schema.T("publiccode.yml è una cartella: deve essere un file", "publiccode.yml is a folder: it has to be a file"),
		Hint:    schema.T("togli la cartella e metti al suo posto il file di testo publiccode.yml", "remove the folder and put the text file publiccode.yml in its place")})
	r.saidWhyNot = true
}

// isRepository recognises another repository within this one: Git does not store what lies in it.
func (r *reader) isRepository(dir string) bool {
	_, err := fs.Lstat(r.fsys, path.Join(dir, ".git"))
	return err == nil
}

// isPath says that a path can be part of a key and of a page.
func isPath(p string) bool {
	return len(p) <= MaxPath && utf8.ValidString(p) && !strings.ContainsFunc(p, unicode.IsControl)
}

// foreign recognises folders that hold nothing of the kit's own.
func foreign(name string) bool {
	switch name {
	case ".git", "node_modules", "vendor", "bower_components", "third_party":
		return true
	}
	return false
}

func isText(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".yml", ".yaml":
		return true
	}
	return false
}

func (r *reader) has(p string) bool {
	_, ok := slices.BinarySearch(r.files, p)
	return ok
}

// in lists the files below dir, with paths relative to it.
func (r *reader) in(dir string) []string {
	if dir == "" {
		return r.files
	}
	var out []string
	for _, p := range below(r.files, dir) {
		out = append(out, p[len(dir)+1:])
	}
	return out
}

// below gives the part of a sorted list of paths that lies below dir.
func below(list []string, dir string) []string {
	if dir == "" {
		return list
	}
	i, _ := slices.BinarySearch(list, dir+"/")
	j := i
	for j < len(list) && strings.HasPrefix(list[j], dir+"/") {
		j++
	}
	return list[i:j]
}

// read gives the content of a file, at most limit bytes and one more, as long as the tree's own bound is not reached; a
// file that cannot be had is a finding.
func (r *reader) read(p string, limit int64) ([]byte, bool) {
	if r.bytes > MaxTreeBytes {
		r.missed(p)
		return nil, false // it was said
	}
	data, err := readSome(r.fsys, p, limit+1)
	if err != nil {
		r.unread(p, schema.T("il contenuto del file non è stato ottenuto"+denied(err).It, "the content of the file was not obtained"+denied(err).En),
			schema.T("riduci il file o controlla che sia nel repository", "make the file smaller or check that it is in the repository"))
		return nil, false
	}
	if r.bytes += int64(len(data)); r.bytes > MaxTreeBytes {
		r.missed(p)
		r.cutShort("", schema.Tf("i testi superano i %d MB: gli altri non sono letti", "the texts are more than %d MB: the others are not read", MaxTreeBytes>>20))
		return nil, false
	}
	data, ok := r.understand(p, data)
	if !ok {
		return nil, false
	}
	r.report.hear(p, data)
	r.lint(p, data)
	return data, true
}

func readSome(fsys fs.FS, p string, limit int64) (data []byte, err error) {
	f, err := fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(f, limit))
}

// denied says so when a file could not be opened for want of a permission: the one cause that its owner can mend.
func denied(err error) schema.Text {
	if errors.Is(err, fs.ErrPermission) {
		return schema.T(": manca il permesso di leggerlo", ": there is no permission to read it")
	}
	return schema.Text{}
}
