package scaffold

import (
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

const today = catalog.Date("2026-03-02")

func requestOf(kind string, change map[string]string) Request {
	answers := examples(kind)
	maps.Copy(answers, change)
	return Request{Kind: kind, Answers: answers, Today: today}
}

// write puts the files on the disk, where the check finds them.
func write(t *testing.T, files Files) string {
	t.Helper()
	dir := t.TempDir()
	for p, data := range files {
		p = filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// onlyEmptyCells fails on every finding but the warning that a place of the matrix has nothing in it.
func onlyEmptyCells(t *testing.T, found []schema.Finding) {
	t.Helper()
	for _, f := range found {
		if f.Severity == schema.Error || f.Code != "W02" {
			t.Error(f)
		}
	}
}

func TestKitChecksClean(t *testing.T) {
	for name, change := range map[string]map[string]string{
		"examples":        {},
		"defaults":        {"id": "", "kind": "", "recipients": "", "reuse-modes": "", "agreement": "", "code-scheme": "", "license": ""},
		"scheme of OCPA":  {"code-scheme": "avviso-ocpa"},
		"sequential":      {"code-scheme": "sequential"},
		"no codes":        {"code-scheme": "none"},
		"software":        {"kind": "software", "license": "EUPL-1.2"},
		"no IPA code":     {"entity": "cf:97828370581"},
		"upper case":      {"entity": "IPA:C_X000"},
		"as URN":          {"entity": "urn:x-italian-pa:c_x000"},
		"YAML in words":   {"title": "Sì: no, #1 \"due\" 'tre' {quattro} [cinque] & *sei !sette %otto @nove `dieci`", "office": "yes", "need": "null"},
		"dashes":          {"title": "---", "id": "tre-tratti", "summary": "- \n---\n...", "need": "%YAML 1.2"},
		"line ends, tabs": {"title": "Prima riga\nseconda\triga", "summary": "uno\r\ndue", "office": "A\n\nB"},
		"HTML":            {"title": "<script>alert(1)</script> --> <!--", "entity-name": "Comune di «Esempio» & C."},
		"graffe":          {"title": "{{.title}} <%.id%> ${{ secrets.X }}", "id": "graffe"},
		"accenti":         {"title": "Città più ùmide, perché così è — 漢字 🏛", "topics": "qualità, équipe: due"},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := Make(requestOf(Kit, change))
			if err != nil {
				t.Fatal(err)
			}
			_, found := publiccode.Parse(files["publiccode.yml"], publiccode.Options{})
			if len(found) > 0 {
				t.Error(found)
			}
			if name != "examples" && name != "software" {
				delete(files, "LICENSE") // recognising its text takes longer than all the rest
			}
			dir := write(t, files)
			tree := catalog.Read(os.DirFS(dir), catalog.ReadOptions{})
			onlyEmptyCells(t, tree.Findings)
			if len(tree.Kits) != 1 {
				t.Fatalf("%d kits", len(tree.Kits))
			}
			k := tree.Kits[0]
			if k.Form != catalog.FormKit || k.Status != "draft" || k.Version != k.PublicCode.SoftwareVersion || string(k.Released) != k.PublicCode.ReleaseDate ||
				len(k.Releases) != 1 || k.Releases[0].Version != k.Version || k.Releases[0].Date != k.Released {
				t.Errorf("the versions differ: %s %s, %+v", k.Version, k.Released, k.Releases)
			}
			if want := change["title"]; want != "" && (k.Title != want || k.PublicCode.Name != want) {
				t.Errorf("title %q, publiccode %q, want %q", k.Title, k.PublicCode.Name, want)
			}
			places := map[string]bool{}
			for _, d := range k.Documents {
				places[d.Phase[0]+d.Ambit[0]] = true
				if d.Status != "draft" || strings.TrimSpace(catalog.PlainText(onlyComment(d.Body))) != "" {
					t.Errorf("%s is not an empty draft: %q", d.Path, d.Body)
				}
			}
			if len(places) != 15 || len(k.Documents) != 15 {
				t.Errorf("%d documents in %d places", len(k.Documents), len(places))
			}
		})
	}
}

var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

func onlyComment(body string) string { return comment.ReplaceAllString(body, "") }

// A comment that names a key is taken for true: without its mark the line must pass, and the key must be known.
func TestCommentedKeysPass(t *testing.T) {
	files, err := Make(requestOf(Kit, map[string]string{"kind": "practice"}))
	if err != nil {
		t.Fatal(err)
	}
	files["attachments/nome-del-file.pdf"] = []byte("%PDF-1.4")
	n := 0
	for p, data := range files {
		if p != "kit.md" && !strings.HasPrefix(p, "docs/") {
			continue
		}
		lines := strings.Split(string(data), "\n")
		for i, line := range lines {
			if key.MatchString(line) || strings.HasPrefix(line, "#   - {") {
				lines[i] = line[2:]
				n++
			}
		}
		files[p] = []byte(strings.Join(lines, "\n"))
	}
	if n < 15*4 {
		t.Errorf("only %d commented lines", n)
	}
	r := requestOf(Kit, nil)
	for _, f := range r.findings(files) {
		if f.Severity == schema.Error {
			t.Error(f)
		}
	}
}

var key = regexp.MustCompile(`^# [a-zA-Z]+:( .*)?$`)

// The digit of a code stands for the ambit that the scheme gives it (kit format §1), or editors would be warned at once.
func TestCodesFollowTheirScheme(t *testing.T) {
	for _, tc := range []struct{ scheme, phase, ambit, want string }{
		{"cit", "A", "informative", "A1"}, {"cit", "B", "managerial", "B2"}, {"cit", "C", "technological", "C5"},
		{"avviso-ocpa", "A", "informative", "A5"}, {"avviso-ocpa", "A", "managerial", "A1"}, {"avviso-ocpa", "B", "technological", "B3"},
		{"sequential", "C", "administrative", "C4"}, {"none", "A", "informative", ""},
	} {
		if got := codeOf(tc.scheme, tc.phase, tc.ambit); got != tc.want {
			t.Errorf("%s %s %s: %q, want %q", tc.scheme, tc.phase, tc.ambit, got, tc.want)
		}
	}
}

func TestCatalogueChecksClean(t *testing.T) {
	for name, change := range map[string]map[string]string{
		"examples":      {},
		"least":         {"territory": "", "url": "", "base-url": "", "id": "", "license": ""},
		"no IPA code":   {"owner": "cf:97828370581"},
		"a firm":        {"owner": "piva:12345678901", "owner-type": "in-house"},
		"YAML in words": {"title": "Catalogo: \"uno\" # due", "owner-name": "Unione\ndei Comuni: {tre}", "summary": "[quattro] <!-- -->"},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := Make(requestOf(Catalogue, change))
			if err != nil {
				t.Fatal(err)
			}
			tree := catalog.Read(os.DirFS(write(t, files)), catalog.ReadOptions{})
			for _, f := range tree.Findings {
				t.Error(f)
			}
			if tree.Catalogue == nil || len(tree.Entities) != 1 || len(tree.Sources) != 1 || tree.Sources[0].On() {
				t.Fatalf("catalogue %v, %d entities, %d sources", tree.Catalogue, len(tree.Entities), len(tree.Sources))
			}
			if got := tree.Entities[0].Ref(); got != tree.Catalogue.Owner {
				t.Errorf("the card of the owner is that of %s, the owner is %s", got, tree.Catalogue.Owner)
			}
			if want := change["title"]; want != "" && tree.Catalogue.Title != want {
				t.Errorf("title %q, want %q", tree.Catalogue.Title, want)
			}
			for _, folder := range []string{"/entities/", "/evaluations/"} {
				if !regexp.MustCompile(`(?m)^` + folder + `\s+@provincia-di-esempio/catalogo$`).Match(files[".github/CODEOWNERS"]) {
					t.Errorf("%s has no owner", folder)
				}
			}
		})
	}
}

