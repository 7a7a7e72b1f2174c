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
