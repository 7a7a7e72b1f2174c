package site

import (
	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
)

// fact is one line of the box beside a text: a label and a plain value, or a body, or a link.
type fact struct {
	Key    string // of the message
	Value  string
	Bodies []Body
	URL    string // of a page of ours, or outside
	Out    bool
}

// factsOf lists what a reader asks first of a kit. A fact that nobody wrote is left out, not filled in.
func factsOf(p *Page, k *catalog.Kit) []fact {
	f := format{lang: p.Lang, msgs: p.msgs}
	var out []fact
	add := func(key, value string) {
		if value != "" {
			out = append(out, fact{Key: "fact." + key, Value: value})
		}
	}
	if len(k.Ceding) > 0 {
		c := fact{Key: "fact.ceding"}
		for _, r := range k.Ceding {
			c.Bodies = append(c.Bodies, p.Body(r))
		}
		out = append(out, c)
	}
	add("kind", labelOf(p.Lang, "kit.kind", k.Kind))
	add("status", labelOf(p.Lang, "kit.status", k.Status))
	if k.Version != "" {
		v := k.Version
		if k.Released != "" {
			v += " · " + f.date(k.Released)
		}
		add("version", v)
	}
	add("recipients", labelsOf(p.Lang, "recipient", k.Recipients))
	if s := k.Suitability; s != nil {
		add("entityTypes", labelsOf(p.Lang, "entity.type", s.EntityTypes))
		add("inhabitants", f.people(s.Inhabitants))
	}
	add("reuseModes", labelsOf(p.Lang, "reuseMode", k.ReuseModes))
	add("agreement", labelOf(p.Lang, "agreementRequired", k.AgreementRequired))
	if add("licence", k.License); k.License == "" && k.Form == catalog.FormLegacy {
		add("licence", p.T("fact.licence.none"))
	}
	return out
}

// succession adds to the facts of a kit the one that it went into and the one whose place it took, with the way there.
func (s *Site) succession(c *gin.Context, p *Page, k *catalog.Kit, v *kitView) error {
	for _, f := range []struct{ key, address string }{{"fact.mergedInto", k.MergedInto}, {"fact.supersedes", k.Supersedes}} {
		if f.address == "" {
			continue
		}
		to, err := s.kitLink(c, f.address)
		if err != nil {
			return err
		}
		url := outside(f.address)
		if to.Path != "" {
			url = p.URL(to.Path)
		}
		v.Facts = append(v.Facts, fact{Key: f.key, Value: to.Title, URL: url})
	}
	return nil
}
