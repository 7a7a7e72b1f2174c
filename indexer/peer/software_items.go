package peer

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/schema"
)

// softwareItem is an entry as the API gives it. What the reader does not need (vitality, analysis) is left alone; urls
// is the form of the first servers.
type softwareItem struct {
	ID         string   `json:"id"`
	CatalogID  *string  `json:"catalogId"`
	URL        string   `json:"url"`
	URLs       []string `json:"urls"`
	Aliases    []string `json:"aliases"`
	PublicCode *string  `json:"publiccodeYml"`
	Active     *bool    `json:"active"`
	CreatedAt  string   `json:"createdAt"`
	UpdatedAt  string   `json:"updatedAt"`
}

type publisherItem struct {
	ID            string  `json:"id"`
	CatalogID     *string `json:"catalogId"`
	AlternativeID *string `json:"alternativeId"`
	ExternalCode  *string `json:"externalCode"` // of the first servers
	Description   string  `json:"description"`
	Active        *bool   `json:"active"`
	CodeHosting   []struct {
		URL   string `json:"url"`
		Group *bool  `json:"group"` // an organisation; so it is when nothing is said
	} `json:"codeHosting"`
}

type catalogueItem struct {
	ID            string  `json:"id"`
	Name          string  `json:"name"`
	AlternativeID *string `json:"alternativeId"`
	Active        *bool   `json:"active"`
	Sources       []struct {
		URL    string `json:"url"`
		Driver string `json:"driver"`
	} `json:"sources"`
}

// rootCatalogue is how the API writes the main catalogue.
const rootCatalogue = "∅"

// maxOriginSources bounds what one catalogue of a server says that it is fed by.
const maxOriginSources = 200

// entry takes one piece of software; origin is the catalogue whose list it stands in.
func (s *listing) entry(origin string) func(json.RawMessage) (bool, error) {
	return func(raw json.RawMessage) (bool, error) {
		var it softwareItem
		if err := json.Unmarshal(raw, &it); err != nil {
			s.skip("software", schema.T("una voce non ha la forma attesa", "an entry is not of the form that is expected"))
			return false, nil
		}
		id := code(it.ID)
		if it.URL == "" && len(it.URLs) > 0 {
			it.URL, it.Aliases = it.URLs[0], it.URLs[1:]
		}
		route, canonical := address(it.URL)
		if id == "" || route == "" {
			s.skip("software/"+line(it.ID, 80), schema.Tf("la voce ha un id o un indirizzo che non si può usare: «%s»", "the entry has an id or an address that cannot be used: %q", line(it.URL, 80)))
			return false, nil
		}
		if s.entries[id] {
			return false, nil
		}
		if len(s.out.Entries) >= s.r.cfg.Entries {
			return false, spent(schema.Tf("il catalogo ha più di %d voci: le altre non sono lette", "the catalogue has more than %d entries: the others are not read", s.r.cfg.Entries))
		}
		s.entries[id] = true
		e := Entry{ID: id, URL: canonical, Route: route, File: "software/" + id + "/publiccode.yml", Active: it.Active == nil || *it.Active,
			Created: moment(it.CreatedAt), Updated: moment(it.UpdatedAt), Origin: originOf(it.CatalogID, origin)}
		for _, a := range it.Aliases[:min(len(it.Aliases), maxAliases)] {
			if _, c := address(a); c != "" && c != canonical {
				e.Aliases = append(e.Aliases, c)
			}
		}
		if it.PublicCode != nil {
			e.PublicCode = s.text(e.File, *it.PublicCode)
		}
		s.out.Entries = append(s.out.Entries, e)
		return true, nil
	}
}

// text gives the bytes of a publiccode.yml, or nil when there are none or too many.
func (l *look) text(file, text string) []byte {
	switch {
	case strings.TrimSpace(text) == "":
		return nil
	case len(text) > l.r.cfg.TextBytes:
		l.skip(file, schema.Tf("il publiccode.yml supera %d byte: non è preso", "the publiccode.yml is longer than %d bytes: it is not taken", l.r.cfg.TextBytes))
		return nil
	}
	return []byte(text)
}

