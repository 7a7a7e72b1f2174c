package catalog

import (
	"strings"
	"time"
)

// Key is the identity of a record among all catalogues: for a kit its canonical repository URL, with "//folder" behind
// it when the kit is hosted in a folder; for an entity its reference (kit format §0).
type Key string

// EntityRef names a body or a firm: "ipa:c_e506", "cf:97828370581" or "piva:…", in lower case.
type EntityRef string

// IPA gives the code of the Index of public administrations, or "" for a body without one.
func (r EntityRef) IPA() string {
	if code, ok := strings.CutPrefix(string(r), "ipa:"); ok {
		return code
	}
	return ""
}

// ID is the public id of the entity: its IPA code as it stands, else the reference with a dash for the colon.
func (r EntityRef) ID() string {
	if code := r.IPA(); code != "" {
		return code
	}
	return strings.ReplaceAll(string(r), ":", "-")
}

// RefOfEntityID is the inverse of [EntityRef.ID].
func RefOfEntityID(id string) EntityRef {
	for _, p := range []string{"cf-", "piva-"} {
		if rest, ok := strings.CutPrefix(id, p); ok {
			return EntityRef(p[:len(p)-1] + ":" + rest)
		}
	}
	return EntityRef("ipa:" + strings.ToLower(id))
}

// Ref points at another record: "doc:A2", "service:portali-comunali", "tariff:…", "template:…" inside a kit,
// "<kit url>#doc:A2" to another one.
type Ref string

// Split gives the kit ("" for this one), the type ("doc", "service", …) and the id or code that the reference names.
func (r Ref) Split() (kit Key, typ, id string) {
	s := string(r)
	if i := strings.LastIndex(s, "#"); i >= 0 {
		kit, s = Key(s[:i]), s[i+1:]
	}
	typ, id, _ = strings.Cut(s, ":")
	return kit, typ, id
}

// Date is a day as it was written: "2006-01-02", or for old facts "2006-01" or "2006". Empty means not known.
type Date string

// Time gives the first instant of the date in UTC; ok is false when there is none or it is not a date.
func (d Date) Time() (t time.Time, ok bool) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, string(d)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Decimal is an exact decimal number, written in quotes ("0.15"), never a YAML float (rule E13).
type Decimal string

// Markdown is CommonMark text; a list in the source becomes a bulleted list.
type Markdown string
