package publiccode

import (
	"slices"

	"github.com/open-community-pa/riuso/schema"
)

// Code names one rule; codes are stable, a rule that goes leaves its number unused.
type Code string

// The rules. Each has its meaning and what to do in codeTable.
const (
	P01 Code = "P01"
	P02 Code = "P02"
	P03 Code = "P03"
	P04 Code = "P04"
	P05 Code = "P05"
	P06 Code = "P06"
	P07 Code = "P07"
	P08 Code = "P08"
	P09 Code = "P09"
	P10 Code = "P10"
	P11 Code = "P11"
	P12 Code = "P12"
	P13 Code = "P13"
	P14 Code = "P14"
	P15 Code = "P15"
	P16 Code = "P16"
	P17 Code = "P17"
	P18 Code = "P18"
	P19 Code = "P19"
	P20 Code = "P20"
	P21 Code = "P21"
	P22 Code = "P22"
	P23 Code = "P23"
	P24 Code = "P24"
	P25 Code = "P25"
	P26 Code = "P26"
	P27 Code = "P27"
	P28 Code = "P28"
	P29 Code = "P29"
	P30 Code = "P30"
	P31 Code = "P31"
	P32 Code = "P32"
	P33 Code = "P33"
	P34 Code = "P34"
	P40 Code = "P40"
	P41 Code = "P41"
	P42 Code = "P42"
	P43 Code = "P43"

	// Of what the file names, looked at only when asked for: see CheckFiles and Reference.
	P50 Code = "P50"
	P51 Code = "P51"
	P52 Code = "P52"
	P53 Code = "P53"
	P54 Code = "P54"
	P55 Code = "P55"
	P60 Code = "P60"
	P61 Code = "P61"
	P62 Code = "P62"
)

// CodeInfo tells what a rule is, for reference pages.
type CodeInfo struct {
	Code     Code
	Severity schema.Severity
	Meaning  schema.Text
	Hint     schema.Text // what to do
}

// External says that the rule speaks of what the file names and not of the file: [Parse] never gives it.
func (c Code) External() bool { return c >= P50 }

// Codes lists all rules in order.
func Codes() []CodeInfo { return slices.Clone(codeTable) }

func infoOf(c Code) CodeInfo {
	for i := range codeTable {
		if codeTable[i].Code == c {
			return codeTable[i]
		}
	}
	return CodeInfo{Code: c, Severity: schema.Error}
}

