package catalog

import "github.com/open-community-pa/riuso/schema"

// need is something that a step of an adoption cannot do without (kit format §10, column "Needs").
type need struct {
	key     string
	ofStory bool // the key stands beside events:, not in the step
	met     func(a *Adoption, e *AdoptionEvent) bool
	what    schema.Text // to be put after "lacks"
	add     schema.Text // to be put after "add"
}

// needsOf gives what a kind of step needs, beside its place in the order (see steps). The act of decision-adopt is not here:
// it has a rule of its own (E11). What §10 lists for assessment, training, support, experiment and adaptation is what such
// a step may tell, and answers stay out of Git; a resumption has the reason of its pause.
func needsOf(kind string) []need {
	reason := func(it, en string) []need {
		return []need{{key: "reason", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.Reason != "" },
			what: schema.T("il motivo", "the reason"), add: schema.T("reason: con il perché, per esempio reason: "+it, "reason: and why, as in reason: "+en)}}
	}
	switch kind {
	case "decision-decline":
		return reason("Costi troppo alti per il Comune", "Too dear for the town")
	case "pause":
		return reason("In attesa del bilancio", "Waiting for the budget")
	case "withdraw":
		return reason("Il servizio passa all'Unione", "The union takes the service over")
	case "agreement":
		return []need{{key: "act", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.Act != nil },
			what: schema.T("l'atto", "the act"), add: schema.T("act: con il tipo di atto, il numero e la data", "act: with the kind of act, its number and date")}}
	case "go-live":
		return []need{{key: "version", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.Version != "" },
			what: schema.T("la versione del kit", "the version of the kit"), add: schema.T("version: con la versione messa in uso, tra virgolette, per esempio version: \"1.0.0\"", "version: with the version put to use, in quotes, as in version: \"1.0.0\"")}}
	case "service-on", "service-off":
		return []need{{key: "service", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.Service != "" },
			what: schema.T("il servizio", "the service"), add: schema.T("service: con il servizio del kit, per esempio service: service:portali-comunali", "service: with the service of the kit, as in service: service:portali-comunali")}}
	case "upgrade":
		return []need{
			{key: "from", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.From != "" },
				what: schema.T("la versione di partenza", "the version before"), add: schema.T("from: con la versione che si usava, tra virgolette", "from: with the version that was in use, in quotes")},
			{key: "to", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.To != "" },
				what: schema.T("la versione di arrivo", "the version after"), add: schema.T("to: con la versione nuova, tra virgolette", "to: with the new version, in quotes")}}
	case "outcome":
		return []need{{key: "outcomes", ofStory: true, met: func(a *Adoption, e *AdoptionEvent) bool { return len(a.Outcomes) > 0 || len(e.Numbers) > 0 },
			what: schema.T("il risultato", "the result"), add: schema.T("outcomes: nel file, con indicator e value, oppure numbers: nel passo", "outcomes: to the file, with indicator and value, or numbers: to the step")}}
	case "contribution":
		return []need{{key: "url", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.URL != "" },
			what: schema.T("l'indirizzo del contributo", "the address of the contribution"), add: schema.T("url: con la pagina in cui si vede, per esempio la richiesta di modifica al kit", "url: with the page that shows it, such as the change asked of the kit")}}
	case "holder":
		return []need{{key: "evidence", met: func(_ *Adoption, e *AdoptionEvent) bool { return e.Evidence != "" },
			what: schema.T("la prova", "the evidence"), add: schema.T("evidence: con quello che l'ente mantiene del kit, o con chi affianca", "evidence: with what the body maintains of the kit, or whom it supports")}}
	case "ceding":
		return []need{{key: "cedingKit", ofStory: true, met: func(a *Adoption, _ *AdoptionEvent) bool { return a.CedingKit != "" },
			what: schema.T("il kit che l'ente cede a sua volta", "the kit that the body cedes in turn"), add: schema.T("cedingKit: nel file, accanto a events:, con l'indirizzo del suo repository", "cedingKit: to the file, beside events:, with the address of its repository")}}
	}
	return nil
}
