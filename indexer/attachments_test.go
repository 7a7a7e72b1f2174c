package indexer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// written is a kit that somebody wrote, whose attachments are these files of a folder.
func written(texts map[string]string) fstest.MapFS {
	all := files(texts)
	var list strings.Builder
	for p := range texts {
		title, _, _ := strings.Cut(p[strings.LastIndex(p, "/")+1:], ".")
		fmt.Fprintf(&list, "  - {path: %q, title: %q}\n", p, title)
	}
	head := "---\ntype: kit\nspec: \"1\"\nid: sportello\ntitle: Sportello\nsummary: Uno sportello\nkind: practice\nstatus: draft\nattachments:\n"
	if len(texts) == 0 {
		head = strings.TrimSuffix(head, "attachments:\n")
	}
	all["kit.md"] = &fstest.MapFile{Data: []byte(head + list.String() + "---\nUno sportello.\n")}
	all["publiccode.yml"] = software("Sportello", source("ente").URL)["publiccode.yml"]
	return all
}

// What people attached is found to the page, fetched once, and read again only by a reader of another version.
func TestAttachmentsAreReadOnce(t *testing.T) {
	texts := map[string]string{"a/Modulo.txt": "Prima pagina.\fIl richiedente dichiara.", "a/Guida.txt": "Come si usa.", "a/film.mp4": "non si legge"}
	r := readingOf(t, written(texts), nil)
	_, fetched := r.visit(catalog.Full)
	if want := []string{"a/Guida.txt", "a/Modulo.txt"}; !slices.Equal(fetched, want) {
		t.Errorf("fetched %q, want %q", fetched, want)
	}
	if got := r.found("richiedente"); !slices.Equal(got, []string{"Modulo 2"}) {
		t.Errorf("found on %q", got)
	}
	for _, h := range catalog.Attachments(r.kit().Kit) {
		a := h.Attachment
		if read := a.Path != "a/film.mp4"; a.Blob == "" || (a.Text != nil) != read {
			t.Errorf("%s: blob %q, note %+v", a.Path, a.Blob, a.Text)
		}
		if a.Path == "a/Modulo.txt" && (a.Text.Words != 5 || a.Text.Pages != 2 || a.Text.Format != "txt") {
			t.Errorf("the note of the form: %+v", a.Text)
		}
	}
	if _, fetched := r.visit(catalog.Unchanged); len(fetched) > 0 {
		t.Errorf("unchanged: %q", fetched)
	}
	// The same bytes under another name, one file more, one less.
	texts["b/Modulo nuovo.txt"], texts["b/Nota.txt"] = texts["a/Modulo.txt"], "Una nota a margine."
	delete(texts, "a/Modulo.txt")
	delete(texts, "a/Guida.txt")
	r.commit(written(texts))
	if _, fetched := r.visit(catalog.Full); !slices.Equal(fetched, []string{"b/Nota.txt"}) || !slices.Equal(r.reader.read, []string{"Nota.txt"}) {
		t.Errorf("after a commit that renames: fetched %q, read %q", fetched, r.reader.read)
	}
	if got := r.found("richiedente"); !slices.Equal(got, []string{"Modulo nuovo 2"}) {
		t.Errorf("found on %q", got)
	}
	if got := r.found("usa"); got != nil {
		t.Errorf("what is no longer attached is found on %q", got)
	}
	// A reader that is better now reads all again, though nothing was committed.
	r.reader.version = "2"
	r.renew(func(*Config) {})
	if _, fetched := r.visit(catalog.Full); !slices.Equal(fetched, []string{"b/Modulo nuovo.txt", "b/Nota.txt"}) {
		t.Errorf("by another reader: fetched %q", fetched)
	}
}

