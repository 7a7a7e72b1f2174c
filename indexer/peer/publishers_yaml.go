package peer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// PublishersFile is the name that findings of a publishers.yml carry.
const PublishersFile = "publishers.yml"

const (
	maxMarks = 600_000 // characters that can begin a YAML node, and so bound how many there are
	maxSteps = 600_000 // nodes looked at: aliases can make many of few
)

// ParsePublishers reads a publishers.yml that lies on a disk or in a repository, within the default limits. What is
// wrong in it is told with line and column; what can be used of it is used.
func ParsePublishers(data []byte) ([]Publisher, []schema.Finding) {
	return Limits{Publishers: DefaultPublishers, Places: DefaultPlaces, FileBytes: DefaultFileBytes, Depth: DefaultDepth}.parsePublishers(data)
}

// oldKeys are the keys of the files that the crawler read before it had publishers: the list was called whitelist, the
// code had a key of its own and id was the name.
var oldKeys = map[string]string{
	"codice-ipa": "id", "codiceipa": "id", "ipa": "id", "organizations": "orgs", "organisations": "orgs", "repositories": "repos", "description": "name",
}

type publisherFile struct {
	limits   Limits
	out      []Publisher
	findings []schema.Finding
	steps    int
	places   int
	seen     map[string]int // canonical address: line where it stands first
	ids      map[string]int
	full     bool
}

func (lim Limits) parsePublishers(data []byte) ([]Publisher, []schema.Finding) {
	f := &publisherFile{limits: lim, seen: map[string]int{}, ids: map[string]int{}}
	root := f.document(data)
	if root != nil {
		f.list(root, 0)
	}
	schema.Sort(f.findings)
	return f.out, f.findings
}

// document reads the YAML; nil when there is nothing to read, and a finding says why.
func (f *publisherFile) document(data []byte) *yaml.Node {
	if len(data) > f.limits.FileBytes {
		f.wrong(1, 1, "", schema.Tf("il file supera %d byte", "the file is longer than %d bytes", f.limits.FileBytes),
			schema.T("dividilo in più file, uno per fonte", "split it into several files, one for each source"))
		return nil
	}
	marks := 0
	for _, b := range data {
		if strings.IndexByte("\n,:-?[]{}&*!", b) >= 0 {
			marks++
		}
	}
	if marks > maxMarks {
		f.wrong(1, 1, "", schema.T("il file ha troppi elementi", "the file has too many elements"), schema.T("dividilo in più file, uno per fonte", "split it into several files, one for each source"))
		return nil
	}
	var doc yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			f.wrong(1, 1, "", schema.T("il file è vuoto", "the file is empty"), schema.T("scrivi un elenco di editori: - id, name, orgs, repos", "write a list of publishers: - id, name, orgs, repos"))
			return nil
		}
		f.wrong(lineOf(err), 1, "", schema.T("il file non è YAML valido", "the file is no valid YAML"),
			schema.T("controlla rientri, trattini e due punti a partire da questa riga", "check indents, dashes and colons from this line on"))
		return nil
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

func lineOf(err error) int {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			return n
		}
	}
	return 1
}

// node follows an alias and counts the step; nil when there were too many.
func (f *publisherFile) node(n *yaml.Node) *yaml.Node {
	for hops := 0; n != nil && n.Kind == yaml.AliasNode && hops < 8; hops++ {
		n = n.Alias
	}
	if f.steps++; f.steps > maxSteps || n == nil || n.Kind == yaml.AliasNode {
		if !f.full {
			f.full = true
			f.wrong(1, 1, "", schema.T("i rimandi del file (& e *) si moltiplicano senza fine", "the aliases of the file (& and *) multiply without end"),
				schema.T("scrivi gli indirizzi per esteso", "write the addresses in full"))
		}
		return nil
	}
	return n
}

