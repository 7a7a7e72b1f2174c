package catalog

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// decoder fills the record types from YAML nodes and says, with the place, all that does not fit. It never stops at the
// first fault: what can be read is read.
//
// It goes by the field tags of the record types: json names the key; req marks a key that must be there; enum names an
// enumeration of package schema; form names a shape; max is the greatest length in characters; kit:"-" is not written by
// hand.
type decoder struct {
	file     string
	lenient  bool // missing required keys are warnings: a draft (kit format, Part III)
	findings []schema.Finding
}

// maxNesting bounds the depth of a front matter.
const maxNesting = 40

var (
	slugShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
	codeShape = regexp.MustCompile(`^[ABC]\d{0,2}(\.\d+)*$`)
	dateShape = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	decShape  = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	refShape  = regexp.MustCompile(`^(ipa|cf|piva):\S+$`)
)

func (d *decoder) say(n *yaml.Node, sev schema.Severity, code, key string, msg, hint schema.Text) {
	f := schema.Finding{File: d.file, Severity: sev, Code: code, Key: key, Message: msg, Hint: hint}
	if n != nil {
		f.Line, f.Column = n.Line, n.Column
	}
	d.findings = append(d.findings, f)
}

// into decodes n into v, which must be settable. key is the dotted path for the findings.
func (d *decoder) into(n *yaml.Node, v reflect.Value, key string, tag reflect.StructTag, depth int) {
	if depth > maxNesting {
		d.say(n, schema.Error, "E01", key, schema.T("la struttura è annidata troppo in profondità", "the structure is nested too deep"),
			schema.Tf("riduci a meno di %d livelli", "keep it under %d levels", maxNesting))
		return
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.say(n, schema.Error, "E01", key, schema.T("àncore e alias YAML non sono ammessi", "YAML anchors and aliases are not allowed"),
			schema.T("ripeti il valore per esteso", "write the value out again"))
		if n.Kind == yaml.AliasNode {
			return
		}
	}
	if n.Tag == "!!null" {
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
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.into(n, v.Elem(), key, tag, depth)
	case reflect.Struct:
		d.object(n, v, key, depth)
	case reflect.Slice:
		d.list(n, v, key, tag, depth)
	case reflect.Map:
		d.mapping(n, v, key, tag, depth)
	case reflect.Interface:
		var x any
		if err := n.Decode(&x); err == nil && x != nil {
			v.Set(reflect.ValueOf(x))
		}
	default:
		d.scalar(n, v, key, tag)
	}
}

func (d *decoder) object(n *yaml.Node, v reflect.Value, key string, depth int) {
	if n.Kind != yaml.MappingNode {
		d.wrongType(n, key, schema.T("un insieme di chiavi", "a set of keys"))
		return
	}
	fields := fieldsOf(v.Type())
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		kn, vn := n.Content[i], n.Content[i+1]
		name := kn.Value
		if name == "x" || strings.HasPrefix(name, "x:") {
			continue // extension keys
		}
		at := dot(key, name)
		if seen[name] != nil {
			d.say(kn, schema.Error, "E01", at, schema.Tf("la chiave «%s» compare due volte", "the key %q is there twice", name),
				schema.T("lascia una sola delle due", "keep one of the two"))
			continue
		}
		seen[name] = kn
		f, ok := fields[name]
		if !ok {
			d.unknownKey(kn, at, name, fields)
			continue
		}
		d.into(vn, v.FieldByIndex(f.Index), at, f.Tag, depth+1)
	}
	for name, f := range fields {
		if f.Tag.Get("req") != "" && v.FieldByIndex(f.Index).IsZero() {
			if s := seen[name]; s != nil && s.Line > 0 && d.saidAt(s.Line) {
				continue // its value was refused: one finding is enough
			}
			d.missing(n, dot(key, name))
		}
	}
}

func (d *decoder) saidAt(line int) bool {
	for _, f := range d.findings {
		if f.Line == line {
			return true
		}
	}
	return false
}

func (d *decoder) missing(n *yaml.Node, key string) {
	sev := schema.Error
	if d.lenient {
		sev = schema.Warning
	}
	d.say(n, sev, "E03", key, schema.Tf("manca il campo obbligatorio «%s»", "the required field %q is missing", key),
		schema.T("aggiungilo, oppure lascia il kit in stato draft finché non lo conosci", "add it, or keep the kit a draft until you know it"))
}