// What does not come in one visit comes in the next ones; until then the kit is whole, and says which files wait.
func TestAttachmentsOverTheBudgetOfAVisit(t *testing.T) {
	texts := map[string]string{}
	for i := range 5 {
		texts[fmt.Sprintf("a/f%d.txt", i)] = fmt.Sprintf("parola%d %s", i, strings.Repeat("x", 92))
	}
	r := readingOf(t, written(texts), func(cfg *Config) { cfg.Attachments.Limits = AttachmentLimits{File: 150, Wire: 210} })
	for visit, waiting := range []int{3, 1, 0} {
		st, fetched := r.visit(catalog.Full)
		if got := told(st, "T08"); len(got) != waiting || len(fetched) != min(2, 5-2*visit) || len(catalog.Attachments(r.kit().Kit)) != 5 {
			t.Errorf("visit %d: %q wait, %q came", visit, got, fetched)
		}
		if (st.Mark == "") != (waiting > 0) {
			t.Errorf("visit %d: mark %q with %d files that wait", visit, st.Mark, waiting)
		}
	}
	for i := range 5 {
		if got := r.found(fmt.Sprint("parola", i)); len(got) != 1 {
			t.Errorf("file %d is found on %q", i, got)
		}
	}
	r.visit(catalog.Unchanged)
}

// A file that no visit will ever bring is told once, and does not make each visit begin again.
func TestAttachmentsThatNeverCome(t *testing.T) {
	for name, c := range map[string]struct {
		limits AttachmentLimits
		set    func(*wire)
		code   string
	}{
		"over the limit of a file":  {limits: AttachmentLimits{File: 50}, code: "T05"},
		"over the budget by itself": {limits: AttachmentLimits{Wire: 50}, code: "T05"},
		"over the room for texts":   {limits: AttachmentLimits{Text: 1}, code: "T05"},
		"lost":                      {set: func(w *wire) { w.lost["a/z.txt"] = true }, code: "T08"},
	} {
		t.Run(name, func(t *testing.T) {
			tree := written(map[string]string{"a/a.txt": "breve", "a/z.txt": strings.Repeat("lungo ", 20)})
			// In the order of the kit, so that what fits comes first.
			data := strings.Split(string(tree["kit.md"].Data), "\n")
			i := slices.Index(data, "attachments:")
			slices.Sort(data[i+1 : i+3])
			tree["kit.md"].Data = []byte(strings.Join(data, "\n"))
			r := readingOf(t, tree, func(cfg *Config) { cfg.Attachments.Limits = c.limits })
			if c.set != nil {
				c.set(r.wire)
			}
			st, _ := r.visit(catalog.Full)
			if got := told(st, c.code); !slices.Equal(got, []string{"a/z.txt"}) || st.Mark == "" {
				t.Errorf("%s of %q, mark %q", c.code, got, st.Mark)
			}
			if got := r.found("breve"); len(got) != 1 {
				t.Errorf("the other one is found on %q", got)
			}
			for _, h := range catalog.Attachments(r.kit().Kit) {
				if a := h.Attachment; a.Path == "a/z.txt" && (a.Text == nil || a.Text.Words != 0 || len(a.Text.Faults) != 1) {
					t.Errorf("the note says %+v", a.Text)
				}
			}
			if _, fetched := r.visit(catalog.Unchanged); len(fetched) > 0 {
				t.Errorf("again: %q", fetched)
			}
		})
	}
}