// list reads the list of publishers. Old files have it below a key, or several lists below several.
func (f *publisherFile) list(n *yaml.Node, depth int) {
	n = f.node(n)
	switch {
	case n == nil:
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			if len(f.out) >= f.limits.Publishers {
				f.wrong(item.Line, item.Column, "", schema.Tf("gli editori sono più di %d: gli altri non sono letti", "there are more than %d publishers: the others are not read", f.limits.Publishers),
					schema.T("dividi il file in più fonti", "split the file into several sources"))
				return
			}
			f.publisher(item)
		}
	case n.Kind == yaml.MappingNode && depth == 0 && isPublisher(n):
		f.doubt(n.Line, n.Column, "", schema.T("il file ha un solo editore e non è un elenco", "the file has one publisher and is no list"), schema.T("metti un trattino davanti", "put a dash before it"))
		f.publisher(n)
	case n.Kind == yaml.MappingNode && depth < 2:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], f.node(n.Content[i+1])
			if value == nil || value.Kind == yaml.ScalarNode {
				f.doubt(key.Line, key.Column, line(key.Value, 60), schema.Tf("«%s» non è un elenco di editori: non è letto", "%q is no list of publishers: it is not read", line(key.Value, 60)), noHint())
				continue
			}
			f.doubt(key.Line, key.Column, line(key.Value, 60), schema.Tf("l'elenco sta sotto la chiave «%s»: è una forma superata", "the list stands below the key %q: that is an old form", line(key.Value, 60)),
				schema.T("togli la chiave e lascia l'elenco all'inizio del file", "remove the key and leave the list at the top of the file"))
			f.list(value, depth+1)
		}
	default:
		f.wrong(n.Line, n.Column, "", schema.T("il file non è un elenco di editori", "the file is no list of publishers"),
			schema.T("scrivi una voce per editore: - id: c_a123, name, orgs, repos", "write one item for each publisher: - id: c_a123, name, orgs, repos"))
	}
}

func isPublisher(n *yaml.Node) bool {
	for i := 0; i < len(n.Content); i += 2 {
		if slices.Contains([]string{"id", "name", "orgs", "repos"}, keyOf(n.Content[i])) {
			return true
		}
	}
	return false
}

// keyOf gives the key in today's words.
func keyOf(n *yaml.Node) string {
	k := strings.ToLower(strings.TrimSpace(n.Value))
	if now, old := oldKeys[k]; old {
		return now
	}
	return k
}

func (f *publisherFile) publisher(item *yaml.Node) {
	at := item
	n := f.node(item)
	if n == nil {
		return
	}
	if n.Kind != yaml.MappingNode {
		f.wrong(at.Line, at.Column, "", schema.T("questa voce non è un editore", "this item is no publisher"), schema.T("scrivi id, name e orgs o repos", "write id, name and orgs or repos"))
		return
	}
	p := Publisher{Line: at.Line}
	named := map[string]bool{}
	idIsName := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, k := n.Content[i], keyOf(n.Content[i])
		value := f.node(n.Content[i+1])
		if value == nil {
			return
		}
		written := line(key.Value, 60)
		if oldKeys[strings.ToLower(written)] != "" {
			f.doubt(key.Line, key.Column, written, schema.Tf("la chiave «%s» è superata", "the key %q is of an old form", written), schema.Tf("scrivi «%s»", "write %q", k))
			if k == "id" {
				if !idIsName && named["id"] && p.Name == "" { // in the old form id is the name
					p.Name = p.ID
				}
				idIsName, named["id"] = true, false
			}
		} else if k == "id" && idIsName {
			if s := f.text(value, "id"); p.Name == "" {
				p.Name = line(s, maxName)
			}
			continue
		}
		if named[k] {
			f.doubt(key.Line, key.Column, written, schema.Tf("la chiave «%s» è scritta due volte: vale la prima", "the key %q is written twice: the first counts", written), noHint())
			continue
		}
		named[k] = true
		switch k {
		case "id":
			p.ID = line(f.text(value, "id"), maxName)
		case "name":
			p.Name = line(f.text(value, "name"), maxName)
		case "orgs":
			p.Orgs = f.addresses(value, "orgs")
		case "repos":
			p.Repos = f.addresses(value, "repos")
		default:
			f.doubt(key.Line, key.Column, written, schema.Tf("la chiave «%s» non è prevista: non è letta", "the key %q is not known: it is not read", written),
				schema.T("le chiavi sono id, name, orgs, repos", "the keys are id, name, orgs, repos"))
		}
	}
	f.keep(p, at)
}

