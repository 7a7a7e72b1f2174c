package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/catalog/starter"
	"github.com/open-community-pa/riuso/indexer/indicepa"
)

// target is the folder in which an import of something writes.
func (o *importing) target(from string) string {
	if o.into != "" {
		return o.into
	}
	if info, err := os.Stat(from); err == nil && info.IsDir() && !isBare(from) {
		return from
	}
	base := filepath.Base(filepath.FromSlash(strings.TrimRight(from, "/")))
	return strings.TrimSuffix(strings.TrimSuffix(base, filepath.Ext(base)), ".git")
}

// recall takes over what an earlier import into the same folder was told, where this one is not told otherwise; and of the
// stories that lie there now, whose code somebody may have written, the bodies.
func (o *importing) recall(from string, roll *legacy.Roll) error {
	dir := o.target(from)
	trace, err := readSome(filepath.Join(dir, legacy.TracePath), maxTrace)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) { // what cannot be opened is told when it is opened
		return nil
	}
	if err != nil {
		return err
	}
	url, a := legacy.Recall(trace)
	if strings.HasPrefix(url, "https://") {
		o.url = cmp.Or(o.url, url)
	}
	o.answers = legacy.Answers{Status: cmp.Or(o.answers.Status, a.Status), Updated: cmp.Or(o.answers.Updated, a.Updated)}
	o.kept = map[catalog.EntityRef]string{}
	for _, k := range catalog.Read(os.DirFS(dir), catalog.ReadOptions{Forks: true}).Kits {
		for _, a := range k.Adoptions {
			if k.Folder == "" && o.kept[a.Entity] == "" {
				o.kept[a.Entity] = a.Path
				roll.Add(a.Entity, a.Name)
			}
		}
	}
	legacy.RecallBodies(trace, roll)
	return nil
}

// enroll enters the public bodies that are known by name: those of the catalogue in which the folder lies, those that the
// operator names, and those of the starter catalogue.
func (p *program) enroll(out *legacy.Roll, from string, more []string) error {
	enter := func(list []catalog.Entity) {
		for i := range list {
			out.Add(list[i].Ref(), list[i].Name)
		}
	}
	if abs, err := filepath.Abs(from); err == nil && !strings.Contains(from, "://") {
		for range maxAbove + 1 {
			if exists(filepath.Join(abs, "catalogue.md")) {
				enter(catalog.Read(os.DirFS(abs), catalog.ReadOptions{}).Entities)
				break
			}
			abs = filepath.Dir(abs)
		}
	}
	for _, name := range more {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if info.IsDir() {
			dir := name
			if !exists(filepath.Join(dir, "catalogue.md")) {
				dir = filepath.Join(dir, "..")
			}
			list := catalog.Read(os.DirFS(dir), catalog.ReadOptions{}).Entities
			if len(list) == 0 {
				return p.said(catalog.ErrInvalid, "--entities: in %s non ci sono schede di enti: ci vuole la cartella di un catalogo, o la tabella di IndicePA", "--entities: there are no entity files in %s: it takes the folder of a catalogue, or the table of IndicePA", name)
			}
			enter(list)
			continue
		}
		if err := p.enterTable(out, name); err != nil {
			return err
		}
	}
	enter(catalog.Read(starter.FS(), catalog.ReadOptions{}).Entities)
	return nil
}

// enterTable takes the bodies of a table of the Index of public administrations.
func (p *program) enterTable(out *legacy.Roll, name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	bodies, err := indicepa.Read(f)
	if err != nil {
		return p.unfitTable(name, err)
	}
	for _, b := range bodies {
		out.Add(catalog.EntityRef("ipa:"+strings.ToLower(b.IPA)), b.Name)
	}
	return nil
}