// The budget is spent by nothing: the next visit would not do better, and none is made for it alone.
func TestAttachmentsOfAServerThatGivesNothing(t *testing.T) {
	r := readingOf(t, written(map[string]string{"a/a.txt": strings.Repeat("x", 40), "a/b.txt": strings.Repeat("y", 40)}), nil)
	r.c.cfg.Attachments.Limits = AttachmentLimits{File: 100, Wire: 100}
	co := &Checkout{}
	r.wire.lead(co, r.at[r.src.URL])
	inner := co.Fetch
	co.Fetch = func(ctx context.Context, paths []string, lim FetchLimits, got func(string, []byte) error) (Fetched, error) {
		lim.Wire = 0 // the server gives the repository only as a whole, and that is too much
		return inner(ctx, paths, lim, got)
	}
	texts, err := r.c.cfg.Attachments.read(t.Context(), co, textsOf{paths: []string{"a/a.txt", "a/b.txt"}})
	if err != nil || texts.Unfinished || len(texts.Missed) != 2 {
		t.Errorf("%+v, %v", texts, err)
	}
	r.wire.broken["a/b.txt"] = true
	texts, err = r.c.cfg.Attachments.read(t.Context(), &Checkout{Blob: co.Blob, Fetch: inner}, textsOf{paths: []string{"a/a.txt", "a/b.txt"}})
	if err != nil || !texts.Unfinished || len(texts.Fresh) != 1 {
		t.Errorf("a server that broke down meanwhile: %+v, %v", texts, err)
	}
}

// All texts of a repository together are bounded, those that are known already among them; a text that other kits have too is
// never cut for the sake of this one.
func TestAttachmentsShareTheRoomForTexts(t *testing.T) {
	texts := map[string]string{"a/a.txt": strings.Repeat("a ", 30)}
	r := readingOf(t, written(texts), func(cfg *Config) { cfg.Attachments.Limits = AttachmentLimits{Text: 100} })
	r.visit(catalog.Full)
	texts["a/b.txt"] = strings.Repeat("b ", 30)
	r.commit(written(texts))
	if st, fetched := r.visit(catalog.Full); !slices.Equal(fetched, []string{"a/b.txt"}) || len(told(st, "T05")) > 0 {
		t.Fatalf("fetched %q; %v", fetched, st.Findings)
	}
	texts["a/c.txt"] = "cento"
	r.commit(written(texts))
	st, fetched := r.visit(catalog.Full)
	if got := told(st, "T05"); len(fetched) > 0 || !slices.Equal(got, []string{"a/c.txt"}) {
		t.Errorf("with no room left: fetched %q, told %q", fetched, got)
	}
	kept, err := r.store.Texts(t.Context(), []string{blobOf([]byte(texts["a/b.txt"]))})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kept {
		if k.Incomplete || k.Pages[0].Text != texts["a/b.txt"] || len(k.Faults) > 0 {
			t.Errorf("the text that is kept for all: %+v", k)
		}
	}
}

// Time that is over for attachments leaves the rest for the next visit; work that is called off stores nothing of the visit.
func TestAttachmentsTakeTheirTime(t *testing.T) {
	texts := map[string]string{"a/a.txt": "subito", "a/lento.txt": "lentamente"}
	r := readingOf(t, written(texts), func(cfg *Config) { cfg.Attachments.Limits = AttachmentLimits{Time: 30 * time.Millisecond} })
	slow := func(ctx context.Context, name string) error {
		if name != "lento.txt" {
			return nil
		}
		<-ctx.Done()
		return fmt.Errorf("reading: %w", ctx.Err())
	}
	r.reader.during = slow
	st, _ := r.visit(catalog.Full)
	if got := told(st, "T08"); st.Mark != "" || !slices.Contains(got, "a/lento.txt") {
		t.Errorf("mark %q, told %q", st.Mark, got)
	}
	r.reader.during = nil
	if st, _ := r.visit(catalog.Full); st.Mark == "" || len(told(st, "T08")) > 0 || len(r.found("lentamente")) != 1 {
		t.Errorf("with time enough: mark %q, %v", st.Mark, told(st, "T08"))
	}
	texts["b/lento.txt"] = "un altro"
	r.commit(written(texts))
	r.renew(func(cfg *Config) { cfg.Attachments.Limits = AttachmentLimits{} })
	ctx, cancel := context.WithCancel(t.Context())
	r.reader.during = func(inner context.Context, _ string) error {
		cancel()
		<-inner.Done()
		return inner.Err()
	}
	before := r.state()
	if _, err := r.c.Crawl(ctx, []catalog.Source{r.src}); !errors.Is(err, context.Canceled) {
		t.Fatalf("called off: %v", err)
	}
	if after := r.state(); len(after.Visits) != len(before.Visits) || after.Mark != before.Mark || len(r.found("altro")) > 0 {
		t.Errorf("a visit that was called off is stored: %+v", after.Last())
	}
}

