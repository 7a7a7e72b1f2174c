package catalog

import (
	"path"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// maxNamedKits is how many kits a finding names to choose from.
const maxNamedKits = 5

// hosted leads the stories and the evaluations of a catalogue to the kits that it hosts. Their address is that of the
// catalogue with //kits/… behind it (kit format §0); a file may also name the kit as people find it on a forge
// (…/tree/main/kits/x) or by its id (…#x). What tells of a kit of this repository that is not there would be shown
// nowhere: it is an error (E06).
func (r *reader) hosted() {
	if r.o.URL == "" {
		return
	}
	for i := range r.told {
		a := &r.tree.Adoptions[i]
		a.Kit = r.hostedKit(&r.told[i], a.Kit, schema.T("la storia", "the story"))
	}
	for i := range r.judged {
		e := &r.tree.Evaluations[i]
		e.Kit = r.hostedKit(&r.judged[i], e.Kit, schema.T("la valutazione", "the evaluation"))
	}
}

// hostedKit gives the key of the kit that an address means, when that is one of this repository.
func (r *reader) hostedKit(m *marked, address string, what schema.Text) string {
	rest, ok := insideOf(address, r.o.URL)
	if !ok || address == "" {
		return address
	}
	if k := r.kitAt(rest); k != nil {
		return string(k.Key)
	}
	var names []string
	for j := range r.tree.Kits {
		if len(names) < maxNamedKits {
			names = append(names, string(r.tree.Kits[j].Key))
		}
	}
	hint := schema.T("indica il repository del kit", "name the repository of the kit")
	if len(names) > 0 {
		hint = schema.T("scrivi uno di questi indirizzi: "+strings.Join(names, ", "), "write one of these addresses: "+strings.Join(names, ", "))
	}
	r.say(m, "kit", schema.Error, "E06", schema.T("in questo repository non c'è il kit «"+quoted(address)+"»: "+what.It+" non comparirebbe da nessuna parte",
		"there is no kit “"+quoted(address)+"” in this repository: "+what.En+" would be shown nowhere"), hint)
	return address
}

// insideOf gives what follows the address of a repository in an address, and whether it is one within it.
func insideOf(address, home string) (rest string, ok bool) {
	low, at := strings.ToLower(address), strings.ToLower(home)
	for _, prefix := range []string{at + ".git", at} {
		if rest, ok := strings.CutPrefix(low, prefix); ok && (rest == "" || rest[0] == '/' || rest[0] == '#') {
			return address[len(address)-len(rest):], true
		}
	}
	return "", SameRepository(publiccode.NormalizeURL(address), home)
}

// kitAt finds the kit that what stands behind the address of this repository means: nothing, when there is one kit; its
// folder; its id.
func (r *reader) kitAt(rest string) *Kit {
	rest = strings.Trim(rest, "/#")
	if after, ok := strings.CutPrefix(rest, "tree/"); ok {
		_, rest, _ = strings.Cut(after, "/")
	}
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, "/kit.md"), "/")
	for i := range r.tree.Kits {
		k := &r.tree.Kits[i]
		if k.Folder == rest || rest != "" && (strings.EqualFold(k.ID, rest) || strings.EqualFold(path.Base(k.Folder), rest)) || rest == "" && len(r.tree.Kits) == 1 {
			return k
		}
	}
	return nil
}
