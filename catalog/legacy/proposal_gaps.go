package legacy

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// asOf is the day against which a proposal is held, the same whenever it is made: the newest that is known, of the commit, of
// the answers and of the stories; without a commit that of the blocks of the documents. Zero where no day is known.
func (d *draft) asOf() time.Time {
	newest := d.u.Date
	take := func(day catalog.Date) {
		if t, ok := day.Time(); ok && t.After(newest) {
			newest = t
		}
	}
	take(d.u.Answers.Updated)
	for _, s := range d.u.Stories {
		for _, e := range s.Events {
			take(e.Date)
		}
	}
	if !d.u.Date.IsZero() {
		return newest
	}
	for i := range d.u.Documents {
		if h := d.u.Documents[i].Header; h != nil {
			take(h.Released)
			take(h.Updated)
		}
	}
	return newest
}

// gaps reads the proposal over the files of the repository as "riuso check" does. What is found in a proposed file is what
// its owner has to add, once for all the documents that lack the same.
func (d *draft) gaps(p *Proposal) []Gap {
	ours := map[string]bool{}
	for _, f := range p.Files {
		ours[f.Path] = true
	}
	tree := catalog.Read(Overlay(d.shelf(), p), catalog.ReadOptions{Forks: true, Now: d.asOf()})
	var out []Gap
	at := map[string]int{}
	for _, f := range tree.Findings {
		if !ours[f.File] {
			continue // the report names what is the owner's
		}
		g := gapOf(f)
		if f.Code == "W11" {
			d.fewPartners(&g)
		}
		same := f.Code + " " + g.Key
		if !d.isPart(f.File) {
			same += " " + f.File + " " + g.What.It
		}
		i, ok := at[same]
		if !ok {
			at[same] = len(out)
			out = append(out, g)
			continue
		}
		if !slices.Contains(out[i].Files, f.File) {
			out[i].Files = append(out[i].Files, f.File)
		}
	}
	for i := range out {
		slices.Sort(out[i].Files)
		out[i].File = out[i].Files[0]
	}
	slices.SortStableFunc(out, func(a, b Gap) int {
		return cmp.Or(gapOrder(a.File)-gapOrder(b.File), strings.Compare(a.Key, b.Key))
	})
	return out
}

// shelf holds the files of the repository by their names. Of those that are read only what is known is there; the others
// would count as files that could not be had.
func (d *draft) shelf() *shelf {
	s := newShelf()
	for _, f := range d.u.Files {
		low := strings.ToLower(f.Path)
		switch path.Ext(low) {
		case ".md", ".yml", ".yaml":
			if low == "readme.md" && d.u.README != "" {
				s.put(f.Path, []byte(d.u.README), f.Bytes)
			}
		default:
			s.put(f.Path, nil, f.Bytes)
		}
	}
	if d.own != "" && d.u.PublicCode != "" {
		s.put(d.own, []byte(d.u.PublicCode), int64(len(d.u.PublicCode)))
	}
	return s
}

// isPart says that a proposed file is one of many of its kind.
func (d *draft) isPart(p string) bool { return strings.Contains(p, "/") }

// gapOrder puts what matters most first.
func gapOrder(file string) int {
	switch {
	case file == kitPath:
		return 0
	case file == codePath:
		return 1
	case file == changelogPath:
		return 2
	case strings.HasPrefix(file, docsFolder+"/"), strings.HasPrefix(file, docsInstead+"/"):
		return 3
	}
	return 4
}

var listIndex = regexp.MustCompile(`\[[0-9]+\]`)

// gapOf tells a finding as something to add.
func gapOf(f schema.Finding) Gap {
	key := listIndex.ReplaceAllString(f.Key, "")
	g := Gap{File: f.File, Files: []string{f.File}, Key: key, What: f.Message, Do: f.Hint, Codes: []string{f.Code}}
	if w, ok := gapWords(f.Code, key); ok && strings.Contains(f.File, "/") {
		g.What, g.Do = w[0], w[1]
	}
	if w, ok := codeWords[key]; ok && f.File == codePath {
		g.What, g.Do = w[0], w[1]
	}
	if f.Code == "E03" && f.File == kitPath {
		if p := schema.Record("kit").Property(key); p != nil {
			g.What = schema.T("manca «"+p.Title.It+"» ("+key+")", "“"+p.Title.En+"” ("+key+") is missing")
		}
		for _, t := range slices.Concat(kitTodo, kitUnknown) {
			if t[0] == key {
				g.Do = schema.T("scrivi "+t[1]+", per esempio "+key+": "+t[2], g.Do.En)
			}
		}
	}
	return g
}

