package attach

import "time"

// Limits bound the reading of one file. A field that is zero takes its default.
type Limits struct {
	FileBytes int64         // of the file as it lies in the repository; a larger one is not read at all
	Inflated  int64         // bytes that come out of the compressed parts of one file, all together
	Pages     int           // pages, sheets or slides
	Text      int64         // bytes of text
	Time      time.Duration // for one file
	Entries   int           // files within an archive, or within a document that is one
	Listed    int           // lines of the list of an archive
}

// Defaults of [Limits].
const (
	MaxFileBytes = 32 << 20
	MaxInflated  = 128 << 20
	MaxPages     = 1_000
	MaxText      = 2 << 20
	MaxTime      = 10 * time.Second
	MaxEntries   = 10_000
	MaxListed    = 2_000
)

// Limits that nobody needs to change.
const (
	maxDepth        = 256     // elements within each other, groups of RTF, objects of a signature
	maxToken        = 1 << 20 // bytes of one piece of XML or HTML: a tag with its attributes, a run of text
	maxRatio        = 250     // bytes that come out of one byte that went in, beyond the first freeRatio
	freeRatio       = 4 << 20 // bytes of one part that may come out whatever the ratio is
	maxNestedP7M    = 3       // envelopes within each other
	maxStrings      = 200_000 // strings that the sheets of a workbook share
	maxStringsBytes = 8 << 20 // all of them together
	maxRelations    = 20_000  // links between the parts of a document
	maxGap          = 16      // empty cells that are kept between two full ones
	maxBlank        = 1       // empty lines that are kept between two full ones
	maxPrivacy      = 20      // faults about data of persons and secrets, of one file
	checkEvery      = 1 << 10 // pieces that are read between two looks at the clock
	minWords        = 20      // below which nobody can tell the language
)

// withDefaults fills what is zero.
func (l Limits) withDefaults() Limits {
	fill(&l.FileBytes, MaxFileBytes)
	fill(&l.Inflated, MaxInflated)
	fill(&l.Pages, MaxPages)
	fill(&l.Text, MaxText)
	fill(&l.Time, MaxTime)
	fill(&l.Entries, MaxEntries)
	fill(&l.Listed, MaxListed)
	return l
}

func fill[T int | int64 | time.Duration](v *T, usual T) {
	if *v == 0 {
		*v = usual
	}
}
