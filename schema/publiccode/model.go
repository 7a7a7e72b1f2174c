package publiccode

// PublicCode is what a publiccode.yml says, as plain text values: dates stay as they were written ("2021-06-30"), URLs
// are not resolved, unknown keys are lost. It holds as much as could be read, whether or not it passed the checks:
// only the findings of [Parse] tell. Its JSON form goes into the record store; an absent key is left out.
type PublicCode struct {
	Version           string    `json:"publiccodeYmlVersion,omitempty"`
	Name              string    `json:"name,omitempty"`
	ApplicationSuite  string    `json:"applicationSuite,omitempty"`
	URL               string    `json:"url,omitempty"`
	LandingURL        string    `json:"landingURL,omitempty"`
	IsBasedOn         []string  `json:"isBasedOn,omitempty"`
	SoftwareVersion   string    `json:"softwareVersion,omitempty"`
	ReleaseDate       string    `json:"releaseDate,omitempty"`
	Logo              string    `json:"logo,omitempty"` // path in the repository, or URL
	MonochromeLogo    string    `json:"monochromeLogo,omitempty"`
	Organisation      *Body     `json:"organisation,omitempty"`
	InputTypes        []string  `json:"inputTypes,omitempty"`
	OutputTypes       []string  `json:"outputTypes,omitempty"`
	Platforms         []string  `json:"platforms,omitempty"`
	Categories        []string  `json:"categories,omitempty"`
	UsedBy            []string  `json:"usedBy,omitempty"` // names in free text
	FundedBy          []Body    `json:"fundedBy,omitempty"`
	Roadmap           string    `json:"roadmap,omitempty"`
	DevelopmentStatus string    `json:"developmentStatus,omitempty"`
	SoftwareType      string    `json:"softwareType,omitempty"`
	Supports          []string  `json:"supports,omitempty"` // the ids: "alias:spid", a URN or a URI
	Audience          *Audience `json:"intendedAudience,omitempty"`
	// Description is by language tag as written ("it", "en-GB").
	Description  map[string]Description `json:"description,omitempty"`
	Legal        Legal                  `json:"legal,omitzero"`
	Maintenance  Maintenance            `json:"maintenance,omitzero"`
	Localisation Localisation           `json:"localisation,omitzero"`
	DependsOn    DependsOn              `json:"dependsOn,omitzero"`
	// IT is the Italian section, under `IT` or, as files before 0.5 have it, under `it`.
	IT *Italy `json:"IT,omitempty"`
}

// Body is an organisation: who publishes (organisation) or who pays (fundedBy).
type Body struct {
	URI  string `json:"uri,omitempty"` // "urn:x-italian-pa:<code>", another URN, or a URL
	Name string `json:"name,omitempty"`
}

// Audience is for whom the software is meant.
type Audience struct {
	Scope                []string `json:"scope,omitempty"`
	Countries            []string `json:"countries,omitempty"`
	UnsupportedCountries []string `json:"unsupportedCountries,omitempty"`
}

// Description is what the file says in one language.
type Description struct {
	LocalisedName    string   `json:"localisedName,omitempty"`
	GenericName      string   `json:"genericName,omitempty"`
	ShortDescription string   `json:"shortDescription,omitempty"`
	LongDescription  string   `json:"longDescription,omitempty"`
	Documentation    string   `json:"documentation,omitempty"`
	APIDocumentation string   `json:"apiDocumentation,omitempty"`
	Features         []string `json:"features,omitempty"`
	Screenshots      []string `json:"screenshots,omitempty"` // paths in the repository, or URLs
	Videos           []string `json:"videos,omitempty"`
	Awards           []string `json:"awards,omitempty"`
}

// Legal is the licence and who holds the rights.
type Legal struct {
	License            string `json:"license,omitempty"` // SPDX expression
	MainCopyrightOwner string `json:"mainCopyrightOwner,omitempty"`
	RepoOwner          string `json:"repoOwner,omitempty"`
	AuthorsFile        string `json:"authorsFile,omitempty"`
}

// Maintenance is who keeps the software going.
type Maintenance struct {
	Type        string       `json:"type,omitempty"` // internal, contract, community, none
	Contractors []Contractor `json:"contractors,omitempty"`
	// Contacts are natural persons. They are kept so that checks can speak of them, and must never be shown on a page,
	// put in the index or sent on: a page links to the file in its repository instead. For that reason they are not
	// part of the JSON form; ContactCount is.
	Contacts     []Contact `json:"-"`
	ContactCount int       `json:"contactCount,omitempty"`
}

// Contractor is a firm that is paid for the maintenance.
type Contractor struct {
	Name    string `json:"name,omitempty"`
	Email   string `json:"-"` // not shown: often a person's
	Website string `json:"website,omitempty"`
	Until   string `json:"until,omitempty"`
}

// Contact is a person who answers for the maintenance. See [Maintenance.Contacts] before you use it.
type Contact struct {
	Name, Email, Affiliation, Phone string
}

// Localisation says in which languages the software speaks.
type Localisation struct {
	Ready              bool     `json:"localisationReady,omitempty"`
	AvailableLanguages []string `json:"availableLanguages,omitempty"`
}

// DependsOn lists what the software needs.
type DependsOn struct {
	Open        []Dependency `json:"open,omitempty"`
	Proprietary []Dependency `json:"proprietary,omitempty"`
	Hardware    []Dependency `json:"hardware,omitempty"`
}

// Dependency is one thing that the software needs.
type Dependency struct {
	Name       string `json:"name,omitempty"`
	VersionMin string `json:"versionMin,omitempty"`
	VersionMax string `json:"versionMax,omitempty"`
	Version    string `json:"version,omitempty"`
	Optional   bool   `json:"optional,omitempty"`
}

// Italy is the country section of Italy, deprecated since 0.7 in favour of organisation and supports.
type Italy struct {
	CountryExtensionVersion string `json:"countryExtensionVersion,omitempty"`
	CodiceIPA               string `json:"codiceIPA,omitempty"` // of riuso
	// Conforme and Piattaforme hold the keys that are true: "gdpr", "spid"...
	Conforme    []string `json:"conforme,omitempty"`
	Piattaforme []string `json:"piattaforme,omitempty"`
}
