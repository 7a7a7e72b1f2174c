package scaffold

import "github.com/open-community-pa/riuso/schema"

// eventHelp is one line of the comments of an adoption.
type eventHelp struct {
	Kind, Label, Needs string
}

// eventsInOrder lists every step with what it needs, in Italian (kit format §10, columns "From → to" and "Needs").
func eventsInOrder() []eventHelp {
	var out []eventHelp
	for _, v := range schema.EventKinds.Values {
		out = append(out, eventHelp{v.Value, v.Label.It, needsOf(v.Value)})
	}
	return out
}

// needsOf says where a step can stand and what it must carry.
func needsOf(kind string) string {
	switch kind {
	case "interest":
		return "all'inizio; niente"
	case "analysis-start":
		return "all'inizio o dopo l'interesse; porta in fase A"
	case "assessment":
		return "in fase A o B; ref: la lista di controllo usata (mai le risposte)"
	case "decision-adopt":
		return "in fase A; act: tipo, numero e data dell'atto"
	case "decision-decline":
		return "dopo l'interesse o in fase A; reason: il motivo"
	case "agreement":
		return "dopo la decisione o in fase B; act: l'atto firmato"
	case "transfer-start":
		return "dopo la decisione; porta in fase B"
	case "training", "support", "experiment", "adaptation":
		return "in fase A, B o C; numbers: quanti, oppure note: che cosa è successo"
	case "go-live":
		return "in fase B; version: la versione del kit; porta in fase C"
	case "service-on", "service-off":
		return "dopo la decisione, in fase B o C; service: service:id-del-servizio"
	case "upgrade":
		return "in fase C; from e to: le due versioni"
	case "outcome":
		return "in fase B o C; i numeri vanno in outcomes"
	case "contribution":
		return "in fase B, C o da detentore; url: dove si vede il contributo"
	case "holder":
		return "in fase C; evidence: che cosa mantiene o chi affianca"
	case "ceding":
		return "in fase C o da detentore; cedingKit (in fondo al file): l'indirizzo del kit ceduto"
	case "pause", "resume":
		return "sospensione in ogni momento, ripresa dopo una sospensione; reason: il motivo"
	case "withdraw":
		return "dalla decisione in poi; reason: il motivo"
	case "reopen":
		return "dopo una rinuncia o un recesso"
	}
	return ""
}
