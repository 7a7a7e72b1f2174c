package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCodesAreReadInEveryForm(t *testing.T) {
	for name, text := range map[string]string{
		"list": "c_x001\r\n  P_XX \n\n", "URNs": "urn:x-italian-pa:c_x001\nURN:X-Italian-PA:p_xx\n",
		"table": "\ufeffCodice_IPA,Denominazione_ente\nC_X001,Comune\np_xx,Provincia\n", "older table": "cod_amm\tdes_amm\nc_x001\tComune\np_xx\tProvincia\n",
		"JSON": `{"fields":[{"id":"Codice_IPA"}],"records":[["c_x001"],["p_xx"]]}`,
	} {
		file := filepath.Join(t.TempDir(), "codes")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		known, err := readCodes(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !known("C_x001") || !known("p_XX") || known("c_x002") || known("codice_ipa") || known("") {
			t.Errorf("%s is badly read", name)
		}
	}
	if known, err := readCodes(""); known != nil || err != nil {
		t.Error("no file checks codes")
	}
	file := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(file, []byte(`{"fields": [{"id": "Codice_IPA"}], "rec`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readCodes(file); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("half a table: %v", err)
	}
}
