package catalog

import (
	"regexp"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
	"go.yaml.in/yaml/v3"
)

// The same shapes stand in common.schema.json, where editors find them.
var (
	kitURLShape  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://[^ \t\r\n]+$`)
	emailShape   = regexp.MustCompile(`^[^ \t\r\n@<>(),;:"]+@[^ \t\r\n@<>(),;:".]+([.][^ \t\r\n@<>(),;:".]+)+$`)
	versionShape = regexp.MustCompile(`^[vV]?[0-9]{1,9}([.][0-9]{1,9}){0,3}([-+][0-9A-Za-z.+-]{1,64})?$`)
	taxShape     = regexp.MustCompile(`^([0-9]{11}|[A-Za-z0-9]{16})$`)
	vatShape     = regexp.MustCompile(`^[0-9]{11}$`)
	// durationShape wants at least one number after P and after T, which is more than the letters can say.
	durationShape = regexp.MustCompile(`^P([0-9]{1,6}W|([0-9]{1,6}Y([0-9]{1,6}M)?([0-9]{1,6}D)?|[0-9]{1,6}M([0-9]{1,6}D)?|[0-9]{1,6}D)(T([0-9]{1,6}H([0-9]{1,6}M)?|[0-9]{1,6}M))?|T([0-9]{1,6}H([0-9]{1,6}M)?|[0-9]{1,6}M))$`)
	// spokenShape is how people write a duration.
	spokenShape = regexp.MustCompile(`^([0-9]{1,6}) ?(ann[oi]|years?|mes[ei]|months?|settiman[ae]|weeks?|giorn[oi]|days?|or[ae]|hours?|minut[oi]|minutes?)$`)
)

// value checks a text whose form the world outside of the format settles: mail, durations, languages, licences, numbers of
// the tax office. ok is false when it cannot be used. An empty text is one that is not there.
func (d *decoder) value(n *yaml.Node, s, key string, form schema.Form) (out string, ok bool) {
	if s == "" {
		return "", true
	}
	bad := func(what, hint schema.Text) (string, bool) {
		it, en := "«"+quoted(s)+"»", "\""+quoted(s)+"\""
		if form == schema.FormEmail || form == schema.FormTaxCode {
			it, en = "questo", "this" // it may be that of a person
		}
		d.say(n, schema.Error, "E01", key, schema.T(it+" non è "+what.It, en+" is not "+what.En), hint)
		return "", false
	}
	switch form {
	case schema.FormKitURL:
		if !kitURLShape.MatchString(s) || !isAddress(s) {
			return bad(schema.T("l'indirizzo di un kit", "the address of a kit"),
				schema.T("copia l'indirizzo del repository del kit, come sta in url: del suo publiccode.yml, per esempio https://git.example.it/ente/kit.git", "copy the address of the kit's repository as url: of its publiccode.yml has it, for instance https://git.example.it/body/kit.git"))
		}
	case schema.FormEmail:
		if !emailShape.MatchString(s) {
			return bad(schema.T("un indirizzo di posta", "a mail address"),
				schema.T("scrivi una sola casella per intero, per esempio ufficio@comune.example.it", "write one whole mailbox, as in office@comune.example.it"))
		}
	case schema.FormDuration:
		if !durationShape.MatchString(s) {
			hint := schema.T("P2M vuol dire due mesi, P10D dieci giorni, P1Y un anno, PT1H30M un'ora e mezza", "P2M stands for two months, P10D for ten days, P1Y for a year, PT1H30M for an hour and a half")
			if p := durationOf(s); p != "" {
				hint = schema.T("scrivi "+p+" ("+hint.It+")", "write "+p+" ("+hint.En+")")
			}
			return bad(schema.T("una durata", "a duration"), hint)
		}
	case schema.FormLanguage:
		if !publiccode.ValidLanguage(s) {
			hint := schema.T("scrivi il codice di due lettere: it italiano, de tedesco, fr francese, sl sloveno, en inglese", "write the code of two letters: it Italian, de German, fr French, sl Slovene, en English")
			return bad(schema.T("il codice di una lingua", "the code of a language"), hint)
		}
	case schema.FormLicence:
		if !publiccode.ValidLicence(s) {
			hint := schema.T("scrivi il codice SPDX della licenza: CC-BY-4.0 per i documenti, EUPL-1.2 per il software; gli altri sono su spdx.org/licenses", "write the SPDX code of the licence: CC-BY-4.0 for documents, EUPL-1.2 for software; the others are on spdx.org/licenses")
			if c := strings.ToUpper(strings.Join(strings.Fields(s), "-")); publiccode.ValidLicence(c) {
				hint = schema.Tf("scrivi %s", "write %s", c)
			}
			return bad(schema.T("una licenza SPDX", "an SPDX licence"), hint)
		}
	case schema.FormVersion:
		if !versionShape.MatchString(s) {
			return bad(schema.T("un numero di versione", "a version number"),
				schema.T("scrivi tre numeri separati da punti, tra virgolette, per esempio \"1.0.0\"", "write three numbers with dots between them, in quotes, as in \"1.0.0\""))
		}
	case schema.FormTaxCode:
		if !taxShape.MatchString(s) {
			return bad(schema.T("un codice fiscale", "a tax code"), elevenDigits())
		}
	case schema.FormVATNumber:
		if !vatShape.MatchString(s) {
			return bad(schema.T("una partita IVA", "a VAT number"), elevenDigits())
		}
	case schema.FormLegalURN:
		if !strings.HasPrefix(strings.ToLower(s), "urn:nir:") {
			d.say(n, schema.Warning, "E01", key, schema.Tf("«%s» non è l'identificativo di una norma: comincia con urn:nir:", "%q is not the identifier of a law: it begins with urn:nir:", quoted(s)),
				schema.T("copialo dalla pagina dell'atto su normattiva.it, per esempio urn:nir:stato:decreto.legislativo:2000-08-18;267~art30", "copy it from the page of the act on normattiva.it, as in urn:nir:stato:decreto.legislativo:2000-08-18;267~art30"))
		}
	}
	return s, true
}

