package legacy

// kindRule is a kind of document and the stems that tell it, as [padded] gives names: a space begins or ends a word.
type kindRule struct {
	kind  string
	stems []string
}

// mediaKinds are formats that are what they are, whatever their names say.
var mediaKinds = map[string]string{
	"bpmn": "process-map", "mp4": "presentation", "mov": "presentation", "avi": "presentation", "webm": "presentation", "mkv": "presentation", "m4v": "presentation", "wmv": "presentation",
}

// archives are packed files.
var archives = set("zip", "7z", "rar", "tar", "gz", "tgz")

// learningWords make training of a video.
var learningWords = []string{"tutorial", "formazion", "formativ", " corso ", "lezion", "webinar"}

// formatKinds are formats that tell the kind where nothing else does.
var formatKinds = map[string]string{"pptx": "presentation", "ppt": "presentation", "odp": "presentation", "ppsx": "presentation"}

// kindWords tell the kind in a name or a title; the first rule that holds counts.
var kindWords = []kindRule{
	{"checklist", []string{"checklist", "check list", "lista di controllo", "liste di controllo"}},
	{"process-map", []string{"bpmn", "mappatur", "mappa dei process", "mappa del process", "mappa di process", "diagramma di flusso", "diagrammi di flusso"}},
	{"questionnaire", []string{"questionari", "sondaggio", "schede rilevazione", "scheda rilevazione", "schede di rilevazione", "scheda di rilevazione"}},
	{"faq", []string{" faq ", "domande frequenti"}},
	{"communication-plan", []string{"piano di comunicazione", "piano della comunicazione", "piano di promozione", "piano di disseminazione"}},
	{"change-management", []string{"change management", "gestione del cambiamento"}},
	{"manual", []string{"manual", "guida utente", "guida operativa", "guida all'uso", "istruzioni", "vademecum", "user guide"}},
	{"tariff-model", []string{"tariff", "listino"}},
	{"administrative-tools", []string{"convenzion", "protocollo d'intesa", "protocollo di intesa", "protocollo intesa", "protocolli d'intesa", " accordo ", " accordi ", " delibera ", " delibere ", " deliberazione ",
		" determina ", " determine ", " determinazione ", " schema di ", " schemi di ", "capitolato", "disciplinare", "regolamento", " contratto "}},
	{"presentation", []string{"presentazion", " slide", "kick off", "kickoff", "brochure", "locandina", "volantino"}},
	{"training", []string{"formazion", "formativ", " corso ", " corsi ", "training", "webinar", "tutorial"}},
	{"analysis", []string{" analisi", "assessment", "studio di fattibilita"}},
	{"report", []string{" report ", "relazione", "rendicont", " verbal", "resoconto", "stato di avanzamento", "sperimentazion", "dispiegament", " incontri ", " evento ", " eventi ", " numero di "}},
	{"guideline", []string{"linee guida", "linea guida", "note metodologiche", "nota metodologica"}},
	{"organisation", []string{"organigramma", "funzionigramma", "modello organizzativo", "assetto organizzativo"}},
	{"governance", []string{"governance", "cabina di regia"}},
	{"portfolio", []string{"portafoglio", "catalogo dei servizi", "elenco dei servizi"}},
	{"sustainability", []string{"sostenibilita"}},
	{"summary", []string{"kit del riuso", "kit di riuso", "kit riuso", "project summary", "executive summary", "abstract"}},
}

// folderWords tell the kind of all that a folder holds.
var folderWords = []kindRule{
	kindWords[0], kindWords[1], kindWords[2], kindWords[3], {"manual", []string{"manual"}}, {"presentation", []string{"presentazion", " slide", " video "}},
	{"administrative-tools", []string{"convenzioni", "delibere", "regolamenti"}},
}

// weakWords tell the kind where nothing better does.
var weakWords = []kindRule{
	{"administrative-tools", []string{"modulistica", " modulo ", " moduli ", " istanza ", " richiesta ", " domanda "}},
	{"summary", []string{" sintesi ", " readme ", "buona pratica"}},
	{"guideline", []string{"metodolog", "raccomandazioni"}},
	{"communication-plan", []string{" promozione", "disseminazione"}},
	{"report", []string{" realizzazione ", " sito ", " numero "}},
	{"process", []string{"progettazione esecutiva", "cronoprogramma", " piano ", "procedura", "procedimento", " iter "}},
	{"tools", []string{"piattaforma", "architettura", "specifiche", "requisiti", "integrazione", "software", "standard"}},
	{"organisation", []string{"organizzazion", "organizzativ"}},
	{"activation", []string{"attivazione", "installazione", "configurazione"}},
}
