package legacy

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// todo says what the owner does now, in order: what is answered once for all documents, what is written by hand, how it is
// checked and published.
func (d *draft) todo(w *page, p *Proposal) {
	w.head("Che cosa fare adesso")
	w.line("L'elenco è della proposta: non sa che cosa hai già corretto. Che cosa manca davvero lo dice `riuso check .`")
	w.line("Le sigle tra parentesi, come E03, sono quelle con cui lo dice lui. Se il terminale risponde che non trova `riuso`, scrivi al suo")
	w.line("posto il percorso con cui l'hai avviato, per esempio `bin/riuso`.\n")
	var bulk, kit, code, records, later []Gap
	for _, g := range p.Gaps {
		switch {
		case g.isOf("E03", "status"), g.isOf("E03", "updated"):
			bulk = append(bulk, g)
		case len(g.Codes) > 0 && strings.HasPrefix(g.Codes[0], "W"):
			later = append(later, g)
		case g.File == kitPath:
			kit = append(kit, g)
		case g.File == codePath:
			code = append(code, g)
		case g.File != "":
			records = append(records, g)
		}
	}
	source := d.source()
	n := 0
	step := func(parts ...string) {
		if n++; n > 1 {
			w.line()
		}
		w.line("**", itoa(n), ". ", strings.Join(parts, ""))
	}
	if len(bulk) > 0 {
		step("Rispondi una volta sola per tutti i documenti.** È da fare per primo, prima di correggere le schede a mano.\n")
		for _, g := range bulk {
			what := [2]string{"non si sa se sono definitivi", "non si sa se è definitivo"}
			if g.Key == "updated" {
				what = [2]string{"non si sa quando qualcuno li ha riletti l'ultima volta", "non si sa quando qualcuno lo ha riletto l'ultima volta"}
			}
			if len(g.Files) == 1 {
				w.line("- [ ] Di un documento (", file(g.File), ") ", what[1], codesOf(g), ".")
				continue
			}
			w.line("- [ ] Di ", itoa(len(g.Files)), " documenti ", what[0], codesOf(g), ".")
		}
		w.line("\nScegli lo stato che vale per i più (`final` definitivo, `work-in-progress` in lavorazione, `superseded` superato) e il giorno in cui sono stati riletti, e ripeti:\n")
		w.line("    riuso import ", source, " --status final --updated AAAA-MM-GG\n")
		w.line("Vale solo per i documenti che non lo dicono da sé; riuso lo ricorda le prossime volte. Dove non è così correggi poi quella scheda.")
	}
	if len(kit) > 0 {
		step("Completa `kit.md`,** con un programma di testo. Le righe ci sono già: togli il segno # che hanno davanti e scrivi il tuo valore al posto di «Da completare» e dei puntini", codesOf(kit[0]), ".\n")
		d.kitItems(w, p, kit)
	}
	if len(code) > 0 {
		step("Completa `publiccode.yml`,** nello stesso modo. Finché ci sono errori gli altri cataloghi lo rifiutano (E08).\n")
		if slices.ContainsFunc(code, func(g Gap) bool { return g.Key == "legal.license" }) {
			w.line("La licenza qui sotto è CC-BY-4.0 perché le linee guida dell'AGID indicano quella per i documenti; EUPL-1.2, che `riuso check` nomina,")
			w.line("è solo un esempio, e serve ai programmi.\n")
		}
		d.items(w, slices.DeleteFunc(code, func(g Gap) bool { return slices.Contains(g.Codes, "E08") }))
	}
	if len(records) > 0 {
		step("Completa queste schede.**\n")
		d.items(w, records)
	}
	step("Controlla:** `riuso check .` dice che cosa manca ancora, dove e come si rimedia.")
	step("Pubblica.** Quando hai riletto tutto, scrivi:\n")
	w.line("- in `kit.md`: `status: published`, `version: \"1.0.0\"`, `released:` con il giorno, e sotto provenance `reviewed: true`;")
	if d.own == "" {
		w.line("- in `publiccode.yml`: `softwareVersion: \"1.0.0\"`, `releaseDate: \"AAAA-MM-GG\"` con lo stesso giorno, `developmentStatus: stable`;")
	} else {
		w.line("- in ", file(d.own), ": la stessa versione in softwareVersion e lo stesso giorno in releaseDate;")
	}
	w.line("- in `CHANGELOG.md`: come prima voce, `## [1.0.0] - AAAA-MM-GG` e che cosa c'è di nuovo.\n")
	w.line("Ripeti `riuso check .`: quando non dice più errori il kit si può pubblicare. Tieni nel repository anche `", TracePath, "`:")
	w.line("se i file cambiano, `riuso import ", source, "` lascia ciò che hai corretto e dice che cosa avrebbe cambiato.")
	w.head("Che cosa guardare con calma")
	w.line("Non impedisce di pubblicare. Quando dall'ultima revisione di un documento sono passati più di ", itoa(catalog.StaleMonths(nil)), " mesi `riuso check .` lo dice (W03):")
	w.line("chi lo ha riletto corregge `updated:` nella sua scheda. `--updated` non vale per i documenti che hanno già una data propria.")
	if len(later) > 0 {
		w.line()
		for _, g := range later {
			where := file(g.File)
			if len(g.Files) > 1 {
				where = itoa(len(g.Files)) + " schede"
			}
			w.line("- [ ] ", where, ": ", sentences(g.What.It, g.Do.It), codesOf(g))
		}
	}
}

// source is what is imported, as the command line names it.
func (d *draft) source() string {
	if d.u.Commit != "" && d.u.URL != "" {
		return plain(d.u.URL)
	}
	return "." // a repository has no folder of its own here
}

// kitItems lists the entries of kit.md in the order of the file, with their examples.
func (d *draft) kitItems(w *page, p *Proposal, gaps []Gap) {
	text := ""
	for _, f := range p.Files {
		if f.Path == kitPath {
			text = string(f.Data)
		}
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		return strings.Index(text, "\n#"+a.Key+": ") - strings.Index(text, "\n#"+b.Key+": ")
	})
	known := slices.Concat(kitTodo, kitUnknown)
	for _, g := range gaps {
		i := slices.IndexFunc(known, func(t [3]string) bool { return t[0] == g.Key })
		label := schema.Record("kit").Property(g.Key)
		if i < 0 || label == nil || !slices.Contains(g.Codes, "E03") {
			w.line("- [ ] ", sentences(g.What.It, g.Do.It), codesOf(g))
			continue
		}
		w.line("- [ ] **", label.Title.It, "**: ", known[i][1], ". Esempio: `", g.Key, ": ", known[i][2], "`")
	}
}

func (g *Gap) isOf(code, key string) bool {
	return g.Key == key && len(g.Files) > 0 && strings.Contains(g.File, "/") && slices.Contains(g.Codes, code)
}

func codesOf(g Gap) string {
	if len(g.Codes) == 0 {
		return ""
	}
	return " (" + strings.Join(g.Codes, ", ") + ")"
}

// items is a list to tick off: the file is named where the list is of several.
func (d *draft) items(w *page, gaps []Gap) {
	one := !slices.ContainsFunc(gaps, func(g Gap) bool { return g.File != gaps[0].File || d.isPart(g.File) })
	for _, g := range gaps {
		where := ""
		switch {
		case len(g.Files) > 1:
			where = ": " + files(g.Files)
		case !one && g.File != "":
			where = ": " + file(g.File)
		}
		w.line("- [ ] ", sentences(g.What.It, g.Do.It), codesOf(g), where)
	}
}
