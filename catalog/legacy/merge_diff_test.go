package legacy

import (
	"bytes"
	"strings"
	"testing"
)

// Filling in what stands ready is no difference, as long as the rules understand what they understood; what they understand
// otherwise is shown, and nothing else. Ticked boxes of the report are taken over, and its text follows.
func TestWhatIsFilledInIsNoDifference(t *testing.T) {
	propose := func(edit func(u *Understanding)) *Proposal {
		u := sample()
		edit(u)
		p := Propose(u)
		p.Files = append(p.Files, ProposedFile{ReportPath, p.Report})
		return p
	}
	disk := folder{}
	disk.take(Rebase(propose(func(*Understanding) {}), disk.have))
	fill := func(name string, pairs ...string) {
		t.Helper()
		before := disk[name]
		if disk[name] = []byte(strings.NewReplacer(pairs...).Replace(string(before))); bytes.Equal(before, disk[name]) {
			t.Fatalf("%s has nothing of %q", name, pairs)
		}
	}
	fill("kit.md", "#topics: [", "topics: [la-mia-parola, ", "Da completare: la presentazione", "La presentazione", "title: \"Kit di prova\"", "title: \"Il nostro\"")
	fill("CHANGELOG.md", "### Aggiunto", "### Aggiunto\n\n- Una voce nostra.")
	fill(ReportPath, "- [ ] **Temi**", "- [x] **Temi**")
	for _, w := range Rebase(propose(func(*Understanding) {}), disk.have) {
		if len(w.Would) > 0 || w.Writes() {
			t.Errorf("%s: %s\n%s", w.Path, w.Action, w.Would)
		}
	}
	ws := Rebase(propose(func(u *Understanding) { u.Title = "Un altro titolo" }), disk.have)
	for _, w := range ws {
		switch w.Path {
		case "kit.md":
			if s := string(w.Would); !strings.Contains(s, "- title: \"Il nostro\"\n+ title: \"Un altro titolo\"\n") || strings.Contains(s, "topics") || strings.Contains(s, "#") {
				t.Errorf("%s", s)
			}
		case ReportPath:
			if s := string(w.Data); w.Action != ActionUpdate || !strings.Contains(s, "- [x] **Temi**") || !strings.Contains(s, "Un altro titolo") || strings.Count(s, "[x]") != 1 {
				t.Errorf("the report: %s\n%s", w.Action, s)
			}
		}
	}
	disk.take(ws)
	for _, w := range Rebase(propose(func(u *Understanding) { u.Title = "Un altro titolo" }), disk.have) {
		if w.Writes() {
			t.Errorf("again: %s %s", w.Path, w.Action)
		}
	}
}
