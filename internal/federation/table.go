package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/internal/demo"
	"github.com/open-community-pa/riuso/schema"
)

// What the table shows at most.
const (
	manyPlaces = 20 // single repositories that are shown one by one; more of them are one line, and those that say something
	reasonLong = 130
)

// table prints what the crawls came to: a line for each place, with what it names below it.
func table(w io.Writer, lang schema.Lang, places []place, first, second demo.Report) error {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	for _, part := range []part{listed, alone, hostile} {
		var rows []place
		for i := range places {
			if places[i].part == part {
				rows = append(rows, places[i])
			}
		}
		fmt.Fprintf(t, "\n%s (%d)\n", part.title().In(lang), len(rows))
		fmt.Fprintln(t, schema.T("fonte\ttipo\tesito\tvoci\tposti\trichieste\tbyte\ts\tpoi\tperché", "source\tkind\toutcome\trecords\tplaces\trequests\tbytes\ts\tthen\twhy").In(lang))
		short := len(rows) > manyPlaces && part == alone
		if short {
			sum(t, lang, rows, first, second)
		}
		for i := range rows {
			l, ok := first.Line(rows[i].id)
			if !ok {
				fmt.Fprintf(t, "%s\t%s\t-\n", rows[i].id, rows[i].kind)
				continue
			}
			if short && l.Reason == "" {
				continue
			}
			row(t, l, "", counts(first.Named(rows[i].id)), then(second, rows[i].id, lang))
			for _, l := range first.Below(rows[i].id) {
				row(t, l, "  ", "", then(second, l.Source, lang))
			}
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func row(w io.Writer, l demo.Line, indent, places, then string) {
	if places == "-" {
		places = ""
	}
	fmt.Fprintf(w, "%s%s\t%s\t%s\t%d\t%s\t%d\t%d\t%.2f\t%s\t%s\n", indent, l.Source, l.Kind, l.Outcome, l.Records, places, l.Requests, l.Bytes, l.Seconds, then, cut(l.Reason, reasonLong))
}

// sum is one line for many.
func sum(w io.Writer, lang schema.Lang, rows []place, first, second demo.Report) {
	var all demo.Line
	outcomes, later := map[catalog.Outcome]int{}, map[catalog.Outcome]int{}
	for i := range rows {
		if l, ok := first.Line(rows[i].id); ok {
			outcomes[l.Outcome]++
			all.Records, all.Requests, all.Bytes, all.Seconds = all.Records+l.Records, all.Requests+l.Requests, all.Bytes+l.Bytes, all.Seconds+l.Seconds
		}
		if l, ok := second.Line(rows[i].id); ok {
			later[l.Outcome]++
		}
	}
	fmt.Fprintf(w, "%s\tkit\t%s\t%d\t\t%d\t%d\t%.2f\t%s\t\n", schema.Tf("tutti e %d", "all %d", len(rows)).In(lang), counts(outcomes), all.Records, all.Requests, all.Bytes, all.Seconds, counts(later))
}

// then says what the second crawl made of a source.
func then(second demo.Report, id string, lang schema.Lang) string {
	for _, l := range second.Later {
		if l == id {
			return schema.T("rimandata", "put off").In(lang)
		}
	}
	if l, ok := second.Line(id); ok {
		return string(l.Outcome)
	}
	return "-"
}

// totals prints what each crawl cost.
func totals(w io.Writer, lang schema.Lang, first, second demo.Report) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "\n"+schema.T("visita\tfonti\tesiti\trichieste\tbyte\ts", "crawl\tsources\toutcomes\trequests\tbytes\ts").In(lang))
	for i, r := range []demo.Report{first, second} {
		var all demo.Line
		for _, l := range r.Sources {
			all.Requests, all.Bytes = all.Requests+l.Requests, all.Bytes+l.Bytes
		}
		outcomes := counts(maps.Clone(r.Visits))
		if n := len(r.Later); n > 0 {
			outcomes += schema.Tf(", %d rimandate", ", %d put off", n).In(lang)
		}
		fmt.Fprintf(t, "%d\t%d\t%s\t%d\t%d\t%.1f\n", i+1, len(r.Sources), outcomes, all.Requests, all.Bytes, r.Seconds)
	}
	return t.Flush()
}

// cut keeps a reason within a line.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
