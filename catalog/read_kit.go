package catalog

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// kit reads the kit or the software of one folder.
func (r *reader) kit(dir string) {
	r.points = nil
	pc, descriptor := r.publicCode(dir)
	k := Kit{Folder: dir, URL: r.o.URL, PublicCode: pc, Form: FormSoftware, Path: descriptor}
	if pc != nil && isAddress(pc.URL) {
		home, ours := r.homeOf(pc.URL, dir)
		if !ours {
			r.copied(descriptor, home)
			if !r.o.Forks {
				return
			}
		}
		k.URL = home
	}
	if !r.has(path.Join(dir, "kit.md")) {
		if !pc.Readable() {
			if pc != nil { // else it was said why nothing could be read
				r.unreadable(descriptor)
			}
			r.saidWhyNot = true
			return
		}
		r.software(&k)
	} else {
		k.Form, k.Path = FormKit, path.Join(dir, "kit.md")
		r.kitFile(&k)
		r.parts(&k)
		r.lintAttachments(dir)
		if r.notHad(k.Path) {
			r.saidWhyNot = true
			return // what is known of the kit stays as it is
		}
	}
	k.Key = KeyOf(k.URL, dir)
	r.tree.Kits = append(r.tree.Kits, k)
}

// KeyOf gives the identity of a kit (kit format §0).
func KeyOf(url, folder string) Key {
	if folder == "" {
		return Key(url)
	}
	return Key(url + "//" + folder)
}

// copied says that the descriptor names another repository as its home: a technical fork is not an entry of its own
// (publiccode.yml standard, "forks and variants"; kit format §13.5).
func (r *reader) copied(descriptor, home string) {
	r.tree.CopyOf = append(r.tree.CopyOf, home)
	r.find(schema.Finding{File: descriptor, Severity: schema.Warning, Code: "V01", Key: "url",
		Message: schema.Tf("è una copia: il suo publiccode.yml indica come origine %s, quindi non entra nel catalogo come voce a sé", "it is a copy: its publiccode.yml names %s as its origin, so it is not an entry of its own", home),
		Hint:    schema.Tf("se è davvero una copia non serve fare nulla; se è una variante, metti in url l'indirizzo di questo repository (%s) e in isBasedOn quello dell'origine", "if it really is a copy nothing has to be done; if it is a variant, put this repository's address (%s) in url and the origin's in isBasedOn", r.o.URL)})
	r.saidWhyNot = true
}

// SameRepository says whether two canonical URLs name one repository: forges do not tell upper from lower case, and
// http is the same place as https.
func SameRepository(a, b string) bool {
	return foldAddress(a) == foldAddress(b)
}

func (r *reader) unreadable(descriptor string) {
	r.find(schema.Finding{File: descriptor, Severity: schema.Error, Code: "V04",
		Message: schema.T("il publiccode.yml non basta per una voce del catalogo: servono almeno name, url e una descrizione", "the publiccode.yml is not enough for an entry: at least name, url and one description are needed"),
		Hint:    schema.T("correggi gli errori segnalati nel file", "correct the errors found in the file")})
}

// software fills a kit from publiccode.yml, README and docs/*.md.
func (r *reader) software(k *Kit) {
	pc := k.PublicCode
	d, _ := pc.Describe(string(schema.It))
	k.Kind = "software"
	k.Title = line(cmp.Or(d.LocalisedName, pc.Name))
	k.Summary = firstLine(line(cmp.Or(d.ShortDescription, d.LongDescription)))
	k.Body = Markdown(clean(d.LongDescription))
	k.Version, k.License = line(pc.SoftwareVersion), line(pc.Legal.License)
	if t := Date(pc.ReleaseDate); dateShape.MatchString(string(t)) {
		k.Released = t
	}
	k.Topics, k.Languages = names(pc.Categories), names(pc.Localisation.AvailableLanguages)
	if ref := "ipa:" + pc.IPA(); refShape.MatchString(ref) {
		k.Ceding = []EntityRef{EntityRef(ref)}
	}
	r.pages(k)
	r.changelog(k)
}

// names keeps of a list of words those that can be names; what is wrong with the others the check of publiccode.yml says.
func names(list []string) []string {
	list = list[:min(len(list), MaxList)]
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !isName(s) })
}

// pages takes README and docs/*.md as they stand.
func (r *reader) pages(k *Kit) {
	for _, p := range r.in(k.Folder) {
		low := strings.ToLower(p)
		readme := low == "readme.md" || strings.HasPrefix(low, "readme.") && strings.HasSuffix(low, ".md")
		if !readme && !(strings.HasPrefix(low, "docs/") && strings.HasSuffix(low, ".md")) {
			continue
		}
		if len(k.Pages) >= MaxPages {
			r.find(schema.Finding{File: path.Join(k.Folder, "docs"), Severity: schema.Warning, Code: "V03",
				Message: schema.Tf("ci sono più di %d pagine: le altre non sono mostrate", "there are more than %d pages: the others are not shown", MaxPages),
				Hint:    schema.T("raccogli la documentazione in meno pagine", "gather the documentation in fewer pages")})
			return
		}
		r.page(k, p, false)
	}
}

// page takes one file; with plainOnly one that has front matter is left to its own type.
func (r *reader) page(k *Kit, p string, plainOnly bool) {
	data, ok := r.read(path.Join(k.Folder, p), MaxMarkdown)
	if !ok {
		return
	}
	_, body, has, _ := r.split(p, data) // a README owes us no front matter: what is wrong in it is not a finding
	if has && plainOnly {
		return
	}
	title := heading(body)
	if title == "" {
		title = strings.TrimSuffix(path.Base(p), path.Ext(p))
	}
	id := Slug(strings.TrimSuffix(p, path.Ext(p)))
	for n := 2; slices.ContainsFunc(k.Pages, func(o Page) bool { return o.ID == id }); n++ {
		id = Slug(strings.TrimSuffix(p, path.Ext(p))) + "-" + KeyHash(Key(p))
		if n > 2 {
			return
		}
	}
	k.Pages = append(k.Pages, Page{ID: cmp.Or(id, KeyHash(Key(p))), Title: title, Path: p, Body: Markdown(body)})
}

// heading gives the text of the first heading of a Markdown text, or "".
func heading(md string) string {
	fenced := false
	for line := range strings.Lines(md) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
			fenced = !fenced
		}
		if rest, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") && !fenced {
			if t := strings.Trim(PlainText(rest), "# "); t != "" {
				return firstLine(t)
			}
		}
	}
	return ""
}

// changelog reads the versions of CHANGELOG.md, in the form of Keep a Changelog.
func (r *reader) changelog(k *Kit) {
	for _, name := range changelogs() {
		if !r.has(path.Join(k.Folder, name)) {
			continue
		}
		if data, ok := r.read(path.Join(k.Folder, name), MaxMarkdown); ok {
			_, body, _, _ := r.split(name, data)
			k.Releases = releases(body)
		}
		return
	}
}
