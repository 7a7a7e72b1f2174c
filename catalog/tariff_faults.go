package catalog

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/open-community-pa/riuso/schema"
	"golang.org/x/text/currency"
)

// tariffFault is one reason why a tariff cannot be computed as it is written.
type tariffFault struct {
	key       string // dotted path in the front matter
	lacks     bool   // nothing is known there: not written, or refused when it was read, which was said then
	what, how schema.Text
}

// tariffUnits are the names of what a tariff may count (kit format §7, inputs that are numbers). The last is the number of
// bodies for which one pays.
var tariffUnits = []string{"inhabitants", "businesses", "users", "units", "hours", "members"}

// unitsHint lists them to who writes.
var unitsHint = schema.Tf("scrivi una di queste unità: %s", "write one of these units: %s", strings.Join(tariffUnits, ", "))

// kindKeys are the keys that a kind of item is computed from; those that any item may have are not among them.
var kindKeys = map[string][]string{
	"fixed":     {"amount"},
	"perUnit":   {"unit", "rate", "includedUnits", "min", "max"},
	"bracket":   {"unit", "table", "includedUnits"},
	"graduated": {"unit", "table", "includedUnits"},
	"range":     {"min", "max"},
	"percentOf": {"component", "percent"},
}

// faults says all that keeps a tariff from being computed (rule E19). It is a pure function of what is written, so that a
// quote refuses exactly what a check names. Nothing of it is about a price being right, only about it being a price.
func (t *Tariff) faults() []tariffFault {
	var f faultList
	if t.Currency != "" && !isCurrency(t.Currency) {
		f.add("currency", schema.Tf("«%s» non è il codice di una valuta", "%q is not the code of a currency", quoted(t.Currency)),
			schema.T("scrivi le tre lettere maiuscole della norma ISO 4217, per esempio EUR", "write the three capitals of ISO 4217, as in EUR"))
	}
	f.validity("valid", t.Valid)
	for i := range t.Rules {
		f.rule(fmt.Sprintf("rules[%d]", i), &t.Rules[i])
	}
	return f.all
}

func isCurrency(s string) bool {
	if len(s) != 3 || strings.ToUpper(s) != s {
		return false
	}
	_, err := currency.ParseISO(s)
	return err == nil
}

type faultList struct{ all []tariffFault }

func (f *faultList) add(key string, what, how schema.Text) {
	f.all = append(f.all, tariffFault{key: key, what: what, how: how})
}

func (f *faultList) lack(key string, what, how schema.Text) {
	f.all = append(f.all, tariffFault{key: key, lacks: true, what: what, how: how})
}

func (f *faultList) validity(key string, v *Validity) {
	if v != nil && v.From != "" && v.To != "" && startOf(v.From) > endOf(v.To) {
		f.add(key, schema.Tf("il periodo finisce (%s) prima di cominciare (%s)", "the period ends (%s) before it begins (%s)", v.To, v.From),
			schema.T("in from va il primo giorno, in to l'ultimo: forse sono scambiati", "from takes the first day, to the last: they may be swapped"))
	}
}

func (f *faultList) rule(key string, r *Rule) {
	f.condition(key+".when", r.When)
	if len(r.Components) == 0 {
		f.lack(key+".components", schema.T("la regola non ha voci: non darebbe un importo", "the rule has no items: it would give no amount"),
			schema.T("aggiungi almeno una voce; se non si paga niente scrivi {kind: fixed, label: Gratuito, amount: \"0.00\"}", "add one item at least; when nothing is paid write {kind: fixed, label: Free, amount: \"0.00\"}"))
	}
	before, named := map[string]bool{}, map[string]bool{} // ids of the items so far; ids and labels of all
	for i := range r.Components {
		c := &r.Components[i]
		f.component(fmt.Sprintf("%s.components[%d]", key, i), c, before)
		if c.ID != "" {
			before[c.ID] = true
		}
		named[c.ID], named[c.Label] = true, true
	}
	for i := range r.Discounts {
		at, d := fmt.Sprintf("%s.discounts[%d]", key, i), &r.Discounts[i]
		f.discount(at, d)
		for _, name := range d.AppliesTo {
			if !named[name] {
				f.add(at+".appliesTo", schema.Tf("lo sconto vale su «%s», che non è una voce di questa regola", "the discount is on %q, which is no item of this rule", quoted(name)),
					schema.T("scrivi l'id o l'etichetta (label) delle voci a cui si applica, o togli la riga se vale su tutte", "write the id or the label of the items that it is on, or remove the line when it is on all"))
				break
			}
		}
	}
	f.notNegative(key+".min", r.Min)
	f.notNegative(key+".cap", r.Cap)
	f.ordered(key+".min", r.Min, r.Cap, "min", "cap")
}

func (f *faultList) condition(key string, c *Condition) {
	if c == nil {
		return
	}
	if lo, hi := c.Inhabitants.bounds(); lo > hi {
		f.add(key+".inhabitants", schema.T("nessun numero di abitanti soddisfa questa condizione", "no number of inhabitants meets this condition"),
			schema.T("gt e gte dicono il minimo, lt e lte il massimo: forse sono scambiati", "gt and gte give the least, lt and lte the most: they may be swapped"))
	}
	f.validity(key+".date", c.Date)
}

