package legacy

import (
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Repository is what there is to understand: one commit, or one folder of somebody's disk.
type Repository struct {
	URL    string    // canonical; "" of a folder that has none
	Commit string    // "" where there is no Git
	Date   time.Time // of the commit; zero where not known
	Name   string    // last step of the address, or name of the folder
	Files  []File    // all of them, in any order
	// README and PublicCode are the contents of the files of these names at the root, "" where there is none.
	README, PublicCode string
	// Text gives what was drawn out of the bytes of that name; nil where nothing was.
	Text   func(blob string) *catalog.Text
	Bodies Bodies // nil: no body is known
	// Kept are the paths of the stories that its owner keeps beside the files already, by body.
	Kept map[catalog.EntityRef]string
	Answers
}

// Answers are what the owner says of all documents of whose state and revision nothing else tells. Empty fields say nothing.
type Answers struct {
	Status  string       // a value of document.status
	Updated catalog.Date // the day on which somebody read them again
}

// File is one file as the commit names it.
type File struct {
	Path   string // slash-separated, from the root of the kit
	Blob   string // Git's name of its bytes
	Bytes  int64  // -1: not known
	SHA256 string // of its bytes, in hexadecimal; "" where it is not known
	Absent bool   // its bytes could not be had
}

// Bodies knows the public bodies of a catalogue by their names.
type Bodies interface {
	// Body gives the body of a name, however it is spelt in upper and lower case: its reference and its official name.
	Body(name string) (ref catalog.EntityRef, official string, ok bool)
}

// Verdict is what a repository turns out to be.
type Verdict string

const (
	Practice Verdict = "practice" // a kit that is to be imported
	Software Verdict = "software" // an entry by its publiccode.yml, as it stands
	Kit      Verdict = "kit"      // it has a kit.md: nothing is to be imported
	Nothing  Verdict = "nothing"
)

// Recognition is the score of §L2, with what it is made of.
type Recognition struct {
	Score   int
	Verdict Verdict
	Points  []Point
	// Documents is how many files of offices (texts, sheets, slides) were seen.
	Documents int
}

// Point is one reason for or against.
type Point struct {
	Value int
	Why   schema.Text
}

// Layout is what the names, sizes and blobs of the files tell (§L3, steps 2 to 5).
type Layout struct {
	Items    []Item   // what becomes documents, by path
	Junk     []Left   // what systems and browsers leave behind
	Own      []Left   // README, LICENSE and the like: they are no documents, and are left as they are
	Repeats  []Repeat // the same bytes again, by path
	Dumps    []Dump   // exports of other programs, by folder
	Findings []schema.Finding
}

// Item is one file that becomes a document.
type Item struct {
	File
	Aliases  []string    // other paths with the same bytes, in order
	Phase    string      // "A", "B", "C", or ""
	Code     string      // "B3", or ""
	Prefix   string      // "A3" of "A3 Kit.pdf": a code, or an action of the project; [Understand] tells which from the blocks
	PrefixIn string      // folder whose name has the prefix; "" where it is the file's own
	Numbered bool        // a number follows it: "A3 10 Analisi.pdf" is an action and its output
	PhaseWhy schema.Text // "fase B perché la cartella «FASE B Adozione…»"
	CodeWhy  schema.Text
}

// Left is a file that is left out, with the reason.
type Left struct {
	File
	Why schema.Text
}

// Repeat is a file whose bytes another one has.
type Repeat struct {
	File
	Kept   string // path of the one that is kept
	InDump bool   // within a dump
}

// Dump is a folder that another program wrote: a component of the kit and no documents.
type Dump struct {
	Folder  string
	Name    string // without its version
	Version string
	Files   []File // all below it, by path; repeats too
	Repeats int    // how many of them repeat the bytes of another one
	Human   string // path of what a person can read of it: the BPMN diagram; "" where there is none
	Phase   string
	Code    string
	Why     schema.Text
}

// Header is the block "Stato del documento" of a document (§L3, step 8). Empty fields were not there.
type Header struct {
	Action   string // project action: "A3"
	OutputID string // "9" of "#9"
	Title    string // the field Output
	Released catalog.Date
	Updated  catalog.Date
	Version  string
	Status   string // "work-in-progress" where the version says so
	Page     int
}

// Mention is a body named in a text.
type Mention struct {
	Ref   catalog.EntityRef // "" when no body of that name is known
	Name  string            // official where known, else as it is written
	Page  int               // the first on which it is named
	Count int
}

// Scheme is the outcome of the vote on the code scheme (§L3, step 6).
type Scheme struct {
	Name  string            // a value of codeScheme: "avviso-ocpa", "cit" or "none"
	Ambit map[string]string // by code: the ambit that its contents speak for, where that is clear
	Votes map[string]map[string]int
	Why   schema.Text
}

// Story is what the documents tell of one body that reuses the kit.
type Story struct {
	Ref    catalog.EntityRef // "" when no body of that name is known
	Name   string
	Events []StoryEvent // in the order of an adoption
}

// StoryEvent is one step, drawn from a document and never told by the body itself.
type StoryEvent struct {
	Kind string // a value of event.kind
	Date catalog.Date
	Path string // of the document
	Page int
	Note string
}

// Document is one item with what its text tells.
type Document struct {
	Item
	ID        string
	Title     string
	TitleWhy  schema.Text
	Kind      string // a value of document.kind
	KindWhy   schema.Text
	Ambit     string // "" where the vote is not clear
	AmbitWhy  schema.Text
	Inferred  bool   // the ambit is a guess
	Part      string // where another document has the same code
	Header    *Header
	Format    string
	Language  string
	Pages     int
	Signed    string // "cades" or "pades", where the bytes say so
	Mentioned []Mention
}

// Understanding is all that was understood of a repository.
type Understanding struct {
	Repository
	Recognition
	Layout
	Documents []Document
	Scheme    Scheme
	Title     string
	Summary   string
	CUP       string
	Programme string
	Ceding    []Mention
	Leading   []Mention // who leads the project, where a text says so
	Stories   []Story
	// Findings replace those of the layout: all that the owner should know, in the order of the files.
	Findings []schema.Finding
}

// Proposal is a kit as its owner may take it over.
type Proposal struct {
	Files []ProposedFile // by path
	// Waiting are the stories of bodies whose codes nobody knows: ready but for the code. They are for an import, whose owner
	// writes it; a page shows nothing of them.
	Waiting []ProposedFile
	Report  []byte // Markdown, in Italian
	Gaps    []Gap  // what only the owner can say
	// URL and Answers are what the proposal was made with: the trace keeps them for the next import.
	URL     string
	Answers Answers
	Known   []Mention // the bodies of which it tells, with their references
	// OwnLog says that the repository has a CHANGELOG of its own, OwnVersion that its publiccode.yml names a version; else
	// both are only proposed.
	OwnLog, OwnVersion bool
}

// ProposedFile is one file that the proposal adds; it never has the path of one that is there.
type ProposedFile struct {
	Path string
	Data []byte
}

// Gap is something that the owner must add, and the codes of the findings that "riuso check" gives until then.
type Gap struct {
	File  string   // the first of Files; "" where it is of no file
	Files []string // all with the same gap, in order
	Key   string   // of the front matter; "" where it is of no key
	What  schema.Text
	Do    schema.Text
	Codes []string
}
