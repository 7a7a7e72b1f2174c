package catalog

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// lintOf gives the findings of the lint of a tree, one on a line, each with what stands at its place.
func lintOf(t *testing.T, fsys fs.FS) string {
	t.Helper()
	var out []string
	for _, f := range Read(fsys, ReadOptions{URL: "https://git.example.it/ente/kit"}).Findings {
		if f.Code != "W04" && f.Code != "W05" {
			continue
		}
		data, err := fs.ReadFile(fsys, f.File)
		if err != nil {
			t.Fatal(err)
		}
		at := []rune(strings.Split(string(data), "\n")[f.Line-1])[f.Column-1:]
		out = append(out, f.File+" "+f.Code+" "+string(at[:min(len(at), 6)])+" "+f.Key)
	}
	return strings.Join(out, "\n")
}

func TestReadLint(t *testing.T) {
	kit := strings.Replace(goodKit, "contacts: [{office: Ufficio}]", "contacts:\n  - office: Ufficio\n    email: g.paperone@comune.paperopoli.it", 1)
	kit = strings.Replace(kit, "maintenance: {type: none}", "maintenance:\n  type: internal\n  contacts:\n    - name: Gedeone Paperone\n      email: g.paperone@comune.paperopoli.it\n      phone: +39 347 8812904", 1)
	kit = strings.Replace(kit, "features: [Convenzione]", "features: [Convenzione]\n    documentation: http://10.20.30.40/kit", 1)
	kit = strings.Replace(kit, "# Adesione", "# Adesione\n\nChiama il 347.8812904", 1)
	kit += "\nScrivi a g.paperone@comune.paperopoli.it\n" + `
-- allegati/installa.properties --
db.password=gabbiano7
-- allegati/schema.sql --
create user kit identified by 'x'; -- password: gabbiano7
-- allegati/lettera.docx --
password=gabbiano7
-- allegati/node_modules/x.json --
{"password": "gabbiano7"}
`
	want := `README.md W04 g.pape 
allegati/installa.properties W05 gabbia 
allegati/schema.sql W05 gabbia 
docs/A/a4.md W04 347.88 
kit.md W04 g.pape contacts[0].email
publiccode.yml W05 10.20. description.it.documentation`
	if got := lintOf(t, tree(kit)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Software is looked at too, in what is read of it; its other files are its own affair.
func TestReadLintSoftware(t *testing.T) {
	software := goodKit[:strings.Index(goodKit, "-- kit.md --")] + "-- README.md --\nlogin: admin/admin\n-- docs/uso.md --\nScrivi a g.paperone@comune.paperopoli.it\n-- conf.properties --\npassword=gabbiano7\n"
	if got, want := lintOf(t, tree(software)), "README.md W05 admin/ \ndocs/uso.md W04 g.pape "; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A publiccode.yml that is no YAML has no keys: whose mailbox a line has nobody knows, a secret stays one.
func TestReadLintBrokenDescriptor(t *testing.T) {
	got := lintOf(t, tree("-- publiccode.yml --\nname: [\nemail: g.paperone@paperopoli.it\nurl: https://kit:gabbiano7@git.paperopoli.it/kit\n"))
	if want := "publiccode.yml W05 gabbia "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// unfetched is a tree of which a visit fetched only what it shows.
type unfetched struct{ fs.FS }

func (u unfetched) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".txt") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("not fetched")}
	}
	return u.FS.Open(name)
}

func TestReadLintPassesOverWhatIsNotThere(t *testing.T) {
	got := Read(unfetched{tree(goodKit + "-- note.txt --\npassword=gabbiano7\n")}, ReadOptions{URL: "https://git.example.it/ente/kit"})
	if len(got.Findings) != 0 || got.Partial {
		t.Errorf("partial %v, findings %v", got.Partial, got.Findings)
	}
}

func TestReadLintBounds(t *testing.T) {
	pad := strings.Repeat("x ", MaxLintAttachment/2)
	kit := goodKit + "-- a.txt --\n" + pad + "\npassword=gabbiano7\n"
	if got := lintOf(t, tree(kit)); got != "" {
		t.Errorf("beyond the bound of a file: %s", got)
	}
	var many strings.Builder
	many.WriteString(goodKit)
	for i := range MaxLintAttachments/MaxLintAttachment + 3 {
		many.WriteString("-- b" + string(rune('a'+i)) + ".txt --\npassword=gabbiano7\n" + pad + "\n")
	}
	got := Read(tree(many.String()), ReadOptions{URL: "https://git.example.it/ente/kit"}).Findings
	if n := len(slices.DeleteFunc(got, func(f schema.Finding) bool { return f.Code != "W05" })); n != MaxLintAttachments/MaxLintAttachment {
		t.Errorf("%d attachments were looked at", n)
	}
}
