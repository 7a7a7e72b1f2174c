package catalog

import "testing"

func TestHabits(t *testing.T) {
	for in, want := range map[string]string{"30/06/2025": "2025-06-30", "1.7.2025": "2025-07-01", "31-12-2024": "2024-12-31", "31/02/2025": "", "2025-06-30": "", "06/2025": "", "ieri": ""} {
		if got := dayOf(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"1.500,00": "1500.00", "0,15": "0.15", "€ 32.000": "32000", "12345,6 €": "12345.6", "1.234.567,89": "1234567.89", "1,500.00": "", "cento": "", "": "", "1.50": ""} {
		if got := exactOf(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
