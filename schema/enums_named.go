package schema

// The enumerations that the code names; [EnumNamed] finds these and all others.
var (
	// Phases are the three moments in which a body meets a kit (seed 002:33-49).
	Phases = enum("phase")

	// Ambits are the five sides of a practice, and the one that crosses them all (seed 002:33-49).
	Ambits = enum("ambit")

	// CodeSchemes say which digit of a document's code stands for which ambit.
	CodeSchemes = enum("codeScheme")

	// KitKinds say what sort of practice a kit hands over.
	KitKinds = enum("kit.kind")

	// KitStatuses are the states that the owner of a kit declares.
	KitStatuses = enum("kit.status")

	// EntityTypes are the kinds of public body.
	EntityTypes = enum("entity.type")

	// Roles are the parts that a body plays towards a kit.
	Roles = enum("role")

	// ReuseModes are the ways in which a kit can be taken over; the last four are those of the catalogue before 2017.
	ReuseModes = enum("reuseMode")

	// Agreements are the acts that a reusing body must sign.
	Agreements = enum("agreementRequired")

	// Recipients are those whom the practice serves in the end.
	Recipients = enum("recipient")

	// RequirementKinds are what a body must have before it adopts.
	RequirementKinds = enum("requirement.kind")

	// ComponentTypes are the kinds of piece that a kit can be taken in.
	ComponentTypes = enum("component.kind")

	// Decisions are what an adopter decided on a component.
	Decisions = enum("decision")

	// DocumentKinds are the kinds of document of a kit (kit format §4).
	DocumentKinds = enum("document.kind")

	// DocumentStatuses are the states of a document.
	DocumentStatuses = enum("document.status")

	// Audiences are those for whom a document is written.
	Audiences = enum("audience")

	// TemplateKinds are the kinds of model act and form (kit format §5).
	TemplateKinds = enum("template.kind")

	// Signers are the organs that sign or approve an act.
	Signers = enum("signer")

	// ServiceAreas are the three macro-areas of a service portfolio (seed 002:226-238).
	ServiceAreas = enum("service.area")

	// ServiceOrigins are the three ways in which a service enters the portfolio (seed 002:272-290).
	ServiceOrigins = enum("service.origin")

	// ServiceFunctions are the twelve activities of a centre of competence (seed 000:56-89).
	ServiceFunctions = enum("service.function")

	// Inclusions say how a service stands to the membership fee.
	Inclusions = enum("service.inclusion")

	// ServiceDurations say for how long a service is given.
	ServiceDurations = enum("service.duration")

	// Confirmations say whether the service is asked for again.
	Confirmations = enum("service.confirmation")

	// TariffVAT says how an amount stands to VAT.
	TariffVAT = enum("tariff.vat")

	// TariffPeriods say how often an amount is due.
	TariffPeriods = enum("tariff.period")

	// ComponentKinds are the kinds of line of a tariff (kit format §7).
	ComponentKinds = enum("tariff.component")

	// ChecklistKinds are the uses of a checklist (kit format §8).
	ChecklistKinds = enum("checklist.kind")

	// ItemTypes are the types of an item of a checklist.
	ItemTypes = enum("item.type")

	// Privacies say who may see the answers to a checklist.
	Privacies = enum("privacy")

	// EventKinds are the steps of an adoption, in the order in which they usually come (kit format §10).
	EventKinds = enum("event.kind")

	// MeetingKinds are the kinds of event of a catalogue (kit format §15).
	MeetingKinds = enum("meeting.kind")

	// MeetingModes say where people meet.
	MeetingModes = enum("meeting.mode")

	// CommunityLevels are the four levels of a community (seed 003:43-63).
	CommunityLevels = enum("community.level")

	// CommunityKinds are the kinds of community (seed 001:47, 80, 84-85, 348, 376, 386-388).
	CommunityKinds = enum("community.kind")

	// Designations say how the maintainer of a community is chosen (seed 003:65-69).
	Designations = enum("community.designation")

	// Opennesses say who may join.
	Opennesses = enum("community.openness")

	// NoveltyLevels say how new the topic is to its audience (seed 001:236).
	NoveltyLevels = enum("community.noveltyLevel")

	// SourceKinds are the kinds of place that a catalogue federates (kit format §15).
	SourceKinds = enum("source.kind")

	// Trusts say how much a source is trusted when two say the same thing.
	Trusts = enum("source.trust")

	// LegacyModes say what to do with folders that look like a kit and have no kit.md.
	LegacyModes = enum("source.legacy")

	// CatalogueScopes are the reaches of a catalogue.
	CatalogueScopes = enum("catalogue.scope")
)
