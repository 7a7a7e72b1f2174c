package catalog

import (
	"strings"
	"testing"
	"time"

	"github.com/open-community-pa/riuso/schema/privacy"
)

// A title with a mailbox in it became the public id of a kit, dots and @ made dashes: no mask could find it there.
func TestSlugNamesNobody(t *testing.T) {
	if got, want := Slug("Prova mario.rossi@comune.paperopoli.it"), "prova-"+privacy.MarkMail; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

type inner struct{ Text string }

func TestMaskedReachesEverything(t *testing.T) {
	const who = "mario.rossi@gmail.com"
	type named string
	type outer struct {
		inner
		Name  named
		List  []inner
		Map   map[string]any
		Point *inner
		Any   any
		Time  time.Time
		None  *outer
		Bytes []byte
		own   string
	}
	at := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	in := outer{inner{who}, who, []inner{{"ufficio"}, {who}}, map[string]any{who: []any{who, 3}}, &inner{who}, inner{who}, at, nil, []byte(who), who}
	got := Masked(in)
	if got.Text != privacy.MarkMail || got.Name != privacy.MarkMail || got.List[1].Text != privacy.MarkMail || got.List[0].Text != "ufficio" || got.Point.Text != privacy.MarkMail || got.Any != any(inner{privacy.MarkMail}) ||
		got.Map[privacy.MarkMail].([]any)[0] != privacy.MarkMail || got.Map[privacy.MarkMail].([]any)[1] != 3 || !got.Time.Equal(at) || got.own != who {
		t.Errorf("%+v", got)
	}
	if in.Text != who || in.List[1].Text != who || in.Point.Text != who || in.Map[who] == nil {
		t.Errorf("the original was changed: %+v", in)
	}
	if plain := []*inner{{"x"}}; Masked(plain)[0] != plain[0] {
		t.Error("what holds no person was copied")
	}
	if Masked[any](nil) != nil {
		t.Error("nothing became something")
	}
}

func TestOrganisations(t *testing.T) {
	shown, others := Organisations([]string{"Provincia di Brescia", "Mario Rossi", "Paperopoli S.r.l.", "Città metropolitana", "Qui Quo Qua", "", "Bianchi, Comune (b.bianchi@gmail.com)"}, "qui quo qua")
	if strings.Join(shown, "|") != "Provincia di Brescia|Paperopoli S.r.l.|Città metropolitana|Qui Quo Qua" || others != 2 {
		t.Errorf("%q and %d", shown, others)
	}
}

func TestOfficePhone(t *testing.T) {
	for _, n := range []string{"3331234567", "+39 333 1234567", "0039-333-1234567", "333 12 34 567", "(+39)3331234567", "39 3331234567", "030 123 / cell. 333 1234567", privacy.MarkPhone} {
		if got := OfficePhone(n); got != "" {
			t.Errorf("%q is shown as %q", n, got)
		}
	}
	for _, n := range []string{"030 37491", "+39 030 37491", "0303749001", "800 123456", "06 3331234567", ""} {
		if got := OfficePhone(n); got != n {
			t.Errorf("%q is shown as %q", n, got)
		}
	}
}
