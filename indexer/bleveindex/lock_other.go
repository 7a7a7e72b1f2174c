//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package bleveindex

import "os"

// lock opens the lock file only: on these systems the record store's own lock keeps a second writer out.
func lock(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
}
