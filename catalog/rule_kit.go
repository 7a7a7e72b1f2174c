package catalog

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// rules checks what no single field can tell: whether the files of a kit agree with each other, with its repository and
// with the day (kit format §16).
func (r *reader) rules(k *Kit) {
	m := r.opened[k.Path]
	if m == nil {
		return // kit.md cannot be used, and a finding says so
	}
	r.descriptorRule(k, m)
	r.versionRule(k, m)
	r.licenceRule(k, m)
	r.partnershipRule(k, m)
	r.valueRules(k, m)
	r.cellRule(k, m)
	r.codeRule(k)
	r.textRules(k)
	if k.Status != "draft" {
		r.leftRule(k, m)
	}
	r.linkRules(k)
	r.templateRule(k)
	r.tariffRules(k)
	r.evaluationRules(k.Evaluations, k)
	r.versionsInUse(k)
	r.timeRules(k)
	r.duplicateRule(k)
	r.fileRules(k)
}

// descriptorRule sums up what is wrong in publiccode.yml (E08; its own findings are P…).
func (r *reader) descriptorRule(k *Kit, m *marked) {
	if k.PublicCode == nil {
		r.say(m, "", schema.Error, "E08", schema.T("accanto a kit.md manca un publiccode.yml leggibile", "there is no readable publiccode.yml beside kit.md"),
			schema.T("aggiungilo nella stessa cartella: è ciò che gli altri cataloghi leggono", "add it in the same folder: it is what other catalogues read"))
		return
	}
	p := r.descriptor(k.Folder)
	if n := r.report.errorsOf(p); n > 0 {
		r.find(schema.Finding{File: p, Line: 1, Column: 1, Severity: schema.Error, Code: "E08",
			Message: schema.T("il publiccode.yml del kit ha "+count(n, "errore", "errori")+": gli altri cataloghi lo rifiutano", "the publiccode.yml of the kit has "+count(n, "error", "errors")+": other catalogues refuse it"),
			Hint:    schema.T("correggi gli errori P… segnalati in questo file", "mend the P… errors found in this file")})
	}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

// versionRule compares the four places where the version of a kit is written: kit.md, publiccode.yml, the top of
// CHANGELOG.md and the tag (E09; kit format §13.3). It is an error where a tag names this commit, a warning before.
func (r *reader) versionRule(k *Kit, m *marked) {
	if k.Version == "" {
		return // E03 has said it
	}
	sev, tag := schema.Warning, r.releaseTag(k)
	if tag != "" {
		sev = schema.Error
	}
	bad := func(other schema.Text, version string) {
		r.say(m, "version", sev, "E09", schema.T("kit.md dice versione "+k.Version+", ma "+other.It+" "+quoted(version), "kit.md says version "+k.Version+", but "+other.En+" "+quoted(version)),
			schema.T("scrivi la stessa versione in kit.md, in publiccode.yml, in cima al CHANGELOG e nel tag", "write one version in kit.md, in publiccode.yml, at the top of the CHANGELOG and in the tag"))
	}
	if k.PublicCode != nil && k.PublicCode.SoftwareVersion != k.Version {
		bad(schema.T("publiccode.yml (softwareVersion) dice", "publiccode.yml (softwareVersion) says"), cmp.Or(k.PublicCode.SoftwareVersion, "—"))
	}
	if len(k.Releases) > 0 && bareVersion(k.Releases[0].Version) != bareVersion(k.Version) {
		bad(schema.T("il CHANGELOG comincia da", "the CHANGELOG begins with"), k.Releases[0].Version)
	}
	if tag != "" && tag != bareVersion(k.Version) {
		bad(schema.T("il tag è", "the tag is"), tag)
	}
	if k.PublicCode != nil && k.Released != "" && k.PublicCode.ReleaseDate != "" && k.PublicCode.ReleaseDate != string(k.Released) {
		r.say(m, "released", sev, "E09", schema.T("kit.md dice rilasciato il "+string(k.Released)+", ma publiccode.yml (releaseDate) dice "+quoted(k.PublicCode.ReleaseDate), "kit.md says released on "+string(k.Released)+", but publiccode.yml (releaseDate) says "+quoted(k.PublicCode.ReleaseDate)),
			schema.T("scrivi la stessa data nei due file", "write one date in both files"))
	}
}

// TagsAt names the tags of one commit.
func TagsAt(tags []Tag, commit string) []string {
	var out []string
	for _, t := range tags {
		if commit != "" && t.Commit == commit {
			out = append(out, t.Name)
		}
	}
	return out
}

// releaseTag gives the version that a tag of this commit names, without its v, or "". Tags of a hosted kit begin with the
// name of its folder (kit format §0).
func (r *reader) releaseTag(k *Kit) string {
	for _, t := range r.o.Tags {
		if k.Folder != "" {
			slug, rest, ok := strings.Cut(t, "/")
			if !ok || slug != path.Base(k.Folder) {
				continue
			}
			t = rest
		}
		if v := bareVersion(t); v != t && v != "" && v[0] >= '0' && v[0] <= '9' {
			return v
		}
	}
	return ""
}

// bareVersion takes the v of a tag away.
func bareVersion(s string) string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "v"), "V")
}

