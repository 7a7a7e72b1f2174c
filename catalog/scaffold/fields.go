package scaffold

import (
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// What can be begun.
const (
	Kit       = "kit"
	Catalogue = "catalogue"
	Adoption  = "adoption"
)

// Kinds are the things that can be begun, in the order in which usage texts name them.
func Kinds() []string { return []string{Kit, Catalogue, Adoption} }

// Field is one thing to be asked. The zero Default means that it must be answered, unless Optional.
type Field struct {
	Name     string      // of the option and of the answer, as in "entity-name"
	Ask      schema.Text // what is asked, in a few words
	Example  string      // an answer that is good
	Enum     string      // the enumeration of package schema that the answer is of, or ""
	List     bool        // several answers, with commas
	Max      int         // characters at most; 0: the check says
	YesNo    bool        // the answer is "true" or "false"
	Body     bool        // the answer is the code of a body; a bare IPA code gets its "ipa:"
	Slugs    bool        // each answer of a list becomes an identifier: "Qualità" is "qualita"
	Optional bool
	Default  func(r *Request) string
	When     func(r *Request) bool // nil: always
}

// Applies says whether the field is asked at all, after the answers so far.
func (f *Field) Applies(r *Request) bool { return f.When == nil || f.When(r) }

// DefaultIn gives the answer that is taken when there is none, or "".
func (f *Field) DefaultIn(r *Request) string {
	if f.Default == nil {
		return ""
	}
	return f.Default(r)
}

func always(answer string) func(*Request) string { return func(*Request) string { return answer } }

func slugOf(field string) func(*Request) string {
	return func(r *Request) string { return strings.ReplaceAll(catalog.Slug(r.Answers[field]), "_", "-") }
}

// FieldsOf gives what is asked for one kind, in order; nil for a kind that does not exist.
func FieldsOf(kind string) []Field {
	switch kind {
	case Kit:
		return kitFields()
	case Catalogue:
		return catalogueFields()
	case Adoption:
		return adoptionFields()
	}
	return nil
}

func kitFields() []Field {
	return []Field{
		{Name: "title", Ask: schema.T("Titolo del kit", "Title of the kit"), Example: "Sportello unico condiviso"},
		{Name: "summary", Ask: schema.T("In una frase, che cosa permette di fare (al massimo 150 caratteri)", "In one sentence, what it lets a body do (150 characters at most)"), Max: 150, // of shortDescription, in the standard
			Example: "Come più Comuni aprono insieme uno sportello per i cittadini"},
		{Name: "need", Ask: schema.T("A quale bisogno risponde", "Which need it answers"), Example: "I piccoli Comuni da soli non riescono a tenere aperto uno sportello ogni giorno"},
		{Name: "entity", Body: true, Ask: schema.T("Codice dell'ente che cede il kit: ipa: e il codice nell'indice delle pubbliche amministrazioni", "Code of the body that hands the kit over: ipa: and its code in the index of public administrations"), Example: "ipa:c_x000"},
		{Name: "entity-name", Ask: schema.T("Nome dell'ente", "Name of the body"), Example: "Comune di Esempio"},
		{Name: "office", Ask: schema.T("Ufficio a cui chiedere (mai il nome di una persona)", "Office to ask (never the name of a person)"), Example: "Ufficio innovazione"},
		{Name: "url", Ask: schema.T("Indirizzo del repository dove starà il kit", "Address of the repository where the kit will live"), Example: "https://git.example.it/comune-di-esempio/kit-sportello",
			Default: func(r *Request) string {
				if r.Home != nil {
					return r.Home.URL
				}
				return ""
			}},
		{Name: "topics", List: true, Slugs: true, Ask: schema.T("Temi, separati da virgole", "Topics, with commas between them"), Example: "servizi-ai-cittadini, gestione-associata"},
		{Name: "id", Ask: schema.T("Identificativo, che entra negli indirizzi delle pagine", "Id, which stands in the addresses of the pages"), Example: "sportello-unico", Default: slugOf("title")},
		{Name: "kind", Enum: "kit.kind", Ask: schema.T("Tipo di kit", "Kind of kit"), Example: "practice", Default: always("practice")},
		{Name: "recipients", List: true, Enum: "recipient", Ask: schema.T("Chi ne beneficia, separati da virgole", "Whom it serves, with commas between them"), Example: "citizens, businesses", Default: always("entity")},
		{Name: "reuse-modes", List: true, Enum: "reuseMode", Ask: schema.T("Come si può riusare, separati da virgole", "How it can be reused, with commas between them"), Example: "adapted, component", Default: always("adapted")},
		{Name: "agreement", Enum: "agreementRequired", Ask: schema.T("Quale atto serve per riusarlo", "Which act reuse takes"), Example: "convention", Default: always("none")},
		{Name: "code-scheme", Enum: "codeScheme", Ask: schema.T("Regola dei codici dei documenti (A1, A2…)", "Rule of the documents' codes (A1, A2…)"), Example: "cit", Default: always("cit")},
		licence(),
	}
}

func catalogueFields() []Field {
	return []Field{
		{Name: "title", Ask: schema.T("Titolo del catalogo", "Title of the catalogue"), Example: "Catalogo del riuso della provincia"},
		{Name: "summary", Ask: schema.T("In una frase, che cosa raccoglie", "In one sentence, what it gathers"), Example: "I kit del riuso degli enti del territorio"},
		{Name: "owner", Body: true, Ask: schema.T("Codice dell'ente titolare: ipa: e il codice nell'indice delle pubbliche amministrazioni", "Code of the body that owns it: ipa: and its code in the index of public administrations"), Example: "ipa:p_xx"},
		{Name: "owner-name", Ask: schema.T("Nome dell'ente titolare", "Name of the body that owns it"), Example: "Provincia di Esempio"},
		{Name: "owner-type", Enum: "entity.type", Ask: schema.T("Tipo di ente", "Type of body"), Example: "province"},
		{Name: "scope", Enum: "catalogue.scope", Ask: schema.T("Ambito del catalogo", "Scope of the catalogue"), Example: "provincial"},
		{Name: "territory", Optional: true, Ask: schema.T("Territorio (facoltativo)", "Territory (optional)"), Example: "Provincia di Esempio"},
		{Name: "team", Ask: schema.T("Squadra o utente della forgia che approva le modifiche", "Team or user of the forge that approves changes"), Example: "@provincia-di-esempio/catalogo"},
		{Name: "url", Optional: true, Ask: schema.T("Indirizzo del repository del catalogo (facoltativo)", "Address of the catalogue's repository (optional)"), Example: "https://git.example.it/provincia-di-esempio/catalogo"},
		{Name: "base-url", Optional: true, Ask: schema.T("Indirizzo pubblico del sito (facoltativo)", "Public address of the site (optional)"), Example: "https://riuso.example.it"},
		{Name: "id", Ask: schema.T("Identificativo", "Id"), Example: "catalogo-del-riuso", Default: slugOf("title")},
		licence(),
	}
}

func adoptionFields() []Field {
	elsewhere := func(r *Request) bool { return r.Place != InKit }
	return []Field{
		{Name: "entity", Body: true, Ask: schema.T("Codice dell'ente che adotta: ipa: e il codice nell'indice delle pubbliche amministrazioni", "Code of the body that adopts: ipa: and its code in the index of public administrations"), Example: "ipa:c_x001"},
		{Name: "name", Ask: schema.T("Nome dell'ente", "Name of the body"), Example: "Comune Vicino"},
		{Name: "kit", When: elsewhere, Ask: schema.T("Indirizzo del repository del kit", "Address of the kit's repository"), Example: "https://git.example.it/comune-di-esempio/kit-sportello"},
		{Name: "kit-id", When: elsewhere, Ask: schema.T("Nome breve del kit, per il nome del file", "Short name of the kit, for the name of the file"), Example: "kit-sportello",
			Default: func(r *Request) string {
				kit := strings.TrimSuffix(strings.TrimRight(r.Answers["kit"], "/"), ".git")
				return strings.ReplaceAll(catalog.Slug(kit[strings.LastIndex(kit, "/")+1:]), "_", "-")
			}},
		{Name: "event", Ask: schema.T("Primo passo: interest (interesse) o analysis-start (avvio dell'analisi)", "First step: interest or analysis-start"), Example: "interest", Default: always("interest")},
		{Name: "date", Optional: true, Ask: schema.T("Data del passo; se non si sa, lascia vuoto", "Date of the step; leave it empty if it is not known"), Example: "2026-03-02"},
		{Name: "note", Optional: true, Ask: schema.T("Nota sul passo (facoltativa)", "Note on the step (optional)"), Example: "Lettera al Comune cedente"},
		{Name: "consent", YesNo: true, Ask: schema.T("Scrivi per conto dell'ente che adotta, che acconsente alla pubblicazione?", "Do you write for the adopting body, which consents to publication?"), Example: "sì",
			Default: func(r *Request) string {
				if r.Answers["source"] != "" {
					return "false"
				}
				return ""
			}},
		{Name: "source", When: func(r *Request) bool { return r.Answers["consent"] != "true" }, Ask: schema.T("Il documento pubblico che racconta il fatto", "The public document that tells the fact"), Example: "Delibera di Giunta n. 12 del 2 marzo 2026, albo pretorio"},
	}
}

func licence() Field {
	return Field{Name: "license", Ask: schema.T("Licenza, con il suo identificativo SPDX", "Licence, by its SPDX id"), Example: licenceOfTexts, Default: always(licenceOfTexts)}
}

// licenceOfTexts is the licence of documents of public bodies (kit format §2).
const licenceOfTexts = "CC-BY-4.0"

// Choices lists the answers of a field that takes one of a list, with what people call them.
func (f *Field) Choices(lang schema.Lang) string {
	e := schema.EnumNamed(f.Enum)
	if f.Enum == "" || e == nil {
		return ""
	}
	var out []string
	for _, v := range e.Values {
		out = append(out, v.Value+" ("+v.Label.In(lang)+")")
	}
	return strings.Join(out, ", ")
}
