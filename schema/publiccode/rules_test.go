package publiccode

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// good is a file without findings; the cases change one thing of it.
const good = `publiccodeYmlVersion: "0"
name: Medusa
url: https://git.example.it/ente/medusa
platforms:
  - web
developmentStatus: stable
softwareType: standalone/other
description:
  it:
    shortDescription: Un software di prova
    longDescription: >
      Questo testo racconta che cosa fa il software, per chi è stato scritto e con quali risultati lo si usa
      oggi negli enti, abbastanza a lungo da passare la misura minima che lo standard chiede a una descrizione.
    features:
      - Una funzione
legal:
  license: EUPL-1.2
maintenance:
  type: internal
  contacts:
    - name: Ufficio sistemi
localisation:
  localisationReady: true
  availableLanguages:
    - it
`

// instead replaces the first occurrence of old in good.
func instead(t *testing.T, old, new string) string {
	t.Helper()
	if !strings.Contains(good, old) {
		t.Fatalf("good has no %q", old)
	}
	return strings.Replace(good, old, new, 1)
}

func knownBodies(code string) bool { return strings.EqualFold(code, "c_e506") }

// brief writes findings as "P12@3 name".
func brief(fs []schema.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, fmt.Sprintf("%s@%d %s", f.Code, f.Line, f.Key))
	}
	return out
}

func TestGoodFileHasNoFindings(t *testing.T) {
	if _, found := Parse([]byte(good), Options{}); len(found) > 0 {
		t.Fatalf("findings: %v", found)
	}
}

