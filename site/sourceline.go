package site

import (
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// The groups of sources, as ?stato= names them: who looks for their own repository looks for why it is not there.
const (
	sourceGives  = "con-voci"
	sourceEmpty  = "senza-voci"
	sourceFailed = "non-riuscite"
	sourceOff    = "spente"
)

func sourceGroups() []string { return []string{sourceGives, sourceEmpty, sourceFailed, sourceOff} }

// sourceLine is a source in the list.
type sourceLine struct {
	*catalog.SourceState
	Errors, Warnings int
	Group            string
	Why              schema.Text // nothing of it is in the catalogue; zero when something is
}

// Tone is the colour of the outcome: a visit that went well and gave nothing is not good news.
func (l sourceLine) Tone() string {
	o := l.Last().Outcome
	if l.Group == sourceEmpty && (o == catalog.Full || o == catalog.Unchanged) {
		return "none"
	}
	return string(o)
}

// stateLink leads to the sources of one group.
type stateLink struct {
	Key, URL string
	Count    int
	Current  bool
}

func stateLinks(p *Page, want string, count map[string]int) []stateLink {
	keys := map[string]string{sourceGives: "sources.with", sourceEmpty: "sources.without", sourceFailed: "sources.failed", sourceOff: "sources.offs"}
	all := stateLink{Key: "sources.all", URL: p.URL("/fonti"), Current: want == ""}
	out := []stateLink{all}
	for _, g := range sourceGroups() {
		out[0].Count += count[g]
		if count[g] > 0 || g == want {
			out = append(out, stateLink{Key: keys[g], URL: p.URL("/fonti") + "?stato=" + g, Count: count[g], Current: g == want})
		}
	}
	return out
}

func lineOf(p *Page, st *catalog.SourceState) sourceLine {
	l := sourceLine{SourceState: st, Group: groupOf(st)}
	l.Errors, l.Warnings, _ = schema.Weigh(st.Findings)
	if l.Group == sourceEmpty && !st.Last().At.IsZero() || l.Group == sourceFailed && len(st.Keys) == 0 {
		l.Why = whyNothing(p, st)
	}
	return l
}

func groupOf(st *catalog.SourceState) string {
	switch o := st.Last().Outcome; {
	case !st.Source.On():
		return sourceOff
	case o == catalog.Failed || o == catalog.Absent:
		return sourceFailed
	case len(st.Keys) > 0:
		return sourceGives
	}
	return sourceEmpty
}

// whyNothing says why a source that was visited gave nothing: the reason of the visit, else the first finding on what was
// looked for and not there (codes V..), else the first error.
func whyNothing(p *Page, st *catalog.SourceState) schema.Text {
	if why := st.Last().Reason; why.In(p.Lang) != "" {
		return why
	}
	for _, f := range reasonFirst(st.Findings) {
		if tellsWhy(f) || f.Severity == schema.Error && f.Ignored == "" {
			return f.Message
		}
	}
	key := "source.entriesNone"
	return schema.T(p.T(key), p.T(key)) // both in the language of the page: nothing else reads it
}

// tellsWhy says that a finding is about what the visit looked for, and not about what is written in a file.
func tellsWhy(f schema.Finding) bool { return strings.HasPrefix(f.Code, "V") }

// reasonFirst puts the findings that tell why nothing, or not all, came in before those on what files say.
func reasonFirst(fs []schema.Finding) []schema.Finding {
	var first, rest []schema.Finding
	for _, f := range fs {
		if tellsWhy(f) {
			first = append(first, f)
		} else {
			rest = append(rest, f)
		}
	}
	return append(first, rest...)
}
