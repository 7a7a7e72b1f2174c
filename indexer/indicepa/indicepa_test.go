package indicepa

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
)

// The columns of today's table and of the older one, with made-up bodies; what must never be kept says so.
const (
	today = "\ufeff_id,Codice_IPA,Denominazione_ente,Codice_fiscale_ente,Tipologia,Codice_Categoria,Nome_responsabile,Cognome_responsabile,Codice_comune_ISTAT,Codice_catastale_comune,Mail1,Tipo_Mail1,Sito_istituzionale\n" +
		"1,c_x001,\"Comune di Prova, al Lago\",00000000001,Pubbliche Amministrazioni,L6,SEGRETO,SEGRETO,099001,x001,segreto@example.it,pec,www.comune.prova.example.it\n" +
		"2,P_XX,Provincia di Prova,RSSMRA80A01H501U,Pubbliche Amministrazioni,L5,SEGRETO,SEGRETO,099001,X001,segreto@example.it,altro,https://provincia.example.it\n" +
		"3,,Ente senza codice,,,,,,,,,,\n" +
		"4,../../x,Ente con un codice impossibile,,,,,,,,,,\n" +
		"5,C_X001,Lo stesso ente,,,,,,,,,,\n"
	older = "cod_amm\tdes_amm\tComune\tnome_resp\tcogn_resp\tProvincia\tRegione\tsito_istituzionale\tCf\tmail1\n" +
		"c_x001\tComune di Prova\tProva\tSEGRETO\tSEGRETO\tNO\tPiemonte\tnull\t00000000001\tsegreto@example.it\n"
	dump = `{"fields": [{"id": "_id", "type": "int"}, {"id": "Codice_IPA"}, {"id": "Denominazione_ente"}, {"id": "Nome_responsabile"}],
  "records": [[1, "c_x001", "Comune di Prova", "SEGRETO"], [2, "c_x002", null, "SEGRETO"], 7]}`
	search = `{"help": {"a": [1]}, "success": true, "result": {"records": [{"Codice_IPA": "c_x001", "Denominazione_ente": "Comune di Prova", "Cognome_responsabile": "SEGRETO"}], "total": 1}}`
)

func TestReadEveryForm(t *testing.T) {
	lago := Body{IPA: "c_x001", Name: "Comune di Prova, al Lago", CF: "00000000001", Category: "L6", ISTAT: "099001", Cadastral: "x001", Website: "www.comune.prova.example.it"}
	provincia := Body{IPA: "P_XX", Name: "Provincia di Prova", Category: "L5", ISTAT: "099001", Cadastral: "X001", Website: "https://provincia.example.it"}
	for name, c := range map[string]struct {
		text string
		want []Body
	}{
		"CSV of today":      {today, []Body{lago, provincia}},
		"TSV of before":     {older, []Body{{IPA: "c_x001", Name: "Comune di Prova", CF: "00000000001", Municipality: "Prova", Province: "NO", Region: "Piemonte"}}},
		"semicolons":        {"Codice_IPA;Denominazione_ente\r\nc_x001;Comune, di Prova\r\n", []Body{{IPA: "c_x001", Name: "Comune, di Prova"}}},
		"JSON dump":         {dump, []Body{{IPA: "c_x001", Name: "Comune di Prova"}, {IPA: "c_x002"}}},
		"JSON of a search":  {search, []Body{{IPA: "c_x001", Name: "Comune di Prova"}}},
		"signs and lengths": {"Codice_IPA,Denominazione_ente\nc_x001,\"Comune\x1b[31m\ndi  Prova " + strings.Repeat("è", 500) + "\"\n", []Body{{IPA: "c_x001", Name: "Comune [31m di Prova " + strings.Repeat("è", 139)}}},
	} {
		got, err := Read(strings.NewReader(c.text))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v\n%+v\nwant\n%+v", name, err, got, c.want)
		}
	}
}

func TestReadRefusesWhatIsNoTable(t *testing.T) {
	for name, c := range map[string]struct {
		in   io.Reader
		want error
	}{
		"nothing":       {strings.NewReader(""), ErrNoTable},
		"a page":        {strings.NewReader("<!DOCTYPE html>\n<html><body>Servizio non disponibile</body></html>"), ErrNoTable},
		"another table": {strings.NewReader("Codice_uni_uo,Descrizione_uo\nA,B\n"), ErrNoTable},
		"JSON error":    {strings.NewReader(`{"success": false, "error": {"message": "Not found"}}`), ErrNoTable},
		"other JSON":    {strings.NewReader(`{"fields": [{"id": "x"}], "records": []}`), ErrNoTable},
		"cut JSON":      {strings.NewReader(dump[:len(dump)-20]), ErrBroken},
		"no codes":      {strings.NewReader("Codice_IPA\n \n"), ErrNoCodes},
		"too many":      {strings.NewReader("Codice_IPA\n" + strings.Repeat("?\n", MaxBodies+1)), ErrTooLarge},
		"too large":     {io.MultiReader(strings.NewReader("Codice_IPA\n\""), endless{}), ErrTooLarge},
	} {
		if got, err := Read(c.in); !errors.Is(err, c.want) || got != nil {
			t.Errorf("%s: %d bodies, %v", name, len(got), err)
		}
	}
}

