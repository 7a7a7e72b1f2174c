package main

import "fmt"

// descriptor is the publiccode.yml of a piece of software at an address.
func descriptor(title, url string) string {
	return fmt.Sprintf(`publiccodeYmlVersion: "0"
name: %s
url: %q
landingURL: https://www.ente.example.it
softwareVersion: "1.0"
releaseDate: "2025-03-01"
platforms: [web]
categories: [it-service-management]
developmentStatus: stable
softwareType: standalone/web
description:
  it:
    shortDescription: "%s: una prova della federazione"
    longDescription: >
      Un programma che non esiste, di un ente che non esiste: serve a far vedere come una voce arriva nel catalogo
      da una piattaforma, da un elenco di editori, da un altro catalogo, o da tutti e tre, e che cosa se ne vede.
      Il testo è lungo quanto lo schema chiede, perché la prova non sia di ciò che manca alla scheda ma della visita
      che la legge, di quanto costa e di che cosa si dice a chi l'ha pubblicata quando qualcosa non torna.
    features: [Si fa visitare, Si fa trovare]
legal: {license: EUPL-1.2}
maintenance: {type: none}
localisation: {localisationReady: false, availableLanguages: [it]}
`, title, url, title)
}

// software is the files of a repository with a piece of software.
func software(title, url string) map[string]string {
	return map[string]string{"publiccode.yml": descriptor(title, url), "README.md": "# " + title + "\n\nUn programma di prova.\n"}
}

// practice is the files of a repository with a kit of a practice.
func practice(id, title, url string) map[string]string {
	files := software(title, url)
	files["kit.md"] = fmt.Sprintf("---\ntype: kit\nspec: \"1\"\nid: %s\ntitle: %s\nsummary: Una pratica di prova, arrivata da una piattaforma\nkind: practice\nstatus: draft\ncodeScheme: none\nlicense: CC-BY-4.0\nlanguages: [it]\n---\n\nUna pratica che non esiste, di un ente che non esiste.\n", id, title)
	return files
}

// catalogueText is a catalogue.md.
func catalogueText(id, title, url string) string {
	return fmt.Sprintf("---\ntype: catalogue\nid: %s\ntitle: %s\nsummary: Un catalogo di prova\nowner: ipa:pcm\nscope: national\nurl: %s\nlicence: CC-BY-4.0\nlanguages: [it]\nobservatory: [ipa:pcm]\n---\n\nUn catalogo di prova, su questa macchina.\n", id, title, url)
}

// sourceText is a file of sources/.
func sourceText(id, title, kind, url string) string {
	return fmt.Sprintf("---\ntype: source\nid: %s\ntitle: %q\nkind: %s\nurl: %s\n---\n", id, title, kind, url)
}
