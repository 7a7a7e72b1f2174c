package catalog

import (
	"slices"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// Bounds on what ties kits to each other: addresses that one names as its origin, and variants that are listed of one.
const (
	MaxBasedOn  = 50
	MaxVariants = 50
)

// Around is what a store knows of a kit beside the records of its own key.
type Around struct {
	Adoptions   []Record // of kind [KindAdoption], under any key of the kit
	Evaluations []Record // of kind [KindEvaluation], idem
	Followers   []Via    // see [Followers]: the ways that still have it under an earlier key
	Variants    []Key    // of the kits whose [BasedOn] leads here
}

// Complete puts into the entry of a kit what is told around it. The order of what a holds does not matter.
func (e *Entry) Complete(a Around) {
	for _, w := range a.Followers {
		if !slices.ContainsFunc(e.Ways, func(o Via) bool { return o.Source == w.Source && o.State != Gone }) {
			e.Ways = append(e.Ways, w)
		}
	}
	e.Adoptions = MergeAdoptions(&e.Record, a.Adoptions)
	e.Evaluations = MergeEvaluations(&e.Record, a.Evaluations)
	slices.Sort(a.Variants)
	e.Variants = slices.Compact(a.Variants)
	e.Variants = e.Variants[:min(len(e.Variants), MaxVariants)]
	if e.Kit != nil && e.Kit.PublicCode != nil {
		e.DeclaredUsers = e.Kit.PublicCode.UsedBy
	}
}

// BasedOn gives the addresses that a kit names as its origins (isBasedOn of publiccode.yml), as keys; what leads to the kit
// itself is for who resolves them to leave out. At most [MaxBasedOn].
func BasedOn(k *Kit) []Key {
	if k == nil || k.PublicCode == nil {
		return nil
	}
	var out []Key
	for _, raw := range k.PublicCode.IsBasedOn {
		key := Key(publiccode.NormalizeURL(raw))
		if len(out) < MaxBasedOn && repositoryOf(key) != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}
