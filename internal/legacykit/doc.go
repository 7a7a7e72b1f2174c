// Command legacykit brings home a real kit that was left behind as folders of PDFs, and checks what becomes of it. It makes a
// Git repository with all paths of the shared kit, of which some contents are absent on the server too, adds it as a source
// to a copy of the starter catalogue, crawls that twice with the program itself, prints what was understood beside what the
// kit format expects (§L4), asks the searches that must find its documents, and takes pictures of its pages. A difference is
// printed, and the exit code is 1.
//
//	go run ./internal/legacykit                          # make legacy
//	go run ./internal/legacykit -serve 127.0.0.1:8080    # make legacy SERVE=1: the site stays open until Ctrl-C
//
// Nothing leaves this machine. The shared kit names real offices and persons: the pictures stay in .cache.
package main
