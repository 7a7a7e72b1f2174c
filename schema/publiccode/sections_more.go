package publiccode

import (
	"github.com/open-community-pa/riuso/schema"
)

// Lengths of description, in grapheme clusters: what a reader counts as one character (publiccode.yml 0.3).
const (
	maxGenericName      = 35
	maxShortDescription = 150
	minLongDescription  = 150
	maxLongDescription  = 10_000
)

func (r *reader) descriptions(v value) map[string]Description {
	if !v.given() {
		r.empty(v.at)
		return nil
	}
	o := r.open(v)
	if o == nil {
		return nil
	}
	if len(o.entries) == 0 {
		r.empty(v.at)
	}
	// One wrong language tag makes the reference parser judge none of the languages, and so do we: tags are often
	// wrong because something else stands in their place.
	judge := true
	for i := range o.entries {
		if tag := o.entries[i].name; judge && !validLanguage(tag) {
			judge = false
			r.report(P23, v.at, named("«%s» non è un codice di lingua: sotto description ogni chiave è una lingua",
				"%q is not a language code: under description each key is a language", tag))
		}
	}
	out := make(map[string]Description, len(o.entries))
	var generic []*at
	for i := range o.entries {
		e := &o.entries[i]
		v := r.take(o, e.name)
		v.at.lang = true
		if d := r.section(v); d != nil {
			desc, name := r.description(d, judge)
			out[e.name] = desc
			if desc.GenericName != "" {
				generic = append(generic, name)
			}
			r.close(d)
		}
	}
	if r.sound(o) {
		for _, at := range generic {
			r.deprecated(at, safeToDrop)
		}
	}
	return out
}

// description reads one language; the rules that are not judged still have their types checked. The second result is
// the place of genericName.
func (r *reader) description(o *object, judge bool) (Description, *at) {
	var d Description
	d.LocalisedName, _ = r.text(r.take(o, "localisedName"))
	generic := r.take(o, "genericName")
	d.GenericName, _ = r.text(generic)
	short, long := r.take(o, "shortDescription"), r.take(o, "longDescription")
	d.ShortDescription, d.LongDescription = r.plain(short, judge), r.plain(long, judge)
	doc, api := r.take(o, "documentation"), r.take(o, "apiDocumentation")
	features, videos := r.take(o, "features"), r.take(o, "videos")
	d.Screenshots, _ = r.texts(r.take(o, "screenshots"), func(a *at, s string) { r.inside(KindScreenshot, a, s) })
	d.Awards, _ = r.texts(r.take(o, "awards"), nil)
	if judge {
		r.atMost(generic.at, d.GenericName, maxGenericName)
		r.atMost(short.at, d.ShortDescription, maxShortDescription)
		if d.LongDescription != "" && r.atLeast(long.at, d.LongDescription, minLongDescription) {
			r.atMost(long.at, d.LongDescription, maxLongDescription)
		}
		d.Documentation, d.APIDocumentation = r.page(doc), r.page(api)
		d.Features = r.needTexts(features, nil)
	} else {
		d.Documentation, _ = r.text(doc)
		d.APIDocumentation, _ = r.text(api)
		d.Features, _ = r.texts(features, nil)
	}
	d.Videos = r.videos(videos, judge)
	return d, generic.at
}

func (r *reader) plain(v value, need bool) string {
	if need {
		return r.needText(v)
	}
	s, _ := r.text(v)
	return s
}

func (r *reader) legal(v value) Legal {
	o := r.section(v)
	if o == nil {
		return Legal{}
	}
	var l Legal
	licence := r.take(o, "license")
	if l.License = r.needText(licence); l.License != "" {
		r.licence(licence.at, l.License)
	}
	l.MainCopyrightOwner, _ = r.text(r.take(o, "mainCopyrightOwner"))
	owner, authors := r.take(o, "repoOwner"), r.take(o, "authorsFile")
	var hasOwner, hasAuthors bool
	l.RepoOwner, hasOwner = r.text(owner)
	l.AuthorsFile, hasAuthors = r.text(authors)
	r.inside(KindText, authors.at, l.AuthorsFile)
	r.close(o)
	if r.sound(o) && hasOwner {
		r.deprecated(owner.at, schema.T("usa «organisation.name» al suo posto", "use “organisation.name” instead"))
	}
	if r.sound(o) && hasAuthors {
		r.deprecated(authors.at, safeToDrop)
	}
	return l
}

