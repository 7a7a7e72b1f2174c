package scaffold

import (
	"maps"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
)

// place is one crossing of a phase and an ambit, with the document that usually fills it (seed 002:33-49).
type place struct {
	phase, ambit, id, kind, title, summary, audience string
	ask                                              []string // what the document should answer
}

// documents writes one document for each place of the matrix, its code by the kit's own scheme.
func (r *Request) documents(out Files, src string, data map[string]any) error {
	for _, p := range places() {
		mine := maps.Clone(data)
		code := codeOf(r.Answers["code-scheme"], p.phase, p.ambit)
		mine["code"], mine["doc"] = text(code), map[string]any{"id": text(p.id), "title": text(p.title), "summary": text(p.summary), "kind": text(p.kind),
			"phase": text(p.phase), "ambit": text(p.ambit), "audience": listOf(p.audience), "ask": p.ask, "answers": questionOf(p)}
		name := p.id + ".md"
		if code != "" {
			name = strings.ToLower(code) + "-" + name
		}
		var err error
		if out["docs/"+p.phase+"/"+name], err = r.fill("document.md", src, mine); err != nil {
			return err
		}
	}
	return nil
}

// codeOf gives the code of a document under a scheme (kit format §1): the letter of the phase and the digit of the ambit. A
// scheme that gives the digits no meaning takes them in the order of the ambits.
func codeOf(scheme, phase, ambit string) string {
	if scheme == "none" {
		return ""
	}
	named := catalog.CodeScheme{Name: scheme}
	for i, a := range catalog.GridAmbits() {
		code := phase + strconv.Itoa(i+1)
		if means := named.AmbitOf(code); means == ambit || means == "" && a == ambit {
			return code
		}
	}
	return ""
}

// questionOf names which of the five questions of whoever decides a document of phase A answers, or "" (kit format §4).
func questionOf(p place) string {
	if p.phase != "A" {
		return ""
	}
	return map[string]string{"informative": "improvement", "managerial": "sustainability", "organisational": "organisation",
		"administrative": "administration", "technological": "tools"}[p.ambit]
}

func places() []place {
	return []place{
		{"A", "informative", "sintesi", "summary", "Sintesi della buona pratica", "Che cos'è la pratica, a chi serve e che cosa cambia per chi la adotta", "politician, manager",
			[]string{"Che problema avevamo e come l'abbiamo risolto?", "Che cosa cambia per i cittadini e per gli uffici?", "Quali risultati abbiamo misurato, con quale fonte?", "A quali enti non conviene?"}},
		{"A", "managerial", "tempi-e-costi", "analysis", "Tempi, costi e risorse", "Quanto dura, quanto costa e quante persone servono per decidere con cognizione", "manager, accounting",
			[]string{"Quanto tempo passa dalla decisione all'avvio?", "Quanto costa il primo anno e quanto gli anni dopo?", "Quante persone servono, con quali profili?", "Chi ha pagato la prima volta?"}},
		{"A", "organisational", "governance", "governance", "Modello di governo", "Chi decide, chi coordina e quali organi servono", "politician, manager",
			[]string{"Chi decide che cosa?", "Quali tavoli o organi ci sono, e quante volte si riuniscono?", "Che cosa fa il cedente e che cosa chi adotta?"}},
		{"A", "administrative", "come-si-aderisce", "process", "Come si aderisce", "I passi e gli atti per adottare la pratica, dalla richiesta alla firma", "legal, manager",
			[]string{"Quali atti servono, di quale organo, in quale ordine?", "Quale norma li regge?", "Quanto tempo prende ogni passo?"}},
		{"A", "technological", "strumenti", "tools", "Strumenti tecnologici", "Quali programmi e servizi usa la pratica e che cosa chiedono all'ente", "rtd, technical",
			[]string{"Quali programmi si usano, con quale licenza?", "Che cosa deve avere l'ente prima di cominciare?", "Con quali sistemi dialoga?"}},
		{"B", "informative", "piano-di-comunicazione", "communication-plan", "Piano di comunicazione e formazione", "Come si spiega la novità a chi la userà e come si forma il personale", "manager, staff",
			[]string{"A chi va spiegata la novità, quando e con quali parole?", "Quanta formazione serve, per chi?", "Quali materiali si possono riusare?"}},
		{"B", "managerial", "modello-tariffario", "tariff-model", "Modello di tariffazione", "Chi paga che cosa, e come si calcola", "accounting, manager",
			[]string{"C'è una quota? Come si calcola?", "Che cosa è compreso e che cosa no?", "Quale atto l'ha fissata? (le tariffe che si calcolano stanno in tariffs/)"}},
		{"B", "organisational", "organizzazione", "organisation", "Organizzazione del lavoro", "Ruoli, carichi di lavoro e passaggi tra uffici durante l'avvio", "manager, staff",
			[]string{"Chi fa che cosa durante il trasferimento?", "Come cambiano i compiti degli uffici?", "Chi affianca chi adotta, e per quanto?"}},
		{"B", "administrative", "atti-e-moduli", "administrative-tools", "Atti e moduli", "Quali atti tipo e quali moduli si usano, e come si adattano", "legal",
			[]string{"Quali atti tipo ci sono? (i testi stanno in templates/)", "Che cosa va adattato in ciascuno?", "Chi li firma o li approva?"}},
		{"B", "technological", "attivazione", "activation", "Attivazione degli strumenti", "Come si installano, si configurano e si collaudano gli strumenti", "technical, rtd",
			[]string{"Quali passi portano dagli strumenti vuoti al primo uso?", "Come si portano dentro i dati che ci sono già?", "Come si capisce che funziona? (niente password, nemmeno di esempio)"}},
		{"C", "informative", "aggiornamento-del-personale", "training", "Aggiornamento del personale", "Come si mantengono le competenze quando le persone cambiano", "manager, staff",
			[]string{"Quale formazione si ripete, e ogni quanto?", "Come impara chi arriva dopo?", "Dove si fanno le domande?"}},
		{"C", "managerial", "sostenibilita", "sustainability", "Sostenibilità economica", "Con quali entrate e quali risparmi la pratica si regge nel tempo", "manager, accounting",
			[]string{"Quanto costa un anno a regime?", "Con che cosa si copre?", "Quali indicatori si misurano ogni anno?"}},
		{"C", "organisational", "gestione-del-cambiamento", "change-management", "Gestione del cambiamento", "Come si tengono insieme persone, uffici e nuove abitudini", "manager",
			[]string{"Quali resistenze ci sono state e che cosa ha aiutato?", "Chi tiene viva la pratica?", "Che cosa si fa quando un responsabile cambia?"}},
		{"C", "administrative", "rinnovi-e-recessi", "guideline", "Rinnovi, verifiche e recessi", "Come si rinnovano gli atti, chi verifica e come si esce", "legal, manager",
			[]string{"Quando scadono gli atti e come si rinnovano?", "Chi verifica, e ogni quanto?", "Come recede un ente e che cosa deve ancora?"}},
		{"C", "technological", "manutenzione", "manual", "Manutenzione degli strumenti", "Chi aggiorna gli strumenti, come si chiede aiuto, come si passa alla versione nuova", "technical, rtd",
			[]string{"Chi fa gli aggiornamenti e chi li paga?", "Come si segnala un guasto?", "Come si passa alla versione successiva del kit?"}},
	}
}
