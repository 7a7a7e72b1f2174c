package publiccode

import (
	"errors"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"go.yaml.in/yaml/v3"
)

// YAMLFault says where a text is not YAML, counting from 1, and what is wrong, of the error of the YAML library: in the
// language of the people who meet it. The place is a second reader's where it has one: the library often has none, or that
// of the line before. It is for texts that are known to be wrong: the second reader is slow, and reads some that others refuse.
func YAMLFault(text []byte, err error) (line, column int, what schema.Text) {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	var te *yaml.TypeError
	if errors.As(err, &te) && len(te.Errors) > 0 {
		msg = te.Errors[0]
	}
	if line, column = explain(text); line == 0 {
		line, column = lineOf(text, msg), 1
	}
	for _, f := range yamlFaults {
		if strings.Contains(msg, f.says) {
			return line, max(column, 1), f.means
		}
	}
	return line, max(column, 1), schema.T("una riga non segue le regole di YAML", "a line does not follow the rules of YAML: "+clip(msg))
}

// yamlFaults are the faults of who writes by hand, by what the library says of them. It is never changed.
var yamlFaults = []struct {
	says  string
	means schema.Text
}{
	{"mapping values are not allowed", schema.T("un valore contiene «: » e non è tra virgolette, oppure una riga è rientrata male", "a value holds \": \" and is not quoted, or a line is badly indented")},
	{"could not find expected ':'", schema.T("dopo una chiave mancano i due punti", "the colon after a key is missing")},
	{"did not find expected key", schema.T("una riga non è rientrata come quelle vicine, o dopo un testo tra virgolette c'è altro", "a line is not indented like its neighbours, or something follows a quoted text")},
	{"expected ',' or ']'", schema.T("una parentesi quadra non è chiusa, o manca una virgola", "a square bracket is not closed, or a comma is missing")},
	{"expected ',' or '}'", schema.T("una parentesi graffa non è chiusa, o manca una virgola", "a brace is not closed, or a comma is missing")},
	{"expected '-' indicator", schema.T("una voce dell'elenco non comincia con il trattino, o è rientrata male", "an entry of the list does not begin with a dash, or is badly indented")},
	{"block sequence entries are not allowed", schema.T("il trattino di un elenco sta sulla riga della sua chiave: va sulla riga dopo", "the dash of a list stands on the line of its key: it belongs on the next line")},
	{"unexpected end of stream", schema.T("un testo tra virgolette non è chiuso", "a quoted text is not closed")},
	{"tab character", schema.T("c'è un tabulatore: si rientra con gli spazi", "there is a tab: indent with blanks")},
	{"cannot start any token", schema.T("un valore comincia con un segno che vuole le virgolette, come @ o %, oppure c'è un tabulatore al posto degli spazi", "a value begins with a sign that must be quoted, such as @ or %, or there is a tab in place of blanks")},
	{"unknown escape character", schema.T("dopo una barra rovesciata c'è un segno che non si scrive così: usa le virgolette semplici", "a backslash is followed by a sign that is not written so: use single quotes")},
	{"unknown anchor", schema.T("un valore che comincia con * va tra virgolette", "a value that begins with * must be quoted")},
	{"expected alphabetic or numeric character", schema.T("un valore che comincia con * o & va tra virgolette", "a value that begins with * or & must be quoted")},
	{"control characters are not allowed", schema.T("ci sono caratteri di controllo, invisibili", "there are control characters, which cannot be seen")},
	{"hexdecimal number", schema.T("una barra rovesciata tra virgolette doppie vuole un codice dopo di sé: usa le virgolette semplici", "a backslash in double quotes is followed by a code that is cut short: use single quotes")},
	{"invalid Unicode character escape", schema.T("una barra rovesciata tra virgolette doppie è seguita da un codice che non esiste: usa le virgolette semplici", "a backslash in double quotes is followed by a code that does not exist: use single quotes")},
	{"mapping keys are not allowed", schema.T("una riga comincia con un punto interrogativo: se è un testo va tra virgolette", "a line begins with a question mark: if it is a text it must be quoted")},
	{"expected node content", schema.T("tra parentesi manca un valore o la parentesi di chiusura: c'è una virgola di troppo, o un segno che vuole le virgolette", "a value or the closing bracket is missing: there is one comma too many, or a sign that must be quoted")},
	{"expected comment or line break", schema.T("dopo > o | si va a capo: il testo comincia sulla riga sotto; un valore che comincia con quei segni va tra virgolette", "a line ends after > or |: the text begins on the next one; a value that begins with those signs must be quoted")},
	{"indentation indicator equal to 0", schema.T("dopo > o | c'è uno zero: toglilo", "there is a zero after > or |: remove it")},
	{"unexpected document indicator", schema.T("un testo tra virgolette non è chiuso prima di una riga di tre trattini o tre punti", "a quoted text is not closed before a line of three dashes or dots")},
	{"expected <document start>", schema.T("dopo la fine di un valore c'è altro testo, o la prima riga è rientrata più delle altre", "there is more text after the end of a value, or the first line is indented more than the others")},
	{"undefined tag handle", schema.T("un valore che comincia con ! va tra virgolette", "a value that begins with ! must be quoted")},
	{"expected tag URI", schema.T("un valore che comincia con ! va tra virgolette", "a value that begins with ! must be quoted")},
	{"expected whitespace or line break", schema.T("un valore che comincia con ! o % va tra virgolette", "a value that begins with ! or % must be quoted")},
	{"could not find expected directive name", schema.T("una riga comincia con %: un valore che comincia così va tra virgolette", "a line begins with %: a value that begins so must be quoted")},
	{"value contains itself", schema.T("un valore contiene se stesso: scrivilo per esteso, senza & e *", "a value holds itself: write it out, without & and *")},
	{"exceeded max depth", schema.T("le voci sono annidate troppo in profondità", "the entries are nested too deep")},
}
