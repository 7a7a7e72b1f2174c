package catalog

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// What people write for a key or a value, and what they meant. A wrong proposal costs more than none.
func TestMeant(t *testing.T) {
	document, kit := keysIn(schema.Record("document")), keysIn(schema.Record("kit"))
	for _, c := range []struct {
		all        []meaning
		name, want string
	}{
		{document, "fase", "phase"},
		{document, "Fase", "phase"},
		{document, "fasi", "phase"},
		{document, "titolo", "title"},
		{document, "Titolo", "title"},
		{document, "tilte", "title"},
		{document, "Ultima revisione", "updated"},
		{document, "ultima_revisione", "updated"},
		{document, "revisione", "updated"},
		{document, "sumary", "summary"},
		{document, "stato", "status"},
		{document, "tipo", "type kind"},
		{document, "data", "date"},
		{document, "id_documento", "outputId"},
		{document, "colore", ""},
		{document, "x1", ""},
		{document, "dati", "date"},
		{document, "pi", ""},
		{document, "aggiornato", "updated"},
		{document, "dataAggiornamento", "updated"},
		{document, "oggi", ""},
		{kit, "schemaCodici", "codeScheme"},
		{kit, "schema_di_codici", "codeScheme"},
		{kit, "modoRiuso", ""},
		{document, strings.Repeat("fase", 1000), ""},
		{kit, "licenza", "license"},
		{kit, "licence", "license"},
		{kit, "Enti cedenti", "ceding"},
		{kit, "ente cedente", "ceding"},
		{kit, "modalita_di_riuso", "reuseModes"},
		{kit, "modalita", "reuseModes"},
		{kit, "comunita", "communities"},
		{kit, "prezzo", ""},
		{valuesIn(schema.EnumNamed("phase")), "Analisi e decisione", "A"},
		{valuesIn(schema.EnumNamed("phase")), "a", "A"},
		{valuesIn(schema.EnumNamed("phase")), "D", ""},
		{valuesIn(schema.EnumNamed("ambit")), "organizzativo", "organisational"},
		{valuesIn(schema.EnumNamed("ambit")), "formativo", "informative"},
		{valuesIn(schema.EnumNamed("entity.type")), "Citta metropolitana", "metropolitan-city"},
		{valuesIn(schema.EnumNamed("entity.type")), "comune", "municipality"},
		{valuesIn(schema.EnumNamed("template.kind")), "convenzione", "convention"},
		{valuesIn(schema.EnumNamed("template.kind")), "convnezione", "convention"},
		{valuesIn(schema.EnumNamed("template.kind")), "gatto", ""},
	} {
		if got := strings.Join(meant(c.name, c.all), " "); got != c.want {
			t.Errorf("%.40q: %q, want %q", c.name, got, c.want)
		}
	}
}
