package schema_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// Whatever a table refers to is there, and no row leaves the reader without words.
func TestTables(t *testing.T) {
	for _, name := range schema.Records() {
		tables := schema.Record(name).Tables()
		var names []string
		for _, table := range tables {
			if slices.Contains(names, table.Name) {
				t.Errorf("%s: two tables %q", name, table.Name)
			}
			names = append(names, table.Name)
			if len(table.Rows) == 0 || table.Title.IsZero() || table.Description.IsZero() {
				t.Errorf("%s: table %q is empty or says nothing", name, table.Name)
			}
		}
		for _, table := range tables {
			for _, r := range table.Rows {
				if r.Table != "" && !slices.Contains(names, r.Table) {
					t.Errorf("%s.%s refers to table %q, which is not there", name, r.Key, r.Table)
				}
				if r.Title.In(schema.En) == "" || r.Holds.It == "" || r.Holds.En == "" || r.Description.It == "" {
					t.Errorf("%s %s.%s: %+v", name, table.Name, r.Key, r)
				}
			}
		}
		if e := schema.Enums(tables); slices.Contains(e, nil) {
			t.Errorf("%s: an enumeration that is not there", name)
		}
	}
}

// A few rows as people will read them.
func TestTablesSay(t *testing.T) {
	row := func(record, table, key string) schema.Row {
		for _, tab := range schema.Record(record).Tables() {
			for _, r := range tab.Rows {
				if tab.Name == table && r.Key == key {
					return r
				}
			}
		}
		t.Fatalf("no %s %s.%s", record, table, key)
		return schema.Row{}
	}
	for _, tc := range []struct{ record, table, key, holds string }{
		{"kit", "", "type", "sempre kit"},
		{"kit", "", "title", "testo breve, al massimo 100 caratteri"},
		{"kit", "", "ceding", "elenco: riferimento a un ente"},
		{"kit", "suitability", "entityTypes", "elenco: uno dei valori ammessi"},
		{"evaluation", "score", "score", "numero intero da 0 a 4"},
		{"kit", "range", "lte", "numero intero"},
	} {
		if got := row(tc.record, tc.table, tc.key).Holds.It; got != tc.holds {
			t.Errorf("%s %s.%s holds %q, want %q", tc.record, tc.table, tc.key, got, tc.holds)
		}
	}
	if r := row("kit", "", "kind"); !r.Required || r.Enum != schema.KitKinds {
		t.Errorf("kit.kind: %+v", r)
	}
	if r := row("adoption", "", "context"); r.Table != "context" {
		t.Errorf("the keys that the format names in a free group are not shown: %+v", r)
	}
	if r := row("kit", "", "codeScheme"); r.Enum != schema.CodeSchemes || !strings.Contains(r.Holds.It, "oppure") {
		t.Errorf("kit.codeScheme: %+v", r)
	}
}

func TestCiting(t *testing.T) {
	for _, tc := range []struct {
		lang         schema.Lang
		source, want string
	}{
		{schema.En, "Formato del kit, §§3-15, 16; parte III (bozze)", "Kit format §§3-15, 16; part III (drafts)"},
		{schema.En, "Formato del kit, §8; seed 002:12", "Kit format §8; seed 002:12"},
		{schema.It, "Formato del kit, §8", "Formato del kit, §8"},
	} {
		if got := schema.Citing(tc.lang, tc.source); got != tc.want {
			t.Errorf("%s in %s: %s, want %s", tc.source, tc.lang, got, tc.want)
		}
	}
}
