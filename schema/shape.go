package schema

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed *.schema.json
var files embed.FS

// File gives one JSON Schema of the kit format as it is published ("kit.schema.json"); ok is false when there is none of
// that name.
func File(name string) (data []byte, ok bool) {
	data, err := files.ReadFile(name)
	return data, err == nil
}

// Files names all JSON Schemas, in the order of their names. common.schema.json and enums.schema.json hold what the
// record types share.
func Files() []string {
	names, err := fs.Glob(files, "*.schema.json")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return names
}

// Records names the record types of the format, in the order in which a newcomer meets them.
func Records() []string {
	return []string{"kit", "document", "template", "service", "tariff", "checklist", "laboratory", "adoption",
		"evaluation", "catalogue", "entity", "community", "event", "source"}
}

// Record gives the shape of a record type, or nil. Shapes are shared: do not change them.
func Record(name string) *Shape { return shapes()[name] }

// Kind says what a value is made of.
type Kind string

const (
	Object  Kind = "object"  // keys that the format names
	Free    Kind = "free"    // keys that the writer names; those of Properties are known
	Map     Kind = "map"     // keys that the writer names, values of one shape
	List    Kind = "list"    // a list; one value stands for a list of one
	Scalar  Kind = "text"    // a text of some form
	Integer Kind = "integer" // a whole number
	Boolean Kind = "boolean" // true or false
	Either  Kind = "either"  // one of several shapes
)

// Form says what a text is, beside being one. It is the name of the text's definition in common.schema.json.
type Form string

const (
	FormLine       Form = "line"       // one text of a few words
	FormMarkdown   Form = "markdown"   // CommonMark, or a list that becomes bullets
	FormSlug       Form = "slug"       // an id of ours
	FormCode       Form = "code"       // the code of a document
	FormName       Form = "name"       // an id within one record
	FormEntityCode Form = "entityCode" // the code of a body as its file has it
	FormEntityRef  Form = "entityRef"  // ipa:…, cf:…, piva:…
	FormRef        Form = "ref"        // doc:…, service:…
	FormURL        Form = "url"        // an address
	FormFile       Form = "file"       // a path in the kit
	FormDate       Form = "date"       // a day, a month or a year
	FormDecimal    Form = "decimal"    // an exact number in quotes
	FormKitURL     Form = "kitUrl"     // an address with its scheme
	FormEmail      Form = "email"      // a mailbox
	FormDuration   Form = "duration"   // ISO 8601, P2M
	FormLanguage   Form = "language"   // BCP 47
	FormLicence    Form = "licence"    // SPDX, an expression too
	FormVersion    Form = "version"    // numbers with dots between
	FormTaxCode    Form = "taxCode"    // eleven digits, or the sixteen characters of a person
	FormVATNumber  Form = "vatNumber"  // eleven digits
	FormLegalURN   Form = "legalUrn"   // urn:nir:…
)

// Shape is what a place in a record may hold, as the JSON Schemas say it. The checks, the reference pages and the
// editors go by it.
type Shape struct {
	Name        string // of the record type or of the shared definition, "" for others
	Title       Text
	Description Text
	Source      string // the paragraph of the standard, the law or the seed
	File        string // where a record of this type lies unless its author wants it elsewhere, as a pattern of paths
	Kind        Kind
	Form        Form        // of a [Scalar]
	Const       string      // the only value that a Scalar may have
	Enum        *Enum       // the values that a Scalar may have
	MaxLength   int         // of a Scalar, in characters; 0 is the general limit
	Min, Max    *int        // of an Integer, both included; nil is none
	Properties  []*Property // of an Object, in the order in which people write them; of a Free one those that are known
	Items       *Shape      // of a List
	Values      *Shape      // of a Map
	Of          []*Shape    // of an Either
	Examples    []string

	byName map[string]*Property
}

// Property is one key of an object.
type Property struct {
	Name     string
	Required bool // an error when it is not there; a warning in a draft (kit format, Part III)
	MayEmpty bool // a required list that may be empty: somebody says that there is nothing
	*Shape
}

// Property gives the key of that name, or nil.
func (s *Shape) Property(name string) *Property { return s.byName[name] }

// shapes are the record types by name, understood once.
var shapes = sync.OnceValue(func() map[string]*Shape {
	l := loader{docs: map[string]*node{}}
	for _, name := range Files() {
		l.docs[name] = parse(name)
	}
	out := map[string]*Shape{}
	for _, name := range Records() {
		file := name + ".schema.json"
		s := l.shape(l.docs[file], file, 0)
		s.Name, s.File = name, l.docs[file].File
		out[name] = s
	}
	return out
})

