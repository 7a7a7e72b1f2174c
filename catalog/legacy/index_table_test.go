package legacy

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/catalog"
)

// A table of the Index that lies beside the documents, and its copy, become none; a table of anything else does.
func TestATableOfTheIndexIsNoDocument(t *testing.T) {
	r := secondKit()
	byBlob := map[string]*catalog.Text{"t1": textOf("\ufeff_id,Codice_IPA,Denominazione_ente\n1,c_e506,Comune di Lecce"), "t2": textOf("cod_amm\tdes_amm\nc_e506\tComune di Lecce"), "t3": textOf("voce,costo\nServer,100")}
	r.Files = append(r.Files, File{Path: "enti.csv", Blob: "t1", Bytes: 9}, File{Path: "copia/enti.csv", Blob: "t1", Bytes: 9}, File{Path: "vecchi.tsv", Blob: "t2", Bytes: 9}, File{Path: "costi.csv", Blob: "t3", Bytes: 9})
	before := r.Text
	r.Text = func(blob string) *catalog.Text {
		if x := byBlob[blob]; x != nil {
			return x
		}
		return before(blob)
	}
	u := Understand(r)
	costs := false
	for _, d := range u.Documents {
		if strings.Contains(d.Path, "enti.csv") || d.Path == "vecchi.tsv" {
			t.Errorf("%s became a document", d.Path)
		}
		costs = costs || d.Path == "costi.csv"
	}
	if !costs || len(u.Own) != 2 {
		t.Errorf("costs: %v, own files %v", costs, u.Own)
	}
	if report := string(Propose(u).Report); !strings.Contains(report, "`enti.csv`: resta com'è") {
		t.Error("the report does not tell of the table")
	}
}

// What the command line names within the folder is nothing to import, nor is a report of before under a name of its own.
func TestHideWhatTheCommandLineNames(t *testing.T) {
	fsys := Hide(fstest.MapFS{"elenco.csv": {Data: []byte("x")}, "dati/esito.md": {Data: Propose(sample()).Report}, "FASE A/Piano.md": {Data: []byte("# Piano\n")}}, nil, "elenco.csv")
	var got []string
	if err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			got = append(got, p)
		}
		return err
	}); err != nil || strings.Join(got, " ") != "FASE A/Piano.md" {
		t.Errorf("%v, %v", got, err)
	}
}
