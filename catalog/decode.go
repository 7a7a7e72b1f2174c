package catalog

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// Limits of one front matter (house rule 5).
const (
	maxNesting   = 40
	MaxList      = 5_000     // entries of one list, keys of one map
	MaxFileNodes = 50_000    // values of one file
	MaxTreeNodes = 2_000_000 // values of all files of one tree
)

// decoder fills the record types from YAML nodes and says, with the place, all that does not fit. It never stops at the
// first fault: what can be read is read.
//
// What a place may hold is said by its [schema.Shape], which comes from the JSON Schemas; the record types only say where
// it goes (the json tag names the key; kit:"-" is not written by hand). What it fills can always be written as JSON: see free.
type decoder struct {
	r       *reader
	file    string
	lenient bool // missing required keys are warnings: a draft (kit format, Part III)
	drafts  bool // the record may say that it is a draft
	said    int  // findings of this file so far
	nodes   int
	points  []pointer
	unread  bool   // something under "rules" was refused
	cents   string // of a number that a comma cut in two: what stands behind the comma
}

// pointer is a place in a front matter that points at a record or a file of the kit.
type pointer struct {
	file, key, value string
	line, column     int
	isFile           bool
}

func (d *decoder) say(n *yaml.Node, sev schema.Severity, code, key string, msg, hint schema.Text) {
	f := schema.Finding{File: d.file, Severity: sev, Code: code, Key: key, Message: msg, Hint: hint}
	if n != nil {
		f.Line, f.Column = n.Line, n.Column
	}
	d.said++
	d.refuse(sev, code, key)
	d.r.find(f)
}

// refuse notes that rules hold less than was written. A number that only lacks its quotes (E13) was read.
func (d *decoder) refuse(sev schema.Severity, code, key string) {
	if sev == schema.Error && code != "E13" && (key == "rules" || strings.HasPrefix(key, "rules[") || strings.HasPrefix(key, "rules.")) {
		d.unread = true
	}
}

// mute says that a finding of this file would not be kept; it is counted as if it had been said.
func (d *decoder) mute(n *yaml.Node, sev schema.Severity) bool {
	if !d.r.report.full(d.file) {
		return false
	}
	d.said++
	d.r.report.leave(d.file, n.Line, n.Column, sev)
	return true
}

// enter counts a node and says whether it may be read.
func (d *decoder) enter(n *yaml.Node, key string) bool {
	d.nodes++
	d.r.nodes++
	switch {
	case d.nodes == MaxFileNodes+1:
		d.say(n, schema.Error, "E01", key, schema.Tf("l'intestazione ha più di %d valori: gli altri non sono letti", "the front matter has more than %d values: the others are not read", MaxFileNodes),
			schema.T("dividi il file", "split the file"))
	case d.r.nodes == MaxTreeNodes+1:
		d.r.cutShort(d.file, schema.Tf("nel repository ci sono più di %d valori: gli altri non sono letti", "the repository has more than %d values: the others are not read", MaxTreeNodes))
	}
	if d.spent() {
		return false
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.say(n, schema.Error, "E01", key, schema.T("àncore e alias YAML non sono ammessi", "YAML anchors and aliases are not allowed"),
			schema.T("ripeti il valore per esteso", "write the value out again"))
	}
	return n.Kind != yaml.AliasNode
}

// spent says that the bounds of the file or of the tree are reached.
func (d *decoder) spent() bool { return d.nodes > MaxFileNodes || d.r.nodes > MaxTreeNodes }

