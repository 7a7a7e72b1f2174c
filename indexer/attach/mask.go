package attach

import (
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/privacy"
)

// markSecret stands in place of a password, a key, a token or an address of an internal network.
const markSecret = privacy.MarkSecret

// mask takes out of a page what does not belong in public, and tells each kind of it once, without quoting it. Data of
// persons go by the rule by which they go wherever the catalogue shows something ([privacy.MaskPersons]), and with a mailbox the name of its owner right before it: minutes and
// lists of who was there are full of both.
func mask(page *catalog.TextPage, numbered bool) (masked int, faults []catalog.TextFault) {
	leaks := privacy.Find(page.Text)
	times := map[privacy.Kind]int{}
	var kinds []privacy.Kind
	var out strings.Builder
	copied := 0
	for _, leak := range leaks {
		if times[leak.Kind]++; times[leak.Kind] == 1 {
			kinds = append(kinds, leak.Kind)
		}
		if leak.Kind.Code() == "W05" {
			out.WriteString(page.Text[copied:leak.From])
			out.WriteString(markSecret)
			copied = leak.To
			masked++
		}
	}
	out.WriteString(page.Text[copied:])
	before, named := privacy.MaskOwners(out.String())
	masked += named
	page.Text = privacy.MaskPersons(before)
	doubtful := 0
	for _, mark := range []string{privacy.MarkMail, privacy.MarkPhone, privacy.MarkTaxCode} {
		doubtful += max(0, strings.Count(page.Text, mark)-strings.Count(before, mark))
	}
	masked += doubtful
	for _, kind := range kinds {
		if kind.Code() == "W04" {
			doubtful -= times[kind]
		}
		faults = append(faults, leakFault(kind, times[kind], page.N, numbered))
	}
	if doubtful > 0 {
		faults = append(faults, doubtFault(doubtful, page.N, numbered))
	}
	return masked, faults
}

// doubtFault tells of places that were masked although they may be nobody's: who reads the page must know why.
func doubtFault(times, page int, numbered bool) catalog.TextFault {
	f := catalog.TextFault{Code: "W04", Severity: schema.Warning,
		Message: schema.Tf("forse caselle o numeri di persone: nascosti per prudenza (%d)", "perhaps mailboxes or numbers of persons: masked to be safe (%d)", times),
		Hint:    schema.T("se sono di un ufficio o di una ditta non serve fare nulla; se sono di persone, sostituisci il file con uno che non li contiene", "if they are of an office or a firm nothing has to be done; if they are of persons replace the file by one without them")}
	if numbered {
		f.Page = page
	}
	return f
}

// leakFault tells one kind of what was found on a page.
func leakFault(kind privacy.Kind, times, page int, numbered bool) catalog.TextFault {
	f := catalog.TextFault{Code: kind.Code(), Severity: schema.Warning}
	for _, said := range privacy.Tell("", "", []privacy.Leak{{Kind: kind}}) { // of an empty place: what it is, and no more
		f.Message, f.Hint = said.Message, said.Hint
	}
	if numbered {
		f.Page = page // which whoever tells the fault puts before it
	}
	if times > 1 {
		f.Message.It += schema.Tf(" (%d volte)", " (%d times)", times).It
		f.Message.En += schema.Tf(" (%d volte)", " (%d times)", times).En
	}
	return f
}

// maskAll masks every page, and tells at most maxPrivacy times what was found.
func maskAll(t *catalog.Text) {
	numbered := t.PageCount > 1
	told, left := 0, 0
	for i := range t.Pages {
		t.Pages[i].Label = privacy.MaskPersons(t.Pages[i].Label)
		n, faults := mask(&t.Pages[i], numbered)
		t.Masked += n
		for _, f := range faults {
			if told++; told < maxPrivacy {
				t.Faults = append(t.Faults, f)
			} else {
				left++
			}
		}
	}
	if left > 0 {
		t.Faults = append(t.Faults, catalog.TextFault{Code: "W04", Severity: schema.Warning,
			Message: schema.Tf("… e altri %d casi di dati di persone o riservati nelle pagine seguenti", "… and %d more cases of data of persons or secrets on the pages that follow", left),
			Hint:    schema.T("correggi quelli mostrati, poi pubblica di nuovo il file", "mend those that are shown, then publish the file again")})
	}
}
