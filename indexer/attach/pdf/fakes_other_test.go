//go:build !unix

package pdf

var fakes map[string]func(args []string) int
