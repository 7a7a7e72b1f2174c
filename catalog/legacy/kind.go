package legacy

import (
	"path"
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
)

const (
	maxKindFolders = 3   // above a file whose names may tell its kind
	maxKindBytes   = 400 // of the first page that may tell it
)

// KindOf gives the kind of a document, a value of document.kind ([schema.DocumentKinds]), and why (kit format, §L3, step
// 7). The name of the file tells it first, then its title, the folders around it, its format, and last its first words.
// title may be "" and t nil. A video shows a practice, as a presentation does; one for learning is training.
func KindOf(file, title string, t *catalog.Text) (kind string, why schema.Text) {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(file), "."))
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	base := padded(name)
	if kind := mediaKinds[ext]; kind != "" {
		if w := stemIn(base, learningWords); w != "" {
			return because("training", asWritten(name, w), schema.T("nel nome del file", "in the name of the file"))
		}
		return byFormat(kind, ext)
	}
	if archives[ext] { // what is packed is there to be used; only a clear word tells otherwise
		if k, w := kindIn(base, folderWords); k != "" {
			return because(k, asWritten(name, w), schema.T("nel nome del file", "in the name of the file"))
		}
		return byFormat("tools", ext)
	}
	if k, w := kindIn(base, kindWords); k != "" {
		return because(k, asWritten(name, w), schema.T("nel nome del file", "in the name of the file"))
	}
	if k, w := kindIn(padded(title), kindWords); k != "" {
		return because(k, asWritten(title, w), schema.T("nel titolo", "in the title"))
	}
	at := path.Dir(file)
	for range maxKindFolders {
		if at == "." || at == "/" {
			break
		}
		if k, w := kindIn(padded(path.Base(at)), folderWords); k != "" {
			return because(k, asWritten(path.Base(at), w), schema.Tf("nel nome della cartella «%s»", "in the name of the folder “%s”", path.Base(at)))
		}
		at = path.Dir(at)
	}
	if k, w := kindIn(base, weakWords); k != "" {
		return because(k, asWritten(name, w), schema.T("nel nome del file", "in the name of the file"))
	}
	if k, w := kindIn(padded(title), weakWords); k != "" {
		return because(k, asWritten(title, w), schema.T("nel titolo", "in the title"))
	}
	if kind := formatKinds[ext]; kind != "" {
		return byFormat(kind, ext)
	}
	first := firstWords(t)
	if k, w := kindIn(padded(first), kindWords); k != "" {
		return because(k, asWritten(first, w), schema.T("all'inizio del testo", "at the beginning of the text"))
	}
	return "other", schema.T("tipo non riconosciuto: non lo dicono né il nome, né il titolo, né l'inizio del testo", "the kind is not recognised: neither the name, nor the title, nor the beginning of the text tells it")
}

func byFormat(kind, ext string) (string, schema.Text) {
	label := schema.DocumentKinds.Label(kind)
	return kind, schema.Text{It: strings.ToLower(label.It) + ": lo dice il formato del file (." + ext + ")", En: strings.ToLower(label.En) + ": the format of the file says so (." + ext + ")"}
}

func because(kind, word string, where schema.Text) (string, schema.Text) {
	label := schema.DocumentKinds.Label(kind)
	return kind, schema.Text{
		It: strings.ToLower(label.It) + ": lo dice «" + word + "» " + where.It,
		En: strings.ToLower(label.En) + ": “" + word + "” " + where.En + " says so",
	}
}

// kindIn gives the kind of the first rule that has a word in a padded text, and the word.
func kindIn(text string, rules []kindRule) (kind, word string) {
	for _, r := range rules {
		if w := stemIn(text, r.stems); w != "" {
			return r.kind, w
		}
	}
	return "", ""
}

// stemIn gives the whole words of a padded text in which the first of the stems is found, or "".
func stemIn(text string, stems []string) string {
	for _, w := range stems {
		if at := strings.Index(text, w); at >= 0 {
			from, to := strings.LastIndexByte(text[:at+1], ' ')+1, at+len(w)
			if end := strings.IndexByte(text[to-1:], ' '); end >= 0 {
				to += end - 1
			}
			return strings.TrimSpace(text[from:to])
		}
	}
	return ""
}

// padded folds a name and puts a space around it, so that a stem with a space is the beginning of a word.
func padded(s string) string {
	return " " + strings.Join(strings.Fields(separators.Replace(fold(s))), " ") + " "
}

// asWritten gives folded words as a text has them: "allegato b" of "ALLEGATO_B"; where they are not to be found so, as they are.
func asWritten(text, folded string) string {
	want := strings.Fields(folded)
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || strings.ContainsRune(separatorRunes, r) })
	for i := 0; i+len(want) <= len(words); i++ {
		same := true
		for j, w := range want {
			if same = fold(words[i+j]) == w; !same {
				break
			}
		}
		if same && len(want) > 0 {
			return strings.Join(words[i:i+len(want)], " ")
		}
	}
	return folded
}

// separatorRunes are the signs between the words of a name.
const separatorRunes = "-._,:;()«»\"“”/"

var separators = strings.NewReplacer("-", " ", ".", " ", "_", " ", ",", " ", ":", " ", ";", " ", "(", " ", ")", " ", "«", " ", "»", " ", "\"", " ", "“", " ", "”", " ", "/", " ")

// firstWords are those at the beginning of a text.
func firstWords(t *catalog.Text) string {
	if t == nil || len(t.Pages) == 0 || t.Pages[0].N > 1 {
		return ""
	}
	s := privacy.WithoutMarks(t.Pages[0].Text)
	if len(s) > maxKindBytes {
		s = strings.ToValidUTF8(s[:maxKindBytes], "")
	}
	return s
}
