package main

import "strings"

// whereabouts says where all of an open federation is, a line for each thing: what stands on this machine while the site is
// open can be looked at, changed and visited from another terminal.
func (g *ground) whereabouts(say func(it, en string, args ...any), places []place, folder, data string) {
	say("\nCatalogo: %s", "\nCatalogue: %s", folder)
	say("Dati: %s", "Data: %s", data)
	say("Repository: %s (in %s)", "Repositories: %s (in %s)", g.Git, g.Path("git"))
	for i := range places {
		if p := &places[i]; p.part == listed {
			say("%s: %s", "%s: %s", p.id, p.url)
		}
	}
	say("Tutto è su questa macchina, dove un crawl non va da solo: vuole --allow-net 127.0.0.0/8, e --mirror per chi nomina indirizzi https. Da un altro terminale:",
		"All of it is on this machine, where a crawl does not go by itself: it takes --allow-net 127.0.0.0/8, and --mirror for what is named by https. From another terminal:")
	say("%s", "%s", "bin/riuso crawl --catalog "+folder+" --data "+data+" "+strings.Join(g.Network(), " "))
}
