//go:build unix && !linux

package pdf

import "syscall"

// Elsewhere a child outlives this program by no more than its time of the processor.
func dieWith(*syscall.SysProcAttr) {}
