// Package notice writes what the catalogue would say to whoever keeps a repository: what was looked at, when, what is wrong
// with file and line, what to do. It is a plain text, ready to be sent by whoever wants to: the catalogue itself never
// writes to anybody. Pages show it and a webhook of the operator may carry it, so it knows neither.
package notice

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// The bounds of a text (house rule 5): it is for a person, who corrects some things and is visited again.
const (
	MaxFindings = 20    // told one by one; the others are counted
	maxSentence = 400   // characters of one sentence that others wrote, or quote
	maxText     = 16384 // bytes of the whole; what does not fit is on the page of the source
)

// Needed says whether there is anything to tell: a finding that stands, a visit that failed or found nothing there, or one
// that waits to be confirmed. A source that is off, or no longer listed, has nothing to be told.
func Needed(st *catalog.SourceState) bool {
	if !st.Source.On() || st.Removed || len(st.Visits) == 0 {
		return false
	}
	o := st.Last().Outcome
	errors, warnings, _ := schema.Weigh(st.Findings)
	return errors+warnings > 0 || st.Held != nil || o == catalog.Failed || o == catalog.Absent
}

// ForOwner says whether what there is to tell is for whoever keeps the repository. What the operator of the catalogue
// corrects, as a folder that the source names wrongly, or what goes by itself is nothing to write to others about, unless
// something that stands in their files is wrong, too.
func ForOwner(st *catalog.SourceState) bool {
	if !Needed(st) {
		return false
	}
	r, wrong := st.Remedy()
	stand := st.Findings
	if st.WrongFolder() {
		stand = slices.DeleteFunc(slices.Clone(stand), catalog.OfFolder)
	}
	errors, warnings, _ := schema.Weigh(stand)
	unknown := st.Last().Outcome == catalog.Failed && st.Last().Fault == "" // of an older version
	if !wrong || errors+warnings > 0 || unknown {
		return true
	}
	return r.Turn == catalog.TurnPublisher || r.Turn == catalog.TurnKeeper || r.Turn == catalog.TurnList
}

// Fingerprint names a set of problems: equal sets have equal names, whatever their order and wherever in a file they
// slipped to, so that they are announced once. Findings that are ignored do not count; none gives "".
func Fingerprint(findings []schema.Finding) string {
	var set []string
	for _, f := range findings {
		if f.Ignored == "" {
			set = append(set, strings.Join([]string{string(f.Severity), f.Code, f.File, f.Key, f.Message.It}, "\x00"))
		}
	}
	if len(set) == 0 {
		return ""
	}
	slices.Sort(set)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(set), "\x01")))
	return hex.EncodeToString(sum[:8])
}

// Text is the whole letter in one language, in lines that end with \n. base is the scheme and host of the site, without a
// slash at its end; with "" there are no links. It holds no data of persons, and is the same for the same state.
func Text(st catalog.SourceState, base string, lang schema.Lang) string {
	w := writer{lang: lang, base: base}
	last := st.Last()
	w.say("Buongiorno,", "Good morning,")
	w.line("")
	w.opening(&st)
	w.line("")
	w.outcome(&st, last)
	stand := slices.Clone(st.Findings)
	slices.SortStableFunc(stand, func(a, b schema.Finding) int { return cmp.Compare(weight(a), weight(b)) })
	w.list(stand, schema.T("Altre %d segnalazioni sono nella pagina della fonte.", "%d more findings are on the page of the source."))
	w.line("")
	w.say("Quando hai corretto non serve avvisarci: la visita successiva legge di nuovo e questo avviso non vale più.",
		"Once you have corrected it there is no need to tell us: the next visit reads again, and this notice no longer holds.")
	if base != "" {
		w.line("")
		w.say("Com'è andata la visita, e le precedenti: %s", "How the visit went, and those before it: %s", w.page("/fonti/"+url.PathEscape(string(st.Source.ID))))
		if len(st.Findings) > 0 {
			w.say("Le regole, una per una: %s", "The rules, one by one: %s", w.page("/regole"))
		}
	}
	return privacy.MaskPersons(w.b.String())
}

// writer puts lines together in one language.
type writer struct {
	lang schema.Lang
	base string
	b    strings.Builder
}

func (w *writer) line(s string) { w.b.WriteString(s + "\n") }

func (w *writer) say(it, en string, args ...any) { w.line(schema.Tf(it, en, args...).In(w.lang)) }

// page is the address of a page of the site in the language of the text.
func (w *writer) page(path string) string {
	if w.lang == schema.En {
		path = "/en" + path
	}
	return w.base + path
}

// opening says what was looked at and when.
func (w *writer) opening(st *catalog.SourceState) {
	at := cmp.Or(public(st.Source.URL), public(st.URL)) // what was asked: its owner knows no other
	name := sentence(st.Source.Title)
	if name == "" && st.Source.Parent != "" { // the id of what a list names is made of the address
		_, name, _ = strings.Cut(at, "://")
	}
	name = cmp.Or(name, sentence(string(st.Source.ID)))
	w.say("il catalogo del riuso ha visitato la fonte «%s».", "the reuse catalogue has visited the source \"%s\".", name)
	w.line("")
	if at != "" {
		w.say("Indirizzo: %s", "Address: %s", at)
	}
	w.say("Visita del: %s", "Visited on: %s", moment(st.Last().At))
	if c := st.Commit; c != "" {
		w.say("Commit letto: %s", "Commit that was read: %s", sentence(c))
	}
}

