package scaffold

import (
	"bytes"
	"embed"
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"text/template"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// The prefix "all:" takes the files whose names begin with a dot, too.
//
//go:embed all:files
var templates embed.FS

// render fills the templates of a request whose answers are complete.
func render(r *Request) (Files, error) {
	out := Files{}
	data := r.data()
	err := fs.WalkDir(templates, "files/"+r.Kind, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(templates, name)
		if err != nil {
			return err
		}
		rel := strings.TrimSuffix(strings.TrimPrefix(name, "files/"+r.Kind+"/"), ".tmpl")
		if r.judged && path.Dir(rel) == ".vscode" {
			return nil
		}
		switch path.Base(rel) {
		case "document.md":
			return r.documents(out, string(src), data)
		case "adoption.md":
			rel = r.adoptionPath()
		case "owner.md":
			rel = path.Join(path.Dir(rel), bodyOf(r.Answers["owner"]).ID()+".md")
		}
		out[rel], err = r.fill(name, string(src), data)
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.Kind == Kit || r.Kind == Catalogue {
		if out["LICENSE"], err = r.licenceText(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// fill runs one template. The marks are <% and %>, because braces belong to model acts and to workflows.
func (r *Request) fill(name, src string, data map[string]any) ([]byte, error) {
	t, err := template.New(name).Delims("<%", "%>").Option("missingkey=error").Funcs(r.funcs()).Parse(src)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// data is what templates may insert: every answer prints itself as YAML.
func (r *Request) data() map[string]any {
	data := map[string]any{"today": text(r.Today)}
	for _, f := range FieldsOf(r.Kind) {
		answer := r.Answers[f.Name]
		if data[f.Name] = any(text(answer)); f.List {
			data[f.Name] = listOf(answer)
		}
	}
	if r.Kind == Adoption {
		data["kit"] = text(r.adopted())
	}
	return data
}

func (r *Request) funcs() template.FuncMap {
	return template.FuncMap{
		"md":       markdown,
		"schema":   func(typ string) string { return r.schemas() + "/" + typ + ".schema.json" },
		"json":     func(s string) (string, error) { b, err := json.Marshal(s); return string(b), err },
		"values":   func(name string) string { return (&Field{Enum: name}).Choices(schema.It) },
		"steps":    func() []eventHelp { return eventsInOrder() },
		"body":     func(ref text) text { return text(bodyOf(string(ref)).ID()) },
		"ipa":      func(ref text) text { return text(bodyOf(string(ref)).IPA()) },
		"urn":      func(ref text) text { return text("urn:x-italian-pa:" + bodyOf(string(ref)).IPA()) },
		"code":     func(ref text) text { _, code, _ := strings.Cut(string(bodyOf(string(ref))), ":"); return text(code) },
		"isFirm":   func(ref text) bool { return strings.HasPrefix(string(bodyOf(string(ref))), "piva:") },
		"raw":      func(t text) string { return string(t) },
		"program":  r.program,
		"snippets": snippets,
		"inKit":    func() bool { return r.Place == InKit },
	}
}

// program is the version of riuso that the checks of a catalogue take.
func (r *Request) program() string {
	if r.Program != "" {
		return r.Program
	}
	return "main"
}

// bodyOf reads the reference of a body as the check does: in lower case, a URN being an IPA code.
func bodyOf(ref string) catalog.EntityRef {
	return catalog.EntityRef(strings.Replace(strings.ToLower(strings.TrimSpace(ref)), "urn:x-italian-pa:", "ipa:", 1))
}

// adoptionPath names the file of an adoption (kit format §§10 and 15).
func (r *Request) adoptionPath() string {
	name := bodyOf(r.Answers["entity"]).ID()
	if r.Place != InKit {
		name += "--" + r.Answers["kit-id"]
	}
	return "adoptions/" + name + ".md"
}

// adopted is the address of the kit that was adopted. Of one that this catalogue hosts people know the catalogue's address
// and the name of the kit's folder (kit format §0).
func (r *Request) adopted() string {
	kit := r.Answers["kit"]
	if r.Home != nil && r.Place != InKit && catalog.SameRepository(kit, r.Home.URL) {
		return publiccode.NormalizeURL(kit) + "//kits/" + r.Answers["kit-id"]
	}
	return kit
}

// licenceText gives the whole text of the licence of documents, and for another its SPDX id and where its text is.
func (r *Request) licenceText() ([]byte, error) {
	id := r.Answers["license"]
	if id == licenceOfTexts {
		return templates.ReadFile("files/" + licenceOfTexts + ".txt")
	}
	return []byte("SPDX-License-Identifier: " + id + "\n\nhttps://spdx.org/licenses/" + id + ".html\n"), nil
}
