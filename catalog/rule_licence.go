package catalog

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/google/licensecheck"
	"github.com/open-community-pa/riuso/schema"
)

const (
	maxLicenceBytes = 256 << 10 // of a LICENSE that is looked at
	minLicenceMatch = 75        // per cent of LICENSE that must be the text of one licence
)

// licenceRule compares the licence of kit.md with that of publiccode.yml and with the text of LICENSE (W09).
func (r *reader) licenceRule(k *Kit, m *marked) {
	if k.License == "" {
		return
	}
	bad := func(it, en, other string) {
		r.say(m, "license", schema.Warning, "W09", schema.T("kit.md dice licenza "+quoted(k.License)+", ma "+it+" "+quoted(other), "kit.md says licence "+quoted(k.License)+", but "+en+" "+quoted(other)),
			schema.T("scrivi la stessa licenza SPDX ovunque: chi riusa deve sapere quale vale", "write one SPDX licence everywhere: who reuses must know which one holds"))
	}
	if k.PublicCode != nil && k.PublicCode.Legal.License != "" && !strings.EqualFold(k.PublicCode.Legal.License, k.License) {
		bad("publiccode.yml (legal.license) dice", "publiccode.yml (legal.license) says", k.PublicCode.Legal.License)
	}
	// One text serves GPL-3.0-only and GPL-3.0-or-later; an expression of several licences is not compared.
	if text := r.licenceOf(k.Folder); text != "" && !strings.HasPrefix(strings.ToLower(k.License), strings.ToLower(text)) && !strings.Contains(k.License, " ") {
		bad("il testo del file LICENSE è", "the text of the LICENSE file is", text)
	}
}

// licenceOf gives the SPDX id of the licence whose text stands in LICENSE, or "" where that cannot be told.
func (r *reader) licenceOf(folder string) string {
	for _, name := range []string{"LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING"} {
		data, err := readSome(r.fsys, path.Join(folder, name), maxLicenceBytes)
		if err != nil || len(data) == 0 {
			continue
		}
		if c := licences().Scan(data); c.Percent >= minLicenceMatch && len(c.Match) > 0 {
			return c.Match[0].ID
		}
		return ""
	}
	return ""
}

// licences recognises the texts of the licences that kits are under: those of AGID's guidelines on reuse (documentation
// CC-BY-4.0; software EUPL-1.2, AGPL-3.0, BSD-3-Clause) and their near kin. All that the library knows take a second to
// make ready; these a twentieth.
var licences = sync.OnceValue(func() *licensecheck.Scanner {
	ids := []string{"CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC0-1.0", "EUPL-1.1", "EUPL-1.2", "AGPL-3.0", "GPL-2.0", "GPL-3.0",
		"LGPL-2.1", "LGPL-3.0", "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0"}
	known := slices.DeleteFunc(slices.Clone(licensecheck.BuiltinLicenses()), func(l licensecheck.License) bool { return !slices.Contains(ids, l.ID) })
	s, err := licensecheck.NewScanner(known)
	if err != nil {
		panic(err) // the library's own texts
	}
	return s
})
