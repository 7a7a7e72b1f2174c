package schema

// Phases are the three moments in which a body meets a kit (seed 002:33-49).
var Phases = enum("phase",
	v("A", "Ricerca e selezione", "Search and selection"),
	v("B", "Trasferimento e adozione", "Transfer and adoption"),
	v("C", "Gestione a regime", "Steady-state operation"))

// Ambits are the five sides of a practice, and the one that crosses them all (seed 002:33-49).
var Ambits = enum("ambit",
	v("informative", "Informativo/formativo", "Informative and training"),
	v("managerial", "Gestionale", "Managerial"),
	v("organisational", "Organizzativo", "Organisational"),
	v("administrative", "Amministrativo", "Administrative"),
	v("technological", "Tecnologico", "Technological"),
	v("all", "Trasversale", "Across all ambits"))

// CodeSchemes say which digit of a document's code stands for which ambit.
var CodeSchemes = enum("codeScheme",
	v("avviso-ocpa", "Avviso OCPA", "OCPA call"),
	v("cit", "CIT", "CIT"),
	v("sequential", "Progressivo", "Sequential"),
	v("none", "Nessuno", "None"))

// KitKinds say what sort of practice a kit hands over.
var KitKinds = enum("kit.kind",
	v("practice", "Buona pratica", "Good practice"),
	v("service-model", "Modello di servizio", "Service model"),
	v("community", "Comunità di pratica", "Community of practice"),
	v("laboratory", "Laboratorio", "Laboratory"),
	v("software", "Soluzione software", "Software"),
	v("methodology", "Metodologia", "Methodology"))

// KitStatuses are the states that the owner of a kit declares.
var KitStatuses = enum("kit.status",
	v("draft", "In lavorazione", "Draft"),
	v("published", "Pubblicato", "Published"),
	v("superseded", "Superato", "Superseded"),
	v("withdrawn", "Ritirato", "Withdrawn"))

// EntityTypes are the kinds of public body.
var EntityTypes = enum("entity.type",
	v("municipality", "Comune", "Municipality"),
	v("union", "Unione di Comuni", "Union of municipalities"),
	v("mountain-community", "Comunità montana", "Mountain community"),
	v("province", "Provincia", "Province"),
	v("metropolitan-city", "Città metropolitana", "Metropolitan city"),
	v("region", "Regione", "Region"),
	v("consortium", "Consorzio", "Consortium"),
	v("in-house", "Società in house", "In-house company"),
	v("park", "Ente parco", "Park authority"),
	v("central", "PA centrale", "Central administration"),
	v("agency", "Agenzia", "Agency"),
	v("health", "ASL/Azienda sanitaria", "Health authority"),
	v("school", "Scuola/Università", "School or university"),
	v("association", "Associazione di enti", "Association of bodies"),
	v("other", "Altro", "Other"))

// Roles are the parts that a body plays towards a kit.
var Roles = enum("role",
	v("ceding", "Cedente", "Ceding body"),
	v("reusing", "Riusante", "Reusing body"),
	v("user", "Utilizzatore", "User"),
	v("holder", "Detentore", "Holder"),
	v("lead", "Capofila", "Lead body"),
	v("manager", "Gestore e coordinatore", "Manager and coordinator"),
	v("partner", "Partner", "Partner"),
	v("aggregator", "Soggetto aggregatore", "Aggregator"))

// ReuseModes are the ways in which a kit can be taken over; the last four are those of the catalogue before 2017.
var ReuseModes = enum("reuseMode",
	v("as-is", "Così com'è", "As it is"),
	v("adapted", "Personalizzato", "Adapted"),
	v("component", "Per componente", "By component"),
	v("method-only", "Solo metodo", "Method only"),
	v("simple-transfer", "Cessione semplice", "Simple transfer"),
	v("ceder-managed", "Gestione a carico del cedente", "Managed by the ceding body"),
	v("facility-management", "Facility management", "Facility management"),
	v("asp", "ASP", "ASP"))

// Agreements are the acts that a reusing body must sign.
var Agreements = enum("agreementRequired",
	v("none", "Nessuno", "None"),
	v("convention", "Convenzione", "Agreement (convenzione)"),
	v("protocol", "Protocollo d'intesa", "Memorandum of understanding"),
	v("agreement-art15", "Accordo ex art. 15 L. 241/1990", "Agreement under art. 15 L. 241/1990"))

// Recipients are those whom the practice serves in the end.
var Recipients = enum("recipient",
	v("entity", "Enti", "Public bodies"),
	v("citizens", "Cittadini", "Citizens"),
	v("businesses", "Imprese", "Businesses"),
	v("professionals", "Professionisti", "Professionals"),
	v("internal", "Uffici interni", "Internal offices"))

// RequirementKinds are what a body must have before it adopts.
var RequirementKinds = enum("requirement.kind",
	v("server", "Server", "Server"),
	v("software", "Software", "Software"),
	v("skill", "Competenza", "Skill"),
	v("law", "Presupposto normativo", "Legal ground"),
	v("connectivity", "Connettività", "Connectivity"))

// ComponentTypes are the kinds of piece that a kit can be taken in.
var ComponentTypes = enum("component.kind",
	v("software", "Software", "Software"),
	v("method", "Metodo", "Method"),
	v("service", "Servizio", "Service"),
	v("template-set", "Insieme di atti", "Set of acts"),
	v("training", "Formazione", "Training"))

// Decisions are what an adopter decided on a component.
var Decisions = enum("decision",
	v("yes", "Adottato", "Adopted"),
	v("no", "Non adottato", "Not adopted"),
	v("evaluating", "In valutazione", "Under evaluation"),
	v("own-system", "Sistema proprio", "Own system"))
