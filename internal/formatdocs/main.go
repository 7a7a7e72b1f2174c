// Command formatdocs writes the reference of the kit format, docs/format.it.md and docs/format.en.md, from the JSON
// Schemas. The pages are committed; a test fails when they are not what this program writes.
//
//	go run ./internal/formatdocs docs
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/open-community-pa/riuso/schema"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "formatdocs:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("one folder to write to is needed")
	}
	for _, lang := range []schema.Lang{schema.It, schema.En} {
		if err := os.WriteFile(filepath.Join(args[0], fileName(lang)), []byte(page(lang)), 0o644); err != nil {
			return fmt.Errorf("write the reference: %w", err)
		}
	}
	return nil
}

func fileName(lang schema.Lang) string { return "format." + string(lang) + ".md" }
