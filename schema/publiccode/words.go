package publiccode

import (
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// KeyInfo is one key of the standard with the words that people use for it: what a finding or a page calls it.
type KeyInfo struct {
	Path    string      // from the root; "*" stands for a language: "description.*.features"
	Label   schema.Text // what the key is called; further names follow after a comma
	Example string      // the key as a line of YAML, "" where it takes several lines
}

// Keys lists the keys of the standard (publiccode.yml 0.7, deprecated ones left out) in the order in which it has them. The
// table is shared: do not change it.
func Keys() []KeyInfo { return keyTable }

// keyTable is never changed.
var keyTable = []KeyInfo{
	{"publiccodeYmlVersion", schema.T("versione dello standard, versione publiccode", "version of the standard"), `publiccodeYmlVersion: "0"`},
	{"name", schema.T("nome", "name"), `name: Medusa`},
	{"applicationSuite", schema.T("suite, famiglia di applicazioni", "suite"), `applicationSuite: Medusa Suite`},
	{"url", schema.T("indirizzo, repository", "address, repository"), `url: https://github.com/ente/medusa`},
	{"landingURL", schema.T("sito, pagina, sito web", "site, website, homepage"), `landingURL: https://www.comune.example.it/medusa`},
	{"isBasedOn", schema.T("basato su, derivato da", "based on, derived from"), `isBasedOn: https://github.com/altro-ente/medusa`},
	{"softwareVersion", schema.T("versione", "version"), `softwareVersion: "1.2.0"`},
	{"releaseDate", schema.T("data di rilascio, rilascio, data", "date of release, date"), `releaseDate: 2026-03-31`},
	{"logo", schema.T("logo, marchio", "logo"), `logo: docs/logo.svg`},
	{"organisation", schema.T("organizzazione, ente, titolare", "organization, body, owner"), `organisation: {uri: "urn:x-italian-pa:c_e506", name: Comune di Lecce}`},
	{"organisation.uri", schema.T("identificativo", "identifier"), `uri: urn:x-italian-pa:c_e506`},
	{"organisation.name", schema.T("nome, denominazione", "name"), `name: Comune di Lecce`},
	{"fundedBy", schema.T("finanziato da, finanziamento, finanziatori", "funding"), `fundedBy: [{uri: "urn:x-italian-pa:c_e506"}]`},
	{"fundedBy.uri", schema.T("identificativo", "identifier"), `uri: urn:x-italian-pa:c_e506`},
	{"fundedBy.name", schema.T("nome, denominazione", "name"), `name: Comune di Lecce`},
	{"platforms", schema.T("piattaforme", "platforms"), `platforms: [web]`},
	{"categories", schema.T("categorie", "categories"), `categories: [document-management]`},
	{"usedBy", schema.T("usato da, utilizzatori", "users"), `usedBy: [Comune di Lecce]`},
	{"roadmap", schema.T("programma, piano di sviluppo", "plan"), `roadmap: https://www.comune.example.it/programma`},
	{"developmentStatus", schema.T("stato, stato di sviluppo, stato dello sviluppo", "status"), `developmentStatus: stable`},
	{"softwareType", schema.T("tipo, tipo di software", "type"), `softwareType: standalone/web`},
	{"intendedAudience", schema.T("destinatari, pubblico", "audience"), `intendedAudience: {scope: [local-authorities], countries: [IT]}`},
	{"intendedAudience.scope", schema.T("ambito, ambiti", "scope"), `scope: [local-authorities]`},
	{"intendedAudience.countries", schema.T("paesi", "countries"), `countries: [IT]`},
	{"intendedAudience.unsupportedCountries", schema.T("paesi esclusi", "countries left out"), `unsupportedCountries: [US]`},
	{"supports", schema.T("supporta, standard", "standards"), `supports: [{id: "alias:spid"}]`},
	{"supports.id", schema.T("identificativo", "identifier"), `id: alias:spid`},
	{"description", schema.T("descrizione, descrizioni", "descriptions"), `description: {it: {shortDescription: Registra la posta in arrivo, features: [Protocollo in entrata]}}`},
	{"description.*.localisedName", schema.T("nome, nome locale", "name, local name"), `localisedName: Medusa`},
	{"description.*.shortDescription", schema.T("descrizione breve, sintesi, descrizione", "summary"), `shortDescription: Registra la posta in arrivo e in partenza`},
	{"description.*.longDescription", schema.T("descrizione lunga, descrizione estesa, descrizione", "description"), `longDescription: Registra la posta in arrivo e in partenza, la assegna agli uffici e…`},
	{"description.*.documentation", schema.T("documentazione, manuale", "manual, docs"), `documentation: https://docs.comune.example.it`},
	{"description.*.apiDocumentation", schema.T("documentazione api", "api docs"), `apiDocumentation: https://docs.comune.example.it/api`},
	{"description.*.features", schema.T("funzioni, funzionalità, caratteristiche", "features"), `features: [Protocollo in entrata]`},
	{"description.*.screenshots", schema.T("schermate, immagini", "images"), `screenshots: [docs/pagina.png]`},
	{"description.*.videos", schema.T("video, filmati", "video"), `videos: ["https://www.youtube.com/watch?v=abc"]`},
	{"description.*.awards", schema.T("premi, riconoscimenti", "prizes"), `awards: [Premio PA digitale]`},
	{"legal", schema.T("legale, aspetti legali, diritti", "legal, rights"), `legal: {license: EUPL-1.2}`},
	{"legal.license", schema.T("licenza", "licence"), `license: EUPL-1.2`},
	{"legal.mainCopyrightOwner", schema.T("titolare, titolare dei diritti, copyright", "copyright, owner"), `mainCopyrightOwner: Comune di Lecce`},
	{"maintenance", schema.T("manutenzione", "maintenance"), `maintenance: {type: internal, contacts: [{name: Ufficio innovazione}]}`},
	{"maintenance.type", schema.T("tipo", "type"), `type: internal`},
	{"maintenance.contacts", schema.T("contatti, referenti, contatto", "contact"), `contacts: [{name: Ufficio innovazione, email: innovazione@comune.example.it}]`},
	{"maintenance.contacts.name", schema.T("nome", "name"), `name: Ufficio innovazione`},
	{"maintenance.contacts.email", schema.T("posta elettronica, mail, e-mail", "mail, e-mail"), `email: innovazione@comune.example.it`},
	{"maintenance.contacts.affiliation", schema.T("ente, appartenenza, organizzazione", "organisation"), `affiliation: Comune di Lecce`},
	{"maintenance.contacts.phone", schema.T("telefono", "telephone"), `phone: "+39 0832 000000"`},
	{"maintenance.contractors", schema.T("fornitori, fornitore, appaltatori, ditta", "suppliers"), `contractors: [{name: Ditta Esempio, until: 2027-12-31}]`},
	{"maintenance.contractors.name", schema.T("nome, denominazione", "name"), `name: Ditta Esempio`},
	{"maintenance.contractors.until", schema.T("fino al, scadenza", "end"), `until: 2027-12-31`},
	{"maintenance.contractors.email", schema.T("posta elettronica, mail, e-mail", "mail, e-mail"), `email: assistenza@ditta.example.it`},
	{"maintenance.contractors.website", schema.T("sito, sito web", "site"), `website: https://www.ditta.example.it`},
	{"localisation", schema.T("localizzazione, lingue", "localization, languages"), `localisation: {localisationReady: true, availableLanguages: [it]}`},
	{"localisation.localisationReady", schema.T("traducibile, localizzabile", "localization ready"), `localisationReady: true`},
	{"localisation.availableLanguages", schema.T("lingue, lingue disponibili", "languages"), `availableLanguages: [it]`},
	{"dependsOn", schema.T("dipendenze, dipende da", "dependencies"), `dependsOn: {open: [{name: PostgreSQL}]}`},
	{"dependsOn.open", schema.T("aperte, libere", "free"), `open: [{name: PostgreSQL}]`},
	{"dependsOn.proprietary", schema.T("proprietarie", "closed"), `proprietary: [{name: Base di dati esempio}]`},
	{"dependsOn.hardware", schema.T("apparecchi, dispositivi", "devices"), `hardware: [{name: Lettore di tessere}]`},
	{"dependsOn.open.name", schema.T("nome", "name"), `name: PostgreSQL`},
	{"dependsOn.proprietary.name", schema.T("nome", "name"), `name: Base di dati esempio`},
	{"dependsOn.hardware.name", schema.T("nome", "name"), `name: Lettore di tessere`},
	{"IT", schema.T("italia, sezione italiana", "italy"), ""},
	{"IT.countryExtensionVersion", schema.T("versione", "version"), `countryExtensionVersion: "1.0"`},
	{"IT.piattaforme", schema.T("piattaforme", "platforms"), `piattaforme: {spid: true}`},
	{"IT.riuso", schema.T("riuso", "reuse"), ""},
}

// valueWords are the words that people use for the values of the closed lists. It is never changed.
var valueWords = []KeyInfo{
	{"concept", schema.T("idea, ideazione, progetto, concetto", "idea"), ""},
	{"development", schema.T("sviluppo, in sviluppo", "in development, developing"), ""},
	{"beta", schema.T("prova, in prova, collaudo", "test, testing"), ""},
	{"stable", schema.T("stabile, in uso, in produzione, produzione", "production, live"), ""},
	{"obsolete", schema.T("obsoleto, superato, dismesso", "deprecated, retired"), ""},
	{"standalone/mobile", schema.T("mobile, app, applicazione mobile", "mobile, app"), ""},
	{"standalone/desktop", schema.T("desktop, applicazione desktop", "desktop"), ""},
	{"standalone/web", schema.T("web, applicazione web, sito", "web, web application, standalone"), ""},
	{"standalone/backend", schema.T("backend, servizio", "backend, service"), ""},
	{"standalone/iot", schema.T("iot", "iot"), ""},
	{"standalone/other", schema.T("altro", "other"), ""},
	{"addon", schema.T("estensione, componente aggiuntivo, plugin", "plugin, extension"), ""},
	{"library", schema.T("libreria", "lib"), ""},
	{"configurationFiles", schema.T("configurazione, file di configurazione", "configuration"), ""},
	{"internal", schema.T("interna, interno", "in-house"), ""},
	{"contract", schema.T("contratto, a contratto, appalto, esterna", "contractor, external"), ""},
	{"community", schema.T("comunità", "communities"), ""},
	{"none", schema.T("nessuna, nessuno, assente", "no, nobody"), ""},
}

// names are all that a key or a value may be called, the key itself first.
func (k *KeyInfo) names() []string {
	out := []string{k.Path[strings.LastIndexByte(k.Path, '.')+1:]}
	return append(append(out, strings.Split(k.Label.It, ", ")...), strings.Split(k.Label.En, ", ")...)
}

// keyInfo finds what is known of a key by its path, or nil.
func keyInfo(path string) *KeyInfo {
	for i := range keyTable {
		if keyTable[i].Path == path {
			return &keyTable[i]
		}
	}
	return nil
}
