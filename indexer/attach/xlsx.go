package attach

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"
)

// workbook is what the sheets of a file share.
type workbook struct {
	strings   []string
	dates     []bool // by style of a cell: its number is a day
	since1904 bool   // days count from 1904, as on old Macintoshes
	cut       bool   // there are more strings than are kept
}

// readXLSX reads an Excel workbook: a page for each sheet, under its name, a line for each row. Formulas give the value that
// they had when the file was saved. Sheets that are hidden are left out, and nothing is said to be missing: who opens the
// file does not see them either, and what was put away there (lists of persons, earlier figures) was not meant to be read.
func readXLSX(ctx context.Context, a *archive, l *lines) error {
	const main = "xl/workbook.xml"
	links, err := a.relations(ctx, l, main)
	if err != nil {
		return err
	}
	type sheet struct{ name, part string }
	var sheets []sheet
	var book workbook
	err = a.walk(ctx, l, main, handler{start: func(name string, at attrs) error {
		if name == "workbookPr" && at.get("date1904") != "" {
			book.since1904 = isOn(at.get("date1904"))
		}
		state := at.get("state")
		if r, ok := links[at.relation()]; name == "sheet" && ok && a.has(r.part) && state != "hidden" && state != "veryHidden" {
			sheets = append(sheets, sheet{at.get("name"), r.part})
		}
		return nil
	}})
	if err != nil {
		return err
	}
	l.count = len(sheets)
	for _, r := range links {
		switch {
		case !a.has(r.part):
		case r.kind == "sharedStrings":
			err = book.readStrings(ctx, a, l, r.part)
		case r.kind == "styles":
			err = book.readStyles(ctx, a, l, r.part)
		}
		if err != nil {
			return err
		}
	}
	for _, s := range sheets {
		if err := l.begin(s.name); err != nil {
			return err
		}
		if err := a.walk(ctx, l, s.part, book.cells(l)); err != nil {
			return err
		}
	}
	if book.cut {
		return over("%d testi nelle celle", "%d texts in the cells", maxStrings)
	}
	return nil
}

// readStrings reads the texts that cells point at.
func (b *workbook) readStrings(ctx context.Context, a *archive, l *lines, part string) error {
	var one strings.Builder
	texts, used := 0, 0
	return a.walk(ctx, l, part, handler{
		start: func(name string, _ attrs) error {
			switch name {
			case "rPh", "rPr", "phoneticPr":
				return errSkip
			case "si":
				one.Reset()
			case "t":
				texts++
			}
			return nil
		},
		end: func(name string) error {
			switch name {
			case "t":
				texts = max(0, texts-1)
			case "si":
				if b.cut = b.cut || len(b.strings) >= maxStrings || used >= maxStringsBytes; !b.cut {
					b.strings = append(b.strings, one.String())
					used += one.Len()
				}
				one.Reset()
			}
			return nil
		},
		text: func(s string) error {
			if texts > 0 && one.Len() < maxToken {
				one.WriteString(s)
			}
			return nil
		},
	})
}

// readStyles learns in which styles a number is a day.
func (b *workbook) readStyles(ctx context.Context, a *archive, l *lines, part string) error {
	formats := map[string]bool{}
	within := false
	return a.walk(ctx, l, part, handler{
		start: func(name string, at attrs) error {
			switch name {
			case "numFmt":
				if len(formats) < maxRelations {
					formats[at.get("numFmtId")] = dateFormat(at.get("formatCode"))
				}
			case "cellXfs":
				within = true
			case "xf":
				if within && len(b.dates) < maxRelations {
					id := at.get("numFmtId")
					n, err := strconv.Atoi(id)
					b.dates = append(b.dates, formats[id] || err == nil && (n >= 14 && n <= 17 || n == 22))
				}
			}
			return nil
		},
		end: func(name string) error {
			if name == "cellXfs" {
				within = false
			}
			return nil
		},
	})
}

// dateFormat says whether a format of Excel shows days, or months by their names.
func dateFormat(code string) bool {
	quoted, bracket, escaped, months := false, false, false, 0
	for _, r := range strings.ToLower(code) {
		if months++; r != 'm' || quoted || bracket || escaped {
			months = 0
		}
		switch {
		case escaped:
			escaped = false
		case r == '\\' && !quoted:
			escaped = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case !bracket && (r == 'y' || r == 'd' || months == 3):
			return true
		}
	}
	return false
}

// cells hears the cells of a sheet.
func (b *workbook) cells(l *lines) handler {
	var kind, style string
	var value strings.Builder
	values, column := 0, 0
	return handler{
		start: func(name string, at attrs) error {
			switch name {
			case "row":
				column = 0
			case "c":
				if at := columnOf(at.get("r")); at > column {
					for range min(at-column, maxGap) {
						l.cell()
					}
					column = at
				}
				kind, style = at.get("t"), at.get("s")
				value.Reset()
			case "v", "t":
				values++
			case "rPh", "f", "oddHeader", "oddFooter", "dataValidations", "conditionalFormatting":
				return errSkip
			}
			return nil
		},
		end: func(name string) error {
			switch name {
			case "v", "t":
				values = max(0, values-1)
			case "c":
				column++
				err := l.words(strings.TrimSpace(strings.ReplaceAll(b.shown(kind, style, value.String()), "\n", " ")))
				value.Reset()
				l.cell()
				return err
			case "row":
				l.row()
			}
			return nil
		},
		text: func(s string) error {
			if values > 0 && value.Len() < maxToken {
				value.WriteString(s)
			}
			return nil
		},
	}
}

// dayZero is the day from which days count.
func (b *workbook) dayZero() time.Time {
	if b.since1904 {
		return time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
}

// columnOf is the column of a cell, from 0: of "C7" it is 2; -1 where the file does not say.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 3 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	return n - 1
}

// shown is the value of a cell as a person reads it.
func (b *workbook) shown(kind, style, value string) string {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(b.strings) {
			return b.strings[i]
		}
		return ""
	case "str", "inlineStr", "d":
		return value
	case "b", "e":
		return ""
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(x) || math.Abs(x) >= 1e15 {
		return value
	}
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(b.dates) && b.dates[i] && x >= 1 && x < 100_000 {
		return b.dayZero().AddDate(0, 0, int(x)).Format(time.DateOnly)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
