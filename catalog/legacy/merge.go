package legacy

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// TracePath is the file in which an import notes what it wrote, so that the next one knows what a person edited. Its lines
// are those of sha256sum: "sha256sum -c .riuso-import" tells the same. It has no ending by which the check would read it.
const TracePath = ".riuso-import"

// Limits of a trace (house rule 5).
const (
	maxTraceBytes = 4 << 20
	maxTraceFiles = 20_000
)

// Action says what becomes of one file of a proposal.
type Action string

const (
	ActionNew      Action = "new"      // it is written: it was never there
	ActionSame     Action = "same"     // it is there as it would be written
	ActionUpdate   Action = "update"   // it is written over what the last import wrote
	ActionEdited   Action = "edited"   // somebody edited it, or it was there before: it stays
	ActionDeleted  Action = "deleted"  // somebody took it away: it stays away
	ActionUnneeded Action = "unneeded" // an earlier import wrote it and this one would not: it stays
	// ActionReplaced is of a story that waited for the code of its body, as the import wrote it: the story is another file now,
	// or told no more, and this one is taken away.
	ActionReplaced Action = "replaced"
)

// Write is one file of a proposal, and what to do with it.
type Write struct {
	Path   string
	Data   []byte // what to write; nil where nothing is written
	Action Action
	// Would is, of an edited file that would be written otherwise than the last import wrote it, a short diff of what it says
	// and what would have been written.
	Would []byte
}

// Writes says whether the file is to be written.
func (w Write) Writes() bool { return w.Action == ActionNew || w.Action == ActionUpdate }

// Rebase says what to write into a folder that may hold an earlier proposal, edited or not; have gives the bytes of a file
// of the folder. A file that equals what the last import wrote, but for its ends of line, may be replaced; one that a person
// edited, moved or took away is neither overwritten nor brought back. The last of the writes is the trace. Where the trace
// of an earlier import is lost, whatever differs counts as edited.
func Rebase(p *Proposal, have func(path string) ([]byte, bool)) []Write {
	old, _ := have(TracePath)
	wrote, before, unfinished := readTraces(old)
	sums := map[string]string{}
	var out []Write
	for _, f := range p.Files {
		w := Write{Path: f.Path}
		was, known := wrote[f.Path]
		now, there := have(f.Path)
		ticks := now
		if f.Path == ReportPath {
			now = unticked(now)
		}
		sums[f.Path] = sumOf(f.Data)
		switch {
		case there && sumOf(now) == sums[f.Path]:
			w.Action = ActionSame
		case there && known && (sumOf(now) == was || sumOf(now) == before[f.Path]):
			w.Action, w.Data = ActionUpdate, f.Data
			if f.Path == ReportPath {
				w.Data = ticked(f.Data, ticks)
			}
		case there:
			w.Action = ActionEdited
			if was != sums[f.Path] {
				w.Would = differs(f.Path, now, f.Data)
			}
		case known && !unfinished:
			w.Action = ActionDeleted
		default:
			w.Action, w.Data = ActionNew, f.Data
		}
		if known && (w.Action == ActionEdited || w.Action == ActionDeleted) {
			sums[f.Path] = was // who takes the edit back gets updates again
		}
		if !known && w.Action == ActionEdited {
			delete(sums, f.Path) // it was never ours
		}
		out = append(out, w)
	}
	for p, sum := range wrote {
		if _, ok := sums[p]; ok {
			continue
		}
		if now, there := have(p); there && isWaiting(p) && (sumOf(now) == sum || sumOf(now) == before[p]) {
			out = append(out, Write{Path: p, Action: ActionReplaced})
			continue
		} else if there {
			out = append(out, Write{Path: p, Action: ActionUnneeded})
		}
		if len(sums) < maxTraceFiles {
			sums[p] = sum
		}
	}
	slices.SortFunc(out, func(a, b Write) int { return strings.Compare(a.Path, b.Path) })
	trace := Write{Path: TracePath, Action: ActionNew, Data: writeTrace(sums, remarks(p))}
	switch {
	case bytes.Equal(ends(old), trace.Data):
		trace.Action, trace.Data = ActionSame, nil
	case len(old) > 0:
		trace.Action = ActionUpdate
	}
	return append(out, trace)
}

