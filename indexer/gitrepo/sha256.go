package gitrepo

import "fmt"

// ErrSHA256: the repository names its objects with SHA-256, which is not read. It is an ErrUnsupported that deserves a
// sentence of its own: the owner has done nothing wrong.
var ErrSHA256 = fmt.Errorf("%w: objects named with SHA-256", ErrUnsupported)