// loader turns the JSON of the files into shapes.
type loader struct{ docs map[string]*node }

// maxShapeDepth bounds the nesting of definitions: the format has no shape that holds itself.
const maxShapeDepth = 20

func (l *loader) shape(n *node, file string, depth int) *Shape {
	if depth > maxShapeDepth {
		panic("schema: " + file + " nests too deep")
	}
	s := &Shape{}
	if n.Ref != "" {
		*s = *l.referred(n.Ref, file, depth)
	}
	l.texts(s, n)
	switch {
	case n.Const != "":
		s.Kind, s.Form, s.Const = Scalar, FormLine, n.Const
	case isList(n):
		s.Kind, s.Items = List, l.shape(n.AnyOf[0].Items, file, depth+1)
	case len(n.AnyOf) > 0:
		s.Kind = Either
		for _, a := range n.AnyOf {
			s.Of = append(s.Of, l.shape(a, file, depth+1))
		}
	case n.Values.schema != nil:
		s.Kind, s.Values = Map, l.shape(n.Values.schema, file, depth+1)
	case slices.Contains(n.Type, "object"):
		s.Kind = Free
		if n.Values.closed {
			s.Kind = Object
		}
		l.properties(s, n, file, depth)
	case slices.Equal(n.Type, types{"integer"}), slices.Equal(n.Type, types{"integer", "null"}):
		s.Kind, s.Min, s.Max = Integer, n.Minimum, n.Maximum
	case slices.Contains(n.Type, "boolean") && len(n.Type) == 1:
		s.Kind = Boolean
	}
	if s.Kind == "" {
		panic("schema: " + file + ": a value of no kind: " + n.Title)
	}
	return s
}

// referred gives what a $ref leads to: an enumeration, a form of text, or another definition.
func (l *loader) referred(ref, file string, depth int) *Shape {
	doc, pointer, _ := strings.Cut(ref, "#")
	if doc == "" {
		doc = file
	}
	name := strings.TrimPrefix(pointer, "/$defs/")
	d := l.docs[doc]
	if d == nil || d.Defs[name] == nil {
		panic("schema: " + file + " refers to " + ref + ", which is not there")
	}
	def := d.Defs[name]
	switch {
	case doc == enumsFile:
		s := &Shape{Name: name, Kind: Scalar, Form: FormLine, Enum: EnumNamed(name)}
		l.texts(s, def)
		return s
	case doc == "common.schema.json" && isForm(Form(name)):
		s := &Shape{Name: name, Kind: Scalar, Form: Form(name)}
		l.texts(s, def)
		return s
	}
	s := l.shape(def, doc, depth+1)
	s.Name = name
	return s
}

func (l *loader) texts(s *Shape, n *node) {
	if n.Title != "" {
		s.Title = T(n.Title, n.En.Title)
	}
	if n.Description != "" {
		s.Description = T(n.Description, n.En.Description)
	}
	if n.Source != "" {
		s.Source = n.Source
	}
	if n.MaxLength > 0 {
		s.MaxLength = n.MaxLength
	}
	if len(n.Examples) > 0 {
		s.Examples = n.Examples
	}
}

func (l *loader) properties(s *Shape, n *node, file string, depth int) {
	required := n.Required
	if n.Else != nil {
		required = append(slices.Clone(required), n.Else.Required...)
	}
	s.byName = map[string]*Property{}
	for _, p := range n.Properties {
		prop := &Property{Name: p.name, Required: slices.Contains(required, p.name), MayEmpty: p.node.Empty, Shape: l.shape(p.node, file, depth+1)}
		s.Properties = append(s.Properties, prop)
		s.byName[p.name] = prop
	}
	for _, name := range required {
		if s.byName[name] == nil {
			panic("schema: " + file + " requires " + name + ", which it does not describe")
		}
	}
}

// isList recognises how the schemas write a list: an array, or one of what it holds.
func isList(n *node) bool {
	return len(n.AnyOf) == 2 && slices.Equal(n.AnyOf[0].Type, types{"array"}) && n.AnyOf[0].Items != nil && n.AnyOf[0].Items.Ref == n.AnyOf[1].Ref
}

func isForm(f Form) bool {
	switch f {
	case FormLine, FormMarkdown, FormSlug, FormCode, FormName, FormEntityCode, FormEntityRef, FormRef, FormURL, FormFile, FormDate, FormDecimal,
		FormKitURL, FormEmail, FormDuration, FormLanguage, FormLicence, FormVersion, FormTaxCode, FormVATNumber, FormLegalURN:
		return true
	}
	return false
}
