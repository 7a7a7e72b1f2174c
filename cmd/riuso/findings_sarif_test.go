package main

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// sarifOf writes the groups and reads what was written into plain maps: the names of the standard are what is tested.
func sarifOf(t *testing.T, lang schema.Lang, all []group) map[string]any {
	t.Helper()
	var b bytes.Buffer
	if err := (&program{stdout: &b, lang: lang}).findingsSARIF(all); err != nil {
		t.Fatal(err)
	}
	var log map[string]any
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	return log
}

// in walks into what JSON gave: names of members and numbers of items.
func in(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok || m[s] == nil {
				t.Fatalf("%v: %q is missing in %v", path, s, v)
			}
			v = m[s]
		case int:
			list, ok := v.([]any)
			if !ok || s >= len(list) {
				t.Fatalf("%v: there is no item %d in %v", path, s, v)
			}
			v = list[s]
		}
	}
	return v
}

func sampleGroups() []group {
	return []group{
		{name: "kit", findings: []schema.Finding{
			{File: filepath.Join("kit", "docs", "così è #1 100%.md"), Line: 5, Column: 2, Severity: schema.Error, Code: "E02", Message: schema.T("chiave sconosciuta", "unknown key"), Hint: schema.T("toglila", "remove it")},
			{File: filepath.Join("kit", "publiccode.yml"), Line: 1, Column: 1, Severity: schema.Error, Code: "P08", Message: schema.T("versione", "version")},
			{File: "a:b.yml", Severity: schema.Warning, Code: "P40", Message: schema.T("vecchia", "old"), Ignored: "si sa"},
			{Severity: schema.Error, Code: "V02", Message: schema.T("niente", "nothing")},
		}},
		{name: "https://git.example.it/ente/kit", repo: "https://utente@git.example.it/ente/kit", commit: strings.Repeat("a", 40), branch: "main", findings: []schema.Finding{
			{File: "publiccode.yml", Line: 3, Column: 1, Severity: schema.Error, Code: "P14", Message: schema.T("indirizzo", "address")}}},
	}
}

// What the standard asks of a file: SARIF 2.1.0, §3.13 (log), §3.14 (run), §3.19 (driver), §3.27 (result), §3.30 (region),
// §3.35 (suppression).
func TestSARIFIsWhatTheStandardAsks(t *testing.T) {
	log := sarifOf(t, schema.It, sampleGroups())
	if in(t, log, "version") != "2.1.0" || !strings.HasSuffix(in(t, log, "$schema").(string), "sarif-schema-2.1.0.json") {
		t.Errorf("version %v, schema %v", log["version"], log["$schema"])
	}
	runs := in(t, log, "runs").([]any)
	if len(runs) != 2 {
		t.Fatalf("%d runs: one for this disk and one for the repository were expected", len(runs))
	}
	for _, run := range runs {
		if in(t, run, "tool", "driver", "name") != "riuso" || in(t, run, "columnKind") != "unicodeCodePoints" || in(t, run, "language") != "it" {
			t.Errorf("the run %v", run)
		}
		rules := in(t, run, "tool", "driver", "rules").([]any)
		var ids []string
		for _, r := range rules {
			ids = append(ids, in(t, r, "id").(string))
			if in(t, r, "shortDescription", "text") == "" || in(t, r, "help", "text") == "" || in(t, r, "defaultConfiguration", "level") == "" {
				t.Errorf("the rule %v explains nothing", r)
			}
		}
		if u := slices.Compact(slices.Sorted(slices.Values(ids))); len(u) != len(ids) {
			t.Errorf("a rule is there twice: %v", ids)
		}
		for _, res := range in(t, run, "results").([]any) {
			index := int(in(t, res, "ruleIndex").(float64))
			if index < 0 || index >= len(ids) || ids[index] != in(t, res, "ruleId") {
				t.Errorf("the index %d of %v does not point at its rule in %v", index, res, ids)
			}
			if l := in(t, res, "level"); l != "error" && l != "warning" {
				t.Errorf("level %v", l)
			}
			if in(t, res, "message", "text") == "" {
				t.Errorf("no message in %v", res)
			}
		}
	}
	first := func(i int) any { return in(t, runs[0], "results", i) }
	if got := in(t, first(0), "message", "text"); got != "chiave sconosciuta → toglila" {
		t.Errorf("message %v", got)
	}
	if got := in(t, first(0), "locations", 0, "physicalLocation", "region"); in(t, got, "startLine") != 5.0 || in(t, got, "startColumn") != 2.0 {
		t.Errorf("region %v", got)
	}
	for i, want := range []string{"kit/docs/cos%C3%AC%20%C3%A8%20%231%20100%25.md", "kit/publiccode.yml", "./a:b.yml"} {
		raw := in(t, first(i), "locations", 0, "physicalLocation", "artifactLocation", "uri").(string)
		u, err := url.Parse(raw)
		if raw != want || err != nil || u.IsAbs() || strings.Contains(raw, `\`) {
			t.Errorf("uri %q, want %q (%v)", raw, want, err)
		}
	}
	if at := in(t, first(2), "locations", 0, "physicalLocation").(map[string]any); at["region"] != nil {
		t.Errorf("a finding without a line has a region: %v", at)
	}
	if in(t, first(2), "suppressions", 0, "kind") != "inSource" || in(t, first(2), "suppressions", 0, "justification") != "si sa" || len(in(t, first(0), "suppressions").([]any)) != 0 {
		t.Error("what is ignored is not told from what stands")
	}
	if r := first(3).(map[string]any); r["locations"] != nil {
		t.Errorf("a finding without a file has a place: %v", r)
	}
	from := in(t, runs[1], "versionControlProvenance", 0)
	if in(t, from, "repositoryUri") != "https://git.example.it/ente/kit" || in(t, from, "revisionId") != strings.Repeat("a", 40) || in(t, from, "branch") != "main" {
		t.Errorf("the repository: %v", from)
	}
}

func TestSARIFInEnglishAndEmpty(t *testing.T) {
	log := sarifOf(t, schema.En, sampleGroups())
	if got := in(t, log, "runs", 0, "results", 0, "message", "text"); got != "unknown key → remove it" {
		t.Errorf("message %v", got)
	}
	empty := sarifOf(t, schema.En, nil)
	if len(in(t, empty, "runs", 0, "results").([]any)) != 0 {
		t.Error("results must be there even when there are none")
	}
}
