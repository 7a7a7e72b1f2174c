package notice

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

const base = "https://riuso.example.it"

func state(o catalog.Outcome, fs ...schema.Finding) catalog.SourceState {
	return catalog.SourceState{Source: catalog.Source{ID: "bs", Title: "Provincia di Brescia", Kind: "kit", URL: "https://git.example.it/bs/kit"},
		Commit: "0123abcd", Findings: fs, Visits: []catalog.VisitSummary{{At: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), Outcome: o}}}
}

func problem(code, file string, line int, sev schema.Severity) schema.Finding {
	return schema.Finding{File: file, Line: line, Severity: sev, Code: code, Message: schema.T("manca il titolo", "the title is missing"),
		Hint: schema.T("scrivi title", "write title")}
}

func TestTextSaysWhatWhereAndWhatToDo(t *testing.T) {
	st := state(catalog.Full, problem("W03", "docs/a.md", 3, schema.Warning), problem("E02", "kit.md", 12, schema.Error))
	it, en := Text(st, base, schema.It), Text(st, base, schema.En)
	for text, want := range map[*string][]string{
		&it: {"Provincia di Brescia", "https://git.example.it/bs/kit", "2026-11-22 10:00 UTC", "0123abcd", "1. ERRORE, kit.md, riga 12", "   Manca il titolo.",
			"Che cosa fare: scrivi title.", base + "/regole/E02", base + "/fonti/bs", "2. AVVISO, docs/a.md, riga 3", "errori: 1, avvisi: 1"},
		&en: {"1. ERROR, kit.md, line 12", "The title is missing.", "What to do: write title.", base + "/en/regole/E02", base + "/en/fonti/bs"},
	} {
		for _, w := range want {
			if !strings.Contains(*text, w) {
				t.Errorf("no %q in\n%s", w, *text)
			}
		}
	}
	if strings.Contains(Text(st, "", schema.It), "http://") || strings.Contains(Text(st, "", schema.It), "/regole") {
		t.Error("a link without an address of the site")
	}
}

func TestTextOfEachOutcome(t *testing.T) {
	for o, want := range map[catalog.Outcome]string{catalog.Failed: "non è riuscita", catalog.Absent: "non c'è più nulla", catalog.Partial: "solo una parte", catalog.Full: "La visita è riuscita"} {
		st := state(o)
		st.Visits[0].Reason = schema.T("l'host non risponde", "the host does not answer")
		got := Text(st, base, schema.It)
		if !strings.Contains(got, want) || (o != catalog.Full) != strings.Contains(got, "Perché: l'host non risponde.") {
			t.Errorf("%s:\n%s", o, got)
		}
	}
	st := state(catalog.Full)
	st.Held = &catalog.Hold{Keys: make([]catalog.RecordKey, 7)}
	if got := Text(st, base, schema.It); !strings.Contains(got, "7 voci") {
		t.Error(got)
	}
}

// A place from which nothing was ever read was told that what had been read stays, and each failure that the address should
// answer without a password, an empty repository and one that this catalogue cannot reach alike.
func TestTextOfAFailureFitsIt(t *testing.T) {
	const stays, operator = "Ciò che avevamo letto prima resta", "Questo lo corregge chi gestisce il catalogo."
	failed := func(f catalog.Fault) catalog.SourceState {
		st := state(catalog.Failed)
		st.Visits[0].Fault = f
		return st
	}
	read := failed(catalog.FaultContents)
	read.LastRead, read.Keys = read.Visits[0].At, []catalog.RecordKey{{Kind: catalog.KindKit, Key: "k"}}
	for name, c := range map[string]struct {
		st        catalog.SourceState
		say, keep []string
		owner     bool
	}{
		"of an older version":  {state(catalog.Failed), []string{"riproviamo da soli"}, []string{stays, operator}, true},
		"busy":                 {failed(catalog.FaultWait), []string{"riproviamo da soli"}, []string{stays, operator}, false},
		"private":              {failed(catalog.FaultPrivate), []string{"renda pubblico", "--tokens"}, []string{stays, operator}, true},
		"private network":      {failed(catalog.FaultNetwork), []string{operator, "--allow-net"}, []string{stays}, false},
		"this very catalogue":  {failed(catalog.FaultSelf), []string{operator, "cancellato"}, []string{stays}, false},
		"folder":               {failed(catalog.FaultSource), []string{operator}, []string{stays}, false},
		"certificate":          {failed(catalog.FaultServer), []string{"Tocca a chi gestisce il server"}, []string{operator}, true},
		"damaged, read before": {read, []string{"L'indirizzo risponde:", stays}, []string{operator}, true},
	} {
		got := Text(c.st, base, schema.It)
		for _, w := range c.say {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", name, w, got)
			}
		}
		for _, w := range c.keep {
			if strings.Contains(got, w) {
				t.Errorf("%s: %q in\n%s", name, w, got)
			}
		}
		if ForOwner(&c.st) != c.owner || !Needed(&c.st) {
			t.Errorf("%s: for the owner: %v", name, !c.owner)
		}
	}
	st := failed(catalog.FaultNetwork)
	if st.Findings = []schema.Finding{problem("E02", "kit.md", 12, schema.Error)}; !ForOwner(&st) {
		t.Error("what is wrong in the files of the owner is not told")
	}
	st = state(catalog.Full, schema.Finding{Code: "V02", Severity: schema.Error, Message: schema.T("non c'è la cartella", "there is no folder")})
	if !ForOwner(&st) {
		t.Error("a repository without a kit is nobody's")
	}
	if st.Source.Folder = "kits/no"; ForOwner(&st) || !Needed(&st) {
		t.Error("the publisher is to mend a folder that the source names")
	}
}

