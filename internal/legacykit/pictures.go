package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// widths are those of a desk, a telephone and the narrowest that must hold.
var widths = [...]int{1280, 360, 320}

// height of a picture in pixels: enough for the longest page but its tail.
const height = 4000

// take takes pictures of the pages of the kit.
func (s *show) take(ctx context.Context, at string) error {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		s.say("\nSenza chromium non si fanno immagini.", "\nWithout chromium no pictures are taken.")
		return nil
	}
	to, err := filepath.Abs(s.pictures)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	profile := s.Path("chromium")
	for name, page := range s.pages {
		for _, w := range widths {
			file := filepath.Join(to, fmt.Sprintf("%s-%d.png", name, w))
			cmd := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic",
				"--no-first-run", "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--user-data-dir="+profile,
				fmt.Sprintf("--window-size=%d,%d", w, height), "--screenshot="+file, at+page)
			if out, err := cmd.CombinedOutput(); err != nil {
				return fmt.Errorf("chromium: %w: %s", err, strings.TrimSpace(string(out)))
			}
		}
	}
	s.say("\n%d pagine fotografate a 1280, 360 e 320 punti, in %s", "\n%d pages pictured at 1280, 360 and 320 pixels, in %s", len(s.pages), s.pictures)
	return nil
}
