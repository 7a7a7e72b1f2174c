package catalog

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

var (
	slugShape   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
	codeShape   = regexp.MustCompile(`^[ABC]\d{0,2}(\.\d{1,4}){0,8}$`)
	dateShape   = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	decShape    = regexp.MustCompile(`^-?\d{1,30}(\.\d{1,30})?$`)
	entityShape = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)
	refShape    = regexp.MustCompile(`^(ipa:[a-z0-9][a-z0-9_.-]{0,63}|cf:([0-9]{11}|[a-z0-9]{16})|piva:[0-9]{11})$`)
)

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, key string, s *schema.Shape) {
	if n.Kind != yaml.ScalarNode {
		d.wrongType(n, key, schema.T("un valore semplice", "a single value"),
			schema.T("scrivi un solo valore dopo i due punti: niente trattini, parentesi graffe o altre chiavi", "write one value after the colon: no dashes, braces or further keys"))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(d.text(n, key, s))
	case reflect.Int, reflect.Int64:
		i, err := strconv.ParseInt(strings.ReplaceAll(n.Value, "_", ""), 10, 64)
		if err != nil {
			d.wrongType(n, key, schema.T("un numero intero", "a whole number"),
				schema.T("scrivi solo le cifre, senza punti né virgole, per esempio 12000", "write digits only, without points and commas, as in 12000"))
			return
		}
		if s.Min != nil && i < int64(*s.Min) || s.Max != nil && i > int64(*s.Max) {
			d.outOfRange(n, key, s)
			return
		}
		v.SetInt(i)
	case reflect.Bool:
		switch n.Value {
		case "true", "True", "TRUE":
			v.SetBool(true)
		case "false", "False", "FALSE":
		default:
			d.wrongType(n, key, schema.T("true oppure false", "true or false"),
				schema.T("scrivi true per sì, false per no, senza virgolette", "write true for yes, false for no, without quotes"))
		}
	default:
		panic("catalog: a record type has a field of kind " + v.Kind().String())
	}
}

func (d *decoder) outOfRange(n *yaml.Node, key string, s *schema.Shape) {
	bound := func(i *int) string {
		if i == nil {
			return "…"
		}
		return strconv.Itoa(*i)
	}
	hint := schema.Tf("scrivi un numero intero da %s a %s", "write a whole number from %s to %s", bound(s.Min), bound(s.Max))
	if s.Max == nil {
		hint = schema.Tf("scrivi un numero intero, da %s in su", "write a whole number, %s or more", bound(s.Min))
	}
	d.say(n, schema.Error, "E01", key, schema.Tf("il numero %s è fuori dai limiti", "the number %s is out of range", quoted(n.Value)), hint)
}

// text reads a scalar as text and checks it by its shape. What names a thing or leads to one is refused when it holds
// control characters; any other text is given without them.
func (d *decoder) text(n *yaml.Node, key string, shape *schema.Shape) string {
	s := strings.TrimSpace(n.Value)
	names := shape.Form != schema.FormLine && shape.Form != schema.FormDate && shape.Form != schema.FormDecimal
	switch {
	case names && strings.ContainsFunc(s, unicode.IsControl):
		d.say(n, schema.Error, "E01", key, schema.Tf("«%s» contiene caratteri di controllo o va a capo", "%q holds control characters or line ends", quoted(s)),
			schema.T("riscrivi il valore a mano, su una riga", "write the value again by hand, on one line"))
		return ""
	case strings.ContainsFunc(s, isControl):
		d.say(n, schema.Warning, "E01", key, schema.T("il testo contiene caratteri di controllo: sono stati tolti", "the text holds control characters: they were taken out"),
			schema.T("riscrivi il valore a mano", "write the value again by hand"))
		s = strings.TrimSpace(clean(s))
	}
	if shape.Const != "" && s != shape.Const {
		d.say(n, schema.Error, "E04", key, schema.Tf("qui ci vuole «%s», non «%s»", "this must be %q, not %q", shape.Const, quoted(s)),
			schema.Tf("scrivi %s", "write %s", shape.Const))
		return ""
	}
	if shape.Enum != nil && !shape.Enum.Has(s) {
		d.badEnum(n, key, s, shape.Enum)
		return ""
	}
	s, ok := d.formed(n, s, key, shape.Form)
	if !ok {
		return ""
	}
	limit := cmp.Or(shape.MaxLength, MaxLine)
	if len(s) > limit && utf8.RuneCountInString(s) > limit {
		d.say(n, schema.Error, "E01", key, schema.Tf("il testo supera i %d caratteri: ne ha %d", "the text is longer than %d characters: it has %d", limit, utf8.RuneCountInString(s)),
			schema.T("accorcialo, o sposta quello che è lungo nel corpo del documento", "shorten it, or move what is long into the body"))
		s = shorten(s, MaxLine)
	}
	return s
}

