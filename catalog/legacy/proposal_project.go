package legacy

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// partner is a body of the project with its role, a value of partner.role.
type partner struct {
	ref  catalog.EntityRef // "" when its code is not known
	name string
	role string
}

// project writes the project that paid for the practice, with the bodies that the documents tell of.
func (d *draft) project(f *front) {
	cup, programme := masked(d.u.CUP), clipped(masked(d.u.Programme), maxLine)
	if cup == "" && programme == "" {
		return
	}
	f.b.WriteString("project:\n")
	f.text("  cup", cup)
	f.text("  programme", programme)
	if len(d.u.Leading) == 1 {
		if ref := knownRef(d.u.Leading[0].Ref); ref != "" {
			f.note("  ", "Capofila secondo i documenti. Da confermare: "+masked(d.u.Leading[0].Name))
			f.text("  lead", string(ref))
		}
	}
	partners := d.partners()
	if len(partners) == 0 {
		return
	}
	f.note("  ", "Gli enti del progetto secondo i documenti, da confermare.")
	if partners[0].ref == "" {
		f.example("  partners:")
	} else {
		f.b.WriteString("  partners:\n")
	}
	for _, p := range partners {
		if p.ref != "" {
			f.b.WriteString("    - {entity: " + quoted(string(p.ref)) + ", role: " + p.role + "} # " + p.name + "\n")
			continue
		}
		f.example("    - {entity: ipa:…, role: " + p.role + "} # " + p.name)
	}
}

// partners are the bodies that cede and those that reuse; those whose codes are known come first.
func (d *draft) partners() []partner {
	var out []partner
	add := func(ref catalog.EntityRef, name, role string) {
		p := partner{knownRef(ref), masked(name), role}
		if (p.ref != "" || p.name != "") && !slices.ContainsFunc(out, func(o partner) bool { return o.ref == p.ref && (p.ref != "" || o.name == p.name) }) {
			out = append(out, p)
		}
	}
	for _, m := range d.u.Ceding {
		add(m.Ref, m.Name, "ceding")
	}
	for _, s := range d.u.Stories {
		add(s.Ref, s.Name, "reusing")
	}
	slices.SortStableFunc(out, func(a, b partner) int {
		return map[bool]int{true: 1}[a.ref == ""] - map[bool]int{true: 1}[b.ref == ""]
	})
	return out
}

// fewPartners tells of a partnership that seems too small which bodies the documents name all the same.
func (d *draft) fewPartners(g *Gap) {
	n, waiting := map[string]int{}, 0
	for _, p := range d.partners() {
		n[p.role]++
		if p.ref == "" {
			waiting++
		}
	}
	if waiting == 0 {
		return
	}
	g.What = schema.Tf("un progetto OCPA ha almeno un ente cedente e due riusanti: i documenti ne nominano %d e %d, ma di %d non si conosce il codice IPA", "an OCPA project has at least one ceding body and two reusing ones: the documents name %d and %d, but the IPA code of %d is not known", n["ceding"], n["reusing"], waiting)
	g.Do = schema.T("le righe sono pronte in kit.md, sotto project: togli il segno # e scrivi i codici; oppure importa di nuovo con --entities enti.csv", "the lines stand ready in kit.md, under project: take the sign # away and write the codes; or import again with --entities bodies.csv")
}

// knownRef gives a reference as the records have it; "" of what is none.
func knownRef(ref catalog.EntityRef) catalog.EntityRef {
	ref = catalog.EntityRef(strings.ToLower(string(ref)))
	if !refShape.MatchString(string(ref)) {
		return ""
	}
	return ref
}
