package legacy

// codeScheme says which digit of a code stands for which ambit ([schema.CodeSchemes]).
type codeScheme struct {
	name   string
	ambits map[string]string
}

var knownSchemes = []codeScheme{
	{"avviso-ocpa", map[string]string{"1": "managerial", "2": "organisational", "3": "technological", "4": "administrative", "5": "informative"}},
	{"cit", map[string]string{"1": "informative", "2": "managerial", "3": "organisational", "4": "administrative", "5": "technological"}},
}

// ambitHints are stems that speak for an ambit in names, titles and first pages, as [padded] gives them.
var ambitHints = []kindRule{
	{"managerial", []string{" tempi ", " costi ", " costo ", "tariff", " piano ", " piani ", "gestional", "cronoprogramma", " budget ", "economic", "sostenibilita", "pianificazion", "progettazione esecutiva",
		"monitoraggio del progetto", "messa a regime", "dispiegament", "rendicont", " fasi del "}},
	{"organisational", []string{"organizzativ", "organigramma", "funzionigramma", " ruoli ", "personale", "competenze", "change management", "gestione del cambiamento", "governance", "stakeholder"}},
	{"technological", []string{"tecnolog", "architettur", "bpmn", "piattaform", "software", "integrazion", "interoperabil", "infrastruttur", " codice ", "specifiche tecniche", "documentazione tecnica", "requisiti tecnic", "digitalizzazion", " cloud "}},
	{"administrative", []string{"convenzion", "protocollo d'intesa", "protocollo di intesa", "protocollo intesa", "deliber", " determina ", "determinazion", " accordo ", " accordi ", "regolament", "capitolato", "disciplinare", "contratt", "schema di atto", "schemi di atti"}},
	{"informative", []string{"promozion", "formazion", "formativ", "presentazion", " video", "comunicazion", "disseminazion", " slide", "brochure", "locandina", "manual", " evento ", " eventi ", " sito ", "divulgazion", "kick off", " faq "}},
}
