package catalog

import (
	"bytes"
	"path"
	"reflect"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// typeByFolder says what a Markdown file is when its front matter does not: folder names are a default, not a rule, and
// the Italian ones are accepted (kit format §0).
func typeByFolder(p string) string {
	first, _, ok := strings.Cut(strings.ToLower(p), "/")
	if !ok {
		switch first {
		case "kit.md":
			return "kit"
		case "catalogue.md":
			return "catalogue"
		case "lab.md":
			return "laboratory"
		}
		return ""
	}
	switch first {
	case "docs", "documenti":
		return "document"
	case "templates", "modelli", "atti", "modulistica":
		return "template"
	case "services", "servizi":
		return "service"
	case "tariffs", "tariffe":
		return "tariff"
	case "checklists", "liste", "checklist":
		return "checklist"
	case "adoptions", "adozioni":
		return "adoption"
	case "evaluations", "valutazioni":
		return "evaluation"
	case "entities", "enti":
		return "entity"
	case "communities", "comunita", "comunità":
		return "community"
	case "events", "eventi", "incontri":
		return "event"
	case "sources", "fonti":
		return "source"
	}
	return ""
}

// isPlain says that a Markdown file owes the format nothing: it is there for people who open the repository.
func isPlain(p string) bool {
	switch strings.ToLower(path.Base(p)) {
	case "readme.md", "changelog.md", "license.md", "licence.md", "contributing.md", "governance.md", "security.md", "code_of_conduct.md", "authors.md", "faq.md":
		return true
	}
	return false
}

// marked is one Markdown file with its front matter and what its decoding left behind.
type marked struct {
	path string // from the root of the tree
	rel  string // from the kit's folder
	typ  string
	head *yaml.Node
	body string
	// bodyLine is the line of the file at which the body begins.
	bodyLine int
	d        *decoder
}

// open reads a Markdown file that belongs to the format. ok is false when it does not, or nothing of it can be used.
func (r *reader) open(dir, rel string, lenient bool) (m marked, ok bool) {
	m = marked{path: path.Join(dir, rel), rel: rel}
	data, got := r.read(m.path, MaxMarkdown)
	if !got {
		return m, false
	}
	head, body, has, findings := r.split(m.path, data)
	if r.marks > MaxTreeMarks {
		r.missed(m.path)
	}
	if isPlain(rel) && head == nil {
		return m, false
	}
	r.findAll(findings)
	m.typ, m.body, m.head = typeByFolder(rel), body, head
	m.bodyLine = bytes.Count(data, []byte("\n")) - strings.Count(body, "\n") + 1
	if head == nil {
		if !has && m.typ != "" {
			r.find(schema.Finding{File: m.path, Line: 1, Column: 1, Severity: schema.Warning, Code: "E01",
				Message: schema.T("il file non ha intestazione: non entra nel kit", "the file has no front matter: it is not part of the kit"),
				Hint:    schema.Tf("comincia il file con tre trattini, «type: %s» e le altre chiavi, poi altri tre trattini", "begin the file with three dashes, \"type: %s\" and the other keys, then three dashes again", m.typ)})
		}
		return m, false
	}
	if t := valueOf(head, "type"); t != nil {
		m.typ = t.Value
	}
	if st := valueOf(head, "status"); st != nil && st.Value == "draft" {
		lenient = true
	}
	m.d = &decoder{r: r, file: m.path, lenient: lenient}
	kept := m
	r.opened[m.path] = &kept
	return m, true
}

// decode fills a record of the file's type from the front matter; header is the record's [Header], or nil for a kit.
func (m *marked) decode(r *reader, into any, header *Header) {
	if p := schema.Record(m.typ).Property("status"); p != nil && p.Enum != nil {
		m.d.drafts = p.Enum.Has("draft")
	}
	m.d.into(m.head, reflect.ValueOf(into).Elem(), "", schema.Record(m.typ), 0)
	if r.nodes > MaxTreeNodes {
		r.missed(m.path)
	}
	if header != nil {
		header.Path, header.Body, header.Type = m.rel, m.body, m.typ
	}
	r.points = append(r.points, m.d.points...)
}

// place gives the node of a field by its dotted path ("events[2].act"), or the nearest one around it that is there.
func (m *marked) place(key string) *yaml.Node {
	n := m.head
	for _, step := range strings.FieldsFunc(key, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		next := valueOf(n, step)
		if i, err := strconv.Atoi(step); err == nil {
			next = itemOf(n, i)
		}
		if next == nil {
			break
		}
		n = next
	}
	return n
}

// itemOf gives an entry of a list; one value stands for a list of one.
func itemOf(n *yaml.Node, i int) *yaml.Node {
	switch {
	case n.Kind == yaml.SequenceNode && i < len(n.Content):
		return n.Content[i]
	case n.Kind != yaml.SequenceNode && i == 0:
		return n
	}
	return nil
}

func (r *reader) say(m *marked, key string, sev schema.Severity, code string, msg, hint schema.Text) {
	n := m.place(key)
	r.find(schema.Finding{File: m.path, Line: n.Line, Column: n.Column, Severity: sev, Code: code, Key: key, Message: msg, Hint: hint})
}

func valueOf(head *yaml.Node, key string) *yaml.Node {
	if head.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(head.Content); i += 2 {
		if head.Content[i].Value == key {
			return head.Content[i+1]
		}
	}
	return nil
}

// kitFile reads kit.md.
func (r *reader) kitFile(k *Kit) {
	m, ok := r.open(k.Folder, "kit.md", false)
	if ok {
		m.typ = "kit" // whatever it says: the name of the file decides
		m.decode(r, k, nil)
		k.Body = Markdown(m.body)
	} else if k.PublicCode.Readable() {
		// The overview cannot be used: what publiccode.yml says is still true.
		r.software(k)
		k.Kind = ""
	}
	if k.Title == "" {
		k.Title = path.Base(k.Folder)
		if k.Folder == "" {
			k.Title = path.Base(k.URL)
		}
	}
	r.changelog(k)
}

// parts reads every Markdown file of a kit's folder into its records.
func (r *reader) parts(k *Kit) {
	lenient := k.Status == "draft"
	codes := map[string]string{}
	for _, rel := range r.in(k.Folder) {
		if !strings.HasSuffix(strings.ToLower(rel), ".md") || rel == "kit.md" || (k.Folder == "" && (belongsToCatalogue(rel) || r.ofInner(rel))) {
			continue
		}
		m, ok := r.open(k.Folder, rel, lenient)
		if !ok {
			continue
		}
		r.part(k, &m, codes)
	}
	for _, p := range r.in(k.Folder) {
		if low := strings.ToLower(p); low == "faq.md" || low == "readme.md" {
			r.page(k, p, true)
		}
	}
	r.references(k)
	r.digestRule(k)
	r.rules(k)
	clear(r.opened)
}

// belongsToCatalogue says that a file at the root of a repository that is both kit and catalogue is the catalogue's.
func belongsToCatalogue(rel string) bool {
	for _, p := range []string{"kits/", "entities/", "communities/", "events/", "sources/", "catalogue.md"} {
		if strings.HasPrefix(rel, p) {
			return true
		}
	}
	return false
}

func (r *reader) part(k *Kit, m *marked, codes map[string]string) {
	before := len(r.points)
	switch m.typ {
	case "document":
		var d Document
		m.decode(r, &d, &d.Header)
		if d.ID == "" {
			d.ID = Slug(strings.TrimSuffix(m.rel, path.Ext(m.rel)))
		}
		if d.Code != "" && d.Part == "" {
			if other := codes[d.Code]; other != "" {
				r.say(m, "code", schema.Error, "E05", schema.Tf("il codice %s è già di %s", "the code %s is already that of %s", d.Code, other),
					schema.T("cambia codice, o scrivi part: se sono parti dello stesso documento", "change the code, or write part: if they are parts of one document"))
			}
			codes[d.Code] = m.path
		}
		if !d.HasContent() && !m.d.lenient {
			r.say(m, "", schema.Error, "E03", schema.T("il documento non ha né testo né allegati", "the document has neither a text nor attachments"),
				schema.T("scrivi il testo sotto l'intestazione o indica il file in attachments; finché manca, status: draft", "write the text below the front matter or name the file under attachments; until then, status: draft"))
		}
		k.Documents = add(r, m, k.Folder, k.Documents, d, d.ID)
	case "template":
		var t Template
		m.decode(r, &t, &t.Header)
		k.Templates = add(r, m, k.Folder, k.Templates, t, t.ID)
	case "service":
		var s Service
		m.decode(r, &s, &s.Header)
		k.Services = add(r, m, k.Folder, k.Services, s, s.ID)
	case "tariff":
		var t Tariff
		m.decode(r, &t, &t.Header)
		k.Tariffs = add(r, m, k.Folder, k.Tariffs, t, t.ID)
	case "checklist":
		c := r.checklist(m)
		k.Checklists = add(r, m, k.Folder, k.Checklists, c, c.ID)
	case "adoption":
		if a, ok := r.adoption(m); ok && a.Kit != "" && !SameRepository(a.Kit, k.URL) && !SameRepository(a.Kit, string(KeyOf(k.URL, k.Folder))) {
			r.tree.Adoptions = append(r.tree.Adoptions, a) // this body's story with somebody else's kit
			r.points = r.points[:before]                   // what it points at lies there
		} else if ok && a.Refused() {
			k.NoConsent = append(k.NoConsent, a.Entity)
			r.points = r.points[:before]
		} else if ok {
			k.Adoptions = add(r, m, k.Folder, k.Adoptions, a, string(a.Entity))
		}
	case "evaluation":
		var e Evaluation
		m.decode(r, &e, &e.Header)
		k.Evaluations = append(k.Evaluations, e)
	case "laboratory":
		var l Laboratory
		m.decode(r, &l, &l.Header)
		k.Laboratory = &l
	default:
		r.unknownType(m, "document, template, service, tariff, checklist, adoption, evaluation, laboratory")
	}
}

// unknownType names the types that are allowed where the file lies.
func (r *reader) unknownType(m *marked, allowed string) {
	var types []meaning
	var it, en []string
	for _, name := range strings.Split(allowed, ", ") {
		title := schema.Record(name).Title
		types = append(types, meaning{is: name, label: title})
		it, en = append(it, name+" ("+title.It+")"), append(en, name+" ("+title.En+")")
	}
	hint := schema.T("i tipi ammessi in questa cartella sono: "+strings.Join(it, ", "), "the types allowed in this folder are: "+strings.Join(en, ", "))
	if p := proposed(meant(m.typ, types)); !p.IsZero() {
		hint = schema.T(p.It+"; "+hint.It, p.En+" "+hint.En)
	}
	msg := schema.Tf("tipo «%s» sconosciuto: il file non entra nel catalogo", "unknown type %q: the file is not part of the catalogue", quoted(m.typ))
	if m.typ == "" {
		msg = schema.T("manca type, che dice che cosa è il file: non entra nel catalogo", "type is missing, which says what the file is: it is not part of the catalogue")
		hint = schema.T("aggiungi per prima una riga come «type: document»; "+hint.It, "add a first line such as “type: document”; "+hint.En)
	} else if s := schema.Record(m.typ); s != nil {
		msg = schema.T("il tipo «"+m.typ+"» ("+s.Title.It+") non va in questa cartella: il file non entra nel catalogo", "the type \""+m.typ+"\" ("+s.Title.En+") does not belong in this folder: the file is not part of the catalogue")
	}
	r.say(m, "type", schema.Error, "E04", msg, hint)
}

// add appends a part unless its id is missing or already taken in the folder, which is a finding.
func add[T any](r *reader, m *marked, folder string, to []T, x T, id string) []T {
	if id == "" {
		return to // a finding has said it
	}
	key := m.typ + " " + id + " " + folder
	if other, ok := r.taken[key]; ok {
		r.say(m, "id", schema.Error, "E05", schema.Tf("l'identificativo «%s» è già usato da %s: questo file non è mostrato", "the id %q is already used by %s: this file is not shown", id, quoted(other)),
			schema.T("dai a ciascun file un id suo", "give each file an id of its own"))
		return to
	}
	r.taken[key] = m.path
	return append(to, x)
}
