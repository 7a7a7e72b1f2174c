package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/schema"
	"github.com/rogpeppe/go-internal/txtar"
)

// example says where the pieces that a rule shows as wrong and right belong in the base: each is a fragment, that only
// means something in its file.
type example struct {
	comment string // options of the case, as in testdata/rules
	file    string
	drop    string // keys of the front matter that are not there, by blanks; those that the piece has go in any case
	in      string // what stands around the piece, as «before|after»; its lines are indented like the last of "before"
	old     string // what of the file the piece takes the place of; without it, it is added to the front matter
	body    bool   // it is added to the text, or takes all its place
	name    bool   // it is the name of a file, which has the content of "file"; that of "old" is not there
	also    string // old → new in another file: "file|old|new", with both
	wrong   string // the same, with the wrong piece
	right   string // the same, with the right one; several by line
}

const pdf = "bytes: attachments/convenzione.pdf 9\nbytes: attachments/convenzione.odt 9\n"

// exampleOf has the place of every rule's pieces.
var exampleOf = map[string]example{
	"E01": {file: "docs/A/a1.md"},
	"E02": {file: "docs/A/a1.md"},
	"E03": {file: "docs/A/a1.md", drop: "summary phase ambit kind updated status"},
	"E04": {file: "templates/convenzione.md"},
	"E05": {file: "docs/A/a1.1.md", also: "docs/A/a1.1.md||---\ntype: document\ntitle: Sintesi breve\nsummary: Lo sportello in una riga\nphase: [A]\nambit: [all]\nkind: summary\nupdated: 2025-06-30\nstatus: final\n---\nIn breve.\n"},
	"E06": {file: "kit.md", in: "components:\n  - {id: atti, title: Atti tipo, kind: template-set, |}\n"},
	"E07": {file: "kit.md", comment: "ipa: c_x001 c_x002 c_x003 c_e506\n"},
	"E09": {file: "kit.md", comment: "tags: v1.1.0\n", right: "publiccode.yml|softwareVersion: \"1.0.0\"|softwareVersion: \"1.1.0\"\nCHANGELOG.md|## [1.0.0]|## [1.1.0]"},
	"E10": {file: "adoptions/c_x002.md"},
	"E11": {file: "adoptions/c_x002.md", in: "  |", old: "  - {kind: decision-adopt, date: 2025-09-15, act: {kind: delibera, number: \"12\", date: 2025-09-15}}\n"},
	"E12": {file: "tariffs/quota.md", also: "tariffs/quota-nuova.md||---\ntype: tariff\nid: quota-nuova\ntitle: Quota annuale\napplies: membership\nvalid: {from: 2025-12-31}\ncurrency: EUR\nvat: out-of-scope\nperiod: year\nexact: true\nrules:\n  - components:\n      - {kind: fixed, label: Quota, amount: \"300.00\"}\n---\n"},
	"E13": {file: "tariffs/quota.md", in: "      - kind: fixed\n        label: Quota\n        |", old: "      - {kind: fixed, label: Quota, amount: \"300.00\"}\n"},
	"E14": {file: "evaluations/2025-12-01-c_x003.md", in: "  |", old: "  - {criterion: completeness, score: 3, evidence: [\"doc:A1\"]}\n"},
	"E15": {file: "evaluations/2025-12-01-c_x003.md", comment: "observatory: ipa:r_x001\n"},
	"E16": {file: "docs/A/a1.md", comment: "bytes: attachments/adesione.odt 0\nbytes: moduli/Adesione.docm 9\n"},
	"E17": {file: "docs/A/a1.md", comment: "bytes: attachments/quote.csv 9\n", in: "attachments:\n  - title: Quote\n    |"},
	"E18": {file: "communities/sportelli.md", comment: "base: catalogue\n", drop: "territory"},
	"E19": {file: "tariffs/quota.md", in: "      |", old: "      - {kind: fixed, label: Quota, amount: \"300.00\"}\n"},
	"E20": {file: "adoptions/c_x002.md", in: "  |", old: "  - {kind: transfer-start, date: 2025-10-01}\n", also: "adoptions/c_x002.md|  - {kind: decision-adopt, date: 2025-09-15, act: {kind: delibera, number: \"12\", date: 2025-09-15}}\n|"},
	"W01": {file: "docs/B/b1.md"},
	"W03": {file: "docs/A/a1.md"},
	"W04": {file: "kit.md"},
	"W05": {file: "docs/A/a1.md", body: true},
	"W06": {file: "templates/convenzione.md", comment: pdf, old: "Il Comune di {{ente}} aderisce allo sportello unico.\n"},
	"W07": {file: "templates/convenzione.md", body: true, also: "templates/convenzione.md|required: true}|required: true}\n  - {key: data, label: Giorno, type: date, required: true}"},
	"W08": {file: "checklists/adesioni.md", in: "aggregates:\n  - date: 2025-12-01\n    |"},
	"W09": {file: "kit.md", wrong: "publiccode.yml|license: CC-BY-4.0|license: CC0-1.0"},
	"W12": {file: "LICENSE", name: true, also: "LICENSE||%PDF-1.7\n"},
	"W13": {file: "adoptions/c_x002.md", in: "  - {kind: decision-adopt, act: {kind: delibera, number: \"12\", date: 2024-09-15}}\n  - {kind: transfer-start}\n  |", also: "adoptions/c_x002.md|, date: 2025-07-01}|}",
		old: "  - {kind: decision-adopt, date: 2025-09-15, act: {kind: delibera, number: \"12\", date: 2025-09-15}}\n  - {kind: transfer-start, date: 2025-10-01}\n"},
	"W14": {file: "publiccode.yml", name: true, old: "publiccode.yml"},
	"W16": {file: "kit.md", in: "contacts:\n  |  - {office: Ufficio Innovazione, email: g.paperone@comune.paperopoli.it}\n", drop: "contacts"},
	"W18": {file: "tariffs/quota.md", in: "rules:\n  |", drop: "rules"},
	"W19": {file: "docs/A/a1.md", body: true},
	"W20": {file: "sources/kit-sportello.md", comment: "base: catalogue\n"},
	"W17": {file: "docs/A/a1.md", comment: "bytes: attachments/lezione.mp4 11000000\nbytes: attachments/lezione.pdf 9\n"},
}

