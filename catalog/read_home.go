package catalog

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// treeOf recognises what a forge puts between a repository and a folder in the address of the folder's page: GitHub's
// /tree/main/, GitLab's /-/tree/main/, Gitea's and Forgejo's /src/branch/main/, Bitbucket's /src/main/. A branch may have
// slashes in its name.
var treeOf = regexp.MustCompile(`^(?:(?:/-)?/(?:tree|blob)|/src/(?:branch|tag|commit)|/src)/.+$`)

// bareTree is the page of a whole branch.
var bareTree = regexp.MustCompile(`^(?:(?:/-)?/tree|/src/(?:branch|tag|commit))/[^/]+$`)

// repositoryBefore parts the address of a page of a folder from that of its repository, where nobody knows which that is: an
// owner and a name at least.
var repositoryBefore = regexp.MustCompile(`^(/[^/]+/.+?)((?:(?:/-)?/(?:tree|blob)|/src/(?:branch|tag|commit)|/src)/.+)$`)

// homeOf gives the repository that the url of a descriptor names, and whether that is this one. A url names this repository
// by one of its addresses, or by that of the folder in which the descriptor lies: as its forge writes it, or as the
// catalogue does (…//folder).
func (r *reader) homeOf(raw, dir string) (home string, ours bool) {
	home = publiccode.NormalizeURL(raw)
	if r.home == "" {
		if at, ok := repositoryOfFolder(home, dir); ok {
			return at, true
		}
		return home, true
	}
	for _, at := range append([]string{r.home}, r.o.Aliases...) {
		if SameRepository(home, at) {
			return home, true
		}
		if rest, ok := behind(home, at); ok && namesFolder(rest, dir) {
			return publiccode.NormalizeURL(at), true
		}
	}
	return home, false
}

// behind gives what follows the address of a repository in an address within it, unescaped.
func behind(address, repo string) (rest string, ok bool) {
	a, errA := url.Parse(address)
	b, errB := url.Parse(publiccode.NormalizeURL(repo))
	if errA != nil || errB != nil || !strings.EqualFold(a.Host, b.Host) || len(a.Path) < len(b.Path) || !strings.EqualFold(a.Path[:len(b.Path)], b.Path) {
		return "", false
	}
	return a.Path[len(b.Path):], true
}

// namesFolder says whether what follows the address of a repository means one folder of it.
func namesFolder(rest, dir string) bool {
	if dir == "" {
		return bareTree.MatchString(rest)
	}
	if rest == "//"+dir {
		return true
	}
	for _, name := range []string{"", "/publiccode.yml", "/publiccode.yaml"} {
		if before, ok := strings.CutSuffix(rest, "/"+dir+name); ok && treeOf.MatchString(before) {
			return true
		}
	}
	return false
}

// repositoryOfFolder gives the repository of the address of a folder, where nobody knows what this repository's is.
func repositoryOfFolder(home, dir string) (string, bool) {
	u, err := url.Parse(home)
	if err != nil || u.Host == "" {
		return "", false
	}
	before, ok := strings.CutSuffix(u.Path, "//"+dir)
	if !ok || dir == "" {
		m := repositoryBefore.FindStringSubmatch(u.Path)
		if m == nil || !namesFolder(m[2], dir) {
			return "", false
		}
		before = m[1]
	}
	u.Path, u.RawPath = before, ""
	return publiccode.NormalizeURL(u.String()), true
}
