package catalog

import (
	"slices"
	"strings"
)

// A takedown is of a text, and not of a name: whoever renames a folder does not know that a line of another repository names
// a file in it. So an exclusion of a file remembers what the file held, and that stays out under whatever name it has in the
// kit.

// maxSeen is how many contents an exclusion remembers, the latest ones: a file that changes each day would fill the store.
const maxSeen = 100

// Learn gives a list of exclusions, the one that k was made of, in which those that name a file of these records remember
// what it holds, and whether that is news. What it gets is not changed.
func (k *KeptOut) Learn(records []Record) (list []Exclusion, news bool) {
	if k == nil || len(k.files) == 0 {
		return nil, false
	}
	list = k.list
	for i := range records {
		r := &records[i]
		named, _ := k.named(r)
		if len(named) == 0 || r.Kit == nil || r.State == Gone {
			continue
		}
		for _, h := range Attachments(r.Kit) {
			n, is := named[attachmentPath(h.Attachment.Path)]
			blob := h.Attachment.Blob
			if !is || blob == "" || slices.Contains(list[n].Seen, blob) {
				continue
			}
			if !news {
				list, news = slices.Clone(list), true
			}
			list[n].Seen = seen(list[n].Seen, []string{blob})
		}
	}
	return list, news
}

// Remembering gives exclusions with what those before them with the same address had seen. What it gets is not changed.
func Remembering(before, now []Exclusion) []Exclusion {
	out := slices.Clone(now)
	for i := range out {
		for _, x := range before {
			if x.URL == out[i].URL && len(x.Seen) > 0 {
				out[i].Seen = seen(x.Seen, out[i].Seen)
			}
		}
	}
	return out
}

// seen joins what was seen before with what was seen later, each once.
func seen(before, later []string) []string {
	out := slices.DeleteFunc(slices.Clone(before), func(b string) bool { return slices.Contains(later, b) })
	out = append(out, later...)
	return out[max(0, len(out)-maxSeen):]
}

// NamesFile says whether an exclusion is of one file of a kit, and of which kit, by its address.
func (x *Exclusion) NamesFile() (kit string, ok bool) {
	kit, files := splitFile(x.URL)
	return kit, len(files) > 0
}

// FilesOf counts the exclusions that name a file of a kit in the repository at an address.
func (k *KeptOut) FilesOf(address string) int {
	if k == nil || len(k.files) == 0 || address == "" {
		return 0
	}
	lines := map[int]bool{}
	repo := foldAddress(address)
	for at, files := range k.files {
		if before, _, _ := strings.Cut(at, "//"); before == repo {
			for _, f := range files {
				lines[f.n] = true
			}
		}
	}
	return len(lines)
}

// Effect is what an exclusion of a file does.
type Effect string

// What an exclusion of a file finds in its kit.
const (
	EffectFile    Effect = "file"    // the file that it names is there, and kept out
	EffectMoved   Effect = "moved"   // what the file held is there under another name, and kept out
	EffectGone    Effect = "gone"    // what it named is there no more
	EffectNothing Effect = "nothing" // it never named anything: its path or its address is wrong
)

// Effect says what an exclusion of a file does to a kit; r is nil where the kit is not known.
func (x Exclusion) Effect(r *Record) Effect {
	if k := KeepOut([]Exclusion{x}); r != nil && r.Kit != nil {
		named, _ := k.named(r)
		for _, h := range Attachments(r.Kit) {
			if _, is := named[attachmentPath(h.Attachment.Path)]; is {
				return EffectFile
			}
		}
		if len(k.Attachments(r)) > 0 {
			return EffectMoved
		}
	}
	if len(x.Seen) > 0 {
		return EffectGone
	}
	return EffectNothing
}