// into decodes n, which should be of the shape s, into v, which must be settable. key is the dotted path for the findings.
func (d *decoder) into(n *yaml.Node, v reflect.Value, key string, s *schema.Shape, depth int) {
	if depth > maxNesting {
		d.say(n, schema.Error, "E01", key, schema.T("la struttura è annidata troppo in profondità", "the structure is nested too deep"),
			schema.Tf("riduci a meno di %d livelli", "keep it under %d levels", maxNesting))
		return
	}
	if v.Kind() == reflect.Interface {
		if x, ok := d.free(n, key, s, 0); ok {
			v.Set(reflect.ValueOf(x))
		}
		return
	}
	if v.Kind() == reflect.Pointer {
		d.pointer(n, v, key, s, depth)
		return
	}
	if !d.enter(n, key) || n.ShortTag() == "!!null" {
		return
	}
	switch {
	case s.Kind == schema.Either:
		d.codeScheme(n, v, key, s, depth)
	case s.Kind == schema.Object:
		d.object(n, v, key, s, depth)
	case s.Kind == schema.List:
		d.list(n, v, key, s, depth)
	case s.Kind == schema.Map:
		d.mapping(n, v, key, s.Values, depth)
	case s.Kind == schema.Free:
		d.mapping(n, v, key, s, depth)
	case s.Form == schema.FormMarkdown:
		d.markdown(n, v, key)
	case !d.inQuotes(n, key, s):
		d.scalar(n, v, key, s)
	}
}

// pointer leaves nil what was refused: nobody said no when the answer cannot be read.
func (d *decoder) pointer(n *yaml.Node, v reflect.Value, key string, s *schema.Shape, depth int) {
	if n.ShortTag() == "!!null" {
		return
	}
	before := d.said
	e := reflect.New(v.Type().Elem())
	d.into(n, e.Elem(), key, s, depth)
	if !d.spent() && (d.said == before || !e.Elem().IsZero()) {
		v.Set(e)
	}
}

func (d *decoder) object(n *yaml.Node, v reflect.Value, key string, s *schema.Shape, depth int) {
	if n.Kind != yaml.MappingNode {
		d.wrongType(n, key, schema.T("un insieme di chiavi", "a set of keys"),
			schema.T("scrivi sotto, rientrate di due spazi, una riga per chiave: chiave: valore", "write below it, two blanks in, one line for each key: key: value"))
		return
	}
	fields := d.r.fieldsOf(v.Type())
	refused := map[string]bool{}  // keys of whose value something was said
	misnamed := map[string]bool{} // keys that are there under another name
	given := map[string]*yaml.Node{}
	nothing := map[string]bool{} // keys of an empty list
	var strange []*yaml.Node     // keys that are like none
	d.keys(n, key, func(name string, kn, vn *yaml.Node, at string) {
		if name == "x" || strings.HasPrefix(name, "x:") {
			return // extension keys
		}
		p := s.Property(name)
		if p == nil && isCents(n, kn, vn) {
			return // it was said of the number before it
		}
		if p == nil {
			switch was, told := d.unknownKey(kn, at, name, s); {
			case !told:
				strange = append(strange, kn)
			case len(was) == 1:
				misnamed[was[0]] = true
			}
			return
		}
		before := d.said
		given[name], nothing[name] = kn, vn.Kind == yaml.SequenceNode && len(vn.Content) == 0
		d.cents = centsBehind(n, vn)
		d.into(vn, v.FieldByIndex(fields[name]), at, p.Shape, depth+1)
		d.cents = ""
		refused[name] = d.said > before
	})
	d.strangeKeys(strange, key, lacking(n, s, misnamed))
	for _, p := range s.Properties {
		if p.Required && v.FieldByIndex(fields[p.Name]).IsZero() {
			if refused[p.Name] || misnamed[p.Name] {
				continue // one finding is enough
			}
			if p.MayEmpty && nothing[p.Name] {
				continue // it says that there is nothing
			}
			d.missing(n, given[p.Name], dot(key, p.Name), p)
		}
	}
}

