package legacy

import (
	"path"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// Limits of what is looked at for the score (house rule 5).
const (
	maxScoredText = 1 << 20 // bytes of README, and of publiccode.yml
	maxWrappers   = 3       // folders that hold all the others, as those of a ZIP do
)

// Recognise says what a repository is, by the paths of its files and the contents of the README and the publiccode.yml at
// its root, "" where there is none (kit format, §L2). Each point of the score has its reason.
//
// Two of the rules are read so that software does not become a kit by its words: acts and roles are looked for in the
// names of documents only (a table, a class or a page of a program may be called "delibera" too), and a repository
// without phases whose files of code outnumber its documents counts as one that holds only code.
func Recognise(paths []string, readme, publicCode string) Recognition {
	s := survey(paths)
	r := Recognition{Documents: s.documents}
	add := func(value int, why schema.Text) {
		r.Points = append(r.Points, Point{Value: value, Why: why})
		r.Score += value
	}
	if s.kit != "" {
		add(pointsKit, schema.Tf("c'è già un file kit.md («%s»): non c'è nulla da importare", "there is a kit.md already (%q): nothing is to be imported", clipped(shown(s.kit), maxQuotedName)))
	}
	if n := len(s.phases); n >= minPhaseFolders {
		add(pointsPhases, schema.Tf("%d cartelle hanno nomi di fasi: %s", "%d folders have names of phases: %s", n, some(s.phases)))
	}
	if n := len(s.annexes); n >= minAnnexFolders {
		add(pointsAnnexes, schema.Tf("%d cartelle hanno nomi di allegati: %s", "%d folders have names of annexes: %s", n, some(s.annexes)))
	}
	text := foldText(readme) + foldText(publicCode)
	if w := firstOf(text, kitWords); w != "" {
		add(pointsWords, schema.Tf("il README o il publiccode.yml parlano di «%s»", "the README or the publiccode.yml speak of %q", w))
	}
	if s.act != "" {
		add(pointsActs, schema.Tf("un documento ha il nome di un atto: «%s»", "a document has the name of an act: %q", named(s.act)))
	}
	if s.role != "" {
		add(pointsRoles, schema.Tf("un nome parla di enti riusanti o di un cedente: «%s»", "a name speaks of reusing bodies or of a ceding one: %q", named(s.role)))
	}
	if w := firstOf(text, programWords); w != "" {
		add(pointsProgram, schema.Tf("i testi parlano del programma: «%s»", "the texts speak of the programme: %q", w))
	}
	switch {
	case len(s.phases) > 0:
	case s.documents == 0:
		add(pointsCode, schema.T("non ci sono né documenti di ufficio né cartelle di fasi", "there are neither office documents nor folders of phases"))
	case s.code > s.documents:
		add(pointsCode, schema.Tf("è soprattutto codice (%d file contro %d documenti) e non ci sono cartelle di fasi", "it is mostly code (%d files against %d documents) and there are no folders of phases", s.code, s.documents))
	}
	described := publicCode != "" || s.described
	switch {
	case s.kit != "":
		r.Verdict = Kit
	case r.Score >= minPractice:
		r.Verdict = Practice
	case described: // with one or two points its text is worth more, but it is an entry in any case
		r.Verdict = Software
	default:
		r.Verdict = Nothing
	}
	return r
}

// surveyed is what the names of the files of a repository tell.
type surveyed struct {
	kit             string   // path of a kit.md
	described       bool     // there is a publiccode.yml at the root
	phases, annexes []string // folders, in order
	act, role       string   // first document that is so named
	documents, code int      // files
}

func survey(paths []string) surveyed {
	paths = slices.Sorted(slices.Values(paths))
	var s surveyed
	s.kit = kitFile(paths)
	top := wrapper(paths)
	folders := map[string]bool{}
	for _, p := range paths {
		s.described = s.described || p == "publiccode.yml" || p == "publiccode.yaml"
		for dir := shallow(folderOf(p)); dir != "" && !folders[dir]; dir = folderOf(dir) {
			folders[dir] = true
			sign := readName(path.Base(dir))
			if sign.phase != "" && folderOf(dir) == top {
				s.phases = append(s.phases, dir)
			}
			if sign.annex != "" {
				s.annexes = append(s.annexes, dir)
			}
		}
		stem, ending := splitName(p)
		switch {
		case codeFormats[ending]:
			s.code++
		case officeFormats[ending] && !isJunkName(p):
			s.documents++
			if s.act == "" && firstOf(" "+foldName(stem)+" ", actWords) != "" {
				s.act = p
			}
			if s.role == "" && firstOf(" "+foldName(stem)+" ", roleWords) != "" {
				s.role = p
			}
		}
	}
	slices.Sort(s.phases)
	slices.Sort(s.annexes)
	return s
}

// kitFile gives the kit.md that catalog.Read takes: that of the root, of a kit in kits/, or of a folder that has a
// publiccode.yml; "" where there is none. The paths are in order.
func kitFile(paths []string) string {
	has := func(p string) bool {
		_, ok := slices.BinarySearch(paths, p)
		return ok
	}
	if has("kit.md") {
		return "kit.md"
	}
	i, _ := slices.BinarySearch(paths, "kits/")
	for ; i < len(paths) && strings.HasPrefix(paths[i], "kits/"); i++ {
		if path.Base(paths[i]) == "kit.md" && strings.Count(paths[i], "/") == 2 {
			return paths[i]
		}
	}
	folders, _ := catalog.DescriptorFolders(paths)
	for _, dir := range folders {
		if p := dir + "/kit.md"; has(p) {
			return p
		}
	}
	return ""
}

// wrapper gives the folder whose folders are the top ones: the root, but where that holds one folder only and that one is
// no phase and no annex.
func wrapper(paths []string) string {
	at := ""
	for range maxWrappers {
		only := ""
		for _, p := range paths {
			rest, below := strings.CutPrefix(p, at)
			first, _, folder := strings.Cut(rest, "/")
			if !below || !folder || strings.HasPrefix(first, ".") || strings.EqualFold(first, junkFolder) {
				continue
			}
			if only != "" && only != first {
				return strings.TrimSuffix(at, "/")
			}
			only = first
		}
		if s := readName(only); only == "" || s.phase != "" || s.annex != "" {
			break
		}
		at += only + "/"
	}
	return strings.TrimSuffix(at, "/")
}

// folderOf gives the folder that a path lies in; "" is the root.
func folderOf(p string) string {
	i := strings.LastIndexByte(p, '/')
	if i < 0 {
		return ""
	}
	return p[:i]
}

// foldText makes a text comparable word by word: what is neither a letter nor a digit nor an apostrophe is a space, and so
// are its two ends.
func foldText(s string) string {
	s = fold(s[:min(len(s), maxScoredText)])
	s = strings.Map(func(r rune) rune {
		if r == '\'' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f {
			return r
		}
		return ' '
	}, s)
	return " " + strings.Join(strings.Fields(s), " ") + " "
}

// firstOf gives the first of some words that a text holds, without its spaces, or "".
func firstOf(text string, words []string) string {
	for _, w := range words {
		if strings.Contains(text, w) {
			return strings.TrimSpace(w)
		}
	}
	return ""
}

// maxExamples are the names that a sentence gives of many.
const maxExamples = 5

// some names the first of many paths for a sentence.
func some(paths []string) string {
	var names []string
	for _, p := range paths[:min(len(paths), maxExamples)] {
		names = append(names, "«"+named(p)+"»")
	}
	if len(paths) > maxExamples {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}
