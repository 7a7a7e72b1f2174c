package gitrepo

import (
	"cmp"
	"errors"
	"os"
)

// spool is a file that holds one answer after the other. Where the system allows it, it loses its name at once, so that
// nothing of it stays on the disk however this program ends.
type spool struct {
	*os.File
	err   error // of this machine, not of the server
	named bool  // it still has its name
}

func newSpool(dir string) (*spool, error) {
	file, err := os.CreateTemp(dir, "riuso-pack-*")
	if err != nil {
		return nil, err
	}
	return &spool{File: file, named: os.Remove(file.Name()) != nil}, nil
}

// again empties it.
func (s *spool) again() error {
	if _, err := s.Seek(0, 0); err != nil {
		return err
	}
	return s.Truncate(0)
}

// Write keeps in mind whether it failed: the error comes out of what reads the answer.
func (s *spool) Write(b []byte) (int, error) {
	n, err := s.File.Write(b)
	s.err = cmp.Or(s.err, err)
	return n, err
}

// end gives its room on the disk back.
func (s *spool) end() error {
	err := s.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.Name()))
	}
	return err
}
