package legacy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

const maxPartyPages = 4 // of an agreement, in which its parties stand

var (
	sessionLine = regexp.MustCompile(`^(?:\d{1,3}[.)]?\s+)?(\S{6,12})(?:\s+[\-–].*)?$`)
	beforeRow   = regexp.MustCompile(`^(?:\d{1,3}[.)]?\s+)?(\S{8,10})\s+$`)
	partyBegin  = regexp.MustCompile(`(?im)^\s*(?:tra|fra)\b|\bstipulat[aoe]\s+tra\b|\bsottoscritt[aoe]\s+(?:tra|da)\b`)
	partyEnd    = regexp.MustCompile(`(?i)\bpremess[oae]\b|\bsi\s+conviene\b|\btutto\s+ciò\b|\bvist[oaie]\b`)
	signedOn    = regexp.MustCompile(`(?i)\b(?:sottoscritt[aoe]|firmat[aoe]|stipulat[aoe])\s+(?:il|in\s+data)\s+(.{6,30})`)
)

// sessions counts the sessions of training, or of support, that a document lists by body: below the short name of a body
// that is known to reuse the practice, or in the rows of a table. One event stands for those of one list.
func (t *teller) sessions(s source) {
	kind := ""
	for _, w := range sessionNames {
		if strings.Contains(s.about, w.stem) {
			kind = w.kind
			break
		}
	}
	if kind == "" {
		return
	}
	short := t.shortNames()
	rows := map[*tale]*run{}
	var order []*tale
	for i := range s.pages {
		p := &s.pages[i]
		var list *run
		var whose *tale
		flush := func() {
			list.tell(whose, kind, s.path)
			list, whose = nil, nil
		}
		for _, l := range p.lines {
			line := strings.TrimSpace(bullet.ReplaceAllString(titlePart(p.line(l)), ""))
			if line == "" {
				continue
			}
			if d, ok := sessionDate(line); ok {
				list.count(d, p.n)
				continue
			}
			flush()
			if a := short[fold(strings.TrimRight(line, " :."))]; a != nil {
				list, whose = &run{}, a
			}
		}
		flush()
		for _, h := range p.hits {
			a := t.known(h)
			l, at := p.lineOf(h.start)
			if a == nil || at < 0 || h.start-l.start > maxHeadingBytes {
				continue
			}
			if m := beforeRow.FindStringSubmatch(p.text[l.start:h.start]); m != nil {
				if d, ok := dateOf(m[1]); ok && looksLikeDate(m[1]) {
					if rows[a] == nil {
						rows[a] = &run{}
						order = append(order, a)
					}
					rows[a].count(d, p.n)
				}
			}
		}
	}
	for _, a := range order {
		rows[a].tell(a, kind, s.path)
	}
}

// shortNames are the names of the known bodies with and without "Comune di".
func (t *teller) shortNames() map[string]*tale {
	out, twice := map[string]*tale{}, map[string]bool{}
	for _, a := range t.at {
		full := fold(a.body.name)
		out[full] = a
		for _, k := range starters {
			rest, ok := strings.CutPrefix(full, fold(k.canon)+" ")
			if k.canon == "" || !ok || rest == "" {
				continue
			}
			if o := out[rest]; o != nil && o != a {
				twice[rest] = true
			}
			out[rest] = a
			break
		}
	}
	for name := range twice {
		delete(out, name) // a town and its province: which is meant cannot be told
	}
	return out
}

func sessionDate(line string) (catalog.Date, bool) {
	if m := sessionLine.FindStringSubmatch(line); m != nil && looksLikeDate(m[1]) {
		return dateOf(m[1])
	}
	return "", false
}

// run is a list of sessions of one body.
type run struct {
	dates []catalog.Date
	page  int
}

func (r *run) count(d catalog.Date, page int) {
	if r == nil {
		return
	}
	if len(r.dates) == 0 {
		r.page = page
	}
	r.dates = append(r.dates, d)
}

func (r *run) tell(a *tale, kind, path string) {
	if r == nil || len(r.dates) == 0 {
		return
	}
	first, last := slices.Min(r.dates), slices.Max(r.dates)
	note := sessionNotes[kind]
	if n := len(r.dates); n > 1 {
		note = fmt.Sprintf("%s: %d sessioni dal %s al %s", note, n, italianDay(first), italianDay(last))
	}
	a.add(StoryEvent{Kind: kind, Date: first, Path: path, Page: r.page, Note: note})
}

func italianDay(d catalog.Date) string {
	t, ok := d.Time()
	if !ok {
		return string(d)
	}
	return t.Format("02/01/2006")
}

// agreement tells of the known bodies that are parties of a convention or protocol, with the date on which it says that it
// was signed.
func (t *teller) agreement(s source) {
	if !hasAny(s.about, agreementNames) {
		return
	}
	var date catalog.Date
	for i := range s.pages {
		if m := signedOn.FindStringSubmatch(s.pages[i].text); m != nil && date == "" {
			date, _ = dateOf(m[1])
		}
	}
	for i := range s.pages[:min(len(s.pages), maxPartyPages)] {
		p := &s.pages[i]
		begin := partyBegin.FindStringIndex(p.text)
		if begin == nil {
			continue
		}
		to := len(p.text)
		if end := partyEnd.FindStringIndex(p.text[begin[1]:]); end != nil {
			to = begin[1] + end[0]
		}
		for _, h := range p.hits {
			if a := t.known(h); a != nil && h.start >= begin[0] && h.start < to {
				a.add(StoryEvent{Kind: "agreement", Date: date, Path: s.path, Page: p.n, Note: sentenceNotes["agreement"]})
			}
		}
		return
	}
}
