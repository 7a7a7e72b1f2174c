package catalog

import (
	"regexp"
	"strings"
)

// MaxReleases is how many versions of a CHANGELOG are kept.
const MaxReleases = 100

var releaseHead = regexp.MustCompile(`^#{1,3}\s+\[?v?(\d+(?:\.\d+){0,3}(?:[-+][0-9A-Za-z.-]+)?)\]?(?:\([^)]*\))?(?:\s*[-–—(]?\s*(\d{4}-\d{2}-\d{2}))?`)

// releases reads the versions of a changelog, newest first as they stand. Text before the first version is left out.
func releases(md string) []Release {
	var out []Release
	var body strings.Builder
	open := false // what follows belongs to the last version
	flush := func() {
		if open {
			out[len(out)-1].Body = Markdown(strings.TrimSpace(body.String()))
		}
		body.Reset()
	}
	for line := range strings.Lines(md) {
		m := releaseHead.FindStringSubmatch(line)
		switch {
		case m != nil && len(out) == MaxReleases:
			flush()
			return out
		case m != nil:
			flush()
			out, open = append(out, Release{Version: m[1], Date: Date(m[2])}), true
		case strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "## "):
			flush()
			open = false // "Unreleased" and the like
		default:
			body.WriteString(line)
		}
	}
	flush()
	return out
}
