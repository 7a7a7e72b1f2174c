package catalog

import "testing"

func TestFollow(t *testing.T) {
	ev := func(kinds ...string) (out []AdoptionEvent) {
		for _, k := range kinds {
			out = append(out, AdoptionEvent{Kind: k})
		}
		return out
	}
	yes := true
	for _, tc := range []struct {
		name   string
		events []AdoptionEvent
		stage  Stage
		phase  string
		role   string
		broken int
	}{
		{"the whole way", ev("interest", "analysis-start", "decision-adopt", "agreement", "transfer-start", "training", "go-live", "holder", "ceding"), StageCeding, "C", "ceding", 0},
		{"it decides not to", ev("interest", "decision-decline"), StageDeclined, "", "user", 0},
		{"and thinks again", ev("interest", "decision-decline", "reopen", "analysis-start"), StageA, "A", "user", 0},
		{"a pause keeps the phase", ev("analysis-start", "decision-adopt", "transfer-start", "pause"), StagePaused, "B", "reusing", 0},
		{"a resumption goes back", ev("analysis-start", "decision-adopt", "transfer-start", "pause", "resume", "go-live"), StageC, "C", "reusing", 0},
		{"live without a transfer", ev("analysis-start", "go-live"), StageC, "C", "reusing", 1},
		{"what is planned has not happened", []AdoptionEvent{{Kind: "analysis-start"}, {Kind: "decision-adopt", Planned: &yes}}, StageA, "A", "user", 0},
		{"a source that tells only of training", []AdoptionEvent{{Kind: "training", Inferred: &yes}}, StageB, "B", "reusing", 0},
		// What a program found in the documents of a project showed ten bodies in the analysis, above their training of two years later.
		{"training found in a document after the analysis", []AdoptionEvent{{Kind: "analysis-start", Inferred: &yes}, {Kind: "assessment", Inferred: &yes}, {Kind: "training", Inferred: &yes}}, StageB, "B", "reusing", 0},
		{"an experiment found in a document", []AdoptionEvent{{Kind: "analysis-start"}, {Kind: "experiment", Inferred: &yes}}, StageB, "B", "reusing", 0},
		{"a decision found after the training", []AdoptionEvent{{Kind: "training", Inferred: &yes}, {Kind: "decision-adopt", Inferred: &yes}}, StageB, "B", "reusing", 0},
		{"an assessment alone", []AdoptionEvent{{Kind: "analysis-start", Inferred: &yes}, {Kind: "assessment", Inferred: &yes}}, StageA, "A", "user", 0},
		{"training that a body says it had while it weighs", ev("analysis-start", "training"), StageA, "A", "user", 0},
		{"found after it declined", []AdoptionEvent{{Kind: "interest"}, {Kind: "decision-decline", Inferred: &yes}}, StageDeclined, "", "user", 0},
		{"a withdrawal", ev("analysis-start", "decision-adopt", "transfer-start", "withdraw"), StageWithdrawn, "", "user", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := Follow(tc.events)
			if p.Stage != tc.stage || p.Phase != tc.phase || p.Role != tc.role || len(p.Broken) != tc.broken {
				t.Errorf("got %+v", p)
			}
		})
	}
	dated := []AdoptionEvent{{Kind: "analysis-start", Date: "2020-01-01"}, {Kind: "decision-adopt", Date: "2020-01-31"}, {Kind: "transfer-start"}, {Kind: "go-live", Date: "2021-01-01"}}
	if p := Follow(dated); p.DaysToDecision != 30 || p.DaysToGoLive != 336 || p.Undated != 1 {
		t.Errorf("durations: %+v", p)
	}
	// A year was taken for its first day, and a duration came out that nobody had measured.
	dated[3].Date = "2021"
	if p := Follow(dated); p.DaysToGoLive != -1 || p.Undated != 1 {
		t.Errorf("durations to a year: %+v", p)
	}
}
