package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	lib "github.com/ledongthuc/pdf"
)

const (
	maxPacks     = 1 << 12 // streams of objects that are opened
	maxPack      = 16 << 20
	maxPackCount = 1 << 16 // objects of one of them
	maxUnpacked  = 128 << 20
)

// entry says where an object is: at a byte of the file, or packed in a stream that is an object itself.
type entry struct {
	packed     bool
	at         uint32 // the byte, or the number of the stream
	generation uint16
	pack       bool // it is a stream of objects
}

// mend gives the file with a new table of objects at its end, made by looking for them: the library trusts the table that
// it finds, and a file that was cut or changed by one byte has none that is true. nil where nothing can be done.
func mend(data []byte, stop func()) []byte {
	if bytes.Contains(data, []byte("/Encrypt")) {
		return nil
	}
	table := objects(data, stop)
	root := lastRoot(data)
	var packs []uint32
	for id, e := range table {
		if e.pack {
			packs = append(packs, id)
		}
	}
	slices.Sort(packs)
	packs = packs[:min(len(packs), maxPacks)]
	if root == "" || len(table) == 0 {
		return nil
	}
	if len(packs) > 0 {
		list := ""
		for _, p := range packs {
			list += fmt.Sprintf("%d %d R ", p, table[p].generation)
		}
		whole := withTable(data, table, root, "/Packs ["+list+"]")
		file, err := lib.NewReader(header{&source{data: whole}}, int64(len(whole)))
		if err != nil {
			return nil
		}
		left := int64(maxUnpacked)
		for i, p := range packs {
			stop()
			left -= openPack(file.Trailer().Key("Packs"), i, p, table, left)
		}
	}
	return withTable(data, table, root, "")
}

// objects finds the objects that stand in the clear, the last of each number.
func objects(data []byte, stop func()) map[uint32]entry {
	table := map[uint32]entry{}
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("obj"))
		if i < 0 {
			return table
		}
		stop()
		at += i
		generation, from := numberBefore(data, at)
		n, start := numberBefore(data, from)
		after := data[at:min(len(data), at+256)]
		at += len("obj")
		if n < 1 || n > maxObjects || generation < 0 || generation > 0xffff || start > 1<<32-1 {
			continue
		}
		dict, _, _ := bytes.Cut(after, []byte("stream"))
		table[uint32(n)] = entry{at: uint32(start), generation: uint16(generation), pack: bytes.Contains(dict, []byte("/ObjStm"))}
	}
}

// numberBefore reads the number that ends before a place, blanks between; -1 where there is none.
func numberBefore(data []byte, at int) (n int64, start int) {
	for at > 0 && blank(data[at-1]) {
		at--
	}
	start = at
	for start > 0 && at-start < 11 && data[start-1] >= '0' && data[start-1] <= '9' {
		start--
	}
	n, err := strconv.ParseInt(string(data[start:at]), 10, 64)
	if err != nil {
		return -1, start
	}
	return n, start
}

// lastRoot gives the reference to the root of the file as its last trailer has it; without one, to the object that says it
// is the root.
func lastRoot(data []byte) string {
	i := bytes.LastIndex(data, []byte("/Root"))
	if i < 0 {
		i = max(0, bytes.LastIndex(data, []byte("/Catalog")))
		generation, from := numberBefore(data, max(0, bytes.LastIndex(data[:i], []byte("obj"))))
		id, _ := numberBefore(data, from)
		if id < 1 || generation < 0 {
			return ""
		}
		return fmt.Sprintf("%d %d R", id, generation)
	}
	f := fields{b: data[i+len("/Root"):]}
	id, err1 := strconv.ParseUint(f.next(), 10, 32)
	generation, err2 := strconv.ParseUint(f.next(), 10, 16)
	if err1 != nil || err2 != nil || f.next() != "R" {
		return ""
	}
	return fmt.Sprintf("%d %d R", id, generation)
}

// openPack adds the objects of a stream of objects that are not in the clear, and gives the bytes it unpacked. A stream
// that is broken adds what can be had.
func openPack(packs lib.Value, i int, id uint32, table map[uint32]entry, most int64) (unpacked int64) {
	defer func() { _ = recover() }()
	pack := packs.Index(i)
	b := unpack(pack, min(maxPack, max(most, 0)))
	unpacked = int64(len(b))
	f := fields{b: b}
	for range min(pack.Key("N").Int64(), maxPackCount) {
		n, err1 := strconv.ParseUint(f.next(), 10, 32)
		_, err2 := strconv.ParseUint(f.next(), 10, 32)
		if err1 != nil || err2 != nil || n > maxObjects {
			break
		}
		if e, ok := table[uint32(n)]; (!ok || e.packed) && n > 0 {
			table[uint32(n)] = entry{packed: true, at: id}
		}
	}
	return unpacked
}

// withTable writes the table behind the file.
func withTable(data []byte, table map[uint32]entry, root, more string) []byte {
	const wide = 7 // bytes of a row: kind, place, generation
	var size uint32
	for id := range table {
		size = max(size, id+1)
	}
	size++ // the table is an object too
	rows := make([]byte, int(size)*wide)
	for id, e := range table {
		row := rows[int(id)*wide:]
		row[0] = 1
		if e.packed {
			row[0] = 2
		}
		binary.BigEndian.PutUint32(row[1:], e.at)
		binary.BigEndian.PutUint16(row[5:], e.generation)
	}
	var b bytes.Buffer
	b.Write(data)
	b.WriteByte('\n')
	at := b.Len()
	fmt.Fprintf(&b, "%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root %s %s /Length %d >>\nstream\n", size-1, size, root, more, len(rows))
	b.Write(rows)
	fmt.Fprintf(&b, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
	return b.Bytes()
}
