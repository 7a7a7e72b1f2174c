package site

import (
	"cmp"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

func (s *Site) document(c *gin.Context, lang schema.Lang) error {
	return s.part(c, lang, catalog.PartDocument, func(p *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		for i := range e.Kit.Documents {
			d := &e.Kit.Documents[i]
			if d.ID != id {
				continue
			}
			v.Document, v.Source, v.Body = d, d.Source, d.Body
			v.Stale = p.staleDocument(e, d, v.staleMonths)
			v.Authors = authorsOf(p, d.Authors)
			v.Steps, v.files = steps(e, d.Steps), d.Attachments
			v.Links["related"] = refLinks(e.ID, e.Kit, append(append([]catalog.Ref{}, d.Related...), d.RelatedServices...)...)
			return partHead{title: d.Title, summary: d.Summary, code: d.Code, file: d.Path, section: "documents",
				refs: []catalog.Ref{catalog.Ref("doc:" + d.ID), catalog.Ref("doc:" + d.Code)}}, nil
		}
		return partHead{}, missing(catalog.PartDocument, e, id)
	})
}

func (s *Site) template(c *gin.Context, lang schema.Lang) error {
	return s.part(c, lang, catalog.PartTemplate, func(_ *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		for i := range e.Kit.Templates {
			t := &e.Kit.Templates[i]
			if t.ID != id {
				continue
			}
			v.Template, v.Source, v.Body = t, t.Source, named(t)
			v.files = t.Attachments
			v.Links["document"] = refLinks(e.ID, e.Kit, t.Document)
			v.Links["services"] = refLinks(e.ID, e.Kit, t.Services...)
			v.Links["costs"] = refLinks(e.ID, e.Kit, t.Costs)
			return partHead{title: t.Title, summary: t.Summary, code: t.Code, file: t.Path, section: "templates",
				refs: []catalog.Ref{catalog.Ref("template:" + t.ID)}}, nil
		}
		return partHead{}, missing(catalog.PartTemplate, e, id)
	})
}

// named puts the labels of the fields into the text of an act, where its author wrote their keys: "{{ente.nome}}" is for
// programs.
func named(t *catalog.Template) string {
	var pairs []string
	for _, f := range t.Placeholders {
		if f.Key != "" && f.Label != "" {
			pairs = append(pairs, "{{"+f.Key+"}}", `\[`+f.Label+`\]`)
		}
	}
	return strings.NewReplacer(pairs...).Replace(t.Body)
}

func (s *Site) service(c *gin.Context, lang schema.Lang) error {
	return s.part(c, lang, catalog.PartService, func(p *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		for i := range e.Kit.Services {
			sv := &e.Kit.Services[i]
			if sv.ID != id {
				continue
			}
			v.Service, v.Source, v.Body = sv, sv.Source, sv.Body
			v.Allowances, v.ForYou = p.allowancesOf(sv), p.allowanceFormOf(sv, c.Request.URL.Query())
			v.files = sv.Attachments
			v.Links["tariff"] = refLinks(e.ID, e.Kit, sv.Tariff...)
			if sv.Access != nil {
				v.Links["request"] = refLinks(e.ID, e.Kit, sv.Access.RequestTemplate)
				v.Links["cancel"] = refLinks(e.ID, e.Kit, sv.Access.CancelTemplate)
			}
			if sv.Withdrawal != nil {
				v.Links["startup"] = refLinks(e.ID, e.Kit, sv.Withdrawal.StartUpCosts)
			}
			bodies := append([]catalog.EntityRef{}, sv.ActiveFor...)
			if sv.ContactOffice != nil {
				bodies = append(bodies, sv.ContactOffice.Entity)
			}
			return partHead{title: sv.Title, summary: clip(s.md.Plain(string(sv.Description)), maxDescription), file: sv.Path, section: "services", bodies: bodies,
				refs: []catalog.Ref{catalog.Ref("service:" + sv.ID)}}, nil
		}
		return partHead{}, missing(catalog.PartService, e, id)
	})
}

func (s *Site) tariff(c *gin.Context, lang schema.Lang) error {
	return s.part(c, lang, catalog.PartTariff, func(p *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		for i := range e.Kit.Tariffs {
			t := &e.Kit.Tariffs[i]
			if t.ID != id {
				continue
			}
			tv := tariffOf(p, e.ID, e.Kit, t)
			v.Tariff, v.Source, v.Body = &tv, t.Source, t.Body
			v.Calculator = p.calculatorOf(t, c.Request.URL.Query())
			return partHead{title: t.Title, summary: t.Summary, file: t.Path, section: "tariffs", refs: []catalog.Ref{catalog.Ref("tariff:" + t.ID)}}, nil
		}
		return partHead{}, missing(catalog.PartTariff, e, id)
	})
}

func (s *Site) adoption(c *gin.Context, lang schema.Lang) error {
	return s.part(c, lang, catalog.PartAdoption, func(p *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		for i := range e.Adoptions {
			a := &e.Adoptions[i]
			if a.Entity.ID() != id {
				continue
			}
			av := adoptionOf(p, e, a, catalog.Released(e.Kit), catalog.Attachments(e.Kit))
			av.link(e.ID, e.Kit)
			v.Adoption, v.Source, v.Body = &av, a.Source, a.Body
			head := partHead{title: p.T("adoption.title", av.Body.Name), summary: p.T("adoption.description", av.Body.Name, e.Kit.Title), section: "adopters"}
			if len(a.Places) == 0 || a.Places[0].Where == "kit" {
				head.file = a.Path // one that lies elsewhere has its own repository, named on the page
			}
			return head, nil
		}
		return partHead{}, missing(catalog.PartAdoption, e, id)
	})
}

func (s *Site) laboratory(c *gin.Context, lang schema.Lang) error {
	return s.part(c, lang, catalog.PartLaboratory, func(p *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		l := e.Kit.Laboratory
		if l == nil {
			return partHead{}, missing(catalog.PartLaboratory, e, id)
		}
		v.Laboratory, v.Source, v.Body = l, l.Source, l.Body
		return partHead{title: cmp.Or(l.Title, p.T("section.laboratory")), summary: l.Summary, file: l.Path, section: "laboratory",
			bodies: []catalog.EntityRef{l.Entity}}, nil
	})
}

func (s *Site) page(c *gin.Context, lang schema.Lang) error {
	return s.part(c, lang, catalog.PartPage, func(_ *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		for i := range e.Kit.Pages {
			if pg := &e.Kit.Pages[i]; pg.ID == id {
				v.Page, v.Body = pg, string(pg.Body)
				return partHead{title: pg.Title, file: pg.Path, section: "pages"}, nil
			}
		}
		return partHead{}, missing(catalog.PartPage, e, id)
	})
}

// maxDescription is the longest description in a page's head, in runes.
const maxDescription = 160

// clip cuts a text at a word, for descriptions.
func clip(text string, n int) string {
	r := []rune(firstLine(text))
	if len(r) <= n {
		return string(r)
	}
	for i := n - 1; i > n/2; i-- {
		if r[i] == ' ' {
			return string(r[:i]) + "…"
		}
	}
	return string(r[:n-1]) + "…"
}
