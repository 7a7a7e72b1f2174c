package site_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/catalogtest"
	"github.com/open-community-pa/riuso/site"
)

const assessment = "/kit/kit-cit/liste-di-controllo/assessment-organizzativo"

// post sends a form.
func post(t testing.TB, h http.Handler, path, contentType, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const formType = "application/x-www-form-urlencoded"

func parsed(t testing.TB, w *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	doc, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// Every item is a field with a label, the page says that nothing is kept, and nothing is sent in an address.
func TestChecklistIsAForm(t *testing.T) {
	doc := page(t, newSite(t, starterStore(t)), assessment, 200)
	form := byClass(doc, "checklist-form")[0]
	if attr(form, "method") != "post" || attr(form, "action") != assessment+"#result" || !strings.Contains(words(doc), "Le risposte non vengono conservate") {
		t.Errorf("method %q, action %q", attr(form, "method"), attr(form, "action"))
	}
	labels := map[string]bool{}
	for _, l := range all(form, "label") {
		labels[attr(l, "for")] = true
	}
	fields := append(all(form, "input"), all(form, "textarea")...)
	for _, f := range fields {
		if !labels[attr(f, "id")] {
			t.Errorf("the field %s has no label", attr(f, "name"))
		}
	}
	if len(fields) != 13 || len(byClass(doc, "calc-answer")) != 0 {
		t.Errorf("%d fields for the 13 items of the sheet, %d results", len(fields), len(byClass(doc, "calc-answer")))
	}
	survey := page(t, newSite(t, starterStore(t)), "/kit/kit-cit/liste-di-controllo/questionario-comuni", 200)
	if n := len(all(byClass(survey, "answer-choices")[0], "input")); n != 6 {
		t.Errorf("%d boxes to tick", n)
	}
}

// The sheet of Genova: 151 declared, 150 counted. What was typed is on the page, and nowhere else.
func TestChecklistIsComputed(t *testing.T) {
	var logged bytes.Buffer
	s := newSite(t, starterStore(t), func(c *site.Config) {
		c.Logger = slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	sent := url.Values{"v-ente": {"Ente segreto"}, "v-direzione": {`"><script>alert(1)</script>`}, "v-aderenti": {"151"}, "v-comuni": {"130"},
		"v-comunita-montane": {"11"}, "v-altri": {"9"}, "v-anno-costituzione": {"duemila"}, "v-che-non-esiste": {"x"}}
	w := post(t, s, assessment, formType, sent.Encode())
	for name, want := range map[string]string{"Cache-Control": "no-store", "Set-Cookie": "", "ETag": "", "Content-Encoding": ""} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if strings.Contains(w.Body.String(), "<script>alert") {
		t.Error("what was typed is not escaped")
	}
	doc := parsed(t, w)
	result := words(byClass(doc, "calc-answer")[0])
	for _, want := range []string{"«Numero di aderenti» è 151, ma le voci che lo compongono fanno 130 + 11 + 9 = 150", "W08", "non dà un punteggio", "Mancano risposte obbligatorie Unità organizzativa",
		"Risposte che la voce non prevede Anno di costituzione"} {
		if !strings.Contains(result, want) {
			t.Errorf("the result does not say %q: %s", want, result)
		}
	}
	if strings.Contains(result, "Direzione") {
		t.Error("an item that was answered is said to be missing")
	}
	if a := link(byClass(doc, "calc-answer")[0], "W08"); a == nil || attr(a, "href") != "/regole/W08" {
		t.Error("the code does not lead to its explanation")
	}
	if a := link(byClass(doc, "calc-answer")[0], "Unità organizzativa"); a == nil || len(byClass(doc, "calc-bad")) != 2 {
		t.Errorf("what is missing does not lead to its field, or %d fields are marked", len(byClass(doc, "calc-bad")))
	} else {
		found := false
		for _, li := range all(doc, "li") {
			found = found || "#"+attr(li, "id") == attr(a, "href")
		}
		if !found {
			t.Errorf("%s leads nowhere", attr(a, "href"))
		}
	}
	kept := false
	for _, in := range all(doc, "input") {
		kept = kept || attr(in, "name") == "v-ente" && attr(in, "value") == "Ente segreto"
	}
	if !kept {
		t.Error("who sends the form has to type it again")
	}
	if after := get(t, s, assessment).Body.String(); strings.Contains(after, "segreto") {
		t.Error("the next reader sees the answers")
	}
	sent.Set("v-unioni", "1")
	if text := words(byClass(parsed(t, post(t, s, "/en"+assessment, formType, sent.Encode())), "calc-answer")[0]); !strings.Contains(text, "The rules of coherence hold.") {
		t.Errorf("with one more it adds up: %s", text)
	}
	// A total that is no number was told as coherent with its parts: nothing was compared.
	sent.Set("v-aderenti", "centocinquanta")
	if h := words(byClass(parsed(t, post(t, s, assessment, formType, "v-aderenti=0")), "calc-answer")[0]); !strings.Contains(h, "Coerenza Le regole di coerenza sono rispettate") {
		t.Errorf("numbers that agree: %s", h)
	}
	unread := byClass(parsed(t, post(t, s, assessment, formType, sent.Encode())), "calc-answer")[0]
	if text := words(unread); strings.Contains(text, "sono rispettate") || !strings.Contains(text, "non si è potuta controllare") {
		t.Errorf("with a total that is no number: %s", text)
	}
	for _, bad := range []struct {
		contentType, body string
		status            int
	}{
		{"multipart/form-data; boundary=x", "segreto", http.StatusBadRequest},
		{formType, "v-ente=segreto%zz", http.StatusBadRequest},
		{formType, "v-ente=segreto" + strings.Repeat("a", 256<<10), http.StatusRequestEntityTooLarge},
	} {
		if w := post(t, s, assessment, bad.contentType, bad.body); w.Code != bad.status || strings.Contains(w.Body.String(), "segreto") {
			t.Errorf("%.40s: %d", bad.body, w.Code)
		}
	}
	if w := post(t, s, "/kit/kit-cit/liste-di-controllo/nessuna", formType, ""); w.Code != http.StatusNotFound {
		t.Errorf("a list that is not there: %d", w.Code)
	}
	if w := post(t, s, "/kit/kit-cit", formType, ""); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a page that takes nothing: %d", w.Code)
	}
	if log := logged.String(); strings.Contains(log, "segreto") || !strings.Contains(log, "413") {
		t.Errorf("the log: %s", log)
	}
}

// A list with a score: sections, what they mean, and what to read.
func TestChecklistScore(t *testing.T) {
	yes := true
	m := catalogtest.NewMemory()
	bring(t, m, catalog.Visit{Source: catalog.Source{ID: "s", Kind: "kit", URL: "https://git.example.it/k"}, Outcome: catalog.Full, Commit: commit, URL: "https://git.example.it/k",
		Tree: &catalog.Tree{Kits: []catalog.Kit{{Key: "https://git.example.it/k", URL: "https://git.example.it/k", Form: catalog.FormKit, ID: "k", Title: "K",
			Documents: []catalog.Document{{ID: "guida", Code: "B3", Title: "Guida agli atti"}},
			Checklists: []catalog.Checklist{{ID: "l", Title: "L", Sections: []catalog.Section{{ID: "a", Title: "Atti"}, {ID: "u", Title: "Uso"}},
				Items: []catalog.Item{
					{ID: "delibera", Section: "a", Text: "C'è la delibera?", Type: "yesno", Required: &yes},
					{ID: "convenzione", Section: "a", Text: "La convenzione com'è?", Type: "conformity"},
					{ID: "perche", Section: "a", Text: "Perché no?", Type: "text", Required: &yes, ShowIf: &catalog.ShowIf{Item: "delibera", Equals: "no"}},
					{ID: "giudizio", Section: "u", Text: "Quanto è usata?", Type: "likert"},
				},
				Scoring: &catalog.Scoring{Sections: []catalog.SectionScoring{{Section: "a", Max: "30"}},
					Bands: []catalog.Band{{UpTo: "60", Title: "Da completare", Text: "Mancano gli atti", Docs: []catalog.Ref{"doc:B3"}}, {Title: "Pronto"}, {Section: "u", Title: "In uso"}}},
			}}}}}})
	s := newSite(t, m)
	doc := parsed(t, post(t, s, "/kit/k/liste-di-controllo/l", formType, "v-delibera=no&v-convenzione=conform&v-giudizio=5"))
	result := byClass(doc, "calc-answer")[0]
	text := words(result)
	for _, want := range []string{"51,6%", "(16 su 31)", "Da completare . Mancano gli atti Da leggere:", "Atti 50% (15 su 30)", "Uso 100% (1 su 1) In uso .", "Mancano risposte obbligatorie Perché no?"} {
		if !strings.Contains(text, want) {
			t.Errorf("the result does not say %q: %s", want, text)
		}
	}
	if a := link(result, "Guida agli atti"); a == nil || attr(a, "href") != "/kit/k/documenti/guida" {
		t.Error("the band does not lead to what should be read")
	}
	if c := words(doc); !strings.Contains(c, "Solo se «C'è la delibera?»: No") {
		t.Error("the condition is not said in words")
	}
	if text := words(byClass(parsed(t, post(t, s, "/kit/k/liste-di-controllo/l", formType, "")), "calc-answer")[0]); !strings.Contains(text, "Il punteggio non si può calcolare") {
		t.Errorf("nothing was answered: %s", text)
	}
}
