package catalogtest

import (
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// day is the instant at which the records of the builders were read.
var day = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// Day gives the instant at which the records of the builders were read.
func Day() time.Time { return day }

// Record makes a live record of a source, to be completed.
func Record(source catalog.SourceID, kind catalog.Kind, key catalog.Key, title string) catalog.Record {
	return catalog.Record{Kind: kind, Key: key, Source: source, State: catalog.Live, Title: title,
		URL: string(key), Commit: "c0ffee", Changed: day.AddDate(0, -1, 0), FirstSeen: day, LastRead: day}
}

// Kit makes a kit without parts; with, completes it.
func Kit(source catalog.SourceID, url, id, title string, with ...func(*catalog.Kit)) catalog.Record {
	k := &catalog.Kit{Key: catalog.Key(url), Form: catalog.FormKit, URL: url, Type: "kit", Spec: "1", ID: id, Title: title,
		Summary: "Sintesi di " + title, Kind: "practice", Status: "published", Version: "1.0.0", Released: "2026-01-10",
		Topics: []string{"digitale"}, License: "CC-BY-4.0", Languages: []string{"it"}}
	for _, w := range with {
		w(k)
	}
	r := Record(source, catalog.KindKit, k.Key, title)
	r.Kit = k
	return r
}

// Ceded says which bodies cede the kit.
func Ceded(by ...catalog.EntityRef) func(*catalog.Kit) {
	return func(k *catalog.Kit) { k.Ceding = by }
}

// Doc adds a document to a kit.
func Doc(code, title, text string, phase, ambit string) func(*catalog.Kit) {
	return func(k *catalog.Kit) {
		k.Documents = append(k.Documents, catalog.Document{
			Header: catalog.Header{Path: "docs/" + code + ".md", Type: "document", Body: text},
			ID:     catalog.Slug(title), Code: code, Title: title, Summary: "Documento " + code, Phase: []string{phase},
			Ambit: []string{ambit}, Kind: "guideline", Status: "final", Updated: "2026-01-10",
		})
	}
}

// Act adds a template to a kit.
func Act(id, title, kind, text string) func(*catalog.Kit) {
	return func(k *catalog.Kit) {
		k.Templates = append(k.Templates, catalog.Template{
			Header: catalog.Header{Path: "templates/" + id + ".md", Type: "template", Body: text},
			ID:     id, Title: title, Kind: kind, Phase: []string{"A"}, Ambit: []string{"administrative"},
		})
	}
}

// Adopted adds the story of a body, told in the kit's own repository.
func Adopted(by catalog.EntityRef, events ...string) func(*catalog.Kit) {
	return func(k *catalog.Kit) {
		k.Adoptions = append(k.Adoptions, story(by, "adoptions/"+by.ID()+".md", events))
	}
}

func story(by catalog.EntityRef, path string, events []string) catalog.Adoption {
	a := catalog.Adoption{Header: catalog.Header{Path: path, Type: "adoption"}, Entity: by}
	for _, kind := range events {
		a.Events = append(a.Events, catalog.AdoptionEvent{Kind: kind})
	}
	return a
}

// Adoption makes the story of a body with a kit, told in the body's own repository.
func Adoption(source catalog.SourceID, kitURL string, by catalog.EntityRef, events ...string) catalog.Record {
	r := Record(source, catalog.KindAdoption, catalog.Key(kitURL+"#"+string(by)), string(by))
	r.URL, r.Publisher = "https://example.org/"+by.ID(), by
	a := story(by, "adozione.md", events)
	a.Kit = kitURL
	r.Adoption = &a
	return r
}

// Entity makes a body with an IPA code.
func Entity(source catalog.SourceID, code, name, typ, region string) catalog.Record {
	e := &catalog.Entity{ID: code, IPA: code, Name: name, EntityType: typ, Region: region}
	r := Record(source, catalog.KindEntity, catalog.Key(e.Ref()), name)
	r.Entity = e
	return r
}

// Gone makes the tombstone of a record.
func Gone(r catalog.Record) catalog.Record {
	stone := catalog.Record{Kind: r.Kind, Key: r.Key, Source: r.Source, State: catalog.Gone, Title: r.Title, URL: r.URL,
		FirstSeen: r.FirstSeen, LastRead: r.LastRead, MissedAt: day}
	if r.Kit != nil {
		stone.Kit = &catalog.Kit{Key: r.Kit.Key, ID: r.Kit.ID, Title: r.Kit.Title, URL: r.Kit.URL}
	}
	return stone
}

// DeltaOf makes what a full visit of a source that saw these records writes.
func DeltaOf(source catalog.SourceID, records ...catalog.Record) catalog.Delta {
	d := catalog.Delta{Put: records, State: catalog.SourceState{
		Source: catalog.Source{ID: source, Kind: "kit", URL: "https://example.org/" + string(source)}, Commit: "c0ffee",
		Visits: []catalog.VisitSummary{{At: day, Outcome: catalog.Full, Commit: "c0ffee", Records: len(records)}}, LastSeen: day, LastRead: day,
	}}
	for i := range records {
		if last := &d.State.Visits[0]; records[i].LastRead.After(last.At) {
			last.At = records[i].LastRead
		}
		if records[i].State != catalog.Gone {
			d.State.Keys = append(d.State.Keys, records[i].RecordKey())
		}
	}
	return d
}
