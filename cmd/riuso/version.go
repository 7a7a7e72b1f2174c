package main

import (
	"errors"
	"runtime/debug"

	"github.com/open-community-pa/riuso/schema"
)

func (p *program) version(args []string) error {
	if len(args) > 0 {
		return usageError{errors.New(schema.T("version non vuole altre parole", "version takes no other words").In(p.lang))}
	}
	return p.print("riuso " + version() + "\n")
}

// version is that of the module as it was built: a tag, or the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
