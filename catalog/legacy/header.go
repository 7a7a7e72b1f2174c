package legacy

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/privacy"
)

const (
	maxHeaderPages  = 5   // of a document in which the block is looked for
	maxHeaderLines  = 80  // of the page after the title of the block
	maxValueLines   = 8   // over which one value of the block may be broken
	maxHeaderTitles = 5   // places that look like the title of a block and are tried
	maxTitleRunes   = 300 // of a value of the block
)

// headerField is one row of the block.
type headerField int

const (
	fieldNone headerField = iota
	fieldAction
	fieldID
	fieldTitle
	fieldReleased
	fieldVersion
	fieldUpdated
)

var (
	actionCode = regexp.MustCompile(`^([A-Za-z]\d{1,2})\b`)
	outputID   = regexp.MustCompile(`^#?\s*(\d{1,4})$`)
	versionNo  = regexp.MustCompile(`^(?i:versione|vers|ver|v)?[.\s]*(\d{1,4}(?:\.\d{1,4}){0,3})\b`)
)

// ReadHeader reads the block "Stato del documento" that documents of the founding programme carry on their first pages
// (kit format, §L3, step 8). Extraction may give all labels and then all values, or a value after each label, and values
// broken over lines; a date that no calendar has is left out. ok is false where there is no such block.
func ReadHeader(t *catalog.Text) (*Header, bool) {
	if t == nil {
		return nil, false
	}
	tries := 0
	for i := range t.Pages {
		if t.Pages[i].N > maxHeaderPages || i >= maxHeaderPages {
			return nil, false
		}
		lines := strings.SplitAfterN(privacy.WithoutMarks(t.Pages[i].Text), "\n", maxPageLines)
		for n, l := range lines {
			if !isHeaderTitle(l) {
				continue
			}
			if tries++; tries > maxHeaderTitles {
				return nil, false
			}
			if h, ok := readBlock(lines[n+1 : min(len(lines), n+1+maxHeaderLines)]); ok {
				h.Page = t.Pages[i].N
				return h, true
			}
		}
	}
	return nil, false
}

func isHeaderTitle(l string) bool {
	if len(l) > maxLabelBytes {
		return false
	}
	f := strings.TrimRight(fold(l), " :.")
	for _, w := range headerTitles {
		if f == w {
			return true
		}
	}
	return false
}

// cell is a label, a value's line, or nothing (an empty line) of the block.
type cell struct {
	label headerField
	text  string
}

// readBlock gives each label its value: a run of labels is followed by the run of their values.
func readBlock(lines []string) (*Header, bool) {
	cells := headerCells(lines)
	h, labels, found := &Header{}, 0, false
	for i := 0; i < len(cells); {
		if cells[i].label == fieldNone {
			i++
			continue
		}
		var asked []headerField
		for ; i < len(cells) && (cells[i].label != fieldNone || cells[i].text == ""); i++ {
			if cells[i].label != fieldNone {
				asked = append(asked, cells[i].label)
			}
		}
		from := i
		for i < len(cells) && cells[i].label == fieldNone {
			i++
		}
		labels += len(asked)
		found = h.fill(asked, cells[from:i]) || found
	}
	return h, found && labels >= minHeaderLabels
}

// headerCells tells labels from values; columns come apart at tabs.
func headerCells(lines []string) []cell {
	var out []cell
	for i := 0; i < len(lines); i++ {
		whole := strings.TrimSpace(lines[i])
		if i+1 < len(lines) && whole != "" {
			second := strings.TrimSpace(lines[i+1])
			if f := labelOf(whole + " " + second); f != fieldNone && second != "" && labelOf(second) == fieldNone {
				out = append(out, cell{label: f}) // a label broken over two lines
				i++
				continue
			}
		}
		for _, part := range strings.Split(whole, "\t") {
			part = strings.TrimSpace(part)
			if f := labelOf(part); f != fieldNone {
				out = append(out, cell{label: f})
			} else if f, rest := labelled(part); f != fieldNone {
				out = append(out, cell{label: f}, cell{text: rest})
			} else {
				out = append(out, cell{text: part})
			}
		}
	}
	return out
}

func labelOf(s string) headerField {
	if len(s) > maxLabelBytes {
		return fieldNone
	}
	return headerLabels[strings.TrimRight(fold(s), " :.")]
}

