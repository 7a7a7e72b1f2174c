package attach

import (
	"path"
	"slices"
	"strings"
)

// wantedExts are the extensions of files whose bytes are worth fetching for their text, or for what is to be said of them.
var wantedExts = []string{"pdf", "docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "xltm", "pptx", "pptm", "ppsx", "ppsm", "potx",
	"odt", "ott", "ods", "ots", "odp", "otp", "sxw", "sxc", "sxi", "rtf", "html", "htm", "xhtml", "txt", "md", "markdown", "text", "csv", "tsv",
	"bpmn", "p7m", "zip", "doc", "dot", "xls", "xlt", "ppt", "pps", "pot", "pub", "wpd", "wp", "wp5", "wk1", "wks", "msg"}

// linkExts are those of files that are shown as a link and never fetched: video, sound, images of disks.
var linkExts = []string{"mp4", "m4v", "mov", "avi", "mkv", "webm", "wmv", "flv", "mpg", "mpeg", "3gp", "ogv", "vob",
	"mp3", "m4a", "wav", "ogg", "oga", "flac", "aac", "wma", "iso", "img", "dmg", "vmdk", "vdi", "vhd", "vhdx", "ova", "ovf", "qcow2"}

// Wanted says by its name whether a file is worth fetching for its text: documents, sheets, slides, diagrams, signed
// files and ZIP archives; not images, videos, programs and the archives of other programs.
func Wanted(name string) bool { return slices.Contains(wantedExts, extOf(name)) }

// IsLink says by its name that a file is only ever a link: video, sound, an image of a disk.
func IsLink(name string) bool { return slices.Contains(linkExts, extOf(name)) }

// extOf gives the extension in lower case and without its dot. What browsers and forges put behind it when a file comes
// twice ("relazione.pdf(1)") does not count.
func extOf(name string) string {
	base := strings.ToLower(path.Base(strings.TrimSpace(name)))
	if i := strings.LastIndexByte(base, '('); i > 0 && strings.HasSuffix(base, ")") && strings.Trim(base[i+1:len(base)-1], "0123456789") == "" {
		base = strings.TrimSpace(base[:i])
	}
	return strings.TrimPrefix(path.Ext(base), ".")
}

// innerName is the name of what a signed envelope holds: "atto.pdf.p7m" holds "atto.pdf".
func innerName(name string) string {
	base := strings.TrimSpace(path.Base(name))
	if i := strings.LastIndexByte(base, '('); i > 0 && strings.HasSuffix(base, ")") {
		base = strings.TrimSpace(base[:i])
	}
	if strings.HasSuffix(strings.ToLower(base), ".p7m") {
		return base[:len(base)-len(".p7m")]
	}
	return ""
}

// matches says whether a file of that format may have that extension; one that nobody knows fits everything.
func (f format) matches(ext string) bool {
	if ext == "" || slices.Contains(known[f].exts, ext) {
		return true
	}
	promised := slices.Contains(wantedExts, ext) // the name promises something that we know
	if f == fUnknown {
		return !promised
	}
	for other, k := range known {
		promised = promised || other != f && slices.Contains(k.exts, ext)
	}
	return !promised
}
