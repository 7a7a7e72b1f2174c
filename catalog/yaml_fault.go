package catalog

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"github.com/open-community-pa/riuso/schema/publiccode"
	"go.yaml.in/yaml/v3"
)

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// yamlFault says where a text is not YAML, counting from 1, and what is wrong, of the error of the YAML library: in the
// language of the people who meet it. The place is a second reader's: the library often has none, or that of the line before.
func yamlFault(text []byte, err error) (line, column int, what schema.Text) {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	var te *yaml.TypeError
	if errors.As(err, &te) && len(te.Errors) > 0 {
		msg = te.Errors[0]
	}
	if m := yamlLine.FindStringSubmatch(msg); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			line, msg = n, m[2]
		}
	}
	if l, c := publiccode.SyntaxPlace(text); l > 0 {
		line, column = l, c
	}
	line, column = max(line, 1), max(column, 1)
	for _, f := range yamlFaults {
		if strings.Contains(msg, f.says) {
			return line, column, f.means
		}
	}
	return line, column, schema.T("«"+quoted(msg)+"»", quoted(msg))
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
}
