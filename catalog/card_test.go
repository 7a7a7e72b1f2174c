package catalog

import "testing"

// A kit of fifteen empty files was shown as a kit of fifteen documents: what holds nothing yet is counted apart.
func TestCardCountsWhatIsWritten(t *testing.T) {
	kit := Kit{Form: FormKit, Documents: []Document{
		{ID: "a", Header: Header{Body: "Che cosa fa lo sportello."}},
		{ID: "b", Header: Header{Body: "<!-- scrivi qui -->\n"}},
		{ID: "c"},
		{ID: "d", Attachments: []Attachment{{Path: "attachments/d.odt"}}},
	}}
	nobody := func(EntityRef) *Entity { return nil }
	c := CardOf(&Entry{ID: "kit", Record: Record{Kind: KindKit, Kit: &kit}}, nobody)
	if c.Documents != 2 || c.Unwritten != 2 {
		t.Errorf("%d documents and %d to write", c.Documents, c.Unwritten)
	}
	var s Stats
	s.Add(c)
	if s.Documents != 2 {
		t.Errorf("%d documents on the home page", s.Documents)
	}
}