func TestAdoptionChecksClean(t *testing.T) {
	kit, err := Make(requestOf(Kit, nil))
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := Make(requestOf(Catalogue, nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range []struct {
		name  string
		place Place
		home  Files
		file  string
	}{
		{"in the kit", InKit, kit, "adoptions/c_x001.md"},
		{"in the catalogue", InCatalogue, catalogue, "adoptions/c_x001--kit-sportello.md"},
		{"with the adopter", InAdopter, nil, "adoptions/c_x001--kit-sportello.md"},
	} {
		for name, change := range map[string]map[string]string{
			"told by others":  {},
			"by the adopter":  {"consent": "true", "source": ""},
			"analysis":        {"event": "analysis-start", "date": "", "note": ""},
			"YAML in words":   {"name": "Comune: di # \"Là\"", "note": "- uno\n- due: tre", "source": "[a]: {b}"},
			"short name left": {"kit-id": ""},
			"year":            {"date": "2024"},
		} {
			t.Run(place.name+", "+name, func(t *testing.T) {
				r := requestOf(Adoption, change)
				r.Place = place.place
				files, err := Make(r)
				if err != nil {
					t.Fatal(err)
				}
				if got := files.Paths(); !slices.Equal(got, []string{place.file}) {
					t.Fatalf("files %v, want %s", got, place.file)
				}
				maps.Copy(files, place.home)
				tree := catalog.Read(os.DirFS(write(t, files)), catalog.ReadOptions{})
				onlyEmptyCells(t, tree.Findings)
				stories := tree.Adoptions
				for _, k := range tree.Kits {
					stories = append(stories, k.Adoptions...)
				}
				if len(stories) != 1 || stories[0].Entity != "ipa:c_x001" {
					t.Fatalf("stories %v", stories)
				}
				a := stories[0]
				if (a.Consent != nil && *a.Consent) == (a.Source != "") {
					t.Errorf("consent %v, source %q: exactly one is wanted", a.Consent, a.Source)
				}
				if want := change["name"]; want != "" && a.Name != want {
					t.Errorf("name %q, want %q", a.Name, want)
				}
			})
		}
	}
}

// Whoever writes the next step finds it in the file, with what it needs.
func TestAdoptionListsEveryStep(t *testing.T) {
	files, err := Make(requestOf(Adoption, nil))
	if err != nil {
		t.Fatal(err)
	}
	data := string(files["adoptions/c_x001--kit-sportello.md"])
	for _, v := range schema.EventKinds.Values {
		if needsOf(v.Value) == "" || !strings.Contains(data, "#   "+v.Value+" ("+v.Label.It+"): "+needsOf(v.Value)) {
			t.Errorf("%s is not explained", v.Value)
		}
	}
	if got := FirstEvents(); !slices.Equal(got, []string{"interest", "analysis-start"}) {
		t.Errorf("first steps %v", got)
	}
}

var example = regexp.MustCompile("(?s)Copia l'esempio in `([^`]+)`.*?```markdown\n(.*?)```|(?s)```markdown\n(.*?)```")

// The examples of the explanations are files that pass.
func TestExamplesInReadmesPass(t *testing.T) {
	for _, kind := range []string{Kit, Catalogue} {
		files, err := Make(requestOf(kind, nil))
		if err != nil {
			t.Fatal(err)
		}
		added := 0
		for p, data := range maps.Clone(files) {
			for _, m := range example.FindAllSubmatch(data, -1) {
				to, text := string(m[1]), m[2]
				if to == "" {
					to, text = path.Join(path.Dir(p), "c_x001.md"), m[3]
				}
				files[to] = text
				added++
			}
		}
		if want := map[string]int{Kit: 5, Catalogue: 2}[kind]; added != want {
			t.Errorf("%s: %d examples, want %d", kind, added, want)
		}
		r := requestOf(kind, nil)
		for _, f := range r.findings(files) {
			if f.Severity == schema.Error {
				t.Error(f)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct{ kind, field, answer, want string }{
		{Kit, "title", "", "manca la risposta"},
		{Kit, "title", strings.Repeat("à", 101), "100 caratteri"},
		{Kit, "title", "suona\a", "controllo"},
		{Kit, "summary", strings.Repeat("x", 151), "150 caratteri"},
		{Kit, "entity", "Comune di Esempio", "non indica un ente"},
		{Kit, "entity", "ipa:../../etc", "non indica un ente"},
		{Kit, "url", "git@example.it:ente/kit", "indirizzo web"},
		{Kit, "url", "https://example.it/a b", "indirizzo web"},
		{Kit, "id", "Con Spazi", "non è un identificativo valido"},
		{Kit, "kind", "pratica", "valore non ammesso"},
		{Kit, "recipients", "citizens, tutti", "valore non ammesso"},
		{Kit, "topics", " , ", "l'elenco è vuoto"},
		{Kit, "license", "CC BY", "licenza"},
		{Kit, "need", strings.Repeat("x", MaxAnswer+1), "supera"},
		{Catalogue, "team", "squadra", "non è il nome"},
		{Catalogue, "team", "@ente/squadra\n* @chiunque", "non è il nome"},
		{Catalogue, "scope", "comunale", "valore non ammesso"},
		{Adoption, "event", "go-live", "una storia comincia con"},
		{Adoption, "date", "ieri", "non è una data"},
		{Adoption, "kit", "kit-sportello", "indirizzo web"},
		{Adoption, "kit-id", "../x", ""},
		{Adoption, "consent", "forse", "sì o no"},
	} {
		_, err := Make(requestOf(tc.kind, map[string]string{tc.field: tc.answer}))
		var fault *Fault
		if !errors.As(err, &fault) || fault.Field != tc.field || !strings.Contains(fault.Message.It, tc.want) {
			t.Errorf("%s %s=%.40q: %v", tc.kind, tc.field, tc.answer, err)
		} else if fault.Message.En == "" || fault.Hint.It == "" || fault.Hint.En == "" {
			t.Errorf("%s %s: not said in both languages, with what to do: %+v", tc.kind, tc.field, fault)
		}
	}
	for _, r := range []Request{
		{Kind: Kit, SchemaBase: "https://x\n- a"}, {Kind: Kit, SchemaBase: "ftp://x"}, {Kind: Catalogue, Program: "v1\n  evil: true"}, {Kind: "pratica"},
	} {
		r.Answers, r.Today = examples(r.Kind), today
		if _, err := Make(r); err == nil {
			t.Errorf("%+v was taken", r)
		}
	}
}

// The schemas are those of the site that is known, and every file with a front matter names its own.
func TestSchemas(t *testing.T) {
	home := &catalog.Catalogue{BaseURL: "https://home.example.it/"}
	for _, tc := range []struct {
		r    Request
		want string
	}{
		{Request{}, schemaHome},
		{Request{Home: home}, "https://home.example.it/schema/1"},
		{Request{Home: home, SchemaBase: "https://riuso.example.it/"}, "https://riuso.example.it/schema/1"},
	} {
		tc.r.Kind, tc.r.Answers, tc.r.Today = Kit, examples(Kit), today
		files, err := Make(tc.r)
		if err != nil {
			t.Fatal(err)
		}
		for p, data := range files {
			if !strings.HasSuffix(p, ".md") || !strings.HasPrefix(string(data), "---\n") {
				continue
			}
			typ := "document"
			if p == "kit.md" {
				typ = "kit"
			}
			if want := "# yaml-language-server: $schema=" + tc.want + "/" + typ + ".schema.json\n"; !strings.Contains(string(data), want) {
				t.Errorf("%s does not say %s", p, want)
			}
		}
	}
}
