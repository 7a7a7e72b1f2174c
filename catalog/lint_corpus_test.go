package catalog

import (
	"flag"
	"github.com/open-community-pa/riuso/schema/privacy"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// With a seed the test prints a sample for a person to judge, of the places that the lint finds and of those that it lets
// pass. It shows real data: its output is for the screen only.
var (
	lintSeed  = flag.Uint64("lint.seed", 0, "print a sample of what the privacy lint found in the corpus, drawn with this seed")
	lintHalf  = flag.Int("lint.half", -1, "only of the repositories of this half, 0 or 1 (by the hash of their name)")
	lintTexts = flag.String("lint.texts", "", "a folder of texts to look at in place of the corpus, with the contacts of publiccode.yml")
)

var mailShape = regexp.MustCompile(`[\w.+-]+@[\w-]+(\.[\w-]+)+`)

// maxSampled is how many values of one file can be in a sample, by rule.
const maxSampled = 3

// openedFS notes what is read.
type openedFS struct {
	fs.FS
	opened *[]string
}

func (o openedFS) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		*o.opened = append(*o.opened, name)
	}
	return f, nil
}

// corpusTexts gives what the reader reads of the shared corpus, by path.
func corpusTexts(t *testing.T) (names []string, texts map[string]string) {
	texts = map[string]string{}
	take := func(root, name string) {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		full := filepath.Base(root) + "/" + name
		if _, ok := texts[full]; !ok {
			names = append(names, full)
		}
		texts[full] = strings.ToValidUTF8(string(data), "\uFFFD")
	}
	if *lintTexts != "" {
		err := fs.WalkDir(os.DirFS(*lintTexts), ".", func(p string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				take(*lintTexts, p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return names, texts
	}
	repos := sharedtest.Path(t, "corpus/repos")
	dirs, err := os.ReadDir(repos)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		h := fnv.New32a()
		h.Write([]byte(d.Name()))
		if *lintHalf >= 0 && int(h.Sum32()>>8&1) != *lintHalf {
			continue
		}
		root := filepath.Join(repos, d.Name())
		owner, name, _ := strings.Cut(d.Name(), "__")
		var opened []string
		Read(openedFS{os.DirFS(root), &opened}, ReadOptions{URL: "https://github.com/" + owner + "/" + name})
		for _, p := range opened {
			take(root, p)
		}
	}
	return names, texts
}

// What is found of real texts lies inside of them, in order, and no message gives it away.
func TestLintCorpus(t *testing.T) {
	names, texts := corpusTexts(t)
	type place struct {
		file string
		Leak privacy.Leak
	}
	found := map[string][]place{}
	for _, file := range names {
		text := texts[file]
		of, once := map[string]int{}, map[string]bool{}
		for _, l := range lintable(file, text) {
			code := l.Kind.Code()
			value := code + strings.ToLower(text[l.From:l.To])
			if once[value] {
				continue
			}
			once[value] = true
			if of[code]++; of[code] > maxSampled {
				continue // one list of authors must not be the whole sample
			}
			found[code] = append(found[code], place{file, l})
		}
	}
	t.Logf("%d texts: %d distinct values of W04, %d of W05", len(names), len(found["W04"]), len(found["W05"]))
	if *lintSeed == 0 {
		return
	}
	for _, code := range []string{"W04", "W05"} {
		list := found[code]
		r := rand.New(rand.NewPCG(*lintSeed, 1))
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for i, p := range list[:min(len(list), 120)] {
			t.Logf("%s %d [%d] %s: %s", code, i+1, p.Leak.Kind, p.file, around(texts[p.file], p.Leak.From, p.Leak.To))
		}
	}
	// What was let pass: addresses that are an office's, and lines with a word for a secret or figures like an address.
	var mails, lines []string
	seen := map[string]bool{}
	for _, file := range names {
		text := texts[file]
		for _, addr := range mailShape.FindAllString(text, -1) {
			if !privacy.PersonalMail(addr) && !seen[addr] {
				seen[addr] = true
				mails = append(mails, addr)
			}
		}
		flagged := map[int]bool{}
		for _, l := range privacy.Find(text) {
			line, _ := (&privacy.Placer{Text: text}).Place(l.From)
			flagged[line] = true
		}
		n := 0
		for line := range strings.Lines(text) {
			n++
			if low := strings.ToLower(line); !flagged[n] && suspicious(low) && !seen[low] {
				seen[low] = true
				lines = append(lines, file+": "+strings.TrimSpace(line))
			}
		}
	}
	r := rand.New(rand.NewPCG(*lintSeed, 2))
	for what, list := range map[string][]string{"mail let pass": mails, "line let pass": lines} {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for i, s := range list[:min(len(list), 60)] {
			t.Logf("%s %d/%d: %s", what, i+1, len(list), shorten(s, 260))
		}
	}
}

// lintable leaves out what the reader leaves out.
func lintable(file, text string) []privacy.Leak {
	leaks := privacy.Find(text)
	if isDescriptor(filepath.Base(file)) && *lintTexts == "" {
		leaks, _ = descriptorLeaks(text, leaks)
	}
	return leaks
}

func around(text string, from, to int) string {
	return strings.Join(strings.Fields(text[max(0, from-60):from]), " ") + " ⟦" + text[from:min(to, from+80)] + "⟧ " + strings.Join(strings.Fields(text[to:min(len(text), to+40)]), " ")
}

func suspicious(low string) bool {
	for _, w := range []string{"password", "passw", "pwd", "secret", "token", "api_key", "apikey", "credenzial", "192.168.", " 10.", "172.", "private key"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}
