package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/indexer/indicepa"
	"github.com/open-community-pa/riuso/schema"
)

const (
	// maxOnly is how many entity files one run writes.
	maxOnly = 1_000
	// maxLost is the share of the codes of a list that the next one may be without: half a download looks like that.
	maxLost = 0.2
)

// writeBodies writes what was asked for; nothing when any of it cannot be right.
func (p *program) writeBodies(bodies []indicepa.Body, o fetching, now time.Time) error {
	chosen, err := p.chosen(bodies, o.only)
	if err != nil {
		return err
	}
	if o.to != "" {
		if err := p.writeList(bodies, o.to); err != nil {
			return err
		}
	}
	for _, b := range chosen {
		if err := p.writeEntity(b, o.dir, now); err != nil {
			return err
		}
	}
	return nil
}

// chosen gives the bodies whose codes were asked for, all of which must be there.
func (p *program) chosen(bodies []indicepa.Body, only string) (out []indicepa.Body, err error) {
	byCode := map[string]indicepa.Body{}
	for _, b := range bodies {
		byCode[strings.ToLower(b.IPA)] = b
	}
	var unknown []string
	for word := range strings.SplitSeq(strings.ToLower(only), ",") {
		word = strings.TrimPrefix(strings.TrimSpace(word), "ipa:")
		if word == "" {
			continue
		}
		if b, ok := byCode[word]; ok {
			out = append(out, b)
		} else {
			unknown = append(unknown, word)
		}
	}
	slices.Sort(unknown)
	switch {
	case len(unknown) > 0:
		return nil, p.said(errIndex, "nell'indice non ci sono: %s", "not in the index: %s", strings.Join(slices.Compact(unknown), ", "))
	case len(out) > maxOnly:
		return nil, usageError{p.said(catalog.ErrInvalid, "--only prende al massimo %d codici", "--only takes %d codes at most", maxOnly)}
	}
	return out, nil
}

// writeList writes all codes: as a table without persons when the file is called .csv, else one a line.
func (p *program) writeList(bodies []indicepa.Body, file string) error {
	if before, err := codesOf(file, legacy.NewRoll()); err == nil && float64(len(bodies)) < float64(len(before))*(1-maxLost) {
		return p.said(errIndex, "%[1]s ha %[2]d codici e il nuovo elenco solo %[3]d: se è giusto così, togli il file e riprova",
			"%[1]s has %[2]d codes and the new list only %[3]d: if that is right, remove the file and try again", file, len(before), len(bodies))
	}
	data := indicepa.Codes(bodies)
	if strings.EqualFold(filepath.Ext(file), ".csv") {
		var err error
		if data, err = indicepa.Table(bodies); err != nil {
			return err
		}
	}
	if err := replaceFile(file, data); err != nil {
		return err
	}
	return p.print(file + ": " + p.count(len(bodies), schema.T("codice scritto", "code written"), schema.T("codici scritti", "codes written")) + "\n")
}

// writeEntity writes the file of one body; one that is there already is the catalogue's own word, and stays.
func (p *program) writeEntity(b indicepa.Body, dir string, now time.Time) error {
	file := filepath.Join(dir, b.FileName())
	said := schema.T("%s: c'è già, non toccato\n", "%s: is there already, left as it is\n")
	if _, err := os.Lstat(file); errors.Is(err, os.ErrNotExist) {
		data, err := b.File(now)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := replaceFile(file, data); err != nil {
			return err
		}
		said = schema.T("%s: scritto\n", "%s: written\n")
	} else if err != nil {
		return err
	}
	return p.print(fmt.Sprintf(said.In(p.lang), file))
}

// replaceFile writes a file whole or not at all: beside it first, then in its place.
func replaceFile(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".riuso-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = io.Copy(f, bytes.NewReader(data))
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
