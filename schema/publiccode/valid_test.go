package publiccode

import "testing"

func TestValidLicence(t *testing.T) {
	for s, want := range map[string]bool{"CC-BY-4.0": true, "cc-by-4.0": true, "MIT OR EUPL-1.2": true, "LicenseRef-nostra": true, "": false, "CC BY 4.0": false, "libera": false} {
		if ValidLicence(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestValidLanguage(t *testing.T) {
	for s, want := range map[string]bool{"it": true, "IT": true, "de-IT": true, "": false, "italiano": false, "ita": false} {
		if ValidLanguage(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
