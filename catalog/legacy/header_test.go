package legacy

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

const blockLabels = "Stato del documento\nAzione progettuale\nID documento\nOutput\nData rilascio\nVersione\nUltima revisione\n\n"

func TestReadHeader(t *testing.T) {
	full := Header{Action: "A3", OutputID: "9", Title: "Report di analisi dei contesti degli enti", Released: "2020-09-07", Version: "1.0", Updated: "2021-06-21", Page: 1}
	for _, c := range []struct {
		name, text string
		want       Header
	}{
		{"all labels, then all values", blockLabels + "A3: Trasferimento della pratica\n#9\nReport di analisi dei contesti degli enti\n07/09/2020\n1.0\n21/06/2021\n\nProgetto\n", full},
		{"values over several lines", blockLabels + "A3 Trasferimento della pratica attraverso\nil modello comune\n#9\nReport di analisi dei\ncontesti degli enti\n07/09/2020\n1.0\n21/06/2021\n", full},
		{"a value after each label", "STATO DEL DOCUMENTO\nAzione progettuale\nA3: Trasferimento\nID documento\n#9\nOutput\nReport di analisi dei\ncontesti degli enti\nData rilascio\n07/09/2020\nVersione\n1.0\nUltima revisione\n21/06/2021\n", full},
		{"both on one line", "Stato del documento:\nAzione progettuale: A3\nID documento: #9\nOutput: Report di analisi dei contesti degli enti\nData rilascio: 07/09/2020\nVersione: 1.0\nUltima revisione: 21/06/2021\n", full},
		{"cells of a table", "Stato del documento\nAzione progettuale\tA3: Trasferimento\nID\t9\nOutput\tReport di analisi dei contesti degli enti\nData di rilascio\t7/9/2020\nVersione\t1.0\nUltima revisione\t21/6/2021\n", full},
		{"columns kept apart by spaces", "Stato del documento\nAzione progettuale    A3: Trasferimento\nID documento          #9\nOutput                Report di analisi dei contesti degli enti\nData rilascio         07/09/2020\nVersione              1.0\nUltima revisione      21/06/2021\n", full},
		{"a label over two lines", "Stato del documento\nAzione\nprogettuale\nID documento\nOutput\nData rilascio\nVersione\nUltima\nrevisione\nA3: Trasferimento\n#9\nReport di analisi dei contesti degli enti\n07/09/2020\n1.0\n21/06/2021\n", full},
		{"in progress", blockLabels + "A2: Componenti\n#8\nKit\n1/10/2020\nv. 0.7 (work in progress)\n18/11/2021\n",
			Header{Action: "A2", OutputID: "8", Title: "Kit", Released: "2020-10-01", Version: "0.7", Status: "work-in-progress", Updated: "2021-11-18", Page: 1}},
		{"a draft", blockLabels + "A2: Componenti\n#8\nKit\n1/10/2020\nVersione 2.1.3 - bozza\n18/11/2021\n",
			Header{Action: "A2", OutputID: "8", Title: "Kit", Released: "2020-10-01", Version: "2.1.3", Status: "draft", Updated: "2021-11-18", Page: 1}},
		{"days that no calendar has", blockLabels + "A2: Componenti\n#8\nKit\n31/02/2020\n1.0\n45/13/2021\n",
			Header{Action: "A2", OutputID: "8", Title: "Kit", Version: "1.0", Page: 1}},
		{"a day in another year than ours", blockLabels + "A2: Componenti\n#8\nKit\n01/01/0201\n1.0\n01/01/9999\n",
			Header{Action: "A2", OutputID: "8", Title: "Kit", Version: "1.0", Page: 1}},
		{"a value that is not there", blockLabels + "A2: Componenti\n#8\nKit\n1.0\n18/11/2021\n",
			Header{Action: "A2", OutputID: "8", Title: "Kit", Version: "1.0", Updated: "2021-11-18", Page: 1}},
		{"a dash for a value", blockLabels + "A2: Componenti\n-\nKit\n10/06/2021\n–\n18/11/2021\n",
			Header{Action: "A2", Title: "Kit", Released: "2021-06-10", Updated: "2021-11-18", Page: 1}},
		{"months in words", "Stato del documento\nData rilascio\n10 giugno 2021\nUltima revisione\n1° luglio 2021\n",
			Header{Released: "2021-06-10", Updated: "2021-07-01", Page: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, ok := ReadHeader(textOf(c.text))
			if !ok || *h != c.want {
				t.Errorf("%v\n got %+v\nwant %+v", ok, h, c.want)
			}
		})
	}
}

func TestNoHeader(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                    "",
		"a title with nothing below": "Stato del documento\n",
		"running text":               "Lo stato del documento è descritto sotto.\nVersione\n1.0\n",
		"one label":                  "Stato del documento\nVersione\n1.0\n",
		"a table of contents":        "Stato del documento ........ 3\nVersione ........ 4\nOutput ........ 5\n",
		"labels without values":      blockLabels,
	} {
		if h, ok := ReadHeader(textOf(text)); ok {
			t.Errorf("%s: %+v", name, h)
		}
	}
	if _, ok := ReadHeader(nil); ok {
		t.Error("no text has no block")
	}
}

func TestHeaderIsOnAnotherPage(t *testing.T) {
	block := blockLabels + "A2: Componenti\n#8\nKit\n1/10/2020\n1.0\n18/11/2021\n"
	if h, ok := ReadHeader(textOf("Copertina", "Indice", block)); !ok || h.Page != 3 {
		t.Errorf("%v %+v", ok, h)
	}
	pages := make([]string, 40)
	pages[39] = block
	if h, ok := ReadHeader(textOf(pages...)); ok {
		t.Errorf("a block far inside is an example of one: %+v", h)
	}
}

func FuzzReadHeader(f *testing.F) {
	f.Add(blockLabels + "A3: x\n#9\nReport\n07/09/2020\n1.0\n21/06/2021\n")
	f.Add("Stato del documento\nVersione: 1\nOutput\tx\n")
	f.Fuzz(func(t *testing.T, s string) {
		h, ok := ReadHeader(&catalog.Text{Pages: []catalog.TextPage{{N: 1, Text: s}}})
		if !ok {
			return
		}
		for _, d := range []catalog.Date{h.Released, h.Updated} {
			if _, isDate := d.Time(); d != "" && !isDate {
				t.Errorf("%q is no date", d)
			}
		}
		if strings.ContainsAny(h.Title+h.Version+h.Action, "\n") {
			t.Errorf("%+v", h)
		}
	})
}
