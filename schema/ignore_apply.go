package schema

import "strings"

// Ignoring hears what a file asks to ignore: it sets Ignored on its findings that a comment with a reason speaks of, and
// gives the list with a warning (W16) for each comment that does nothing as it stands: no reason, no code, a code that
// does not exist or may not be ignored, or nothing there to ignore. The findings of other files stay as they are.
//
// stale says whether a finding of a code would be in the list if there were one; nil means always. Who did not look for
// everything must not call a comment useless.
func Ignoring(fs []Finding, file string, asked []Ignore, stale func(code string) bool) []Finding {
	n := len(fs)
	for i := range asked {
		g := &asked[i]
		if g.Reason == "" || len(g.Codes) == 0 {
			fs = append(fs, g.without(file))
			continue
		}
		for _, code := range g.Codes {
			switch {
			case !exists(code):
				fs = append(fs, g.finding(file, Tf("il codice «%s» non esiste: il commento non fa ignorare niente", "there is no code %q: the comment ignores nothing", code),
					T("scrivi il codice com'è nella segnalazione, in maiuscolo: una lettera e due cifre, per esempio W04", "write the code as the finding has it, in capitals: a letter and two digits, as in W04")))
			case !Ignorable(code):
				fs = append(fs, g.finding(file, Tf("%s non si può ignorare", "%s cannot be ignored", code),
					T("correggi ciò che la segnalazione dice, e togli il commento", "correct what the finding says, and remove the comment")))
			case !g.mark(fs[:n], file, code) && (stale == nil || stale(code)):
				fs = append(fs, g.finding(file, Tf("qui non c'è niente da ignorare con il codice %s", "there is nothing here to ignore with the code %s", code),
					T("togli il commento, o mettilo sulla riga della segnalazione o su quella prima", "remove the comment, or put it on the line of the finding or on the line above")))
			}
		}
	}
	return fs
}

// exists says whether there may be a rule of that code; those of publiccode.yml are known to their own package.
func exists(code string) bool {
	_, known := RuleOf(code)
	return known || codeShape.MatchString(code) && code[0] == 'P'
}

// mark sets the reason on the findings that the comment speaks of, and says whether there were any.
func (g *Ignore) mark(fs []Finding, file, code string) (found bool) {
	for i := range fs {
		if f := &fs[i]; f.File == file && f.Code == code && g.covers(f) {
			found = true
			if f.Ignored == "" {
				f.Ignored = g.Reason
			}
		}
	}
	return found
}

func (g *Ignore) without(file string) Finding {
	if g.Unheard != "" {
		return g.finding(file, Tf("«%s» non fa ignorare niente: la segnalazione resta", "%q ignores nothing: the finding stays", g.Unheard),
			T("scrivi «riuso: ignore» (o «riuso: ignora»), con i due punti, poi il codice e il motivo", "write \"riuso: ignore\" (or \"riuso: ignora\"), with the colon, then the code and the reason"))
	}
	if len(g.Codes) == 0 {
		return g.finding(file, T("il commento non dice che cosa ignorare", "the comment does not say what to ignore"),
			T("scrivi il codice e il motivo: riuso: ignore W04 numero di esempio", "write the code and the reason: riuso: ignore W04 example number"))
	}
	codes := strings.Join(g.Codes, ", ")
	return g.finding(file, Tf("manca il motivo per cui ignorare %s: la segnalazione resta", "the reason for ignoring %s is missing: the finding stays", codes),
		Tf("scrivi il motivo dopo il codice: riuso: ignore %s numero di esempio", "write the reason after the code: riuso: ignore %s example number", codes))
}

func (g *Ignore) finding(file string, message, hint Text) Finding {
	return Finding{File: file, Line: g.Line, Column: g.Column, Severity: Warning, Code: "W16", Message: message, Hint: hint}
}
