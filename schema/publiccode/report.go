package publiccode

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// What was wanted, for findings of wrong type.
var (
	wantText   = schema.T("qui serve un testo", "a text is needed here")
	wantBool   = schema.T("qui serve true o false, senza virgolette (non yes, no, sì)", "true or false is needed here, without quotes (not yes or no)")
	wantList   = schema.T("qui serve un elenco: una voce per riga, ciascuna preceduta da un trattino", "a list is needed here: one item a line, each after a dash")
	wantObject = schema.T("qui servono chiavi e valori, rientrati sotto questa voce", "keys and values are needed here, indented under this one")

	severalText  = schema.T("il file contiene più di un documento YAML", "the file holds more than one YAML document")
	tooLargeText = schema.T("il file è troppo grande o troppo intrecciato per un publiccode.yml", "the file is too large or too entangled for a publiccode.yml")
)

// add records a finding of rule c at a place; key is the dotted path.
func (r *reader) add(c Code, key string, line, col int, message, hint schema.Text) {
	if len(r.findings) < MaxFindings {
		r.findings = append(r.findings, r.finding(c, key, line, col, message, hint))
	}
}

func (r *reader) finding(c Code, key string, line, col int, message, hint schema.Text) schema.Finding {
	info := infoOf(c)
	if hint.IsZero() {
		hint = info.Hint
	}
	return schema.Finding{
		File: r.o.File, Line: line, Column: col, Severity: info.Severity,
		Code: string(c), Key: key, Message: message, Hint: hint,
	}
}

// report records a finding of a rule on a value or a missing key.
func (r *reader) report(c Code, a *at, message schema.Text) {
	r.add(c, a.rulePath(), a.line, a.col, message, schema.Text{})
}

// warn is report for the rules whose path the reference parser writes with dots only.
func (r *reader) warn(c Code, a *at, message, hint schema.Text) {
	r.add(c, a.path(), a.line, a.col, message, hint)
}

// fail records a finding on the file as a whole.
func (r *reader) fail(c Code, key string, line, col int, message schema.Text) {
	if len(r.fatal) < MaxFindings {
		r.fatal = append(r.fatal, r.finding(c, key, line, col, message, schema.Text{}))
	}
}

func (r *reader) wrongType(a *at, n *yaml.Node, want schema.Text) {
	r.broken++
	r.add(P10, a.blame(n).path(), n.Line, n.Column, named("valore del tipo sbagliato per «%s»", "value of the wrong type for %q", a.last()), want)
}

func (r *reader) unknown(o *object, e *entry) {
	if o.at != nil {
		r.broken++
	}
	a := keyAt(o.at, e.key)
	shown := a.outermost(e.key.Line)
	r.add(P11, shown.path(), e.key.Line, e.key.Column, named("chiave sconosciuta «%s»", "unknown key %q", e.name), r.adviceOn(o.at, e.name))
}

// adviceOn is what to do about an unknown key; the zero text is the usual advice. It is not looked for once no finding is kept.
func (r *reader) adviceOn(up *at, name string) schema.Text {
	if len(r.findings) >= MaxFindings {
		return schema.Text{}
	}
	t := meantKey(up, name)
	if t.IsZero() {
		return t
	}
	return schema.T(t.It+"; altrimenti toglila: lo standard non ammette chiavi proprie", t.En+" Otherwise remove it: the standard allows no keys of one's own")
}

// required records that a value is missing.
func (r *reader) required(a *at) {
	r.add(P12, a.rulePath(), a.line, a.col, named("manca «%s», che è obbligatorio", "%q is missing and is required", a.last()), example(a))
}

// example shows how a key is written, and under which one; nothing where no line is enough.
func example(a *at) schema.Text {
	k := keyInfo(a.standardPath())
	if k == nil || k.Example == "" {
		return schema.Text{}
	}
	if where := parent(k.Path); where != "" {
		where = where[strings.LastIndexByte(where, '.')+1:]
		if where == "*" && a.up != nil {
			where = a.up.name
		}
		return schema.T("scrivi, rientrata sotto «"+clip(where)+"», una riga come «"+k.Example+"»", "write, indented under \""+clip(where)+"\", a line such as “"+k.Example+"”")
	}
	return schema.T("scrivi una riga come «"+k.Example+"»", "write a line such as “"+k.Example+"”")
}

// last is the name at the end of the path; an item is named with its list.
func (a *at) last() string {
	if a.index >= 0 && a.up != nil {
		return a.up.name + "[" + strconv.Itoa(a.index) + "]"
	}
	return a.name
}

// named makes a sentence about one name or value taken from the file.
func named(it, en, name string) schema.Text { return schema.Tf(it, en, clip(name)) }

// oneOf writes a list of allowed values.
func oneOf(values []string) string { return strings.Join(values, ", ") }