// formed checks a text by its form; ok is false when it cannot be used.
func (d *decoder) formed(n *yaml.Node, s, key string, form schema.Form) (out string, ok bool) {
	switch form {
	case schema.FormDate:
		if _, ok := Date(s).Time(); !ok || !dateShape.MatchString(s) {
			hint := schema.T("scrivi AAAA-MM-GG (per le date storiche bastano AAAA-MM o AAAA)", "write YYYY-MM-DD (for old facts YYYY-MM or YYYY will do)")
			if day := dayOf(s); day != "" {
				hint = schema.T("scrivi "+day+" (AAAA-MM-GG)", "write "+day+" (YYYY-MM-DD)")
			}
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è una data", "%q is not a date", quoted(s)), hint)
			return "", false
		}
	case schema.FormDecimal:
		return d.decimal(n, s, key)
	case schema.FormEntityRef:
		s = strings.ToLower(s)
		s = strings.Replace(s, "urn:x-italian-pa:", "ipa:", 1)
		if !refShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non indica un ente", "%q does not name a body", quoted(n.Value)),
				refHint(s))
			return "", false
		}
		if code := EntityRef(s).IPA(); code != "" && !d.r.knowsBody(code) {
			d.say(n, schema.Error, "E07", key, schema.Tf("il codice IPA «%s» non esiste", "there is no IPA code %q", code),
				schema.T("cerca il codice dell'ente su indicepa.gov.it; un ente senza codice IPA si scrive cf: e il codice fiscale", "look up the body's code on indicepa.gov.it; a body without an IPA code is written cf: and its tax code"))
		}
	case schema.FormRef:
		if s == "" {
			return "", false
		}
		if !isAddress(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è un riferimento", "%q is not a reference", quoted(s)),
				schema.T("scrivi il tipo, due punti e l'id, per esempio doc:A2", "write the type, a colon and the id, as in doc:A2"))
			return "", false
		}
		d.points = append(d.points, pointer{file: d.file, key: key, value: s, line: n.Line, column: n.Column})
	case schema.FormSlug:
		if !slugShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è un identificativo valido", "%q is not a valid id", quoted(s)),
				schema.Tf("usa solo lettere minuscole senza accenti, cifre e trattini, per esempio «%s»", "use lower-case letters without accents, digits and dashes, as in %q", Slug(s)))
			return Slug(s), true
		}
	case schema.FormCode:
		if !codeShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è un codice di documento", "%q is not a document code", quoted(s)),
				schema.T("un codice comincia con la lettera della fase: A, B o C, e un numero, per esempio A4", "a code begins with the letter of the phase: A, B or C, and a number, as in A4"))
			return "", false
		}
	case schema.FormEntityCode:
		if s = strings.ToLower(s); !entityShape.MatchString(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è il codice di un ente", "%q is not the code of a body", quoted(s)),
				schema.T("scrivi il codice IPA com'è, per esempio c_e506, o cf- e il codice fiscale dell'ente", "write the IPA code as it stands, as in c_e506, or cf- and the tax code of the body"))
			return "", false
		}
	case schema.FormName:
		if s != "" && !isName(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» è troppo lungo per un identificativo", "%q is too long for an id", quoted(s)),
				schema.Tf("usa al massimo %d caratteri", "use %d characters at most", MaxID))
			return "", false
		}
	case schema.FormURL:
		if s != "" && !isAddress(s) {
			d.say(n, schema.Error, "E01", key, schema.Tf("«%s» non è un indirizzo", "%q is not an address", quoted(s)),
				schema.T("scrivi l'indirizzo per intero, senza spazi, per esempio https://www.comune.example.it/pagina", "write the whole address, without blanks, as in https://www.comune.example.it/page"))
			return "", false
		}
	case schema.FormFile:
		d.points = append(d.points, pointer{file: d.file, key: key, value: s, line: n.Line, column: n.Column, isFile: true})
	default:
		return d.value(n, s, key, form)
	}
	return s, true
}

