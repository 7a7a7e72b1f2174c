package site

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

//go:embed ui/layout ui/parts ui/pages ui/static ui/messages
var ui embed.FS

// messages are the words of the interface in one language, by key.
type messages map[string]string

// pageSets holds a parsed template set for every page in every language. Each set is the layout, all the parts and the
// one page: blocks of two pages never meet, and the functions of a set speak its language.
type pageSets struct {
	sets map[schema.Lang]map[string]*template.Template
	msgs map[schema.Lang]messages
}

// usedKey finds the message keys that templates name literally.
var usedKey = regexp.MustCompile(`\b(t|tn) "([a-zA-Z0-9.-]+)"`)

func loadMessages(lang schema.Lang) (messages, error) {
	b, err := ui.ReadFile("ui/messages/" + string(lang) + ".json")
	if err != nil {
		return nil, fmt.Errorf("site: messages: %w", err)
	}
	var m messages
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("site: messages %s: %w", lang, err)
	}
	return m, nil
}

// loadPages parses every set and checks that each message a template asks for exists.
func loadPages(a *assets) (*pageSets, error) {
	ps := &pageSets{sets: map[schema.Lang]map[string]*template.Template{}, msgs: map[schema.Lang]messages{}}
	pages, err := fs.ReadDir(ui, "ui/pages")
	if err != nil {
		return nil, fmt.Errorf("site: pages: %w", err)
	}
	for _, lang := range langs() {
		m, err := loadMessages(lang)
		if err != nil {
			return nil, err
		}
		ps.msgs[lang], ps.sets[lang] = m, map[string]*template.Template{}
		base := template.New("root").Funcs(funcs(lang, m, a))
		for _, dir := range []string{"ui/layout", "ui/parts"} {
			if err := parseDir(base, dir, m); err != nil {
				return nil, err
			}
		}
		for _, pg := range pages {
			set, err := base.Clone()
			if err != nil {
				return nil, fmt.Errorf("site: page %s: %w", pg.Name(), err)
			}
			if err := parseDir(set, path.Join("ui/pages", pg.Name()), m); err != nil {
				return nil, err
			}
			if set.Lookup("main") == nil {
				return nil, fmt.Errorf("site: page %s has no main block", pg.Name())
			}
			ps.sets[lang][pg.Name()] = set
		}
	}
	return ps, nil
}

// parseDir adds the templates of one folder to t, each under the name of its file.
func parseDir(t *template.Template, dir string, m messages) error {
	files, err := fs.Glob(ui, dir+"/*.tmpl")
	if err != nil {
		return fmt.Errorf("site: %s: %w", dir, err)
	}
	for _, f := range files {
		b, err := ui.ReadFile(f)
		if err != nil {
			return fmt.Errorf("site: %w", err)
		}
		for _, use := range usedKey.FindAllStringSubmatch(string(b), -1) {
			if err := m.has(use[1], use[2]); err != nil {
				return fmt.Errorf("site: %s: %w", f, err)
			}
		}
		if _, err := t.New(strings.TrimSuffix(path.Base(f), ".tmpl")).Parse(string(b)); err != nil {
			return fmt.Errorf("site: %s: %w", f, err)
		}
	}
	return nil
}

// has says whether the message that a call of t or tn needs is there.
func (m messages) has(call, key string) error {
	keys := []string{key}
	if call == "tn" {
		keys = []string{key + ".one", key + ".other"}
	}
	for _, k := range keys {
		if _, ok := m[k]; !ok {
			return fmt.Errorf("no message %q", k)
		}
	}
	return nil
}

// text gives the message under key with its arguments put in; a key without a message shows itself, so that a hole is
// seen and not silent.
func (m messages) text(key string, args ...any) string {
	s, ok := m[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// count gives the singular or the plural message for n.
func (m messages) count(key string, n int) string {
	key += ".other"
	if n == 1 {
		key = strings.TrimSuffix(key, ".other") + ".one"
	}
	if !strings.Contains(m[key], "%") {
		return m.text(key) // the page shows the number by itself
	}
	return m.text(key, n)
}

// render makes the page in memory.
func (s *Site) render(p *Page) ([]byte, error) {
	set := s.pages.sets[p.Lang][p.name]
	if set == nil {
		return nil, fmt.Errorf("site: no page %q", p.name)
	}
	var buf bytes.Buffer
	if err := set.ExecuteTemplate(&buf, "layout", p); err != nil {
		return nil, fmt.Errorf("site: page %s: %w", p.name, err)
	}
	return buf.Bytes(), nil
}
