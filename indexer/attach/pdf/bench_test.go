package pdf

import (
	"os/exec"
	"testing"
)

// BenchmarkRead reads all the real files once an iteration: with the bare program, with our child, with the reader in Go.
func BenchmarkRead(b *testing.B) {
	files := realFiles(b)
	var bytes int64
	for _, f := range files {
		bytes += int64(len(f.data))
	}
	inPoppler := poppler(b)
	inGo, err := New(Config{Pdftotext: "-"})
	if err != nil {
		b.Fatal(err)
	}
	ours := func(r *Reader) func(realFile) error {
		return func(f realFile) error {
			_, err := r.Read(b.Context(), f.data, 0, 0)
			return err
		}
	}
	for _, way := range []struct {
		name string
		read func(realFile) error
	}{
		{"pdftotext-bare", func(f realFile) error {
			_, err := exec.Command(inPoppler.prog, "-enc", "UTF-8", f.path, "-").Output()
			return err
		}},
		{"pdftotext", ours(inPoppler)},
		{"go", ours(inGo)},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(bytes)
			for b.Loop() {
				for i, f := range files {
					if err := way.read(f); err != nil {
						b.Fatalf("file %d: %v", i, err)
					}
				}
			}
			b.ReportMetric(float64(len(files)*b.N)/b.Elapsed().Seconds(), "files/s")
		})
	}
}
