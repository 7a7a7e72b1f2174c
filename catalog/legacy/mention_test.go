package legacy

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
)

func someBodies() *Roll {
	r := NewRoll()
	for ref, name := range map[catalog.EntityRef]string{
		"ipa:c_1": "Comune di Sant'Antonio Abate", "ipa:c_2": "Comune di Castel Madama", "ipa:c_3": "Comune di Vibo Valentia", "ipa:c_4": "Comune di Reggio nell'Emilia",
		"ipa:c_5": "Comune di L'Aquila", "ipa:c_6": "Comune di Messina", "ipa:m_1": "Città metropolitana di Messina", "ipa:r_1": "Regione Umbria",
		"ipa:p_1": "Provincia di Monza e della Brianza", "ipa:c_7": "Comune di Monza", "ipa:u_1": "Unione dei Comuni della Bassa Romagna", "ipa:c_8": "Roma Capitale",
		"ipa:c_9": "Comune di Cava de' Tirreni", "ipa:r_2": "Regione Emilia-Romagna",
	} {
		r.Add(ref, name)
	}
	return r
}

func list(ms []Mention) string {
	var out []string
	for _, m := range ms {
		out = append(out, fmt.Sprintf("%s %s p%d x%d", m.Ref, m.Name, m.Page, m.Count))
	}
	return strings.Join(out, "; ")
}

func TestMentionsOfKnownBodies(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"il Comune di Messina e la Città metropolitana di Messina", "ipa:c_6 Comune di Messina p1 x1; ipa:m_1 Città metropolitana di Messina p1 x1"},
		{"COMUNE DI SANT’ANTONIO ABATE (AGG. 30/07/2019)\nEnte: Comune di Sant'Antonio Abate", "ipa:c_1 Comune di Sant'Antonio Abate p1 x2"},
		{"24/09/2020 Comune di Sant'Antonio\nAbate", "ipa:c_1 Comune di Sant'Antonio Abate p1 x1"},
		{"il Comune\ndi Vibo\nValentia1 (2020)", "ipa:c_3 Comune di Vibo Valentia p1 x1"},
		{"Comune Messina, Comune di Reggio nell’Emilia e COMUNE DI REGGIO NELL'EMILIA", "ipa:c_6 Comune di Messina p1 x1; ipa:c_4 Comune di Reggio nell'Emilia p1 x2"},
		{"Comune dell'Aquila", "ipa:c_5 Comune di L'Aquila p1 x1"},
		{"Provincia di Monza e della Brianza; Comune di Monza e della Brianza", "ipa:p_1 Provincia di Monza e della Brianza p1 x1; ipa:c_7 Comune di Monza p1 x1"},
		{"Unione dei Comuni della Bassa Romagna", "ipa:u_1 Unione dei Comuni della Bassa Romagna p1 x1"},
		{"Roma Capitale e la Regione dell'Umbria", "ipa:c_8 Roma Capitale p1 x1; ipa:r_1 Regione Umbria p1 x1"},
		{"i Comuni di Messina, Sant'Antonio\nAbate, Monza e Vibo Valentia e Regione Umbria", "ipa:c_6 Comune di Messina p1 x1; ipa:c_1 Comune di Sant'Antonio Abate p1 x1; ipa:c_7 Comune di Monza p1 x1; ipa:c_3 Comune di Vibo Valentia p1 x1; ipa:r_1 Regione Umbria p1 x1"},
		{"Citta’ Metropolitana di Messina", "ipa:m_1 Città metropolitana di Messina p1 x1"},
		{"Comune di Cava de’ Tirreni in Regione Emilia-Romagna", "ipa:c_9 Comune di Cava de' Tirreni p1 x1; ipa:r_2 Regione Emilia-Romagna p1 x1"},
		{"comune di residenza, provincia di nascita, regione di appartenenza, in comune accordo", ""},
	} {
		if got := list(Mentions(textOf(c.text), someBodies())); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestMentionsOfUnknownBodies(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"il Comune di Borgo a Mozzano ha aderito", " Comune di Borgo a Mozzano p1 x1"},
		{"COMUNE DI REGGIO NELL’EMILIA", " Comune di Reggio nell'Emilia p1 x1"},
		{"Comune di Cassano d'Adda Servizio Tributi", " Comune di Cassano d'Adda p1 x1"},
		{"Comune di Anzio\nData compilazione: 1/1/2020", " Comune di Anzio p1 x1"},
		{"Comune di Vibo Valentia\n\nComune di Vibo\nValentia\n", " Comune di Vibo Valentia p1 x2"},
		{"Comune di Lecce. Comune dei Lecce", " Comune di Lecce p1 x2"},
		{"Regione Umbria\ndefiniti da Regione\nVerranno", " Regione Umbria p1 x1"},
		{"Comune Capofila, Comune Lecce", ""},
		{"il Comune Lecce e il Comune di Lecce", " Comune di Lecce p1 x2"},
		{"Comunità Montana del Titerno e Alto Tammaro", " Comunità montana del Titerno p1 x1"},
		{"Comuni di Anzio, Osnago e Foggia", " Comune di Anzio p1 x1;  Comune di Osnago p1 x1;  Comune di Foggia p1 x1"},
		{"REGIONE E PROVINCIA, COMUNE DI RESIDENZA", ""},
	} {
		for _, b := range []Bodies{nil, (*Roll)(nil)} {
			if got := list(Mentions(textOf(c.text), b)); got != c.want {
				t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
			}
		}
	}
}