// labelled reads a label and its value on one line: "Versione: 1.0".
func labelled(s string) (headerField, string) {
	if name, rest, ok := strings.Cut(s, ":"); ok {
		if f := labelOf(name); f != fieldNone && strings.TrimSpace(rest) != "" {
			return f, strings.TrimSpace(rest)
		}
	}
	if name, rest, ok := strings.Cut(s, "  "); ok {
		if f := labelOf(name); f != fieldNone {
			return f, strings.TrimSpace(rest)
		}
	}
	at := strings.LastIndexByte(s, ' ')
	if at < 0 {
		return fieldNone, ""
	}
	if f := labelOf(s[:at]); f != fieldNone && fits(f, s[at+1:]) && !isFree(f) {
		return f, s[at+1:]
	}
	return fieldNone, ""
}

func isFree(f headerField) bool { return f == fieldAction || f == fieldTitle }

// fits says whether a line has the shape of a value of that field; a free one takes any.
func fits(f headerField, s string) bool {
	switch f {
	case fieldID:
		return outputID.MatchString(s)
	case fieldReleased, fieldUpdated:
		return looksLikeDate(s)
	case fieldVersion:
		return !looksLikeDate(s) && versionNo.MatchString(s)
	}
	return s != ""
}

// fill gives the values to the labels in their order. A value of a known shape that is not there is passed over, and the
// words of a free one go on up to the next known shape.
func (h *Header) fill(asked []headerField, values []cell) bool {
	found, at := false, 0
	skipEmpty := func() {
		for at < len(values) && values[at].text == "" {
			at++
		}
	}
	for n, f := range asked {
		skipEmpty()
		if at >= len(values) {
			break
		}
		if !isFree(f) {
			if s := values[at].text; fits(f, s) || isBlankValue(s) {
				h.set(f, s)
				found = true
				at++
			}
			continue
		}
		end := endOfFree(asked[n+1:], values[at:])
		var words []string
		for _, v := range values[at : at+end] {
			if v.text != "" {
				words = append(words, v.text)
			}
		}
		if len(words) > 0 {
			h.set(f, strings.Join(words, " "))
			found = true
		}
		at += end
	}
	return found
}

// endOfFree counts the lines of a free value: up to the shape of a field that follows, else to the empty line.
func endOfFree(next []headerField, values []cell) int {
	if len(next) > 0 && isFree(next[0]) {
		return 1
	}
	limit := min(len(values), maxValueLines)
	for i := 0; i < limit; i++ {
		for _, f := range next {
			if isFree(f) {
				break
			}
			if s := values[i].text; fits(f, s) && (i > 0 || f != fieldVersion) || s != "" && isBlankValue(s) {
				return i
			}
		}
	}
	for i := 0; i < limit; i++ {
		if values[i].text == "" {
			return i
		}
	}
	return limit
}

func isBlankValue(s string) bool { return strings.Trim(s, "-–—._/… ") == "" }

func (h *Header) set(f headerField, s string) {
	switch f {
	case fieldAction:
		if m := actionCode.FindStringSubmatch(s); m != nil && h.Action == "" {
			h.Action = strings.ToUpper(m[1])
		}
	case fieldID:
		if m := outputID.FindStringSubmatch(s); m != nil && h.OutputID == "" {
			h.OutputID = m[1]
		}
	case fieldTitle:
		if h.Title == "" && !isBlankValue(s) {
			h.Title = clip(strings.Join(strings.Fields(s), " "), maxTitleRunes)
		}
	case fieldReleased:
		if d, ok := dateOf(s); ok && h.Released == "" {
			h.Released = d
		}
	case fieldUpdated:
		if d, ok := dateOf(s); ok && h.Updated == "" {
			h.Updated = d
		}
	case fieldVersion:
		if m := versionNo.FindStringSubmatch(s); m != nil && h.Version == "" {
			h.Version, h.Status = m[1], statusOf(s)
		}
	}
}

// statusOf is a value of document.status where the words after a version say so, else "".
func statusOf(s string) string {
	f := fold(s)
	for _, w := range statusWords {
		if strings.Contains(f, w.word) {
			return w.value
		}
	}
	return ""
}

// clip cuts a text to so many runes.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}
