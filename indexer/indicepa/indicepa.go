// Package indicepa reads the open data of the Index of public administrations (IndicePA): the table of the bodies
// ("enti"), as its portal gives it in CSV, TSV or JSON, and as it was called before 2021 ("amministrazioni").
//
// The table has a row a body, and in each row the name of the person who answers for it and the mailboxes of its offices.
// Those columns are never read: a [Body] has no room for them, so nothing that is written from it can hold them.
//
// What comes is hostile: bytes, rows and the length of every value are bounded.
package indicepa

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DefaultURL gives the table of the bodies as CSV: the resource "Enti" of the data set of the same name on the open data
// portal of the Index (CKAN's datastore dump; licence CC BY 4.0; renewed every day).
const DefaultURL = "https://indicepa.gov.it/ipa-dati/datastore/dump/d09adf99-dc10-4349-8c53-27b1e5aa97b6?bom=True&format=csv"

// Limits on what is read. The table has some 24,000 rows and 15 MB.
const (
	MaxBytes  = 64 << 20
	MaxBodies = 200_000 // rows, with or without a code
	maxValue  = 300     // bytes of one value; longer ones are cut
	maxCode   = 32      // characters of an IPA code; 16 is the longest in use
	maxFields = 200     // columns
)

// What can be wrong with a table as a whole, met with errors.Is.
var (
	// ErrNoTable: there is no table, or none with a column of IPA codes: often a web page that says why.
	ErrNoTable = errors.New("no table with a column of IPA codes")
	// ErrNoCodes: the table has the column, but no row with a code.
	ErrNoCodes = errors.New("no row with an IPA code")
	// ErrTooLarge: MaxBytes or MaxBodies was met.
	ErrTooLarge = errors.New("table too large")
	// ErrBroken: the table ends in the middle, or is not of the form that it begins in.
	ErrBroken = errors.New("table broken")
)

// Body is one public body as the Index knows it. Empty values are unknown.
type Body struct {
	IPA          string // as written there; compare in lower case
	Name         string
	CF           string // codice fiscale of the body, 11 digits; that of a person (16 signs) is never kept
	Category     string // code of the Index: L6 is a municipality
	ISTAT        string // of the municipality of its seat
	Cadastral    string // the same
	Municipality string
	Province     string
	Region       string
	Website      string
}

// columns are the names of the columns that are read, in both generations of the table, in lower case.
var columns = map[string]func(*Body) *string{
	"codice_ipa":              func(b *Body) *string { return &b.IPA },
	"denominazione_ente":      func(b *Body) *string { return &b.Name },
	"codice_fiscale_ente":     func(b *Body) *string { return &b.CF },
	"codice_categoria":        func(b *Body) *string { return &b.Category },
	"codice_comune_istat":     func(b *Body) *string { return &b.ISTAT },
	"codice_catastale_comune": func(b *Body) *string { return &b.Cadastral },
	"comune":                  func(b *Body) *string { return &b.Municipality },
	"provincia":               func(b *Body) *string { return &b.Province },
	"regione":                 func(b *Body) *string { return &b.Region },
	"sito_istituzionale":      func(b *Body) *string { return &b.Website },

	"cod_amm": func(b *Body) *string { return &b.IPA },
	"des_amm": func(b *Body) *string { return &b.Name },
	"cf":      func(b *Body) *string { return &b.CF },
}

// set puts a value in its place, clean and short; columns that are not read are passed over.
func (b *Body) set(column, value string) {
	if place, ok := columns[strings.ToLower(column)]; ok {
		*place(b) = plain(value)
	}
}

// sound says whether the row can be used, and drops what a body cannot have.
func (b *Body) sound() bool {
	if len(b.CF) != 11 || strings.Trim(b.CF, "0123456789") != "" {
		b.CF = ""
	}
	return ValidCode(b.IPA)
}

// ValidCode says whether s has the form of an IPA code: letters, digits, "_" and "-". It can be the name of a file.
func ValidCode(s string) bool {
	if s == "" || len(s) > maxCode {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	})
}

// plain makes one line of a value, without signs that do not print, and cuts it.
func plain(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, " "), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	if strings.EqualFold(s, "null") {
		return "" // how the older table writes nothing
	}
	for len(s) > maxValue {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}