// The owner knows the address that was asked, and not the one under which a catalogue keeps it; the id of a place that a
// list names is no name.
func TestTextNamesThePlaceThatWasAsked(t *testing.T) {
	st := state(catalog.Failed)
	st.Source.ID, st.Source.Title, st.Source.Parent = "api--git-example-it-bs-kit-0a1b2c", "", "api"
	st.Source.URL, st.URL = "http://git.example.it/bs/kit.git", "https://git.example.it/bs/kit"
	got := Text(st, "", schema.It)
	if !strings.Contains(got, "Indirizzo: http://git.example.it/bs/kit.git\n") || !strings.Contains(got, "«git.example.it/bs/kit.git»") || strings.Contains(got, "api--") {
		t.Error(got)
	}
}

func TestNeeded(t *testing.T) {
	off, ignored := false, problem("W03", "a", 1, schema.Warning)
	ignored.Ignored = "motivo"
	for name, c := range map[string]struct {
		st   catalog.SourceState
		want bool
	}{
		"all well":        {state(catalog.Full), false},
		"only ignored":    {state(catalog.Full, ignored), false},
		"a finding":       {state(catalog.Unchanged, problem("W03", "a", 1, schema.Warning)), true},
		"failed":          {state(catalog.Failed), true},
		"never visited":   {catalog.SourceState{}, false},
		"switched off":    {func() catalog.SourceState { s := state(catalog.Failed); s.Source.Enabled = &off; return s }(), false},
		"no longer there": {func() catalog.SourceState { s := state(catalog.Failed); s.Removed = true; return s }(), false},
	} {
		if got := Needed(&c.st); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestFingerprintIsOfTheSet(t *testing.T) {
	a, b := problem("E02", "kit.md", 12, schema.Error), problem("W03", "docs/a.md", 3, schema.Warning)
	slipped, ignored := a, b
	slipped.Line, ignored.Ignored = 99, "motivo"
	same := Fingerprint([]schema.Finding{a, b})
	for _, fs := range [][]schema.Finding{{b, a}, {a, b, a}, {slipped, b}} {
		if got := Fingerprint(fs); got != same {
			t.Errorf("%v is another set", fs)
		}
	}
	for _, fs := range [][]schema.Finding{{a}, {a, ignored}, {a, b, problem("E02", "altro.md", 1, schema.Error)}} {
		if got := Fingerprint(fs); got == same || got == "" {
			t.Errorf("%v is the same set", fs)
		}
	}
	if Fingerprint([]schema.Finding{a}) != Fingerprint([]schema.Finding{a, ignored}) || Fingerprint(nil) != "" || Fingerprint([]schema.Finding{ignored}) != "" {
		t.Error("what is ignored counts")
	}
}

// TestNothingPrivateIsTold holds the letter to what pages promise: no persons, no paths of the machine, no credentials.
func TestNothingPrivateIsTold(t *testing.T) {
	f := problem("E02", "kit.md", 1, schema.Error)
	f.Message = schema.T("il referente è mario.rossi@comune.paperopoli.it\ncellulare 347 1234567", "x")
	st := state(catalog.Full, f)
	st.URL, st.Source.URL = "file:///srv/git/kit", "https://utente:parola@git.example.it/kit"
	got := Text(st, base, schema.It)
	for _, secret := range []string{"mario.rossi", "347", "/srv/", "parola", "utente"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q is told:\n%s", secret, got)
		}
	}
}

func TestTextIsBounded(t *testing.T) {
	var fs []schema.Finding
	for i := range 200 {
		f := problem("E02", fmt.Sprint(strings.Repeat("x", 5000), i), 1, schema.Error)
		f.Message.It, f.Hint.It = strings.Repeat("parola ", 1000), strings.Repeat("parola ", 1000)
		fs = append(fs, f)
	}
	got := Text(state(catalog.Failed, fs...), base, schema.It)
	if len(got) > maxText || !strings.Contains(got, "altre") && !strings.Contains(got, "Altre") {
		t.Errorf("%d bytes", len(got))
	}
}

func FuzzText(f *testing.F) {
	f.Add("kit.md", "manca", "scrivi", "https://example.it/a", "titolo")
	f.Add("\x00\x1b[31m", "\n\n", strings.Repeat("a", 9999), "http://[::1", "\u202e")
	f.Fuzz(func(t *testing.T, file, message, hint, addr, title string) {
		st := state(catalog.Failed, schema.Finding{File: file, Code: file, Key: title, Line: 1, Message: schema.T(message, hint), Hint: schema.T(hint, "")})
		st.URL, st.Source.Title, st.Visits[0].Reason = addr, title, schema.T(message, message)
		for _, lang := range []schema.Lang{schema.It, schema.En} {
			got := Text(st, base, lang)
			if len(got) > 2*maxText || !utf8.ValidString(got) || strings.ContainsAny(got, "\x00\x1b\r\u202e") {
				t.Errorf("%q", got)
			}
		}
	})
}
