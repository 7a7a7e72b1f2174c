package catalog

import (
	"cmp"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

const quotedStyles = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle

// decimal reads an exact number, and says at most one thing of it (E13); ok is false when it cannot be used. A number
// without quotes that is beyond doubt is used, and its quotes are asked for.
func (d *decoder) decimal(n *yaml.Node, s, key string) (out string, ok bool) {
	bare := n.Tag == "!!float" || n.Tag == "!!int" && n.Style&quotedStyles == 0
	if cents := d.cents; cents != "" && decShape.MatchString(s) {
		whole := cmp.Or(exactOf(s+","+cents), s+"."+cents)
		d.wrongDecimal(n, key, s+","+cents, schema.Tf("usa il punto per i decimali, niente per le migliaia, e le virgolette: scrivi \"%s\"", "use a point for decimals, nothing for thousands, and quotes: write \"%s\"", whole))
		return "", false
	}
	switch {
	case !decShape.MatchString(s):
		d.wrongDecimal(n, key, s, decimalHint(s))
		return "", false
	case bare && thousandShape.MatchString(s):
		whole, part, _ := strings.Cut(s, ".")
		one := whole + "." + cmp.Or(strings.TrimRight(part, "0"), "00")
		d.unread = true
		d.say(n, schema.Error, "E13", key, schema.Tf("non si capisce se %s vuol dire %s o %s", "it is not clear whether %s means %s or %s", s, whole+part, strings.TrimSuffix(one, ".00")),
			schema.Tf("se è %s scrivi \"%s.00\", se è %s scrivi \"%s\"", "if it is %s write \"%s.00\", if it is %s write \"%s\"", whole+part, whole+part, strings.TrimSuffix(one, ".00"), one))
		return "", false
	case bare:
		d.say(n, schema.Error, "E13", key, schema.Tf("il numero %s va scritto tra virgolette, perché resti esatto", "the number %s must be quoted, so that it stays exact", quoted(s)),
			schema.Tf("scrivi \"%s\"", "write \"%s\"", quoted(s)))
	}
	return s, true
}

// thousandShape is a number whose point may part thousands as Italians write them, or decimals as programs do.
var thousandShape = regexp.MustCompile(`^-?[1-9]\d{0,2}\.\d{3}$`)

func (d *decoder) wrongDecimal(n *yaml.Node, key, s string, hint schema.Text) {
	d.unread = true
	d.say(n, schema.Error, "E13", key, schema.Tf("«%s» non è un numero decimale", "%q is not a decimal number", quoted(s)), hint)
}

// decimalHint says how a number that is written in another way is written here.
func decimalHint(s string) schema.Text {
	if eg := exactOf(s); eg != "" {
		return schema.Tf("usa il punto per i decimali e nessun separatore di migliaia: scrivi per esempio \"%s\"", "use a point for decimals and no thousands separator: write for instance \"%s\"", eg)
	}
	if eg := plainly(s); eg != "" {
		return schema.Tf("scrivi il numero per esteso, solo con le cifre e il punto dei decimali: \"%s\"", "write the number out, with digits and the decimal point only: \"%s\"", eg)
	}
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case ".inf", ".nan", "inf", "nan", "infinity":
		return schema.T("qui ci vuole un numero: se non c'è un limite, togli la riga", "this must be a number: when there is no bound remove the line")
	}
	return schema.T("usa il punto per i decimali e nessun separatore di migliaia: scrivi per esempio \"1500.00\"", "use a point for decimals and no thousands separator: write for instance \"1500.00\"")
}

// maxPlainly is how many digits behind the point a number with an exponent may have.
const maxPlainly = 30

var (
	programShape  = regexp.MustCompile(`^[+-]?(0[xob][0-9a-fA-F_]{1,20}|[0-9_]{1,30}(\.[0-9_]{0,30})?([eE][+-]?[0-9]{1,2})?)$`)
	prefixedShape = regexp.MustCompile(`^[+-]?0[xob]`)
)

// plainly writes out a number in a form of programs (0x10, 1_000.50, 1e3), or gives "".
func plainly(s string) string {
	if !programShape.MatchString(s) {
		return ""
	}
	s = strings.ReplaceAll(s, "_", "")
	if prefixedShape.MatchString(s) {
		i, err := strconv.ParseInt(s, 0, 64)
		if err != nil {
			return ""
		}
		return strconv.FormatInt(i, 10)
	}
	mantissa, exponent, has := strings.Cut(strings.ToLower(strings.TrimPrefix(s, "+")), "e")
	if !has {
		if out := strings.TrimSuffix(mantissa, "."); decShape.MatchString(out) {
			return out
		}
		return ""
	}
	r, ok := new(big.Rat).SetString(mantissa + "e" + exponent) // two digits of exponent: bounded
	if !ok {
		return ""
	}
	out := r.FloatString(maxPlainly)
	out = strings.TrimSuffix(strings.TrimRight(out, "0"), ".")
	if !decShape.MatchString(out) {
		return ""
	}
	return out
}

// centsBehind gives what stands behind the comma of a number that is written the Italian way between braces, without quotes
// or with those around the wrong part: of {amount: 1.500,00} YAML makes an amount of 1.500 and a key 00.
func centsBehind(parent, value *yaml.Node) string {
	if parent.Style&yaml.FlowStyle == 0 || value.Kind != yaml.ScalarNode {
		return ""
	}
	for i := 0; i+3 < len(parent.Content); i += 2 {
		if parent.Content[i+1] == value && behindComma(value, parent.Content[i+2], parent.Content[i+3]) {
			return parent.Content[i+2].Value
		}
	}
	return ""
}

// isCents says that a key is such a piece.
func isCents(parent, key, value *yaml.Node) bool {
	if parent.Style&yaml.FlowStyle == 0 {
		return false
	}
	for i := 2; i+1 < len(parent.Content); i += 2 {
		if parent.Content[i] == key {
			return behindComma(parent.Content[i-1], key, value)
		}
	}
	return false
}

var centsShape = regexp.MustCompile(`^\d{1,6}$`)

func behindComma(number, key, value *yaml.Node) bool {
	width := len(number.Value)
	if number.Style&quotedStyles != 0 {
		width += 2
	}
	return number.Kind == yaml.ScalarNode && decShape.MatchString(number.Value) && centsShape.MatchString(key.Value) &&
		value.ShortTag() == "!!null" && number.Line == key.Line && number.Column+width+1 == key.Column
}
