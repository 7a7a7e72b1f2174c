package schema

import (
	"testing"
	"time"
)

func TestMoment(t *testing.T) {
	rome := time.FixedZone("", 2*60*60)
	for day, want := range map[int]Text{
		1:  T("07:05 UTC del 1° agosto 2026", "07:05 UTC on 1 August 2026"),
		8:  T("07:05 UTC dell'8 agosto 2026", "07:05 UTC on 8 August 2026"),
		11: T("07:05 UTC dell'11 agosto 2026", "07:05 UTC on 11 August 2026"),
		22: T("07:05 UTC del 22 agosto 2026", "07:05 UTC on 22 August 2026"),
	} {
		if got := Moment(time.Date(2026, time.August, day, 9, 5, 0, 0, rome)); got != want {
			t.Errorf("%+v", got)
		}
	}
}
