package main

import (
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/indexer/gitrepo/gitrepotest"
	"github.com/open-community-pa/riuso/schema/publiccode"
)

// inUTF16 is a text in UTF-16, with the mark at its head or without.
func inUTF16(order binary.AppendByteOrder, mark bool, text string) string {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

const lfsPointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"

// kitText is a kit.md that a catalogue takes.
const kitText = "---\ntype: kit\nspec: \"1\"\nid: prova\ntitle: Città in prova\nsummary: Una prova\nkind: practice\nstatus: draft\ncodeScheme: cit\nceding: [ipa:p_bs]\n---\nTesto.\n"

func TestHostileContent(t *testing.T) {
	g := newGround(t)
	const part = "una parte dei file non è stata letta: i rilievi dicono quali"
	const pointer = "il file è un segnaposto di Git LFS: il contenuto non è nel repository"
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	own := func(name string) string { return descriptorOf(g.base + "/" + name) }
	for _, p := range []hostilePlace{
		{name: "publiccode.yml is a folder", outcome: catalog.Full, reason: "publiccode.yml è una cartella: deve essere un file",
			start: made("cartella", map[string]string{"publiccode.yml": "", "publiccode.yml/dentro.md": "# Dentro\n"}),
			finds: []string{"publiccode.yml:0 V02 publiccode.yml è una cartella"}},
		{name: "publiccode.yml is a link", outcome: catalog.Full, reason: "publiccode.yml: file non letto: è un collegamento simbolico, che non viene seguito",
			start: made("legato", map[string]string{"publiccode.yml": "", "vero.yml": "name: x\n"}, func(t *testing.T, dir string) {
				gitrepotest.Git(t, dir, "update-index", "--add", "--cacheinfo", "120000,"+write(t, dir, "blob", []byte("vero.yml"))+",publiccode.yml")
				gitrepotest.CommitIndex(t, dir, "Collegamento")
			}), finds: []string{"publiccode.yml:0 V05 file non letto: è un collegamento simbolico"}},
		{name: "publiccode.yml is an LFS pointer", outcome: catalog.Partial, reason: part, start: made("lfs", map[string]string{"publiccode.yml": lfsPointer}),
			finds: []string{"publiccode.yml:1 V03 " + pointer}},
		{name: "a README is an LFS pointer", outcome: catalog.Partial, reason: part, records: 1, start: made("lfsreadme", map[string]string{"README.md": lfsPointer}),
			finds: []string{"README.md:1 V03 " + pointer}},
		{name: "publiccode.yml in UTF-16", outcome: catalog.Full, records: 1, start: made("utf16", map[string]string{"publiccode.yml": inUTF16(binary.LittleEndian, true, own("utf16"))}),
			finds: []string{"publiccode.yml:1 P02 il file è in UTF-16, non in UTF-8: è stato letto lo stesso"}},
		{name: "publiccode.yml in UTF-16, the other way, without a mark", outcome: catalog.Full, records: 1, start: made("utf16be", map[string]string{"publiccode.yml": inUTF16(binary.BigEndian, false, own("utf16be"))}),
			finds: []string{"publiccode.yml:1 P02 il file è in UTF-16"}},
		{name: "kit.md in UTF-16", outcome: catalog.Full, records: 1, start: made("kit16", map[string]string{"kit.md": inUTF16(binary.LittleEndian, true, crlf(kitText))}),
			finds: []string{"kit.md:1 E01 il file è in UTF-16, non in UTF-8: è stato letto lo stesso"}},
		{name: "half of UTF-16", outcome: catalog.Full, reason: "publiccode.yml: il file non è in UTF-8", start: made("mezzo", map[string]string{"publiccode.yml": "\xff\xfen\x00a\x00\xd8"}),
			finds: []string{"publiccode.yml:1 P02 il file non è in UTF-8"}},
		{name: "Latin-1", outcome: catalog.Full, reason: "publiccode.yml: il file non è in UTF-8", start: made("latino", map[string]string{"publiccode.yml": "name: Citt\xe0\n"}),
			finds: []string{"publiccode.yml:1 P02 il file non è in UTF-8"}},
		{name: "BOM", outcome: catalog.Full, records: 1, start: made("bom", map[string]string{"publiccode.yml": "\xef\xbb\xbf" + own("bom")}),
			finds: []string{"publiccode.yml:1 P03 il file comincia con un segno invisibile (BOM)"}},
		{name: "CRLF", outcome: catalog.Full, records: 1, start: made("crlf", map[string]string{"publiccode.yml": crlf(own("crlf")), "kit.md": crlf(kitText)})},
		{name: "not YAML", outcome: catalog.Full, reason: "publiccode.yml: il file non è YAML: una parentesi quadra non è chiusa, o manca una virgola", start: made("rotto", map[string]string{"publiccode.yml": "name: [a\nurl: x\n"}),
			finds: []string{"publiccode.yml:2 P01 "}},
		{name: "nothing of ours", outcome: catalog.Full, reason: "il repository non contiene né kit.md né publiccode.yml: non è un kit e non entra nel catalogo",
			start: made("altro", map[string]string{"publiccode.yml": "", "README.md": "# Altro\n"}), finds: []string{":0 V02 "}},
		{name: "a README that inflates", outcome: catalog.Partial, reason: part, records: 1, bytes: 1 << 20, memory: 64 << 20,
			start: made("gonfio", map[string]string{"README.md": strings.Repeat("\x00", 32<<20)}), finds: []string{"README.md:0 V05 file non letto: è troppo grande"}},
	} {
		t.Run(p.name, func(t *testing.T) { g.visit(t, p) })
	}
}

// A kit.md that could not be had used to put an entry without anything, called as the repository, in the place of the good
// one. What is known of a kit stays until it can be read again.
func TestHostileKitFileIsNotHad(t *testing.T) {
	g := newGround(t)
	address := made("perso", map[string]string{"kit.md": kitText})(t, g)
	store, visit := crawls(t, g, hostilePlace{}, address)
	first := visit()
	gitrepotest.Commit(t, filepath.Join(g.root, "perso"), "In LFS", map[string]string{"kit.md": lfsPointer})
	second := visit()
	if first.Outcome != catalog.Full || second.Outcome != catalog.Partial {
		t.Errorf("%s, then %s", first.Outcome, second.Outcome)
	}
	e, err := store.EntryByKey(t.Context(), catalog.KindKit, catalog.Key(publiccode.NormalizeURL(address)))
	if err != nil {
		t.Fatal(err)
	}
	if e.Title != "Città in prova" || e.State != catalog.Live || e.Commit != first.Commit {
		t.Errorf("%q, %s, of commit %s", e.Title, e.State, e.Commit)
	}
}
