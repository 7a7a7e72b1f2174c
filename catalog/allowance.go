package catalog

// AllowanceQuote is what an allowance amounts to for one body. Value nil with nothing missing says that nobody published
// it: not known, which is not zero.
type AllowanceQuote struct {
	Value   *Decimal `json:"value,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Period  string   `json:"period,omitempty"`
	Note    string   `json:"note,omitempty"`    // of the rule that decided
	Missing []string `json:"missing,omitempty"` // what must be said of the body first: "entityType", "inhabitants", "member"
}

// Known says that the quantity is published.
func (q AllowanceQuote) Known() bool { return q.Value != nil }

// For gives the quantity that a body has with the fee (kit format §7, vectors D1 and D2). The first rule whose condition
// holds decides; where none does, the bracket of inhabitants that the body falls in, upper bounds included. A bracket
// that is not there or holds no value is not known: what lies beyond the last published row is never guessed.
func (a *Allowance) For(in QuoteInput) AllowanceQuote {
	q := AllowanceQuote{Unit: a.Unit, Period: a.Period}
	inhabitants, counted := in.Quantities["inhabitants"]
	for i := range a.Rules {
		r := &a.Rules[i]
		if r.When.excludes(in) {
			continue
		}
		if lacks := r.When.lacks(in); len(lacks) > 0 {
			for _, l := range lacks {
				q.lacks(l)
			}
			continue
		}
		if len(q.Missing) > 0 {
			return q // an earlier rule might be the one
		}
		q.Note = r.Note
		if r.Value != "" {
			q.Value = &r.Value
		}
		return q
	}
	if len(a.Brackets) == 0 {
		return q
	}
	if !counted {
		q.lacks("inhabitants")
	}
	if len(q.Missing) > 0 {
		return q
	}
	if b := bracketOf(a.Brackets, inhabitants); b != nil {
		switch {
		case b.Value != "":
			q.Value = &b.Value
		case b.Amount != "":
			q.Value = &b.Amount
		}
	}
	return q
}

func (q *AllowanceQuote) lacks(what string) {
	for _, m := range q.Missing {
		if m == what {
			return
		}
	}
	q.Missing = append(q.Missing, what)
}

// bracketOf gives the first row whose inclusive upper bound n does not pass, or nil.
func bracketOf(table []Bracket, n int) *Bracket {
	for i := range table {
		if up := table[i].UpTo; up == nil || n <= *up {
			return &table[i]
		}
	}
	return nil
}
