package publiccode

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// Kind says what a [Reference] leads to, and so how it can be looked at.
type Kind string

// The kinds of reference.
const (
	KindRepository Kind = "repository" // url: where the source is
	KindPage       Kind = "page"       // landingURL, roadmap, documentation, apiDocumentation
	KindVideo      Kind = "video"      // description.L.videos
	KindLogo       Kind = "logo"       // logo, monochromeLogo
	KindScreenshot Kind = "screenshot" // description.L.screenshots
	KindText       Kind = "text"       // legal.authorsFile
)

// Reference is a file or an address that a publiccode.yml names: what can be looked at outside of the file itself.
// Line, Column and Key are as in a [schema.Finding]. Target is as written.
type Reference struct {
	Kind         Kind
	Key          string
	Line, Column int
	Target       string
}

// Remote says that the target is an address and not a path in the tree.
func (r Reference) Remote() bool {
	switch r.Kind {
	case KindRepository, KindPage, KindVideo:
		return true
	}
	return strings.Contains(r.Target, "://")
}

// local is the path that a Reference names, from the folder of the file, without what only an address can carry. An
// empty one names nothing that can be looked for.
func (r Reference) local() string {
	u, err := url.Parse(r.Target)
	if err != nil {
		return r.Target
	}
	return u.Path
}

// References lists what a publiccode.yml names, in the order of reading, at most MaxReferences: the files and addresses
// for which the reference parser looks with its external checks on. What [Parse] finds fault with as it is written is
// left out, and so is all of a file that is not YAML or of another version. It asks nothing of anybody.
func References(data []byte) []Reference {
	r := &reader{refs: []Reference{}}
	if root := r.document(data); root != nil && len(r.fatal) == 0 {
		r.publicCode(root)
	}
	if len(r.fatal) > 0 {
		return nil
	}
	slices.SortStableFunc(r.refs, func(a, b Reference) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.refs
}

// refer notes what a value names, where somebody wants to know.
func (r *reader) refer(k Kind, a *at, key func(*at) string, target string) {
	if r.refs != nil && target != "" && len(r.refs) < MaxReferences {
		r.refs = append(r.refs, Reference{Kind: k, Key: key(a), Line: a.line, Column: a.col, Target: target})
	}
}

// page reads the address of a page that should answer.
func (r *reader) page(v value) string {
	before := len(r.findings)
	s := r.web(v)
	if len(r.findings) == before {
		r.refer(KindPage, v.at, (*at).rulePath, s)
	}
	return s
}

// finding of an external rule on a reference.
func (r Reference) finding(c Code, message schema.Text) schema.Finding {
	info := infoOf(c)
	return schema.Finding{Line: r.Line, Column: r.Column, Severity: info.Severity, Code: string(c), Key: r.Key, Message: message, Hint: info.Hint}
}

// NotAnswering is the finding on an address that gives an answer other than a page, or none; why says which.
func (r Reference) NotAnswering(why schema.Text) schema.Finding {
	return r.finding(P60, r.about(why))
}

// NotGit is the finding on a url that answers, but not as a Git repository; why says how.
func (r Reference) NotGit(why schema.Text) schema.Finding { return r.finding(P61, r.about(why)) }

// NotAsked is the finding on an address of which nothing could be learnt from here; why says what stood in the way.
func (r Reference) NotAsked(why schema.Text) schema.Finding { return r.finding(P62, r.about(why)) }

func (r Reference) about(why schema.Text) schema.Text {
	target := clip(r.Target)
	return schema.T("«"+target+"»: "+why.It, "“"+target+"”: "+why.En)
}
