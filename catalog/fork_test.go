package catalog

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/schema"
)

// A descriptor that names another repository makes its own a technical fork: not indexed, and told so. How the same address
// is written does not make a fork.
func TestTechnicalFork(t *testing.T) {
	const here = "https://git.example.it/Ente/Kit"
	for _, tc := range []struct {
		name, url string
		aliases   []string
		fork      bool
	}{
		{"the same", here, nil, false},
		{"upper and lower case", "https://GIT.example.it/ente/kit", nil, false},
		{".git", here + ".git", nil, false},
		{"a slash behind", here + "/", nil, false},
		{"both", here + ".git/", nil, false},
		{"http", "http://git.example.it/Ente/Kit", nil, false},
		{"the port that goes without saying", "https://git.example.it:443/Ente/Kit.git", nil, false},
		{"a redirected address", "https://git.example.it/vecchio/kit.git", []string{"https://git.example.it/Vecchio/Kit"}, false},
		{"an address that redirects elsewhere", "https://git.example.it/altro/kit", []string{"https://git.example.it/vecchio/kit"}, true},
		{"another owner", "https://git.example.it/altro/kit.git", nil, true},
		{"another forge", "https://example.org/Ente/Kit", nil, true},
		{"another port", "https://git.example.it:8443/Ente/Kit", nil, true},
		{"a longer name", here + "-2", nil, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := fstest.MapFS{}
			for name, f := range tree(goodKit).(fstest.MapFS) {
				m[name] = &fstest.MapFile{Data: slices.Clone(f.Data)}
			}
			d := string(m["publiccode.yml"].Data)
			if !strings.Contains(d, "url: ") {
				t.Fatal("the kit of the tests has no url")
			}
			lines := strings.Split(d, "\n")
			for i, l := range lines {
				if strings.HasPrefix(l, "url: ") {
					lines[i] = `url: "` + tc.url + `"`
				}
			}
			m["publiccode.yml"].Data = []byte(strings.Join(lines, "\n"))
			got := Read(m, ReadOptions{URL: here, Aliases: tc.aliases})
			said := slices.ContainsFunc(got.Findings, func(f schema.Finding) bool { return f.Code == "V01" && !f.Message.IsZero() && !f.Hint.IsZero() })
			if said != tc.fork || (len(got.Kits) == 0) != tc.fork || (len(got.CopyOf) == 1) != tc.fork {
				t.Errorf("said %v, %d kits, a copy of %q; findings %v", said, len(got.Kits), got.CopyOf, got.Findings)
			}
		})
	}
}
