package legacy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

func storyLines(stories []Story) string {
	var out []string
	for _, s := range stories {
		line := s.Name + ":"
		for _, e := range s.Events {
			line += fmt.Sprintf(" %s %s p%d,", e.Kind, e.Date, e.Page)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestStories(t *testing.T) {
	docs, text := kitOf(map[string]*catalog.Text{
		"Analisi contesti organizzativi.pdf": textOf(
			"SOMMARIO\nScheda Comune di Alfa (16/10/2018) ........ 2\nScheda Comune di Beta (agg. 01/02/2019) ........ 3\nScheda Comune di Gamma (3/3/2019) ........ 4\n",
			"1. SCHEDA COMUNE DI ALFA (16/10/2018)\nconfronto con il Comune di Delta (cedente)",
			"2. SCHEDA COMUNE DI BETA1 (AGG. 01/02/2019)\nnella legge della Regione Lazio"),
		"Sintesi sperimentazione.pdf": textOf(
			"2. AFFIANCAMENTO AGLI ENTI\n\nCOMUNE DI ALFA\nHa approfondito.\n\n3. SPERIMENTAZIONE\n\nSPERIMENTAZIONE COMUNE DI BETA\nCon gli uffici.\n",
			"La sperimentazione è stata condotta con il Comune di Alfa. La sperimentazione non sarà fatta con il Comune di Gamma. Il Comune di Beta ha messo in esercizio il servizio il 5 maggio 2020."),
		"Eventi formativi.pdf":     textOf("• Alfa\n1. 19-nov-19 - Plenaria\n2. 20-nov-19 - Plenaria\n• Delta\n3. 21-nov-19\nN. Data\n1 01/09/2020 Comune di Beta\n"),
		"Convenzione.pdf":          textOf("CONVENZIONE\ntra\nComune di Alfa\ne Comune di Delta, ente cedente\npremesso che il Comune di Beta\nsottoscritta il 2 maggio 2018"),
		"Normativa di settore.pdf": textOf("La sperimentazione è stata condotta con il Comune di Epsilon."),
	})
	got := storyLines(Stories(docs, text, nil))
	want := strings.Join([]string{
		"Comune di Alfa: agreement 2018-05-02 p1, analysis-start 2018-10-16 p2, training 2019-11-19 p1, support  p1, experiment  p2,",
		"Comune di Beta: analysis-start  p3, assessment 2019-02-01 p3, go-live 2020-05-05 p2, training 2020-09-01 p1, experiment  p1,",
		"Comune di Gamma: analysis-start 2019-03-03 p1,",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if Stories(docs, nil, nil) != nil {
		t.Error("no texts tell nothing")
	}
}

func TestCeding(t *testing.T) {
	for _, c := range []struct{ text, readme, want string }{
		{"il Comune di Alfa, cedente la buona pratica, con il Comune di Beta", "", "Comune di Alfa"},
		{"gli Enti cedenti la buona pratica (Comune di Alfa, Comune di Beta e ACME) per il Comune di Gamma", "", "Comune di Alfa Comune di Beta"},
		{"Ente cedente: Comune di Alfa\n\nEnti riusanti: Comune di Beta", "", "Comune di Alfa"},
		{"il Comune di Alfa e il Comune di Beta, cedenti la buona pratica", "", "Comune di Beta Comune di Alfa"},
		{"tra Ente/i Cedente/i ed Enti Riusanti: Comune di Alfa", "", ""},
		{"come nel punto precedente, Comune di Alfa", "", ""},
		{"il Comune di Beta, capofila del progetto", "", "Comune di Beta"},
		{"il Comune di Beta, capofila del progetto", "Ente cedente: Comune di Alfa", "Comune di Alfa"},
		{"la piattaforma a riuso dal Comune di Alfa e i flussi a riuso dal Comune di Alfa", "", "Comune di Alfa"},
	} {
		docs, text := kitOf(map[string]*catalog.Text{"a.pdf": textOf(c.text)})
		var names []string
		for _, m := range Ceding(docs, text, c.readme, nil) {
			names = append(names, m.Name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