func (r *reader) maintenance(v value) Maintenance {
	o := r.section(v)
	if o == nil {
		return Maintenance{}
	}
	var m Maintenance
	m.Type = r.needOneOf(r.take(o, "type"), maintainTypes)
	contract := m.Type == "contract"
	firms, people := r.take(o, "contractors"), r.take(o, "contacts")
	switch {
	case firms.given() && !contract:
		r.report(P32, firms.at, schema.T("«contractors» non va indicato se type non è contract", "“contractors” must not be there unless type is contract"))
	case !firms.given() && contract:
		r.needList(firms.at, m.Type)
	}
	m.Contractors = objects(r, firms, func(o *object) Contractor { return r.contractor(o, contract) })
	if !people.given() && (m.Type == "internal" || m.Type == "community") {
		r.needList(people.at, m.Type)
	}
	m.Contacts = objects(r, people, r.contact)
	m.ContactCount = len(m.Contacts)
	r.close(o)
	return m
}

func (r *reader) needList(a *at, kind string) {
	r.report(P31, a, schema.Tf("manca «%s», obbligatorio con type: %s", "%q is missing and is required with type: %s", a.last(), kind))
}

func (r *reader) contractor(o *object, judge bool) Contractor {
	var c Contractor
	name, email, site, until := r.take(o, "name"), r.take(o, "email"), r.take(o, "website"), r.take(o, "until")
	c.Name, c.Until = r.plain(name, judge), r.plain(until, judge)
	c.Email, _ = r.text(email)
	if !judge { // already told that contractors should not be there
		c.Website, _ = r.text(site)
		return c
	}
	r.email(email, c.Email)
	c.Website = r.web(site)
	if c.Until != "" {
		r.dateText(until.at, c.Until)
	}
	return c
}

func (r *reader) contact(o *object) Contact {
	var c Contact
	c.Name = r.needText(r.take(o, "name"))
	email := r.take(o, "email")
	c.Email, _ = r.text(email)
	r.email(email, c.Email)
	c.Affiliation, _ = r.text(r.take(o, "affiliation"))
	c.Phone, _ = r.text(r.take(o, "phone"))
	return c
}

func (r *reader) localisation(v value) Localisation {
	o := r.section(v)
	if o == nil {
		return Localisation{}
	}
	var l Localisation
	before := r.broken
	ready := r.take(o, "localisationReady")
	yes, ok := r.boolean(ready)
	if !ok && r.broken == before {
		r.required(ready.at)
	}
	l.Ready = yes
	languages := r.take(o, "availableLanguages")
	if !languages.given() {
		r.required(languages.at)
	} else {
		l.AvailableLanguages = r.needTexts(languages, r.language)
	}
	r.close(o)
	return l
}

func (r *reader) dependsOn(v value) DependsOn {
	o := r.open(v)
	if o == nil {
		return DependsOn{}
	}
	d := DependsOn{
		Open:        objects(r, r.take(o, "open"), r.dependency),
		Proprietary: objects(r, r.take(o, "proprietary"), r.dependency),
		Hardware:    objects(r, r.take(o, "hardware"), r.dependency),
	}
	r.close(o)
	return d
}

func (r *reader) dependency(o *object) Dependency {
	var d Dependency
	d.Name = r.needText(r.take(o, "name"))
	d.VersionMin, _ = r.text(r.take(o, "versionMin"))
	d.VersionMax, _ = r.text(r.take(o, "versionMax"))
	d.Version, _ = r.text(r.take(o, "version"))
	d.Optional, _ = r.boolean(r.take(o, "optional"))
	return d
}
