package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/internal/demo"
	"github.com/open-community-pa/riuso/schema"
)

// What the kit format expects of this kit (§L4). Documents may differ by two in a cell, for other choices of grouping.
const (
	wantRepeats = 22
	wantInDumps = 27
	wantDumps   = 4
	wantDumped  = 79
	wantJunk    = 2
	wantHeaders = 15
	wantAbsent  = 13
	wantBodies  = 10
	tolerance   = 2
)

// wantCells are the documents by cell, "A/A3"; "A/" has no code.
func wantCells() map[string]int {
	return map[string]int{"A/A3": 2, "A/A4": 2, "A/A5": 17, "A/": 1, "B/B1": 6, "B/B2": 1, "B/B3": 54, "B/B5": 13, "C/C1": 1, "C/C3": 1, "/": 2}
}

// answer is what the API tells of the kit.
type answer struct {
	ID        string
	Reviewed  *bool
	Kit       catalog.Kit
	Adoptions []struct {
		catalog.Adoption
		EntityID string
	}
	Findings []struct{ Code, File string }
}

// figures prints what was understood beside what is expected.
func (s *show) figures(ctx context.Context, at string, k *repository) error {
	var list struct{ Kits []struct{ ID string } }
	if err := demo.Ask(ctx, at+"/api/v1/kits?url="+public, &list); err != nil {
		return err
	}
	if len(list.Kits) != 1 {
		return fmt.Errorf("%s is %d entries of the catalogue", public, len(list.Kits))
	}
	s.id = list.Kits[0].ID
	var a answer
	if err := demo.Ask(ctx, at+"/api/v1/kits/"+s.id, &a); err != nil {
		return err
	}
	s.must(a.Kit.Form == catalog.FormLegacy, "the kit's form is %q", a.Kit.Form)
	s.must(a.Reviewed != nil && !*a.Reviewed, "nothing says that its owner has not reviewed it")
	files := k.files()
	layout := legacy.Arrange(files)
	inDumps, dumped := 0, 0
	for _, r := range layout.Repeats {
		if r.InDump {
			inDumps++
		}
	}
	for _, d := range layout.Dumps {
		dumped += len(d.Files)
	}
	headers, bodies := 0, map[string]bool{}
	for _, d := range a.Kit.Documents {
		if d.OutputID != "" || d.ProjectAction != "" {
			headers++
		}
	}
	for _, ad := range a.Adoptions {
		if len(ad.Events) > 0 {
			bodies[ad.EntityID] = true
		}
	}
	rows := []row{
		{schema.T("file", "files"), len(files), 203, 0},
		{schema.T("doppioni fra i documenti", "repeats among documents"), len(layout.Repeats) - inDumps, wantRepeats, 0},
		{schema.T("doppioni nelle esportazioni", "repeats inside the dumps"), inDumps, wantInDumps, 0},
		{schema.T("esportazioni di altri programmi", "dumps of other programs"), len(layout.Dumps), wantDumps, 0},
		{schema.T("file delle esportazioni", "files of the dumps"), dumped, wantDumped, 0},
		{schema.T("componenti del kit", "components of the kit"), len(a.Kit.Components), wantDumps, 0},
		{schema.T("file di sistema", "junk"), len(layout.Junk), wantJunk, 0},
		{schema.T("blocchi «Stato del documento»", "blocks \"Stato del documento\""), headers, wantHeaders, 0},
		{schema.T("enti riusanti con una storia", "reusing bodies with a story"), len(bodies), wantBodies, 0},
	}
	got, want := cellsOf(a.Kit.Documents), wantCells()
	for _, c := range slices.Sorted(keys(got, want)) {
		rows = append(rows, row{schema.Tf("documenti in %s", "documents in %s", c), got[c], want[c], tolerance})
	}
	rows = append(rows, row{schema.T("schema dei codici", "code scheme"), index(a.Kit.CodeScheme.Name, "avviso-ocpa"), 1, 0})
	t := tabwriter.NewWriter(s.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, schema.T("\ncapito\tatteso (§L4)\t", "\nunderstood\texpected (§L4)\t").In(s.options.lang))
	for _, r := range rows {
		s.must(abs(r.got-r.want) <= r.within, "%s: %d, must be %d", r.what.En, r.got, r.want)
		fmt.Fprintf(t, "%d\t%d\t  %s\n", r.got, r.want, r.what.In(s.options.lang))
	}
	s.choosePages(&a)
	return t.Flush()
}

// row is one figure; within is by how much it may differ.
type row struct {
	what              schema.Text
	got, want, within int
}

func cellsOf(docs []catalog.Document) map[string]int {
	out := map[string]int{}
	for _, d := range docs {
		out[strings.Join(d.Phase, "")+"/"+d.Code]++
	}
	return out
}

func keys(ms ...map[string]int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, m := range ms {
			for k := range m {
				if !seen[k] && !yield(k) {
					return
				}
				seen[k] = true
			}
		}
	}
}

func index(got, want string) int {
	if got == want {
		return 1
	}
	return 0
}

func abs(n int) int { return max(n, -n) }

// choosePages picks the pages of which pictures are taken.
func (s *show) choosePages(a *answer) {
	s.pages = map[string]string{"kit": "/kit/" + a.ID, "ricerca": "/cerca?q=checklist+cila", "matrice": "/kit/" + a.ID + "#matrice"}
	for _, d := range a.Kit.Documents {
		for _, at := range d.Attachments {
			if at.Text != nil && at.Text.Pages > 10 {
				s.pages["allegato"] = "/kit/" + a.ID + "/allegati/" + at.ID()
				s.pages["documento"] = "/kit/" + a.ID + "/documenti/" + d.ID
				break
			}
		}
	}
	for _, ad := range a.Adoptions {
		s.pages["adozione"] = "/kit/" + a.ID + "/adozioni/" + ad.EntityID
	}
}
