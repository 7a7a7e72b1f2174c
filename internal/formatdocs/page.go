package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// words are the sentences of the page that do not come from the schemas.
var words = struct {
	title, lead, contents, shared, sharedLead, enums, enumsLead, minimal, source, open schema.Text
	key, label, required, holds, means, explains, value, yes                           schema.Text
}{
	title: schema.T("Il formato del kit", "The kit format"),
	lead: schema.T(
		"Ogni scheda è un file di testo che comincia con un'intestazione tra due righe di tre trattini; sotto, il testo libero in Markdown. Qui c'è, per ogni tipo di scheda, che cosa si scrive nell'intestazione. Le chiavi che non sono in elenco sono un errore; quelle vostre si mettono sotto `x:`. In una scheda con `status: draft` le chiavi obbligatorie che mancano sono avvisi. Una chiave facoltativa senza niente dopo i due punti è come se non ci fosse; un editor può segnalarla lo stesso.",
		"Every record is a text file that begins with a front matter between two lines of three dashes; below it, free text in Markdown. Here is, for each record type, what the front matter holds. Keys that are not listed are an error; your own go under `x:`. In a record with `status: draft` required keys that are missing are warnings. An optional key with nothing after the colon counts as not there; an editor may mark it all the same."),
	contents:   schema.T("Tipi di scheda", "Record types"),
	shared:     schema.T("Parti comuni", "Shared parts"),
	sharedLead: schema.T("Gruppi di chiavi che più tipi di scheda usano allo stesso modo.", "Groups of keys that several record types use alike."),
	enums:      schema.T("Valori ammessi", "Allowed values"),
	enumsLead:  schema.T("Nel file si scrive il valore della prima colonna; le pagine mostrano l'etichetta.", "The file has the value of the first column; pages show the label."),
	minimal:    schema.T("Il minimo, da copiare e cambiare:", "The least, to copy and change:"),
	source:     schema.T("Fonte", "Source"),
	open:       schema.T("Si possono aggiungere altre chiavi.", "Other keys may be added."),
	key:        schema.T("Chiave", "Key"),
	label:      schema.T("Etichetta", "Label"),
	required:   schema.T("Obbligatoria", "Required"),
	holds:      schema.T("Che cosa si scrive", "What it holds"),
	means:      schema.T("Spiegazione ed esempio", "Explanation and example"),
	explains:   schema.T("Spiegazione", "Explanation"),
	value:      schema.T("Valore", "Value"),
	yes:        schema.T("sì", "yes"),
}