func TestEachRule(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{"P01 colon", "name: Medusa", "name: Medusa: due", []string{"P01@2 "}},
		{"P01 unknown alias", "name: Medusa", "name: *medusa", []string{"P01@2 "}},
		{"P02 latin1", "Medusa", "M\xe9dusa", []string{"P02@2 "}},
		{"P03 bom", "publiccodeYml", "\ufeffpubliccodeYml", []string{"P03@1 publiccodeYmlVersion"}},
		{"P04 two documents", "    - it\n", "    - it\n---\na: b\n", []string{"P04@26 "}},
		{"P04 directive", "publiccodeYml", "%YAML 1.2\n---\npubliccodeYml", []string{"P04@1 "}},
		{"P05 twice", "platforms:", "name: due\nplatforms:", []string{"P05@4 "}},
		{"P07 missing", "publiccodeYmlVersion: \"0\"\n", "", []string{"P07@1 publiccodeYmlVersion"}},
		{"P08 unknown", `"0"`, `"0.6"`, []string{"P08@1 publiccodeYmlVersion"}},
		{"P09 number", `"0"`, "0", []string{"P09@1 publiccodeYmlVersion"}},
		{"P10 text", "name: Medusa", "name: [Medusa]", []string{"P10@2 name"}},
		{"P10 boolean", "Ready: true", "Ready: yes", []string{"P10@23 localisation.localisationReady"}},
		{"P10 list", "  - web", "  web: true", []string{"P10@5 platforms.web"}},
		{"P10 object", "  license: EUPL-1.2", "  EUPL-1.2", []string{"P10@17 legal"}},
		{"P10 item", "    - name: Ufficio sistemi", "    - name: []", []string{"P10@21 maintenance.contacts[0]"}},
		{"P11 root", "platforms:", "x-mine: 1\nplatforms:", []string{"P11@4 x-mine"}},
		{"P11 nested", "  license:", "  licence: MIT\n  license:", []string{"P11@17 legal.licence"}},
		{"P12 root", "name: Medusa\n", "", []string{"P12@1 name"}},
		{"P12 nested", "  license: EUPL-1.2", "  license:", []string{"P12@17 legal.license"}},
		{"P12 language tag with a hyphen", "  it:\n    shortDescription: Un software di prova", "  it-IT:\n    shortDescription:", []string{"P12@10 description[it-IT].shortDescription"}},
		{"P13", "stable", "finished", []string{"P13@6 developmentStatus"}},
		{"P14", "url: https://git.example.it/ente/medusa", "url: medusa", []string{"P14@3 url"}},
		{"P14 list", "platforms:", "isBasedOn:\n  - https://a.example\n  - b\nplatforms:", []string{"P14@6 isBasedOn[1]"}},
		{"P14 one", "platforms:", "isBasedOn: b\nplatforms:", []string{"P14@4 isBasedOn[0]"}},
		{"P15", "platforms:", "landingURL: ''\nplatforms:", []string{"P15@4 landingURL"}},
		{"P16", "platforms:", "releaseDate: 2024-02-31\nplatforms:", []string{"P16@4 releaseDate"}},
		{"P17", "Un software di prova", strings.Repeat("è", 151), []string{"P17@10 description.it.shortDescription"}},
		{"P18", "abbastanza a lungo da passare la misura minima che lo standard chiede a una descrizione", "", []string{"P18@11 description.it.longDescription"}},
		{"P19 P41", "platforms:", "inputTypes: [text]\nplatforms:", []string{"P19@4 inputTypes[0]", "P41@4 inputTypes"}},
		{"P20", "platforms:", "categories: [gis]\nplatforms:", []string{"P20@4 categories[0]"}},
		{"P21", "platforms:", "intendedAudience:\n  scope: [comuni]\nplatforms:", []string{"P21@5 intendedAudience.scope[0]"}},
		{"P22 P42", "platforms:", "intendedAudience:\n  countries: [It, it, IT]\nplatforms:", []string{"P22@5 intendedAudience.countries[0]", "P42@5 intendedAudience.countries[1]"}},
		{"P23 item", "    - it", "    - ita", []string{"P23@25 localisation.availableLanguages[0]"}},
		{"P23 key", "  it:", "  italiano:", []string{"P23@8 description"}},
		{"P24", "EUPL-1.2", "EUPL 1.2", []string{"P24@17 legal.license"}},
		{"P25", "platforms:", "organisation:\n  uri: c_e506\nplatforms:", []string{"P25@5 organisation.uri"}},
		{"P26", "platforms:", "organisation:\n  uri: urn:x-italian-pa:nessuno\nplatforms:", []string{"P26@5 organisation.uri"}},
		{"P26 fundedBy", "platforms:", "fundedBy:\n  - uri: URN:x-italian-PA:nessuno\nplatforms:", []string{"P26@5 fundedBy[0].uri"}},
		{"P27", "platforms:", "supports:\n  - id: alias:pec\n  - id: alias:spid\nplatforms:", []string{"P27@5 supports[0].id"}},
		{"P28", "platforms:", "logo: /logo.svg\nplatforms:", []string{"P28@4 logo"}},
		{"P28 screenshot", "    features:", "    screenshots: [file:a.png]\n    features:", []string{"P28@14 description.it.screenshots[0]"}},
		{"P29", "    features:", "    videos: ['https://video.example/1']\n    features:", []string{"P29@14 description.it.videos[0]"}},
		{"P30", "    - name: Ufficio sistemi", "    - name: Ufficio sistemi\n      email: ufficio", []string{"P30@22 maintenance.contacts[0].email"}},
		{"P31 contacts", "  contacts:\n    - name: Ufficio sistemi\n", "", []string{"P31@19 maintenance.contacts"}},
		{"P31 contractors", "type: internal", "type: contract", []string{"P31@19 maintenance.contractors"}},
		{"P32", "  contacts:", "  contractors: []\n  contacts:", []string{"P32@20 maintenance.contractors"}},
		{"P33 P42", "platforms:", "it: {}\nIT: {}\nplatforms:", []string{"P33@4 it", "P42@4 it"}},
		{"P34", "  - web", "  []", []string{"P34@4 platforms"}},
		{"P40", `"0"`, `"0.5"`, []string{"P40@1 publiccodeYmlVersion"}},
		{"P41 generic name", "    shortDescription:", "    genericName: x\n    shortDescription:", []string{"P41@10 description.it.genericName"}},
		{"P41 of it speaks of IT", "platforms:", "IT:\n  conforme:\n    gdpr: true\nplatforms:", []string{"P41@5 IT.conforme"}},
		{"P43", "platforms:", "IT:\n  riuso:\n    codiceIPA: C_E506\nplatforms:", []string{"P43@6 IT.riuso.codiceIPA"}},
		{"warnings wait for a section that can be read", "platforms:", "it:\n  conforme:\n    gdpr: maybe\nplatforms:", []string{"P10@6 it.conforme.gdpr"}},
		{"all faults are told", "name: Medusa", "name: []\nfoo: 1\nusedBy: x", []string{"P10@2 name", "P11@3 foo", "P10@4 usedBy"}},
		{"extension version as a number", "platforms:", "IT:\n  countryExtensionVersion: 1.0\nplatforms:", []string{"P13@5 IT.countryExtensionVersion"}},
	}
	seen := map[string]bool{}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			_, found := Parse([]byte(instead(t, c.old, c.new)), Options{File: "publiccode.yml", IPACode: knownBodies})
			got := brief(found)
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			for _, f := range found {
				seen[f.Code] = true
				checkFinding(t, f)
			}
		})
	}
	for _, c := range Codes() {
		if !seen[string(c.Code)] && c.Code != P06 && !c.Code.External() { // P06: TestHostileFilesAreBounded
			t.Errorf("no case shows %s", c.Code)
		}
	}
}

func checkFinding(t *testing.T, f schema.Finding) {
	t.Helper()
	if f.File != "publiccode.yml" || f.Line < 1 {
		t.Errorf("%v: no place", f)
	}
	for _, text := range []schema.Text{f.Message, f.Hint} {
		if text.It == "" || text.En == "" || text.It == text.En || strings.Contains(text.It+text.En, "%!") {
			t.Errorf("%v: text %q / %q", f, text.It, text.En)
		}
	}
	if want := infoOf(Code(f.Code)).Severity; f.Severity != want {
		t.Errorf("%v: severity, the table says %s", f, want)
	}
}

