package catalog

import (
	"io/fs"
	"path"
	"reflect"
	"strconv"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

func itoa(n int) string { return strconv.Itoa(n) }

// references checks that what the files of a kit point at is there: documents, templates, services, tariffs, checklists
// (rule E06) and attachments (rule E16).
func (r *reader) references(k *Kit, files []*marked) {
	has := map[string]bool{}
	for _, d := range k.Documents {
		has["doc:"+d.ID], has["doc:"+d.Code] = true, true
	}
	for _, t := range k.Templates {
		has["template:"+t.ID], has["template:"+t.Code] = true, true
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
	for _, m := range files {
		t, ok := recordTypes()[m.typ]
		if !ok {
			continue
		}
		eachRef(m.head, t, "", func(n *yaml.Node, key string) {
			ref := Ref(n.Value)
			if other, typ, id := ref.Split(); other == "" && !has[typ+":"+id] {
				r.find(schema.Finding{File: m.path, Line: n.Line, Column: n.Column, Severity: schema.Error, Code: "E06", Key: key,
					Message: schema.Tf("il riferimento «%s» non porta a niente", "the reference %q leads nowhere", n.Value),
					Hint:    schema.T("scrivi doc:, template:, service:, tariff: o checklist: seguito dall'id di un file di questo kit", "write doc:, template:, service:, tariff: or checklist: and the id of a file of this kit")})
			}
		})
		if list := valueOf(m.head, "attachments"); list != nil && list.Kind == yaml.SequenceNode {
			for i, item := range list.Content {
				if item.Kind != yaml.MappingNode {
					continue
				}
				if p := valueOf(item, "path"); p != nil && !r.isFile(path.Join(k.Folder, p.Value)) {
					r.find(schema.Finding{File: m.path, Line: p.Line, Column: p.Column, Severity: schema.Error, Code: "E16", Key: "attachments[" + itoa(i) + "].path",
						Message: schema.Tf("l'allegato «%s» non c'è", "the attachment %q is not there", p.Value),
						Hint:    schema.T("scrivi il percorso a partire dalla cartella del kit", "write the path from the kit's folder")})
				}
			}
		}
	}
}

func recordTypes() map[string]reflect.Type {
	return map[string]reflect.Type{
		"document": reflect.TypeFor[Document](), "template": reflect.TypeFor[Template](), "service": reflect.TypeFor[Service](),
		"tariff": reflect.TypeFor[Tariff](), "checklist": reflect.TypeFor[Checklist](), "adoption": reflect.TypeFor[Adoption](),
		"laboratory": reflect.TypeFor[Laboratory](),
	}
}

// eachRef calls f for every scalar of the front matter that the record type holds as a [Ref].
func eachRef(n *yaml.Node, t reflect.Type, key string, f func(*yaml.Node, string)) {
	switch {
	case t.Kind() == reflect.Pointer:
		eachRef(n, t.Elem(), key, f)
	case t == reflect.TypeFor[Ref]():
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" && n.Value != "" {
			f(n, key)
		}
	case t.Kind() == reflect.Slice && n.Kind == yaml.SequenceNode:
		for i, item := range n.Content {
			eachRef(item, t.Elem(), key+"["+itoa(i)+"]", f)
		}
	case t.Kind() == reflect.Slice:
		eachRef(n, t.Elem(), key, f)
	case t.Kind() == reflect.Struct && n.Kind == yaml.MappingNode:
		fields := fieldsOf(t)
		for i := 0; i+1 < len(n.Content); i += 2 {
			if sf, ok := fields[n.Content[i].Value]; ok {
				eachRef(n.Content[i+1], sf.Type, dot(key, n.Content[i].Value), f)
			}
		}
	}
}

// isFile says whether the tree holds an ordinary file there.
func (r *reader) isFile(p string) bool {
	info, err := fs.Stat(r.fsys, p)
	return err == nil && info.Mode().IsRegular()
}