// noExample says why a rule's pieces are not tried, or that there is no wrong piece.
var noExample = map[string]string{
	"E08": "the fault is a file that is not there, or each P rule",
	"W02": "the fault is a document that is not there; the right piece is tried in W02.good",
	"W10": "the fault is a text that stands in two files; the right piece is a line for the second of them",
	"W11": "the fault is bodies that are not there; the right piece is tried in W11.good",
	"W15": "the fault is a number of findings beyond what is shown",
	"V":   "what a visit met says nothing of one tree: tested where it is met",
	"T":   "what the bytes of a file hold: tested where they are read",
	"L":   "what folders and names of files tell: tested where a legacy kit is understood",
}

var topKey = regexp.MustCompile(`(?m)^([a-zA-Z]+):`)

// What a rule's page shows as wrong is told by that rule, and what it shows as right is not: once the page of W04 showed a
// mailbox at a domain of examples, which the rule lets pass.
func TestRuleExamples(t *testing.T) {
	for _, r := range schema.Rules() {
		x, ok := exampleOf[r.Code]
		if !ok {
			if noExample[r.Code] == "" && noExample[r.Code[:1]] == "" {
				t.Errorf("%s: say where its pieces belong, or why they cannot be tried", r.Code)
			}
			if noExample[r.Code[:1]] == "" && r.Wrong != "" {
				t.Errorf("%s: there is a wrong piece, try it", r.Code)
			}
			continue
		}
		for kind, piece := range map[string]string{"wrong": r.Wrong, "right": r.Right} {
			if piece == "" {
				t.Errorf("%s: no %s piece", r.Code, kind)
				continue
			}
			c := newRuleCase(t, &txtar.Archive{Comment: []byte(x.comment)})
			x.lay(t, c.tree, piece, kind)
			fs := Read(c.tree, c.options).Findings
			fires := slices.ContainsFunc(schema.Unignored(fs), func(f schema.Finding) bool { return f.Code == r.Code })
			if n, _, _ := schema.Weigh(fs); kind == "right" && n > 0 {
				t.Errorf("%s: the right piece has errors: %v", r.Code, fs)
			}
			if fires != (kind == "wrong") {
				t.Errorf("%s: the %s piece fires: %v\n%s\n%v", r.Code, kind, fires, c.tree[x.file].Data, fs)
			}
		}
	}
	for code := range exampleOf {
		if _, ok := schema.RuleOf(code); !ok {
			t.Errorf("there is no rule %s", code)
		}
	}
}

// lay puts a piece where it belongs.
func (x example) lay(t *testing.T, tree fstest.MapFS, piece, kind string) {
	t.Helper()
	changes := []string{x.also}
	if kind == "wrong" {
		changes = append(changes, x.wrong)
	} else {
		changes = append(changes, strings.Split(x.right, "\n")...)
	}
	for _, change := range changes {
		if change == "" {
			continue
		}
		parts := strings.SplitN(change, "|", 3)
		if tree[parts[0]] == nil {
			tree[parts[0]] = &fstest.MapFile{}
		}
		old := string(tree[parts[0]].Data)
		if !strings.Contains(old, parts[1]) {
			t.Fatalf("no %q in %s", parts[1], parts[0])
		}
		tree[parts[0]].Data = []byte(strings.Replace(old, parts[1], parts[2], 1))
	}
	text := string(tree[x.file].Data)
	if x.name {
		name, _, _ := strings.Cut(strings.TrimSpace(piece), " ")
		if x.old != "" {
			delete(tree, x.old)
		}
		tree[name] = &fstest.MapFile{Data: []byte(text)}
		return
	}
	if x.in != "" {
		before, after, _ := strings.Cut(x.in, "|")
		indent := before[strings.LastIndexByte(before, '\n')+1:]
		if strings.TrimSpace(indent) == "" {
			piece = before + strings.ReplaceAll(strings.TrimSuffix(piece, "\n"), "\n", "\n"+indent) + "\n" + after
		} else {
			piece = before + strings.TrimSuffix(piece, "\n") + after
		}
	}
	switch {
	case x.body:
		text += "\n" + piece
	case x.old != "" && x.in != "":
		if !strings.Contains(text, x.old) {
			t.Fatalf("no %q in %s", x.old, x.file)
		}
		text = strings.Replace(text, x.old, piece, 1)
	default:
		text = strings.Replace(text, x.old, "", 1)
		keys := strings.Fields(x.drop)
		for _, m := range topKey.FindAllStringSubmatch(piece, -1) {
			keys = append(keys, m[1])
		}
		for _, k := range keys {
			text = regexp.MustCompile(`(?m)^`+k+`:.*\n([ -]+[^-\n].*\n)*`).ReplaceAllString(text, "")
		}
		end := strings.LastIndex(text, "---\n")
		text = text[:end] + piece + text[end:]
	}
	tree[x.file] = &fstest.MapFile{Data: []byte(text)}
}
