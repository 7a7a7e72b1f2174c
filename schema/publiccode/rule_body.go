package publiccode

import (
	"net/url"
	"slices"
	"strings"
)

// aliases are the short names that supports[].id accepts after "alias:" (publiccode.yml 0.7).
var aliases = strings.Fields("gdpr eidas nis2 cra spid cie anpr pagopa io")

// knownIPA says whether a code is in the index of public bodies; without an index every code is.
func (r *reader) knownIPA(code string) bool { return r.o.IPACode == nil || r.o.IPACode(code) }

func (r *reader) unknownIPA(a *at, code string) {
	r.report(P26, a, named("il codice IPA «%s» non è nell'indice delle pubbliche amministrazioni",
		"the IPA code %q is not in the index of public bodies", code))
}

// bodyURI checks organisation.uri and fundedBy[].uri: a URN, with a known code when it is an Italian one, or a URI
// with a host.
func (r *reader) bodyURI(a *at, s string) {
	u, err := url.ParseRequestURI(s)
	switch {
	case err != nil:
	case strings.EqualFold(u.Scheme, "urn"):
		if !validURN(s) {
			break
		}
		if code, ok := ipaOf(s); ok && !r.knownIPA(code) {
			r.unknownIPA(a, code)
		}
		return
	case u.Scheme != "" && u.Host != "":
		return
	}
	r.report(P25, a, named("«%s» non identifica un'organizzazione", "%q does not identify an organisation", s))
}

// supportID checks supports[].id.
func (r *reader) supportID(a *at, s string) {
	if name, ok := strings.CutPrefix(s, "alias:"); ok {
		if !slices.Contains(aliases, name) {
			r.report(P27, a, named("«%s» non è una sigla prevista: "+oneOf(aliases), "%q is not a known name: "+oneOf(aliases), name))
		}
		return
	}
	u, err := url.ParseRequestURI(s)
	switch {
	case err != nil:
	case strings.EqualFold(u.Scheme, "urn"):
		if validURN(s) {
			return
		}
	case u.Scheme != "" && u.Host != "":
		return
	}
	r.report(P27, a, named("«%s» non è un riferimento valido", "%q is not a valid reference", s))
}

// Lengths of a namespace identifier (RFC 2141 §2.1).
const (
	minNID = 1
	maxNID = 32
)

// validURN checks the syntax of RFC 2141: urn:<NID>:<NSS>.
func validURN(s string) bool {
	parts := strings.SplitN(s, ":", 3)
	if len(parts) != 3 || !strings.EqualFold(parts[0], "urn") {
		return false
	}
	nid, nss := parts[1], parts[2]
	if len(nid) < minNID || len(nid) > maxNID || nid[0] == '-' || strings.EqualFold(nid, "urn") || nss == "" {
		return false
	}
	for i := range len(nid) {
		if !alphanumeric(nid[i]) && nid[i] != '-' {
			return false
		}
	}
	for i := 0; i < len(nss); i++ {
		switch c := nss[i]; {
		case alphanumeric(c) || strings.IndexByte("()+,-.:=@;$_!*'", c) >= 0:
		case c == '%' && i+2 < len(nss) && hexDigit(nss[i+1]) && hexDigit(nss[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