// ends gives a text with the ends of line of this system's Git: a checkout on Windows changes them.
func ends(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

func sumOf(data []byte) string {
	sum := sha256.Sum256(ends(data))
	return hex.EncodeToString(sum[:])
}

// Words before what a trace keeps of the command line, in a comment of its own.
const (
	remarkURL     = "# url: "
	remarkStatus  = "# status: "
	remarkUpdated = "# updated: "
	remarkBody    = "# ente: "
)

// remarks are the lines that keep what the proposal was made with.
func remarks(p *Proposal) string {
	out := ""
	for _, r := range [][2]string{{remarkURL, p.URL}, {remarkStatus, p.Answers.Status}, {remarkUpdated, string(p.Answers.Updated)}} {
		if value := plain(r[1]); value != "" {
			out += r[0] + value + "\n"
		}
	}
	for _, m := range p.Known {
		out += remarkBody + string(m.Ref) + " " + clipped(plain(m.Name), maxLine) + "\n"
	}
	return out
}

// RecallBodies enters the bodies that an earlier import knew, out of its trace: the next one needs no list of them.
func RecallBodies(trace []byte, roll *Roll) {
	if len(trace) > maxTraceBytes {
		return
	}
	n := 0
	for line := range strings.Lines(string(trace)) {
		v, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), remarkBody)
		ref, name, both := strings.Cut(v, " ")
		if !ok || !both || knownRef(catalog.EntityRef(ref)) == "" || len(name) > 4*maxLine {
			continue
		}
		if n++; n > maxKnown {
			return
		}
		roll.Add(knownRef(catalog.EntityRef(ref)), plain(name))
	}
}

// Recall gives what an earlier import was told, out of its trace: the address of the repository and the answers of its
// owner. What a trace cannot have of them is passed over.
func Recall(trace []byte) (url string, a Answers) {
	if len(trace) > maxTraceBytes {
		return "", a
	}
	for line := range strings.Lines(string(trace)) {
		line = strings.TrimRight(line, "\r\n")
		if v, ok := strings.CutPrefix(line, remarkURL); ok && len(v) <= maxLine {
			url = plain(v)
		}
		if v, ok := strings.CutPrefix(line, remarkStatus); ok && knownState(v) {
			a.Status = v
		}
		if v, ok := strings.CutPrefix(line, remarkUpdated); ok && dayShape.MatchString(v) {
			a.Updated = catalog.Date(v)
		}
	}
	return url, a
}

// writeTrace writes one line for each file, by path. Paths of a proposal hold no end of line.
func writeTrace(sums map[string]string, remarks string) []byte {
	var b strings.Builder
	b.WriteString("# Scritto da riuso import: quali file ha proposto. Serve a non toccare quelli che correggete. Tenetelo nel repository.\n" + remarks)
	for _, p := range sorted(sums) {
		b.WriteString(sums[p] + "  " + p + "\n")
	}
	return []byte(b.String())
}

// remarkUnfinished stands in the trace of an import that did not come to its end.
const remarkUnfinished = "# incompleto: ripetere riuso import\n"

// Begun gives the trace that lies in the folder while the files are written: should the import break off, the next one knows
// what is its own, whether it was written or not. old is the trace that was there, and writes are those of [Rebase].
func Begun(old []byte, writes []Write) []byte {
	out := []byte(remarkUnfinished)
	if len(old) > 0 && len(old) <= maxTraceBytes {
		out = append(append(out, bytes.TrimRight(ends(old), "\n")...), '\n')
	}
	for _, w := range writes {
		switch {
		case w.Path == TracePath:
			out = append(out, w.Data...)
		case w.Writes():
			out = append(out, sumOf(w.Data)+"  "+w.Path+"\n"...)
		}
	}
	return out
}

// readTrace gives what an import wrote.
func readTrace(data []byte) map[string]string {
	out, _, _ := readTraces(data)
	return out
}

// readTraces reads the lines of a trace; what is no such line is passed over. Of an unfinished one it gives what was there
// before, too.
func readTraces(data []byte) (out, before map[string]string, unfinished bool) {
	out, before = map[string]string{}, map[string]string{}
	if len(data) > maxTraceBytes {
		return out, before, false
	}
	unfinished = bytes.HasPrefix(ends(data), []byte(remarkUnfinished))
	for line := range strings.Lines(string(data)) {
		sum, p, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		if _, err := hex.DecodeString(sum); !ok || err != nil || len(sum) != hex.EncodedLen(sha256.Size) || p == "" || len(out) >= maxTraceFiles {
			continue
		}
		if was, twice := out[p]; twice && before[p] == "" {
			before[p] = was
		}
		out[p] = strings.ToLower(sum)
	}
	return out, before, unfinished
}
