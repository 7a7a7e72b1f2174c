package catalog

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

func itoa(n int) string { return strconv.Itoa(n) }

// knowsBody says whether an IPA code exists: in the list that the operator gave, or among the bodies of this catalogue.
// Without a list every code does.
func (r *reader) knowsBody(code string) bool {
	return r.o.IPACode == nil || r.o.IPACode(code) || r.has("entities/"+code+".md") || r.has("enti/"+code+".md")
}

// ipaCode is knowsBody for codes in any case of letters; nil without a list.
func (r *reader) ipaCode() func(code string) bool {
	if r.o.IPACode == nil {
		return nil
	}
	return func(code string) bool { return r.knowsBody(strings.ToLower(code)) }
}

// references checks that what the files of a kit point at is there: documents, templates, services, tariffs, checklists
// (rule E06) and attachments (rules E16 and E17).
func (r *reader) references(k *Kit) {
	has := map[string]bool{}
	for _, d := range k.Documents {
		has["doc:"+d.ID] = true
		if d.Code != "" {
			has["doc:"+d.Code] = true
		}
	}
	for _, t := range k.Templates {
		has["template:"+t.ID] = true
		if t.Code != "" {
			has["template:"+t.Code] = true
		}
	}
	for _, s := range k.Services {
		has["service:"+s.ID] = true
	}
	for _, t := range k.Tariffs {
		has["tariff:"+t.ID] = true
	}
	for _, c := range k.Checklists {
		has["checklist:"+c.ID] = true
	}
	for _, p := range r.points {
		f := schema.Finding{File: p.file, Line: p.line, Column: p.column, Severity: schema.Error, Key: p.key}
		if p.isFile {
			r.attachmentRule(k, p)
			continue
		}
		if other, typ, id := Ref(p.value).Split(); other != "" || has[typ+":"+id] {
			continue
		}
		f.Code = "E06"
		f.Message = schema.Tf("il riferimento «%s» non porta a niente", "the reference %q leads nowhere", quoted(p.value))
		f.Hint = schema.T("scrivi doc:, template:, service:, tariff: o checklist: seguito dall'id di un file di questo kit", "write doc:, template:, service:, tariff: or checklist: and the id of a file of this kit")
		if p := r.guess(func() []string { return nearRef(p.value, has) }); !p.IsZero() {
			f.Hint = schema.T(p.It+"; "+f.Hint.It, p.En+" "+f.Hint.En)
		}
		r.find(f)
	}
	r.points = nil
}

// Limits of the search for what a dangling reference meant (house rule 5).
const (
	maxNear     = 500 // records that one is compared with
	maxNearTold = 100 // references of one tree
)

// guess gives what is near, unless the tree has had its share of guesses.
func (r *reader) guess(near func() []string) schema.Text {
	if r.guesses++; r.guesses > maxNearTold {
		return schema.Text{}
	}
	return proposed(near())
}

// nearRef gives the reference that was meant by one that leads nowhere: the same type, and an id that is nearly the same.
func nearRef(ref string, has map[string]bool) []string {
	typ, id, ok := strings.Cut(ref, ":")
	if len(has) > maxNear {
		return nil
	}
	sorted := slices.Sorted(maps.Keys(has))
	if !ok { // the type was left out
		return slices.DeleteFunc(sorted, func(there string) bool {
			_, rest, _ := strings.Cut(there, ":")
			return rest != ref
		})
	}
	var all []meaning
	for _, there := range sorted {
		if rest, ok := strings.CutPrefix(there, typ+":"); ok {
			all = append(all, meaning{is: rest})
		}
	}
	out := meant(id, all)
	for i := range out {
		out[i] = typ + ":" + out[i]
	}
	return out
}
