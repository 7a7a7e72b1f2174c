package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/open-community-pa/riuso/"

// floor gives the height of a package of ours: an import may only lead down, or stay where docs/design.md says so.
func floor(pkg string) int {
	switch first, _, _ := strings.Cut(pkg, "/"); first {
	case "schema":
		return 0
	case "catalog":
		return 1
	case "indexer", "site":
		return 2
	}
	return 3
}

// rooms are the libraries that only one room may know.
var rooms = map[string][]string{
	"github.com/gin-gonic/gin":           {"site", "site/api", "site/hooks"},
	"github.com/go-git/go-git":           {"indexer/gitrepo"},
	"github.com/google/go-github":        {"indexer/forge"},
	"golang.org/x/crypto/ssh":            {"indexer/gitrepo", "indexer/gitrepo/gitrepotest"},
	"github.com/skeema/knownhosts":       {"indexer/gitrepo"},
	"github.com/blevesearch/":            {"indexer/bleveindex"},
	"go.etcd.io/bbolt":                   {"indexer/bleveindex"},
	"github.com/yuin/goldmark":           {"site/markdown"},
	"github.com/microcosm-cc/bluemonday": {"site/markdown"},
	"github.com/ledongthuc/pdf":          {"indexer/attach/pdf"},
}

// The house stands on its floors: no arrow climbs, the two rooms of floor 2 do not know each other, no adapter knows
// another, a parent does not know its children, and each heavy library has one room.
func TestFloors(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && file != root) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(rel))
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			to, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			seen++
			if why := climbs(pkg, to, strings.HasSuffix(file, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", rel, to, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 100 {
		t.Errorf("only %d imports were looked at", seen)
	}
}

// climbs says what is wrong with an import, or "".
func climbs(from, to string, test bool) string {
	for lib, may := range rooms {
		if strings.HasPrefix(to, lib) && !slices.Contains(may, from) {
			return "only " + strings.Join(may, " and ") + " may know it"
		}
	}
	to, ours := strings.CutPrefix(to, module)
	if to == "schema/sharedtest" && !test && !strings.HasSuffix(from, "test") {
		return "only tests may know it"
	}
	if !ours || test {
		return ""
	}
	a, b := floor(from), floor(to)
	switch {
	case b > a:
		return "the arrow climbs"
	case a == 0 && (from == "schema" || to != "schema"):
		return "the ground floor imports nothing of ours"
	case a == 2 && b == 2:
		roomA, _, _ := strings.Cut(from, "/")
		roomB, _, _ := strings.Cut(to, "/")
		if roomA != roomB {
			return "site and indexer do not know each other"
		}
		if roomA == "indexer" && strings.HasPrefix(to, from+"/") {
			return "a parent does not know its children"
		}
		if roomA == "indexer" && from != "indexer" && to != "indexer" && !strings.HasPrefix(from, to+"/") {
			return "an adapter does not know another"
		}
	}
	return ""
}

func TestClimbs(t *testing.T) {
	for _, tc := range []struct {
		from, to string
		bad      bool
	}{
		{"catalog", module + "schema", false},
		{"schema", module + "catalog", true},
		{"schema/publiccode", module + "schema", false},
		{"schema", module + "schema/publiccode", true},
		{"schema/fix", module + "schema", false},
		{"schema/fix", module + "schema/publiccode", true},
		{"indexer/gitrepo/gitrepotest", module + "schema/sharedtest", false},
		{"catalog", module + "indexer", true},
		{"site", module + "indexer", true},
		{"indexer", module + "indexer/gitrepo", true},
		{"indexer/gitrepo", module + "indexer/bleveindex", true},
		{"site", module + "site/markdown", false},
		{"site/markdown", "github.com/gin-gonic/gin", true},
		{"catalog", "go.etcd.io/bbolt", true},
		{"catalog", module + "schema/sharedtest", true},
		{"cmd/riuso", module + "indexer/gitrepo", false},
	} {
		if got := climbs(tc.from, tc.to, false); (got != "") != tc.bad {
			t.Errorf("%s -> %s: %q", tc.from, tc.to, got)
		}
	}
}
