package schema

// DocumentKinds are the kinds of document of a kit (kit format §4).
var DocumentKinds = enum("document.kind",
	v("summary", "Sintesi", "Summary"),
	v("portfolio", "Portafoglio servizi", "Service portfolio"),
	v("governance", "Governance", "Governance"),
	v("process", "Processo", "Process"),
	v("tools", "Strumenti", "Tools"),
	v("communication-plan", "Piano di comunicazione", "Communication plan"),
	v("tariff-model", "Modello tariffario", "Tariff model"),
	v("organisation", "Organizzazione", "Organisation"),
	v("administrative-tools", "Strumenti amministrativi", "Administrative tools"),
	v("activation", "Attivazione", "Activation"),
	v("sustainability", "Sostenibilità", "Sustainability"),
	v("report", "Relazione", "Report"),
	v("analysis", "Analisi", "Analysis"),
	v("guideline", "Linee guida", "Guidelines"),
	v("checklist", "Lista di controllo", "Checklist"),
	v("questionnaire", "Questionario", "Questionnaire"),
	v("process-map", "Mappa di processo", "Process map"),
	v("manual", "Manuale", "Manual"),
	v("training", "Formazione", "Training"),
	v("presentation", "Presentazione", "Presentation"),
	v("faq", "Domande frequenti", "FAQ"),
	v("change-management", "Gestione del cambiamento", "Change management"),
	v("other", "Altro", "Other"))

// DocumentStatuses are the states of a document.
var DocumentStatuses = enum("document.status",
	v("draft", "Bozza", "Draft"),
	v("work-in-progress", "In lavorazione", "Work in progress"),
	v("final", "Definitivo", "Final"),
	v("superseded", "Superato", "Superseded"))

// Audiences are those for whom a document is written.
var Audiences = enum("audience",
	v("politician", "Amministratori", "Politicians"),
	v("manager", "Dirigenti", "Managers"),
	v("rtd", "Responsabile per la transizione al digitale", "Digital transition officer"),
	v("technical", "Tecnici", "Technical staff"),
	v("legal", "Legali", "Legal staff"),
	v("accounting", "Contabili", "Accounting staff"),
	v("operator", "Operatori", "Operators"),
	v("citizen", "Cittadini", "Citizens"),
	v("staff", "Personale", "Staff"),
	v("entity", "Ente", "Public body"))

// TemplateKinds are the kinds of model act and form (kit format §5).
var TemplateKinds = enum("template.kind",
	v("convention", "Convenzione", "Agreement (convenzione)"),
	v("resolution", "Delibera", "Resolution"),
	v("determination", "Determina", "Determination"),
	v("protocol", "Protocollo d'intesa", "Memorandum of understanding"),
	v("agreement", "Accordo (art. 15 L. 241/1990)", "Agreement (art. 15 L. 241/1990)"),
	v("adhesion-form", "Modulo di adesione", "Joining form"),
	v("activation-form", "Modulo di attivazione", "Activation form"),
	v("cancellation-form", "Modulo di disdetta", "Cancellation form"),
	v("regulation", "Regolamento", "Regulation"),
	v("tender-spec", "Capitolato", "Tender specification"),
	v("technical-sheet", "Scheda tecnica", "Technical sheet"),
	v("letter", "Lettera", "Letter"),
	v("privacy-notice", "Informativa privacy", "Privacy notice"),
	v("brochure", "Brochure", "Brochure"),
	v("other", "Altro", "Other"))

// Signers are the organs that sign or approve an act.
var Signers = enum("signer",
	v("mayor", "Sindaco", "Mayor"),
	v("president", "Presidente", "President"),
	v("council", "Consiglio", "Council"),
	v("executive", "Giunta", "Executive"),
	v("manager", "Dirigente", "Manager"))

// ServiceAreas are the three macro-areas of a service portfolio (seed 002:226-238).
var ServiceAreas = enum("service.area",
	v("management-support", "Management e supporto", "Management and support"),
	v("backoffice-infrastructure", "Back office e infrastruttura", "Back office and infrastructure"),
	v("egov-production", "Produzione di eGov", "eGovernment production"))

// ServiceOrigins are the three ways in which a service enters the portfolio (seed 002:272-290).
var ServiceOrigins = enum("service.origin",
	v("bottom-up", "Dalla domanda degli enti", "Bottom-up"),
	v("previous-experience", "Da esperienze pregresse", "From previous experience"),
	v("top-down", "Da adempimenti e indirizzi", "Top-down"))

