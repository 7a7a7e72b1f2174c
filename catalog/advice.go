package catalog

import "github.com/open-community-pa/riuso/schema"

// CellAdvice says what usually fills a cell of the matrix, in a sentence that can stand in a finding or on a page (seed
// 002:113-121, 900-945, 1149-1463, 1553-1638). It is empty outside of the grid.
func CellAdvice(phase, ambit string) schema.Text {
	switch phase + " " + ambit {
	case "A informative":
		return schema.T("una sintesi della pratica: che cos'è, a che cosa serve, quali compiti svolge", "a summary of the practice: what it is, what it is for, which tasks it carries out")
	case "A managerial":
		return schema.T("il portafoglio dei servizi, con quello che danno e a chi; o un'analisi di tempi e costi", "the portfolio of services, with what they give and to whom; or an analysis of times and costs")
	case "A organisational":
		return schema.T("il modello di governo: chi decide, quali organi, con quali regole", "the model of governance: who decides, which boards, by which rules")
	case "A administrative":
		return schema.T("il processo di adesione: i passi, chi li compie, con quale atto", "the process of joining: the steps, who takes them, by which act")
	case "A technological":
		return schema.T("gli strumenti che la pratica usa: software, requisiti, collegamenti", "the tools that the practice uses: software, requirements, connections")
	case "B informative":
		return schema.T("il piano di comunicazione: che cosa dire a chi, con materiali da riusare", "the communication plan: what to tell to whom, with materials to reuse")
	case "B managerial":
		return schema.T("il modello tariffario o il piano dei costi, con le regole per calcolarli", "the tariff model or the plan of costs, with the rules to compute them")
	case "B organisational":
		return schema.T("l'organizzazione necessaria: profili, funzioni, una lista di controllo per misurare il proprio ente", "the organisation that it takes: profiles, functions, a checklist to measure one's own body")
	case "B administrative":
		return schema.T("gli atti da adottare: schema di convenzione, delibera tipo, moduli", "the acts to adopt: a model agreement, a model resolution, forms")
	case "B technological":
		return schema.T("come si attivano gli strumenti: installazione, configurazione, requisiti", "how the tools are put to work: installation, configuration, requirements")
	case "C informative":
		return schema.T("come si mantiene la comunità: incontri, formazione, aggiornamenti a chi usa la pratica", "how the community is kept up: meetings, training, news to those who use the practice")
	case "C managerial":
		return schema.T("la sostenibilità nel tempo: entrate, costi a regime, chi li copre", "sustainability over time: income, running costs, who covers them")
	case "C organisational":
		return schema.T("chi gestisce la pratica a regime e come si decide come evolve", "who runs the practice in steady state and how its evolution is decided")
	case "C administrative":
		return schema.T("gli atti per continuare: rinnovi, conferme, recesso, partenariato pubblico-privato", "the acts to go on: renewals, confirmations, withdrawal, public-private partnership")
	case "C technological":
		return schema.T("come si mantengono e si aggiornano gli strumenti, e chi dà assistenza", "how the tools are maintained and updated, and who gives support")
	}
	return schema.Text{}
}
