package site

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Limits of what is sent to be computed (house rule 5).
const (
	maxAnswersBytes = 256 << 10 // of the answers to one checklist
	maxAnswerRunes  = 4000      // of one text
	maxRadios       = 7         // choices that are shown one beside the other; more make a list to open
)

// errTooMuch says that a form was larger than it may be.
var errTooMuch = errors.New("the form is too big")

// checklist shows a list as a form that can be filled in here; answers computes it. Nothing of what is typed is kept,
// logged, or put into an address: the answers come in the body of a request and go out on its page alone.
func (s *Site) checklist(c *gin.Context, lang schema.Lang) error {
	return s.checklistWith(c, lang, nil)
}

func (s *Site) answers(c *gin.Context, lang schema.Lang) error {
	typed, err := typedIn(c)
	if err != nil {
		return err
	}
	return s.checklistWith(c, lang, typed)
}

// typedIn reads the fields of a form that was sent. Its errors never say what was typed.
func typedIn(c *gin.Context) (url.Values, error) {
	if typ, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || typ != "application/x-www-form-urlencoded" {
		return nil, fmt.Errorf("not a form: %w", catalog.ErrInvalid)
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxAnswersBytes))
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return nil, errTooMuch
	case err != nil:
		return nil, fmt.Errorf("the form did not arrive whole: %w", catalog.ErrInvalid)
	}
	typed, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fmt.Errorf("not a form: %w", catalog.ErrInvalid)
	}
	return typed, nil
}

// checklistWith makes the page; typed is nil when nothing was sent.
func (s *Site) checklistWith(c *gin.Context, lang schema.Lang, typed url.Values) error {
	return s.part(c, lang, catalog.PartChecklist, func(p *Page, e *catalog.Entry, id string, v *partView) (partHead, error) {
		for i := range e.Kit.Checklists {
			l := &e.Kit.Checklists[i]
			if l.ID != id {
				continue
			}
			v.Checklist, v.Source, v.Body = l, l.Source, l.Body
			v.Links["document"] = refLinks(e.ID, e.Kit, l.Document)
			answers := catalog.Answers{}
			for j := range l.Items {
				if name := fieldName(&l.Items[j]); len(typed[name]) > 0 {
					answers[l.Items[j].ID] = typed[name]
				}
			}
			v.Form = p.formOf(l, answers)
			if typed != nil {
				p.once, p.NoIndex = true, true
				v.Form.Result = p.resultOf(e, l, answers, v.Form)
			}
			return partHead{title: l.Title, summary: l.Summary, file: l.Path, section: "checklists", refs: []catalog.Ref{catalog.Ref("checklist:" + l.ID)}}, nil
		}
		return partHead{}, missing(catalog.PartChecklist, e, id)
	})
}

// checklistForm is a checklist as a form, and what its answers amount to once they were sent.
type checklistForm struct {
	Sections []formSection
	Result   *checklistResult
}

// formSection is a section of a checklist with its fields; the items of none come last, under no title.
type formSection struct {
	catalog.Section
	Fields []formField
}

// formField is one item to answer.
type formField struct {
	*catalog.Item
	Name, DOM string // of the field, and of its element
	Control   string // "radio", "select", "checkbox", "number", "date", "line", "text"
	Choices   []choice
	Value     string
	Condition string // when it is to be answered, in words
	Problem   string // what is wrong with the answer that was sent
}

func fieldName(it *catalog.Item) string { return "v-" + it.ID }

// formOf lays the items of a checklist out under their sections, with what was answered.
func (p *Page) formOf(l *catalog.Checklist, a catalog.Answers) *checklistForm {
	form := &checklistForm{}
	at := map[string]int{}
	for _, sec := range l.Sections {
		if _, twice := at[sec.ID]; !twice {
			at[sec.ID] = len(form.Sections)
			form.Sections = append(form.Sections, formSection{Section: sec})
		}
	}
	rest := formSection{}
	for i := range l.Items {
		f := p.fieldOf(l, &l.Items[i], i, a[l.Items[i].ID])
		if j, ok := at[f.Section]; ok {
			form.Sections[j].Fields = append(form.Sections[j].Fields, f)
		} else {
			rest.Fields = append(rest.Fields, f)
		}
	}
	if len(rest.Fields) > 0 {
		form.Sections = append(form.Sections, rest)
	}
	return form
}

func (p *Page) fieldOf(l *catalog.Checklist, it *catalog.Item, n int, given []string) formField {
	f := formField{Item: it, Name: fieldName(it), DOM: "item-" + itoa(n+1)}
	if len(given) > 0 {
		f.Value = given[0]
	}
	for _, o := range it.AnswersOf() {
		f.Choices = append(f.Choices, choice{o, p.answerLabel(it, o), has(given, o)})
	}
	switch it.Type {
	case "multi":
		f.Control = "checkbox"
	case "number", "money":
		f.Control = "number"
	case "date":
		f.Control = "date"
	case "entity":
		f.Control = "line"
	default:
		f.Control = "text"
	}
	if it.Type != "multi" && len(f.Choices) > 0 {
		f.Control = "radio"
		if len(f.Choices) > maxRadios {
			f.Control = "select"
		}
	}
	if it.ShowIf != nil {
		other := &catalog.Item{ID: it.ShowIf.Item, Text: it.ShowIf.Item}
		for i := range l.Items {
			if l.Items[i].ID == it.ShowIf.Item {
				other = &l.Items[i]
			}
		}
		f.Condition = fmt.Sprintf("«%s»: %s", other.Text, p.answerLabel(other, other.Canonical(it.ShowIf.Equals)))
	}
	return f
}

// answerLabel names an answer: those on a scale by their label, the author's own by their words.
func (p *Page) answerLabel(it *catalog.Item, value string) string {
	switch it.Type {
	case "yesno", "conformity":
		return cmp.Or(p.msgs["answer."+value], value)
	}
	return value
}

func has(list []string, v string) bool {
	for _, s := range list {
		if strings.TrimSpace(s) == v {
			return true
		}
	}
	return false
}
