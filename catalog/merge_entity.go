package catalog

import "reflect"

// mergeEntities makes one body of what several files say of it (kit format §15: entities merge on IPA). rs are in the order
// of [Merge], the winner first: what it says is shown, and what it leaves out is taken from the next that says it. The
// codes that identify a body are not for the operator's own catalogue to change: those of the others come first. The note
// stays that of the winner: a text without its author is nobody's.
func mergeEntities(rs []Record) *Entity {
	out := *rs[0].Entity
	v := reflect.ValueOf(&out).Elem()
	for i := 1; i < len(rs); i++ {
		if rs[i].Entity == nil {
			continue
		}
		o := reflect.ValueOf(rs[i].Entity).Elem()
		for j := range v.NumField() {
			if f := v.Type().Field(j); !f.Anonymous && f.Name != "Note" && v.Field(j).IsZero() {
				v.Field(j).Set(o.Field(j))
			}
		}
	}
	if !rs[0].Local {
		return &out
	}
	for _, code := range []func(*Entity) *string{
		func(e *Entity) *string { return &e.CF }, func(e *Entity) *string { return &e.PIVA },
		func(e *Entity) *string { return &e.ISTAT }, func(e *Entity) *string { return &e.Cadastral },
	} {
		for i := range rs {
			if e := rs[i].Entity; e != nil && !rs[i].Local && *code(e) != "" {
				*code(&out) = *code(e)
				break
			}
		}
	}
	return &out
}