func (f *faultList) component(key string, c *TariffComponent, before map[string]bool) {
	f.foreignKeys(key, c)
	switch c.Kind {
	case "":
		f.lack(key+".kind", schema.T("manca il tipo della voce", "the kind of the item is missing"), schema.T("scrivi kind:, per esempio kind: fixed", "write kind:, as in kind: fixed"))
	case "fixed":
		f.needs(key+".amount", c.Amount, schema.T("manca l'importo della voce fissa", "the amount of the fixed item is missing"),
			schema.T("aggiungi l'importo tra virgolette, per esempio amount: \"300.00\"", "add the amount in quotes, as in amount: \"300.00\""))
	case "perUnit":
		f.unit(key+".unit", c.Unit)
		f.needs(key+".rate", c.Rate, schema.T("manca il prezzo di una unità", "the price of one unit is missing"),
			schema.T("aggiungi quanto costa ogni unità, tra virgolette, per esempio rate: \"0.15\"", "add what each unit costs, in quotes, as in rate: \"0.15\""))
	case "bracket", "graduated":
		f.unit(key+".unit", c.Unit)
		f.table(key+".table", c.Table, c.Kind == "graduated")
	case "range":
		if c.Min == "" && c.Max == "" {
			f.lack(key+".min", schema.T("la voce da–a non dice né da quanto né fino a quanto", "the range says neither from nor to which amount"),
				schema.T("aggiungi min e max tra virgolette, per esempio min: \"1500.00\", max: \"3500.00\"", "add min and max in quotes, as in min: \"1500.00\", max: \"3500.00\""))
		}
	case "percentOf":
		f.percentOf(key, c, before)
	}
	f.notNegative(key+".min", c.Min)
	f.notNegative(key+".max", c.Max)
	f.ordered(key+".min", c.Min, c.Max, "min", "max")
	if c.IncludedUnits < 0 {
		f.add(key+".includedUnits", schema.T("le unità comprese non possono essere meno di zero", "the units included cannot be fewer than none"), schema.T("scrivi quante unità non si pagano, o togli la riga", "write how many units are free, or remove the line"))
	}
}

// foreignKeys finds what an item says that its kind has no use for: the writer meant it, and it would not count.
func (f *faultList) foreignKeys(key string, c *TariffComponent) {
	own, known := kindKeys[c.Kind]
	if !known {
		return
	}
	for _, k := range []struct {
		name  string
		there bool
	}{{"amount", c.Amount != ""}, {"unit", c.Unit != ""}, {"rate", c.Rate != ""}, {"includedUnits", c.IncludedUnits != 0}, {"min", c.Min != ""},
		{"max", c.Max != ""}, {"table", len(c.Table) > 0}, {"component", c.Component != ""}, {"percent", c.Percent != ""}} {
		if k.there && !slices.Contains(own, k.name) {
			f.add(key+"."+k.name, schema.Tf("una voce di tipo %s non usa «%s»: non conterebbe", "an item of kind %s does not use %q: it would not count", c.Kind, k.name),
				schema.T("togli la riga, o cambia kind: "+c.Kind+" vuole "+strings.Join(own, ", "), "remove the line, or change kind: "+c.Kind+" takes "+strings.Join(own, ", ")))
		}
	}
}

func (f *faultList) percentOf(key string, c *TariffComponent, before map[string]bool) {
	f.needs(key+".percent", c.Percent, schema.T("manca la percentuale", "the percentage is missing"), schema.T("aggiungi la percentuale tra virgolette, per esempio percent: \"22\"", "add the percentage in quotes, as in percent: \"22\""))
	hint := schema.T("scrivi l'id di una voce che sta prima di questa, nella stessa regola", "write the id of an item before this one, in the same rule")
	switch {
	case c.Component == "":
		f.lack(key+".component", schema.T("la percentuale non dice di quale voce", "the percentage does not say of which item"), hint)
	case c.Component == c.ID:
		f.add(key+".component", schema.T("la voce è una percentuale di sé stessa", "the item is a percentage of itself"), hint)
	case !before[c.Component]:
		f.add(key+".component", schema.Tf("nessuna voce prima di questa ha l'id «%s»", "no item before this one has the id %q", quoted(c.Component)), hint)
	}
}

func (f *faultList) unit(key, unit string) {
	switch {
	case unit == "":
		f.lack(key, schema.T("la voce non dice che cosa si conta", "the item does not say what is counted"), unitsHint)
	case !slices.Contains(tariffUnits, unit):
		f.add(key, schema.Tf("«%s» non è un'unità conosciuta: nessuno potrebbe dire quante sono", "%q is no known unit: nobody could say how many there are", quoted(unit)), unitsHint)
	}
}

