package pdf

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

const (
	damagedCount  = 300       // files that are made
	damagedBytes  = 100 << 10 // of the real files that they are made from, but under RIUSO_TORTURE=1
	damagedInRace = 60        // of the files that are made, how many the reader in Go has under the race detector, which finds nothing in it: it is one goroutine
)

// damage makes one broken file of a sound one.
func damage(rnd *rand.Rand, sound []byte) (how string, broken []byte) {
	b := slices.Clone(sound)
	switch rnd.IntN(5) {
	case 0:
		return "cut", b[:rnd.IntN(len(b))]
	case 1:
		for range 1 + rnd.IntN(40) {
			b[rnd.IntN(len(b))] ^= byte(1 + rnd.IntN(255))
		}
		return "bytes changed", b
	case 2:
		from := rnd.IntN(len(b))
		to := min(len(b), from+1+rnd.IntN(4096))
		return "a piece twice", slices.Insert(b, to, bytes.Clone(b[from:to])...)
	case 3:
		from := rnd.IntN(len(b))
		return "a piece lost", slices.Delete(b, from, min(len(b), from+1+rnd.IntN(4096)))
	}
	return "numbers changed", numbers(rnd, b)
}

// numbers puts other numbers in the place of some that stand in the clear.
func numbers(rnd *rand.Rand, b []byte) []byte {
	others := []int{0, 1, -1, 7, 255, 65536, 1 << 30, 1<<31 - 1, 1 << 40, 1<<63 - 1}
	for range 1 + rnd.IntN(20) {
		at := rnd.IntN(len(b))
		i := bytes.IndexAny(b[at:], "0123456789")
		if i < 0 {
			continue
		}
		from := at + i
		to := from
		for to < len(b) && '0' <= b[to] && b[to] <= '9' {
			to++
		}
		b = slices.Replace(b, from, to, []byte(strconv.Itoa(others[rnd.IntN(len(others))]))...)
	}
	return b
}

// Whatever is done to real files, each is read or refused by one of the four errors. `make torture` makes five times as many
// of all files, and reads them in a child too.
func TestDamagedFiles(t *testing.T) {
	files := realFiles(t)
	all := os.Getenv("RIUSO_TORTURE") == "1"
	count := damagedCount
	if all {
		count *= 5
	} else {
		files = slices.DeleteFunc(files, func(f realFile) bool { return len(f.data) > damagedBytes })
	}
	inGo, err := New(Config{Pdftotext: "-", Time: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	ways := map[string]*Reader{"pdftotext": poppler(t), "go": inGo}
	if all {
		ways["go in a child"] = readers(t)["go in a child"]
	}
	for name, r := range ways {
		rnd := rand.New(rand.NewPCG(7, 2022))
		var read, worded, damaged, encrypted, limit, late int
		count := count
		if name == "go" && raceDetector && !all {
			count = damagedInRace
		}
		for n := range count {
			which := rnd.IntN(len(files))
			how, data := damage(rnd, files[which].data)
			d, err := r.Read(t.Context(), data, 0, 0)
			switch {
			case err == nil:
				read++
				if _, n := words(d.Pages); n > 0 {
					worded++
				}
			case errors.Is(err, ErrDamaged):
				damaged++
			case errors.Is(err, ErrEncrypted):
				encrypted++
			case errors.Is(err, ErrLimit):
				limit++
			case errors.Is(err, ErrTime):
				late++
			default:
				t.Errorf("%s, number %d (%s, file %d): %v", name, n, how, which, err)
			}
			if err == nil && len(d.Pages) == 0 {
				t.Errorf("%s, number %d (%s, file %d): neither a page nor an error", name, n, how, which)
			}
		}
		t.Logf("%s: %d files made from %d: %d read (%d have words), %d damaged, %d encrypted, %d over a limit, %d too slow",
			name, count, len(files), read, worded, damaged, encrypted, limit, late)
		if read == 0 || damaged == 0 {
			t.Errorf("%s: %d read, %d damaged: the damage shows nothing", name, read, damaged)
		}
	}
}
