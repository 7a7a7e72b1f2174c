package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/indexer"
	"github.com/open-community-pa/riuso/schema"
)

// writeImport writes the proposal and its report, and tells what it did. What a person wrote or edited stays.
func (p *program) writeImport(ctx context.Context, at *imported, practice *indexer.Practice, o importing) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	proposal := *practice.Proposal
	proposal.Files = slices.Concat(proposal.Files, proposal.Waiting)
	if o.report == "" {
		proposal.Files = append(proposal.Files, legacy.ProposedFile{Path: legacy.ReportPath, Data: proposal.Report})
	}
	if !o.dry {
		if err := os.MkdirAll(o.into, 0o755); err != nil {
			return err
		}
	}
	writes := legacy.Rebase(&proposal, func(name string) ([]byte, bool) {
		data, err := os.ReadFile(filepath.Join(o.into, filepath.FromSlash(name)))
		return data, err == nil
	})
	if !o.dry {
		if err := putAll(ctx, at, writes, practice.Proposal.Report, o); err != nil {
			return err
		}
	}
	return p.tellImport(at, practice, writes, o)
}

// putAll writes below one folder, and never through a link that leaves it.
func putAll(ctx context.Context, at *imported, writes []legacy.Write, report []byte, o importing) (err error) {
	root, err := os.OpenRoot(o.into)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if at.zip != nil {
		if err := unpack(ctx, root, at.zip); err != nil {
			return err
		}
	}
	todo := slices.DeleteFunc(slices.Clone(writes), func(w legacy.Write) bool { return !w.Writes() && w.Action != legacy.ActionReplaced })
	if len(todo) == 0 {
		return writeReport(report, o)
	}
	old, err := readSome(filepath.Join(o.into, legacy.TracePath), maxTrace)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err = put(root, legacy.Write{Path: legacy.TracePath, Data: legacy.Begun(old, todo), Action: legacy.ActionUpdate})
	if errors.Is(err, fs.ErrPermission) {
		return &fs.PathError{Op: "write", Path: o.into, Err: fs.ErrPermission}
	}
	if err != nil {
		return err
	}
	trace := slices.IndexFunc(writes, func(w legacy.Write) bool { return w.Path == legacy.TracePath })
	if !writes[trace].Writes() { // the trace of before is right: it comes back
		todo = append(todo, legacy.Write{Path: legacy.TracePath, Data: old, Action: legacy.ActionUpdate})
	}
	for _, w := range todo {
		if w.Action == legacy.ActionReplaced {
			if err := root.Remove(filepath.FromSlash(w.Path)); err != nil {
				return err
			}
			continue
		}
		if dir := path.Dir(w.Path); dir != "." {
			if err := root.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		if err := put(root, w); err != nil {
			return err
		}
	}
	return writeReport(report, o)
}

// writeReport writes the report where the operator wants it.
func writeReport(report []byte, o importing) error {
	if o.report == "" {
		return nil
	}
	return os.WriteFile(o.report, report, 0o644)
}

// put writes one file: a new one only where there is none.
func put(root *os.Root, w legacy.Write) error {
	return whole(root, w.Path, bytes.NewReader(w.Data), w.Action == legacy.ActionNew && w.Path != legacy.TracePath)
}

// unfinishedEnding is that of a file while it is written. Imports leave such files out.
const unfinishedEnding = ".riuso.tmp"

// whole writes a file under another name and then gives it its own: nobody finds half of it there.
func whole(root *os.Root, name string, from io.Reader, isNew bool) error {
	if _, err := root.Lstat(name); isNew && err == nil {
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
	}
	out, err := root.OpenFile(name+unfinishedEnding, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, from)
	if err = errors.Join(err, out.Close()); err == nil {
		err = root.Rename(name+unfinishedEnding, name)
	}
	if err != nil {
		return errors.Join(err, root.Remove(name+unfinishedEnding))
	}
	return nil
}

// unpack lays the files of a ZIP beside the proposal, which points at them; what is there stays.
func unpack(ctx context.Context, root *os.Root, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err = cmp.Or(err, ctx.Err()); err != nil || !d.Type().IsRegular() {
			return err
		}
		if dir := path.Dir(name); dir != "." {
			if err := root.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		in, err := files.Open(name)
		if err != nil {
			return err
		}
		if err = whole(root, name, io.LimitReader(in, info.Size()), true); errors.Is(err, fs.ErrExist) {
			err = nil
		}
		return errors.Join(err, in.Close())
	})
}

