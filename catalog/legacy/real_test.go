package legacy

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// textOf makes a text of pages.
func textOf(pages ...string) *catalog.Text {
	t := &catalog.Text{PageCount: len(pages)}
	for i, p := range pages {
		t.Pages = append(t.Pages, catalog.TextPage{N: i + 1, Text: p})
	}
	return t
}

// kitOf makes documents of paths and texts, for what reads many.
func kitOf(texts map[string]*catalog.Text) ([]Document, func(string) *catalog.Text) {
	var docs []Document
	for p, t := range texts {
		d := Document{Item: Item{File: File{Path: p, Blob: p}}}
		if h, ok := ReadHeader(t); ok {
			d.Header, d.Title = h, h.Title
		}
		for _, step := range strings.Split(p, "/") {
			if code, ok := strings.CutPrefix(step, "Allegato "); ok && len(code) == 2 {
				d.Code = code
			}
		}
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b Document) int { return strings.Compare(a.Path, b.Path) })
	return docs, func(blob string) *catalog.Text { return texts[blob] }
}

// sharedKit reads every different PDF of the real kit as a visit does; the page breaks are form feeds.
func sharedKit(t *testing.T) map[string]*catalog.Text {
	t.Helper()
	root := sharedtest.Path(t, "legacy/digipro")
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		sharedtest.Missing(t, "pdftotext is not installed: the texts of the real kit cannot be read")
	}
	texts, seen := map[string]*catalog.Text{}, map[string]bool{}
	err = filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(file) != ".pdf" || strings.Contains(file, "(1)") {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		if key := hex.EncodeToString(sum[:]); seen[key] {
			return nil
		} else {
			seen[key] = true
		}
		out, err := exec.CommandContext(t.Context(), program, "-q", "-enc", "UTF-8", file, "-").Output()
		if err != nil {
			return nil // a file that is no PDF after all
		}
		rel, err := filepath.Rel(root, file)
		texts[filepath.ToSlash(rel)] = textOf(strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// tellersName is the last step of a path without what differs between copies.
func tellersName(p string) string { return strings.TrimSuffix(filepath.Base(p), ".pdf") }

func TestTheRealKitIsUnderstood(t *testing.T) {
	texts := sharedKit(t)
	docs, text := kitOf(texts)
	t.Run("headers", func(t *testing.T) { realHeaders(t, docs) })
	t.Run("project code", func(t *testing.T) {
		for _, d := range docs {
			if d.Header == nil {
				continue
			}
			if code, page := CUP(text(d.Blob)); code != "F46C17000010006" || page != 1 && page != 2 {
				t.Errorf("%s: %q on page %d", d.Path, code, page)
			}
		}
	})
	t.Run("ceding", func(t *testing.T) {
		var names []string
		for _, m := range Ceding(docs, text, "# Kit_del_riuso", nil) {
			names = append(names, m.Name)
		}
		if slices.Sort(names); !slices.Equal(names, []string{"Comune di Brescia", "Comune di Monza"}) {
			t.Errorf("ceding: %q", names)
		}
	})
	t.Run("stories", func(t *testing.T) { realStories(t, docs, text) })
	t.Run("scheme", func(t *testing.T) {
		s := Vote(docs, text)
		if s.Name != "avviso-ocpa" {
			t.Errorf("%s: %s %v", s.Name, s.Why.It, s.Votes)
		}
		for _, k := range knownSchemes {
			for code, votes := range s.Votes {
				if len(votes) > 0 && explains(votes, ambitOf(k, code)) != (k.name == "avviso-ocpa" || code == "A4") {
					t.Errorf("scheme %s, code %s: %v", k.name, code, votes)
				}
			}
		}
	})
}

func realHeaders(t *testing.T, docs []Document) {
	want := map[string]Header{ // by a part of the name
		"A3 Kit Riuso":           {Action: "A2", OutputID: "8", Title: "Kit del Riuso della buona pratica (Fase A)", Released: "2021-06-10", Version: "0.7", Updated: "2021-11-18", Status: "work-in-progress"},
		"A3 6 Report":            {Action: "A2", OutputID: "6", Title: "Report di sintesi della sperimentazione e rilascio linee guida per messa a regime", Released: "2021-06-10", Version: "1.0", Updated: "2021-06-18"},
		"A3 9 Analisi":           {Action: "A3", OutputID: "9", Title: "Report di analisi dei contesti organizzativi degli enti riusanti", Released: "2020-09-07", Version: "1.0", Updated: "2021-06-21"},
		"A3 10 Analisi":          {Action: "A3", OutputID: "10", Title: "Report di analisi dei contesti tecnologici degli enti riusanti", Released: "2020-09-07", Version: "1.0", Updated: "2021-06-21"},
		"A3 11 Sintesi":          {Action: "A3", OutputID: "11", Title: "Report di sintesi della sperimentazione e rilascio linee guida per messa a regime", Released: "2021-03-01", Version: "1.0", Updated: "2021-07-22"},
		"A3 12 Documento":        {Action: "A2", OutputID: "6", Title: "Documento di sintesi del dispiegamento della buona pratica presso tutti gli enti riusanti", Released: "2021-03-23", Version: "1.0", Updated: "2021-06-29"},
		"A3 13 Piano":            {Action: "A3", OutputID: "13", Title: "Rilascio piano e materiale per la formazione", Released: "2021-06-18", Version: "1.0", Updated: "2021-06-23"},
		"A3 14 numero":           {Action: "A3", OutputID: "14", Title: "Numero di eventi di formazione realizzati presso i riusanti", Released: "2021-06-24", Version: "1.0", Updated: "2021-06-28"},
		"A3 15 Numero":           {Action: "A3", OutputID: "15", Title: "Numero di training di formazione on the job sull'utilizzo degli strumenti tecnologici", Released: "2021-06-24", Version: "1.0", Updated: "2021-06-30"},
		"A4 16 Ambiti":           {Action: "A4", OutputID: "16", Title: "Report di analisi degli ambiti di potenziamento della buona pratica", Released: "2020-10-01", Version: "1.1", Updated: "2021-06-22"},
		"A4 17 Incontri":         {Action: "A4", OutputID: "17", Title: "Numero di incontri realizzati per la co-progettazione delle evoluzioni", Released: "2021-06-30", Version: "1.0", Updated: "2021-06-30"},
		"A4 18 Numero":           {Action: "A4", OutputID: "18", Title: "Numero di evoluzioni realizzate", Released: "2021-06-30", Version: "1.1", Updated: "2021-09-30"},
		"A5 20 - Sito":           {Action: "A5", OutputID: "20", Title: "Realizzazione del sito di progetto", Released: "2021-03-01", Version: "1.0", Updated: "2021-07-20"},
		"A5 21 - Evento":         {Action: "A5", OutputID: "21", Title: "Evento di lancio del progetto", Released: "2021-07-20", Version: "1.0", Updated: "2021-07-20"},
		"A5 22 - Numero di inco": {Action: "A5", OutputID: "22", Title: "Numero di incontri territoriali realizzati", Released: "2021-07-22", Version: "1.0", Updated: "2021-07-22"},
	}
	read := 0
	for _, d := range docs {
		if d.Header == nil {
			continue
		}
		read++
		found := false
		for part, w := range want {
			if strings.HasPrefix(filepath.Base(d.Path), part) {
				w.Page, found = 2, true
				if *d.Header != w {
					t.Errorf("%s:\n got %+v\nwant %+v", d.Path, *d.Header, w)
				}
			}
		}
		if !found {
			t.Errorf("%s has a block that was not expected: %+v", d.Path, *d.Header)
		}
	}
	if read != len(want) {
		t.Errorf("%d blocks were read, there are %d", read, len(want))
	}
}

func realStories(t *testing.T, docs []Document, text func(string) *catalog.Text) {
	type beginning struct {
		start, assessed     catalog.Date
		organised, technics int // pages of the sheets
		experiment          int
	}
	want := map[string]beginning{
		"Comune di Anzio":              {"2018-10-16", "2018-10-16", 6, 6, 0},
		"Comune di Castel Madama":      {"2018-07-27", "2018-07-27", 8, 8, 0},
		"Comune di Foggia":             {"2018-07-20", "2018-07-20", 10, 9, 0},
		"Comune di Lecce":              {"2018-07-25", "2018-07-25", 12, 10, 0},
		"Comune di Messina":            {"2018-07-20", "2018-07-20", 14, 11, 7},
		"Comune di Osnago":             {"2018-07-26", "2018-07-26", 16, 13, 0},
		"Comune di Potenza":            {"", "2019-07-30", 18, 15, 7},
		"Comune di Sant'Antonio Abate": {"", "2019-07-30", 20, 17, 0},
		"Comune di Vibo Valentia":      {"", "2020-09-15", 26, 19, 0},
		"Regione Umbria":               {"", "2020-09-01", 22, 18, 0},
	}
	stories := Stories(docs, text, nil)
	if len(stories) != len(want) {
		t.Errorf("%d stories", len(stories))
	}
	for _, s := range stories {
		w, ok := want[s.Name]
		if !ok {
			t.Errorf("%s is no reusing body", s.Name)
			continue
		}
		var got beginning
		trained := false
		for _, e := range s.Events {
			switch e.Kind {
			case "analysis-start":
				got.start, got.organised = e.Date, e.Page
			case "assessment":
				got.assessed, got.technics = e.Date, e.Page
			case "experiment":
				got.experiment = e.Page
			case "training":
				trained = true
			case "support":
			default:
				t.Errorf("%s: the documents tell of no %q (%s)", s.Name, e.Kind, tellersName(e.Path))
			}
			if e.Path == "" || e.Page == 0 || e.Note == "" {
				t.Errorf("%s: %+v has no place", s.Name, e)
			}
		}
		if got != w {
			t.Errorf("%s:\n got %+v\nwant %+v", s.Name, got, w)
		}
		if !trained {
			t.Errorf("%s: every body had training", s.Name)
		}
		inDates(t, s)
	}
}

// inDates checks that known dates ascend and that the order is one of an adoption.
func inDates(t *testing.T, s Story) {
	t.Helper()
	yes := true
	var events []catalog.AdoptionEvent
	last := catalog.Date("")
	for _, e := range s.Events {
		if e.Date != "" && e.Date < last {
			t.Errorf("%s: %s after %s", s.Name, e.Date, last)
		}
		if e.Date != "" {
			last = e.Date
		}
		events = append(events, catalog.AdoptionEvent{Kind: e.Kind, Date: e.Date, Inferred: &yes})
	}
	if p := catalog.Follow(events); len(p.Broken) > 0 {
		t.Errorf("%s: steps %v cannot stand where they are", s.Name, p.Broken)
	}
}
