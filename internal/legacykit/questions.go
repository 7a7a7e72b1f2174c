package main

import (
	"context"
	"net/url"
	"strings"

	"github.com/open-community-pa/riuso/internal/demo"
)

// question is a search with the kit and the part that must be among the first three parts of what it finds.
type question struct {
	text string
	kit  string // "" is the imported one
	part string // words of the title or of the id, in lower case
}

// asked are the searches of people who look for what this kit holds, and one for what another kit holds.
func asked() []question {
	return []question{
		{text: "checklist cila", part: "cila"},
		{text: "occupazione suolo pubblico", part: "occupazione"},
		{text: "servizi cimiteriali", part: "cimiterial"},
		{text: "protocollo d'intesa", part: "protocollo"},
		{text: "convenzione cit", kit: "kit-cit", part: "convenzione"},
	}
}

// found is what the API answers to a search.
type found struct {
	Results []struct {
		Kit   struct{ ID string }
		Parts []struct{ Type, ID, Title, URL string }
	}
}

// questions asks them, and says what came first.
func (s *show) questions(ctx context.Context, at string) error {
	s.say("\nRicerche (i primi tre risultati di ogni voce)", "\nSearches (the first three results of each entry)")
	for _, q := range asked() {
		var f found
		if err := demo.Ask(ctx, at+"/api/v1/search?q="+url.QueryEscape(q.text), &f); err != nil {
			return err
		}
		kit := q.kit
		if kit == "" {
			kit = s.id
		}
		rank, title := s.rank(f, kit, q.part)
		s.must(rank > 0, "%q: no part of %s with %q among the first three", q.text, kit, q.part)
		s.say("  %-28s %s: %d° «%s»", "  %-28s %s: no. %d %q", q.text, kit, rank, title)
	}
	return nil
}

// rank gives the place of a part among the first three of its entry, from 1, where the entry is the first that is found: 0
// when it is not there.
func (s *show) rank(f found, kit, part string) (int, string) {
	for n, r := range f.Results {
		if r.Kit.ID != kit || n > 0 && kit != s.id {
			continue
		}
		for i, p := range r.Parts {
			if i < 3 && strings.Contains(strings.ToLower(p.Title+" "+p.ID), part) {
				return i + 1, p.Title
			}
		}
	}
	return 0, ""
}
