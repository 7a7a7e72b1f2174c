package site

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/open-community-pa/riuso/catalog"
)

// TestOfficeMailboxes tells what a link may lead to; the addresses are made up.
func TestOfficeMailboxes(t *testing.T) {
	for _, a := range []string{"protocollo@pec.comune.paperopoli.it", "info@example.it", "ufficio.innovazione@example.it", "cit@example.it", "dpo@example.it"} {
		if officeMailbox(a) != a {
			t.Errorf("%s is an office and is hidden", a)
		}
	}
	for _, a := range []string{"mario.rossi@comune.paperopoli.it", "m.rossi@paperopoli.it", "rossi@gmail.com", "not an address", "", "info@", "@example.it", "info@it",
		"info@example.it?bcc=x@example.it", "javascript:alert(1)", "info@example.it\r\nBcc: x@example.it", "info@example.it,x@example.it", "casella-personale-omessa"} {
		if officeMailbox(a) != "" {
			t.Errorf("%q is shown", a)
		}
	}
}

func TestAuthorsAreOrganisations(t *testing.T) {
	p := &Page{bodies: map[catalog.EntityRef]Body{"ipa:x": {Name: "Qui Quo Qua"}}}
	got := authorsOf(p, []string{"Provincia di Brescia", "Mario Rossi", "Qui Quo Qua"})
	if len(got.Shown) != 2 || got.Others != 1 {
		t.Errorf("%+v", got)
	}
}

// The host of a request is what its sender wrote: what cannot be one is not repeated in canonical links.
func TestPlausibleHost(t *testing.T) {
	for _, h := range []string{"riuso.example.it", "localhost:8080", "127.0.0.1", "RIUSO-1.example.it:443"} {
		if !plausibleHost(h) {
			t.Errorf("%q is refused", h)
		}
	}
	for _, h := range []string{"", ":80", "a b", "a/b", "a\"><script>", "utente@host", "host:", "host:80a", "host:123456", "host:80:80", "ospite_1", "è.it", ".it", "a..b", "[::1]"} {
		if plausibleHost(h) {
			t.Errorf("%q is taken for a host", h)
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = h
		if got := requestBase(r); got != "" {
			t.Errorf("%q gives %q", h, got)
		}
	}
}
