package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-community-pa/riuso/catalog/scaffold"
	"github.com/open-community-pa/riuso/schema/sharedtest"
)

// pull is a catalogue repository with a base commit, and the request that is made on it.
type pull struct {
	t    *testing.T
	dir  string
	base string
}

// newPull commits a catalogue of two kits, one of them with blanks and quotes in its name, below the folder prefix.
func newPull(t *testing.T, prefix string) *pull {
	t.Helper()
	for _, tool := range []string{"bash", "git"} {
		if _, err := exec.LookPath(tool); err != nil {
			sharedtest.Missing(t, tool+" is not here")
		}
	}
	p := &pull{t: t, dir: t.TempDir()}
	root := filepath.Join(p.dir, prefix)
	p.scaffold(scaffold.Catalogue, root, map[string]string{"url": hostURL})
	p.scaffold(scaffold.Kit, filepath.Join(root, "kits", "uno"), map[string]string{"id": "uno", "url": hostURL})
	p.scaffold(scaffold.Kit, filepath.Join(root, "kits", hostileKit), map[string]string{"id": "due", "url": hostURL})
	p.git("init", "-q", "-b", "main")
	p.base = p.commit()
	return p
}

// hostileKit is a folder whose name would do harm if it ever became part of a command or of a list of words.
const hostileKit = `kit "due" $(touch PRESO); *`

// hostURL is the address of the catalogue, and so of the kits that it hosts.
const hostURL = "https://git.example.it/provincia/catalogo"

func (p *pull) scaffold(kind, dir string, change map[string]string) {
	p.t.Helper()
	answers := map[string]string{}
	for _, f := range scaffold.FieldsOf(kind) {
		answers[f.Name] = f.Example
	}
	for k, v := range change {
		answers[k] = v
	}
	files, err := scaffold.Make(scaffold.Request{Kind: kind, Answers: answers, Today: "2026-03-02"})
	if err != nil {
		p.t.Fatal(err)
	}
	delete(files, "LICENSE") // recognising its text takes longer than all the rest
	for name, data := range files {
		p.write(filepath.Join(dir, filepath.FromSlash(name)), string(data))
	}
}

func (p *pull) write(path, text string) {
	p.t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		p.t.Fatal(err)
	}
}

// edit replaces text in a file.
func (p *pull) edit(name, from, to string) {
	p.t.Helper()
	path := filepath.Join(p.dir, filepath.FromSlash(name))
	data, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(data, []byte(from)) {
		p.t.Fatalf("%s: %v, or no %q", name, err, from)
	}
	p.write(path, strings.Replace(string(data), from, to, 1))
}

func (p *pull) git(args ...string) string {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), "git", append([]string{"-C", p.dir}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=Ufficio", "GIT_COMMITTER_NAME=Ufficio",
		"GIT_AUTHOR_EMAIL=ufficio@comune.example", "GIT_COMMITTER_EMAIL=ufficio@comune.example")
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (p *pull) commit() string {
	p.t.Helper()
	p.git("add", "-A")
	p.git("commit", "-q", "-m", "Modifica")
	return p.git("rev-parse", "HEAD")
}

// check runs the script as the action does.
func (p *pull) check(env ...string) (stdout, summary string, code int) {
	p.t.Helper()
	script, err := filepath.Abs(filepath.Join("..", "..", ".github", "actions", "check-kits", "check.sh"))
	if err != nil {
		p.t.Fatal(err)
	}
	sum := filepath.Join(p.t.TempDir(), "summary")
	cmd := exec.CommandContext(context.WithoutCancel(p.t.Context()), "bash", script)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), append([]string{"GITHUB_STEP_SUMMARY=" + sum, "CHECK_BASE=" + p.base, "CHECK_HEAD=" + p.git("rev-parse", "HEAD")}, env...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		p.t.Fatal(err)
	}
	if cmd.ProcessState.ExitCode() == 0 && errs.Len() > 0 {
		p.t.Errorf("on the error stream: %s", errs.String())
	}
	data, err := os.ReadFile(sum)
	if err != nil && !os.IsNotExist(err) {
		p.t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(p.dir, "PRESO")); err == nil {
		p.t.Error("the name of a folder was run as a command")
	}
	return out.String(), string(data), cmd.ProcessState.ExitCode()
}

// Only what changed is checked, its annotations carry paths from the root of the repository, and the summary is Italian.
func TestCheckKitsSaysWhatChanged(t *testing.T) {
	for _, prefix := range []string{"", "cataloghi/nostro"} {
		t.Run("below "+prefix, func(t *testing.T) {
			p := newPull(t, prefix)
			at := func(name string) string { return filepath.ToSlash(filepath.Join(prefix, name)) }
			p.edit(at("kits/uno/docs/A/a1-sintesi.md"), `kind: "summary"`, `kind: "sunto"`)
			p.commit()
			out, summary, code := p.check("CHECK_PATH=" + filepath.Join(p.dir, prefix))
			if code != 1 || !strings.Contains(out, "::error file="+at("kits/uno/docs/A/a1-sintesi.md")+",line=13,col=7,title=E04 kind::valore non ammesso «sunto»") {
				t.Errorf("exit code %d\n%s", code, out)
			}
			if strings.Contains(out, "due") {
				t.Errorf("a kit that did not change was checked\n%s", out)
			}
			if !strings.HasPrefix(summary, "Controllo del kit: 1 errore, 3 avvisi.") || !strings.Contains(summary, at("kits/uno/docs/A/a1-sintesi.md")+"\n- riga 13, errore: valore non ammesso") ||
				strings.Count(summary, "Controllo del kit") != 1 {
				t.Errorf("summary\n%s", summary)
			}
		})
	}
}

