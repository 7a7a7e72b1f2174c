package legacy

import (
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// tableEndings are those of a file that may hold a table of the Index of public administrations.
var tableEndings = map[string]bool{"csv": true, "tsv": true, "txt": true, "xlsx": true, "ods": true}

// tableCodes are the names of the column of IPA codes, in the tables of today and in older ones.
var tableCodes = []string{"codice_ipa", "cod_amm"}

// isIndexTable says whether a text is a table of the Index of public administrations: its first line names the column of
// their codes. Such a table is what an import knows the bodies by, and no document of the kit that it lies in.
func isIndexTable(p string, t *catalog.Text) bool {
	_, ending := splitName(p)
	if !tableEndings[ending] || t == nil || len(t.Pages) == 0 {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimSpace(t.Pages[0].Text), "\n")
	first = strings.ToLower(first)
	return slices.ContainsFunc(tableCodes, func(s string) bool { return strings.Contains(first, s) })
}

// setTablesAside takes the tables of the Index out of what becomes documents, with their copies.
func (l *Layout) setTablesAside(text func(blob string) *catalog.Text) {
	gone := map[string]bool{}
	l.Items = slices.DeleteFunc(l.Items, func(it Item) bool {
		if !isIndexTable(it.Path, text(it.Blob)) {
			return false
		}
		gone[it.Path] = true
		l.Own = append(l.Own, Left{File: it.File, Why: schema.Tf("«%s» è l'elenco degli enti di IndicePA, e non un documento del kit", "%q is the list of bodies of IndicePA, and no document of the kit", named(it.Path))})
		return true
	})
	if len(gone) == 0 {
		return
	}
	l.Repeats = slices.DeleteFunc(l.Repeats, func(r Repeat) bool { return gone[r.Kept] })
	l.Findings = slices.DeleteFunc(l.Findings, func(f schema.Finding) bool { return gone[f.File] })
}
