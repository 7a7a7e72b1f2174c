package legacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

const (
	maxHeadingBytes  = 140 // of a line that is the title of a section
	maxSentenceBytes = 400 // before and after a name
	maxVerbGap       = 80  // bytes between an experiment and who makes it
)

var (
	numbered  = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2})*[.)]?\s+`)
	bullet    = regexp.MustCompile(`^[\s•·*>\-–—\x{f0b7}\x{f0a7}o]{0,6}\s+|^[•·*\x{f0b7}\x{f0a7}]`)
	unlikely  = regexp.MustCompile(`(?i)\b(?:non|mai|sarà|saranno|potrà|potranno|prevista|previsto|eventuale|se|da avviare|da definire|in alternativa)\b`)
	tries     = regexp.MustCompile(`(?i)\bsperimentazion[ei]\b[^.;:]{0,60}\b(?:con|del|della|dell'|presso|nel|dal|dalla|al|alla)\s{1,3}(?:il\s{1,3}|la\s{1,3})?$`)
	wentLive  = regexp.MustCompile(`(?i)\b(?:è|sono)\s{1,3}(?:stat[aoie]\s{1,3})?(?:(?:mess|entrat|andat|avviat|rilasciat)[aoie]\s{1,3}(?:a\s{1,3}regime|in\s{1,3}(?:esercizio|produzione)))\b|\bha\s{1,3}(?:messo|avviato)\s{1,3}(?:a\s{1,3}regime|in\s{1,3}(?:esercizio|produzione))\b`)
	endOfIdea = regexp.MustCompile(`[.;:]\s|\n\s*\n`)
)

// sections finds the titles of sections that tell of one body: its name alone below a title that says what was done, or
// both in one title.
func (t *teller) sections(s source) {
	if !hasAny(s.about, toldNames) {
		return
	}
	current := ""
	for i := range s.pages {
		p := &s.pages[i]
		if p.contents {
			continue
		}
		next := 0
		for _, l := range p.lines {
			line := strings.TrimSpace(p.line(l))
			for next < len(p.hits) && p.hits[next].start < l.start {
				next++
			}
			if line == "" || len(line) > maxHeadingBytes || leader.MatchString(line) {
				continue
			}
			title := isHeading(line)
			if next == len(p.hits) || p.hits[next].start >= l.end {
				if title {
					current = doneBy(fold(line))
				}
				continue
			}
			h := p.hits[next]
			kind := ""
			switch alone := strings.Trim(bullet.ReplaceAllString(p.text[l.start:h.start], ""), " .0123456789") == "" && strings.Trim(p.text[min(h.end, l.end):l.end], " .") == ""; {
			case title && !alone:
				kind = doneBy(fold(line))
			case alone && h.end <= l.end:
				kind = current
			}
			if kind != "" {
				e := StoryEvent{Kind: kind, Path: s.path, Page: p.n, Note: sectionNotes[kind]}
				if !title {
					e.Note = listedNotes[kind]
				}
				t.of(h).put(e, !title)
			}
		}
	}
}

// isHeading says whether a line has the look of a title: all in capitals, or numbered and with no end of a sentence.
func isHeading(line string) bool {
	letters := 0
	small := false
	for _, r := range line {
		if unicode.IsLetter(r) {
			letters++
			small = small || unicode.IsLower(r)
		}
	}
	if letters < 4 {
		return false
	}
	return !small || numbered.MatchString(line) && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ",") && !strings.HasSuffix(line, ";")
}

// doneBy is the kind of event that a title speaks of, or "".
func doneBy(f string) string {
	for _, w := range doneWords {
		if strings.Contains(f, w.stem) {
			return w.kind
		}
	}
	return ""
}

// sentences finds who made an experiment where running text says so.
func (t *teller) sentences(s source) {
	if !strings.Contains(s.about, "sperimentazion") && !strings.Contains(s.about, "dispiegament") {
		return
	}
	for i := range s.pages {
		p := &s.pages[i]
		if p.contents {
			continue
		}
		for _, h := range p.hits {
			from := startOfIdea(p.text, h.start, maxVerbGap+40)
			if before := p.text[from:h.start]; tries.MatchString(before) && !unlikely.MatchString(before) {
				t.of(h).put(StoryEvent{Kind: "experiment", Path: s.path, Page: p.n, Note: sentenceNotes["experiment"]}, true)
			}
		}
	}
}

// goLive finds the bodies of which a sentence says that they use the practice in earnest, with the date that it tells.
func (t *teller) goLive(s source) {
	for i := range s.pages {
		p := &s.pages[i]
		for _, h := range p.hits {
			a := t.known(h)
			if a == nil {
				continue
			}
			from, to := startOfIdea(p.text, h.start, maxSentenceBytes), endOfSentence(p.text, h.end)
			idea := p.text[from:to]
			if !wentLive.MatchString(idea) || unlikely.MatchString(idea) || manyBodies(p.hits, from, to) {
				continue
			}
			d, _ := dateOf(idea)
			a.add(StoryEvent{Kind: "go-live", Date: d, Path: s.path, Page: p.n, Note: sentenceNotes["go-live"]})
		}
	}
}

func manyBodies(hits []sighting, from, to int) bool {
	key := ""
	first, _ := slices.BinarySearchFunc(hits, from, func(h sighting, from int) int { return h.start - from })
	for _, h := range hits[first:] {
		if h.start >= to {
			break
		}
		if key != "" && h.key() != key {
			return true
		}
		key = h.key()
	}
	return false
}

// startOfIdea is where the sentence of a byte begins, at most so many bytes before it.
func startOfIdea(text string, at, most int) int {
	from := max(0, at-most)
	for from > 0 && text[from]&0xC0 == 0x80 {
		from--
	}
	for {
		m := endOfIdea.FindStringIndex(text[from:at])
		if m == nil {
			return from
		}
		from += m[1]
	}
}

func endOfSentence(text string, at int) int {
	to := min(len(text), at+maxSentenceBytes)
	for to < len(text) && text[to]&0xC0 == 0x80 {
		to++
	}
	if at >= to {
		return to
	}
	if m := endOfIdea.FindStringIndex(text[at:to]); m != nil {
		return at + m[0]
	}
	return to
}
