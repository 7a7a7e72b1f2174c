package scaffold

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// MaxAnswer is the longest answer, in bytes (house rule 5).
const MaxAnswer = 4_000

// Where the JSON Schemas are when no site is known: the files of the program's own repository. A site publishes them below
// its address at schemaPath.
const (
	schemaHome = "https://raw.githubusercontent.com/open-community-pa/riuso/main/schema"
	schemaPath = "/schema/1"
)

// Place says where an adoption is written (kit format §10).
type Place int

const (
	InAdopter   Place = iota // a repository of the adopting body
	InCatalogue              // beside catalogue.md
	InKit                    // beside kit.md
)

// Request is what a tree is made of.
type Request struct {
	Kind       string             // one of [Kinds]
	Answers    map[string]string  // by the name of the field
	Today      catalog.Date       // of the first version
	Place      Place              // of an adoption
	Home       *catalog.Catalogue // the catalogue around the place where the files will be written; nil: none is known
	SchemaBase string             // address of the site that publishes the JSON Schemas; "": that of Home, else the program's repository
	Program    string             // version of the program that the checks of a catalogue take; "": its main branch

	judged bool // it is only to be read by the check, which reads nothing of an editor's
}

// Fault is an answer that cannot be used.
type Fault struct {
	Field         string
	Message, Hint schema.Text
}

// Error gives the fault in Italian, for logs and tests.
func (f *Fault) Error() string { return f.Field + ": " + f.Message.In(schema.It) }

// missing says that a field has no answer.
func missing(f *Field) *Fault {
	return &Fault{f.Name, schema.T("manca la risposta", "the answer is missing"), schema.T("per esempio: "+f.Example, "for example: "+f.Example)}
}

