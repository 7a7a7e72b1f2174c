package legacy

// The words by which the contents of documents are understood. A change of these is a change of [RulesVersion].

const (
	maxLabelBytes   = 120 // of a line that may be a label or a title of the block
	minHeaderLabels = 2   // of the block, without which a title is none
)

// headerTitles are the titles of the block, folded.
var headerTitles = []string{"stato del documento", "stato documento"}

// headerLabels are the labels of the block, folded.
var headerLabels = map[string]headerField{
	"azione progettuale": fieldAction, "azione": fieldAction,
	"id": fieldID, "id documento": fieldID, "id del documento": fieldID, "id output": fieldID,
	"output": fieldTitle, "titolo": fieldTitle, "titolo del documento": fieldTitle,
	"data rilascio": fieldReleased, "data di rilascio": fieldReleased,
	"versione": fieldVersion, "versione documento": fieldVersion,
	"ultima revisione": fieldUpdated, "data ultima revisione": fieldUpdated,
}

// statusWords say in what state a document is, after its version; the first that is met counts.
var statusWords = []struct{ word, value string }{
	{"work in progress", "work-in-progress"}, {"in lavorazione", "work-in-progress"}, {"wip", "work-in-progress"},
	{"bozza", "draft"}, {"draft", "draft"}, {"definitiv", "final"}, {"final", "final"},
}

var months = map[string]int{
	"gennaio": 1, "febbraio": 2, "marzo": 3, "aprile": 4, "maggio": 5, "giugno": 6,
	"luglio": 7, "agosto": 8, "settembre": 9, "ottobre": 10, "novembre": 11, "dicembre": 12,
}

// bodyLinks come between the kind of a body and its name.
var bodyLinks = set("di", "del", "dello", "della", "dell'", "dei", "degli", "delle", "de", "d'")

// nameLinks come between the words of a name, in small letters.
var nameLinks = set("di", "del", "dello", "della", "dell'", "dei", "degli", "delle", "de", "de'", "d'", "da", "dal", "dalla",
	"in", "a", "al", "allo", "alla", "all'", "ai", "agli", "alle", "nel", "nello", "nella", "nell'", "nei", "su", "sul", "sullo", "sulla", "sull'", "sui", "con", "e")

// notNames are words with a capital that follow the name of a body without being part of it, folded.
var notNames = set("progetto", "settore", "ufficio", "uffici", "servizio", "servizi", "area", "aree", "dipartimento", "direzione", "comune", "comuni",
	"regione", "regioni", "provincia", "province", "ente", "enti", "kit", "pon", "por", "avviso", "data", "note", "fase", "fasi", "attivita", "descrizione",
	"oggetto", "destinatario", "destinatari", "erogatore", "piano", "responsabile", "sindaco", "segretario", "segreteria", "assessorato", "giunta", "consiglio",
	"residenza", "nascita", "appartenenza", "competenza", "riferimento", "sede", "via", "piazza", "tel", "pec", "codice", "scheda", "sommario", "indice",
	"contesto", "capofila", "cedente", "riusante", "digitale", "digitali", "titolo", "versione", "allegato", "documento", "per", "il", "lo", "gli", "che", "si", "ed")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// roleStems are what a text holds that tells of roles in a reuse.
var roleStems = []string{"cedent", "capofila", "riuso dal", "cedut"}

// Stems in the names of documents that tell of reuse, folded.
var (
	sheetNames     = []string{"analisi contest", "analisi dei contest", "analisi del contest", "contesti organizzativ", "contesti tecnologic", "contesto organizzativ", "contesto tecnologic", "rilevazion", "assessment"}
	toldNames      = []string{"dispiegament", "sperimentazion", "affiancament"}
	agreementNames = []string{"convenzion", "protocollo d'intesa", "protocollo di intesa", "protocollo intesa", "accordo"}
	sessionNames   = []stemKind{{"on the job", "support"}, {"affiancament", "support"}, {"formazion", "training"}, {"formativ", "training"}}
	storyNames     = append(append(append([]string{"on the job", "formazion", "formativ"}, sheetNames...), toldNames...), agreementNames...)
)

// stemKind is the kind of event that a stem speaks of.
type stemKind struct{ stem, kind string }

// doneWords say in the title of a section what was done; the first counts.
var doneWords = []stemKind{{"sperimentazion", "experiment"}, {"affiancament", "support"}, {"formazion", "training"}, {"adattament", "adaptation"}}

// eventOrder is the order of the events of an adoption, where no date tells it.
var eventOrder = []string{"analysis-start", "assessment", "agreement", "training", "support", "experiment", "adaptation", "go-live"}

// Notes of events: what the document holds, in Italian as the rest of a history.
var (
	sheetNotes    = []string{"Scheda dell'ente nell'analisi dei contesti organizzativi", "Scheda dell'ente nell'analisi dei contesti", "Scheda dell'ente nell'analisi dei contesti tecnologici"}
	sectionNotes  = map[string]string{"experiment": "Sezione sulla sperimentazione presso l'ente", "support": "Sezione sull'affiancamento all'ente", "training": "Sezione sulla formazione dell'ente", "adaptation": "Sezione sull'adattamento presso l'ente"}
	listedNotes   = map[string]string{"experiment": "L'ente è fra quelli della sperimentazione", "support": "L'ente è fra quelli affiancati", "training": "L'ente è fra quelli formati", "adaptation": "L'ente è fra quelli che hanno adattato la pratica"}
	sentenceNotes = map[string]string{"experiment": "Il documento dice che la sperimentazione è stata fatta con l'ente", "go-live": "Il documento dice che l'ente ha messo in uso la pratica", "agreement": "L'ente è fra le parti dell'accordo"}
	sessionNotes  = map[string]string{"training": "Formazione", "support": "Affiancamento"}
)
