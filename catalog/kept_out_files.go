package catalog

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// An exclusion may name one attachment instead of a whole kit: its address is that of the kit, then "#" and the path of the
// file in the kit's folder, with %20 for a blank. The kit stays; the text of the file is not kept, and nothing of the file
// is found. A piece behind "#" that has neither a point nor a slash is a place of a page, as browsers copy it: then the
// kit is what is named.

// keptFile is a file that an exclusion names.
type keptFile struct {
	path string // see attachmentPath
	n    int    // position of the exclusion
}

// splitFile parts the address of a kit from the path of a file; file is "" where the exclusion names none. Behind a per
// cent sign it may be as it stands or escaped: then there are two.
func splitFile(address string) (kit string, files []string) {
	kit, piece, _ := strings.Cut(address, "#")
	if !strings.ContainsAny(piece, "./") {
		return address, nil
	}
	files = []string{attachmentPath(piece)}
	if plain, err := url.PathUnescape(piece); err == nil && plain != piece {
		files = append(files, attachmentPath(plain))
	}
	return kit, files
}

// sameExclusion says whether two exclusions name the same thing.
func sameExclusion(a, b string) bool {
	kitA, filesA := splitFile(a)
	kitB, filesB := splitFile(b)
	return SameRepository(kitA, kitB) && slices.Equal(filesA, filesB)
}

// named gives the files of a kit, by path in its folder, that exclusions name, with the position of the first that does,
// and the positions of all exclusions that name a file of the kit, also of one that it does not have. A file is named under
// every address by which a kit is, see [KeptOut.Names]; behind that of a repository its path is from the root.
func (k *KeptOut) named(r *Record) (files map[string]int, lines []int) {
	if k == nil || len(k.files) == 0 || r.Kind != KindKit {
		return nil, nil
	}
	folder := ""
	files = map[string]int{}
	add := func(address, below string) {
		for _, f := range k.files[foldAddress(address)] {
			p, in := f.path, true
			if below != "" {
				p, in = strings.CutPrefix(p, below+"/")
			}
			if n, known := files[p]; in && (!known || f.n < n) {
				files[p] = f.n
			}
			lines = append(lines, f.n)
		}
	}
	repositories := []string{r.URL}
	if r.Kit != nil {
		folder = path.Clean("/" + r.Kit.Folder)[1:]
		repositories = append(repositories, r.Kit.URL)
	}
	for _, key := range append([]Key{r.Key}, r.Aliases...) {
		add(string(key), "")
		if repo := repositoryOf(key); repo != string(key) {
			repositories = append(repositories, repo)
		}
	}
	for _, repo := range repositories {
		add(repo, folder)
	}
	slices.Sort(lines)
	return files, slices.Compact(lines)
}

// Touches says whether an exclusion names a kit or a file of it.
func (k *KeptOut) Touches(r *Record) bool {
	_, whole := k.Names(r)
	_, lines := k.named(r)
	return whole || len(lines) > 0
}

// Attachments gives the attachments of a kit that are kept out, by path, each with the exclusion that says why: those that
// are named, and those that hold the same bytes as one of them, or as one that was named before it was renamed.
func (k *KeptOut) Attachments(r *Record) map[string]Exclusion {
	named, lines := k.named(r)
	if len(lines) == 0 || r.Kit == nil {
		return nil
	}
	out, blobs := map[string]Exclusion{}, map[string]int{}
	for _, n := range slices.Backward(lines) {
		for _, blob := range k.list[n].Seen {
			blobs[blob] = n
		}
	}
	held := Attachments(r.Kit)
	for _, h := range held {
		p := attachmentPath(h.Attachment.Path)
		if n, ok := named[p]; ok {
			out[p] = k.list[n]
			if h.Attachment.Blob != "" {
				blobs[h.Attachment.Blob] = n
			}
		}
	}
	for _, h := range held {
		p := attachmentPath(h.Attachment.Path)
		n, same := blobs[h.Attachment.Blob]
		if _, known := out[p]; same && !known {
			out[p] = k.list[n]
		}
	}
	return out
}

// Attachment says whether an attachment of a kit, by its path, is kept out, and why.
func (k *KeptOut) Attachment(r *Record, file string) (x Exclusion, ok bool) {
	x, ok = k.Attachments(r)[attachmentPath(file)]
	return x, ok
}

// Blobs gives Git's names of what a kit's attachments hold, each once and in order, without those that are kept out:
// these are the texts that may be kept for it.
func (k *KeptOut) Blobs(r *Record) []string {
	if r.Kit == nil || r.State == Gone {
		return nil
	}
	out := k.Attachments(r)
	blobs := map[string]bool{}
	for _, h := range Attachments(r.Kit) {
		if _, kept := out[attachmentPath(h.Attachment.Path)]; !kept && h.Attachment.Blob != "" {
			blobs[h.Attachment.Blob] = true
		}
	}
	return slices.Sorted(maps.Keys(blobs))
}

// Without gives a published kit without the attachments that are kept out; the entry itself where there are none. What it
// gets is not changed.
func (k *KeptOut) Without(e *Entry) *Entry {
	out := k.Attachments(&e.Record)
	if len(out) == 0 {
		return e
	}
	rest := func(list []Attachment) []Attachment {
		return slices.DeleteFunc(slices.Clone(list), func(a Attachment) bool {
			_, kept := out[attachmentPath(a.Path)]
			return kept
		})
	}
	less, kit := *e, *e.Kit
	less.Kit = &kit
	kit.Attachments = rest(kit.Attachments)
	kit.Documents, kit.Templates, kit.Services = slices.Clone(kit.Documents), slices.Clone(kit.Templates), slices.Clone(kit.Services)
	for i := range kit.Documents {
		kit.Documents[i].Attachments = rest(kit.Documents[i].Attachments)
	}
	for i := range kit.Templates {
		kit.Templates[i].Attachments = rest(kit.Templates[i].Attachments)
	}
	for i := range kit.Services {
		kit.Services[i].Attachments = rest(kit.Services[i].Attachments)
	}
	return &less
}
