package starter

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// The sheet that the Città metropolitana of Genova filled declares 151 members; what it is made of adds up to 150, the
// Unioni being blank (seed 002:1157-1195). The numbers are read from the document, the rule is that of the kit.
func TestTheRealSheetDoesNotAddUp(t *testing.T) {
	data, err := os.ReadFile(sharedtest.Path(t, "seeds/002_d46d9427302d8bc1.txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, sheet, found := strings.Cut(string(data), "B. Soggetti aderenti")
	if !found {
		t.Fatal("the sheet is not where it was")
	}
	sheet, _, _ = strings.Cut(sheet, "ASSESSMENT ORGANIZZATIVO")
	read := func(pattern string) string {
		m := regexp.MustCompile(pattern).FindStringSubmatch(sheet)
		if m == nil {
			t.Fatalf("the sheet does not say %s:\n%s", pattern, sheet)
		}
		return m[1]
	}
	answers := catalog.Answers{
		"aderenti": {read(`Numero di Aderenti \[(\d+)\]`)}, "comuni": {read(`a\. Comuni (\d+)`)}, "unioni": {""},
		"comunita-montane": {read(`Comunità montane (\d+)`)}, "anno-costituzione": {read(`Anno di costituzione (\d+)`)},
		// "Altro": the Region and what follows it, 1 + 4 + 4
		"altri": {sum(t, "1", read(`Regione Liguria e le (\d+) Province`), read(`Province e (\d+) Parchi`))},
		"ente":  {"ipa:cmge"}, "direzione": {"Sviluppo economico e sistemi informativi"}, "unita-organizzativa": {"Sviluppo locale"},
	}
	var list *catalog.Checklist
	for _, k := range catalog.Read(FS(), catalog.ReadOptions{}).Kits {
		for i := range k.Checklists {
			if k.Checklists[i].ID == "assessment-organizzativo" {
				list = &k.Checklists[i]
			}
		}
	}
	if list == nil {
		t.Fatal("the checklist is not in the catalogue")
	}
	got := list.Consistency(answers)
	if len(got) != 1 || got[0].Code != "W08" || got[0].Key != "aderenti" || !strings.Contains(got[0].Message.It, "è 151") || !strings.Contains(got[0].Message.It, "130 + 11 + 9 = 150") {
		t.Fatalf("%+v", got)
	}
	if s := list.Score(answers); len(s.Missing) > 0 || len(s.Invalid) > 0 || s.Total.Share != nil {
		t.Errorf("a sheet that is filled, and of which nothing is graded: %+v", s)
	}
	answers["unioni"] = []string{"1"}
	if got := list.Consistency(answers); len(got) != 0 {
		t.Errorf("with one Unione it adds up: %v", got)
	}
}

// sum adds whole numbers up.
func sum(t *testing.T, numbers ...string) string {
	t.Helper()
	total := 0
	for _, s := range numbers {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	return strconv.Itoa(total)
}