func (d *decoder) unknownKey(n *yaml.Node, at, name string, fields map[string]reflect.StructField) {
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
	items := []*yaml.Node{n} // one value stands for a list of one
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	out := reflect.MakeSlice(v.Type(), 0, len(items))
	for i, item := range items {
		if item.Tag == "!!null" {
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
	v.Set(reflect.MakeMap(v.Type()))
	for i := 0; i+1 < len(n.Content); i += 2 {
		e := reflect.New(v.Type().Elem()).Elem()
		d.into(n.Content[i+1], e, dot(key, n.Content[i].Value), tag, depth+1)
		v.SetMapIndex(reflect.ValueOf(n.Content[i].Value).Convert(v.Type().Key()), e)
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, key string, tag reflect.StructTag) {
	if n.Kind != yaml.ScalarNode {
		d.wrongType(n, key, schema.T("un valore semplice", "a single value"))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(d.text(n, v.Type(), key, tag))
	case reflect.Int, reflect.Int64:
		i, err := strconv.ParseInt(strings.ReplaceAll(n.Value, "_", ""), 10, 64)
		if err != nil {
			d.wrongType(n, key, schema.T("un numero intero", "a whole number"))
			return
		}
		v.SetInt(i)
	case reflect.Bool:
		switch n.Value {
		case "true", "True", "TRUE":
			v.SetBool(true)
		case "false", "False", "FALSE":
		default:
			d.wrongType(n, key, schema.T("true oppure false", "true or false"))
		}
	default:
		panic("catalog: a record type has a field of kind " + v.Kind().String())
	}
}

// text reads a scalar as text and checks it by its type and its tags.
func (d *decoder) text(n *yaml.Node, t reflect.Type, key string, tag reflect.StructTag) string {
	s := strings.TrimSpace(n.Value)
	switch t {
	case reflect.TypeFor[Date]():
		if _, ok := Date(s).Time(); !ok || !dateShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è una data", "%q is not a date", s),
				schema.T("scrivi AAAA-MM-GG (per le date storiche bastano AAAA-MM o AAAA)", "write YYYY-MM-DD (for old facts YYYY-MM or YYYY will do)"))
			return ""
		}
	case reflect.TypeFor[Decimal]():
		if n.Tag == "!!float" || (n.Tag == "!!int" && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0) {
			d.say(n, schema.Error, "E13", key, schema.Tf("l'importo %s va scritto tra virgolette", "the amount %s must be quoted", s),
				schema.Tf("scrivi \"%s\"", "write \"%s\"", s))
		}
		if !decShape.MatchString(s) {
			d.say(n, schema.Error, "E13", key, schema.Tf("«%s» non è un numero decimale", "%q is not a decimal number", s),
				schema.T("usa il punto per i decimali e nessun separatore di migliaia, per esempio \"1500.00\"", "use a point for decimals and no thousands separator, as in \"1500.00\""))
			return ""
		}
	case reflect.TypeFor[EntityRef]():
		s = strings.ToLower(s)
		s = strings.Replace(s, "urn:x-italian-pa:", "ipa:", 1)
		if !refShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non indica un ente", "%q does not name a body", s),
				schema.T("scrivi ipa:codice (per esempio ipa:c_e506), oppure cf:… o piva:…", "write ipa:code (as in ipa:c_e506), or cf:… or piva:…"))
			return ""
		}
	}
	if name := tag.Get("enum"); name != "" {
		if e := schema.EnumNamed(name); !e.Has(s) {
			d.badEnum(n, key, s, e)
			return ""
		}
	}
	switch tag.Get("form") {
	case "slug":
		if !slugShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è un identificativo valido", "%q is not a valid id", s),
				schema.Tf("usa solo lettere minuscole senza accenti, cifre e trattini, per esempio «%s»", "use lower-case letters without accents, digits and dashes, as in %q", Slug(s)))
		}
	case "code":
		if !codeShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è un codice di documento", "%q is not a document code", s),
				schema.T("un codice comincia con la lettera della fase: A, B o C, e un numero, per esempio A4", "a code begins with the letter of the phase: A, B or C, and a number, as in A4"))
			return ""
		}
	}
	if limit, err := strconv.Atoi(tag.Get("max")); err == nil && utf8.RuneCountInString(s) > limit {
		d.say(n, schema.Error, "E01", key, schema.Tf("il testo supera i %d caratteri", "the text is longer than %d characters", limit),
			schema.T("accorcialo", "shorten it"))
	}
	return s
}

func (d *decoder) badEnum(n *yaml.Node, key, s string, e *schema.Enum) {
	var it, en []string
	best, dist := "", 3
	for _, v := range e.Values {
		it = append(it, fmt.Sprintf("%s (%s)", v.Value, v.Label.It))
		en = append(en, fmt.Sprintf("%s (%s)", v.Value, v.Label.En))
		for _, written := range []string{v.Value, v.Label.It, v.Label.En} {
			if x := editDistance(strings.ToLower(s), strings.ToLower(written)); x < dist {
				best, dist = v.Value, x
			}
		}
	}
	hint := schema.T("i valori ammessi sono: "+strings.Join(it, ", "), "the allowed values are: "+strings.Join(en, ", "))
	if best != "" {
		hint = schema.T("forse intendevi «"+best+"»; "+hint.It, "did you mean "+best+"? "+hint.En)
	}
	d.say(n, schema.Error, "E04", key, schema.Tf("valore non ammesso «%s»", "value not allowed %q", s), hint)
}

func (d *decoder) codeScheme(n *yaml.Node, v reflect.Value, key string, depth int) {
	c := v.Addr().Interface().(*CodeScheme)
	if n.Kind == yaml.MappingNode {
		d.into(n, reflect.ValueOf(&c.Map).Elem(), key, `enum:"ambit"`, depth+1)
		return
	}
	d.scalar(n, reflect.ValueOf(&c.Name).Elem(), key, `enum:"codeScheme"`)
}

func (d *decoder) markdown(n *yaml.Node, v reflect.Value, key string) {
	switch n.Kind {
	case yaml.ScalarNode:
		v.SetString(strings.TrimSpace(n.Value))
	case yaml.SequenceNode:
		var lines []string
		for _, item := range n.Content {
			if item.Kind == yaml.ScalarNode {
				lines = append(lines, "- "+strings.TrimSpace(item.Value))
			}
		}
		v.SetString(strings.Join(lines, "\n"))
	default:
		d.wrongType(n, key, schema.T("un testo o un elenco", "a text or a list"))
	}
}

func dot(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}
