package catalog

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

// stored gives records as they come back from a store.
func stored(t *testing.T, k Known) Known {
	t.Helper()
	for i, r := range k.Records {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		k.Records[i] = Record{}
		if err := json.Unmarshal(data, &k.Records[i]); err != nil {
			t.Fatal(err)
		}
	}
	return k
}

// The day since when a kit is withdrawn moved at every visit, and the tombstone was written again each time.
func TestTombstoneIsWrittenOnce(t *testing.T) {
	tree := kitsNamed("a")
	tree.Kits[0].Status = "withdrawn"
	look := func(day int, commit string) Visit {
		return Visit{Source: Source{ID: "s"}, At: day0.AddDate(0, 0, day), Outcome: Full, Tree: tree, Commit: commit, Changed: day0.AddDate(0, 0, day), URL: "https://git.example.it/a"}
	}
	known := stored(t, after(Known{}, Apply(Known{}, look(0, "1"), DefaultPolicy())))
	d := Apply(known, look(5, "2"), DefaultPolicy())
	if len(d.Put) != 0 {
		t.Errorf("an unchanged tombstone is written again: %+v", d.Put)
	}
	known = stored(t, after(known, d))
	tree.Kits[0].Title = "un altro titolo"
	d = Apply(known, look(9, "3"), DefaultPolicy())
	if len(d.Put) != 1 || d.Put[0].Title != "un altro titolo" || !d.Put[0].MissedAt.Equal(day0) || !d.Put[0].Withdrawn {
		t.Errorf("a tombstone with another title: %+v", d.Put)
	}
	p := DefaultPolicy()
	p.Excluded = []Exclusion{{URL: "https://git.example.it/a", Reason: "doppione"}}
	at := day0.AddDate(0, 0, 12)
	if d = Apply(stored(t, after(known, d)), look(12, "3"), p); len(d.Put) != 1 || !d.Put[0].MissedAt.Equal(at) {
		t.Errorf("another reason is another day: %+v", d.Put)
	}
	tree.Kits[0].Status = "published"
	if d = Apply(stored(t, after(known, d)), look(13, "4"), DefaultPolicy()); len(d.Put) != 1 || d.Put[0].State != Live || d.Put[0].Withdrawn || !d.Put[0].MissedAt.IsZero() {
		t.Errorf("a kit that is published again: %+v", d.Put)
	}
}

// The tombstones of communities and events had kept all that they held.
func TestTombstoneOfACommunityAndAnEvent(t *testing.T) {
	tree := &Tree{Communities: []Community{{ID: "c", Title: "C", Rationale: "testo"}}, Events: []Event{{ID: "e", Title: "E", JoinURL: "https://meet.example.it/x"}}}
	v := Visit{Source: Source{ID: "s"}, At: day0, Outcome: Full, Tree: tree, URL: "https://git.example.it/s"}
	known := after(Known{}, Apply(Known{}, v, DefaultPolicy()))
	d := Remove(known, day0.AddDate(0, 0, 1))
	if len(d.Put) != 2 {
		t.Fatalf("%d records", len(d.Put))
	}
	for _, r := range d.Put {
		if r.Withdrawn {
			t.Errorf("%s was not withdrawn by its body", r.Key)
		}
		if c := r.Community; c != nil && (c.ID != "c" || c.Title != "C" || c.Rationale != "") {
			t.Errorf("community: %+v", c)
		}
		if e := r.Event; e != nil && (e.ID != "e" || e.Title != "E" || e.JoinURL != "") {
			t.Errorf("event: %+v", e)
		}
		if r.Community == nil && r.Event == nil {
			t.Errorf("the id of %s is lost", r.Key)
		}
	}
}

// The date of a commit is what its author's clock said: one in the year 300,000, or in a zone of 99 hours, could not be
// written, and the crawl stopped there.
func TestApplyTimesCanBeWritten(t *testing.T) {
	odd := []time.Time{
		time.Date(300_000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2020, 1, 1, 0, 0, 0, 0, time.FixedZone("", 99*3600)),
		time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	for _, at := range odd {
		tree := kitsNamed("a")
		tree.Kits[0].Tags = []Tag{{Name: "v1", Time: at}}
		v := Visit{Source: Source{ID: "s"}, At: day0, Outcome: Full, Tree: tree, Changed: at, URL: "https://git.example.it/a",
			History: map[string][]Change{"": {{Commit: "c", Time: at}}}}
		d := Apply(Known{}, v, DefaultPolicy())
		if _, err := json.Marshal(d); err != nil {
			t.Errorf("%v: %v", at, err)
		}
		r := d.Put[0]
		if got := []time.Time{r.Changed, r.Kit.Tags[0].Time, r.History[""][0].Time}; !slices.Equal(got, []time.Time{writable(at), writable(at), writable(at)}) {
			t.Errorf("%v became %v", at, got)
		}
		if !tree.Kits[0].Tags[0].Time.Equal(at) {
			t.Error("the visit was changed")
		}
	}
	if at := writable(odd[1]); !at.Equal(odd[1]) {
		t.Errorf("a time in an odd zone is another time: %v", at)
	}
}
