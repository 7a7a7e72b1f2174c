package legacy

import "testing"

func TestCUP(t *testing.T) {
	for _, c := range []struct {
		pages []string
		code  string
		page  int
	}{
		{[]string{"", "Progetto – CUP F46C17000010006 – PON GOV"}, "F46C17000010006", 2},
		{[]string{"rif. A11B22222222222", "CUP: F46C17000010006"}, "F46C17000010006", 2},
		{[]string{"C.U.P.\nF46C17000010006"}, "F46C17000010006", 1},
		{[]string{"cup f46c17000010006"}, "F46C17000010006", 1},
		{[]string{"A11B22222222222 F46C17000010006", "F46C17000010006"}, "F46C17000010006", 1},
		{[]string{"F46C170000100067", "XF46C17000010006"}, "", 0},
		{[]string{"CUP da definire"}, "", 0},
	} {
		if code, page := CUP(textOf(c.pages...)); code != c.code || page != c.page {
			t.Errorf("%q: %q on page %d", c.pages, code, page)
		}
	}
	if code, _ := CUP(nil); code != "" {
		t.Error(code)
	}
}

func FuzzCUP(f *testing.F) {
	f.Add("CUP F46C17000010006")
	f.Fuzz(func(t *testing.T, s string) {
		if code, page := CUP(textOf(s)); (code == "") != (page == 0) || code != "" && len(code) != 15 {
			t.Errorf("%q %d", code, page)
		}
	})
}
