package legacy

import "cmp"

// maxRows is how many lines one list of the report has, maxCopied how many copies all lists of them name, and maxUnread
// how many files that could not be read (house rule 5).
const (
	maxRows   = 20
	maxCopied = 200
	maxUnread = 80
)

// others says how many are left when a list was cut.
func (w *page) others(n int, and string) {
	if n > maxRows {
		w.line("- ", and, itoa(n-maxRows))
	}
}

// copies lists the copies of documents by folder, as many as somebody reads.
func (d *draft) copies(w *page) {
	in := map[string][]Repeat{}
	all := 0
	for _, x := range d.u.Repeats {
		if !x.InDump {
			in[folderOf(x.Path)] = append(in[folderOf(x.Path)], x)
			all++
		}
	}
	named, told := 0, 0
	for _, folder := range sorted(in) {
		if named >= maxCopied {
			w.line("\nAltre ", itoa(all-told), " copie stanno in altre cartelle: toglile allo stesso modo e importa di nuovo.")
			return
		}
		named, told = named+min(len(in[folder]), maxRows), told+len(in[folder])
		w.line("\nCopie che si possono togliere, in ", file(cmp.Or(folder, ".")), ":\n")
		for _, x := range in[folder][:min(len(in[folder]), maxRows)] {
			at := ""
			if folderOf(x.Kept) != folder {
				at = " in " + file(cmp.Or(folderOf(x.Kept), "."))
			}
			w.line("- ", file(baseOf(x.Path)), ", come ", file(baseOf(x.Kept)), at)
		}
		w.others(len(in[folder]), "e altre ")
	}
}
