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
func (s *show) questions(ctx context.Context, site string) error {
	s.say("\nRicerche (fra i primi tre risultati)", "\nSearches (among the first three results)")
	for _, q := range asked() {
		var f found
		if err := demo.Ask(ctx, site+"/api/v1/search?q="+url.QueryEscape(q.text), &f); err != nil {
			return err
		}
		kit := q.kit
		if kit == "" {
			kit = s.id
		}
		at, title := rank(f, kit, q.part)
		s.must(at > 0, "%q: no part of %s with %q among the first three", q.text, kit, q.part)
		s.say("  %-28s %s: %d° «%s»", "  %-28s %s: no. %d %q", q.text, kit, at, title)
	}
	return nil
}

// first is how many parts of what is found are looked at, of all entries together, as a reader sees them on the page.
const first = 3

// rank gives the place of a part among all that are shown, from 1; 0 when it is not among the first.
func rank(f found, kit, part string) (int, string) {
	n := 0
	for _, r := range f.Results {
		for _, p := range r.Parts {
			if n++; n > first {
				return 0, ""
			}
			if r.Kit.ID == kit && strings.Contains(strings.ToLower(p.Title+" "+p.ID), part) {
				return n, p.Title
			}
		}
	}
	return 0, ""
}
