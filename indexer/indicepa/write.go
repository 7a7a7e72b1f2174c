package indicepa

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Codes writes the list that `--ipa-codes` reads: one code a line, sorted.
func Codes(bodies []Body) []byte {
	codes := make([]string, len(bodies))
	for i, b := range bodies {
		codes[i] = b.IPA
	}
	slices.Sort(codes)
	return []byte(strings.Join(codes, "\n") + "\n")
}

// Table writes the bodies as CSV under the Index's own names of the columns, sorted by code: what Read gives of it is
// the same.
func Table(bodies []Body) ([]byte, error) {
	sorted := slices.SortedFunc(slices.Values(bodies), func(a, b Body) int { return cmp.Compare(a.IPA, b.IPA) })
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{{"Codice_IPA", "Denominazione_ente", "Codice_fiscale_ente", "Codice_Categoria", "Codice_comune_ISTAT",
		"Codice_catastale_comune", "Comune", "Provincia", "Regione", "Sito_istituzionale"}}
	for _, b := range sorted {
		rows = append(rows, []string{b.IPA, b.Name, b.CF, b.Category, b.ISTAT, b.Cadastral, b.Municipality, b.Province, b.Region, b.Website})
	}
	err := w.WriteAll(rows)
	return out.Bytes(), err
}

// municipality is the category of the municipalities.
const municipality = "L6"

// entityTypes are the categories of the Index that are a kind of body of the kit format; the others leave it open.
var entityTypes = map[string]string{
	municipality: "municipality", "L4": "region", "L5": "province", "L45": "metropolitan-city", "L18": "union",
	"L7": "health", "L8": "health", "L17": "school", "L33": "school", "C1": "central",
}

// record is an entity file's front matter (kit format §15), in its order.
type record struct {
	Type         string `yaml:"type"`
	ID           string `yaml:"id"`
	Name         string `yaml:"name"`
	EntityType   string `yaml:"entityType,omitempty"`
	IPA          string `yaml:"ipa"`
	CF           string `yaml:"cf,omitempty"`
	ISTAT        string `yaml:"istat,omitempty"`
	Cadastral    string `yaml:"cadastral,omitempty"`
	Municipality string `yaml:"municipality,omitempty"`
	Province     string `yaml:"province,omitempty"`
	Region       string `yaml:"region,omitempty"`
	Website      string `yaml:"website,omitempty"`
	Source       string `yaml:"source"`
}

// FileName is the name of the body's entity file: that is its identity, in lower case.
func (b Body) FileName() string { return strings.ToLower(b.IPA) + ".md" }

// File writes the body's entity file; day is when the table was taken, for the line that names the source. The codes of
// a municipality are given to municipalities only: the Index gives every body those of its seat.
func (b Body) File(day time.Time) ([]byte, error) {
	id := strings.ToLower(b.IPA)
	r := record{
		Type: "entity", ID: id, Name: cmp.Or(b.Name, id), EntityType: entityTypes[b.Category], IPA: id, CF: b.CF,
		Municipality: b.Municipality, Province: b.Province, Region: b.Region, Website: website(b.Website),
		Source: "IndicePA, dati aperti (CC BY 4.0), " + day.Format(time.DateOnly),
	}
	if b.Category == municipality {
		r.ISTAT, r.Cadastral = b.ISTAT, strings.ToUpper(b.Cadastral)
	}
	front, err := yaml.Marshal(r)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte("---\n"), front, []byte("---\n")), nil
}

// website gives a whole address of what bodies write, most often without https://.
func website(s string) string {
	switch lower := strings.ToLower(s); {
	case s == "" || strings.ContainsAny(s, " @") || !strings.Contains(s, "."):
		return ""
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
		return s
	case strings.Contains(s, "://"):
		return ""
	}
	return "https://" + s
}
