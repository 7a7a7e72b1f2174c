package publiccode

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// Versions and closed lists of the standard (0.7).
var (
	versions      = strings.Fields("0 0.2 0.2.0 0.2.1 0.2.2 0.3 0.3.0 0.4 0.4.0 0.5 0.5.0 0.7 0.7.0")
	devStatuses   = strings.Fields("concept development beta stable obsolete")
	softwareTypes = strings.Fields("standalone/mobile standalone/iot standalone/desktop standalone/web standalone/backend standalone/other addon library configurationFiles")
	maintainTypes = strings.Fields("internal contract community none")
)

// publicCode reads the root mapping.
func (r *reader) publicCode(root *yaml.Node) *PublicCode {
	o := r.open(value{node: root})
	p := &PublicCode{Version: r.version(o)}
	p.Name = r.needText(r.take(o, "name"))
	p.ApplicationSuite, _ = r.text(r.take(o, "applicationSuite"))
	p.URL = r.repository(r.take(o, "url"))
	p.LandingURL = r.page(r.take(o, "landingURL"))
	p.IsBasedOn = r.isBasedOn(r.take(o, "isBasedOn"))
	p.SoftwareVersion, _ = r.text(r.take(o, "softwareVersion"))
	p.ReleaseDate = r.date(r.take(o, "releaseDate"))
	p.Logo = r.logo(r.take(o, "logo"))
	p.MonochromeLogo = r.monochromeLogo(r.take(o, "monochromeLogo"))
	p.Organisation = r.organisation(r.take(o, "organisation"))
	p.InputTypes = r.mimeTypes(r.take(o, "inputTypes"))
	p.OutputTypes = r.mimeTypes(r.take(o, "outputTypes"))
	p.Platforms = r.needTexts(r.take(o, "platforms"), nil)
	p.Categories, _ = r.texts(r.take(o, "categories"), r.category)
	p.UsedBy, _ = r.texts(r.take(o, "usedBy"), nil)
	p.FundedBy = objects(r, r.take(o, "fundedBy"), r.body)
	p.Roadmap = r.page(r.take(o, "roadmap"))
	p.DevelopmentStatus = r.needOneOf(r.take(o, "developmentStatus"), devStatuses)
	p.SoftwareType = r.needOneOf(r.take(o, "softwareType"), softwareTypes)
	p.Audience = r.audience(r.take(o, "intendedAudience"))
	p.Supports = objects(r, r.take(o, "supports"), r.support)
	p.Description = r.descriptions(r.take(o, "description"))
	p.Legal = r.legal(r.take(o, "legal"))
	p.Maintenance = r.maintenance(r.take(o, "maintenance"))
	p.Localisation = r.localisation(r.take(o, "localisation"))
	p.DependsOn = r.dependsOn(r.take(o, "dependsOn"))
	p.IT = r.country(r.take(o, "IT"), r.take(o, "it"))
	r.close(o)
	return p
}

// version checks publiccodeYmlVersion, which must be a plain or quoted YAML text: in other versions the rest of the
// file cannot be judged. There is one set of rules for all 0.x.
func (r *reader) version(o *object) string {
	v := r.take(o, "publiccodeYmlVersion")
	if v.node == nil {
		r.noVersion(o.line, o.col)
		return ""
	}
	n := v.node
	const odd = yaml.TaggedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	switch {
	case n.Kind != yaml.ScalarNode || n.Tag != "!!str" || n.Style&odd != 0 || n.Anchor != "":
		r.fail(P09, v.at.path(), v.at.line, v.at.col, schema.T(
			"publiccodeYmlVersion deve essere un testo tra virgolette", "publiccodeYmlVersion must be a text in quotes"))
	case !slices.Contains(versions, n.Value):
		r.fail(P08, v.at.path(), v.at.line, v.at.col, named("versione «%s» dello standard non riconosciuta", "version %q of the standard is not known", n.Value))
	case n.Value != "0" && !strings.HasPrefix(n.Value, "0.7"):
		r.warn(P40, v.at, named("la versione «%s» dello standard è superata", "version %q of the standard is not the latest", n.Value), schema.Text{})
	}
	return n.Value
}

