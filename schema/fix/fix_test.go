package fix_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/fix"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// mend mends a publiccode.yml as its check finds it.
func mend(text string) (string, []fix.Edit) {
	known := func(code string) bool { return strings.HasPrefix(strings.ToLower(code), "c_") }
	out := []byte(text)
	var all []fix.Edit
	for range 5 { // what makes the whole file unreadable hides the rest
		_, found := publiccode.Parse(out, publiccode.Options{IPACode: known})
		next, edits := fix.PublicCode(out, found)
		if len(edits) == 0 {
			return string(out), all
		}
		out, all = next, append(all, edits...)
	}
	return string(out), all
}

func did(edits []fix.Edit) string {
	var out []string
	for _, e := range edits {
		out = append(out, fmt.Sprintf("%d:%d %s", e.Line, e.Column, e.Key))
	}
	return strings.Join(out, "; ")
}

const rest = `platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description:
  it:
    shortDescription: Una prova
    longDescription: >
      Una prova abbastanza lunga da passare il controllo dello standard, che chiede almeno
      centocinquanta caratteri per la descrizione estesa di ogni software pubblicato dagli enti.
    features: [Provare]
maintenance: {type: none}
localisation: {localisationReady: true, availableLanguages: [it]}
`

const head = "publiccodeYmlVersion: \"0\"\nname: Prova\nurl: https://git.example.it/ente/prova\n"

