package main

import (
	"regexp"

	"github.com/open-community-pa/riuso/schema"
)

// flagFault says in the reader's language what the flag package, which speaks English only, says of a command line.
func (p *program) flagFault(err error) string {
	for _, f := range []struct {
		theirs *regexp.Regexp
		ours   schema.Text
	}{
		{regexp.MustCompile(`^flag provided but not defined: -+(.+)$`), schema.T("l'opzione --$1 non esiste", "there is no option --$1")},
		{regexp.MustCompile(`^flag needs an argument: -+(.+)$`), schema.T("manca il valore di --$1", "--$1 needs a value")},
		{regexp.MustCompile(`^bad flag syntax: (.*)$`), schema.T("«$1» non è un'opzione", `"$1" is not an option`)},
		{regexp.MustCompile(`^invalid value "(.*)" for flag -+(crawl-every|timeout): parse error$`), schema.T("il valore «$1» non va bene per --$2: scrivi il numero con la sua unità, per esempio 6h, 30m o 90s", `--$2 does not take "$1": write the number with its unit, as in 6h, 30m or 90s`)},
		{regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-+([^:]+): parse error$`), schema.T("il valore «$1» non va bene per --$2", `--$2 does not take "$1"`)},
		{regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-+([^:]+): value out of range$`), schema.T("il valore «$1» di --$2 è troppo grande", `"$1" is too large for --$2`)},
		{regexp.MustCompile(`^invalid (?:boolean )?value "(?:.*)" for (?:flag )?-+([^:]+): (.*)$`), schema.T("--$1: $2", "--$1: $2")},
	} {
		if m := f.theirs.FindStringSubmatchIndex(err.Error()); m != nil {
			return string(f.theirs.ExpandString(nil, f.ours.In(p.lang), err.Error(), m))
		}
	}
	return err.Error()
}
