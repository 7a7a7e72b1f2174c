package publiccode

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNormalizeURL(t *testing.T) {
	for raw, want := range map[string]string{
		"https://github.com/Ente/Progetto":             "https://github.com/Ente/Progetto",
		"HTTP://GitHub.com/Ente/Progetto.git/":         "https://github.com/Ente/Progetto",
		" https://github.com/ente/x.git ":              "https://github.com/ente/x",
		"git@gitlab.com:ente/gruppo/x.git":             "https://gitlab.com/ente/gruppo/x",
		"ssh://git@gitlab.com:2222/ente/x.git":         "https://gitlab.com/ente/x",
		"git://host.example/x.git":                     "https://host.example/x",
		"https://user:pw@host.example:443/x?ref=1#top": "https://host.example/x",
		"https://host.example:8443/x/":                 "https://host.example:8443/x",
		"https://host.example/a.git.git":               "https://host.example/a",
		"https://host.example/a%20b":                   "https://host.example/a%20b",
		"https://[::1]:3000/a":                         "https://[::1]:3000/a",
		"file:///srv/x.git":                            "file:///srv/x.git",
		"medusa":                                       "medusa",
		"":                                             "",
	} {
		got := NormalizeURL(raw)
		if got != want {
			t.Errorf("NormalizeURL(%q) = %q, want %q", raw, got, want)
		}
		if again := NormalizeURL(got); again != got {
			t.Errorf("NormalizeURL(%q) = %q: not settled", got, again)
		}
	}
}

func TestIPA(t *testing.T) {
	for _, c := range []struct {
		p    PublicCode
		want string
	}{
		{PublicCode{Organisation: &Body{URI: "URN:x-italian-PA:C_E506"}}, "c_e506"},
		{PublicCode{IT: &Italy{CodiceIPA: "C_H501"}}, "c_h501"},
		{PublicCode{Organisation: &Body{URI: "https://ente.example.it"}, IT: &Italy{CodiceIPA: "pcm"}}, "pcm"},
		{PublicCode{Organisation: &Body{URI: "urn:x-italian-pa:p_bs"}, IT: &Italy{CodiceIPA: "pcm"}}, "p_bs"},
		{PublicCode{}, ""},
	} {
		if got := c.p.IPA(); got != c.want {
			t.Errorf("IPA of %+v = %q, want %q", c.p, got, c.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	p := PublicCode{Description: map[string]Description{
		"fr": {ShortDescription: "fr"}, "en-GB": {ShortDescription: "en"}, "it": {ShortDescription: "it"},
	}}
	for lang, want := range map[string]string{"it": "it", "IT": "it", "en": "en-GB", "de": "en-GB", "": "en-GB"} {
		if _, tag := p.Describe(lang); tag != want {
			t.Errorf("Describe(%q) takes %q, want %q", lang, tag, want)
		}
	}
	delete(p.Description, "en-GB")
	if d, tag := p.Describe("de"); tag != "fr" || d.ShortDescription != "fr" {
		t.Errorf("without English: %q, want the first", tag)
	}
	if _, tag := (&PublicCode{}).Describe("it"); tag != "" {
		t.Errorf("without any: %q", tag)
	}
}

func TestReadable(t *testing.T) {
	p, _ := Parse([]byte(good), Options{})
	if !p.Readable() {
		t.Error("a good file is not readable")
	}
	for _, gone := range []string{"name: Medusa\n", "url: https://git.example.it/ente/medusa\n"} {
		if p, _ := Parse([]byte(instead(t, gone, "")), Options{}); p.Readable() {
			t.Errorf("readable without %q", gone)
		}
	}
	if p, _ := Parse([]byte(good[:strings.Index(good, "description:")]), Options{}); p.Readable() {
		t.Error("readable without a description")
	}
	var none *PublicCode
	if none.Readable() {
		t.Error("nothing is readable")
	}
}

// A file with faults is still read as far as it goes.
func TestMuchIsReadDespiteFaults(t *testing.T) {
	text := strings.NewReplacer(`"0"`, "9", "Ready: true", "Ready: forse", "stable", "[]").Replace(good) + "foo: 1\nname: due\n"
	p, found := Parse([]byte(text), Options{})
	if len(found) == 0 || !p.Readable() || p.Legal.License != "EUPL-1.2" || len(p.Localisation.AvailableLanguages) != 1 {
		t.Errorf("read %+v, findings %v", p, found)
	}
}

func TestJSONKeepsWhatPagesNeedAndNoPersons(t *testing.T) {
	text := instead(t, "    - name: Ufficio sistemi", "    - name: Pinco Pallino\n      email: pinco@ente.example.it")
	p, found := Parse([]byte(text), Options{})
	if len(found) > 0 || len(p.Maintenance.Contacts) != 1 {
		t.Fatalf("contacts %v, findings %v", p.Maintenance.Contacts, found)
	}
	out, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.ToLower(string(out)), "pinco") {
		t.Errorf("a person is in the record: %s", out)
	}
	var back PublicCode
	if err := json.Unmarshal(out, &back); err != nil {
		t.Fatal(err)
	}
	p.Maintenance.Contacts = nil
	if diff := cmp.Diff(*p, back); diff != "" {
		t.Errorf("lost on the way through JSON:\n%s", diff)
	}
}
