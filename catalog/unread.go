package catalog

import (
	"cmp"
	"maps"
	"path"
	"slices"
)

// missed says of a file of the tree that what is in it is not known: the parts of it that were known before stay.
func (r *reader) missed(p string) { r.tree.Unread = append(r.tree.Unread, p) }

// keepUnread gives to the kits that a partial visit found what it could not have of them: of the record of before, the
// parts whose files are there and were not read, as they were. What was read is as it is now, and what its author removed
// is gone.
func (a *applying) keepUnread(found map[RecordKey]Record) map[RecordKey]Record {
	t := a.visit.Tree
	if t == nil || len(t.Unread) == 0 && !t.Unlisted {
		return found
	}
	paths := slices.Sorted(slices.Values(t.Unread))
	for key, r := range found {
		old, known := a.before[key]
		if r.Kit == nil || !known || old.Kit == nil || old.State == Gone || old.Kit.Folder != r.Kit.Folder {
			continue
		}
		u := unread{folder: r.Kit.Folder, paths: paths, unlisted: t.Unlisted}
		var kept []string
		r.Kit, kept = u.keep(r.Kit, old.Kit)
		r.History = historyKept(r.History, old.History, kept)
		found[key] = r
	}
	return found
}

// unread is what a visit could not have of the kit of one folder.
type unread struct {
	folder   string
	paths    []string // from the root of the tree, sorted: files, and folders of which nothing was had
	unlisted bool     // there are others, whose names are not known
}

// has says whether a file of the kit, by its path in the kit's folder, is among what could not be had, or in a folder of it.
func (u *unread) has(p string) bool {
	for p = path.Join(u.folder, p); p != "." && p != "/"; p = path.Dir(p) {
		if _, ok := slices.BinarySearch(u.paths, p); ok {
			return true
		}
	}
	return false
}

// any says whether something of the kit was not had.
func (u *unread) any() bool { return u.unlisted || len(below(u.paths, u.folder)) > 0 }

// keep gives a kit with what was not had of it taken from before, and the paths of what was taken. Neither kit is changed.
func (u *unread) keep(now, before *Kit) (*Kit, []string) {
	if !u.any() {
		return now, nil
	}
	k, kept := *now, []string(nil)
	note := func(p string) { kept = append(kept, p) }
	k.Documents = keepParts(u, k.Documents, before.Documents, func(x *Document) (string, string) { return x.Path, x.ID }, note)
	k.Templates = keepParts(u, k.Templates, before.Templates, func(x *Template) (string, string) { return x.Path, x.ID }, note)
	k.Services = keepParts(u, k.Services, before.Services, func(x *Service) (string, string) { return x.Path, x.ID }, note)
	k.Tariffs = keepParts(u, k.Tariffs, before.Tariffs, func(x *Tariff) (string, string) { return x.Path, x.ID }, note)
	k.Checklists = keepParts(u, k.Checklists, before.Checklists, func(x *Checklist) (string, string) { return x.Path, x.ID }, note)
	k.Evaluations = keepParts(u, k.Evaluations, before.Evaluations, func(x *Evaluation) (string, string) { return x.Path, x.ID }, note)
	k.Pages = keepParts(u, k.Pages, before.Pages, func(x *Page) (string, string) { return x.Path, x.ID }, note)
	u.keepAdoptions(&k, before, note)
	if l := before.Laboratory; l != nil && (u.has(l.Path) || u.unlisted && k.Laboratory == nil) {
		k.Laboratory = l
		note(l.Path)
	}
	if k.PublicCode == nil && (u.unlisted || slices.ContainsFunc([]string{"publiccode.yml", "publiccode.yaml"}, u.has)) {
		k.PublicCode = before.PublicCode
	}
	if len(k.Releases) == 0 && (u.unlisted || slices.ContainsFunc(changelogs(), u.has)) {
		k.Releases = before.Releases
	}
	return &k, kept
}

// keepAdoptions keeps the stories of bodies that do not say now that they do not want to be shown, and that wish, too.
func (u *unread) keepAdoptions(k, before *Kit, note func(string)) {
	told := slices.DeleteFunc(slices.Clone(before.Adoptions), func(a Adoption) bool { return slices.Contains(k.NoConsent, a.Entity) })
	k.Adoptions = keepParts(u, k.Adoptions, told, func(x *Adoption) (string, string) { return x.Path, string(x.Entity) }, note)
	no := slices.Clone(k.NoConsent)
	for _, body := range before.NoConsent {
		shown := slices.ContainsFunc(k.Adoptions, func(a Adoption) bool { return a.Entity == body })
		if !shown && !slices.Contains(no, body) {
			no = append(no, body)
		}
	}
	k.NoConsent = no
}

// keepParts gives the parts of now, in order of their paths, with those of before whose files could not be had. A part
// that another file has now, under the same id, is not kept beside it.
func keepParts[T any](u *unread, now, before []T, names func(*T) (file, id string), note func(string)) []T {
	out := now
	for i := range before {
		file, id := names(&before[i])
		lost := u.has(file)
		same := func(x T) bool { p, _ := names(&x); return p == file }
		if !lost && (!u.unlisted || slices.ContainsFunc(out, same)) {
			continue
		}
		// Of a file that was read in part, what was read is dropped.
		rest := slices.DeleteFunc(slices.Clone(out), same)
		if id != "" && slices.ContainsFunc(rest, func(x T) bool { _, other := names(&x); return other == id }) {
			continue
		}
		at := slices.IndexFunc(rest, func(x T) bool { p, _ := names(&x); return cmp.Compare(p, file) > 0 })
		if at < 0 {
			at = len(rest)
		}
		out = slices.Insert(rest, at, before[i])
		note(file)
	}
	return out
}

// historyKept adds to a history the changes of the parts that were kept, which nobody asked for.
func historyKept(now, before map[string][]Change, kept []string) map[string][]Change {
	var out map[string][]Change
	for _, p := range kept {
		if now[p] != nil || before[p] == nil {
			continue
		}
		if out == nil {
			out = map[string][]Change{}
			maps.Copy(out, now)
		}
		out[p] = before[p]
	}
	if out == nil {
		return now
	}
	return out
}

// changelogs are the names of the file that tells the versions.
func changelogs() []string { return []string{"CHANGELOG.md", "changelog.md", "Changelog.md"} }