// partnershipRule is the rule of the OCPA call: at least three bodies, one that cedes and two that reuse (W11; kit format §3).
func (r *reader) partnershipRule(k *Kit, m *marked) {
	if k.Project == nil || !strings.Contains(strings.ToUpper(k.Project.Programme), "OCPA") {
		return
	}
	ceding, reusing := map[EntityRef]bool{}, map[EntityRef]bool{}
	for _, p := range k.Project.Partners {
		switch p.Role {
		case "ceding":
			ceding[p.Entity] = true
		case "reusing":
			reusing[p.Entity] = true
		}
	}
	if len(ceding) >= 1 && len(reusing) >= 2 {
		return
	}
	r.say(m, "project.partners", schema.Warning, "W11",
		schema.Tf("un progetto OCPA ha almeno un ente cedente e due riusanti: qui ce ne sono %d e %d", "an OCPA project has at least one ceding body and two reusing ones: here there are %d and %d", len(ceding), len(reusing)),
		schema.T("completa project.partners con role: ceding e role: reusing", "complete project.partners with role: ceding and role: reusing"))
}

// codeRule compares the code of each document with its phase and, by the scheme of the kit, with its ambit (W01). It never
// mends: the writer knows which of the two is wrong.
func (r *reader) codeRule(k *Kit) {
	for i := range k.Documents {
		d := &k.Documents[i]
		m := r.opened[path.Join(k.Folder, d.Path)]
		if m == nil || d.Code == "" {
			continue
		}
		if letter := d.Code[:1]; len(d.Phase) > 0 && !slices.Contains(d.Phase, letter) {
			r.say(m, "phase", schema.Warning, "W01", schema.Tf("il codice %s è della fase %s, ma phase dice %s", "the code %s is of phase %s, but phase says %s", d.Code, letter, strings.Join(d.Phase, ", ")),
				schema.T("correggi il codice o la fase", "correct the code or the phase"))
		}
		want := k.CodeScheme.AmbitOf(d.Code)
		if want == "" || len(d.Ambit) == 0 || slices.Contains(d.Ambit, want) || slices.Contains(d.Ambit, "all") {
			continue
		}
		w := schema.Ambits.Label(want)
		r.say(m, "ambit", schema.Warning, "W01", schema.T("nello schema di codici del kit "+d.Code+" è dell'ambito "+want+" ("+w.It+"), ma ambit dice "+strings.Join(d.Ambit, ", "), "in the kit's code scheme "+d.Code+" is of ambit "+want+" ("+w.En+"), but ambit says "+strings.Join(d.Ambit, ", ")),
			schema.T("correggi il codice o l'ambito, oppure codeScheme in kit.md", "correct the code or the ambit, or codeScheme in kit.md"))
	}
}

// AmbitOf gives the ambit that the first digit of a document's code stands for, or "" where the scheme does not say
// (kit format §1, codeScheme).
func (c CodeScheme) AmbitOf(code string) string {
	number, _, _ := strings.Cut(strings.TrimLeft(code, "ABC"), ".")
	if len(c.Map) > 0 {
		return c.Map[number]
	}
	var order []string
	switch c.Name {
	case "avviso-ocpa":
		order = []string{"managerial", "organisational", "technological", "administrative", "informative"}
	case "cit":
		order = GridAmbits()
	}
	for i, a := range order {
		if number == itoa(i+1) {
			return a
		}
	}
	return ""
}

// versionsInUse holds the version that each adopter uses against those that the kit has released (E06; kit format §10). A
// kit without a CHANGELOG has none to hold against; what is too long for a version was told as such.
func (r *reader) versionsInUse(k *Kit) {
	if len(k.Releases) == 0 {
		return
	}
	released := Released(k)
	for i := range k.Adoptions {
		a := &k.Adoptions[i]
		m := r.opened[path.Join(k.Folder, a.Path)]
		if m == nil || a.KitVersion == "" || !isName(a.KitVersion) || Lag(a.KitVersion, released).Standing != StandingUnlisted {
			continue
		}
		r.say(m, "kitVersion", schema.Warning, "E06", schema.Tf("la versione «%s» non è tra quelle che il kit ha pubblicato", "the version %q is not among those that the kit has released", quoted(a.KitVersion)),
			schema.T("scrivi una versione del CHANGELOG, tra virgolette", "write a version of the CHANGELOG, in quotes"))
	}
}
