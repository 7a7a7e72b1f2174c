package site

import (
	"net/url"
	"path"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// forge knows how one repository's web pages are addressed. Ways differ by the program that runs the forge; which one it
// is can only be told from the host's name, so an unknown host gets a link to the repository and nothing deeper.
type forge struct {
	repo                             string // canonical URL
	host                             string
	blob, raw, commit, tree, rawHost string // with {c} for the commit; paths are put behind blob, raw and tree
}

// forgeOf reads the canonical URL of a repository.
func forgeOf(repo string) forge {
	u, err := url.Parse(repo)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return forge{}
	}
	base := strings.TrimSuffix(u.Scheme+"://"+u.Host+u.EscapedPath(), "/")
	f := forge{repo: base, host: u.Host, rawHost: u.Scheme + "://" + u.Host}
	switch h := strings.ToLower(u.Hostname()); {
	case h == "github.com":
		f.blob, f.tree, f.commit = base+"/blob/{c}/", base+"/tree/{c}/", base+"/commit/{c}"
		f.raw = "https://raw.githubusercontent.com" + strings.TrimSuffix(u.EscapedPath(), "/") + "/{c}/"
		f.rawHost = "https://raw.githubusercontent.com"
	case h == "bitbucket.org":
		f.blob, f.tree, f.raw, f.commit = base+"/src/{c}/", base+"/src/{c}/", base+"/raw/{c}/", base+"/commits/{c}"
	case strings.Contains(h, "gitlab"):
		f.blob, f.tree, f.raw, f.commit = base+"/-/blob/{c}/", base+"/-/tree/{c}/", base+"/-/raw/{c}/", base+"/-/commit/{c}"
	case h == "codeberg.org", strings.Contains(h, "gitea"), strings.Contains(h, "forgejo"):
		f.blob, f.tree, f.raw, f.commit = base+"/src/commit/{c}/", base+"/src/commit/{c}/", base+"/raw/commit/{c}/", base+"/commit/{c}"
	}
	return f
}

// isCommit says whether c looks like the hash of a commit, in SHA-1 or SHA-256: nothing else is put into a link.
func isCommit(c string) bool {
	if len(c) != 40 && len(c) != 64 {
		return false
	}
	return strings.Trim(c, "0123456789abcdef") == ""
}

func fill(pattern, commit, file string) string {
	if pattern == "" || !isCommit(commit) {
		return ""
	}
	return strings.ReplaceAll(pattern, "{c}", commit) + escaped(file)
}

// escaped makes a path of a repository fit for an address; it never climbs out of the repository.
func escaped(file string) string {
	segs := strings.Split(path.Clean("/" + file)[1:], "/")
	for i, s := range segs {
		segs[i] = url.PathEscape(s)
	}
	return strings.Join(segs, "/")
}

// File is the page of a file at a commit, or "": where no commit is known, as in a tree that did not come from Git, nobody
// can say where the file stands.
func (f forge) File(commit, file string) string {
	if folder, hidden := openly(file); hidden {
		return fill(f.tree, commit, folder)
	}
	return fill(f.blob, commit, file)
}

// openly gives the nearest folder of a file whose path says nothing of a person, when its own does: an address with the mark
// that stands in place of a mailbox leads nowhere, and one with the mailbox tells it.
func openly(file string) (folder string, hidden bool) {
	for file = path.Clean(file); file != "." && file != "/"; file = path.Dir(file) {
		if shown := privacy.MaskPersons(file); !strings.Contains(shown, privacy.MarkMail) && !strings.Contains(shown, privacy.MarkPhone) && !strings.Contains(shown, privacy.MarkTaxCode) {
			return file, hidden
		}
		hidden = true
	}
	return "", hidden
}

// Raw is the file itself at a commit, or "".
func (f forge) Raw(commit, file string) string { return fill(f.raw, commit, file) }

// Commit is the page of a commit, or "".
func (f forge) Commit(commit string) string { return fill(f.commit, commit, "") }

// origin is where a kit's files lie: its repository, the folder in it and the commit that was read.
type origin struct {
	forge
	commit string
	folder string
}

func originOf(e *catalog.Entry) origin {
	o := origin{forge: forgeOf(e.URL), commit: e.Commit}
	if e.Kit != nil {
		o.folder = e.Kit.Folder
	}
	return o
}

// FileOf is the page of a file of the kit; file is relative to the kit's folder.
func (o origin) FileOf(file string) string { return o.File(o.commit, path.Join(o.folder, file)) }

// CommitURL is the page of the commit that was read.
func (o origin) CommitURL() string { return o.Commit(o.commit) }

// Repo is the address of the repository.
func (o origin) Repo() string { return o.repo }

// Hash is the commit that was read, in full.
func (o origin) Hash() string { return o.commit }