func TestPublicCode(t *testing.T) {
	for _, c := range []struct{ name, in, want, did string }{
		{"nothing to do", head + "legal: {license: MIT}\n" + rest, head + "legal: {license: MIT}\n" + rest, ""},
		{"version of the standard, then the rest",
			"# in testa\npubliccodeYmlVersion: 0 # zero\nname: Prova\nurl: https://git.example.it/ente/prova\nsoftwareVersion: 1.10\nintendedAudience: {countries: [it, \"fr\", 'de', no]}\nlegal: {license: MIT}\n" + rest,
			"# in testa\npubliccodeYmlVersion: \"0\" # zero\nname: Prova\nurl: https://git.example.it/ente/prova\nsoftwareVersion: \"1.10\"\nintendedAudience: {countries: [IT, \"FR\", 'DE', \"NO\"]}\nlegal: {license: MIT}\n" + rest,
			"2:23 publiccodeYmlVersion; 5:18 softwareVersion; 6:32 intendedAudience.countries[0]; 6:36 intendedAudience.countries[1]; 6:42 intendedAudience.countries[2]; 6:48 intendedAudience.countries[3]"},
		{"a version that is a text stays", head + "softwareVersion: 1.10.2\nlegal: {license: MIT}\n" + rest, head + "softwareVersion: 1.10.2\nlegal: {license: MIT}\n" + rest, ""},
		{"a date as version", head + "softwareVersion: 2024-05-01\nlegal: {license: MIT}\n" + rest, head + "softwareVersion: \"2024-05-01\"\nlegal: {license: MIT}\n" + rest, "4:18 softwareVersion"},
		{"dependencies", head + "dependsOn:\n  open:\n    - name: Base\n      versionMin: 9.6\n      version: 10\nlegal: {license: MIT}\n" + rest,
			head + "dependsOn:\n  open:\n    - name: Base\n      versionMin: \"9.6\"\n      version: \"10\"\nlegal: {license: MIT}\n" + rest,
			"7:19 dependsOn.open[0].versionMin; 8:16 dependsOn.open[0].version"},
		{"CRLF", strings.ReplaceAll(head+"softwareVersion: 1.10\nlegal: {license: MIT}\n"+rest, "\n", "\r\n"), strings.ReplaceAll(head+"softwareVersion: \"1.10\"\nlegal: {license: MIT}\n"+rest, "\n", "\r\n"), "4:18 softwareVersion"},
		{"BOM goes", "\xef\xbb\xbfsoftwareVersion: 1.10\n" + head, "softwareVersion: \"1.10\"\n" + head, "1:1 ; 1:18 softwareVersion"},
		{"BOM alone", "\xef\xbb\xbf" + head + "legal: {license: MIT}\n" + rest, head + "legal: {license: MIT}\n" + rest, "1:1 "},
		{"two BOMs", "\xef\xbb\xbf\xef\xbb\xbf" + head, "\xef\xbb\xbf\xef\xbb\xbf" + head, ""},
		{"BOM of what cannot be read", "\xef\xbb\xbfname: [", "\xef\xbb\xbfname: [", ""},
		{"BOM and CRLF", "\xef\xbb\xbf# in testa\r\nname: a\r\nsoftwareVersion: 1.10\r\n", "# in testa\r\nname: a\r\nsoftwareVersion: \"1.10\"\r\n", "1:1 ; 3:18 softwareVersion"},
		{"characters before the value", head + "{}: 1\n", head + "{}: 1\n", ""},
		{"anchors, tags and blocks stay", head + "softwareVersion: &v 1.10\ndependsOn: {open: [{name: x, version: *v}, {name: y, version: !!float 2}]}\nlegal: {license: MIT}\n" + rest,
			head + "softwareVersion: &v 1.10\ndependsOn: {open: [{name: x, version: *v}, {name: y, version: !!float 2}]}\nlegal: {license: MIT}\n" + rest, ""},
		{"an unknown country stays", head + "intendedAudience: {countries: [zz, It]}\nlegal: {license: MIT}\n" + rest, head + "intendedAudience: {countries: [zz, It]}\nlegal: {license: MIT}\n" + rest, ""},
		{"licence", head + "legal:\n  license: AGPL-3.0 # la nostra\n" + rest, head + "legal:\n  license: AGPL-3.0-only # la nostra\n" + rest, "5:12 legal.license"},
		{"licence or later", head + "legal: {license: \"GPL-2.0+\"}\n" + rest, head + "legal: {license: \"GPL-2.0-or-later\"}\n" + rest, "4:18 legal.license"},
		{"a choice of licences stays", head + "legal: {license: GPL-2.0 OR MIT}\n" + rest, head + "legal: {license: GPL-2.0 OR MIT}\n" + rest, ""},
		{"section it", head + "legal: {license: MIT}\n" + rest + "it:\n  countryExtensionVersion: 1.0\n  piattaforme: {spid: true}\n", head + "legal: {license: MIT}\n" + rest + "IT:\n  countryExtensionVersion: \"1.0\"\n  piattaforme: {spid: true}\n",
			"17:1 it; 18:28 it.countryExtensionVersion"},
		{"both sections stay", head + "legal: {license: MIT}\n" + rest + "it: {}\nIT: {}\n", head + "legal: {license: MIT}\n" + rest + "it: {}\nIT: {}\n", ""},
		{"logo", head + "monochromeLogo: logo.svg\nlegal: {license: MIT}\n" + rest, head + "logo: logo.svg\nlegal: {license: MIT}\n" + rest, "4:1 monochromeLogo"},
		{"two logos stay", head + "monochromeLogo: b.svg\nlogo: a.svg\nlegal: {license: MIT}\n" + rest, head + "monochromeLogo: b.svg\nlogo: a.svg\nlegal: {license: MIT}\n" + rest, ""},
		{"IPA code and owner", head + "legal:\n  license: MIT\n  repoOwner: Comune d'Esempio\n" + rest + "IT:\n  countryExtensionVersion: \"1.0\"\n  riuso:\n    codiceIPA: c_e506\n",
			head + "organisation:\n  uri: urn:x-italian-pa:c_e506\n  name: Comune d'Esempio\nlegal:\n  license: MIT\n" + rest + "IT:\n  countryExtensionVersion: \"1.0\"\n",
			"4:1 organisation.uri; 21:3 IT.riuso.codiceIPA; 4:1 organisation.name; 6:3 legal.repoOwner"},
		{"what goes begins where what comes stands", head + "IT:\n  riuso:\n    codiceIPA: c_e506\nlegal: {license: MIT}\n" + rest, head + "organisation:\n  uri: urn:x-italian-pa:c_e506\nlegal: {license: MIT}\n" + rest, "4:1 organisation.uri; 4:1 IT.riuso.codiceIPA"},
		{"the code on one line", head + "legal: {license: MIT}\n" + rest + "IT:\n  riuso: {codiceIPA: c_e506}", head + "organisation:\n  uri: urn:x-italian-pa:c_e506\nlegal: {license: MIT}\n" + rest, "4:1 organisation.uri; 17:1 IT.riuso.codiceIPA"},
		{"the section goes", head + "legal: {license: MIT}\n" + rest + "IT:\n  riuso:\n    codiceIPA: c_e506", head + "organisation:\n  uri: urn:x-italian-pa:c_e506\nlegal: {license: MIT}\n" + rest, "4:1 organisation.uri; 17:1 IT.riuso.codiceIPA"},
		{"the code is there already", head + "organisation: {uri: \"urn:x-italian-pa:C_E506\"}\nlegal: {license: MIT}\nIT:\n  riuso:\n    codiceIPA: c_e506\n" + rest,
			head + "organisation: {uri: \"urn:x-italian-pa:C_E506\"}\nlegal: {license: MIT}\n" + rest, "6:1 IT.riuso.codiceIPA"},
		{"another organisation: the code stays", head + "organisation: {uri: \"urn:x-italian-pa:c_x\"}\nlegal: {license: MIT}\nIT:\n  riuso:\n    codiceIPA: c_e506\n" + rest,
			head + "organisation: {uri: \"urn:x-italian-pa:c_x\"}\nlegal: {license: MIT}\nIT:\n  riuso:\n    codiceIPA: c_e506\n" + rest, ""},
		{"a comment would be lost: the code stays", head + "legal: {license: MIT}\nIT:\n  riuso:\n    codiceIPA: c_e506 # il nostro\n" + rest, head + "legal: {license: MIT}\nIT:\n  riuso:\n    codiceIPA: c_e506 # il nostro\n" + rest, ""},
		{"an unknown code stays", head + "legal: {license: MIT}\nIT:\n  riuso:\n    codiceIPA: zz\n" + rest, head + "legal: {license: MIT}\nIT:\n  riuso:\n    codiceIPA: zz\n" + rest, ""},
		{"not YAML", "softwareVersion: 1\n  x: [", "softwareVersion: 1\n  x: [", ""},
		{"two documents", "softwareVersion: 1\n---\na: 1\n", "softwareVersion: 1\n---\na: 1\n", ""},
	} {
		got, edits := mend(c.in)
		if got != c.want || did(edits) != c.did {
			t.Errorf("%s: %s, want %s\n--- got\n%s\n--- want\n%s", c.name, did(edits), c.did, got, c.want)
		}
		if again, more := mend(got); again != got || len(more) != 0 {
			t.Errorf("%s: mended twice: %s\n%s", c.name, did(more), again)
		}
		for _, e := range edits {
			if e.What.It == "" || e.What.En == "" {
				t.Errorf("%s: %s does not say what was done", c.name, e.Key)
			}
		}
	}
}

