package pdf

import "strings"

// clean makes one page plain: valid UTF-8, lines ended by "\n", no control characters, no blanks at the end of a line; and
// letters as people type them: a ligature is its letters again, a hyphen that shows only at the end of a line and the
// blank that must not break are gone, and what the fonts of symbols draw (they use codes that mean nothing elsewhere) is a
// bullet.
func clean(page string) string {
	page = strings.ToValidUTF8(page, "\uFFFD")
	page = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u00ad", "",
		"\ufb00", "ff", "\ufb01", "fi", "\ufb02", "fl", "\ufb03", "ffi", "\ufb04", "ffl").Replace(page)
	page = strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c < ' ' || c >= 0x7f && c < 0xa0:
			return -1
		case c >= 0xf000 && c <= 0xf0ff:
			return '•'
		}
		return c
	}, page)
	lines := strings.Split(page, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	page = strings.Trim(strings.Join(lines, "\n"), "\n")
	if strings.TrimSpace(page) == "" {
		return ""
	}
	return page + "\n"
}
