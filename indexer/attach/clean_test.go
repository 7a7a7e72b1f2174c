package attach

import (
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"uno\r\ndue\rtre\fquattro":          "uno\ndue\ntre\nquattro",
		"perche\u0301":                      "perché",
		"conven\u00ad\n  zione con\u00adme": "convenzione conme",
		"a \t\n\n\n\n\nb\n\n":               "a\n\nb",
		"a\x00b\x1b[0m\u200b\u202ec\ufeff":  "ab[0mc",
		"u\ufb03cio \uf0b7 voce\u00a05":     "ufficio • voce 5",
		"\t\tA\tB\n\t\tC\n\t\t\tD":          "A\tB\nC\n\tD",
		"   rientro\n  altro":               "   rientro\n  altro",
		"a\xffb":                            "a\ufffdb",
		"":                                  "",
		" \n\t\n":                           "",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		} else if again := clean(got); again != got {
			t.Errorf("%q: cleaned again it is %q", in, again)
		}
	}
}

func TestLanguage(t *testing.T) {
	for want, s := range map[string]string{
		"it": "Il Comune aderisce alla convenzione con la Provincia per la gestione associata dei servizi digitali, e ne sostiene i costi secondo il piano che è allegato.",
		"en": "The municipality joins the agreement with the province for the shared management of digital services, and bears the costs according to the attached plan.",
		"fr": "La commune adhère à la convention avec la province pour la gestion des services numériques, et supporte les coûts selon le plan qui est joint.",
		"de": "Die Gemeinde tritt der Vereinbarung mit dem Land für die gemeinsame Führung der digitalen Dienste bei und trägt die Kosten nach dem Plan, der beiliegt.",
		"es": "El municipio se adhiere al convenio con la provincia para la gestión de los servicios digitales, y asume los costes según el plan que se adjunta.",
	} {
		if got := languageOf([]catalog.TextPage{{Text: s}}); got != want {
			t.Errorf("%q, want %q: %s", got, want, s)
		}
	}
	for _, s := range []string{"", "Il Comune aderisce alla convenzione", "Server CPU RAM disco rete switch router firewall backup cloud software hardware database browser client proxy cache token login password kernel driver"} {
		if got := languageOf([]catalog.TextPage{{Text: s}}); got != "" {
			t.Errorf("%q: %s", got, s)
		}
	}
}
