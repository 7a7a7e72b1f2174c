package attach

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

var (
	mainPartName = regexp.MustCompile(`^word/document\d{0,3}\.xml$`)
	edgePartName = regexp.MustCompile(`^word/(header|footer)\d{0,6}\.xml$`)
)

// mainPart is the body of a Word document; some programs number it.
func mainPart(a *archive) string {
	if a.has("word/document.xml") {
		return "word/document.xml"
	}
	best := ""
	for name := range a.byID {
		if mainPartName.MatchString(name) && (best == "" || name < best) {
			best = name
		}
	}
	return best
}

// readDOCX reads a Word document: headers, body, notes, footers, each text at the edge once. Comments and what was deleted
// under revision are no part of it.
func readDOCX(ctx context.Context, a *archive, l *lines) error {
	var headers, footers []string
	for name := range a.byID {
		if m := edgePartName.FindStringSubmatch(name); m != nil && m[1] == "header" {
			headers = append(headers, name)
		} else if m != nil {
			footers = append(footers, name)
		}
	}
	slices.Sort(headers)
	slices.Sort(footers)
	seen := map[string]bool{}
	for _, name := range headers {
		if err := edge(ctx, a, l, name, seen); err != nil {
			return err
		}
	}
	parts := []string{mainPart(a), "word/footnotes.xml", "word/endnotes.xml"}
	for i, name := range parts {
		if i > 0 && !a.has(name) {
			continue
		}
		l.blank()
		if err := a.walk(ctx, l, name, wordText(l)); err != nil {
			return err
		}
	}
	l.blank()
	for _, name := range footers {
		if err := edge(ctx, a, l, name, seen); err != nil {
			return err
		}
	}
	return nil
}

// edge reads a header or footer, and keeps it when no other one said the same.
func edge(ctx context.Context, a *archive, l *lines, name string, seen map[string]bool) error {
	apart := &lines{lim: l.lim, used: l.used}
	err := a.walk(ctx, apart, name, wordText(apart))
	text := strings.TrimSpace(apart.page.String())
	if text == "" || seen[text] {
		return err
	}
	seen[text] = true
	if werr := l.words(text); err == nil {
		err = werr
	}
	l.line()
	return err
}

// wordText hears the text of WordprocessingML and of DrawingML, which name paragraphs, runs and tables alike (ECMA-376,
// parts 17 and 21). Text that its run hides is left out: who wrote it did not mean it to be read. Hiding by a style is not
// looked at.
func wordText(l *lines) handler {
	tables, texts, hidden := 0, 0, 0
	var runs []bool // that are open: whether each is hidden
	return handler{
		start: func(name string, a attrs) error {
			switch name {
			case "pPr", "rPrChange", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "bodyPr", "lstStyle", "endParaRPr", "Fallback", "binData", "del", "moveFrom":
				return errSkip
			case "fld":
				if strings.HasPrefix(a.get("type"), "slidenum") {
					return errSkip
				}
			case "t":
				texts++
			case "r":
				runs = append(runs, false)
			case "vanish":
				if n := len(runs) - 1; n >= 0 && !runs[n] && isOn(a.get("val")) {
					runs[n] = true
					hidden++
				}
			case "tab", "ptab", "br", "cr", "noBreakHyphen":
				if hidden > 0 {
					return nil
				}
			}
			switch name {
			case "tab", "ptab":
				l.cell()
			case "br", "cr":
				if tables > 0 {
					l.space()
				} else {
					l.line()
				}
			case "noBreakHyphen":
				return l.words("-")
			case "tbl":
				if tables++; tables == 1 {
					l.line()
				}
			case "txbxContent":
				if tables == 0 {
					l.line()
				}
			}
			return nil
		},
		end: func(name string) error {
			switch name {
			case "t":
				texts = max(0, texts-1)
			case "r":
				if n := len(runs) - 1; n >= 0 {
					if runs[n] {
						hidden--
					}
					runs = runs[:n]
				}
			case "p":
				switch {
				case tables > 0:
					l.space()
				case l.breaks > 0:
					l.blank()
				default:
					l.line()
				}
			case "tc":
				if tables == 1 {
					l.cell()
				} else {
					l.space()
				}
			case "tr":
				if tables == 1 {
					l.row()
				} else {
					l.space()
				}
			case "tbl":
				if tables = max(0, tables-1); tables == 0 {
					l.blank()
				}
			}
			return nil
		},
		text: func(s string) error {
			if texts == 0 || hidden > 0 {
				return nil
			}
			return l.words(s)
		},
	}
}

// isOn reads the value of a property that is on where it stands (ECMA-376, 17.17.4).
func isOn(val string) bool { return val != "0" && val != "false" && val != "off" }
