package site

import (
	"testing"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

func formats(t *testing.T) (it, en format) {
	t.Helper()
	for _, f := range []*format{&it, &en} {
		f.lang = schema.It
		if f == &en {
			f.lang = schema.En
		}
		m, err := loadMessages(f.lang)
		if err != nil {
			t.Fatal(err)
		}
		f.msgs = m
	}
	return it, en
}

func TestFormats(t *testing.T) {
	it, en := formats(t)
	for _, c := range []struct{ got, want string }{
		{it.date("2020-06-17"), "17 giugno 2020"}, {it.date("2020-06"), "giugno 2020"}, {it.date("2020"), "2020"}, {it.date(""), "data non nota"},
		{it.date("ieri"), "ieri"}, {en.date("2020-06-17"), "17 June 2020"}, {en.date(""), "date not known"},
		{it.when("2020-06-17T11:00:00+02:00"), "17 giugno 2020, ore 11:00"}, {it.moment(time.Time{}), "data non nota"},
		{it.money("EUR", "0.15"), "0,15\u00a0€"}, {it.money("EUR", "32000"), "32.000,00\u00a0€"}, {it.money("EUR", "1500.5"), "1.500,50\u00a0€"},
		{en.money("EUR", "32000"), "32,000.00\u00a0€"}, {it.money("USD", "4.00"), "4,00\u00a0USD"}, {it.money("EUR", "molto"), "molto\u00a0€"},
		{it.decimal("-1234.5"), "-1.234,5"}, {it.integer(999), "999"}, {it.integer(89916), "89.916"},
		{it.isoDuration("P1M"), "1 mese"}, {it.isoDuration("PT1H30M"), "1 ora 30 minuti"}, {en.isoDuration("P7D"), "7 days"}, {it.isoDuration("un po'"), "un po'"},
		{it.took(1500 * time.Millisecond), "1,5 s"}, {it.took(61 * time.Second), "1 min 1 s"}, {it.bytes(13_000), "12 kB"}, {it.bytes(5 << 20), "5,0 MB"},
		{it.validity(nil), "validità non indicata"}, {it.validity(&catalog.Validity{From: "2015-01-01", To: "2020-12-31"}), "valida dal 1 gennaio 2015 al 31 dicembre 2020"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestHistoricTariffs(t *testing.T) {
	for _, c := range []struct {
		tariff catalog.Tariff
		want   bool
	}{
		{catalog.Tariff{Valid: &catalog.Validity{To: "2020-12-31"}}, true},
		{catalog.Tariff{Valid: &catalog.Validity{To: "2026-11-22"}}, false},
		{catalog.Tariff{Valid: &catalog.Validity{To: "2026"}}, false},
		{catalog.Tariff{Valid: &catalog.Validity{To: "2025"}}, true},
		{catalog.Tariff{Valid: &catalog.Validity{}}, false},
		{catalog.Tariff{Valid: &catalog.Validity{From: "2026-01-01", To: "2025-12-31"}}, false}, // written the wrong way round
		{catalog.Tariff{Valid: &catalog.Validity{From: "2025-03", To: "2025"}}, true},
		{catalog.Tariff{}, false},
		{catalog.Tariff{Status: "withdrawn"}, true},
	} {
		if historic(&c.tariff, "2026-11-22") != c.want {
			t.Errorf("%+v: historic is not %v", c.tariff.Valid, c.want)
		}
	}
}

// TestCodesSortAsPeopleRead keeps A10 behind A2, and what has no code at the end.
func TestCodesSortAsPeopleRead(t *testing.T) {
	for _, c := range [][2]string{{"A2", "A10"}, {"A1", "B1"}, {"B", "C"}, {"B4", ""}, {"A1.2", "A1.10"}} {
		a, b := &catalog.Document{Code: c[0]}, &catalog.Document{Code: c[1]}
		if byCode(a, b) >= 0 || byCode(b, a) <= 0 {
			t.Errorf("%q does not come before %q", c[0], c[1])
		}
	}
}
