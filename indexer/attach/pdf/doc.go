// Package pdf gives the text of a PDF file, page by page. The bytes come from strangers: whoever publishes a repository
// chooses them. So nothing of a file is trusted, and what reads it may die without harm.
//
// Two readers stand behind one type. Poppler's pdftotext, where it is installed: it repairs broken files and knows every
// font. Elsewhere a reader in Go, over a library that opens files and objects; the table of a broken file is made anew
// (mend.go), and the words are put on lines by us (page.go). It may lose words, and says so: its documents are always
// Incomplete.
//
// # The child
//
// pdftotext runs as a child that can do little. It gets the file on its standard input and may write no file at all, so
// no bytes of persons are left on a disk; its environment is LC_ALL alone, its working directory is empty and is removed
// afterwards; it leads its own process group, which is killed whole when the time is over, when the caller's context
// ends or when more text came than was asked. On Linux the child ends with this program, however that ends, and what a
// program that was killed left in the folder of temporary files is removed at the next start.
//
// Its limits (address space, seconds of processor, size of files, number of open files, no core) are set by a shell of
// one line, "ulimit …; exec pdftotext …". Setting them from here after the start would come too late for a file made to
// do its work in the first millisecond; setting them here before it would bind the whole program, for limits belong to a
// process; prlimit(1) does the same as the shell but is missing from the small systems on which containers are built,
// while a shell is wherever poppler can be installed. The text of the script is fixed: program and arguments are handed
// over as positions. On systems that are not of the Unix family there are no such limits, only time and size.
//
// # The reader in Go
//
// The library cannot be interrupted and some hostile files make it recurse or allocate until the process dies, which no
// recover stops. Config.Self names the command that starts this same program again so that it calls ServeChild: then the
// Go reader works in a child too, bounded like the other. With Self empty it works in a goroutine of this process: panics
// are caught, numbers that would make it allocate too much are refused before it starts, its reads fail once the time is
// over, and if one still does not end it is left behind, a few at most; then files are refused until one ends.
//
// # Order of the words
//
// pdftotext is called without -layout: its default order undoes columns, so that a sentence stays together and a phrase
// can be found, and what is in a box or in the cell of a table comes as a block of its own, as the table of state at the
// head of many acts must. With -layout the text of the 47 real files was half as long again, 44 % of it blanks instead of
// 14 %, and on three lines of ten two columns or cells were laced together, where no phrase crosses a line any more. A
// table so drawn would be easier to read only in a face of equal widths and on a wide screen: the page of an attachment
// is read on telephones too, and links to the original. -raw follows the order in which the program that made the file
// drew, which need not be the order of reading; the reader in Go can do no better than that.
package pdf
