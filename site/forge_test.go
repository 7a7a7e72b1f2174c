package site

import "testing"

func TestForges(t *testing.T) {
	const c = "0123456789abcdef0123456789abcdef01234567"
	for repo, want := range map[string][3]string{
		"https://github.com/ente/kit":        {"https://github.com/ente/kit/blob/" + c + "/docs/a%20b.md", "https://raw.githubusercontent.com/ente/kit/" + c + "/docs/a%20b.md", "https://github.com/ente/kit/commit/" + c},
		"https://gitlab.com/g/s/kit":         {"https://gitlab.com/g/s/kit/-/blob/" + c + "/docs/a%20b.md", "https://gitlab.com/g/s/kit/-/raw/" + c + "/docs/a%20b.md", "https://gitlab.com/g/s/kit/-/commit/" + c},
		"https://codeberg.org/ente/kit":      {"https://codeberg.org/ente/kit/src/commit/" + c + "/docs/a%20b.md", "https://codeberg.org/ente/kit/raw/commit/" + c + "/docs/a%20b.md", "https://codeberg.org/ente/kit/commit/" + c},
		"https://bitbucket.org/ente/kit":     {"https://bitbucket.org/ente/kit/src/" + c + "/docs/a%20b.md", "https://bitbucket.org/ente/kit/raw/" + c + "/docs/a%20b.md", "https://bitbucket.org/ente/kit/commits/" + c},
		"https://git.comune.example.it/kit":  {"", "", ""},
		"javascript:alert(1)//github.com":    {"", "", ""},
		"https://github.com.evil.example/x":  {"", "", ""},
		"https://evil.example/?h=github.com": {"", "", ""},
	} {
		f := forgeOf(repo)
		if got := [3]string{f.File(c, "docs/a b.md"), f.Raw(c, "docs/a b.md"), f.Commit(c)}; got != want {
			t.Errorf("%s: %q, want %q", repo, got, want)
		}
	}
	f := forgeOf("https://github.com/ente/kit")
	if f.File("HEAD", "x") != "" || f.File("../../..", "x") != "" || f.Commit("") != "" {
		t.Error("what is not a commit went into a link")
	}
	if got := f.File(c, "../../../etc/passwd"); got != "https://github.com/ente/kit/blob/"+c+"/etc/passwd" {
		t.Errorf("a path left the repository: %s", got)
	}
}
