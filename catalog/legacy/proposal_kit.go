package legacy

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// What may be written without quotes, and what a file may be called (schema/common.schema.json).
var (
	codeShape = regexp.MustCompile(`^[ABC][0-9]{0,2}([.][0-9]{1,4}){0,8}$`)
	refShape  = regexp.MustCompile(`^(ipa:[a-z0-9][a-z0-9_.-]{0,63}|cf:[0-9]{11}|piva:[0-9]{11})$`)
)

// kitTodo are the fields that no file tells, with what to write there and an example of it.
var kitTodo = [][3]string{
	{"topics", "le parole, in minuscolo e con i trattini, con cui lo si cerca; valgono quelle del catalogo in cui entra, e chi non le conosce sceglie le sue", "[transizione-digitale, gestione-associata]"},
	{"need", "il bisogno di un ente a cui il kit risponde", "I procedimenti si gestiscono a mano e con tempi diversi"},
	{"recipients", "a chi giova, tra entity (enti), citizens (cittadini), businesses (imprese), professionals, internal", "[entity, citizens]"},
	{"reuseModes", "come si riusa, tra as-is (com'è), adapted (adattato), component (una parte), method-only (solo il metodo)", "[adapted]"},
	{"agreementRequired", "l'atto che serve: none, convention, protocol o agreement-art15", "none"},
	{"contacts", "un ufficio a cui chiedere, mai una persona", "[{office: Ufficio innovazione, email: ufficio@example.it}]"},
}

// kitUnknown are the fields that the files tell or not.
var kitUnknown = [][3]string{
	{"summary", "che cosa permette di fare, in una frase", "Portare in rete un procedimento del Comune"},
	{"version", "quella della prima voce di CHANGELOG.md", "1.0.0"},
	{"released", "il giorno di questa versione", "2021-06-30"},
	{"codeScheme", "la regola dei codici: avviso-ocpa, cit, sequential o none", "none"},
	{"ceding", "gli enti che cedono il kit, con il codice IPA, che si trova su indicepa.gov.it", "[ipa:…]"},
	{"license", "la licenza dei testi; per i documenti AGID indica CC-BY-4.0", "CC-BY-4.0"},
	{"languages", "le lingue dei testi", "[it]"},
}

// kitReady are the lines that stand ready where the example would pass for an answer: left as they are, the check tells.
var kitReady = map[string]string{
	"topics":   "[…]",
	"need":     `"Da completare: il bisogno"`,
	"summary":  `"Da completare: che cosa permette di fare"`,
	"contacts": `[{office: "Da completare: l'ufficio", email: ufficio@example.it}]`,
}

// ready gives what stands ready to be filled in for a field.
func ready(t [3]string) string { return t[0] + ": " + cmp.Or(kitReady[t[0]], t[2]) }

// unknown says what is to be written in a field that no file told.
func (s *front) unknown(key string) {
	for _, t := range kitUnknown {
		if t[0] == key {
			s.todo("", key, t[1])
			s.example(ready(t))
		}
	}
}

const kitBody = `<!--
Da completare: la presentazione, al posto di questo commento. Da quale esperienza nasce il kit, che cosa contiene, da dove
cominciare a leggere. Bastano dieci righe.
-->`

// kit writes kit.md.
func (d *draft) kit() {
	var f front
	f.note("", "Scheda proposta dall'importazione e non ancora rivista dall'ente. Le righe che cominciano con # si possono togliere.")
	f.bare("type", "kit")
	f.bare("spec", `"1"`)
	f.note("", "Entra negli indirizzi delle pagine: non cambiarlo dopo la pubblicazione.")
	f.text("id", d.id)
	f.text("title", d.title)
	if summary := clipped(masked(cmp.Or(d.u.Summary, d.shortInDescriptor())), maxSummary); summary != "" {
		f.text("summary", summary)
	} else {
		f.unknown("summary")
	}
	f.bare("kind", "practice")
	f.note("", "Finché è draft, ciò che manca è un avviso e non un errore. Quando è completo: published.")
	f.bare("status", "draft")
	if d.version != "" {
		f.note("", "La stessa di publiccode.yml e della prima voce di CHANGELOG.md.")
		f.text("version", d.version)
	} else {
		f.unknown("version")
	}
	if day := d.day(); day != "" {
		f.bare("released", string(day))
	} else {
		f.unknown("released")
	}
	if schema.CodeSchemes.Has(d.u.Scheme.Name) {
		f.note("", d.u.Scheme.Why.It)
		f.bare("codeScheme", d.u.Scheme.Name)
	} else {
		f.unknown("codeScheme")
	}
	d.ceding(&f)
	d.project(&f)
	for _, t := range kitTodo {
		f.todo("", t[0], t[1])
		f.example(ready(t))
	}
	d.components(&f)
	d.licence(&f)
	if langs := d.languages(); len(langs) > 0 {
		f.list("languages", langs)
	} else {
		f.unknown("languages")
	}
	d.provenance(&f)
	d.add(kitPath, f.file(kitBody))
}

