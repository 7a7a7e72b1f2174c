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
// It goes by the field tags of the record types: json names the key; req marks a key that must be there; enum names an
// enumeration of package schema; form names a shape (see text); max is the greatest length in characters; kit:"-" is not
// written by hand. What it fills can always be written as JSON: see free.
type decoder struct {
	r       *reader
	file    string
	lenient bool // missing required keys are warnings: a draft (kit format, Part III)
	lines   map[int]bool
	said    int
	nodes   int
	points  []pointer
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
	d.marks(f.Line)
	d.r.find(f)
}

// marks remembers that something is wrong at a line.
func (d *decoder) marks(line int) {
	if d.lines == nil {
		d.lines = map[int]bool{}
	}
	d.lines[line] = true
	d.said++
}

// mute says that a finding of this file would not be kept; it is counted as if it had been said.
func (d *decoder) mute(n *yaml.Node, sev schema.Severity) bool {
	if !d.r.report.full(d.file) {
		return false
	}
	d.marks(n.Line)
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

// into decodes n into v, which must be settable. key is the dotted path for the findings.
func (d *decoder) into(n *yaml.Node, v reflect.Value, key string, tag reflect.StructTag, depth int) {
	if depth > maxNesting {
		d.say(n, schema.Error, "E01", key, schema.T("la struttura è annidata troppo in profondità", "the structure is nested too deep"),
			schema.Tf("riduci a meno di %d livelli", "keep it under %d levels", maxNesting))
		return
	}
	if v.Kind() == reflect.Interface {
		if x, ok := d.free(n, key, tag, 0); ok {
			v.Set(reflect.ValueOf(x))
		}
		return
	}
	if v.Kind() == reflect.Pointer {
		d.pointer(n, v, key, tag, depth)
		return
	}
	if !d.enter(n, key) || n.ShortTag() == "!!null" {
		return
	}
	switch v.Type() {
	case reflect.TypeFor[CodeScheme]():
		d.codeScheme(n, v, key, depth)
		return
	case reflect.TypeFor[Markdown]():
		d.markdown(n, v, key)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, v, key, depth)
	case reflect.Slice:
		d.list(n, v, key, tag, depth)
	case reflect.Map:
		d.mapping(n, v, key, tag, depth)
	default:
		d.scalar(n, v, key, tag)
	}
}

// pointer leaves nil what was refused: nobody said no when the answer cannot be read.
func (d *decoder) pointer(n *yaml.Node, v reflect.Value, key string, tag reflect.StructTag, depth int) {
	if n.ShortTag() == "!!null" {
		return
	}
	before := d.said
	e := reflect.New(v.Type().Elem())
	d.into(n, e.Elem(), key, tag, depth)
	if !d.spent() && (d.said == before || !e.Elem().IsZero()) {
		v.Set(e)
	}
}

func (d *decoder) object(n *yaml.Node, v reflect.Value, key string, depth int) {
	if n.Kind != yaml.MappingNode {
		d.wrongType(n, key, schema.T("un insieme di chiavi", "a set of keys"))
		return
	}
	fields := d.r.fieldsOf(v.Type())
	places := map[string]int{} // key to line
	d.keys(n, key, func(name string, kn, vn *yaml.Node, at string) {
		if name == "x" || strings.HasPrefix(name, "x:") {
			return // extension keys
		}
		f, ok := fields.byName[name]
		if !ok {
			d.unknownKey(kn, at, name, fields.byName)
			return
		}
		places[name] = kn.Line
		d.into(vn, v.FieldByIndex(f.Index), at, f.Tag, depth+1)
	})
	for _, name := range fields.required {
		if v.FieldByIndex(fields.byName[name].Index).IsZero() {
			if line := places[name]; line > 0 && d.lines[line] {
				continue // its value was refused: one finding is enough
			}
			d.missing(n, dot(key, name))
		}
	}
}

func (d *decoder) missing(n *yaml.Node, key string) {
	sev, hint := schema.Error, schema.T("aggiungilo, oppure scrivi status: draft finché non lo conosci", "add it, or write status: draft until you know it")
	if d.lenient {
		sev, hint = schema.Warning, schema.T("aggiungilo quando lo conosci: una bozza può farne a meno", "add it when you know it: a draft may do without")
	}
	d.say(n, sev, "E03", key, schema.Tf("manca il campo obbligatorio «%s»", "the required field %q is missing", key), hint)
}

func (d *decoder) unknownKey(n *yaml.Node, at, name string, fields map[string]reflect.StructField) {
	if d.mute(n, schema.Error) {
		return
	}
	best, dist := "", 3
	for f := range fields {
		if e := editDistance(strings.ToLower(name), strings.ToLower(f)); e < dist || (e == dist && best != "" && f < best) {
			best, dist = f, e
		}
	}
	hint := schema.T("togli la chiave o mettila sotto x:", "remove the key or put it under x:")
	if best != "" {
		hint = schema.Tf("forse intendevi «%s»", "did you mean %q?", best)
	}
	d.say(n, schema.Error, "E02", at, schema.Tf("chiave sconosciuta «%s»", "unknown key %q", name), hint)
}

func (d *decoder) wrongType(n *yaml.Node, key string, want schema.Text) {
	d.say(n, schema.Error, "E01", key, schema.T("qui ci vuole "+want.It, "this must be "+want.En),
		schema.T("correggi il valore", "correct the value"))
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, key string, tag reflect.StructTag, depth int) {
	out := reflect.MakeSlice(v.Type(), 0, 0)
	for i, item := range d.items(n, key) {
		if item.ShortTag() == "!!null" {
			continue
		}
		e := reflect.New(v.Type().Elem()).Elem()
		d.into(item, e, key+"["+strconv.Itoa(i)+"]", tag, depth+1)
		if !e.IsZero() {
			out = reflect.Append(out, e)
		}
	}
	if out.Len() > 0 {
		v.Set(out)
	}
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, key string, tag reflect.StructTag, depth int) {
	if n.Kind != yaml.MappingNode {
		d.wrongType(n, key, schema.T("un insieme di chiavi", "a set of keys"))
		return
	}
	out := reflect.MakeMap(v.Type())
	d.keys(n, key, func(name string, _, vn *yaml.Node, at string) {
		e := reflect.New(v.Type().Elem()).Elem()
		d.into(vn, e, at, tag, depth+1)
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
