package publiccode

import (
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// Keys of the Italian section and the versions of it.
var (
	conformeKeys    = []string{"lineeGuidaDesign", "modelloInteroperabilita", "misureMinimeSicurezza", "gdpr"}
	piattaformeKeys = []string{"spid", "pagopa", "cie", "anpr", "io"}
	extensions      = []string{"0.2", "1.0"}
)

// italy is the Italian section with the places that the warnings need; a nil part was not there.
type italy struct {
	Italy
	conforme *at
	ipa      *at
	whole    bool // nothing in it had a wrong type or an unknown key: see reader.sound
}

// country reads the Italian section under its two names: IT, and it as files before 0.5 write. Warnings always speak
// of IT, as the reference parser does, and stand where the key is.
func (r *reader) country(upper, lower value) *Italy {
	it, old := r.italy(upper), r.italy(lower)
	section := it
	if section == nil {
		section = old
	}
	if section == nil {
		return nil
	}
	if old != nil && old.whole {
		r.warn(P42, lower.at, schema.T("la sezione «it» va scritta «IT»", "the section “it” is to be written “IT”"), schema.Text{})
		if it != nil && it.whole {
			r.warn(P33, lower.at, schema.T("ci sono sia «it» sia «IT»", "both “it” and “IT” are there"), schema.Text{})
		}
	}
	if !section.whole {
		return &section.Italy
	}
	if a := section.conforme; a != nil {
		r.add(P41, "IT.conforme", a.line, a.col, named("«%s» è una chiave superata", "%q is a deprecated key", "IT.conforme"), safeToDrop)
	}
	if a := section.ipa; a != nil && section.CodiceIPA != "" && r.knownIPA(section.CodiceIPA) {
		r.add(P43, "IT.riuso.codiceIPA", a.line, a.col, schema.T(
			"il codice IPA va indicato in organisation.uri", "the IPA code belongs in organisation.uri"),
			named("scrivi organisation.uri: urn:x-italian-pa:%s e togli riuso.codiceIPA",
				"write organisation.uri: urn:x-italian-pa:%s and remove riuso.codiceIPA", section.CodiceIPA))
	}
	return &section.Italy
}

// italy reads one section; it gives nil when there is none.
func (r *reader) italy(v value) *italy {
	o := r.open(v)
	if o == nil {
		return nil
	}
	var s italy
	version := r.take(o, "countryExtensionVersion")
	if text, ok := r.text(version); ok {
		s.CountryExtensionVersion = text
		if !slices.Contains(extensions, r.number(version, text)) {
			r.report(P13, version.at, schema.Tf("«%s» non è ammesso; valori ammessi, tra virgolette: %s",
				"%q is not allowed; allowed values, in quotes: %s", clip(text), oneOf(extensions)))
		}
	}
	conforme := r.take(o, "conforme")
	if c := r.open(conforme); c != nil {
		s.conforme = conforme.at
		s.Conforme = r.flags(c, conformeKeys)
	}
	if c := r.open(r.take(o, "riuso")); c != nil {
		code := r.take(c, "codiceIPA")
		s.CodiceIPA, _ = r.text(code)
		s.ipa = code.at
		if s.CodiceIPA != "" && !r.knownIPA(s.CodiceIPA) {
			r.unknownIPA(code.at, s.CodiceIPA)
		}
		r.close(c)
	}
	if c := r.open(r.take(o, "piattaforme")); c != nil {
		s.Piattaforme = r.flags(c, piattaformeKeys)
	}
	r.close(o)
	s.whole = r.sound(o)
	return &s
}

// flags reads the booleans of a mapping and closes it; it gives the names of those that are true.
func (r *reader) flags(o *object, names []string) []string {
	var out []string
	for _, name := range names {
		if on, _ := r.boolean(r.take(o, name)); on {
			out = append(out, name)
		}
	}
	r.close(o)
	return out
}

// number is the text of a number as the reference parser sees it: an unquoted 1.0 is the number 1.
func (r *reader) number(v value, text string) string {
	if n := r.resolve(v.node); n.Kind == yaml.ScalarNode && n.Tag == "!!float" {
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return strconv.FormatFloat(f, 'f', -1, 64)
		}
	}
	return text
}
