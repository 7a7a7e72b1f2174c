package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/open-community-pa/riuso/schema"
)

// Main runs a demonstration until it ends or is stopped, and exits with 1 when it failed.
func Main(name string, run func(context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	if err != nil && ctx.Err() != nil {
		err = errors.New("stopped")
	}
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

// Shared is the folder of the shared data.
func Shared() string {
	if dir := os.Getenv("RIUSO_SHARED"); dir != "" {
		return dir
	}
	return filepath.Join("..", "shared")
}

// Lang is the language of whoever watches.
func Lang() schema.Lang {
	if strings.HasPrefix(os.Getenv("RIUSO_LANG"), "en") {
		return schema.En
	}
	return schema.It
}