var (
	teamShape    = regexp.MustCompile(`^@[A-Za-z0-9][A-Za-z0-9-]{0,38}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,4}$`)
	programShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$`)
)

// Make gives the files of a request, by their slash-separated paths. Fields without an answer take their default; the error
// is a [*Fault], or several joined. What it gives is accepted by the check: no finding is an error.
func Make(r Request) (Files, error) {
	r, err := complete(r)
	if err != nil {
		return nil, err
	}
	files, err := render(&r)
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, f := range r.findings(files) {
		if f.Severity == schema.Error {
			faults = append(faults, &Fault{f.Key, f.Message, f.Hint})
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return files, nil
}

// complete takes the defaults and judges every answer.
func complete(r Request) (Request, error) {
	fields := FieldsOf(r.Kind)
	if fields == nil {
		return r, fmt.Errorf("scaffold: %q is not one of %s", r.Kind, strings.Join(Kinds(), ", "))
	}
	answers := map[string]string{}
	given := r.Answers
	r.Answers = answers
	known := knownOf(r)
	var faults []error
	for _, f := range fields {
		answer := f.read(given[f.Name])
		answers[f.Name] = answer // a default may look at it
		if !f.Applies(&r) {
			delete(answers, f.Name)
			continue
		}
		if f.Name == "consent" && answer == "" {
			answers["source"] = tidy(given["source"])
		}
		if answer == "" {
			answer = f.DefaultIn(&r)
		}
		if answer == "" && !f.Optional {
			faults = append(faults, missing(&f))
			continue
		}
		if answers[f.Name] = answer; answer == "" {
			continue
		}
		if fault := judge(r, &f, answer, known); fault != nil {
			faults = append(faults, fault)
		}
	}
	if base := r.SchemaBase; base != "" && !isWeb(base) {
		faults = append(faults, &Fault{"schema-base", schema.T("non è un indirizzo web", "it is not a web address"), schema.T("per esempio: https://riuso.example.it", "for example: https://riuso.example.it")})
	}
	if r.Program != "" && !programShape.MatchString(r.Program) {
		faults = append(faults, &Fault{"riuso-version", schema.T("non è il nome di una versione", "it is not the name of a version"), schema.T("per esempio: v1.0.0", "for example: v1.0.0")})
	}
	return r, errors.Join(faults...)
}

// Judge says what is wrong with one answer, or nil. It renders the tree of the examples with this answer in it and reads it
// as the check does: what the tree of the examples alone does not give is the answer's fault.
func Judge(r Request, f Field, answer string) *Fault { return judge(r, &f, f.read(answer), knownOf(r)) }

// tidy takes from an answer what no answer is made of.
func tidy(answer string) string {
	return strings.TrimSpace(strings.ReplaceAll(answer, "\r\n", "\n"))
}

// knownOf gives the findings of the tree of the examples, by code and key.
func knownOf(r Request) map[string]bool {
	known := map[string]bool{}
	r.Answers, r.judged = examples(r.Kind), true
	if base, err := render(&r); err == nil { // else the first answer says it
		for _, f := range r.findings(base) {
			known[f.Code+f.Key] = true
		}
	}
	return known
}

func judge(r Request, f *Field, answer string, known map[string]bool) *Fault {
	wrong := func(it, en string) *Fault {
		return &Fault{f.Name, schema.T(it, en), schema.T("per esempio: "+f.Example, "for example: "+f.Example)}
	}
	switch {
	case len(answer) > MaxAnswer:
		return wrong(fmt.Sprintf("la risposta supera i %d caratteri", MaxAnswer), fmt.Sprintf("the answer is longer than %d characters", MaxAnswer))
	case f.Max > 0 && utf8.RuneCountInString(answer) > f.Max:
		return wrong(fmt.Sprintf("al massimo %d caratteri: qui sono %d", f.Max, utf8.RuneCountInString(answer)), fmt.Sprintf("%d characters at most: here are %d", f.Max, utf8.RuneCountInString(answer)))
	case !utf8.ValidString(answer):
		return wrong("la risposta non è in UTF-8", "the answer is not UTF-8")
	case f.YesNo:
		if answer != "true" && answer != "false" {
			return wrong("la risposta è sì o no", "the answer is yes or no")
		}
		return nil
	case f.List && len(listOf(answer)) == 0:
		return wrong("l'elenco è vuoto", "the list is empty")
	case strings.HasSuffix(f.Name, "url") && !isWeb(answer), f.Name == "kit" && !isWeb(answer):
		return wrong("non è un indirizzo web intero, che comincia con https:// e non ha spazi", "it is not a whole web address, which begins with https:// and has no blanks")
	case f.Name == "team" && !teamShape.MatchString(answer):
		return wrong("non è il nome di una squadra o di un utente", "it is not the name of a team or a user")
	case f.Body && !strings.Contains(answer, ":"):
		return notABody(f, answer)
	case f.Name == "event" && !slices.Contains(FirstEvents(), answer):
		return notFirst(answer)
	}
	probe := r
	probe.Answers, probe.judged = examples(r.Kind), true
	probe.Answers[f.Name] = answer
	with, err := render(&probe)
	if err != nil {
		return wrong("con questa risposta i file non si possono scrivere", "with this answer the files cannot be written")
	}
	var fault *Fault
	for _, found := range r.findings(with) {
		if known[found.Code+found.Key] {
			continue
		}
		fault = &Fault{f.Name, found.Message, found.Hint}
		if found.Code != "E08" { // E08 only sums up what the findings of publiccode.yml say
			break
		}
	}
	return fault
}

// examples answers every field with its example.
func examples(kind string) map[string]string {
	out := map[string]string{}
	for _, f := range FieldsOf(kind) {
		if out[f.Name] = f.Example; f.YesNo {
			out[f.Name] = "false"
		}
	}
	return out
}

// isWeb says that s is the address of a page: http or https, a host, and nothing that could end a line or a word.
func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil &&
		!strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r > 0x7e || strings.ContainsRune("\"'<>\\`{}|^", r) })
}

// FirstEvents are the steps with which the history of an adopter can begin.
func FirstEvents() []string {
	var out []string
	for _, v := range schema.EventKinds.Values {
		p := catalog.Follow([]catalog.AdoptionEvent{{Kind: v.Value}})
		if len(p.Broken) == 0 && p.Stage != catalog.StageNone && p.Stage != catalog.StagePaused {
			out = append(out, v.Value)
		}
	}
	return out
}

// schemas gives the address below which the JSON Schemas lie.
func (r *Request) schemas() string {
	switch {
	case r.SchemaBase != "":
		return strings.TrimRight(r.SchemaBase, "/") + schemaPath
	case isWeb(r.Answers["base-url"]):
		return strings.TrimRight(r.Answers["base-url"], "/") + schemaPath
	case r.Home != nil && isWeb(r.Home.BaseURL):
		return strings.TrimRight(r.Home.BaseURL, "/") + schemaPath
	}
	return schemaHome
}
