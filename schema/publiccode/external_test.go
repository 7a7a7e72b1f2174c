package publiccode

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-community-pa/riuso/schema"
)

// everything is a file that names all that can be looked for.
const everything = `publiccodeYmlVersion: "0"
name: Medusa
url: https://git.example.it/ente/medusa
landingURL: https://ente.example.it
logo: img/logo.png
monochromeLogo: https://ente.example.it/nero.svg
roadmap: https://ente.example.it/piano
platforms: [web]
developmentStatus: stable
softwareType: standalone/other
description:
  en-GB:
    shortDescription: A test
    longDescription: short
    documentation: https://ente.example.it/doc
    apiDocumentation: https://ente.example.it/api
    features: [One]
    screenshots:
      - img/a.jpg
    videos:
      - https://www.youtube.com/watch?v=x
legal: {license: EUPL-1.2, authorsFile: AUTHORS}
maintenance:
  type: contract
  contractors:
    - {name: Ditta, until: 2030-01-01, website: https://ditta.example.it}
localisation: {localisationReady: true, availableLanguages: [it]}
`

func TestReferencesAreThoseThatTheReferenceParserLooksFor(t *testing.T) {
	want := []Reference{
		{KindRepository, "url", 3, 1, "https://git.example.it/ente/medusa"},
		{KindPage, "landingURL", 4, 1, "https://ente.example.it"},
		{KindLogo, "logo", 5, 1, "img/logo.png"},
		{KindLogo, "monochromeLogo", 6, 1, "https://ente.example.it/nero.svg"},
		{KindPage, "roadmap", 7, 1, "https://ente.example.it/piano"},
		{KindPage, "description[en-GB].documentation", 15, 5, "https://ente.example.it/doc"},
		{KindPage, "description[en-GB].apiDocumentation", 16, 5, "https://ente.example.it/api"},
		{KindScreenshot, "description.en-GB.screenshots[0]", 19, 9, "img/a.jpg"},
		{KindVideo, "description.en-GB.videos[0]", 21, 9, "https://www.youtube.com/watch?v=x"},
		{KindText, "legal.authorsFile", 22, 28, "AUTHORS"},
	}
	got := References([]byte(everything))
	if !slices.Equal(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	for _, r := range got {
		if remote := r.Kind != KindText && !strings.HasPrefix(r.Target, "img/"); r.Remote() != remote {
			t.Errorf("%s: remote %v", r.Target, r.Remote())
		}
	}
}

// What Parse has told already is not looked for, nor is anything of a file that it does not judge.
func TestReferencesLeaveOutWhatIsWronglyWritten(t *testing.T) {
	for name, text := range map[string]string{
		"a page that is no address": "publiccodeYmlVersion: '0'\nlandingURL: pagina\n",
		"an absolute path":          "publiccodeYmlVersion: '0'\nlogo: /logo.svg\n",
		"a file address":            "publiccodeYmlVersion: '0'\nlogo: file:logo.svg\n",
		"url without scheme":        "publiccodeYmlVersion: '0'\nurl: github.com/x\n",
		"a video of another site":   "publiccodeYmlVersion: '0'\ndescription: {it: {videos: ['https://video.example/1']}}\n",
		"another version":           "publiccodeYmlVersion: '9'\nlogo: logo.svg\n",
		"not YAML":                  "logo: logo.svg\n  url: [\n",
		"a key twice":               "publiccodeYmlVersion: '0'\nlogo: logo.svg\nlogo: b.svg\n",
		"nothing":                   "",
	} {
		if got := References([]byte(text)); len(got) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	many := "publiccodeYmlVersion: '0'\ndescription: {it: {screenshots: [" + strings.Repeat("a.png,", 2*MaxReferences) + "]}}\n"
	if got := References([]byte(many)); len(got) != MaxReferences {
		t.Errorf("%d references", len(got))
	}
}

func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngSaying is a PNG of some bytes that announces a size.
func pngSaying(width, height uint32) []byte {
	head := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(head[4:], width)
	binary.BigEndian.PutUint32(head[8:], height)
	head[12], head[13] = 8, 6
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func zipped(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const svg = `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE svg><!-- disegno --><svg xmlns="http://www.w3.org/2000/svg"/>`

func TestFilesThatAreNamed(t *testing.T) {
	whole := pngOf(t, MinLogoWidth, 400)
	tree := fstest.MapFS{
		"logo.svg": {Data: []byte(svg)}, "logo.svgz": {Data: zipped(t, svg)}, "Logo.PNG": {Data: whole}, "small.png": {Data: pngOf(t, 999, 10)},
		"cut.png": {Data: whole[:len(whole)/2]}, "lfs.png": {Data: []byte("version https://git-lfs.github.com/spec/v1\n")},
		"huge.png": {Data: pngSaying(100_000, 100_000)}, "fat.png": {Data: make([]byte, MaxImageBytes+1)},
		"page.svg": {Data: []byte("<html><svg/></html>")}, "flat.svgz": {Data: []byte(svg)}, "text.svg": {Data: []byte("niente")},
		"a.jpg": {Data: jpegOf(t, 20, 10)}, "cut.jpg": {Data: jpegOf(t, 300, 300)[:400]}, "con spazio.png": {Data: pngOf(t, 2, 2)},
		"dir.png/x": {}, "AUTHORS": {Data: []byte("Ufficio")},
	}
	for _, c := range []struct {
		kind   Kind
		target string
		want   string
	}{
		{KindLogo, "logo.svg", ""}, {KindLogo, "./logo.svg", ""}, {KindLogo, "logo.svgz", ""}, {KindLogo, "Logo.PNG", ""},
		{KindLogo, "logo.svg?raw=true", ""}, {KindScreenshot, "con%20spazio.png", ""}, {KindScreenshot, "a.jpg", ""}, {KindText, "AUTHORS", ""},
		{KindLogo, "https://ente.example.it/x.svg", ""},
		{KindLogo, "logo.PNG", "P50"}, {KindLogo, "../logo.svg", "P50"}, {KindLogo, "a/../../b.svg", "P50"}, {KindScreenshot, "dir.png", "P50"}, {KindText, "AUTORI", "P50"},
		{KindText, "?x", "P50"},
		{KindLogo, "small.png", "P54"}, {KindScreenshot, "small.png", ""},
		{KindLogo, "cut.png", "P52"}, {KindLogo, "lfs.png", "P52"}, {KindScreenshot, "cut.png", "P53"}, {KindScreenshot, "cut.jpg", "P53"},
		{KindLogo, "page.svg", "P53"}, {KindLogo, "flat.svgz", "P53"}, {KindLogo, "text.svg", "P53"},
		{KindLogo, "huge.png", "P55"}, {KindScreenshot, "fat.png", "P55"},
		{KindLogo, "a.jpg", "P51"}, {KindScreenshot, "logo.svg", "P51"}, {KindScreenshot, "https://ente.example.it/a.jpeg", "P51"},
	} {
		refs := []Reference{{c.kind, "k", 3, 1, c.target}}
		found := append(CheckFormats(refs), CheckFiles(tree, refs)...)
		code := ""
		for _, f := range found {
			code += f.Code
			f.File = "publiccode.yml"
			checkFinding(t, f)
		}
		if code != c.want && !(c.want == "P51" && strings.HasPrefix(code, "P51")) {
			t.Errorf("%s %s: %q, want %q", c.kind, c.target, code, c.want)
		}
	}
}

// namesOnly is a tree whose files are known and cannot be opened, as attachments of a repository that was not fetched.
type namesOnly struct{ fs.StatFS }

func (namesOnly) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

func TestAFileThatIsThereAndCannotBeOpenedIsTakenAsItIs(t *testing.T) {
	tree := namesOnly{fstest.MapFS{"logo.png": {Data: []byte("x")}}}
	if found := CheckFiles(tree, []Reference{{KindLogo, "logo", 1, 1, "logo.png"}}); len(found) > 0 {
		t.Errorf("%v", found)
	}
}

func TestFindingsOnAddresses(t *testing.T) {
	ref := Reference{KindPage, "landingURL", 4, 1, "https://ente.example.it/%41"}
	why := schema.T("404", "404 Not Found")
	for code, f := range map[Code]schema.Finding{P60: ref.NotAnswering(why), P61: ref.NotGit(why), P62: ref.NotAsked(why)} {
		f.File = "publiccode.yml"
		checkFinding(t, f)
		if f.Code != string(code) || f.Key != "landingURL" || f.Line != 4 || !strings.Contains(f.Message.En, "/%41”: 404 Not Found") {
			t.Errorf("%s: %+v", code, f)
		}
	}
}

// FuzzCheckImage looks for an image that makes the decoders panic or take too much.
func FuzzCheckImage(f *testing.F) {
	f.Add([]byte(svg), ".svg")
	f.Add(zipped(f, svg), ".svgz")
	f.Add(pngOf(f, 4, 4), ".png")
	f.Add(pngSaying(1<<31, 1<<31), ".png")
	f.Add(jpegOf(f, 8, 8), ".jpg")
	f.Fuzz(func(t *testing.T, data []byte, ext string) {
		for _, k := range []Kind{KindLogo, KindScreenshot} {
			for _, found := range (Reference{k, "k", 1, 1, "a" + ext}).CheckImage(data) {
				found.File = "publiccode.yml"
				checkFinding(t, found)
			}
		}
	})
}
