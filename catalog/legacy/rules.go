package legacy

// The tables of this file and those of tables.go are the rules by which legacy kits are recognised and understood (kit
// format, Part II). Whoever changes one so that something may come out otherwise gives [RulesVersion] the next number.

// Points of §L2, and what they lead to.
const (
	pointsPhases  = 2  // two or more folders at the top are phases
	pointsAnnexes = 2  // three or more folders are annexes
	pointsWords   = 1  // README or publiccode.yml speak of a reuse kit, or of a good practice
	pointsActs    = 1  // the name of a document is that of an act
	pointsRoles   = 1  // a name speaks of reusing bodies, or of the ceding one
	pointsProgram = 1  // a text speaks of the programme
	pointsCode    = -3 // mostly code, and no phases
	pointsKit     = 3  // it has a kit.md

	minPhaseFolders = 2
	minAnnexFolders = 3
	minPractice     = 3 // points
	minSoftware     = 1 // points, with a publiccode.yml
)

// phaseWords are the words by which phases are called (kit format, §1 and §L2); they are recognised misspelt too.
var phaseWords = []string{"analisi", "ricerca", "adozione", "trasferimento", "gestione"}

// phaseTitleWords are those that follow a phase's letter in the usual titles: what is like one of them is told as misspelt.
var phaseTitleWords = []string{"analisi", "ricerca", "adozione", "trasferimento", "gestione", "attivazione", "decisione", "selezione", "regime"}

const (
	phaseWord  = "fase"
	wrongStep  = 2  // letters by which a misspelt word may differ
	minGuessed = 4  // letters of a word below which nothing is guessed
	maxGuessed = 24 // letters of a word above which it is none of ours
)

// Words of §L2 in texts and names, folded and set between spaces: a space in a word here is the edge of a word there.
var (
	kitWords     = []string{" kit del riuso ", " kit di riuso ", " buona pratica "}
	actWords     = []string{" convenzione ", " delibera", " protocollo d'intesa ", " protocollo di intesa ", " protocollo intesa ", " schema di "}
	roleWords    = []string{" riusante ", " riusanti ", " cedente ", " cedenti "}
	programWords = []string{" ocpa ", " open community pa ", " pon gov ", " pon governance "}
)

// officeFormats are the endings of what a person writes and reads: documents.
var officeFormats = map[string]bool{
	"pdf": true, "doc": true, "docx": true, "odt": true, "xls": true, "xlsx": true, "ods": true,
	"ppt": true, "pptx": true, "odp": true, "rtf": true, "p7m": true,
}

// codeFormats are the endings of what a programmer writes. Pages, data and settings (html, xml, json…) are left out: both have them.
var codeFormats = map[string]bool{
	"c": true, "cc": true, "cpp": true, "cs": true, "css": true, "dart": true, "go": true, "gradle": true, "h": true, "hpp": true,
	"java": true, "js": true, "jsp": true, "jsx": true, "kt": true, "less": true, "lua": true, "m": true, "mjs": true, "php": true,
	"pl": true, "ps1": true, "py": true, "r": true, "rb": true, "rs": true, "sass": true, "scala": true, "scss": true, "sh": true,
	"sql": true, "swift": true, "ts": true, "tsx": true, "twig": true, "vb": true, "vue": true, "xsl": true, "xslt": true,
}

// junkNames are files that systems and browsers leave behind, folded.
var junkNames = map[string]bool{
	"desktop.ini": true, "thumbs.db": true, "ehthumbs.db": true, ".ds_store": true, "empty.txt": true, ".gitkeep": true, ".keep": true,
}

// junkStarts and junkEnds are the beginnings and endings of such names: copies that an office program keeps while a file is
// open, halves of files of another system, downloads that were broken off.
var (
	junkStarts = []string{"~$", "._", ".~lock."}
	junkEnds   = []string{".tmp", ".crdownload", ".part", ".lnk", ".bak"}
	junkFolder = "__macosx" // what another system adds to a ZIP
)

// emptyBlobs are Git's names of no bytes at all: they tell an empty file where its size is not known.
var emptyBlobs = map[string]bool{
	"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391":                         true,
	"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813": true,
}

// ownNames are files at the root by which a repository speaks of itself, folded and without their endings: the catalogue
// reads them as they stand.
var ownNames = map[string]bool{
	"readme": true, "license": true, "licence": true, "licenza": true, "copying": true, "changelog": true, "authors": true, "contributing": true,
	"code_of_conduct": true, "security": true, "codeowners": true, "publiccode": true, "kit": true, "notice": true,
}

// ownEndings are those that such a file may have.
var ownEndings = map[string]bool{"": true, "md": true, "txt": true, "rst": true, "yml": true, "yaml": true}

// Marks of an export of another program (§L3, step 3): names of files right in its folder, folded.
var dumpMarks = map[string]bool{"flow.bpmn": true, "project.json": true, "settings.json": true, "config.properties": true}

const (
	dumpProcess      = "flow.bpmn"
	dumpTemplates    = "ftl" // ending of templates, which count as one mark
	minDumpMarks     = 2     // marks of a folder whose name ends with a version
	minDumpMarksBare = 3     // of any other folder
)

// dumpHuman are the files of an export that a person can read, the best first.
var dumpHuman = []string{"flow.bpmn", "preview/main.html"}

// acronyms keep their capitals where a title in capitals is made readable.
var acronyms = map[string]bool{
	"AGID": true, "ANCI": true, "ANAC": true, "ASL": true, "BPMN": true, "CAD": true, "CIE": true, "CIL": true, "CILA": true, "CIT": true, "COSAP": true, "CUP": true,
	"DIA": true, "DPO": true, "GDPR": true, "ICT": true, "IMU": true, "INPS": true, "ISEE": true, "KPI": true, "OCPA": true, "PA": true, "PEC": true, "PNRR": true,
	"PON": true, "PTPCT": true, "RDO": true, "RPCT": true, "RTD": true, "SCIA": true, "SPID": true, "SUAP": true, "SUE": true, "TARI": true, "TOSAP": true, "TUEL": true,
	"URP": true, "VPN": true, "ZTL": true, "II": true, "III": true, "IV": true, "VI": true,
}

// genericNames are words that alone name no kit, folded.
var genericNames = map[string]bool{
	"kit": true, "riuso": true, "del": true, "di": true, "il": true, "della": true, "buona": true, "pratica": true, "readme": true, "progetto": true,
	"repository": true, "documenti": true, "documentazione": true, "allegati": true, "reuse": true, "main": true, "master": true, "docs": true, "per": true,
}
