package catalog

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// Limits of the descriptors that are looked for below the root of a repository (house rule 5).
const (
	MaxDescriptorDepth = 3   // folders from the root to the one that holds it
	MaxDescriptors     = 100 // in one repository
)

// DescriptorFolders gives, of the paths of a repository's files, the folders below its root whose publiccode.yml may be
// that of a thing of its own: a repository with several projects (monorepo). Shallow ones come first, then in the order of
// their names, and at most [MaxDescriptors]; more says that there are others.
//
// Left alone are folders of other people's software (node_modules, vendor…), of data for tests and examples (test,
// fixtures, examples…), hidden ones, and what lies deeper than [MaxDescriptorDepth]. Whose a descriptor is its url decides,
// see [Read].
func DescriptorFolders(paths []string) (folders []string, more bool) {
	for _, p := range paths {
		dir, name := path.Split(p)
		dir = strings.TrimSuffix(dir, "/")
		if dir != "" && isDescriptor(name) && strings.Count(dir, "/") < MaxDescriptorDepth && !notOwn(dir) {
			folders = append(folders, dir)
		}
	}
	slices.SortFunc(folders, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
	})
	folders = slices.Compact(folders)
	return folders[:min(len(folders), MaxDescriptors)], len(folders) > MaxDescriptors
}

// notOwn says that one of the folders of a path holds what is no work of its repository, or is there to be tried on.
func notOwn(dir string) bool {
	for name := range strings.SplitSeq(dir, "/") {
		if foreign(name) || strings.HasPrefix(name, ".") {
			return true
		}
		switch strings.ToLower(name) {
		case "test", "tests", "testdata", "test-data", "test_data", "__tests__", "spec", "fixture", "fixtures", "mock", "mocks",
			"example", "examples", "esempio", "esempi", "sample", "samples", "demo", "site-packages":
			return true
		}
	}
	return false
}

// CleanFolder gives the path of a folder as people write it ("/kits/x/", "./kits/x") as a path from the root of the
// repository; "" is the root. One that leads out of the repository stays as it is, and is found nowhere.
func CleanFolder(folder string) string {
	folder = strings.Trim(strings.TrimSpace(folder), "/")
	if folder == "" {
		return ""
	}
	if folder = path.Clean(folder); folder == "." {
		return ""
	}
	return folder
}

// Matching gives the first of some patterns (an asterisk stands for any text but a slash) that fits a name, whole or its
// last part, upper and lower case alike. A pattern that cannot be read fits nothing.
func Matching(patterns []string, name string) (pattern string, ok bool) {
	name = strings.ToLower(name)
	for _, p := range patterns {
		for _, n := range []string{name, path.Base(name)} {
			if fits, err := path.Match(strings.ToLower(p), n); err == nil && fits {
				return p, true
			}
		}
	}
	return "", false
}
