package indexer

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// annotate tells in each attachment of a kit which bytes it is, and what was read of them. The paths of a kit are those below
// its folder.
func (t *Texts) annotate(k *catalog.Kit, blob func(path string) string) {
	catalog.EachAttachment(k, func(a *catalog.Attachment) {
		a.Blob = blob(path.Join(k.Folder, a.Path))
		a.Text = t.note(a.Blob)
	})
}

// note is what a record tells of a text.
func (t *Texts) note(blob string) *catalog.TextNote {
	if text := t.ByBlob[blob]; text != nil {
		n := &catalog.TextNote{Format: text.Format, Bytes: text.Bytes, Language: text.Language, Pages: text.PageCount, Incomplete: text.Incomplete, Signed: text.Signed, Masked: text.Masked, Faults: text.Faults}
		for _, p := range text.Pages {
			n.Words += words(p.Text)
		}
		return n
	}
	if m, ok := t.Missed[blob]; ok {
		return &catalog.TextNote{Faults: []catalog.TextFault{m.fault()}}
	}
	return nil
}

func words(s string) int {
	n, in := 0, false
	for _, r := range s {
		word := !unicode.IsSpace(r)
		if word && !in {
			n++
		}
		in = word
	}
	return n
}

// fault says what it means for the reader that the bytes of a file did not come.
func (m Missed) fault() catalog.TextFault {
	f := catalog.TextFault{Code: "T08", Severity: schema.Warning, Message: m.Reason,
		Hint: schema.T("controlla che il file sia nel repository e si possa scaricare; se è molto grande, riducilo o pubblicalo altrove e scrivine l'indirizzo", "check that the file is in the repository and can be downloaded; if it is very large make it smaller, or publish it elsewhere and write its address")}
	switch m.Why {
	case MissedLarge:
		f.Code = "T05"
		f.Hint = schema.T("riduci o dividi il file, togli le copie, o dividi il materiale in più kit", "make the file smaller or split it, remove copies, or split the material into several kits")
	case MissedRefused:
		f.Hint = schema.T("chi gestisce il server deve attivare la versione 2 del protocollo Git; in attesa, i file si aprono dal repository", "whoever runs the server has to switch version 2 of Git's protocol on; until then the files are opened in the repository")
	case MissedHere:
		f.Hint = schema.T("nel file non c'è nulla da correggere: la prossima visita prova di nuovo; se succede ogni volta, chi gestisce il catalogo ne trova la causa nel registro", "there is nothing to mend in the file: the next visit tries again; if it happens each time, whoever runs the catalogue finds the cause in the log")
	case MissedBudget, MissedBroken:
		f.Hint = schema.T("non serve fare nulla, se alle prossime visite il file viene letto; se non succede, riducilo o pubblicalo altrove e scrivine l'indirizzo", "nothing has to be done if one of the next visits reads the file; if none does, make it smaller, or publish it elsewhere and write its address")
	}
	return f
}

// findings tells the faults of the attachments of a kit where they lie.
func (t *Texts) findings(k *catalog.Kit) []schema.Finding {
	var out []schema.Finding
	seen := map[string]bool{}
	for _, h := range catalog.Attachments(k) {
		a := h.Attachment
		if a.Text == nil || seen[a.Path] {
			continue
		}
		seen[a.Path] = true
		for _, f := range a.Text.Faults {
			out = append(out, f.Finding(path.Join(k.Folder, a.Path)))
		}
	}
	return out
}

// attached reads the attachments of the hand-written kits of a visit.
func (c *Crawler) attached(ctx context.Context, v *catalog.Visit, co *Checkout) error {
	a := c.cfg.Attachments
	if a == nil {
		return nil
	}
	var paths []string
	takenDown := c.takenDown(v, co)
	for i := range v.Tree.Kits {
		if k := &v.Tree.Kits[i]; k.Form == catalog.FormKit {
			paths = append(paths, readable(k, co, takenDown)...)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	t, err := a.read(ctx, co, textsOf{paths: paths, most: askOf(&v.Source).MaxBytes, again: v.Confirmed, from: v.Source.ID})
	c.spent(v, t)
	if err != nil {
		return err
	}
	for i := range v.Tree.Kits {
		k := &v.Tree.Kits[i]
		if k.Form != catalog.FormKit {
			continue
		}
		t.annotate(k, co.blob)
		v.Tree.Findings = append(v.Tree.Findings, t.findings(k)...)
	}
	return nil
}

// spent adds what the attachments took to the visit. What was left for the next visit makes it read again.
func (c *Crawler) spent(v *catalog.Visit, t *Texts) {
	v.Bytes += t.Bytes
	v.Requests += t.Requests
	v.Texts = append(v.Texts, t.Fresh...)
	if t.Unfinished {
		v.Mark = ""
	}
	if t.here > 0 {
		c.cfg.Logger.Warn("attachments could not be read on this machine; the next visit tries again", "source", v.Source.ID, "files", t.here, "err", t.hereErr)
	}
}

// blob is Blob where the reader can tell.
func (co *Checkout) blob(p string) string {
	if co.Blob == nil || strings.HasPrefix(p, "../") {
		return ""
	}
	return co.Blob(p)
}

// readable lists the attachments of a kit, from the root of the repository, without those that are taken down and those with
// the same bytes.
func readable(k *catalog.Kit, co *Checkout, takenDown func(*catalog.Kit, string) bool) []string {
	var out []string
	gone := map[string]bool{"": true} // what is not in the commit
	for _, h := range catalog.Attachments(k) {
		p := path.Join(k.Folder, h.Attachment.Path)
		if out = append(out, p); takenDown(k, h.Attachment.Path) {
			gone[co.blob(p)] = true
		}
	}
	return slices.DeleteFunc(out, func(p string) bool { return gone[co.blob(p)] })
}

// takenDown says of a file of a kit, by its path below the kit's folder, whether the catalogue keeps its text out: then it is
// not read. The file need not be among the attachments that are known of the kit; one that was renamed is known by what it
// holds.
func (c *Crawler) takenDown(v *catalog.Visit, co *Checkout) func(k *catalog.Kit, file string) bool {
	excluded := c.home.Load().policy.Excluded
	if v.Source.ID == catalog.CatalogueSource && v.Tree.Catalogue != nil { // its word of this very commit
		excluded = v.Tree.Catalogue.Exclusions
	}
	if len(excluded) == 0 {
		return func(*catalog.Kit, string) bool { return false }
	}
	kept := catalog.KeepOut(excluded)
	return func(k *catalog.Kit, file string) bool {
		only := &catalog.Kit{URL: k.URL, Folder: k.Folder, Attachments: []catalog.Attachment{{Path: file, Blob: co.blob(path.Join(k.Folder, file))}}}
		r := &catalog.Record{Kind: catalog.KindKit, Key: k.Key, URL: v.URL, Kit: only}
		_, whole := kept.Names(r)
		_, out := kept.Attachment(r, file)
		return whole || out
	}
}