// codeWords tell of the descriptor what its checks say for programmers.
var codeWords = map[string][2]schema.Text{
	"description": {schema.T("manca la descrizione (description): una frase, un testo e le caratteristiche", "the description is missing: one sentence, a text and the features"),
		schema.T("togli il segno # da «description:» e dalle righe sotto, e scrivi le tue parole", "take the sign # from \"description:\" and the lines below, and write your words")},
	"localisation.availableLanguages": {schema.T("non si sa in che lingua sono i testi (localisation.availableLanguages)", "the language of the texts is not known (localisation.availableLanguages)"),
		schema.T("togli il segno # da «availableLanguages:»", "take the sign # from \"availableLanguages:\"")},
	"legal.license": {schema.T("manca la licenza (legal.license)", "the licence is missing (legal.license)"),
		schema.T("togli il segno # da «legal:» e dalla riga sotto; è la stessa di kit.md", "take the sign # from \"legal:\" and the line below; it is that of kit.md")},
	"maintenance.type": {schema.T("non si sa chi tiene aggiornato il kit (maintenance.type)", "it is not known who maintains the kit (maintenance.type)"),
		schema.T("togli il segno # da «maintenance:» e dalle righe sotto; se non è l'ente stesso correggi internal", "take the sign # from \"maintenance:\" and the lines below; correct internal where it is not the body itself")},
}

// gapWords tells of all documents what a finding says of one.
func gapWords(code, key string) (w [2]schema.Text, ok bool) {
	switch code + " " + key {
	case "E03 phase":
		return [2]schema.Text{schema.T("non si sa per quale fase è il documento", "it is not known which phase the document is for"),
			schema.T("scrivi phase: [A] per scegliere, [B] per adottare, [C] per gestire", "write phase: [A] to choose, [B] to adopt, [C] to run")}, true
	case "E03 ambit":
		return [2]schema.Text{schema.T("non si sa di quale ambito è il documento", "it is not known which ambit the document is of"),
			schema.T("scrivi ambit: con uno tra informative, managerial, organisational, administrative, technological", "write ambit: with one of informative, managerial, organisational, administrative, technological")}, true
	case "E03 updated":
		return [2]schema.Text{schema.T("non si sa quando il documento è stato riletto l'ultima volta", "it is not known when the document was last read again"),
			schema.T("rileggilo e scrivi updated: con la data", "read it again and write updated: with the date")}, true
	case "E03 status":
		return [2]schema.Text{schema.T("non si sa se il documento è definitivo", "it is not known whether the document is final"),
			schema.T("scrivi status: final, work-in-progress o superseded", "write status: final, work-in-progress or superseded")}, true
	case "E03 kind":
		return [2]schema.Text{schema.T("non si sa che tipo di documento è", "it is not known what kind of document it is"),
			schema.T("scrivi kind: con il tipo di documento", "write kind: with the kind of document")}, true
	case "W03 updated":
		return [2]schema.Text{schema.T("l'ultima revisione che il documento dice di sé è vecchia", "the last revision that the document tells of itself is an old one"),
			schema.T("rileggilo e scrivi in updated: il giorno in cui lo hai fatto; se non vale più scrivi status: superseded (superato)", "read it again and write the day on which you did in updated:; where it no longer holds write status: superseded")}, true
	case "W01 ambit":
		return [2]schema.Text{schema.T("il codice del documento indica un ambito e il suo testo un altro", "the code of the document stands for one ambit and its text for another"),
			schema.T("correggi code: o ambit:, oppure codeScheme: in kit.md", "correct code: or ambit:, or codeScheme: in kit.md")}, true
	case "W01 phase":
		return [2]schema.Text{schema.T("il codice del documento indica una fase e la sua cartella un'altra", "the code of the document stands for one phase and its folder for another"),
			schema.T("correggi code: o phase:", "correct code: or phase:")}, true
	}
	return w, false
}