// tellImport says what was written, what stays as somebody edited it and what would have changed there, and what comes next.
func (p *program) tellImport(at *imported, practice *indexer.Practice, writes []legacy.Write, o importing) error {
	var b strings.Builder
	say := func(t schema.Text, args ...any) { fmt.Fprintf(&b, t.In(p.lang), args...) }
	n, kept := map[legacy.Action]int{}, []string(nil)
	for _, w := range writes {
		if w.Path != legacy.TracePath {
			n[w.Action]++
		}
		name := filepath.Join(o.into, filepath.FromSlash(w.Path))
		switch w.Action {
		case legacy.ActionEdited:
			if len(w.Would) == 0 {
				kept = append(kept, name)
				continue
			}
			say(schema.T("corretto da voi, lasciato com'è: %s; ora l'importazione scriverebbe (+) al posto di (-):\n", "edited by you, left as it is: %s; the import would now write (+) instead of (-):\n"), name)
			for line := range strings.Lines(string(w.Would)) {
				b.WriteString("    " + line)
			}
			if strings.Contains(string(w.Would), movedLine) {
				say(schema.T("  il file di questa scheda ora sta altrove, o si chiama altrimenti: copia nella scheda la riga path: segnata con (+)\n", "  the file of this record lies elsewhere now, or is called otherwise: copy the line path: marked with (+) into the record\n"))
			}
		case legacy.ActionDeleted:
			say(schema.T("tolto da voi, non riscritto: %s\n", "taken away by you, not written again: %s\n"), name)
		case legacy.ActionReplaced:
			say(schema.T("sostituito da una storia con il codice dell'ente, tolto: %s\n", "replaced by a story with the code of its body, taken away: %s\n"), name)
		case legacy.ActionUnneeded:
			say(schema.T("non serve più, lasciato dov'è: %s\n", "no longer needed, left where it is: %s\n"), name)
		}
	}
	if len(kept) > 0 {
		say(schema.T("corretto da voi, lasciato com'è: %s\n", "edited by you, left as it is: %s\n"), someNames(kept))
	}
	documents := p.count(len(practice.Understanding.Documents), schema.T("documento", "document"), schema.T("documenti", "documents"))
	if n[legacy.ActionEdited]+n[legacy.ActionDeleted] > 0 { // what is left the check knows better
		say(schema.T("%s: punteggio %d, %s\n", "%s: score %d, %s\n"), at.name, practice.Score, documents)
	} else {
		say(schema.T("%s: punteggio %d, %s, %s\n", "%s: score %d, %s, %s\n"), at.name, practice.Score, documents,
			p.count(len(practice.Proposal.Gaps), schema.T("cosa da completare", "thing to complete"), schema.T("cose da completare", "things to complete")))
	}
	verb := schema.T("in %s: %d nuovi, %d aggiornati, %d uguali, %d corretti o tolti da voi\n", "in %s: %d new, %d updated, %d the same, %d edited or taken away by you\n")
	if o.dry {
		verb = schema.T("prova, niente è stato scritto; in %s: %d nuovi, %d aggiornati, %d uguali, %d corretti o tolti da voi\n", "rehearsal, nothing was written; in %s: %d new, %d updated, %d the same, %d edited or taken away by you\n")
	}
	say(verb, o.into, n[legacy.ActionNew], n[legacy.ActionUpdate], n[legacy.ActionSame], n[legacy.ActionEdited]+n[legacy.ActionDeleted])
	if names := practice.Nameless(); len(names) > 0 {
		say(schema.T("%s nominati nei documenti senza che se ne conosca il codice IPA (%s): riuso entities fetch --to %[3]s, poi ripeti con --entities %[3]s\n", "%s named in the documents and whose IPA code is not known (%s): riuso entities fetch --to %[3]s, then again with --entities %[3]s\n"),
			p.count(len(names), schema.T("ente", "body"), schema.T("enti", "bodies")), someNames(names), tableFor(o.into))
	}
	report := o.report
	if report == "" {
		report = filepath.Join(o.into, legacy.ReportPath)
	}
	if !o.dry {
		if at.commit != "" {
			say(schema.T("Ora leggi %s. Le schede rimandano ai file del repository: copia ciò che c'è in %s nella tua copia del repository, e lì: riuso check .\n", "Now read %s (in Italian). The records point at the files of the repository: copy what is in %s into your copy of it, and there: riuso check .\n"), report, o.into)
		} else {
			say(schema.T("Ora leggi %s. Poi: riuso check %s\n", "Now read %s (in Italian). Then: riuso check %s\n"), report, o.into)
		}
		if called := os.Args[0]; strings.ContainsAny(called, `/\`) {
			say(schema.T("Nei comandi al posto di riuso scrivi il percorso con cui l'hai avviato, per esempio bin/riuso.\n", "In the commands write the path by which you started it, such as bin/riuso, in place of riuso.\n"))
		}
	}
	return p.print(b.String())
}

// tableFor names a file for the table of the Index: never one of the kit.
func tableFor(into string) string {
	if rel, err := relative(into, "."); err == nil && rel != ".." && !strings.HasPrefix(rel, "../") {
		return "../enti.csv"
	}
	return "enti.csv"
}

// movedLine begins, in the diff of a record, the line of the path of its file.
const movedLine = "+   - path: "

// maxTold is how many names one line of the output has.
const maxTold = 4

func someNames(names []string) string {
	if len(names) > maxTold {
		names = append(slices.Clone(names[:maxTold]), "…")
	}
	return strings.Join(names, ", ")
}
