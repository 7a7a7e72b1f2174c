package attach

import (
	"context"
	"strconv"
	"strings"
)

// readODF reads a document of OpenDocument: one page of a text, a page for each sheet or slide. Comments and what was
// deleted under revision are no part of it (OpenDocument 1.3, part 3).
func readODF(ctx context.Context, a *archive, l *lines, f format) error {
	if sealed, err := odfEncrypted(ctx, a, l); err != nil || sealed {
		if sealed {
			return ErrEncrypted
		}
		return err
	}
	if f != fODT {
		return a.walk(ctx, l, "content.xml", odfText(l, f))
	}
	headers, footers, err := odfEdges(ctx, a, l)
	if err != nil {
		return err
	}
	for _, s := range headers {
		if err := l.words(s); err != nil {
			return err
		}
		l.line()
	}
	l.blank()
	if err := a.walk(ctx, l, "content.xml", odfText(l, f)); err != nil {
		return err
	}
	l.blank()
	for _, s := range footers {
		if err := l.words(s); err != nil {
			return err
		}
		l.line()
	}
	return nil
}

// odfEncrypted says whether the manifest tells how to decrypt the parts.
func odfEncrypted(ctx context.Context, a *archive, l *lines) (sealed bool, err error) {
	const manifest = "META-INF/manifest.xml"
	if !a.has(manifest) {
		return false, nil
	}
	err = a.walk(ctx, l, manifest, handler{start: func(name string, _ attrs) error {
		sealed = sealed || name == "encryption-data"
		return nil
	}})
	return sealed, err
}

// odfEdges gives the lines of headers and footers, each once.
func odfEdges(ctx context.Context, a *archive, l *lines) (headers, footers []string, err error) {
	if !a.has("styles.xml") {
		return nil, nil, nil
	}
	top, bottom := &lines{lim: l.lim}, &lines{lim: l.lim}
	var into *handler
	err = a.walk(ctx, l, "styles.xml", handler{
		start: func(name string, at attrs) error {
			switch {
			case into != nil:
				return into.start(name, at)
			case strings.HasPrefix(name, "header") && !strings.HasSuffix(name, "style"):
				h := odfText(top, fODT)
				into = &h
			case strings.HasPrefix(name, "footer") && !strings.HasSuffix(name, "style"):
				h := odfText(bottom, fODT)
				into = &h
			}
			return nil
		},
		end: func(name string) error {
			if into != nil && (strings.HasPrefix(name, "header") || strings.HasPrefix(name, "footer")) {
				into = nil
				return nil
			}
			if into != nil {
				return into.end(name)
			}
			return nil
		},
		text: func(s string) error {
			if into == nil {
				return nil
			}
			return into.text(s)
		},
	})
	return distinct(top.page.String()), distinct(bottom.page.String()), err
}

// distinct gives the lines of a text, each once, none empty.
func distinct(text string) []string {
	var out []string
	seen := map[string]bool{}
	for s := range strings.SplitSeq(text, "\n") {
		if s = strings.TrimSpace(s); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// odfText hears the text of a body.
func odfText(l *lines, f format) handler {
	paragraphs, notes, tables := 0, 0, 0
	var repeat []int // of the cells that are open
	return handler{
		start: func(name string, at attrs) error {
			switch name {
			case "tracked-changes", "annotation", "forms", "binary-data", "note-citation", "desc", "page-number", "scripts", "settings",
				"header-decl", "footer-decl", "date-time-decl", "shapes", "event-listeners", "sequence-decls":
				return errSkip
			case "p", "h":
				paragraphs++
			case "note":
				notes++
				l.space()
			case "tab":
				l.cell()
			case "line-break":
				if tables > 0 && f != fODS {
					l.space()
				} else {
					l.line()
				}
			case "s":
				l.space()
			case "text-box":
				l.line()
			case "table":
				tables++
				if f == fODS && tables == 1 {
					return l.begin(at.get("name"))
				}
				if tables == 1 {
					l.line()
				}
			case "table-cell", "covered-table-cell":
				n, err := strconv.Atoi(at.get("number-columns-repeated"))
				if err != nil || n < 1 {
					n = 1
				}
				repeat = append(repeat, min(n, maxGap))
			case "page":
				if f == fODP {
					return l.begin("")
				}
			case "notes":
				l.blank()
			}
			return nil
		},
		end: func(name string) error {
			switch name {
			case "p", "h":
				paragraphs = max(0, paragraphs-1)
				switch {
				case notes > 0 || tables > 0:
					l.space()
				case l.breaks > 0:
					l.blank()
				default:
					l.line()
				}
			case "note":
				notes = max(0, notes-1)
			case "table-cell", "covered-table-cell":
				n := 1
				if len(repeat) > 0 {
					n, repeat = repeat[len(repeat)-1], repeat[:len(repeat)-1]
				}
				for range n {
					l.cell()
				}
			case "table-row":
				l.row()
			case "table":
				tables = max(0, tables-1)
				l.blank()
			}
			return nil
		},
		text: func(s string) error {
			if paragraphs == 0 {
				return nil
			}
			return l.flowing(s)
		},
	}
}
