package legacy

import (
	"path"
	"regexp"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// versioned is the name of a folder that ends with a version: "Integrazione protocollo JEnte1.0".
var versioned = regexp.MustCompile(`^(.*?\pL.*?)[ _-]*(?:[vV]\.? ?)?(\d{1,4}(?:\.\d{1,4}){1,3})$`)

// copyMark is what a browser puts at the end of the name of a file that is there already: "(1)".
var copyMark = regexp.MustCompile(` ?\(\d{1,3}\)$`)

// withoutCopy gives a file's name without the mark of a copy, before its ending or after it.
func withoutCopy(name string) string {
	if !strings.Contains(name, "(") {
		return name
	}
	name = copyMark.ReplaceAllString(name, "")
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return copyMark.ReplaceAllString(name[:i], "") + name[i:]
	}
	return name
}

// dumpSet are the folders that other programs wrote, by path (kit format, §L3, step 3), each with its place in the list
// that is being made; -1 where it has none yet.
type dumpSet struct {
	folders map[string]int
	inside  map[string]string // by folder: the outermost one of these that holds it, or ""
}

// dumpFolders looks for them: a folder with the marks of an export right in it. Where its name ends with a version the process
// is enough, if the folder holds nothing else: beside other files it may be what somebody made for a manual.
func dumpFolders(files []File) *dumpSet {
	marks := map[string]map[string]bool{}
	other := map[string]bool{} // folders with files that are no marks, however deep
	for _, f := range files {
		dir, name := path.Split(f.Path)
		dir = strings.TrimSuffix(dir, "/")
		if dir == "" || len(name) > maxNameBytes {
			continue
		}
		mark := strings.ToLower(withoutCopy(name))
		if strings.HasSuffix(mark, "."+dumpTemplates) {
			mark = dumpTemplates
		} else if !dumpMarks[mark] {
			for at := shallow(dir); at != "" && !other[at] && junkWhy(f).IsZero(); at = folderOf(at) {
				other[at] = true
			}
			continue
		}
		if marks[dir] == nil {
			marks[dir] = map[string]bool{}
		}
		marks[dir][mark] = true
	}
	s := &dumpSet{folders: map[string]int{}, inside: map[string]string{"": ""}}
	for dir, found := range marks {
		need := minDumpMarksBare
		if versioned.MatchString(cut(path.Base(dir))) {
			need = minDumpMarks
			if found[dumpProcess] && !other[shallow(dir)] {
				need = 1
			}
		}
		if sign := readName(path.Base(dir)); len(found) >= need && sign.phase == "" && sign.annex == "" {
			s.folders[dir] = -1
		}
	}
	return s
}

// of gives the folder of an export that a file lies in.
func (s *dumpSet) of(p string) (folder string, ok bool) {
	if len(s.folders) == 0 {
		return "", false
	}
	folder = s.holder(folderOf(p))
	return folder, folder != ""
}

func (s *dumpSet) holder(dir string) string {
	if strings.Count(dir, "/") >= maxDepth {
		dir = shallow(dir)
	}
	if in, ok := s.inside[dir]; ok {
		return in
	}
	in := s.holder(folderOf(dir))
	if _, ok := s.folders[dir]; ok && in == "" {
		in = dir
	}
	s.inside[dir] = in
	return in
}

// put adds a file to its export; the files come by path.
func (s *dumpSet) put(list []Dump, folder string, f File) []Dump {
	i := s.folders[folder]
	if i < 0 {
		i = len(list)
		s.folders[folder] = i
		d := Dump{Folder: folder, Name: path.Base(folder)}
		if m := versioned.FindStringSubmatch(cut(d.Name)); m != nil {
			d.Name, d.Version = m[1], m[2]
		}
		d.Why = schema.Tf("«%s» contiene i file con cui un programma esporta un processo (come flow.bpmn e project.json)", "%q holds files by which a program exports a process (such as flow.bpmn and project.json)", named(folder))
		list = append(list, d)
	}
	d := &list[i]
	d.Files = append(d.Files, f)
	if rank := humanRank(folder, f.Path); rank >= 0 && (d.Human == "" || rank < humanRank(folder, d.Human)) {
		d.Human = f.Path
	}
	return list
}

// humanRank says how well a person can read a file of an export: 0 is best, -1 not at all.
func humanRank(folder, p string) int {
	rest := strings.ToLower(strings.TrimPrefix(p, folder+"/"))
	for i, name := range dumpHuman {
		if rest == name {
			return i
		}
	}
	if strings.HasSuffix(rest, ".bpmn") {
		return len(dumpHuman)
	}
	return -1
}

// cut takes the beginning of a name, so that one that is very long costs no more than others.
func cut(name string) string { return name[:min(len(name), maxNameBytes)] }
