package schema

import (
	"fmt"
	"time"
)

// Moment says an hour and a day in words, in UTC: what sentences say of the hour at which a place may be asked again. It
// begins with the hour, so that "fino alle" and "until" may stand before it.
func Moment(t time.Time) Text {
	t = t.UTC()
	months := [...]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"}
	of := "del "
	switch t.Day() {
	case 8, 11: // otto, undici
		of = "dell'"
	}
	ordinal := ""
	if t.Day() == 1 {
		ordinal = "°"
	}
	hour := t.Format("15:04 UTC")
	return T(fmt.Sprintf("%s %s%d%s %s %d", hour, of, t.Day(), ordinal, months[t.Month()-1], t.Year()), hour+" on "+t.Format("2 January 2006"))
}