// What the catalogue takes down is neither fetched nor kept nor found, nor are the same bytes under another name; when it is
// taken back, it is there again.
func TestAttachmentsTakenDown(t *testing.T) {
	texts := map[string]string{"a/Modulo A.txt": "segreto", "a/Copia.txt": "segreto", "a/b.txt": "pubblico"}
	for name, tree := range map[string]fstest.MapFS{"written": written(texts), "legacy": legacyTree(map[string]string{
		"FASE A Analisi/Allegato A1/Modulo A.txt": "segreto", "FASE A Analisi/Allegato A1/Copia.txt": "segreto"})} {
		t.Run(name, func(t *testing.T) {
			r := readingOf(t, tree, nil)
			file := "a/Modulo%20A.txt"
			if name == "legacy" {
				file = "FASE%20A%20Analisi/Allegato%20A1/Modulo%20A.txt"
			}
			catalogued := func(exclusions string) {
				list := listing([]string{"ente"}, nil)
				head := strings.TrimSuffix(string(list["catalogue.md"].Data), "---\n")
				list["catalogue.md"].Data = []byte(head + exclusions + "---\n")
				if _, err := r.c.Catalogue(t.Context(), Place{FS: list, URL: catalogueURL}); err != nil {
					t.Fatal(err)
				}
			}
			catalogued("exclusions:\n  - {url: \"" + r.src.URL + "#" + file + "\", reason: Lo chiede il titolare}\n")
			_, fetched := r.visit(catalog.Full)
			if slices.ContainsFunc(fetched, func(p string) bool { return strings.Contains(p, "Modulo") || strings.Contains(p, "Copia") }) || len(fetched) == 0 {
				t.Errorf("fetched %q", fetched)
			}
			kept, err := r.store.Texts(t.Context(), []string{blobOf([]byte("segreto"))})
			if err != nil || len(kept) > 0 || len(r.found("segreto")) > 0 {
				t.Errorf("kept %v (%v), found on %q", kept, err, r.found("segreto"))
			}
			catalogued("")
			if _, fetched := r.visit(catalog.Full); len(fetched) != 1 || len(r.found("segreto")) == 0 {
				t.Errorf("taken back: fetched %q, found on %q", fetched, r.found("segreto"))
			}
		})
	}
}

// Nothing is fetched of a piece of software, whatever lies in it.
func TestAttachmentsOfSoftwareAreNotFetched(t *testing.T) {
	tree := software("Programma", source("ente").URL)
	for _, p := range []string{"docs/manuale.txt", "docs/analisi.pdf", "delibera.txt"} {
		tree[p] = &fstest.MapFile{Data: []byte("cacciavite")}
	}
	r := readingOf(t, tree, nil)
	st, fetched := r.visit(catalog.Full)
	if len(fetched) > 0 || st.Last().Requests != 1 || r.kit().Kit.Form != catalog.FormSoftware {
		t.Errorf("fetched %q in %d requests; form %s", fetched, st.Last().Requests, r.kit().Kit.Form)
	}
}

