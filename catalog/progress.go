package catalog

import (
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// Stage is where an adopter stands with a kit (kit format §10, column "From → to").
type Stage string

const (
	StageNone       Stage = ""
	StageInterested Stage = "interested"
	StageA          Stage = "A"
	StageDecided    Stage = "decided"
	StageDeclined   Stage = "declined"
	StageB          Stage = "B"
	StageC          Stage = "C"
	StageHolder     Stage = "holder"
	StageCeding     Stage = "ceding"
	StagePaused     Stage = "paused"
	StageWithdrawn  Stage = "withdrawn"
)

// step is one row of the table of §10: from which stages an event may come, and where it leads ("" leaves the stage).
type step struct {
	from []Stage
	to   Stage
}

// steps is the table of §10. pause and resume are not in it: they lead to "paused" and back.
func steps(kind string) (step, bool) {
	adopting := []Stage{StageA, StageB, StageC}
	switch kind {
	case "interest":
		return step{[]Stage{StageNone}, StageInterested}, true
	case "analysis-start":
		return step{[]Stage{StageNone, StageInterested}, StageA}, true
	case "assessment":
		return step{[]Stage{StageA, StageB}, ""}, true
	case "decision-adopt":
		return step{[]Stage{StageA}, StageDecided}, true
	case "decision-decline":
		return step{[]Stage{StageInterested, StageA}, StageDeclined}, true
	case "agreement":
		return step{[]Stage{StageDecided, StageB}, ""}, true
	case "transfer-start":
		return step{[]Stage{StageDecided}, StageB}, true
	case "training", "support", "experiment", "adaptation":
		return step{adopting, ""}, true
	case "go-live":
		return step{[]Stage{StageB}, StageC}, true
	case "service-on", "service-off":
		return step{[]Stage{StageDecided, StageB, StageC}, ""}, true
	case "upgrade":
		return step{[]Stage{StageC}, ""}, true
	case "outcome":
		return step{[]Stage{StageB, StageC}, ""}, true
	case "contribution":
		return step{[]Stage{StageB, StageC, StageHolder}, ""}, true
	case "holder":
		return step{[]Stage{StageC}, StageHolder}, true
	case "ceding":
		return step{[]Stage{StageC, StageHolder}, StageCeding}, true
	case "withdraw":
		return step{[]Stage{StageDecided, StageB, StageC, StageHolder, StageCeding}, StageWithdrawn}, true
	case "reopen":
		return step{[]Stage{StageDeclined, StageWithdrawn}, StageInterested}, true
	}
	return step{}, false
}

// comesAfter says, to be put after the name of a step that is out of place, which steps it follows (kit format §10); nothing
// where any may come before.
func comesAfter(kind string) schema.Text {
	if kind == "resume" {
		return schema.T(": viene dopo una sospensione", ": it follows a pause")
	}
	s, ok := steps(kind)
	if !ok {
		return schema.Text{}
	}
	var it, en []string
	for _, v := range schema.EventKinds.Values {
		if before, ok := steps(v.Value); ok && before.to != StageNone && slices.Contains(s.from, before.to) {
			it, en = append(it, "«"+v.Label.It+"»"), append(en, "“"+v.Label.En+"”")
		}
	}
	if len(it) == 0 {
		return schema.T(": può essere solo il primo", ": it can only be the first")
	}
	return schema.T(": viene dopo "+strings.Join(it, " o "), ": it follows "+strings.Join(en, " or "))
}

// implied is the stage that an event shows a body to have been in, when the steps before it were not told: what an
// imported history leaves out is inferred, never dated.
func implied(kind string) Stage {
	switch kind {
	case "training", "support", "experiment", "adaptation", "outcome", "contribution":
		return StageB
	}
	s, ok := steps(kind)
	if !ok || len(s.from) == 0 {
		return StageNone
	}
	return s.from[0]
}

// inTransfer says that an event is a piece of the transfer: somebody who only weighs a kit may have a taste of it, and says so
// (kit format §10 lets it stand in phase A); where a program found it in a document, nobody said that it was only that.
func inTransfer(e AdoptionEvent) bool {
	s, _ := steps(e.Kind)
	return isInferred(e) && s.to == StageNone && implied(e.Kind) == StageB
}

func isInferred(e AdoptionEvent) bool { return e.Inferred != nil && *e.Inferred }

// Progress is what the events of an adoption amount to.
type Progress struct {
	Stage    Stage
	Phase    string // "A", "B", "C" or "" before the analysis and after a decline
	Role     string // "user", "reusing", "holder" or "ceding" (seed 001:150-158, 200)
	Reached  []Stage
	Undated  int   // events whose date is not known
	Broken   []int // positions of events that the table does not allow there
	Inferred bool  // some step had to be inferred
	// Days from the analysis to the decision and from the decision to go-live; -1 where a date is not known to the day.
	DaysToDecision, DaysToGoLive int
}

// Follow reads the events in the order of the file. Planned events do not count.
func Follow(events []AdoptionEvent) Progress {
	p := Progress{DaysToDecision: -1, DaysToGoLive: -1}
	var paused Stage
	when := map[string]time.Time{}
	for i, e := range events {
		if e.Planned != nil && *e.Planned {
			continue
		}
		switch t, ok := e.Date.Time(); {
		case !ok:
			p.Undated++
		case len(e.Date) == len(time.DateOnly): // from a month or a year no days can be counted
			when[e.Kind] = t
		}
		switch e.Kind {
		case "pause":
			paused, p.Stage = p.Stage, StagePaused
			continue
		case "resume":
			if p.Stage != StagePaused {
				p.Broken = append(p.Broken, i)
				continue
			}
			p.Stage = paused
			continue
		}
		s, known := steps(e.Kind)
		if !known {
			continue // a bad kind is the reader's finding
		}
		switch {
		case !slices.Contains(s.from, p.Stage):
			if isInferred(e) {
				p.Inferred = true
			} else {
				p.Broken = append(p.Broken, i)
			}
			if s.to == "" && rank(implied(e.Kind)) > rank(p.Stage) {
				p.reach(implied(e.Kind))
			}
		case inTransfer(e) && rank(p.Stage) < rank(StageB):
			p.Inferred = true
			p.reach(StageB)
		}
		switch {
		case s.to == "":
		case isInferred(e) && rank(s.to) >= 0 && rank(s.to) < rank(p.Stage): // the documents are not in the order of the facts
			p.was(s.to)
		default:
			p.reach(s.to)
		}
	}
	p.Phase, p.Role = phaseAndRole(p.Stage, paused)
	p.DaysToDecision = days(when, "analysis-start", "decision-adopt")
	p.DaysToGoLive = days(when, "decision-adopt", "go-live")
	return p
}

func (p *Progress) reach(s Stage) {
	p.Stage = s
	p.was(s)
}

// was notes a stage that the body went through, and leaves it where it is.
func (p *Progress) was(s Stage) {
	if !slices.Contains(p.Reached, s) {
		p.Reached = append(p.Reached, s)
	}
}

// rank orders the stages along the path; those off it come first.
func rank(s Stage) int {
	return slices.Index([]Stage{StageNone, StageInterested, StageA, StageDecided, StageB, StageC, StageHolder, StageCeding}, s)
}

func phaseAndRole(s, paused Stage) (phase, role string) {
	if s == StagePaused {
		s = paused
	}
	switch s {
	case StageA, StageDecided:
		return "A", "user"
	case StageB:
		return "B", "reusing"
	case StageC:
		return "C", "reusing"
	case StageHolder:
		return "C", "holder"
	case StageCeding:
		return "C", "ceding"
	}
	return "", "user"
}

func days(when map[string]time.Time, from, to string) int {
	a, okA := when[from]
	b, okB := when[to]
	if !okA || !okB || b.Before(a) {
		return -1
	}
	return int(b.Sub(a).Hours() / 24)
}