// keep checks a publisher as a whole and takes it.
func (f *publisherFile) keep(p Publisher, at *yaml.Node) {
	if p.ID != "" && code(p.ID) == "" {
		f.doubt(at.Line, at.Column, "id", schema.Tf("«%s» non è un codice IPA", "%q is no IPA code", line(p.ID, 60)), schema.T("scrivi in id il codice IPA dell'ente, e in name il nome", "write the IPA code of the body in id, and its name in name"))
		if p.Name == "" {
			p.Name = p.ID
		}
		p.ID = ""
	}
	if p.ID == "" && p.Name == "" {
		f.doubt(at.Line, at.Column, "id", schema.T("non si sa di chi sono questi indirizzi", "nobody says whose addresses these are"), schema.T("aggiungi id con il codice IPA, e name", "add id with the IPA code, and name"))
	}
	if p.ID != "" {
		if first, dup := f.ids[strings.ToLower(p.ID)]; dup {
			f.doubt(at.Line, at.Column, "id", schema.Tf("l'editore «%s» è già alla riga %d", "the publisher %q is already on line %d", p.ID, first), schema.T("unisci le due voci", "make one item of both"))
		} else {
			f.ids[strings.ToLower(p.ID)] = at.Line
		}
	}
	if len(p.Orgs)+len(p.Repos) == 0 {
		f.doubt(at.Line, at.Column, "", schema.T("l'editore non ha nessun indirizzo che si possa visitare", "the publisher has no address that can be visited"), schema.T("aggiungi orgs o repos", "add orgs or repos"))
		return
	}
	f.out = append(f.out, p)
}

func (f *publisherFile) text(n *yaml.Node, key string) string {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		if n.Tag != "!!null" {
			f.wrong(n.Line, n.Column, key, schema.Tf("%s deve essere un testo", "%s must be a text", key), noHint())
		}
		return ""
	}
	return n.Value
}

// addresses reads a list of addresses; one alone stands for a list of one.
func (f *publisherFile) addresses(n *yaml.Node, key string) []Place {
	items := []*yaml.Node{n}
	switch {
	case n.Kind == yaml.SequenceNode:
		items = n.Content
	case n.Kind == yaml.MappingNode:
		f.wrong(n.Line, n.Column, key, schema.Tf("%s deve essere un elenco di indirizzi", "%s must be a list of addresses", key), noHint())
		return nil
	case n.Tag == "!!null":
		return nil
	}
	var out []Place
	for i, item := range items {
		v := f.node(item)
		if v == nil {
			return out
		}
		if f.places >= f.limits.Places {
			f.wrong(item.Line, item.Column, key, schema.Tf("gli indirizzi sono più di %d: gli altri non sono letti", "there are more than %d addresses: the others are not read", f.limits.Places), noHint())
			return out
		}
		where := fmt.Sprintf("%s[%d]", key, i)
		route, canonical := "", ""
		if v.Kind == yaml.ScalarNode {
			route, canonical = address(v.Value)
		}
		if route == "" {
			f.wrong(item.Line, item.Column, where, schema.Tf("«%s» non è un indirizzo da visitare", "%q is no address to visit", line(v.Value, 80)),
				schema.T("scrivi l'indirizzo per intero, con https://", "write the whole address, with https://"))
			continue
		}
		if first, dup := f.seen[key+" "+canonical]; dup {
			f.doubt(item.Line, item.Column, where, schema.Tf("l'indirizzo è già alla riga %d", "the address is already on line %d", first), schema.T("toglilo da uno dei due posti", "remove it from one of the two places"))
			continue
		}
		f.seen[key+" "+canonical] = item.Line
		f.places++
		out = append(out, Place{route, item.Line, item.Column})
	}
	return out
}

func noHint() schema.Text { return schema.Text{} }

func (f *publisherFile) wrong(line, column int, key string, what, do schema.Text) {
	f.say(line, column, schema.Error, "V07", key, what, do)
}

func (f *publisherFile) doubt(line, column int, key string, what, do schema.Text) {
	f.say(line, column, schema.Warning, "V08", key, what, do)
}

func (f *publisherFile) say(line, column int, s schema.Severity, code, key string, what, do schema.Text) {
	if len(f.findings) < maxFindings {
		f.findings = append(f.findings, schema.Finding{File: PublishersFile, Line: line, Column: column, Severity: s, Code: code, Key: key, Message: what, Hint: do})
	}
}

// notYAML says in words what came back when it is plainly no list of publishers; the zero text when it may be one.
func notYAML(body []byte) schema.Text {
	start := bytes.TrimSpace(body[:min(len(body), excerptBytes)])
	if len(start) > 0 && start[0] == '<' {
		return schema.T("l'indirizzo dà una pagina HTML e non un file YAML: scrivi nella fonte l'indirizzo del file grezzo (raw)",
			"the address gives an HTML page and no YAML file: write the address of the raw file in the source")
	}
	return schema.Text{}
}
