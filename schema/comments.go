package schema

import "strings"

// comments finds the comment of each line of a YAML text, read line by line: a "#" within quotes or in a block of text
// is none. It knows as much of YAML as that takes and no more.
type comments struct {
	quote byte // the quote that is open at the end of the line, or 0
	block int  // the indent above which lines belong to a block of text, or noBlock
	begun bool
}

const noBlock = -2

// next gives the offset of the comment of the next line, or -1.
func (c *comments) next(line string) int {
	if !c.begun {
		c.begun, c.block = true, noBlock
	}
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if c.block != noBlock {
		if strings.TrimSpace(line) == "" || indent > c.block {
			return -1
		}
		c.block = noBlock
	}
	start := true // a value may begin here
	parent := -1  // the indent of the innermost key or dash of the line
	for i := 0; i < len(line); i++ {
		b := line[i]
		switch {
		case c.quote == '"' && b == '\\', c.quote == '\'' && strings.HasPrefix(line[i:], "''"):
			i++
		case c.quote != 0:
			if b == c.quote {
				c.quote = 0
			}
			start = false
		case b == ' ' || b == '\t':
		case b == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		case start && (b == '"' || b == '\''):
			c.quote = b
			if parent < 0 || parent < i && strings.TrimLeft(line[:i], " -?") == "" {
				parent = i
			}
		case start && (b == '|' || b == '>') && isBlock(line[i+1:]):
			c.block = parent
			at := strings.IndexByte(line[i:], '#')
			if at < 0 {
				return -1
			}
			return i + at
		case (b == '-' || b == '?') && strings.TrimLeft(line[:i], " -?") == "" && (i+1 == len(line) || line[i+1] == ' '):
			parent, start = i, true
		case b == '[' || b == '{' || b == ',' || b == ':' && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t'):
			start = true
		case b == '&' || b == '!':
			for i+1 < len(line) && line[i+1] != ' ' {
				i++ // an anchor or a tag: the value is behind it
			}
		default:
			if strings.TrimLeft(line[:i], " -?") == "" {
				parent = i
			}
			start = false
		}
	}
	return -1
}

// isBlock says that what stands behind | or > is the rest of the head of a block of text.
func isBlock(rest string) bool {
	rest = strings.TrimLeft(rest, "+-0123456789")
	return strings.TrimSpace(rest) == "" || (rest[0] == ' ' || rest[0] == '\t') && strings.HasPrefix(strings.TrimSpace(rest), "#")
}