// What the standard accepts though it may look odd.
func TestAccepted(t *testing.T) {
	for name, change := range map[string][2]string{
		"version without quotes":   {"platforms:", "softwareVersion: 1.10\nplatforms:"},
		"a body without a list":    {"platforms:", "organisation: {uri: https://ente.example.it, name: Ente}\nplatforms:"},
		"null is absent":           {"platforms:", "categories:\nlandingURL: ~\nreleaseDate:\nplatforms:"},
		"control characters":       {"Medusa", "\"Me\adusa\""},
		"alias":                    {"platforms:", "usedBy: [&e Ente, *e]\nplatforms:"},
		"merge":                    {"platforms:", "organisation: &o {uri: 'https://a.example'}\nfundedBy:\n  - <<: *o\n    name: x\nplatforms:"},
		"windows line ends":        {"platforms:\n", "platforms:\r\n"},
		"empty contacts":           {"    - name: Ufficio sistemi", "    []"},
		"document start and end":   {"    - it\n", "    - it\n...\n"},
		"git address":              {"https://git.example.it/ente/medusa", "git://git.example.it/ente/medusa"},
		"video":                    {"    features:", "    videos: ['https://www.youtube.com/watch?v=x']\n    features:"},
		"grapheme clusters":        {"Un software di prova", strings.Repeat("e\u0301", 150)},
		"maintained by nobody":     {"type: internal", "type: none"},
		"address in capitals":      {"platforms:", "landingURL: HTTPS://ENTE.EXAMPLE.IT\nplatforms:"},
		"supports any with a host": {"platforms:", "supports: [{id: 'ftp://x/'}, {id: 'urn:nbn:x'}, {id: 'alias:gdpr'}]\nplatforms:"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, found := Parse([]byte(instead(t, change[0], change[1])), Options{IPACode: knownBodies}); len(found) > 0 {
				t.Errorf("findings: %q %v", brief(found), found)
			}
		})
	}
}

func TestCodesWithoutAnIndexAreNotErrors(t *testing.T) {
	text := instead(t, "platforms:", "organisation:\n  uri: urn:x-italian-pa:nessuno\nplatforms:")
	if _, found := Parse([]byte(text), Options{}); len(found) > 0 {
		t.Errorf("findings: %v", found)
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		what string
		ok   func(string) bool
		yes  []string
		no   []string
	}{
		{"licence", validLicence,
			[]string{"MIT", "mit", "EUPL-1.2", "AGPL-3.0", "GPL-2.0+", "MIT OR (EUPL-1.2 AND Apache-2.0)", "GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-mia", "DocumentRef-a:LicenseRef-b", " MIT "},
			[]string{"", "EUPL", "MIT or EUPL-1.2", "MIT EUPL-1.2", "(MIT", "MIT)", "MIT OR", "MIT WITH EUPL-1.2", "Classpath-exception-2.0", "GPL-2.0 +", "LicenseRef-", "DocumentRef-a"}},
		{"language", validLanguage,
			[]string{"it", "IT", "en-GB", "pt-br", "es-419", "zh-Hant-TW", "zh-cmn", "de-1996", "sl-rozaj", "en-a-bbb", "en-u-ca-gregory", "de-x-mio", "x-mio", "i-klingon", "sgn-ase"},
			[]string{"", "ita", "eng", "en_US", "it-", "-it", "italiano", "zz", "it-ZZZ", "it-it-it", "en-999", "de-1996-1996", "zh-ase", "x", "en-a", "en-x", "it IT"}},
		{"MIME", validMIME,
			[]string{"text/plain", " image/svg+xml ", "application/vnd.api+json"},
			[]string{"", "text", "text/", "/plain", "text/plain; charset=utf-8", "te xt/plain", "text/" + strings.Repeat("x", 128)}},
		{"URN", validURN,
			[]string{"urn:nbn:x", "URN:X-Italian-PA:c_e506", "urn:nir:stato:decreto%20x"},
			[]string{"urn:x", "urn::y", "urn:nbn:", "urn:urn:a", "urn:-a:b", "urn:nbn:%zz", "urn:nbn:a b", "http://x"}},
		{"e-mail", validEmail,
			[]string{"a@b.it", "ufficio.protocollo+x@pec.comune.example.it", `"a b"@c.it`},
			[]string{"", "a", "a@b", "a@b.1", "@b.it", "A <a@b.it>", "a..b@c.it", "a@b..it", "a@-b.it", "a b@c.it"}},
	} {
		for _, s := range c.yes {
			if !c.ok(s) {
				t.Errorf("%s: %q refused", c.what, s)
			}
		}
		for _, s := range c.no {
			if c.ok(s) {
				t.Errorf("%s: %q accepted", c.what, s)
			}
		}
	}
}
