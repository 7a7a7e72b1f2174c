package forge

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
)

// Kind is the software of a forge, as far as its interface goes; Forgejo speaks Gitea's.
type Kind string

// The forges that are understood.
const (
	GitHub Kind = "github"
	GitLab Kind = "gitlab"
	Gitea  Kind = "gitea"
)

// State says whether a repository is to be visited: the empty state means yes.
type State string

// Why a repository is left out, when it is.
const (
	Empty    State = "empty"    // nothing was ever pushed
	Private  State = "private"  // not for everybody: neither its name nor its content belongs on a public page
	Disabled State = "disabled" // closed by the forge or by its owner
)

// Reason says in words why a repository in this state is not visited; nothing for one that is.
func (s State) Reason() schema.Text {
	switch s {
	case Empty:
		return schema.T("il repository è vuoto: non vi è stato ancora pubblicato nulla", "the repository is empty: nothing was published in it yet")
	case Private:
		return schema.T("il repository non è pubblico: perché entri nel catalogo chi lo pubblica deve renderlo visibile a tutti",
			"the repository is not public: to enter the catalogue its owner must make it visible to everybody")
	case Disabled:
		return schema.T("il codice del repository è disattivato sulla piattaforma: deve riattivarlo chi lo pubblica",
			"the code of the repository is switched off on the forge: its owner must switch it on again")
	}
	return schema.Text{}
}

// Repository is what a forge tells of one repository. Archived, Fork, Mirror and Template are no reasons to leave it out:
// what its files say decides.
type Repository struct {
	URL      string // web address, which identifies it and from which it can be cloned; never ends in .git or a slash
	CloneURL string // the same with .git

	Name, FullName      string    // "kit-cit", "comune-esempio/kit-cit"
	Description, Branch string    // the default branch; either may be empty
	Pushed              time.Time // last push as the forge says, zero when it does not; GitLab and Gitea tell the last activity
	SizeKB              int64     // as the forge says; 0 when it does not

	State                            State
	Archived, Fork, Mirror, Template bool
	Parent                           string // full name of what a fork was made from, when the forge tells
}

// Limits on what a forge writes into one repository.
const (
	maxSegment     = 255  // bytes of one part of a full name
	maxSegments    = 21   // parts: a GitLab group has at most 20 above the project
	maxDescription = 1000 // characters kept
	maxBranch      = 255  // bytes; a longer name is as good as none
)

// place fills in the address of a repository from its full name ("owner/name", on GitLab with groups between); it
// reports false for a name that makes none.
func (r *Repository) place(web string, deep bool) bool {
	parts := strings.Split(r.FullName, "/")
	if len(parts) < 2 || len(parts) > maxSegments || len(parts) > 2 && !deep {
		return false
	}
	var b strings.Builder
	b.WriteString(web)
	for _, p := range parts {
		if !usable(p) {
			return false
		}
		b.WriteByte('/')
		b.WriteString(url.PathEscape(p))
	}
	last := parts[len(parts)-1]
	if strings.HasSuffix(strings.ToLower(last), ".git") {
		return false // its address could not be told from the clone address of another
	}
	if r.Name == "" || !usable(r.Name) && utf8.RuneCountInString(r.Name) > maxSegment {
		r.Name = last
	}
	r.Name, r.Description = line(r.Name, maxSegment), line(r.Description, maxDescription)
	if len(r.Branch) > maxBranch || strings.ContainsFunc(r.Branch, unicode.IsControl) || !utf8.ValidString(r.Branch) {
		r.Branch = ""
	}
	if r.SizeKB < 0 {
		r.SizeKB = 0
	}
	r.URL = b.String()
	r.CloneURL = r.URL + ".git"
	return true
}

// usable says whether a part of a name can stand in an address.
func usable(part string) bool {
	if part == "" || part == "." || part == ".." || len(part) > maxSegment || !utf8.ValidString(part) {
		return false
	}
	return !strings.ContainsFunc(part, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || !unicode.IsPrint(r) || strings.ContainsRune(`/\?#%`, r)
	})
}

// line makes one bounded line of what a stranger wrote.
func line(s string, most int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// stamp is a moment in JSON. What is no moment is none: one odd date must not lose a whole listing.
type stamp struct{ time.Time }

// UnmarshalJSON reads RFC 3339.
func (s *stamp) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		s.Time = time.Time{}
		return nil
	}
	s.Time = t.UTC()
	return nil
}
