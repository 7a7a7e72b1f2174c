//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package bleveindex

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/open-community-pa/riuso/catalog"
)

// lock takes the writer's lock of a data folder. The kernel lets go of it when the process ends, however it ends.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("%s: another process writes to this data folder: %w", path, catalog.ErrBusy)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