// A fault of the reader that a file brings out is the failure of one visit: what was known stays, and the crawl goes on.
func TestAttachmentsThatBringOutAFault(t *testing.T) {
	texts := map[string]string{"a/a.txt": "prima"}
	r := readingOf(t, written(texts), nil)
	r.visit(catalog.Full)
	texts["a/cattivo.txt"] = "cattivo"
	r.commit(written(texts))
	r.reader.during = func(_ context.Context, name string) error {
		if name == "cattivo.txt" {
			panic("a fault")
		}
		return nil
	}
	st, _ := r.visit(catalog.Failed)
	if st.Last().Fault != catalog.FaultOurs || st.Last().Reason.IsZero() || len(r.found("prima")) != 1 {
		t.Errorf("%+v", st.Last())
	}
	// The same in the catalogue's own repository, which no worker visits.
	r.at[catalogueURL], r.mark[catalogueURL] = listing(nil, map[string]string{"kits/x/cattivo.txt": "cattivo",
		"kits/x/kit.md": "---\ntype: kit\nspec: \"1\"\nid: x\ntitle: X\nstatus: draft\nattachments: [{path: cattivo.txt, title: X}]\n---\n"}), "1"
	l, err := r.c.Catalogue(t.Context(), Place{URL: catalogueURL})
	if err != nil || l.Visit.Outcome != catalog.Failed {
		t.Errorf("the catalogue: %+v, %v", l.Visit, err)
	}
	r.reader.during = nil
	if l, err = r.c.Catalogue(t.Context(), Place{URL: catalogueURL}); err != nil || l.Visit.Outcome != catalog.Full || !slices.Equal(r.found("cattivo"), []string{"X 1"}) {
		t.Errorf("a kit that the catalogue hosts: %+v, %v; found on %q", l.Visit, err, r.found("cattivo"))
	}
}

// What is wrong with a file is told at each path that holds its bytes.
func TestFaultsOfAttachmentsAreTold(t *testing.T) {
	k := &catalog.Kit{Folder: "kits/x", Attachments: []catalog.Attachment{{Path: "a.txt", Blob: "1"}, {Path: "b.txt", Blob: "1"}, {Path: "a.txt", Blob: "1"}, {Path: "c.txt", Blob: "2"}}}
	texts := &Texts{ByBlob: map[string]*catalog.Text{"1": {Blob: "1", Faults: []catalog.TextFault{{Code: "T02", Severity: schema.Warning, Page: 3, Message: schema.T("vuota", "empty")}}}}, Missed: map[string]Missed{"2": {Path: "c.txt", Why: MissedLost}}}
	blobs := map[string]string{"kits/x/a.txt": "1", "kits/x/b.txt": "1", "kits/x/c.txt": "2"}
	texts.annotate(k, func(p string) string { return blobs[p] })
	var got []string
	for _, f := range texts.findings(k) {
		got = append(got, f.Code+" "+f.File)
	}
	if want := []string{"T02 kits/x/a.txt", "T02 kits/x/b.txt", "T08 kits/x/c.txt"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What was left for the next visit is fetched even if the list that names the repository says that nobody pushed to it.
func TestAttachmentsLeftOverOfAListedRepository(t *testing.T) {
	w := newWorld(t, "a", "b")
	reader := &plainReader{version: "1"}
	w.git.wire = &wire{}
	w.c.cfg.Attachments = &Attachments{Reader: reader, Store: w.store, Limits: AttachmentLimits{File: 60, Wire: 60}}
	tree := written(map[string]string{"a/uno.txt": "uno " + strings.Repeat("x", 40), "a/due.txt": "due " + strings.Repeat("y", 40)})
	tree["publiccode.yml"] = software("a", forgeURL+"/a")["publiccode.yml"]
	w.git.at[forgeURL+"/a"] = tree
	w.crawl(map[catalog.Outcome]int{catalog.Full: 3})
	if len(reader.read) != 1 {
		t.Fatalf("read %q", reader.read)
	}
	if _, asked := w.crawl(map[catalog.Outcome]int{catalog.Unchanged: 2, catalog.Full: 1}); asked != 1 || len(reader.read) != 2 {
		t.Errorf("%d repositories asked; read %q", asked, reader.read)
	}
	if _, asked := w.crawl(map[catalog.Outcome]int{catalog.Unchanged: 3}); asked != 0 {
		t.Errorf("%d repositories asked when all was there", asked)
	}
}
