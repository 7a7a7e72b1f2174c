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

	// Recipients are those whom the practice serves in the end.
	Recipients = enum("recipient")

	// DocumentKinds are the kinds of document of a kit (kit format §4).
	DocumentKinds = enum("document.kind")

	// TemplateKinds are the kinds of model act and form (kit format §5).
	TemplateKinds = enum("template.kind")

	// ServiceAreas are the three macro-areas of a service portfolio (seed 002:226-238).
	ServiceAreas = enum("service.area")

	// Inclusions say how a service stands to the membership fee.
	Inclusions = enum("service.inclusion")

	// ChecklistKinds are the uses of a checklist (kit format §8).
	ChecklistKinds = enum("checklist.kind")

	// EventKinds are the steps of an adoption, in the order in which they usually come (kit format §10).
	EventKinds = enum("event.kind")

	// CommunityLevels are the four levels of a community (seed 003:43-63).
	CommunityLevels = enum("community.level")

	// SourceKinds are the kinds of place that a catalogue federates (kit format §15).
	SourceKinds = enum("source.kind")
)
