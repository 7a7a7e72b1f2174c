// Command federation shows a whole federation at work on this machine, and checks it. It starts three forges with real
// repositories, another riuso catalogue, a server of the Developers Italia API, a list of publishers, hostile and broken
// places, and the repositories of the shared corpus (without it, a handful of its own); it writes a catalogue that names
// them all, crawls it twice with the program itself, and prints what each place came to. Each place states the outcome
// that it must have: a difference is printed, and the exit code is 1.
//
//	go run ./internal/federation                 # make federation
//	go run ./internal/federation -serve :8080    # make federation SERVE=1: the site stays open until Ctrl-C
//
// Nothing leaves this machine: all listen on loopback.
package main