// codeTable is never changed.
var codeTable = []CodeInfo{
	{P01, schema.Error, schema.T("il file non è YAML", "the file is not YAML"),
		schema.T("correggi la riga indicata: di solito manca uno spazio di rientro, due punti o una virgoletta di chiusura",
			"mend the line shown: most often an indent, a colon or a closing quote is missing")},
	{P02, schema.Error, schema.T("il file non è in UTF-8", "the file is not UTF-8"),
		schema.T("salva il file con codifica UTF-8", "save the file as UTF-8")},
	{P03, schema.Error, schema.T("il file comincia con un segno invisibile (BOM)", "the file begins with an invisible mark (BOM)"),
		schema.T("salva il file come «UTF-8 senza BOM»: chi legge lo standard altrimenti non trova la prima chiave",
			"save the file as “UTF-8 without BOM”: readers of the standard otherwise miss the first key")},
	{P04, schema.Error, schema.T("il file contiene più di un documento YAML", "the file holds more than one YAML document"),
		schema.T("lascia un solo documento: togli le righe «---» dopo la prima e le direttive «%YAML»",
			"leave one document: remove the “---” lines after the first and “%YAML” directives")},
	{P05, schema.Error, schema.T("una chiave è scritta due volte", "a key is written twice"),
		schema.T("unisci le due voci o togline una", "merge the two entries or remove one")},
	{P06, schema.Error, schema.T("il file è troppo grande o troppo intrecciato", "the file is too large or too entangled"),
		schema.T("un publiccode.yml ha pochi kilobyte: sposta i testi lunghi nella documentazione",
			"a publiccode.yml has a few kilobytes: move long texts to the documentation")},
	{P07, schema.Error, schema.T("manca publiccodeYmlVersion", "publiccodeYmlVersion is missing"),
		schema.T("scrivi come prima riga: publiccodeYmlVersion: \"0\"", "write as the first line: publiccodeYmlVersion: \"0\"")},
	{P08, schema.Error, schema.T("versione dello standard non riconosciuta", "version of the standard not known"),
		schema.T("scrivi: publiccodeYmlVersion: \"0\"", "write: publiccodeYmlVersion: \"0\"")},
	{P09, schema.Error, schema.T("publiccodeYmlVersion non è un testo", "publiccodeYmlVersion is not a text"),
		schema.T("metti la versione tra virgolette: publiccodeYmlVersion: \"0\"", "put the version in quotes: publiccodeYmlVersion: \"0\"")},
	{P10, schema.Error, schema.T("il valore è del tipo sbagliato", "the value has the wrong type"),
		schema.T("scrivi il valore nella forma indicata", "write the value in the form shown")},
	{P11, schema.Error, schema.T("chiave che lo standard non prevede", "key that the standard does not have"),
		schema.T("controlla come è scritta e sotto quale voce sta, oppure toglila; lo standard non ammette chiavi proprie",
			"check its spelling and where it stands, or remove it; the standard allows no keys of one's own")},
	{P12, schema.Error, schema.T("manca un valore obbligatorio", "a required value is missing"),
		schema.T("scrivi la chiave, i due punti e il suo valore, per esempio «name: Medusa»", "write the key, a colon and its value, for example “name: Medusa”")},
	{P13, schema.Error, schema.T("valore fuori dall'elenco ammesso", "value not in the allowed list"),
		schema.T("scegli uno dei valori indicati", "choose one of the values shown")},
	{P14, schema.Error, schema.T("non è un indirizzo valido", "not a valid address"),
		schema.T("scrivi l'indirizzo completo, per esempio https://github.com/ente/progetto",
			"write the whole address, for example https://github.com/body/project")},
	{P15, schema.Error, schema.T("non è un indirizzo web", "not a web address"),
		schema.T("scrivi un indirizzo completo che comincia con https://, o togli la chiave",
			"write a whole address that begins with https://, or remove the key")},
	{P16, schema.Error, schema.T("data scritta male", "date badly written"),
		schema.T("scrivi la data come AAAA-MM-GG, per esempio 2026-03-31; se non c'è, togli la chiave",
			"write the date as YYYY-MM-DD, for example 2026-03-31; if there is none, remove the key")},
	{P17, schema.Error, schema.T("testo troppo lungo", "text too long"),
		schema.T("accorcialo: il resto può stare nella descrizione lunga o nella documentazione",
			"shorten it: the rest can go in the long description or the documentation")},
	{P18, schema.Error, schema.T("testo troppo corto", "text too short"),
		schema.T("racconta a chi deve decidere che cosa fa il software, per chi e con quali risultati",
			"tell those who have to decide what the software does, for whom and with which results")},
	{P19, schema.Error, schema.T("tipo MIME scritto male", "badly written MIME type"),
		schema.T("usa la forma tipo/sottotipo, per esempio text/plain, oppure togli la chiave, che è superata",
			"use the form type/subtype, for example text/plain, or remove the key, which is deprecated")},
	{P20, schema.Error, schema.T("categoria fuori dall'elenco dello standard", "category not in the standard's list"),
		schema.T("scegli dall'elenco delle categorie, o usa «other»", "choose from the list of categories, or use “other”")},
	{P21, schema.Error, schema.T("ambito di destinazione fuori dall'elenco dello standard", "audience scope not in the standard's list"),
		schema.T("scegli dall'elenco degli ambiti, per esempio local-authorities", "choose from the list of scopes, for example local-authorities")},
	{P22, schema.Error, schema.T("codice di paese non valido", "country code not valid"),
		schema.T("usa il codice ISO di due lettere maiuscole, per esempio IT", "use the ISO code of two capital letters, for example IT")},
	{P23, schema.Error, schema.T("codice di lingua non valido", "language code not valid"),
		schema.T("usa il codice più breve, con il trattino: it, en, pt-BR (non eng, non pt_BR)",
			"use the shortest code, with a hyphen: it, en, pt-BR (not eng, not pt_BR)")},
	{P24, schema.Error, schema.T("licenza non riconosciuta", "licence not known"),
		schema.T("usa il codice SPDX, per esempio EUPL-1.2 o AGPL-3.0-or-later; per più licenze: MIT OR EUPL-1.2",
			"use the SPDX code, for example EUPL-1.2 or AGPL-3.0-or-later; for several: MIT OR EUPL-1.2")},
	{P25, schema.Error, schema.T("identificativo dell'organizzazione non valido", "organisation's identifier not valid"),
		schema.T("per un ente italiano scrivi urn:x-italian-pa: seguito dal codice IPA (urn:x-italian-pa:c_e506); per gli altri l'indirizzo del sito",
			"for an Italian body write urn:x-italian-pa: and the IPA code (urn:x-italian-pa:c_e506); for others the address of the site")},
	{P26, schema.Error, schema.T("codice IPA sconosciuto", "IPA code not known"),
		schema.T("cerca il codice dell'ente in indicepa.gov.it", "look up the body's code on indicepa.gov.it")},
	{P27, schema.Error, schema.T("riferimento di supports non valido", "reference in supports not valid"),
		schema.T("usa alias: e una sigla prevista (alias:spid), una URN o un indirizzo completo",
			"use alias: and a known name (alias:spid), a URN or a whole address")},
	{P28, schema.Error, schema.T("percorso che esce dal repository", "path that leaves the repository"),
		schema.T("scrivi il percorso a partire dalla cartella del file (docs/logo.svg) o un indirizzo https://",
			"write the path from the file's folder (docs/logo.svg) or an https:// address")},
	{P29, schema.Error, schema.T("video di un sito che non si può incorporare", "video of a site that cannot be embedded"),
		schema.T("usa l'indirizzo del video su un sito che offre oEmbed, per esempio YouTube o Vimeo",
			"use the video's address on a site that offers oEmbed, for example YouTube or Vimeo")},
	{P30, schema.Error, schema.T("indirizzo di posta scritto male", "badly written e-mail address"),
		schema.T("scrivi solo l'indirizzo (ufficio@comune.example.it), o togli la chiave",
			"write the address alone (office@comune.example.it), or remove the key")},
	{P31, schema.Error, schema.T("manca l'elenco richiesto dal tipo di manutenzione", "the list that the type of maintenance asks for is missing"),
		schema.T("con type: internal o community servono contacts, con type: contract servono contractors; se nessuno mantiene, type: none",
			"internal and community need contacts, contract needs contractors; if nobody maintains it, type: none")},
	{P32, schema.Error, schema.T("contractors presente senza contratto", "contractors without a contract"),
		schema.T("togli contractors, o scrivi type: contract", "remove contractors, or write type: contract")},
	{P33, schema.Error, schema.T("ci sono sia it sia IT", "both it and IT are there"),
		schema.T("tieni solo IT", "keep IT only")},
	{P34, schema.Error, schema.T("elenco vuoto dove serve almeno una voce", "empty list where one item is needed"),
		schema.T("aggiungi almeno una voce all'elenco", "add at least one item to the list")},
	{P40, schema.Warning, schema.T("versione dello standard superata", "older version of the standard"),
		schema.T("scrivi: publiccodeYmlVersion: \"0\"; il resto si legge allo stesso modo", "write: publiccodeYmlVersion: \"0\"; the rest is read in the same way")},
	{P41, schema.Warning, schema.T("chiave superata, che sarà tolta dallo standard", "deprecated key, which the standard will drop"),
		schema.T("toglila o sostituiscila come indicato", "remove it or replace it as shown")},
	{P42, schema.Warning, schema.T("codice di paese in minuscolo", "country code in lower case"),
		schema.T("scrivilo in maiuscolo", "write it in capitals")},
	{P43, schema.Warning, schema.T("codice IPA nella sezione superata", "IPA code in the deprecated section"),
		schema.T("scrivi organisation.uri: urn:x-italian-pa: seguito dal codice, e togli riuso.codiceIPA",
			"write organisation.uri: urn:x-italian-pa: and the code, and remove riuso.codiceIPA")},
	{P50, schema.Error, schema.T("un file indicato non c'è", "a file that is named is not there"),
		schema.T("aggiungi il file, o correggi il percorso: parte dalla cartella del publiccode.yml, e maiuscole e minuscole contano",
			"add the file, or correct the path: it begins at the folder of the publiccode.yml, and case matters")},
	{P51, schema.Error, schema.T("immagine di un formato non ammesso", "image of a format that is not allowed"),
		schema.T("salva il logo come .svg o .png, le schermate come .png o .jpg (non .jpeg)",
			"save the logo as .svg or .png, the screenshots as .png or .jpg (not .jpeg)")},
	{P52, schema.Error, schema.T("il logo PNG non si apre", "the PNG logo does not open"),
		schema.T("apri il file con un programma di grafica e salvalo di nuovo come PNG", "open the file with a graphics program and save it again as PNG")},
	{P53, schema.Warning, schema.T("l'immagine non è ciò che il suo nome dice", "the image is not what its name says"),
		schema.T("salva di nuovo l'immagine nel formato indicato dall'estensione", "save the image again in the format of its extension")},
	{P54, schema.Warning, schema.T("logo troppo stretto", "logo not wide enough"),
		schema.T("usa un SVG, oppure un PNG largo almeno 1000 punti", "use an SVG, or a PNG at least 1000 pixels wide")},
	{P55, schema.Warning, schema.T("immagine troppo grande", "image too large"),
		schema.T("riducila: chi apre la scheda deve scaricarla", "make it smaller: whoever opens the page has to download it")},
	{P60, schema.Error, schema.T("un indirizzo non risponde", "an address does not answer"),
		schema.T("apri l'indirizzo con un browser: se non va, correggilo o togli la chiave", "open the address with a browser: if it does not work, correct it or remove the key")},
	{P61, schema.Error, schema.T("url non è un repository Git pubblico", "url is not a public Git repository"),
		schema.T("scrivi l'indirizzo con cui si clona il repository, per esempio https://github.com/ente/progetto, e rendilo pubblico",
			"write the address from which the repository is cloned, for example https://github.com/body/project, and make it public")},
	{P62, schema.Warning, schema.T("un indirizzo non si è potuto verificare", "an address could not be checked"),
		schema.T("prova da un'altra rete o più tardi; una rete privata si apre con --allow-net", "try from another network or later; a private network is opened with --allow-net")},
}
