package privacy

import "strings"

// What is evidently an example concerns nobody: the lint lets it pass, though a mask, which costs nothing, takes it out.

// sampleDomains are names that examples put in place of a domain, besides those of [exampleDomain].
var sampleDomains = words("site.com website.com abc.com xyz.com domain.tld host.com host.tld b.com a.com b.it test.com demo.com corp.com server.com something.com somewhere.com")

// borrowedDomains stand in examples though whole countries have their mailboxes there: only the names of examples pass.
var borrowedDomains = words("email.com mail.com email.it mail.it")

// samplePersons are the names under which examples put a person, in the local part of a mailbox. Anywhere else but at a
// domain of examples they are real: Rossi is the commonest surname of Italy, and m.rossi the mailbox of many an office's clerk.
var samplePersons = words(`mario.rossi m.rossi mrossi mariorossi rossi.mario rossimario mario_rossi luigi.bianchi giuseppe.verdi luigi.verdi anna.bianchi luca.bianchi giulia.bianchi tizio caio
	jdoe j.doe john.smith jsmith jane.smith john jane jan.jansen m.mustermann mustermann juan.perez jean.dupont jeandupont alice bob joe bloggs joe.bloggs`)

// nobody are names that no person has in that form, at any domain: those of cartoons, and what a language says for "somebody".
var nobody = words("pippo pluto paperino topolino foobar fulano john.doe johndoe jane.doe janedoe max.mustermann maxmustermann erika.mustermann")

// sampleTaxCodes are the tax codes, whole, that manuals and forms give as the example: those of the Mario Rossi born in Rome
// and of the one on the specimen of the health card, and one of Pippo Pluto. One that only begins like them is somebody's.
var sampleTaxCodes = words("rssmra80a01h501u rssmra85t10a562s pppplt80r10m082k")

// isSample says that a mailbox is one of an example.
func isSample(addr string) bool {
	local, domain, _ := strings.Cut(strings.ToLower(addr), "@")
	return nobody[local] || sampleDomains[domain] || borrowedDomains[domain] && samplePersons[local] || strings.HasSuffix(domain, "noreply.github.com")
}

// isAccount says that what looks like a mailbox is an account of a machine or a part of an address: user@host after "://"
// or before a path, as in addresses of repositories, or behind a slash, as the messages of an archive have them.
func isAccount(text string, from, to int) bool {
	before := text[max(0, from-2):from]
	return before == "//" || len(before) == 2 && before[1] == '/' && alnum(before[0]) || strings.HasPrefix(text[to:], ":/") || strings.HasPrefix(text[to:], ":~")
}

// maxNameLine is how much of the line with a name is looked at, in bytes.
const maxNameLine = 2_000

// nameLine gives what a publiccode.yml, or a front matter, calls what it describes.
func nameLine(text string) string {
	for _, key := range [...]string{"\nname:", "\ntitle:"} {
		if _, rest, ok := strings.Cut(text, key); ok {
			line, _, _ := strings.Cut(rest[:min(len(rest), maxNameLine)], "\n")
			return line
		}
	}
	return ""
}

// isProduct says that a mailbox has the name of what the text is about, as its first heading or its name has it.
func isProduct(addr, title string) bool {
	local, _, _ := strings.Cut(strings.ToLower(addr), "@")
	if len(local) < longWord {
		return false
	}
	for w := range strings.FieldsFuncSeq(title, func(r rune) bool { return strings.ContainsRune(" /()-_.:,|\"'", r) }) {
		if w == local {
			return true
		}
	}
	return false
}

// isSamplePhone says that the figures of a telephone number were made up (333 1234567, 340 1111111), or are too few for
// one of today.
func isSamplePhone(number string) bool {
	figures := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
	for _, prefix := range [...]string{"0039", "39"} {
		if rest, ok := strings.CutPrefix(figures, prefix); ok && len(rest) >= 9 {
			figures = rest
			break
		}
	}
	last := figures[max(0, len(figures)-7):]
	return len(figures) < 10 || strings.Count(last, "0") >= 4 || distinct(last) <= 2 || strings.Contains(figures, "123456") || strings.Contains(figures, "654321") || strings.HasSuffix(figures, "0000")
}

func isSampleTaxCode(code string) bool { return sampleTaxCodes[strings.ToLower(code)] }

// firstHeading gives the first heading of a Markdown text, or "".
func firstHeading(md string) string {
	for line := range strings.Lines(md) {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimSpace(line), "#"), " "); ok && strings.HasPrefix(strings.TrimSpace(line), "#") {
			return strings.Trim(rest, "# ")
		}
	}
	return ""
}
