package indicepa

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Read reads the table in whichever form it comes, told from its first bytes. It gives the bodies in the order of the
// rows, each code once; rows without a code are passed over. The error is one of this package, or that of in.
func Read(in io.Reader) ([]Body, error) {
	limited := &io.LimitedReader{R: in, N: MaxBytes + 1}
	r := bufio.NewReader(limited)
	if bom, err := r.Peek(3); err == nil && bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		if _, err := r.Discard(len(bom)); err != nil {
			return nil, err
		}
	}
	t := table{met: map[string]bool{}}
	first, err := r.Peek(1)
	switch {
	case errors.Is(err, io.EOF):
		return nil, ErrNoTable
	case err != nil:
		return nil, err
	case first[0] == '{':
		err = t.json(json.NewDecoder(r))
	default:
		err = t.csv(r)
	}
	switch {
	case limited.N <= 0:
		return nil, fmt.Errorf("%w: more than %d MB", ErrTooLarge, MaxBytes>>20)
	case err != nil:
		return nil, err
	case len(t.bodies) == 0:
		return nil, ErrNoCodes
	}
	return t.bodies, nil
}

// table gathers the rows.
type table struct {
	names  []string // of the columns
	rows   int
	bodies []Body
	met    map[string]bool
}

// head takes the names of the columns.
func (t *table) head(names []string) error {
	if len(names) > maxFields || !slices.ContainsFunc(names, func(n string) bool {
		return strings.EqualFold(n, "codice_ipa") || strings.EqualFold(n, "cod_amm")
	}) {
		return ErrNoTable
	}
	t.names = slices.Clone(names)
	return nil
}

func (t *table) add(b Body) error {
	if t.rows++; t.rows > MaxBodies {
		return fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxBodies)
	}
	code := strings.ToLower(b.IPA)
	if !b.sound() || t.met[code] {
		return nil
	}
	t.met[code] = true
	t.bodies = append(t.bodies, b)
	return nil
}

func (t *table) row(values []string) error {
	var b Body
	for i, v := range values[:min(len(values), len(t.names))] {
		b.set(t.names[i], v)
	}
	return t.add(b)
}

// csv reads values separated by commas, semicolons or tabs, whichever the first line has most of.
func (t *table) csv(r *bufio.Reader) error {
	start, err := r.Peek(4 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	line, _, _ := bytes.Cut(start, []byte{'\n'})
	rows := csv.NewReader(r)
	rows.FieldsPerRecord, rows.LazyQuotes, rows.ReuseRecord = -1, true, true
	for _, c := range []byte(";\t") {
		if bytes.Count(line, []byte{c}) > bytes.Count(line, []byte(string(rows.Comma))) {
			rows.Comma = rune(c)
		}
	}
	for first := true; ; first = false {
		values, err := rows.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF) && first:
			return ErrNoTable
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &wrong):
			return fmt.Errorf("%w: %w", ErrBroken, err)
		case err != nil:
			return err
		case first:
			err = t.head(values)
		default:
			err = t.row(values)
		}
		if err != nil {
			return err
		}
	}
}

// json reads what the portal's datastore gives: {"fields": [{"id": …}], "records": [[…]]}, or the same with a mapping a
// record, at the top or under "result". The records are taken one by one.
func (t *table) json(d *json.Decoder) error {
	err := t.object(d, 0)
	if err != nil && !errors.Is(err, ErrNoTable) && !errors.Is(err, ErrTooLarge) {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err == nil && t.names == nil && len(t.bodies) == 0 {
		return ErrNoTable
	}
	return err
}

// maxResult is how deep the records may stand: at the top, or under "result".
const maxResult = 1

func (t *table) object(d *json.Decoder, depth int) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		switch {
		case key == "result" && depth < maxResult:
			err = t.object(d, depth+1)
		case key == "fields":
			err = t.fields(d)
		case key == "records":
			err = t.records(d)
		default:
			var skipped json.RawMessage
			err = d.Decode(&skipped)
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (t *table) fields(d *json.Decoder) error {
	var fields []struct {
		ID string `json:"id"`
	}
	if err := d.Decode(&fields); err != nil {
		return err
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.ID
	}
	return t.head(names)
}

func (t *table) records(d *json.Decoder) error {
	if open, err := d.Token(); err != nil || open != json.Delim('[') {
		return errors.Join(err, ErrNoTable)
	}
	for d.More() {
		var record any
		if err := d.Decode(&record); err != nil {
			return err
		}
		var b Body
		switch values := record.(type) {
		case []any:
			for i, v := range values[:min(len(values), len(t.names))] {
				b.set(t.names[i], text(v))
			}
		case map[string]any:
			for name, v := range values {
				b.set(name, text(v))
			}
		}
		if err := t.add(b); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// text gives a value that is a text; the table has no others that are read.
func text(v any) string {
	s, ok := v.(string)
	if !ok {
		return ""
	}
	return s
}