// ServiceFunctions are the twelve activities of a centre of competence (seed 000:56-89).
var ServiceFunctions = enum("service.function",
	v("organisation", "Organizzazione", "Organisation"),
	v("facilitation", "Facilitazione", "Facilitation"),
	v("orientation", "Orientamento", "Orientation"),
	v("help-desk", "Help desk", "Help desk"),
	v("calls-funding", "Bandi e finanziamenti", "Calls and funding"),
	v("skills", "Sviluppo delle competenze", "Skills"),
	v("planning", "Pianificazione e progettazione", "Planning and design"),
	v("systems-services", "Sviluppo dei sistemi e dei servizi", "Systems and services"),
	v("mutual-support", "Supporto reciproco", "Mutual support"),
	v("procurement", "Ricorso al mercato", "Procurement"),
	v("funded-projects", "Progetti finanziati", "Funded projects"),
	v("reuse", "Riuso di soluzioni di altre PA", "Reuse of others' solutions"))

// Inclusions say how a service stands to the membership fee.
var Inclusions = enum("service.inclusion",
	v("included", "Incluso nella quota", "Included in the fee"),
	v("surcharge", "A quota maggiorata", "With a surcharge"),
	v("free", "Gratuito", "Free"),
	v("list-price", "A listino", "At list price"))

// ServiceDurations say for how long a service is given.
var ServiceDurations = enum("service.duration",
	v("annual", "Annuale", "Annual"),
	v("one-off", "Una tantum", "One-off"),
	v("open", "Senza scadenza", "Open-ended"))

// Confirmations say whether the service is asked for again.
var Confirmations = enum("service.confirmation",
	v("yearly", "Conferma annuale", "Yearly confirmation"),
	v("none", "Nessuna conferma", "No confirmation"))

// TariffVAT says how an amount stands to VAT.
var TariffVAT = enum("tariff.vat",
	v("included", "IVA inclusa", "VAT included"),
	v("excluded", "IVA esclusa", "VAT excluded"),
	v("exempt", "Esente IVA", "VAT exempt"),
	v("out-of-scope", "Fuori campo IVA", "Outside the scope of VAT"),
	v("unknown", "IVA non indicata", "VAT not stated"))

// TariffPeriods say how often an amount is due.
var TariffPeriods = enum("tariff.period",
	v("year", "all'anno", "a year"),
	v("month", "al mese", "a month"),
	v("once", "una tantum", "once"),
	v("hour", "all'ora", "an hour"),
	v("request", "a richiesta", "a request"))

// ComponentKinds are the kinds of line of a tariff (kit format §7).
var ComponentKinds = enum("tariff.component",
	v("fixed", "Importo fisso", "Fixed amount"),
	v("perUnit", "A unità", "By unit"),
	v("bracket", "A fascia", "By bracket"),
	v("graduated", "A scaglioni", "Graduated"),
	v("range", "Da–a", "Range"),
	v("percentOf", "Percentuale", "Percentage"))

// ChecklistKinds are the uses of a checklist (kit format §8).
var ChecklistKinds = enum("checklist.kind",
	v("assessment", "Assessment", "Assessment"),
	v("survey", "Indagine", "Survey"),
	v("questionnaire", "Questionario", "Questionnaire"),
	v("vademecum", "Vademecum", "Step guide"),
	v("control", "Controllo", "Control"),
	v("adequacy", "Adeguatezza", "Adequacy"))

// ItemTypes are the types of an item of a checklist.
var ItemTypes = enum("item.type",
	v("yesno", "Sì/No/Non necessario", "Yes/No/Not needed"),
	v("conformity", "Conforme/Migliorabile/Non conforme", "Conform/To improve/Not conform"),
	v("single", "Scelta singola", "Single choice"),
	v("multi", "Scelta multipla", "Multiple choice"),
	v("likert", "Scala 1-5", "Scale 1-5"),
	v("number", "Numero", "Number"),
	v("money", "Importo", "Amount"),
	v("date", "Data", "Date"),
	v("text", "Testo", "Text"),
	v("entity", "Ente", "Public body"),
	v("table", "Tabella", "Table"))

// Privacies say who may see the answers to a checklist.
var Privacies = enum("privacy",
	v("public", "Pubblico", "Public"),
	v("aggregate-only", "Solo dati aggregati", "Aggregates only"),
	v("private", "Riservato", "Private"))