func (d *draft) shortInDescriptor() string {
	if d.known == nil {
		return ""
	}
	about, _ := d.known.Describe(string(schema.It))
	return about.ShortDescription
}

// cedingRefs are the bodies that cede the kit, as far as their references are known: the owner by the descriptor first.
func (d *draft) cedingRefs() []catalog.EntityRef {
	var out []catalog.EntityRef
	take := func(ref catalog.EntityRef) {
		ref = catalog.EntityRef(strings.ToLower(string(ref)))
		if refShape.MatchString(string(ref)) && !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	if d.known != nil && d.known.IPA() != "" {
		take(catalog.EntityRef("ipa:" + d.known.IPA()))
	}
	for _, m := range d.u.Ceding {
		take(m.Ref)
	}
	return out
}

func (d *draft) ceding(f *front) {
	refs := d.cedingRefs()
	for _, m := range d.u.Ceding {
		if !refShape.MatchString(strings.ToLower(string(m.Ref))) {
			f.note("", "Nei documenti è nominato come ente cedente, ma non se ne conosce il codice IPA: "+masked(m.Name)+".")
		}
	}
	if len(refs) == 0 {
		f.unknown("ceding")
		return
	}
	f.note("", "Gli enti che cedono il kit; il primo è il titolare del repository. Da confermare.")
	var out []string
	for _, r := range refs {
		out = append(out, string(r))
	}
	f.list("ceding", out)
}

// components writes one component for each export of another program, with what a person can read of it as an attachment.
func (d *draft) components(f *front) {
	dumps := slices.Clone(d.u.Dumps)
	slices.SortStableFunc(dumps, func(a, b Dump) int { return strings.Compare(a.Folder, b.Folder) })
	var files front
	ids := map[string]bool{}
	for i, dump := range dumps {
		if i == 0 {
			f.note("", "Cartelle scritte da altri programmi: si possono prendere anche da sole.")
			f.b.WriteString("components:\n")
		}
		title := clipped(cmp.Or(masked(dump.Name), masked(path.Base(dump.Folder)), "Componente"), maxLine)
		stem := idOf(title, "componente")
		id := stem
		for n := 2; ids[id]; n++ {
			id = strings.Trim(stem[:min(len(stem), catalog.MaxSlug-5)], "-") + "-" + itoa(n)
		}
		ids[id] = true
		f.b.WriteString("  - id: " + quoted(id) + "\n")
		f.text("    title", title)
		f.note("    ", dump.Why.It)
		f.bare("    kind", "software")
		note := "Cartella «" + dump.Folder + "», con " + count(len(dump.Files), "file", "file")
		if dump.Version != "" {
			note += ", versione " + dump.Version
		}
		f.text("    note", clipped(masked(note), 2*maxLine))
		if dump.Human != "" && canBeNamed(dump.Human) {
			files.b.WriteString("  - path: " + quoted(dump.Human) + "\n")
			files.text("    title", "Diagramma del processo: "+title)
			files.bare("    kind", "process-map")
			files.text("    format", strings.TrimPrefix(strings.ToLower(path.Ext(dump.Human)), "."))
			if i := slices.IndexFunc(dump.Files, func(f File) bool { return f.Path == dump.Human }); i >= 0 {
				files.number("    bytes", dump.Files[i].Bytes)
				files.bare("    sha256", digestOf(d.withText(dump.Files[i])))
			}
		}
	}
	if files.b.Len() > 0 {
		f.b.WriteString("attachments:\n" + files.b.String())
	}
}

func (d *draft) licence(f *front) {
	if d.known != nil && d.known.Legal.License != "" {
		f.text("license", plain(d.known.Legal.License))
		return
	}
	f.unknown("license")
}

// languages are those of the documents, Italian first and then by how many there are.
func (d *draft) languages() []string {
	n := map[string]int{}
	for _, doc := range d.u.Documents {
		if publiccode.ValidLanguage(doc.Language) {
			n[doc.Language]++
		}
	}
	var out []string
	for l := range n {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b string) int {
		if (a == "it") != (b == "it") {
			return map[bool]int{true: -1, false: 1}[a == "it"]
		}
		return cmp.Or(n[b]-n[a], strings.Compare(a, b))
	})
	return out
}

// provenance says where all this comes from, and that nobody has looked at it.
func (d *draft) provenance(f *front) {
	f.note("", "Quando l'ente ha riletto il kit: reviewed: true.")
	f.b.WriteString("provenance:\n")
	f.text("  source", plain(cmp.Or(d.u.URL, d.u.Name)))
	f.text("  commit", plain(d.u.Commit))
	f.text("  rulesVersion", RulesVersion)
	f.bare("  reviewed", "false")
	f.text("  note", "Importato automaticamente dai file del repository, non ancora rivisto dall'ente")
}