// missing says of the mapping n that a required key is not there or, where it is (kn), that it holds nothing.
func (d *decoder) missing(n, kn *yaml.Node, key string, p *schema.Property) {
	sev, hint := schema.Error, schema.T("aggiungi la riga", "add the line")
	ex := p.Example()
	if ex != "" {
		hint = schema.T("aggiungi una riga come «"+quoted(ex)+"»", "add a line such as “"+quoted(ex)+"”")
	}
	said := schema.T("manca il campo obbligatorio «"+key+"»", "the required field "+key+" is missing")
	if kn != nil {
		n, said = kn, schema.T("il campo obbligatorio «"+key+"» è vuoto", "the required field "+key+" is empty")
		hint = schema.T("scrivi qui il suo valore", "write its value here")
		if ex != "" {
			hint = schema.T("scrivi qui il suo valore, per esempio «"+quoted(ex)+"»", "write its value here, for example “"+quoted(ex)+"”")
		}
	}
	switch {
	case d.lenient:
		sev = schema.Warning
		hint.It += " quando lo sai: una bozza può farne a meno"
		hint.En += " when you know it: a draft may do without"
	case d.drafts:
		hint.It += ", oppure scrivi status: draft finché non lo sai"
		hint.En += ", or write status: draft until you know it"
	}
	d.say(n, sev, "E03", key, schema.T(said.It+labelled(p.Title.It), said.En+labelled(p.Title.En)), hint)
}

// labelled adds the label of a field to its key.
func labelled(label string) string {
	if label == "" {
		return ""
	}
	return " (" + label + ")"
}

// unknownKey says so where it can be told which key was meant (fase is phase), and gives those that may have been; else it
// has not been told.
func (d *decoder) unknownKey(n *yaml.Node, at, name string, s *schema.Shape) (was []string, told bool) {
	if d.refuse(schema.Error, "E02", at); d.mute(n, schema.Error) {
		return nil, true
	}
	if was = meant(name, keysIn(s)); len(was) == 0 {
		return nil, false
	}
	d.strangeKey(n, at, proposed(was))
	return was, true
}

func (d *decoder) wrongType(n *yaml.Node, key string, want, hint schema.Text) {
	d.say(n, schema.Error, "E01", key, schema.T("qui ci vuole "+want.It, "this must be "+want.En), hint)
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, key string, s *schema.Shape, depth int) {
	out := reflect.MakeSlice(v.Type(), 0, 0)
	for i, item := range d.items(n, key) {
		if item.ShortTag() == "!!null" {
			continue
		}
		e := reflect.New(v.Type().Elem()).Elem()
		d.into(item, e, key+"["+strconv.Itoa(i)+"]", s.Items, depth+1)
		if !e.IsZero() || everyRowCounts(e.Type()) {
			out = reflect.Append(out, e)
		}
	}
	if out.Len() > 0 {
		v.Set(out)
	}
}

// everyRowCounts says of the lists of a tariff that an entry of which nothing could be read stays in its place: without it
// the others would pass for the whole.
func everyRowCounts(t reflect.Type) bool {
	return t == reflect.TypeFor[Rule]() || t == reflect.TypeFor[TariffComponent]() || t == reflect.TypeFor[Bracket]() || t == reflect.TypeFor[Discount]()
}

// mapping decodes a map whose keys the writer names; s is the shape of its values, or of a map that is free.
func (d *decoder) mapping(n *yaml.Node, v reflect.Value, key string, s *schema.Shape, depth int) {
	if n.Kind != yaml.MappingNode {
		d.wrongType(n, key, schema.T("un insieme di chiavi", "a set of keys"),
			schema.T("scrivi sotto, rientrate di due spazi, una riga per chiave: chiave: valore", "write below it, two blanks in, one line for each key: key: value"))
		return
	}
	out := reflect.MakeMap(v.Type())
	d.keys(n, key, func(name string, _, vn *yaml.Node, at string) {
		e := reflect.New(v.Type().Elem()).Elem()
		d.into(vn, e, at, s, depth+1)
		if !e.IsZero() {
			out.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), e)
		}
	})
	if out.Len() > 0 {
		v.Set(out)
	}
}

func dot(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}
