package catalog

import (
	"path"
	"slices"

	"github.com/open-community-pa/riuso/schema"
)

// maxTreeIgnores is how many comments of one tree that ask to ignore a finding are heard.
const maxTreeIgnores = 5_000

// hear notes what a file that is read asks to ignore.
func (p *report) hear(file string, data []byte) {
	if p.asked[file] != nil || p.heard >= maxTreeIgnores {
		return
	}
	list := schema.MarkdownIgnores
	if path.Ext(file) != ".md" {
		list = schema.YAMLIgnores
	}
	all := list(data)
	if len(all) == 0 {
		return
	}
	if p.asked == nil {
		p.asked = map[string][]schema.Ignore{}
	}
	p.asked[file] = all
	p.heard += len(all)
}

// ignoring does what the files ask. A file that owes the format nothing is not told that its comments are useless, nor is
// one of which not everything was said.
func (p *report) ignoring(fs []schema.Finding) []schema.Finding {
	for file, asked := range p.asked {
		of := p.of(file)
		n := len(fs)
		fs = schema.Ignoring(fs, file, asked, func(code string) bool {
			return of.leftOut() == 0 && p.whole.leftOut() == 0 && !schema.NeedsMore(code)
		})
		if isPlain(file) {
			fs = slices.Delete(fs, n, len(fs))
		}
	}
	return fs
}
