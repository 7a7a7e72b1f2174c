package publiccode

// ValidLicence says whether s is an SPDX licence expression as legal.license may have it: one identifier, in force or
// deprecated, or several joined by AND, OR and WITH (SPDX 2.3, annex D). The empty text is none.
func ValidLicence(s string) bool { return validLicence(s) }

// ValidLanguage says whether s is a language tag of BCP 47 with registered subtags, in its shortest form ("it", not
// "ita"), in any case of letters.
func ValidLanguage(s string) bool { return validLanguage(s) }