func TestMentionsCountPages(t *testing.T) {
	got := list(Mentions(textOf("nulla", "Comune di Messina", "Comune di Messina, Comune di Monza"), someBodies()))
	if want := "ipa:c_6 Comune di Messina p2 x2; ipa:c_7 Comune di Monza p3 x1"; got != want {
		t.Errorf("%s", got)
	}
	if Mentions(nil, nil) != nil {
		t.Error("no text names nobody")
	}
}

// hostileNames are what looks most like names, one after another in a page of that many bytes.
func hostileNames(size int) map[string]*catalog.Text {
	pages := map[string]*catalog.Text{}
	for _, unit := range []string{"Comune di ", "Comune di Reggio nell'Emilia ", "comuni di A, B e ", "Comune di Anzio, cedente ", "a'", "Unione dei comuni di De Di De Di De Di ", "Stato del documento\nVersione\n"} {
		pages[unit] = textOf(strings.Repeat(unit, size/len(unit)))
	}
	return pages
}

// readAll reads a text in each of the ways that look for names.
func readAll(x *catalog.Text, b Bodies) {
	docs := []Document{{Item: Item{File: File{Path: "Sperimentazione formazione analisi contesti convenzione.pdf"}}}}
	Mentions(x, b)
	ReadHeader(x)
	CUP(x)
	Stories(docs, func(string) *catalog.Text { return x }, b)
}

// A page of such units must cost in proportion to its length: a search per name over the whole page once took minutes, each
// with its own copy of the page. Here the copies are counted; the benchmark says how long it takes.
func TestMentionsAreLinear(t *testing.T) {
	const size, times = 4 << 10, 8
	bodies, long := someBodies(), hostileNames(size*times)
	for unit, x := range hostileNames(size) {
		readAll(x, bodies) // so that what is made once is made
		few, many := allocated(func() { readAll(x, bodies) }), allocated(func() { readAll(long[unit], bodies) })
		t.Logf("%q: %d kB, and %d kB for %d times the text", unit, few>>10, many>>10, times)
		if many > 2*times*few {
			t.Errorf("%q: %d times the text needs %d bytes instead of %d", unit, times, many, few)
		}
	}
}

// allocated says how many bytes a function asks for.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// BenchmarkHostileNames must be about as many bytes in a second for either size.
func BenchmarkHostileNames(b *testing.B) {
	bodies := someBodies()
	for _, size := range []int{16 << 10, 256 << 10} {
		for unit, x := range hostileNames(size) {
			b.Run(fmt.Sprintf("%dkB/%q", size>>10, unit), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					readAll(x, bodies)
				}
			})
		}
	}
}

func FuzzMentions(f *testing.F) {
	f.Add("il Comune di Sant’Antonio\nAbate e i Comuni di Monza, Lecce ed Anzio (cedente)")
	f.Add("Regione\nUmbria Comune dell'")
	f.Add("COMUNE DI \xff’ Comuni di '' , di")
	roll := someBodies()
	f.Fuzz(func(t *testing.T, s string) {
		x := textOf(s, s)
		for _, b := range []Bodies{nil, roll} {
			for _, m := range Mentions(x, b) {
				if m.Count < 1 || m.Page < 1 || m.Name == "" || utf8.ValidString(s) && !utf8.ValidString(m.Name) {
					t.Errorf("%+v", m)
				}
			}
		}
		docs := []Document{{Item: Item{File: File{Path: "Sperimentazione formazione analisi contesti convenzione.pdf"}}}}
		for _, story := range Stories(docs, func(string) *catalog.Text { return x }, roll) {
			inDates(t, story)
		}
		KindOf(s, s, x)
	})
}