// table checks rows from the lowest up: each with its amount, bounds that grow, and a last one without.
func (f *faultList) table(key string, rows []Bracket, graduated bool) {
	if len(rows) == 0 {
		f.lack(key, schema.T("mancano le fasce", "the brackets are missing"),
			schema.T("aggiungi table: con una riga per fascia, per esempio {upTo: 3000, amount: \"500.00\"}, e l'ultima con upTo: null", "add table: with a row for each bracket, as in {upTo: 3000, amount: \"500.00\"}, and the last with upTo: null"))
		return
	}
	name := "amount"
	if graduated {
		name = "rate"
	}
	var last *int
	for i := range rows {
		row, at := &rows[i], fmt.Sprintf("%s[%d]", key, i)
		value := row.Rate
		if !graduated {
			if value = row.Amount; value == "" {
				value = row.Value
			}
		}
		f.needs(at+"."+name, value, schema.Tf("la fascia non dice quanto si paga: manca %s", "the bracket does not say what is paid: %s is missing", name),
			schema.Tf("aggiungi %s: e l'importo tra virgolette", "add %s: and the amount in quotes", name))
		switch end := i == len(rows)-1; {
		case row.UpTo == nil && !end:
			f.lack(at+".upTo", schema.T("la fascia non ha un limite, e quelle che seguono non contano mai", "the bracket has no bound, and those that follow never count"),
				schema.T("scrivi in upTo fin dove arriva; solo l'ultima fascia ha upTo: null", "write under upTo how far it goes; only the last bracket has upTo: null"))
		case row.UpTo != nil && (*row.UpTo < 0 || last != nil && *row.UpTo <= *last):
			f.add(at+".upTo", schema.Tf("il limite %d non è più alto di quello della fascia prima", "the bound %d is not above that of the bracket before", *row.UpTo),
				schema.T("metti le fasce in ordine, dalla più bassa, ognuna con un limite diverso", "put the brackets in order, lowest first, each with a bound of its own"))
		case row.UpTo != nil && end:
			f.add(at+".upTo", schema.Tf("oltre %d nessuna fascia dice quanto si paga", "beyond %d no bracket says what is paid", *row.UpTo),
				schema.T("aggiungi un'ultima fascia con upTo: null, che vale per tutto il resto", "add a last bracket with upTo: null, which holds for all the rest"))
		}
		if row.UpTo != nil {
			last = row.UpTo
		}
	}
}

// maxPercentOff is all that a discount can take off.
var maxPercentOff = big.NewRat(100, 1)

func (f *faultList) discount(key string, d *Discount) {
	if d.Unknown != nil && *d.Unknown {
		return
	}
	hint := schema.T("aggiungi value: e il numero tra virgolette, per esempio \"10\"; se non è pubblicato scrivi unknown: true", "add value: and the number in quotes, as in \"10\"; when it is not published write unknown: true")
	switch {
	case d.By == "" && len(d.Table) > 0:
		f.lack(key+".by", schema.T("lo sconto ha fasce e non dice in base a che cosa", "the discount has brackets and does not say of what"), unitsHint)
	case d.By != "":
		f.unit(key+".by", d.By)
		f.table(key+".table", d.Table, false)
	default:
		f.needs(key+".value", d.Value, schema.T("lo sconto non dice quanto toglie", "the discount does not say how much it takes off"), hint)
		if v := ratOf(d.Value); v != nil && d.Kind != "amount" && v.Cmp(maxPercentOff) > 0 {
			f.add(key+".value", schema.Tf("uno sconto di %s per cento toglie più di tutto", "a discount of %s per cent takes off more than all", d.Value), schema.T("scrivi una percentuale da 0 a 100", "write a percentage from 0 to 100"))
		}
	}
	if d.Kind == "" {
		f.lack(key+".kind", schema.T("lo sconto non dice se è una percentuale o un importo", "the discount does not say whether it is a percentage or an amount"), schema.T("scrivi kind: percent oppure kind: amount", "write kind: percent or kind: amount"))
	}
}

// needs wants a number that is not negative.
func (f *faultList) needs(key string, d Decimal, what, how schema.Text) {
	if d == "" {
		f.lack(key, what, how)
		return
	}
	f.notNegative(key, d)
}

func (f *faultList) notNegative(key string, d Decimal) {
	if r := ratOf(d); r != nil && r.Sign() < 0 {
		f.add(key, schema.Tf("il numero %s è negativo: un importo va da zero in su", "the number %s is negative: an amount is zero or more", d),
			schema.T("togli il segno meno; quello che si toglie va tra gli sconti (discounts)", "remove the minus sign; what is taken off goes among the discounts"))
	}
}

func (f *faultList) ordered(key string, lo, hi Decimal, low, high string) {
	a, b := ratOf(lo), ratOf(hi)
	if a != nil && b != nil && a.Cmp(b) > 0 {
		f.add(key, schema.Tf("%[1]s (%[3]s) è più alto di %[2]s (%[4]s)", "%[1]s (%[3]s) is above %[2]s (%[4]s)", low, high, lo, hi),
			schema.Tf("scambiali, o correggi quello sbagliato: %s è il meno, %s è il più", "swap them, or mend the wrong one: %s is the least, %s the most", low, high))
	}
}
