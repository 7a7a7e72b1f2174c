package catalog

import "testing"

func TestIsAddress(t *testing.T) {
	for url, want := range map[string]bool{
		"https://git.example.it/ente/kit": true, "http://127.0.0.1:8080/kit": true, "ssh://git@git.example.it/kit": true, "file:///srv/kit": true,
		"git@git.example.it:ente/kit.git": true, "/srv/kit": true, "./kit": true, "../kit": true, ".": true, `C:\kit`: true, "HTTPS://git.example.it/kit": true,
		"git.example.it/ente/kit": false, "git.example.it": false, "git.example.it:8443/ente": false, "kit": false, "https:/git.example.it": false, "https://": false,
		"//": true, "@:": false, "ente/kit": false, "": false,
	} {
		if IsAddress(url) != want {
			t.Errorf("%q: %v", url, !want)
		}
	}
}
