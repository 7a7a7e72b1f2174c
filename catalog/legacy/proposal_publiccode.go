package legacy

import (
	"strings"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// descriptor writes publiccode.yml with what is known. Where the repository has one it stays: its facts are in kit.md.
func (d *draft) descriptor() {
	if d.own != "" {
		return
	}
	var f front
	f.note("", "La carta d'identità del kit, secondo lo standard publiccode.yml. Qui stanno solo le chiavi dello standard: il resto va in kit.md.")
	f.bare("publiccodeYmlVersion", `"0"`)
	f.text("name", d.title)
	if strings.HasPrefix(d.u.URL, "https://") || strings.HasPrefix(d.u.URL, "http://") {
		f.note("", "L'indirizzo del repository: è l'identità del kit.")
		f.text("url", publiccode.NormalizeURL(d.u.URL))
	} else {
		f.todo("", "url", "l'indirizzo web del repository: è l'identità del kit")
		f.example("url: https://git.example.it/ente/kit")
	}
	f.note("", "Versione e data: le stesse di kit.md e della prima voce di CHANGELOG.md.")
	if d.version != "" {
		f.text("softwareVersion", d.version)
	} else {
		f.todo("", "softwareVersion", "quella della prima voce di CHANGELOG.md")
	}
	if day := d.day(); day != "" {
		f.text("releaseDate", string(day))
	}
	f.bare("platforms", "[web]")
	d.organisation(&f)
	f.note("", "concept finché la proposta non è rivista; poi development, beta o stable.")
	f.bare("developmentStatus", "concept")
	f.note("", "standalone/other quando non c'è software.")
	f.bare("softwareType", "standalone/other")
	d.descriptions(&f)
	f.todo("", "legal.license", "la licenza; per i documenti AGID indica CC-BY-4.0")
	f.example("legal:", "  license: CC-BY-4.0")
	f.todo("", "maintenance.type", "chi tiene il kit: internal l'ente, contract un'impresa, community più enti, none nessuno")
	f.example("maintenance:", "  type: internal", "  contacts:", `    - name: "Da completare: l'ufficio"`)
	f.b.WriteString("localisation:\n  localisationReady: false\n")
	if langs := d.languages(); len(langs) > 0 {
		f.list("  availableLanguages", langs)
	} else {
		f.todo("  ", "localisation.availableLanguages", "le lingue dei testi")
		f.example("  availableLanguages: [it]")
	}
	d.add(codePath, []byte(f.b.String()))
}

// organisation names the owner where its code in the Index of public administrations is known.
func (d *draft) organisation(f *front) {
	for _, m := range d.u.Ceding {
		code, ok := strings.CutPrefix(strings.ToLower(string(m.Ref)), "ipa:")
		if !ok || !refShape.MatchString("ipa:"+code) {
			continue
		}
		f.note("", "Il titolare, con il suo codice IPA. Da confermare.")
		f.b.WriteString("organisation:\n")
		f.text("  uri", "urn:x-italian-pa:"+code)
		f.text("  name", clipped(masked(m.Name), maxLine))
		return
	}
	f.todo("", "organisation", "il titolare: uri con il codice IPA, e name")
	f.example("organisation:", "  uri: urn:x-italian-pa:…", `  name: "Da completare: il nome dell'ente"`)
}

// descriptions writes the short one where there is one; the others are the owner's words.
func (d *draft) descriptions(f *front) {
	const missing = "che cosa contiene il kit e a chi serve, da 150 a 10.000 caratteri"
	if short := clipped(masked(d.u.Summary), maxShort); short != "" {
		f.b.WriteString("description:\n  it:\n")
		f.text("    shortDescription", short)
		f.todo("    ", "longDescription", missing)
		f.example("    longDescription: >", "      Da completare: il kit raccoglie…")
		f.todo("    ", "features", "almeno una voce")
		f.example(`    features: ["Da completare: una voce"]`)
		return
	}
	f.todo("", "description.it.shortDescription", "una frase di al massimo 150 caratteri")
	f.todo("", "description.it.longDescription", missing)
	f.todo("", "description.it.features", "almeno una voce")
	f.example("description:", "  it:", `    shortDescription: "Da completare: una frase"`, "    longDescription: >", "      Da completare: il kit raccoglie…", `    features: ["Da completare: una voce"]`)
}
