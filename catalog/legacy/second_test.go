package legacy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"golang.org/x/text/unicode/norm"
)

// secondKit is a kit unlike the one that the rules were written on: other spellings, the other code scheme, no blocks, names
// as other systems write them, folders that look like exports and are none.
func secondKit() Repository {
	texts := map[string]string{
		"KIT CST/Fase_A_ricerca/ALL. A1/SCHEDA INFORMATIVA DEL CENTRO SERVIZI.ODT":                "Presentazione del centro servizi territoriale, promozione e divulgazione ai Comuni",
		"KIT CST/Fase_A_ricerca/ALL. A2/Piano dei costi e dei tempi.docx":                         "Piano economico: costi, tempi, tariffe e risorse",
		"KIT CST/Fase_A_ricerca/ALL. A3/Modello organizzativo.odt":                                "Modello organizzativo, ruoli e personale, contesto organizzativo",
		"KIT CST/Fase_B_trasferimento/ALL. B2/Cronoprogramma.xlsx":                                "Piano dei tempi e dei costi, gestione del progetto",
		"KIT CST/Fase_B_trasferimento/ALL. B4/SCHEMA DI DELIBERA.DOCX":                            "Schema di delibera di Consiglio comunale per aderire alla convenzione",
		"KIT CST/Fase_B_trasferimento/ALL. B4/Convenzione tipo.odt":                               "Convenzione per la gestione associata ai sensi dell'articolo 30",
		norm.NFD.String("KIT CST/Fase_B_trasferimento/ALL. B5/Architettura della città.pdf"):      "Architettura tecnologica, server e infrastruttura, integrazione applicativa",
		"KIT CST/c - gestione/ALL. C2/Tariffario annuale.ods":                                     "Tariffe e costi di gestione, canone annuale",
		"KIT CST/c - gestione/ALL. C4/Protocollo d'intesa.doc":                                    "Protocollo d'intesa tra gli enti",
		"KIT CST/c - gestione/ALL. C4/vecchi/2019/archivio/da buttare/bozze/Convenzione.docx":     "Convenzione precedente",
		"KIT CST/Versione 2.0/Manuale.docx":                                                       "Manuale d'uso",
		"KIT CST/Versione 2.0/flow.bpmn":                                                          "<definitions/>",
		"KIT CST/(C) Gestione a regime: documenti/C1 - Comunicazione/Piano di comunicazione.docx": "Piano di comunicazione, promozione e divulgazione",
		"KIT CST/modelli/project.json":                                                            "{}",
		"KIT CST/modelli/Modello istanza.docx":                                                    "Istanza del Comune",
	}
	r := Repository{URL: "https://git.example.it/unione/kit-cst", Name: "kit-cst", README: "Kit del riuso del centro servizi"}
	byBlob := map[string]*catalog.Text{}
	for _, p := range sorted(texts) {
		blob := fmt.Sprintf("%040x", len(r.Files)+1)
		r.Files = append(r.Files, File{Path: p, Blob: blob, Bytes: int64(len(texts[p]))})
		byBlob[blob] = textOf(texts[p])
	}
	r.Text = func(blob string) *catalog.Text { return byBlob[blob] }
	return r
}

// What comes out of it is what somebody would say who reads the names.
func TestASecondKit(t *testing.T) {
	r := secondKit()
	u := Understand(r)
	if u.Verdict != Practice || u.Scheme.Name != "cit" || len(u.Dumps) != 0 {
		t.Errorf("%s %d, scheme %+v, exports %v", u.Verdict, u.Score, u.Scheme, u.Dumps)
	}
	want := map[string]string{
		"Scheda informativa del centro servizi": "A A1 informative", "Piano dei costi e dei tempi": "A A2 managerial", "Modello organizzativo": "A A3 organisational",
		"Cronoprogramma": "B B2 managerial", "Schema di delibera": "B B4 administrative", "Convenzione tipo": "B B4 administrative",
		norm.NFD.String("Architettura della città"): "B B5 technological", "Piano di comunicazione": "C C1 informative", "Tariffario annuale": "C C2 managerial",
		"Protocollo d'intesa": "C C4 administrative", "Convenzione": "C C4 administrative", "Manuale": "", "Flow": "", "Project": "", "Modello istanza": "",
	}
	for _, d := range u.Documents {
		got, ok := want[d.Title]
		if place := strings.TrimSpace(d.Phase + " " + d.Code + " " + d.Ambit); !ok || got != place {
			t.Errorf("%s (%s): %q, want %q", d.Title, d.Path, place, got)
		}
		if d.Code != "" && d.CodeWhy.IsZero() {
			t.Errorf("%s: a code without a reason", d.Path)
		}
		delete(want, d.Title)
	}
	if len(want) > 0 {
		t.Errorf("nothing of %v", want)
	}
	if p := Propose(u); len(p.Files) != len(u.Documents)+3 {
		t.Errorf("%d files for %d documents", len(p.Files), len(u.Documents))
	}
}
