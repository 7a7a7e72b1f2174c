package publiccode

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema"
)

// known are the files of the sets on which the two do not agree, with the reason (docs/publiccode-conformance.md).
var known = map[string]string{
	"ASL2-Liguria__onesys": "the reference counts each comment line that ends with CR LF twice",
	"comunedimesagne__SEP": "the reference counts each comment line that ends with CR LF twice",
}

// reasonOf gives the known reason of a disagreement on a file, or "".
func reasonOf(path string) string {
	for part := range strings.SplitSeq(path, "/") {
		if why, ok := known[part]; ok {
			return why
		}
	}
	return ""
}

// comparison counts what is the same on one set of files.
type comparison struct {
	files, verdicts, sets, placed, lines int
	differ                               []string // each disagreement, in words
	unknown                              []string // those of files without a known reason
}

func (c *comparison) disagree(path, format string, args ...any) {
	why := reasonOf(path)
	text := path + ": " + fmt.Sprintf(format, args...)
	if why == "" {
		c.unknown = append(c.unknown, text)
		why = "reason not known"
	}
	c.differ = append(c.differ, text+" ("+why+")")
}

// compare holds our findings on a file against those of the reference.
func (c *comparison) compare(file goldenCase, got []schema.Finding) {
	c.files++
	if want, have := goldenVerdict(file.want), verdict(got); want == have {
		c.verdicts++
	} else {
		c.disagree(file.path, "the verdict is %s, the reference says %s", have, want)
	}
	want, have := alike(file.want, got)
	if slices.Equal(keysOf(want), keysOf(have)) {
		c.sets++
	} else {
		c.disagree(file.path, "findings %v, the reference has %v", keysOf(have), keysOf(want))
	}
	for _, key := range keysOf(want) {
		if want[key] == 0 {
			continue
		}
		c.placed++
		if have[key] == want[key] {
			c.lines++
		} else {
			c.disagree(file.path, "%s on line %d, the reference says %d", key, have[key], want[key])
		}
	}
}

// report writes the figures against the aims.
func (c *comparison) report(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d files\n", name, c.files)
	for _, row := range []struct {
		what  string
		n, of int
		aim   float64
	}{
		{"same verdict", c.verdicts, c.files, 1},
		{"same set of (key, severity)", c.sets, c.files, aimSets},
		{"findings on the same line", c.lines, c.placed, aimLines},
	} {
		mark := "ok"
		if share(row.n, row.of) < row.aim {
			mark = "BELOW THE AIM"
		}
		fmt.Fprintf(&b, "  %-28s %4d of %4d  %5.1f %%  (aim %.0f %%) %s\n", row.what, row.n, row.of, 100*share(row.n, row.of), 100*row.aim, mark)
	}
	fmt.Fprintf(&b, "  disagreements: %d\n", len(c.differ))
	for _, d := range c.differ {
		fmt.Fprintf(&b, "    %s\n", d)
	}
	return b.String()
}

// A comparison sees what differs: it would be worth nothing if it called everything the same.
func TestAComparisonSeesWhatDiffers(t *testing.T) {
	var c comparison
	want := []goldenFinding{{Key: "name", Type: "error", Line: 2}, {Key: "url", Type: "error", Line: 3}}
	c.compare(goldenCase{path: "x/publiccode.yml", want: want}, nil)
	c.compare(goldenCase{path: "comunedimesagne__SEP/publiccode.yml", want: want}, []schema.Finding{
		{Key: "name", Severity: schema.Error, Line: 5, Code: "P12"}, {Key: "url", Severity: schema.Error, Line: 3, Code: "P14"},
	})
	if c.files != 2 || c.verdicts != 1 || c.sets != 1 || c.placed != 4 || c.lines != 1 || len(c.differ) != 5 || len(c.unknown) != 4 {
		t.Errorf("%+v", c)
	}
	if r := c.report("x"); strings.Count(r, "BELOW THE AIM") != 3 || !strings.Contains(r, "same verdict                    1 of    2   50.0 %") {
		t.Errorf("report\n%s", r)
	}
}