func (d *decoder) badEnum(n *yaml.Node, key, s string, e *schema.Enum) {
	if d.refuse(schema.Error, "E04", key); d.mute(n, schema.Error) {
		return
	}
	hint := d.r.allowed(e)
	if p := proposed(meant(s, valuesIn(e))); !p.IsZero() {
		hint = schema.T(p.It+"; "+hint.It, p.En+" "+hint.En)
	}
	d.say(n, schema.Error, "E04", key, schema.Tf("valore non ammesso «%s»", "value not allowed %q", quoted(s)), hint)
}

// allowed lists the values of an enumeration with their labels; the list is made once per tree.
func (r *reader) allowed(e *schema.Enum) schema.Text {
	if t, ok := r.hints[e]; ok {
		return t
	}
	var it, en []string
	for _, v := range e.Values {
		it = append(it, fmt.Sprintf("%s (%s)", v.Value, v.Label.It))
		en = append(en, fmt.Sprintf("%s (%s)", v.Value, v.Label.En))
	}
	t := schema.T("i valori ammessi sono: "+strings.Join(it, ", "), "the allowed values are: "+strings.Join(en, ", "))
	r.hints[e] = t
	return t
}

// codeScheme reads the one field that is either a name or a map.
func (d *decoder) codeScheme(n *yaml.Node, v reflect.Value, key string, s *schema.Shape, depth int) {
	c := v.Addr().Interface().(*CodeScheme)
	if n.Kind == yaml.MappingNode {
		d.into(n, reflect.ValueOf(&c.Map).Elem(), key, s.Of[1], depth+1)
		return
	}
	d.scalar(n, reflect.ValueOf(&c.Name).Elem(), key, s.Of[0])
}

func (d *decoder) markdown(n *yaml.Node, v reflect.Value, key string) {
	switch n.Kind {
	case yaml.ScalarNode:
		v.SetString(d.prose(n, key))
	case yaml.SequenceNode:
		var lines []string
		for _, item := range d.items(n, key) {
			if !d.enter(item, key) {
				continue
			}
			if item.Kind != yaml.ScalarNode {
				d.wrongType(item, key, schema.T("un testo o un elenco di testi", "a text or a list of texts"), schema.T("scrivi un solo testo, oppure una riga con il trattino per ogni voce", "write one text, or a line with a dash for each entry"))
				continue
			}
			lines = append(lines, "- "+d.prose(item, key))
		}
		v.SetString(strings.Join(lines, "\n"))
	default:
		d.wrongType(n, key, schema.T("un testo o un elenco", "a text or a list"), schema.T("scrivi un solo testo, oppure una riga con il trattino per ogni voce", "write one text, or a line with a dash for each entry"))
	}
}

// prose is a text of any length: the front matter bounds it.
func (d *decoder) prose(n *yaml.Node, key string) string {
	if strings.ContainsFunc(n.Value, func(r rune) bool { return isControl(r) && r != '\r' }) {
		d.say(n, schema.Warning, "E01", key, schema.T("il testo contiene caratteri di controllo: sono stati tolti", "the text holds control characters: they were taken out"),
			schema.T("riscrivi il valore a mano", "write the value again by hand"))
	}
	return strings.TrimSpace(clean(n.Value))
}
