package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/legacy"
	"github.com/open-community-pa/riuso/indexer/indicepa"
)

// readCodes reads the IPA codes of a file: a list with one a line, plain or as URNs, or the table of the Index of public
// administrations, as `riuso entities fetch` writes it or as it comes. No file gives no check.
func readCodes(path string) (known func(code string) bool, err error) {
	known, _, err = readBodies(path)
	return known, err
}

// readBodies reads the codes and, where the file is a table, the names of the bodies.
func readBodies(path string) (known func(code string) bool, names legacy.Bodies, err error) {
	if path == "" {
		return nil, nil, nil
	}
	roll := legacy.NewRoll()
	codes, err := codesOf(path, roll)
	if err != nil {
		return nil, nil, err
	}
	return func(code string) bool { return codes[strings.ToLower(code)] }, roll, nil
}

// urnIPA stands before each code in the vocabulary of the community of publiccode.yml.
const urnIPA = "urn:x-italian-pa:"

// codesOf gives the codes of a file in lower case, and enters the names that it has.
func codesOf(path string, roll *legacy.Roll) (codes map[string]bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	codes = map[string]bool{}
	in := bufio.NewReader(io.LimitReader(f, indicepa.MaxBytes+1))
	if isTable(in) {
		bodies, err := indicepa.Read(in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, b := range bodies {
			codes[strings.ToLower(b.IPA)] = true
			roll.Add(catalog.EntityRef("ipa:"+strings.ToLower(b.IPA)), b.Name)
		}
		return codes, nil
	}
	for lines := bufio.NewScanner(in); ; {
		if !lines.Scan() {
			if lines.Err() != nil {
				return nil, fmt.Errorf("%s: %w", path, lines.Err())
			}
			return codes, nil
		}
		if code := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(lines.Text())), urnIPA); code != "" {
			codes[code] = true
		}
	}
}

// isTable looks at the first line: a table names its columns.
func isTable(in *bufio.Reader) bool {
	start, err := in.Peek(in.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return false // the reading will meet the same error
	}
	line, _, _ := bytes.Cut(start, []byte{'\n'})
	line = bytes.ToLower(line)
	return bytes.HasPrefix(line, []byte("{")) || bytes.Contains(line, []byte("codice_ipa")) || bytes.Contains(line, []byte("cod_amm"))
}
