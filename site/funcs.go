package site

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// funcs are what templates may call, bound to one language.
func funcs(lang schema.Lang, m messages, a *assets) template.FuncMap {
	f := format{lang: lang, msgs: m}
	return template.FuncMap{
		"t":      m.text,
		"tn":     m.count,
		"label":  func(enum, value string) string { return labelOf(lang, enum, value) },
		"labels": func(enum string, values []string) string { return labelsOf(lang, enum, values) },
		"text":   func(t schema.Text) string { return t.In(lang) },
		"stage":  func(s any) string { return m.text("stage." + stageKey(fmt.Sprint(s))) },
		"url":    func(path string) string { return localPath(lang, path) },
		"partURL": func(kit string, typ any, id string) string {
			return localPath(lang, partPath(kit, catalog.PartType(fmt.Sprint(typ)), id))
		},
		"hitURL": func(kit string, h catalog.PartHit, query string) string {
			to := localPath(lang, partPath(kit, h.Type, h.ID))
			if h.Type == catalog.PartAttachment {
				to += pageQuery(h.Page, query)
			}
			return to
		},
		"pagelang": func() schema.Lang { // within Italian contents: the words of the interface, when they are in another language
			if lang == schema.It {
				return ""
			}
			return lang
		},
		"capital": capital,
		"cite":    func(source string) string { return schema.Citing(lang, readable(source)) },
		"ruleURL": func(code string) string {
			if path := rulePath(code); path != "" {
				return localPath(lang, path)
			}
			return ""
		},
		"date":     f.date,
		"day":      f.day,
		"moment":   f.moment,
		"when":     f.when,
		"isodur":   f.isoDuration,
		"took":     f.took,
		"money":    f.money,
		"decimal":  f.decimal,
		"num":      f.integer,
		"percent":  f.percent,
		"bytes":    f.bytes,
		"asset":    a.url,
		"sheets":   a.sheets,
		"icon":     a.icon,
		"it":       func() template.HTMLAttr { return langAttr(lang) },
		"join":     strings.Join,
		"has":      func(list []string, v string) bool { return slices.Contains(list, v) },
		"yes":      func(b *bool) bool { return b != nil && *b },
		"said":     func(b *bool) bool { return b != nil },
		"dict":     dict,
		"law":      lawURL,
		"outside":  outside,
		"mailbox":  officeMailbox,
		"subject":  catalog.ChangeSubject,
		"phone":    catalog.OfficePhone,
		"first":    firstLine,
		"headed":   func(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "#") }, // it opens with a heading
		"since":    func(t time.Time) bool { return !t.IsZero() },
		"short":    func(commit string) string { return commit[:min(len(commit), 10)] },
		"host":     hostOf,
		"linked":   linked,
		"rangeOf":  f.people,
		"entityID": func(r catalog.EntityRef) string { return r.ID() },
		"words":    f.words,
		"word":     func(prefix string, value any) string { return m[prefix+fmt.Sprint(value)] },
		"validity": f.validity,
		"phases":   catalog.GridPhases,
		"either": func(a, b catalog.Decimal) catalog.Decimal {
			if a != "" {
				return a
			}
			return b
		},
		"recipient":  func(v string) string { return recipient(lang, v) },
		"topics":     func(ts []string) string { return strings.ReplaceAll(strings.Join(ts, ", "), "-", " ") },
		"telling":    telling,
		"place":      placeOf,
		"categories": func(cs []string) string { return categories(m, cs) },
		"shown":      shown,
		"slash": func(s string) template.HTML { // a word with a slash may break behind it
			return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(s), "/", "/<wbr>"))
		},
		"filename": func(s string) template.HTML { // the name of a file may break where its words end
			return template.HTML(strings.NewReplacer("_", "_<wbr>", "-", "-<wbr>", ".", ".<wbr>").Replace(template.HTMLEscapeString(s)))
		},
		"withRefs":  func(e *catalog.Entry, s string) template.HTML { return withRefs(lang, e, s) },
		"component": componentTitle,
		"refTitle":  refTitle,
	}
}

// categories names the categories of software (publiccode.yml 0.5, "categories"): by a label where there is one, else by
// their own words.
func categories(m messages, cs []string) string {
	out := make([]string, 0, len(cs))
	for _, c := range cs {
		label := m["category."+c]
		if label == "" {
			label = strings.ReplaceAll(c, "-", " ")
		}
		out = append(out, label)
	}
	return strings.Join(out, ", ")
}

// langAttr marks contents, which are in Italian, on a page in another language.
func langAttr(lang schema.Lang) template.HTMLAttr {
	if lang == schema.It {
		return ""
	}
	return `lang="it"`
}

// dict makes the argument of a part that takes several values.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: odd number of arguments")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		k, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: key %v is not a text", pairs[i])
		}
		m[k] = pairs[i+1]
	}
	return m, nil
}

func labelOf(lang schema.Lang, enum, value string) string {
	if value == "" {
		return ""
	}
	if e := schema.EnumNamed(enum); e != nil {
		return e.Label(value).In(lang)
	}
	return value
}

func labelsOf(lang schema.Lang, enum string, values []string) string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, labelOf(lang, enum, v))
	}
	return strings.Join(out, ", ")
}

// stageKey is the end of the message key of a stage.
func stageKey(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// partPath gives the path of a part's page, without the prefix of the language.
func partPath(kit string, typ catalog.PartType, id string) string {
	base := "/kit/" + url.PathEscape(kit)
	folder, ok := map[catalog.PartType]string{
		catalog.PartDocument: "documenti", catalog.PartTemplate: "atti", catalog.PartService: "servizi", catalog.PartTariff: "tariffe",
		catalog.PartChecklist: "liste-di-controllo", catalog.PartAdoption: "adozioni", catalog.PartPage: "pagine", catalog.PartAttachment: "allegati",
	}[typ]
	switch {
	case typ == catalog.PartLaboratory:
		return base + "/laboratorio"
	case !ok || id == "":
		return base
	}
	return base + "/" + folder + "/" + url.PathEscape(id)
}

// lawURL gives the address of a law at Normattiva from its URN; anything that is not one of the State's URNs has none.
func lawURL(urn string) string {
	if !strings.HasPrefix(urn, "urn:nir:") || strings.ContainsAny(urn, " \t\n\"'<>?#&") {
		return ""
	}
	return "https://www.normattiva.it/uri-res/N2Ls?" + urn
}

// outside gives an address that a stranger wrote, when it is an ordinary web address; otherwise "".
func outside(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Host
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// recipient names who a service is for: a kind of body, a kind of recipient, or the author's own words.
func recipient(lang schema.Lang, v string) string {
	for _, e := range []*schema.Enum{schema.EntityTypes, schema.Recipients} {
		if e.Has(v) {
			return e.Label(v).In(lang)
		}
	}
	return v
}

// componentTitle names a component of a kit by its id.
func componentTitle(k *catalog.Kit, id string) string {
	for i := range k.Components {
		if k.Components[i].ID == id {
			return k.Components[i].Title
		}
	}
	return id
}

// refTitle gives the link for a reference, or nil when there is none.
func refTitle(e *catalog.Entry, ref catalog.Ref) *Crumb {
	if ref == "" {
		return nil
	}
	l := refLink(e.ID, e.Kit, ref)
	return &l
}