// needText reads a text that must be there and not be empty.
func (r *reader) needText(v value) string {
	before := r.broken
	s, _ := r.text(v)
	if s == "" && r.broken == before {
		r.required(v.at)
	}
	return s
}

func (r *reader) needOneOf(v value, allowed []string) string {
	s := r.needText(v)
	if s != "" && !slices.Contains(allowed, s) {
		r.add(P13, v.at.rulePath(), v.at.line, v.at.col, schema.Tf("«%[2]s» non è ammesso per «%[1]s»; valori ammessi: %[3]s",
			"%[2]q is not allowed for %[1]q; allowed values: %[3]s", v.at.last(), clip(s), oneOf(allowed)), meantValue(s, allowed))
	}
	return s
}

// needTexts reads a list that must have an item.
func (r *reader) needTexts(v value, check func(*at, string)) []string {
	before := r.broken
	out, _ := r.texts(v, check)
	if len(out) == 0 && r.broken == before {
		r.empty(v.at)
	}
	return out
}

func (r *reader) empty(a *at) {
	r.add(P34, a.rulePath(), a.line, a.col, named("«%s» deve avere almeno una voce", "%q must have at least one item", a.last()), example(a))
}

// objects reads a list of mappings; one reads each, where null counts as an empty mapping.
func objects[T any](r *reader, v value, one func(*object) T) []T {
	items, _ := r.list(v)
	var out []T
	for _, item := range items {
		if o := r.section(item); o != nil {
			out = append(out, one(o))
			r.close(o)
		}
	}
	return out
}

func (r *reader) logo(v value) string {
	s, _ := r.text(v)
	r.inside(KindLogo, v.at, s)
	return s
}

func (r *reader) monochromeLogo(v value) string {
	s, _ := r.text(v)
	if s != "" {
		r.deprecated(v.at, schema.T("usa «logo» al suo posto", "use “logo” instead"))
		r.inside(KindLogo, v.at, s)
	}
	return s
}

// safeToDrop is the hint for deprecated keys that nothing replaces.
var safeToDrop = schema.T("nessuna chiave ne ha preso il posto: si può togliere", "no key took its place: it can be removed")

func (r *reader) deprecated(a *at, hint schema.Text) {
	r.warn(P41, a, named("«%s» è una chiave superata", "%q is a deprecated key", a.last()), hint)
}

func (r *reader) mimeTypes(v value) []string {
	before := r.broken
	out, ok := r.texts(v, r.mimeType)
	if ok && r.broken == before {
		r.deprecated(v.at, safeToDrop)
	}
	return out
}

func (r *reader) organisation(v value) *Body {
	o := r.open(v)
	if o == nil {
		return nil
	}
	b := r.body(o)
	r.close(o)
	return &b
}

func (r *reader) body(o *object) Body {
	var b Body
	b.Name, _ = r.text(r.take(o, "name"))
	uri := r.take(o, "uri")
	if b.URI = r.needText(uri); b.URI != "" {
		r.bodyURI(uri.at, b.URI)
	}
	return b
}

func (r *reader) support(o *object) string {
	id := r.take(o, "id")
	s := r.needText(id)
	if s != "" {
		r.supportID(id.at, s)
	}
	return s
}

func (r *reader) audience(v value) *Audience {
	o := r.open(v)
	if o == nil {
		return nil
	}
	var a Audience
	var lower []*at
	check := func(a *at, code string) {
		if r.countryCode(a, code) && code == strings.ToLower(code) {
			lower = append(lower, a)
		}
	}
	a.Scope, _ = r.texts(r.take(o, "scope"), r.scope)
	a.Countries, _ = r.texts(r.take(o, "countries"), check)
	a.UnsupportedCountries, _ = r.texts(r.take(o, "unsupportedCountries"), check)
	r.close(o)
	if r.sound(o) {
		for _, at := range lower {
			r.warn(P42, at, schema.T("codice di paese in minuscolo", "country code in lower case"), schema.Text{})
		}
	}
	return &a
}