// endless gives one value that does not end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
		if i%1000 == 0 {
			p[i] = '\n'
		}
	}
	return len(p), nil
}

func TestNoPersonIsWritten(t *testing.T) {
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{today, older, dump, search} {
		bodies, err := Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		table, err := Table(bodies)
		if err != nil {
			t.Fatal(err)
		}
		written := slices.Concat(table, Codes(bodies))
		for _, b := range bodies {
			file, err := b.File(day)
			if err != nil {
				t.Fatal(err)
			}
			written = append(written, file...)
		}
		if low := strings.ToLower(string(written)); strings.Contains(low, "segreto") || strings.Contains(low, "rssmra") || !strings.Contains(low, "c_x001") {
			t.Errorf("written:\n%s", written)
		}
	}
}

func TestATableReadsBackAsItWas(t *testing.T) {
	bodies, err := Read(strings.NewReader(today))
	if err != nil {
		t.Fatal(err)
	}
	table, err := Table(bodies)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(table))
	slices.Reverse(bodies) // P_XX comes before c_x001
	if err != nil || !slices.Equal(again, bodies) {
		t.Errorf("%v\n%+v\nwant\n%+v", err, again, bodies)
	}
	if got := string(Codes(bodies)); got != "P_XX\nc_x001\n" {
		t.Errorf("codes %q", got)
	}
}

// An entity file is read by the catalogue without a finding, whatever the body is called.
func TestEntityFilesAreOfTheFormat(t *testing.T) {
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	tree := fstest.MapFS{"catalogue.md": {Data: []byte("---\ntype: catalogue\nid: prova\ntitle: Prova\nowner: ipa:c_x001\nscope: regional\nlicence: CC0-1.0\nobservatory: [ipa:c_x001]\n---\n")}}
	lago := Body{IPA: "C_X001", Name: "Comune di: Prova #1 «al Lago»", CF: "00000000001", Category: "L6", ISTAT: "099001", Cadastral: "x001", Municipality: "Prova", Province: "NO", Region: "Piemonte", Website: "www.prova.example.it"}
	for _, b := range []Body{lago, {IPA: "p_xx", Name: "Provincia", Category: "L5", ISTAT: "099001", Cadastral: "X001", Website: "mail@example.it"}, {IPA: "no", Category: "L99"}} {
		file, err := b.File(day)
		if err != nil {
			t.Fatal(err)
		}
		tree["entities/"+b.FileName()] = &fstest.MapFile{Data: file}
	}
	got := catalog.Read(tree, catalog.ReadOptions{})
	for _, f := range got.Findings {
		if strings.HasPrefix(f.File, "entities/") {
			t.Errorf("%v\n%s", f, tree[f.File].Data)
		}
	}
	if len(got.Entities) != 3 {
		t.Fatalf("%d entities", len(got.Entities))
	}
	e := got.Entities[0]
	if e.ID != "c_x001" || e.IPA != "c_x001" || e.Name != lago.Name || e.EntityType != "municipality" || e.ISTAT != "099001" || e.Cadastral != "X001" || e.Province != "NO" || e.Website != "https://www.prova.example.it" {
		t.Errorf("%+v", e)
	}
	if p := got.Entities[2]; p.EntityType != "province" || p.ISTAT != "" || p.Website != "" {
		t.Errorf("%+v", p)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{today, older, dump, search, "Codice_IPA\n\"", `{"records":[{"Codice_IPA":"a"}]}`, `{"result":{"result":{}}}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		bodies, err := Read(bytes.NewReader(data))
		if (err == nil) != (len(bodies) > 0) {
			t.Fatalf("%d bodies, %v", len(bodies), err)
		}
		for _, b := range bodies {
			if !ValidCode(b.IPA) || len(b.Name) > maxValue || strings.ContainsAny(b.Name, "\n\r\x1b") {
				t.Fatalf("%+v", b)
			}
			if _, err := b.File(time.Time{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
