package fix

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

var (
	numberLike    = regexp.MustCompile(`^[0-9][0-9A-Za-z.+_-]{0,63}$`)
	decimal       = regexp.MustCompile(`^-?[0-9]{1,30}(\.[0-9]{1,30})?$`)
	threeDecimals = regexp.MustCompile(`\.[0-9]{3}$`)
	twoLetters    = regexp.MustCompile(`^[a-z]{2}$`)
	gnuLicences   = []string{"AGPL-1.0", "AGPL-3.0", "GFDL-1.1", "GFDL-1.2", "GFDL-1.3", "GPL-1.0", "GPL-2.0", "GPL-3.0", "LGPL-2.0", "LGPL-2.1", "LGPL-3.0"}
)

// quote puts a number that is to be a text in quotes: as a number 1.10 is 1.1.
func (d *document) quote(n *yaml.Node, key string) {
	if n == nil || n.Kind != yaml.ScalarNode || n.Style != 0 {
		return
	}
	if tag := n.ShortTag(); tag != "!!int" && tag != "!!float" && tag != "!!timestamp" {
		return
	}
	if !numberLike.MatchString(n.Value) && !decimal.MatchString(n.Value) || d.tornByComma(n) {
		return
	}
	d.change(n, key, `"`+n.Value+`"`, n.Value, schema.Tf("«%s» messo tra virgolette", "%q put in quotes", n.Value))
}

// versions quotes those of publiccode.yml.
func (d *document) versions() {
	for _, path := range [][]string{{"publiccodeYmlVersion"}, {"softwareVersion"}, {"IT", "countryExtensionVersion"}, {"it", "countryExtensionVersion"}} {
		d.quote(d.at(path...), strings.Join(path, "."))
	}
	for _, kind := range []string{"open", "proprietary", "hardware"} {
		list := d.at("dependsOn", kind)
		if list == nil || list.Kind != yaml.SequenceNode {
			continue
		}
		for i, item := range list.Content {
			for _, name := range []string{"version", "versionMin", "versionMax"} {
				_, v := entry(item, name)
				d.quote(v, "dependsOn."+kind+"["+strconv.Itoa(i)+"]."+name)
			}
		}
	}
}

// recordVersions quotes those of a record of the kit format, but for what is under a key of somebody's own ("x").
func (d *document) recordVersions() {
	d.quote(d.at("spec"), "spec")
	d.walk(d.root, "", func(key string, name, value *yaml.Node) {
		if name.Value == "version" || name.Value == "kitVersion" {
			d.quote(value, key)
		}
	})
}

// tornByComma says that a number stands at a comma with a digit on its other side: of 1.500,00 between braces YAML makes
// 1.500 and 00, and quotes around the one would hide that the other was its part.
func (d *document) tornByComma(n *yaml.Node) bool {
	at := d.offset(n)
	if at < 0 {
		return true
	}
	digit := func(i int) bool { return i >= 0 && i < len(d.data) && d.data[i] >= '0' && d.data[i] <= '9' }
	comma := func(i int) bool { return i >= 0 && i < len(d.data) && d.data[i] == ',' }
	end := at + len(n.Value)
	return comma(end) && digit(end+1) || comma(at-1) && digit(at-2)
}

// amounts quotes the numbers that the check found to be amounts without quotes (E13), but for those with three decimals:
// whether 1.000 is a thousand or one only its author knows.
func (d *document) amounts() {
	look := func(key string, n *yaml.Node) {
		if d.foundAt("E13", n) && decimal.MatchString(n.Value) && !threeDecimals.MatchString(n.Value) {
			d.quote(n, key)
		}
	}
	d.walk(d.root, "", func(key string, _, value *yaml.Node) {
		look(key, value)
		if value.Kind == yaml.SequenceNode {
			for i, item := range value.Content {
				look(key+"["+strconv.Itoa(i)+"]", item)
			}
		}
	})
}

// walk calls f on every entry of every mapping.
func (d *document) walk(n *yaml.Node, key string, f func(key string, name, value *yaml.Node)) {
	if n.Kind == yaml.SequenceNode {
		for i, item := range n.Content {
			d.walk(item, key+"["+strconv.Itoa(i)+"]", f)
		}
		return
	}
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		if name.Value == "x" || strings.HasPrefix(name.Value, "x:") {
			continue
		}
		at := name.Value
		if key != "" {
			at = key + "." + at
		}
		f(at, name, value)
		d.walk(value, at, f)
	}
}

// countries writes in capitals the codes that the check found in lower case (P42).
func (d *document) countries() {
	for _, name := range []string{"countries", "unsupportedCountries"} {
		list := d.at("intendedAudience", name)
		if list == nil || list.Kind != yaml.SequenceNode {
			continue
		}
		for i, n := range list.Content {
			if !twoLetters.MatchString(n.Value) || !d.foundAt("P42", n) {
				continue
			}
			upper := strings.ToUpper(n.Value)
			text := upper
			switch {
			case n.Style == yaml.SingleQuotedStyle:
				text = "'" + upper + "'"
			case n.Style == yaml.DoubleQuotedStyle, upper == "NO": // which older YAML readers take for a boolean
				text = `"` + upper + `"`
			}
			d.change(n, "intendedAudience."+name+"["+strconv.Itoa(i)+"]", text, upper, schema.Tf("«%s» scritto in maiuscolo", "%q written in capitals", n.Value))
		}
	}
}

// renames gives deprecated keys the name of their one successor, where that is not there yet.
func (d *document) renames() {
	for _, r := range []struct{ code, from, to string }{{"P42", "it", "IT"}, {"P41", "monochromeLogo", "logo"}} {
		key, value := entry(d.root, r.from)
		if key == nil || !d.foundAt(r.code, key) || key.Style != 0 || slices.ContainsFunc(d.root.Content, func(n *yaml.Node) bool { return n.Value == r.to }) {
			continue
		}
		if r.from == "monochromeLogo" && (value.Kind != yaml.ScalarNode || value.Value == "") {
			continue
		}
		d.change(key, r.from, r.to, r.to, schema.Tf("la chiave «%s» ora è «%s»", "the key %q is now %q", r.from, r.to))
	}
}

// licence writes a licence of the GNU family with its code of today: the bare one means "only", the one with a plus "or
// later" (SPDX licence list, deprecated identifiers).
func (d *document) licence(path ...string) {
	n := d.at(path...)
	if n == nil || n.Kind != yaml.ScalarNode {
		return
	}
	to := n.Value + "-only"
	bare, plus := strings.CutSuffix(n.Value, "+")
	if plus {
		to = bare + "-or-later"
	}
	if !slices.Contains(gnuLicences, bare) {
		return
	}
	text := to
	switch n.Style {
	case yaml.SingleQuotedStyle:
		text = "'" + to + "'"
	case yaml.DoubleQuotedStyle:
		text = `"` + to + `"`
	}
	d.change(n, strings.Join(path, "."), text, to, schema.Tf("la licenza «%s» ora è «%s», che è la stessa con il codice attuale", "the licence %q is now %q, the same with its code of today", n.Value, to))
}
