package catalog

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Facets gives the values that a published kit has as a whole; phase, ambit and type are those of its parts and are not
// among them. bodies tells what is known of an entity; it may give nil.
func Facets(e *Entry, bodies func(EntityRef) *Entity) map[FacetName][]string {
	k := e.Kit
	if k == nil {
		return nil
	}
	f := map[FacetName][]string{FacetForm: {string(k.Form)}}
	add := func(name FacetName, v string) {
		if v != "" {
			f[name] = append(f[name], v)
		}
	}
	add(FacetKind, k.Kind)
	add(FacetStatus, k.Status)
	add(FacetLicence, k.License)
	for _, t := range k.Topics {
		add(FacetTopic, t)
	}
	for _, r := range k.Ceding {
		add(FacetEntity, string(r))
		if ent := bodies(r); ent != nil {
			add(FacetEntityType, ent.EntityType)
			add(FacetRegion, ent.Region)
		}
	}
	for _, a := range e.Adoptions {
		add(FacetAdopter, string(a.Entity))
	}
	for name, vs := range f {
		f[name] = unique(Masked(vs))
	}
	return f
}

// CardOf gives what lists show of a published kit. It holds nothing of a person: see [Masked].
func CardOf(e *Entry, bodies func(EntityRef) *Entity) Card {
	k := e.Kit
	if k == nil {
		return Masked(Card{ID: e.ID, Key: e.Key, Title: e.Title, State: e.State, URL: e.URL})
	}
	c := Card{
		ID: e.ID, Key: e.Key, Form: k.Form, Title: k.Title, Summary: k.Summary, Kind: k.Kind, Status: k.Status, URL: k.URL,
		Licence: k.License, Version: k.Version, Released: k.Released, Changed: e.Changed, FirstSeen: e.FirstSeen,
		Ceding: k.Ceding, Topics: k.Topics, Adopters: len(e.Adoptions), Reviewed: Reviewed(k), State: e.State,
	}
	for i := range k.Documents {
		if k.Documents[i].HasContent() {
			c.Documents++
		} else {
			c.Unwritten++
		}
	}
	c.CedingNames = cedingNames(k, bodies)
	g := Matrix(k)
	for _, p := range g.Phases {
		for _, a := range g.Ambits {
			if len(g.Cell(p, a).Documents) > 0 {
				c.Phases = append(c.Phases, p)
				break
			}
		}
	}
	return Masked(c)
}

// Reviewed says whether the body that a kit is about has looked at it; one that does not say otherwise has written it.
func Reviewed(k *Kit) bool {
	return k.Form != FormLegacy && (k.Provenance == nil || k.Provenance.Reviewed == nil || *k.Provenance.Reviewed)
}

// LinksOf says which bodies have to do with a published kit.
func LinksOf(e *Entry) []Link {
	if e.Kit == nil || e.State == Gone {
		return nil
	}
	var out []Link
	said, imported := e.Kit.NamesSaid(), e.Kit.Form == FormLegacy
	for _, r := range e.Kit.Ceding {
		out = append(out, Link{Entity: r, Role: "ceding", KitID: e.ID, Title: e.Kit.Title, Name: said[r], Imported: imported})
	}
	for _, a := range e.Adoptions {
		p := Follow(a.Events)
		written := slices.ContainsFunc(a.Places, func(p AdoptionPlace) bool { return p.Where != "kit" })
		out = append(out, Link{Imported: imported && !written, Entity: a.Entity, Role: "reusing", KitID: e.ID, Title: e.Kit.Title, Name: cmp.Or(a.Name, said[a.Entity]), Phase: p.Phase, State: string(p.Stage), Events: len(a.Events)})
	}
	return out
}

// NameIn gives a body that has no record by the name with which the links of kits tell it; nil where none does.
func NameIn(links iter.Seq[Link]) *Entity {
	for l := range links {
		if l.Name != "" {
			return &Entity{Name: l.Name}
		}
	}
	return nil
}

// cedingNames gives the names of those who hand a kit over, as the catalogue knows them or the kit itself says.
func cedingNames(k *Kit, bodies func(EntityRef) *Entity) []string {
	names := k.NamesSaid()
	var out []string
	for _, r := range k.Ceding {
		if ent := bodies(r); ent != nil {
			out = append(out, ent.Name)
		} else {
			out = append(out, cmp.Or(names[r], r.ID()))
		}
	}
	if said := k.ownerSaid(); len(out) == 0 && said != "" && k.Form == FormSoftware {
		out = []string{said}
	}
	return out
}

// NamesSaid gives the names of bodies as the kit itself tells them: for those of which there is no record. What its
// publiccode.yml says of its owner is the name of the body with that code, or of the only one that cedes it.
func (k *Kit) NamesSaid() map[EntityRef]string {
	out := map[EntityRef]string{}
	if said := k.ownerSaid(); said != "" {
		owner := EntityRef("ipa:" + strings.ToLower(k.PublicCode.IPA()))
		if len(k.Ceding) == 1 {
			owner = k.Ceding[0]
		}
		if slices.Contains(k.Ceding, owner) {
			out[owner] = said
		}
	}
	maps.Copy(out, k.Names)
	return out
}

// ownerSaid is the name of the owner by publiccode.yml, "" where there is none.
func (k *Kit) ownerSaid() string {
	pc := k.PublicCode
	if pc == nil {
		return ""
	}
	if pc.Organisation != nil && pc.Organisation.Name != "" {
		return pc.Organisation.Name
	}
	return cmp.Or(pc.Legal.RepoOwner, pc.Legal.MainCopyrightOwner)
}