func TestCheckKitsExitCode(t *testing.T) {
	p := newPull(t, "")
	if out, summary, code := p.check(); code != 0 || !strings.Contains(out, "Nessun kit") || !strings.Contains(summary, "Nessun kit") {
		t.Errorf("nothing changed: %d\n%s\n%s", code, out, summary)
	}
	p.edit("kits/uno/kit.md", `title: "`, `title: "Nuovo `)
	p.commit()
	if out, _, code := p.check(); code != 0 || !strings.Contains(out, "::warning file=kits/uno/kit.md") {
		t.Errorf("warnings alone: %d\n%s", code, out)
	}
	if _, _, code := p.check("CHECK_FAIL_ON=warning"); code != 1 {
		t.Errorf("--fail-on warning: %d", code)
	}
	if out, summary, code := p.check("CHECK_LANG=en"); code != 0 || !strings.HasPrefix(summary, "Check of the kit: 0 errors, 3 warnings.") {
		t.Errorf("English: %d\n%s\n%s", code, out, summary)
	}
	if _, summary, code := p.check("CHECK_FAIL_ON=mai"); code != 2 || summary != "" {
		t.Errorf("badly called: %d, summary %q", code, summary)
	}
	p.write(filepath.Join(p.dir, "codici.txt"), "c_x999\n")
	if out, _, code := p.check("CHECK_IPA_CODES=codici.txt"); code != 1 || !strings.Contains(out, "::error file=kits/uno/publiccode.yml") {
		t.Errorf("an unknown IPA code: %d\n%s", code, out)
	}
}

// Names are words, whatever is in them; a kit that moved is checked where it is now.
func TestCheckKitsHostileNames(t *testing.T) {
	p := newPull(t, "")
	p.edit("kits/"+hostileKit+"/kit.md", "type: kit", "type: kit\ncolore: <img src=x> [a](https://example.it) `@tutti`")
	p.commit()
	out, summary, code := p.check()
	if code != 1 || !strings.Contains(out, "::error file=kits/kit \"due\" $(touch PRESO); */kit.md,line=6,") || strings.Contains(out, "kits/uno") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if !strings.Contains(summary, "chiave sconosciuta «colore»") || strings.Contains(summary, "$(touch") {
		t.Errorf("summary\n%s", summary)
	}
	p.git("mv", "kits/"+hostileKit, "kits/--help")
	p.write(filepath.Join(p.dir, "kits", "uno", "docs", "A", "::set-output\nname=x::y.md"), "# niente\n")
	p.commit()
	if out, _, code := p.check(); code != 1 || !strings.Contains(out, "::error file=kits/--help/kit.md") || strings.Contains(out, "\n::set-output") {
		t.Errorf("moved: %d\n%s", code, out)
	}
}

// What a kit that went away leaves behind is seen: others may point at it.
func TestCheckKitsFallsBackToEverything(t *testing.T) {
	p := newPull(t, "")
	p.edit("kits/uno/kit.md", "type: kit", "type: kit\ncolore: blu")
	p.base = p.commit()
	p.git("rm", "-q", "-r", "kits/"+hostileKit)
	head := p.commit()
	if out, _, code := p.check(); code != 1 || !strings.Contains(out, "file=kits/uno/kit.md,line=6,") {
		t.Errorf("a kit was deleted: %d\n%s", code, out)
	}
	p.base = head
	p.edit("catalogue.md", `title: "`, `title: "Nuovo `)
	p.commit()
	if out, _, code := p.check(); code != 1 || !strings.Contains(out, "file=kits/uno/kit.md,line=6,") {
		t.Errorf("the catalogue changed: %d\n%s", code, out)
	}
	for name, base := range map[string]string{"none": "", "not a commit": "main", "unknown": strings.Repeat("a", 40), "an option": "--output=PRESO"} {
		p.base = base
		if out, _, code := p.check(); code != 1 || !strings.Contains(out, "file=kits/uno/kit.md,line=6,") {
			t.Errorf("base %s: %d\n%s", name, code, out)
		}
	}
	if err := os.Symlink("/", filepath.Join(p.dir, "kits", "tutto")); err != nil {
		sharedtest.Missing(t, "this file system has no symbolic links: "+err.Error())
	}
	p.base = p.git("rev-parse", "HEAD")
	p.commit()
	if out, _, code := p.check(); code != 1 || strings.Contains(out, "kits/tutto/") {
		t.Errorf("a link to elsewhere: %d\n%s", code, out)
	}
}

// A repository that is one kit is checked whole.
func TestCheckKitsOfOneKit(t *testing.T) {
	p := newPull(t, "")
	p.git("rm", "-q", "-r", ".")
	p.scaffold(scaffold.Kit, p.dir, nil)
	p.base = p.commit()
	p.edit("docs/B/b4-atti-e-moduli.md", "phase: [", "fase: [")
	p.commit()
	if out, summary, code := p.check(); code != 1 || !strings.Contains(out, "::error file=docs/B/b4-atti-e-moduli.md,") || !strings.Contains(summary, "phase") {
		t.Errorf("exit code %d\n%s\n%s", code, out, summary)
	}
}