// found makes the findings that the check of a front matter would give at the numbers behind these words.
func found(text string, words ...string) (out []schema.Finding) {
	for i, line := range strings.Split(text, "\n") {
		for _, w := range words {
			if at := strings.Index(line, w); at >= 0 {
				out = append(out, schema.Finding{Code: "E13", Line: i + 1, Column: len([]rune(line[:at+len(w)])) + 1})
			}
		}
	}
	return out
}

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct{ name, in, want, did string }{
		{"kit", "---\ntype: kit\nspec: 1\nversion: 2.10 # seconda\nlicense: AGPL-3.0\n---\n\nversion: 2.10\n", "---\ntype: kit\nspec: \"1\"\nversion: \"2.10\" # seconda\nlicense: AGPL-3.0-only\n---\n\nversion: 2.10\n", "3:7 spec; 4:10 version; 5:10 license"},
		{"amounts", "---\ntype: tariff\nrows:\n  - {à: x, amount: 0.15, n: 3}\n  - amount: -1\n---\n", "---\ntype: tariff\nrows:\n  - {à: x, amount: \"0.15\", n: 3}\n  - amount: \"-1\"\n---\n", "4:20 rows[0].amount; 5:13 rows[1].amount"},
		{"no decimal number stays", "---\ntype: tariff\nrows:\n  - amount: 1e3\n  - amount: 0x10\n  - amount: 1_000\n---\n", "---\ntype: tariff\nrows:\n  - amount: 1e3\n  - amount: 0x10\n  - amount: 1_000\n---\n", ""},
		{"adoption", "---\r\ntype: adoption\r\nkitVersion: 1.0\r\n---\r\n", "---\r\ntype: adoption\r\nkitVersion: \"1.0\"\r\n---\r\n", "3:13 kitVersion"},
		{"of somebody's own", "---\ntype: kit\nx: {version: 1}\n---\n", "---\ntype: kit\nx: {version: 1}\n---\n", ""},
		{"not of the format", "---\nlayout: page\nversion: 1\n---\n", "---\nlayout: page\nversion: 1\n---\n", ""},
		{"another program's type", "---\ntype: post\nversion: 1\n---\n", "---\ntype: post\nversion: 1\n---\n", ""},
		{"BOM goes, dots at the end", "\xef\xbb\xbf---\ntype: kit\nversion: 1\n...\n", "---\ntype: kit\nversion: \"1\"\n...\n", "1:1 ; 3:10 version"},
		{"BOM alone", "\xef\xbb\xbf---\r\ntype: kit\r\n---\r\nTesto\r\n", "---\r\ntype: kit\r\n---\r\nTesto\r\n", "1:1 "},
		{"BOM of another program's file", "\xef\xbb\xbf---\nlayout: page\n---\n", "\xef\xbb\xbf---\nlayout: page\n---\n", ""},
		{"thousands or decimals", "---\ntype: tariff\nrows:\n  - amount: 1.000\n  - amount: 12.500\n  - amount: 0.125\n  - amount: -1.000\n---\n", "---\ntype: tariff\nrows:\n  - amount: 1.000\n  - amount: 12.500\n  - amount: 0.125\n  - amount: -1.000\n---\n", ""},
		{"a comma for the decimals", "---\ntype: tariff\nrows:\n  - {amount: 1.000,50}\n  - {amount: 300,50, n: 1}\n  - {amount: 15.5,5}\n---\n", "---\ntype: tariff\nrows:\n  - {amount: 1.000,50}\n  - {amount: 300,50, n: 1}\n  - {amount: 15.5,5}\n---\n", ""},
		{"a comma between entries", "---\ntype: tariff\nrows:\n  - {amount: 15.5, n: 1}\n  - {amount: 15.5,n: 1}\n---\n", "---\ntype: tariff\nrows:\n  - {amount: \"15.5\", n: 1}\n  - {amount: \"15.5\",n: 1}\n---\n", "4:14 rows[0].amount; 5:14 rows[1].amount"},
		{"no decimal number stays, either", "---\ntype: tariff\nrows:\n  - amount: .inf\n  - amount: 1_000.50\n  - amount: 0o17\n  - amount: +5\n---\n", "---\ntype: tariff\nrows:\n  - amount: .inf\n  - amount: 1_000.50\n  - amount: 0o17\n  - amount: +5\n---\n", ""},
		{"the folder says the type", "---\nid: quota\nrows:\n  - amount: 15.5\n---\n", "---\nid: quota\nrows:\n  - amount: \"15.5\"\n---\n", "4:13 rows[0].amount"},
		{"no end", "---\ntype: kit\nversion: 1\n", "---\ntype: kit\nversion: 1\n", ""},
	} {
		out, edits := fix.FrontMatter([]byte(c.in), found(c.in, "amount: "))
		if string(out) != c.want || did(edits) != c.did {
			t.Errorf("%s: %s, want %s\n--- got\n%s", c.name, did(edits), c.did, out)
		}
		if again, more := fix.FrontMatter(out, found(string(out), "amount: ")); string(again) != string(out) || len(more) != 0 {
			t.Errorf("%s: mended twice: %s", c.name, did(more))
		}
	}
}
