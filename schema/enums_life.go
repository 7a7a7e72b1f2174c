package schema

// EventKinds are the steps of an adoption, in the order in which they usually come (kit format §10).
var EventKinds = enum("event.kind",
	v("interest", "Manifestazione di interesse", "Expression of interest"),
	v("analysis-start", "Avvio analisi", "Analysis started"),
	v("assessment", "Assessment", "Assessment"),
	v("decision-adopt", "Decisione di adottare", "Decision to adopt"),
	v("decision-decline", "Decisione di non adottare", "Decision not to adopt"),
	v("agreement", "Sottoscrizione convenzione/protocollo", "Agreement signed"),
	v("transfer-start", "Avvio trasferimento", "Transfer started"),
	v("training", "Formazione", "Training"),
	v("support", "Affiancamento", "On-the-job support"),
	v("experiment", "Sperimentazione", "Experiment"),
	v("adaptation", "Adattamento", "Adaptation"),
	v("go-live", "Messa a regime", "Go-live"),
	v("service-on", "Attivazione servizio", "Service activated"),
	v("service-off", "Disdetta servizio", "Service cancelled"),
	v("upgrade", "Aggiornamento", "Upgrade"),
	v("outcome", "Rilevazione risultati", "Outcome measured"),
	v("contribution", "Contributo al kit", "Contribution to the kit"),
	v("holder", "Diventa detentore", "Becomes a holder"),
	v("ceding", "Diventa cedente", "Becomes a ceding body"),
	v("pause", "Sospensione", "Pause"),
	v("resume", "Ripresa", "Resumption"),
	v("withdraw", "Recesso", "Withdrawal"),
	v("reopen", "Riapertura", "Reopening"))

// MeetingKinds are the kinds of event of a catalogue (kit format §15).
var MeetingKinds = enum("meeting.kind",
	v("community-meeting", "Incontro di comunità", "Community meeting"),
	v("workshop", "Workshop", "Workshop"),
	v("webinar", "Webinar", "Webinar"),
	v("training", "Formazione", "Training"),
	v("public-private", "Incontro pubblico-privato", "Public-private meeting"),
	v("board", "Tavolo", "Board"),
	v("launch", "Avvio", "Launch"))

// MeetingModes say where people meet.
var MeetingModes = enum("meeting.mode",
	v("online", "In modalità telematica", "Online"),
	v("presence", "In presenza", "In presence"),
	v("hybrid", "Ibrida", "Hybrid"))

// CommunityLevels are the four levels of a community (seed 003:43-63).
var CommunityLevels = enum("community.level",
	v("partnership", "Partenariato", "Partnership"),
	v("territorial", "Territoriale", "Territorial"),
	v("solution", "Soluzione", "Solution"),
	v("service", "Servizio", "Service"))

// CommunityKinds are the kinds of community (seed 001:47, 80, 84-85, 348, 376, 386-388).
var CommunityKinds = enum("community.kind",
	v("open-territorial", "Comunità territoriale aperta", "Open territorial community"),
	v("solution", "Comunità di soluzione", "Community of solution"),
	v("operative", "Comunità operativa", "Operative community"),
	v("practice", "Comunità di pratica", "Community of practice"),
	v("thematic", "Comunità tematica", "Thematic community"),
	v("central", "Comunità centrale", "Central community"),
	v("living-lab", "Living lab", "Living lab"))

// Designations say how the maintainer of a community is chosen (seed 003:65-69).
var Designations = enum("community.designation",
	v("lead", "Ente capofila", "Lead body"),
	v("aggregator", "Soggetto aggregatore", "Aggregator"),
	v("joint", "Designazione congiunta", "Joint designation"))

// Opennesses say who may join.
var Opennesses = enum("community.openness",
	v("open", "Aperta", "Open"),
	v("by-request", "Su richiesta", "By request"),
	v("closed", "Chiusa", "Closed"))

// NoveltyLevels say how new the topic is to its audience (seed 001:236).
var NoveltyLevels = enum("community.noveltyLevel",
	v("innovative", "Innovativo", "Innovative"),
	v("consolidating", "In consolidamento", "Consolidating"),
	v("consolidated", "Consolidato", "Consolidated"))

// SourceKinds are the kinds of place that a catalogue federates (kit format §15).
var SourceKinds = enum("source.kind",
	v("kit", "Repository di un kit", "Repository of a kit"),
	v("forge", "Organizzazione su una forgia", "Organisation on a forge"),
	v("catalogue", "Altro catalogo riuso", "Another riuso catalogue"),
	v("publishers", "Elenco publishers.yml", "publishers.yml list"),
	v("developers-italia-api", "API di Developers Italia", "Developers Italia API"))

// Trusts say how much a source is trusted when two say the same thing.
var Trusts = enum("source.trust",
	v("official", "Ufficiale", "Official"),
	v("verified", "Verificata", "Verified"),
	v("community", "Della comunità", "Community"))

// LegacyModes say what to do with folders that look like a kit and have no kit.md.
var LegacyModes = enum("source.legacy",
	v("auto", "Automatico", "Automatic"),
	v("force", "Sempre", "Always"),
	v("never", "Mai", "Never"))

// CatalogueScopes are the reaches of a catalogue.
var CatalogueScopes = enum("catalogue.scope",
	v("national", "Nazionale", "National"),
	v("regional", "Regionale", "Regional"),
	v("provincial", "Provinciale", "Provincial"),
	v("thematic", "Tematico", "Thematic"))