// outcome says how the visit ended, when that is part of the trouble.
func (w *writer) outcome(st *catalog.SourceState, last catalog.VisitSummary) {
	switch {
	case last.Outcome == catalog.Failed:
		w.say("La visita non è riuscita.", "The visit failed.")
		w.reason(last.Reason)
		w.remedy(st)
		if !st.LastRead.IsZero() && (len(st.Keys) > 0 || st.Listing != nil && len(st.Listing.Places) > 0) {
			w.say("Ciò che avevamo letto prima resta nel catalogo.", "What we had read before stays in the catalogue.")
		}
	case last.Outcome == catalog.Absent:
		w.say("A quell'indirizzo non c'è più nulla che si possa leggere.", "There is nothing left that can be read at that address.")
		w.reason(last.Reason)
		w.remedy(st)
	case st.Held != nil:
		w.say("La visita toglierebbe dal catalogo %d voci in una volta sola, e per prudenza non l'abbiamo applicata. Se è voluto non occorre fare nulla: la conferma viene dalla visita successiva o da chi gestisce il catalogo. Se non lo è, controlla che non sia stato cancellato o spostato qualcosa per sbaglio.",
			"The visit would take %d entries out of the catalogue at once, and to be safe we did not apply it. If that is what you want, nothing has to be done: the next visit or whoever runs the catalogue confirms it. If it is not, please check that nothing was deleted or moved by mistake.", len(st.Held.Keys))
	case last.Outcome == catalog.Partial:
		w.say("La visita ha letto solo una parte.", "The visit read only a part.")
		w.reason(last.Reason)
	default:
		w.say("La visita è riuscita.", "The visit went well.")
	}
}

// remedy says whose turn it is and what to do.
func (w *writer) remedy(st *catalog.SourceState) {
	r, ok := st.Remedy()
	if !ok {
		return
	}
	w.line("")
	w.line(r.Who().In(w.lang))
	w.say("Che cosa fare: %s", "What to do: %s", r.Do.In(w.lang))
}

func (w *writer) reason(t schema.Text) {
	if why := sentence(t.In(w.lang)); why != "" {
		w.say("Perché: %s", "Why: %s", ended(why))
	}
}

// list tells what is wrong in the order given, each once. rest says with their number where those are that it leaves out.
func (w *writer) list(fs []schema.Finding, rest schema.Text) {
	var stand []schema.Finding
	for _, f := range fs {
		if f.Ignored == "" {
			stand = append(stand, f)
		}
	}
	if len(stand) == 0 {
		return
	}
	errors, warnings, _ := schema.Weigh(stand)
	w.line("")
	w.say("Che cosa non va (errori: %d, avvisi: %d)", "What is wrong (errors: %d, warnings: %d)", errors, warnings)
	told := 0
	for i := range stand {
		one := writer{lang: w.lang, base: w.base}
		one.finding(i+1, &stand[i])
		if told == MaxFindings || w.b.Len()+one.b.Len() > maxText-2048 { // what follows must fit too
			break
		}
		w.b.WriteString(one.b.String())
		told++
	}
	if more := len(stand) - told; more > 0 {
		w.line("")
		w.say(rest.It, rest.En, more)
	}
}

func (w *writer) finding(n int, f *schema.Finding) {
	w.line("")
	where := sentence(f.File)
	if where != "" && f.Line > 0 {
		where += schema.Tf(", riga %d", ", line %d", f.Line).In(w.lang)
	}
	if where != "" && f.Key != "" {
		where += " (" + sentence(f.Key) + ")"
	}
	kind := schema.T("avviso", "warning")
	if f.Severity == schema.Error {
		kind = schema.T("errore", "error")
	}
	if where != "" {
		where = ", " + where
	}
	w.line(fmt.Sprintf("%d. %s%s", n, strings.ToUpper(kind.In(w.lang)), where))
	w.line("   " + ended(upper(sentence(f.Message.In(w.lang)))))
	if do := sentence(f.Hint.In(w.lang)); do != "" {
		w.say("   Che cosa fare: %s", "   What to do: %s", ended(do))
	}
	if w.base != "" && f.Code != "" {
		w.say("   La regola %s: %s", "   Rule %s: %s", sentence(f.Code), w.page("/regole/"+url.PathEscape(f.Code)))
	}
}

func weight(f schema.Finding) int {
	if f.Severity == schema.Error {
		return 0
	}
	return 1
}

// sentence makes one bounded line of what others may have written.
func sentence(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if rs := []rune(s); len(rs) > maxSentence {
		s = string(rs[:maxSentence]) + "…"
	}
	return s
}

// upper begins a sentence with a capital, unless its first word is a name as files write it ("kit.md").
func upper(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if strings.ToLower(first) != first || strings.ContainsAny(first, "._/:") {
		return s
	}
	rs := []rune(s)
	if len(rs) > 0 {
		rs[0] = unicode.ToUpper(rs[0])
	}
	return string(rs)
}

// ended ends a sentence with a mark.
func ended(s string) string {
	if s == "" || strings.ContainsRune(".!?…", []rune(s)[len([]rune(s))-1]) {
		return s
	}
	return s + "."
}

// public gives an address that a stranger may read: of the web, without a name and a password; "" for any other.
func public(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return ""
	}
	u.User = nil
	return sentence(u.String())
}

// moment is a day and an hour that both languages read without doubt (RFC 3339 without its T).
func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
