package schema

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of what one file may ask to ignore. What is beyond them is not heard, and the findings stay.
const (
	MaxIgnores      = 500 // comments of one file
	MaxIgnoredCodes = 20  // codes of one comment
	maxReason       = 300 // characters of a reason
)

// Ignore is a comment by which the writer of a file says that a finding is known and why it stays:
// "# riuso: ignore W04 <reason>" in YAML, "<!-- riuso: ignore W05 <reason> -->" in the text of a Markdown file, on the
// line of the finding or on the line above it. "ignora" is the same word in Italian.
type Ignore struct {
	Line, Column int      // of the comment, from 1
	Target       int      // the line that it speaks of beside its own
	Top          bool     // it stands before everything else, and speaks of the file as a whole, too
	Codes        []string // as written
	Reason       string   // why; empty when the writer gave none
	Unheard      string   // what stands there in place of "riuso: ignore", when a code follows and it was surely meant
}

// covers says whether a finding of the file stands where the comment speaks of.
func (g *Ignore) covers(f *Finding) bool {
	return f.Line == g.Line || f.Line == g.Target || g.Top && f.Line <= 1
}

// ignoreWords match what asks to ignore, and what nearly does: another form of the verb, no colon.
const ignoreWords = `((?i:riuso)[\s:]\s*(?i:ignor)\p{L}*)`

var (
	yamlIgnore     = regexp.MustCompile(`^#+\s*` + ignoreWords + `(?:[\s:]+(.*))?$`)
	markdownIgnore = regexp.MustCompile(`<!--\s*` + ignoreWords + `(?:[\s:]+(.*?))?\s*-->`)
	heardWords     = regexp.MustCompile(`^(?i:riuso)\s*:\s*(?i:ignore|ignora)$`)
	codeShape      = regexp.MustCompile(`^[PEWV][0-9]{2,3}$`)
	codesAndReason = regexp.MustCompile(`^([A-Za-z][0-9]{2,3}(?:\s*,\s*[A-Za-z][0-9]{2,3})*)(?:[\s:,]+(.*))?$`)
)

// YAMLIgnores gives the comments of a YAML file that ask to ignore something, in their order.
func YAMLIgnores(data []byte) []Ignore {
	return yamlIgnores(lines(data), 0, nil)
}

// MarkdownIgnores gives those of the front matter and of the text of a Markdown file.
func MarkdownIgnores(data []byte) []Ignore {
	all := lines(data)
	end := 0
	if len(all) > 0 && strings.TrimRight(all[0], " \t") == "---" {
		for i, l := range all[1:] {
			if t := strings.TrimRight(l, " \t"); t == "---" || t == "..." {
				end = i + 1
				break
			}
		}
	}
	var out []Ignore
	if end > 0 {
		out = yamlIgnores(all[1:end], 1, nil)
		end++
	}
	return bodyIgnores(all[end:], end, out)
}

// lines cuts a file at its line feeds.
func lines(data []byte) []string {
	if !bytes.Contains(data, []byte("gnor")) && !bytes.Contains(data, []byte("GNOR")) {
		return nil
	}
	all := strings.Split(string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), "\n")
	for i := range all {
		all[i] = strings.TrimSuffix(all[i], "\r")
	}
	return all
}

func yamlIgnores(all []string, before int, out []Ignore) []Ignore {
	at := comments{}
	top := true
	first := len(out) // of the comments that wait for the line they speak of
	for i, line := range all {
		start := at.next(line)
		alone := start >= 0 && strings.TrimSpace(line[:start]) == ""
		blank := strings.TrimSpace(line) == ""
		if !alone && !blank {
			for j := first; j < len(out); j++ {
				out[j].Target = i + 1 + before
			}
			first, top = len(out), false
		}
		if start < 0 || len(out) >= MaxIgnores {
			continue
		}
		if m := yamlIgnore.FindStringSubmatch(strings.TrimRight(line[start:], " \t")); m != nil {
			g, meant := ignoreOf(m[1], m[2], i+1+before, utf8.RuneCountInString(line[:start])+1, top)
			if !meant {
				continue
			}
			if out = append(out, g); !alone {
				first = len(out)
			}
		}
	}
	return out
}

func bodyIgnores(all []string, before int, out []Ignore) []Ignore {
	fence := ""
	for i, line := range all {
		trimmed := strings.TrimSpace(line)
		for _, mark := range []string{"```", "~~~"} {
			switch {
			case !strings.HasPrefix(trimmed, mark):
			case fence == "":
				fence = mark
			case fence == mark:
				fence = ""
			}
		}
		if fence != "" || len(out) >= MaxIgnores {
			continue
		}
		m := markdownIgnore.FindStringSubmatchIndex(line)
		if m == nil || strings.Count(line[:m[0]], "`")%2 == 1 {
			continue
		}
		rest := ""
		if m[4] >= 0 {
			rest = line[m[4]:m[5]]
		}
		g, meant := ignoreOf(line[m[2]:m[3]], rest, i+1+before, utf8.RuneCountInString(line[:m[0]])+1, false)
		if !meant {
			continue
		}
		if strings.TrimSpace(line[:m[0]]+line[m[1]:]) == "" {
			g.Target = g.Line + 1
		}
		out = append(out, g)
	}
	return out
}

// ignoreOf reads "riuso: ignore" and what stands behind it. With other words it was meant only when a code follows.
func ignoreOf(words, text string, line, column int, top bool) (g Ignore, meant bool) {
	g = Ignore{Line: line, Column: column, Target: line, Top: top}
	m := codesAndReason.FindStringSubmatch(strings.TrimSpace(text))
	if !heardWords.MatchString(words) {
		g.Unheard = clipped(words)
		return g, m != nil
	}
	if m == nil {
		g.Reason = clipped(strings.TrimSpace(text))
		return g, true
	}
	for code := range strings.SplitSeq(m[1], ",") {
		if len(g.Codes) < MaxIgnoredCodes {
			g.Codes = append(g.Codes, strings.TrimSpace(code))
		}
	}
	g.Reason = clipped(strings.TrimSpace(m[2]))
	return g, true
}

// clipped keeps of a reason what can be shown: bounded, on one line, in UTF-8.
func clipped(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if utf8.RuneCountInString(s) > maxReason {
		s = string([]rune(s)[:maxReason-1]) + "…"
	}
	return s
}

// Ignorable says whether a finding of that code may be ignored: not what a visit met (V..) or the bytes of an attachment
// (T..) or names of files (L..): no comment fits in there, nor a file that cannot be read (E01, P01), nor the findings on findings.
func Ignorable(code string) bool {
	return !strings.HasPrefix(code, "V") && !strings.HasPrefix(code, "T") && !strings.HasPrefix(code, "L") && !slices.Contains([]string{"E01", "P01", "W15", "W16"}, code)
}

// Unignored gives the findings that stand.
func Unignored(fs []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(fs), func(f Finding) bool { return f.Ignored != "" })
}

// Weigh counts the findings: errors, warnings, and those that are ignored with a reason and count as neither.
func Weigh(fs []Finding) (errors, warnings, ignored int) {
	for _, f := range fs {
		switch {
		case f.Ignored != "":
			ignored++
		case f.Severity == Error:
			errors++
		default:
			warnings++
		}
	}
	return errors, warnings, ignored
}

// NeedsMore says whether a finding of that code takes more than the text of one tree: the files and addresses that a
// publiccode.yml names (P50–P69).
func NeedsMore(code string) bool { return len(code) == 3 && (code[:2] == "P5" || code[:2] == "P6") }