func elevenDigits() schema.Text {
	return schema.T("scrivi le undici cifre, tra virgolette perché gli zeri restino", "write the eleven digits, in quotes so that zeros stay")
}

// durationOf gives the ISO 8601 form of a duration as people write it ("2 mesi"), or "".
func durationOf(s string) string {
	m := spokenShape.FindStringSubmatch(strings.ToLower(s))
	if m == nil {
		return ""
	}
	switch unit := m[2]; unit[:2] {
	case "an", "ye":
		return "P" + m[1] + "Y"
	case "me", "mo":
		return "P" + m[1] + "M"
	case "se", "we":
		return "P" + m[1] + "W"
	case "gi", "da":
		return "P" + m[1] + "D"
	case "or", "ho":
		return "PT" + m[1] + "H"
	default: // minutes
		return "PT" + m[1] + "M"
	}
}

// refHint says how a reference to a body is written, by the kind of code that was meant.
func refHint(s string) schema.Text {
	switch {
	case strings.HasPrefix(s, "cf:"):
		return schema.T("dopo cf: scrivi le undici cifre del codice fiscale dell'ente, per esempio cf:97828370581", "after cf: write the eleven digits of the body's tax code, as in cf:97828370581")
	case strings.HasPrefix(s, "piva:"):
		return schema.T("dopo piva: scrivi le undici cifre della partita IVA, per esempio piva:12345678903", "after piva: write the eleven digits of the VAT number, as in piva:12345678903")
	}
	return schema.T("scrivi ipa:codice, con il codice che l'ente ha su indicepa.gov.it, per esempio ipa:c_e506; chi non ha codice si scrive cf: e il codice fiscale, o piva: e la partita IVA", "write ipa:code, with the code that the body has on indicepa.gov.it, as in ipa:c_e506; who has no code is written cf: and the tax code, or piva: and the VAT number")
}
