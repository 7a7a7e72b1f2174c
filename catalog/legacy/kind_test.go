package legacy

import (
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

func TestKindOf(t *testing.T) {
	for _, c := range []struct{ file, title, text, kind, why string }{
		{"a/07_CHECKLIST CILA.docx", "", "", "checklist", "«CHECKLIST» nel nome del file"},
		{"a/Mappatura processi/13_CHECKLIST SCIA.docx", "", "", "checklist", "nome del file"},
		{"Mappatura processi/03 uffici.pub", "", "", "process-map", "cartella «Mappatura processi»"},
		{"BPMN 2.0/1. Autorizzazioni.pdf", "", "", "process-map", "«BPMN»"},
		{"flusso.bpmn", "", "", "process-map", ".bpmn"},
		{"13_Protocollo_Intesa completo.pdf", "", "", "administrative-tools", "«Protocollo Intesa»"},
		{"Convenzione_02.05.2018.p7m", "", "", "administrative-tools", "«Convenzione»"},
		{"Integrazione protocollo informatico.pdf", "", "", "tools", "«Integrazione»"},
		{"QUESTIONARIO PER DIRIGENTI.docx", "", "", "questionnaire", "«QUESTIONARIO»"},
		{"Manuale utente.pdf", "", "", "manual", "«Manuale»"},
		{"x.pdf", "Report di analisi degli ambiti", "", "analysis", "nel titolo"},
		{"Relazione finale.pdf", "", "", "report", "«Relazione»"},
		{"FASE A Analisi e Decisione/x.pdf", "", "", "other", "non è riconosciuto"},
		{"Presentazioni/072018 modello.pdf", "", "", "presentation", "cartella «Presentazioni»"},
		{"Video/1. Istruttoria.mp4", "", "", "presentation", ".mp4"},
		{"Video/Tutorial per operatori.mp4", "", "", "training", "«Tutorial»"},
		{"ME_gestionaleManualeUtenza_V1.0.pdf", "", "", "manual", "«gestionaleManualeUtenza»"},
		{"modello.pptx", "", "", "presentation", ".pptx"},
		{"Sperimentazione.zip", "", "", "tools", ".zip"},
		{"Piano di comunicazione.pdf", "", "", "communication-plan", "«Piano di comunicazione»"},
		{"x.pdf", "", "Linee guida per gli enti\n", "guideline", "inizio del testo"},
	} {
		kind, why := KindOf(c.file, c.title, textOf(c.text))
		if kind != c.kind || !strings.Contains(why.It, c.why) && c.kind != "other" || why.En == "" || why.It == "" {
			t.Errorf("%s: %s (%s), want %s", c.file, kind, why.It, c.kind)
		}
		if !schema.DocumentKinds.Has(kind) {
			t.Errorf("%s: %q is no kind", c.file, kind)
		}
	}
}

func TestRulesOfKindsNameKinds(t *testing.T) {
	for _, rules := range [][]kindRule{kindWords, folderWords, weakWords} {
		for _, r := range rules {
			if !schema.DocumentKinds.Has(r.kind) {
				t.Errorf("%q is no kind", r.kind)
			}
		}
	}
	for _, h := range ambitHints {
		if !schema.Ambits.Has(h.kind) {
			t.Errorf("%q is no ambit", h.kind)
		}
	}
	for _, k := range eventOrder {
		if !schema.EventKinds.Has(k) {
			t.Errorf("%q is no event", k)
		}
	}
}
