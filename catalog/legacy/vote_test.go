package legacy

import (
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

func coded(files map[string]string) []Document {
	var docs []Document
	for file, code := range files {
		docs = append(docs, Document{Item: Item{File: File{Path: file}, Code: code}})
	}
	return docs
}

func TestVote(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
		ambit map[string]string
	}{
		{"laid out as the towns' innovation centre does", map[string]string{
			"A1/Presentazione della pratica.pptx": "A1", "A1/Brochure.pdf": "A1", "A2/Tempi e costi.xlsx": "A2", "A2/Piano tariffario.pdf": "A2",
			"A3/Organigramma e ruoli.docx": "A3", "A4/Schema di convenzione.docx": "A4", "B4/Regolamento del servizio.docx": "B4",
			"A5/Architettura della piattaforma.pdf": "A5", "B5/Integrazione dei software.pdf": "B5", "B1/Piano di comunicazione e sito.pdf": "B1",
		}, "cit", map[string]string{"A1": "informative", "A5": "technological"}},
		{"by the digits of no scheme", map[string]string{
			"A1/Architettura della piattaforma.pdf": "A1", "A2/Schema di convenzione.docx": "A2", "A3/Brochure e video.pdf": "A3", "A4/Organigramma.docx": "A4", "A5/Costi.xlsx": "A5",
		}, "none", map[string]string{"A1": "technological", "A2": "administrative", "A5": "managerial"}},
		{"too few to tell", map[string]string{"A3/Architettura.pdf": "A3", "A4/Convenzione.pdf": "A4"}, "none", map[string]string{"A3": "technological"}},
		{"no codes", map[string]string{"Architettura.pdf": ""}, "none", nil},
		{"words that say nothing", map[string]string{"A1/uno.pdf": "A1", "A2/due.pdf": "A2", "A3/tre.pdf": "A3"}, "none", nil},
	} {
		s := Vote(coded(c.files), nil)
		if s.Name != c.want || !schema.CodeSchemes.Has(s.Name) || s.Why.It == "" || s.Why.En == "" {
			t.Errorf("%s: %s (%s), want %s %v", c.name, s.Name, s.Why.It, c.want, s.Votes)
		}
		for code, a := range c.ambit {
			if s.Ambit[code] != a {
				t.Errorf("%s: %s is %q, want %q: %v", c.name, code, s.Ambit[code], a, s.Votes[code])
			}
		}
	}
}

func TestAnUnclearVoteTellsNoAmbit(t *testing.T) {
	s := Vote(coded(map[string]string{"A1/Convenzione.pdf": "A1", "A1/Architettura.pdf": "A1"}), nil)
	if a := s.Ambit["A1"]; a != "" {
		t.Errorf("%q of %v", a, s.Votes["A1"])
	}
}
