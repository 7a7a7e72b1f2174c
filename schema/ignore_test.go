package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func shown(all []Ignore) string {
	var out []string
	for _, g := range all {
		why := g.Reason
		if g.Unheard != "" {
			why = "!" + g.Unheard
		}
		out = append(out, fmt.Sprintf("%d:%d>%d %s|%s", g.Line, g.Column, g.Target, strings.Join(g.Codes, "+"), why))
	}
	return strings.Join(out, "\n")
}

func TestYAMLIgnores(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"same line", "a: 1 # riuso: ignore P17 testo di legge\nb: 2\n", "1:6>1 P17|testo di legge"},
		{"line above", "# riuso: ignore P17, E13 testo di legge\na: 1\n", "1:1>2 P17+E13|testo di legge"},
		{"several comments and a blank line above", "# riuso: ignore P17 uno\n# altro\n\n# riuso: ignore W04 due\na: 1\n", "1:1>5 P17|uno\n4:1>5 W04|due"},
		{"CRLF and BOM", "\xef\xbb\xbfa: 1\r\n# riuso: ignore P17 motivo\r\nb: 2\r\n", "2:1>3 P17|motivo"},
		{"no reason", "a: 1 # riuso: ignore P17\n", "1:6>1 P17|"},
		{"no code", "a: 1 # riuso: ignore perché sì\n", "1:6>1 |perché sì"},
		{"nothing", "a: 1 # riuso: ignore\n", "1:6>1 |"},
		{"columns are characters", "è: 1 # riuso: ignore P17 x\n", "1:6>1 P17|x"},
		{"not a comment: quoted", "a: \"x # riuso: ignore P17 x\"\nb: 'it''s # riuso: ignore P17 x'\n", ""},
		{"not a comment: over lines", "a: \"x\n  # riuso: ignore P17 x\n  y\"\n", ""},
		{"not a comment: block", "a: |\n  x\n\n  # riuso: ignore P17 x\nb: >-  # riuso: ignore P18 sì\n  # riuso: ignore P17 x\n", "5:8>5 P18|sì"},
		{"not a comment: block in a list", "- a: |\n    # riuso: ignore P17 x\n  b: 1 # riuso: ignore P18 y\n- |\n  # riuso: ignore P17 x\n", "3:8>3 P18|y"},
		{"an apostrophe opens nothing", "a: l'atto # riuso: ignore P17 x\n", "1:11>1 P17|x"},
		{"no blank before", "a: x# riuso: ignore P17 x\n", ""},
		{"in Italian", "a: 1 # riuso: ignora P17 testo di legge\nb: 2 # Riuso: Ignora E13, P18 sì\n", "1:6>1 P17|testo di legge\n2:6>2 E13+P18|sì"},
		{"nearly", "a: 1 # riuso: ignored P17 x\nb: 1 # riuso ignora P17 x\nc: 1 # riuso: ignorare P17 x\n", "1:6>1 |!riuso: ignored\n2:6>2 |!riuso ignora\n3:6>3 |!riuso: ignorare"},
		{"other words", "a: 1 # riuso: ignorato da tutti\n# riusoignore\n# il riuso ignora E13\n# riuso ignore\n", ""},
	} {
		if got := shown(YAMLIgnores([]byte(c.in))); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestMarkdownIgnores(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"front matter and text", "---\nid: a # riuso: ignore E05 storico\n---\n\n<!-- riuso: ignore W05 casella finta -->\nScrivi a x\n",
			"2:7>2 E05|storico\n5:1>6 W05|casella finta"},
		{"same line", "Scrivi a x <!-- riuso: ignore W05 finta -->\n", "1:12>1 W05|finta"},
		{"shown as code", "```\n<!-- riuso: ignore W05 x -->\n```\nSi scrive `<!-- riuso: ignore W05 x -->`.\n", ""},
		{"a heading is no comment", "---\nid: a\n---\n# riuso: ignore W05 x\n", ""},
		{"no reason", "<!-- riuso: ignore W05 -->\n", "1:1>2 W05|"},
		{"in Italian", "<!-- riuso: ignora W05 casella finta -->\n", "1:1>2 W05|casella finta"},
		{"nearly", "Scrivi <!--riuso ignora W05 finta-->\n", "1:8>1 |!riuso ignora"},
	} {
		if got := shown(MarkdownIgnores([]byte(c.in))); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestIgnoring(t *testing.T) {
	at := func(line int, code string) Finding {
		return Finding{File: "a.yml", Line: line, Severity: Error, Code: code}
	}
	for _, c := range []struct {
		name, in string
		found    []Finding
		want     string // of each finding: code, line, reason
	}{
		{"one", "a: 1 # riuso: ignore P17 x\n", []Finding{at(1, "P17"), at(1, "P18"), at(2, "P17")}, "P17@1(x) P18@1() P17@2()"},
		{"another file's", "b: 1\na: 1 # riuso: ignore P17 x\n", []Finding{{File: "b.yml", Line: 2, Code: "P17"}}, "P17@2() W16@2()"},
		{"stale", "a: 1 # riuso: ignore P17 x\n", nil, "W16@1()"},
		{"one of two stale", "a: 1 # riuso: ignore P17,P18 x\n", []Finding{at(1, "P17")}, "P17@1(x) W16@1()"},
		{"no reason", "a: 1 # riuso: ignore P17\n", []Finding{at(1, "P17")}, "P17@1() W16@1()"},
		{"no such code", "a: 1 # riuso: ignore Q17 x\n", []Finding{at(1, "P17")}, "P17@1() W16@1()"},
		{"no such rule", "a: 1 # riuso: ignore W99 x\n", nil, "W16@1()"},
		{"lower case", "a: 1 # riuso: ignore p17 x\n", []Finding{at(1, "P17")}, "P17@1() W16@1()"},
		{"unreadable", "a: 1 # riuso: ignore P01,E01,V01,W15,W16 x\n", []Finding{at(1, "P01"), at(1, "V01")}, "P01@1() V01@1() W16@1() W16@1() W16@1() W16@1() W16@1()"},
		{"the file as a whole", "# riuso: ignore W14 altri lo leggono\na: 1\n", []Finding{at(0, "W14"), at(1, "W14")}, "W14@0(altri lo leggono) W14@1(altri lo leggono)"},
		{"not the file as a whole", "b: 1\n# riuso: ignore W14 x\na: 1\n", []Finding{at(1, "W14")}, "W14@1() W16@2()"},
	} {
		var got []string
		for _, f := range Ignoring(c.found, "a.yml", YAMLIgnores([]byte(c.in)), nil) {
			got = append(got, fmt.Sprintf("%s@%d(%s)", f.Code, f.Line, f.Ignored))
			if f.Code == "W16" && (f.Hint.IsZero() || f.Message.En == "" || f.Severity != Warning || f.Column == 0) {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
	if fs := Ignoring(nil, "a.yml", YAMLIgnores([]byte("a: 1 # riuso: ignore P17 x\n")), func(string) bool { return false }); len(fs) != 0 {
		t.Errorf("called stale by who did not look: %v", fs)
	}
}

func TestIgnoredCountsForNothing(t *testing.T) {
	fs := []Finding{{Severity: Error, Ignored: "x"}, {Severity: Warning}, {Severity: Warning, Ignored: "x"}}
	if HasErrors(fs) || !HasErrors([]Finding{{Severity: Error}}) {
		t.Error("an ignored error is no error, another is")
	}
	if e, w, i := Weigh(fs); e != 0 || w != 1 || i != 2 {
		t.Errorf("%d errors, %d warnings, %d ignored", e, w, i)
	}
	if got := Unignored(fs); len(got) != 1 || len(fs) != 3 {
		t.Errorf("%v", got)
	}
}

func TestIgnoresAreBounded(t *testing.T) {
	all := YAMLIgnores([]byte(strings.Repeat("a: 1 # riuso: ignore "+strings.Repeat("P17,", 100)+"P17 "+strings.Repeat("x", 2*maxReason)+"\n", 2*MaxIgnores)))
	if len(all) != MaxIgnores || len(all[0].Codes) != MaxIgnoredCodes || len([]rune(all[0].Reason)) != maxReason {
		t.Errorf("%d comments, %d codes, a reason of %d", len(all), len(all[0].Codes), len(all[0].Reason))
	}
}

func FuzzIgnores(f *testing.F) {
	f.Add("a: 1 # riuso: ignore P17 x\n")
	f.Add("---\na: |\n  \"x # riuso: ignore P17 x\n---\n<!-- riuso: ignore W05 x -->\n```\n")
	f.Fuzz(func(t *testing.T, in string) {
		n := strings.Count(in, "\n") + 1
		for _, all := range [][]Ignore{YAMLIgnores([]byte(in)), MarkdownIgnores([]byte(in))} {
			for _, g := range all {
				if g.Line < 1 || g.Line > n || g.Target < g.Line || g.Column < 1 || slices.Contains(g.Codes, "") || strings.ContainsAny(g.Reason, "\n\r\x1b") {
					t.Errorf("%+v of %q", g, in)
				}
			}
			Ignoring([]Finding{{File: "a", Line: 1, Code: "P17"}}, "a", all, nil)
		}
	})
}
