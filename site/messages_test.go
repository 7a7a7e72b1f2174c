package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

func bothMessages(t *testing.T) (it, en messages) {
	t.Helper()
	it, err := loadMessages(schema.It)
	if err != nil {
		t.Fatal(err)
	}
	if en, err = loadMessages(schema.En); err != nil {
		t.Fatal(err)
	}
	return it, en
}

var verb = regexp.MustCompile(`%[a-z%]`)

func TestMessagesAreTheSameInBothLanguages(t *testing.T) {
	it, en := bothMessages(t)
	for k, v := range it {
		e, ok := en[k]
		switch {
		case !ok:
			t.Errorf("%q is not in English", k)
		case strings.TrimSpace(v) == "" || strings.TrimSpace(e) == "":
			t.Errorf("%q is empty", k)
		case !slices.Equal(verb.FindAllString(v, -1), verb.FindAllString(e, -1)):
			t.Errorf("%q takes other arguments in English: %q, %q", k, v, e)
		}
	}
	for k := range en {
		if _, ok := it[k]; !ok {
			t.Errorf("%q is not in Italian", k)
		}
	}
}

// TestComposedMessagesExist checks the keys that are put together while the site runs, which the start cannot check.
func TestComposedMessagesExist(t *testing.T) {
	it, _ := bothMessages(t)
	var want []string
	for _, f := range catalog.FacetNames() {
		want = append(want, "facet."+string(f))
	}
	for _, p := range []catalog.PartType{catalog.PartKit, catalog.PartDocument, catalog.PartTemplate, catalog.PartService, catalog.PartTariff,
		catalog.PartChecklist, catalog.PartAdoption, catalog.PartLaboratory, catalog.PartPage, catalog.PartAttachment} {
		want = append(want, "part."+string(p))
	}
	for _, s := range []catalog.Stage{catalog.StageNone, catalog.StageInterested, catalog.StageA, catalog.StageDecided, catalog.StageDeclined, catalog.StageB,
		catalog.StageC, catalog.StageHolder, catalog.StageCeding, catalog.StagePaused, catalog.StageWithdrawn} {
		want = append(want, "stage."+stageKey(string(s)), "stages."+stageKey(string(s)))
		if !slices.Contains(stages(), s) {
			t.Errorf("stage %q is not counted", s)
		}
	}
	for _, o := range []catalog.Outcome{catalog.Full, catalog.Unchanged, catalog.Partial, catalog.Absent, catalog.Failed} {
		want = append(want, "outcome."+string(o), "outcome."+string(o)+".long")
	}
	for _, k := range []catalog.Kind{catalog.KindKit, catalog.KindEntity, catalog.KindCommunity, catalog.KindEvent, catalog.KindAdoption, catalog.KindCatalogue, catalog.KindSource} {
		want = append(want, "record.kind."+string(k))
	}
	want = append(want, legacyGroups()...)
	for _, c := range faultCodes() {
		want = append(want, "fault."+c)
	}
	for _, w := range []string{"video", "audio", "image", "archive", "elsewhere", "absent", "empty", "unread"} {
		want = append(want, "attachment.why."+w)
	}
	for _, q := range questions() {
		want = append(want, "question."+q)
	}
	for _, l := range schema.CommunityLevels.Values {
		want = append(want, "level."+l.Value)
	}
	for _, s := range []string{"400", "403", "404", "405", "410", "413", "429", "500", "503"} {
		want = append(want, "error."+s+".title", "error."+s+".text")
	}
	for _, p := range catalog.GridPhases() {
		want = append(want, "home.phase"+p, "home.ask"+p)
	}
	want = append(want, "stale.kit", "stale.software", "stale.document", "rate.year", "rate.noYear", "rate.noRegion")
	for _, v := range []string{"inhabitants", "entityType"} { // what an allowance may lack
		want = append(want, "units."+v)
	}
	want = append(want, "sort.relevance", "sort.newest", "sort.name", "place.adopter", "place.catalogue", "place.kit", "tariff.bracket", "tariff.graduated",
		"notice.missing", "notice.draft", "notice.superseded", "notice.withdrawn", "notice.legacy", "legacy.persons.lead", "legacy.missing.lead", "legacy.doubts.lead", "legacy.convert.lead", "legacy.left.lead", "notice.imported", "notice.unreviewed")
	for _, n := range []string{"ceding", "kind", "status", "version", "recipients", "entityTypes", "inhabitants", "reuseModes", "agreement", "licence"} {
		want = append(want, "fact."+n)
	}
	for _, n := range []string{"documents", "templates", "services", "tariffs", "checklists", "adopters", "laboratory", "pages"} {
		want = append(want, "section."+n)
	}
	for _, k := range want {
		if _, ok := it[k]; !ok {
			t.Errorf("no message %q", k)
		}
	}
	if got := len(strings.Fields(it["months"])); got != 12 {
		t.Errorf("%d months", got)
	}
}

// TestATemplateThatAsksForNoMessageStopsTheStart shows that the check at the start is not an empty one.
func TestATemplateThatAsksForNoMessageStopsTheStart(t *testing.T) {
	it, _ := bothMessages(t)
	used := 0
	err := fs.WalkDir(ui, "ui", func(p string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(p) != ".tmpl" {
			return err
		}
		b, err := ui.ReadFile(p)
		used += len(usedKey.FindAll(b, -1))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if used < 400 {
		t.Errorf("only %d messages are seen in the templates", used)
	}
	if it.has("t", "no.such.message") == nil || it.has("tn", "count.kits") != nil {
		t.Error("the check does not see what is missing")
	}
}
