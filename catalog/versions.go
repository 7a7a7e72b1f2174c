package catalog

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Standing is how the version that an adopter uses stands to those that the kit has released.
type Standing string

const (
	StandingUnknown  Standing = "unknown"  // nobody said which version is in use, or the kit has released none
	StandingCurrent  Standing = "current"  // the newest
	StandingBehind   Standing = "behind"   // there are newer ones
	StandingUnlisted Standing = "unlisted" // the kit has never released such a version: it must be a tag (kit format §10)
)

// VersionLag is how far an adopter is behind (kit format §13.6).
type VersionLag struct {
	Version  string    `json:"version,omitempty"`
	Standing Standing  `json:"standing"`
	Newer    []Release `json:"newer,omitempty"` // the releases after the one in use, newest first; of an unlisted one those that are known to come after
}

// Behind is how many releases there are after the one in use.
func (l VersionLag) Behind() int { return len(l.Newer) }

// VersionInUse is the version that an adopter has: what it says itself, else that of its last step which names one.
func VersionInUse(a *Adoption) string {
	if a.KitVersion != "" {
		return a.KitVersion
	}
	for _, e := range slices.Backward(a.Events) {
		if e.Planned != nil && *e.Planned {
			continue
		}
		switch {
		case e.Kind == "upgrade" && (e.To != "" || e.Version != ""):
			return cmp.Or(e.To, e.Version)
		case e.Kind == "go-live" && e.Version != "":
			return e.Version
		}
	}
	return ""
}

// Lag compares the version that an adopter uses with the releases of the kit. A version that is only being tried out
// (1.2.0-rc.1) puts nobody behind, unless it is such a one that they use.
func Lag(version string, released []Release) VersionLag {
	out := VersionLag{Version: version, Standing: StandingUnknown}
	if version == "" || len(released) == 0 {
		return out
	}
	mine, readable := readVersion(version)
	found := slices.ContainsFunc(released, func(r Release) bool { return sameVersion(r.Version, version) })
	for _, r := range released {
		v, ok := readVersion(r.Version)
		if ok && readable && v.compare(mine) > 0 && (v.pre == "" || mine.pre != "") {
			out.Newer = append(out.Newer, r)
		}
	}
	switch {
	case !found:
		out.Standing = StandingUnlisted
	case len(out.Newer) > 0:
		out.Standing = StandingBehind
	default:
		out.Standing = StandingCurrent
	}
	return out
}

// Released lists the versions of a kit, newest first: those of its CHANGELOG, its tags, and the one that it says it is.
// A kit that is hosted in a folder has tags of the form "folder/v1.2.0"; those of its neighbours are left out. Names that
// are not versions come last, as they stand.
func Released(k *Kit) []Release {
	var out []Release
	add := func(r Release) {
		if r.Version != "" && !slices.ContainsFunc(out, func(o Release) bool { return sameVersion(o.Version, r.Version) }) {
			out = append(out, r)
		}
	}
	for _, r := range k.Releases {
		add(r)
	}
	own := ""
	if k.Folder != "" {
		own = path.Base(k.Folder) + "/"
	}
	for _, t := range k.Tags {
		name, mine := strings.CutPrefix(t.Name, own)
		if _, version := readVersion(name); !mine || strings.Contains(name, "/") || !version {
			continue
		}
		r := Release{Version: name}
		if !t.Time.IsZero() {
			r.Date = Date(t.Time.UTC().Format("2006-01-02"))
		}
		add(r)
	}
	add(Release{Version: k.Version, Date: k.Released})
	slices.SortStableFunc(out, func(a, b Release) int { return CompareVersions(b.Version, a.Version) })
	return out
}

// CompareVersions orders the names of versions as people number them: like SemVer 2.0.0 (§11), with or without a "v",
// with fewer or more numbers ("v1.2", "1.2.0.4"), and dates ("2021-06") by their day. What is none of these comes before
// all versions, in the order of letters.
func CompareVersions(a, b string) int {
	x, okA := readVersion(a)
	y, okB := readVersion(b)
	switch {
	case okA && okB:
		return x.compare(y)
	case okA != okB:
		if okA {
			return 1
		}
		return -1
	}
	return cmp.Compare(a, b)
}

func sameVersion(a, b string) bool {
	if strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) {
		return true
	}
	_, okA := readVersion(a)
	_, okB := readVersion(b)
	return okA && okB && CompareVersions(a, b) == 0
}

// versionName is a version taken apart: its numbers, and what comes before the release ("rc.1").
type versionName struct {
	numbers []string // without leading zeros, so that they compare by length and letters, however long
	pre     string
}

// maxVersion is the longest name of a version that is read, in bytes.
const maxVersion = 128

var (
	dateVersion = regexp.MustCompile(`^(\d{4})[-.](\d{1,2})(?:[-.](\d{1,2}))?$`)
	nameVersion = regexp.MustCompile(`^(?i:v|ver\.?|versione|release)?[\s_-]*(\d+(?:\.\d+){0,5})(?:-([0-9A-Za-z.-]+)|((?:a|b|rc|alpha|beta)\d*))?(?:\+[0-9A-Za-z.-]+)?$`)
)

func readVersion(name string) (v versionName, ok bool) {
	name = strings.TrimSpace(name)
	if len(name) > maxVersion {
		return v, false
	}
	if m := dateVersion.FindStringSubmatch(name); m != nil {
		v.numbers = m[1:]
	} else if m := nameVersion.FindStringSubmatch(name); m != nil {
		v.numbers, v.pre = strings.Split(m[1], "."), cmp.Or(m[2], m[3])
	} else {
		return v, false
	}
	for i, n := range v.numbers {
		v.numbers[i] = strings.TrimLeft(n, "0")
	}
	return v, true
}

func compareNumbers(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func (v versionName) compare(o versionName) int {
	for i := range max(len(v.numbers), len(o.numbers)) {
		var a, b string // a number that is not there is zero
		if i < len(v.numbers) {
			a = v.numbers[i]
		}
		if i < len(o.numbers) {
			b = o.numbers[i]
		}
		if c := compareNumbers(a, b); c != 0 {
			return c
		}
	}
	switch {
	case v.pre == o.pre:
		return 0
	case v.pre == "":
		return 1
	case o.pre == "":
		return -1
	}
	return comparePre(strings.Split(v.pre, "."), strings.Split(o.pre, "."))
}

// comparePre orders what comes before a release (SemVer §11.4): numbers by value and below words, more fields above fewer.
func comparePre(a, b []string) int {
	isNumber := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	for i := range min(len(a), len(b)) {
		c := 0
		switch na, nb := isNumber(a[i]), isNumber(b[i]); {
		case na && nb:
			c = compareNumbers(strings.TrimLeft(a[i], "0"), strings.TrimLeft(b[i], "0"))
		case na:
			c = -1
		case nb:
			c = 1
		default:
			c = cmp.Compare(a[i], b[i])
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}
