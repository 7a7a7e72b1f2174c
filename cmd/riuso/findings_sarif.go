package main

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Names of the standard: Static Analysis Results Interchange Format, OASIS, version 2.1.0 with errata 01.
const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

// The parts of a SARIF file that riuso writes, named as the standard names them (§3.13 and following).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool         `json:"tool"`
		Language   string            `json:"language"`
		ColumnKind string            `json:"columnKind"`
		Provenance []sarifProvenance `json:"versionControlProvenance,omitempty"`
		Results    []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string        `json:"id"`
		Short   *sarifMessage `json:"shortDescription,omitempty"`
		Full    *sarifMessage `json:"fullDescription,omitempty"`
		Help    *sarifMessage `json:"help,omitempty"`
		Default *sarifLevel   `json:"defaultConfiguration,omitempty"`
	}
	sarifLevel struct {
		Level schema.Severity `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifProvenance struct {
		URI      string `json:"repositoryUri"`
		Revision string `json:"revisionId,omitempty"`
		Branch   string `json:"branch,omitempty"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        schema.Severity    `json:"level"` // error and warning are called so there, too
		Message      sarifMessage       `json:"message"`
		Locations    []sarifLocation    `json:"locations,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
)

// findingsSARIF writes one run for what lies on this disk and one for each repository.
func (p *program) findingsSARIF(all []group) error {
	out := sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{}}
	byRepo := map[string]int{}
	for _, g := range all {
		i, ok := byRepo[g.repo]
		if !ok {
			i = len(out.Runs)
			byRepo[g.repo] = i
			out.Runs = append(out.Runs, p.sarifRun(g, all))
		}
		run := &out.Runs[i]
		for _, f := range g.findings {
			run.Results = append(run.Results, p.sarifResult(f, run.Tool.Driver.Rules))
		}
	}
	if len(out.Runs) == 0 {
		out.Runs = append(out.Runs, p.sarifRun(group{}, nil))
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// sarifRun makes the run of one repository, or of this disk, with the rules of its findings and without the findings.
func (p *program) sarifRun(of group, all []group) sarifRun {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "riuso", Version: version(), Rules: []sarifRule{}}},
		Language: string(p.lang), ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	if u, err := url.Parse(of.repo); of.repo != "" && err == nil {
		if u.Scheme == "" {
			u = fileURL(of.repo)
		}
		u.User = nil
		run.Provenance = []sarifProvenance{{u.String(), of.commit, of.branch}}
	}
	var codes []string
	for _, g := range all {
		if g.repo != of.repo {
			continue
		}
		for _, f := range g.findings {
			codes = append(codes, f.Code)
		}
	}
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, p.sarifRule(code))
	}
	return run
}

func (p *program) sarifRule(code string) sarifRule {
	r := sarifRule{ID: code}
	if rule, ok := schema.RuleOf(code); ok {
		r.Short, r.Full, r.Help = &sarifMessage{rule.Title.In(p.lang)}, &sarifMessage{rule.Why.In(p.lang)}, &sarifMessage{rule.Do.In(p.lang)}
		r.Default = &sarifLevel{rule.Severity}
		return r
	}
	for _, c := range publiccode.Codes() {
		if string(c.Code) == code {
			r.Short, r.Help, r.Default = &sarifMessage{c.Meaning.In(p.lang)}, &sarifMessage{c.Hint.In(p.lang)}, &sarifLevel{c.Severity}
		}
	}
	return r
}

func (p *program) sarifResult(f schema.Finding, rules []sarifRule) sarifResult {
	text := f.Message.In(p.lang)
	if !f.Hint.IsZero() {
		text += " → " + f.Hint.In(p.lang)
	}
	index := slices.IndexFunc(rules, func(r sarifRule) bool { return r.ID == f.Code })
	out := sarifResult{RuleID: f.Code, RuleIndex: index, Level: f.Severity, Message: sarifMessage{text}, Suppressions: []sarifSuppression{}}
	if f.Ignored != "" {
		out.Suppressions = append(out.Suppressions, sarifSuppression{"inSource", f.Ignored})
	}
	if f.File == "" {
		return out
	}
	at := sarifPhysical{Artifact: sarifArtifact{sarifURI(f.File)}}
	if f.Line > 0 {
		at.Region = &sarifRegion{f.Line, f.Column}
	}
	out.Locations = []sarifLocation{{at}}
	return out
}

// sarifURI writes a path as the reference that SARIF wants: with slashes, percent-encoded, relative where the path is.
func sarifURI(file string) string {
	if filepath.IsAbs(file) {
		return fileURL(file).String()
	}
	return (&url.URL{Path: filepath.ToSlash(file)}).String()
}

// fileURL gives the address of a file or folder of this disk.
func fileURL(name string) *url.URL {
	abs, err := filepath.Abs(name)
	if err != nil {
		abs = name
	}
	path := filepath.ToSlash(abs)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}