// writer writes one page in one language.
type writer struct {
	strings.Builder
	lang schema.Lang
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
func (w *writer) say(t schema.Text) string        { return t.In(w.lang) }

// page is the whole reference in one language.
func page(lang schema.Lang) string {
	w := &writer{lang: lang}
	w.line("<!-- %s -->", w.say(schema.T("Scritto da make docs a partire da schema/*.schema.json: non si modifica a mano.", "Written by make docs from schema/*.schema.json: not to be edited by hand.")))
	w.line("# %s\n\n%s\n\n## %s\n", w.say(words.title), w.say(words.lead), w.say(words.contents))
	for _, name := range schema.Records() {
		w.line("- [%s](#%s)", w.say(schema.Record(name).Title), name)
	}
	w.line("- [%s](#shared)\n- [%s](#values)", w.say(words.shared), w.say(words.enums))

	all := map[string][]schema.Table{}
	for _, name := range schema.Records() {
		all[name] = schema.Record(name).Tables()
	}
	common := shared(all)
	for _, name := range schema.Records() {
		w.record(name, all[name], common)
	}
	w.line("\n<a id=\"shared\"></a>\n\n## %s\n\n%s", w.say(words.shared), w.say(words.sharedLead))
	for _, t := range common {
		w.table("shared", t, common)
	}
	w.line("\n<a id=\"values\"></a>\n\n## %s\n\n%s", w.say(words.enums), w.say(words.enumsLead))
	w.enums(all)
	return w.String()
}

func (w *writer) record(name string, tables, common []schema.Table) {
	s := schema.Record(name)
	w.line("\n<a id=\"%s\"></a>\n\n## %s (`%s`)\n\n%s", name, w.say(s.Title), name, w.say(s.Description))
	w.line("\nFile: `%s`. %s: %s. JSON Schema: [%s.schema.json](../schema/%s.schema.json)", s.File, w.say(words.source), schema.Citing(w.lang, s.Source), name, name)
	w.line("\n%s\n\n```yaml\n%s```", w.say(words.minimal), s.Minimal())
	for _, t := range tables {
		if t.Name == "" {
			w.rows(name, t, common)
		} else if !contains(common, t) {
			w.table(name, t, common)
		}
	}
}

// table is the table of an object, with its heading.
func (w *writer) table(in string, t schema.Table, common []schema.Table) {
	w.line("\n<a id=\"%s-%s\"></a>\n\n### %s (`%s`)\n\n%s", in, t.Name, w.say(t.Title), t.Name, w.say(t.Description))
	if t.Open {
		w.line("\n%s", w.say(words.open))
	}
	w.rows(in, t, common)
}

func (w *writer) rows(in string, t schema.Table, common []schema.Table) {
	w.line("\n| %s | %s | %s | %s | %s |\n|---|---|---|---|---|", w.say(words.key), w.say(words.label), w.say(words.required), w.say(words.holds), w.say(words.means))
	for _, r := range t.Rows {
		required := ""
		if r.Required {
			required = w.say(words.yes)
		}
		means := cell(w.say(r.Description))
		if r.Example != "" {
			means += "<br>`" + strings.ReplaceAll(r.Example, "|", `\|`) + "`"
		}
		holds := cell(w.say(r.Holds))
		switch {
		case r.Enum != nil:
			holds = fmt.Sprintf("[%s](#values-%s)", holds, r.Enum.Name)
		case r.Table != "":
			at := in
			for _, c := range common {
				if c.Name == r.Table {
					at = "shared"
				}
			}
			holds = fmt.Sprintf("[%s](#%s-%s)", holds, at, r.Table)
		}
		w.line("| `%s` | %s | %s | %s | %s |", r.Key, cell(w.say(r.Title)), required, holds, means)
	}
}

func (w *writer) enums(all map[string][]schema.Table) {
	done := map[string]bool{}
	for _, name := range schema.Records() {
		for _, e := range schema.Enums(all[name]) {
			if done[e.Name] {
				continue
			}
			done[e.Name] = true
			w.line("\n<a id=\"values-%s\"></a>\n\n### %s (`%s`)\n\n%s\n\n| %s | %s | %s |\n|---|---|---|",
				e.Name, w.say(e.Title), e.Name, w.say(e.Description), w.say(words.value), w.say(words.label), w.say(words.explains))
			for _, v := range e.Values {
				w.line("| `%s` | %s | %s |", v.Value, cell(w.say(v.Label)), cell(w.say(v.Description)))
			}
		}
	}
}

// shared are the tables that several record types have and that are the same in all of them.
func shared(all map[string][]schema.Table) []schema.Table {
	var out []schema.Table
	count := map[string]int{}
	for _, name := range schema.Records() {
		for _, t := range all[name] {
			if t.Name == "" {
				continue
			}
			count[t.Name]++
			if count[t.Name] == 2 {
				out = append(out, t)
			}
		}
	}
	// A name that stands for different things stays with its record types.
	var same []schema.Table
	for _, t := range out {
		equal := true
		for _, name := range schema.Records() {
			for _, other := range all[name] {
				equal = equal && (other.Name != t.Name || reflect.DeepEqual(other.Rows, t.Rows))
			}
		}
		if equal {
			same = append(same, t)
		}
	}
	return same
}

func contains(tables []schema.Table, t schema.Table) bool {
	for _, other := range tables {
		if other.Name == t.Name {
			return true
		}
	}
	return false
}

// cell makes a text fit for a cell of a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ").Replace(s)
}