func (s *listing) publisher(origin string) func(json.RawMessage) (bool, error) {
	seen := map[string]bool{}
	return func(raw json.RawMessage) (bool, error) {
		var it publisherItem
		if err := json.Unmarshal(raw, &it); err != nil {
			s.skip("publishers", schema.T("un editore non ha la forma attesa", "a publisher is not of the form that is expected"))
			return false, nil
		}
		if seen[it.ID] || it.Active != nil && !*it.Active {
			return !seen[it.ID], nil
		}
		seen[it.ID] = true
		if len(s.out.Publishers) >= s.r.cfg.Publishers {
			return false, spent(schema.Tf("il catalogo ha più di %d editori: gli altri non sono letti", "the catalogue has more than %d publishers: the others are not read", s.r.cfg.Publishers))
		}
		p := Publisher{Name: line(it.Description, maxName), Origin: originOf(it.CatalogID, origin)}
		for _, c := range []*string{it.AlternativeID, it.ExternalCode} {
			if c != nil && p.ID == "" {
				p.ID = code(*c)
			}
		}
		for _, h := range it.CodeHosting {
			route, _ := address(h.URL)
			if route == "" {
				s.skip("publishers/"+line(it.ID, 80), schema.Tf("«%s» non è un indirizzo da visitare", "%q is no address to visit", line(h.URL, 80)))
				continue
			}
			if s.places++; s.places > s.r.cfg.Places {
				return false, spent(schema.Tf("gli editori hanno più di %d indirizzi: gli altri non sono letti", "the publishers have more than %d addresses: the others are not read", s.r.cfg.Places))
			}
			if h.Group == nil || *h.Group {
				p.Orgs = append(p.Orgs, Place{URL: route})
			} else {
				p.Repos = append(p.Repos, Place{URL: route})
			}
		}
		s.out.Publishers = append(s.out.Publishers, p)
		return true, nil
	}
}

func (s *listing) catalogue(raw json.RawMessage) (bool, error) {
	var it catalogueItem
	if err := json.Unmarshal(raw, &it); err != nil || code(it.ID) == "" {
		s.skip("catalogs", schema.T("un catalogo non ha la forma attesa", "a catalogue is not of the form that is expected"))
		return false, nil
	}
	if it.ID == rootCatalogue {
		return true, nil
	}
	for _, c := range s.out.Catalogues {
		if c.ID == it.ID {
			return false, nil
		}
	}
	if len(s.out.Catalogues) >= s.r.cfg.Catalogues {
		return false, spent(schema.Tf("il server ha più di %d cataloghi: gli altri non sono letti", "the server has more than %d catalogues: the others are not read", s.r.cfg.Catalogues))
	}
	o := Origin{ID: it.ID, Name: line(it.Name, maxName), Active: it.Active == nil || *it.Active}
	if it.AlternativeID != nil {
		o.Code = code(*it.AlternativeID)
	}
	for _, src := range it.Sources[:min(len(it.Sources), maxOriginSources)] {
		if route, _ := address(src.URL); route != "" {
			o.Sources = append(o.Sources, OriginSource{route, line(src.Driver, 60)})
		}
	}
	s.out.Catalogues = append(s.out.Catalogues, o)
	return true, nil
}

// originOf prefers what an item says of its catalogue to the list in which it stood.
func originOf(said *string, list string) string {
	if said != nil && *said != "" {
		list = code(*said)
	}
	if list == rootCatalogue {
		return ""
	}
	return list
}

// moment reads a time; zero when it is none.
func moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return time.Time{}
	}
	return t.UTC()
}

// skip tells of something that was not taken.
func (l *look) skip(file string, what schema.Text) {
	l.tell(schema.Finding{File: file, Severity: schema.Warning, Code: "V09", Message: what,
		Hint: schema.T("lo può correggere chi gestisce quel catalogo: il resto è stato letto", "whoever runs that catalogue can mend it: the rest was read")})
}
