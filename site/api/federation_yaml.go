package api

import (
	"encoding/json"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema/publiccode"
)

// publicCodeYAML writes a publiccode.yml again from what was read of it, in the keys of the standard. Persons are not in
// it: they stay in the repository. The JSON form of the record has the keys of the standard but for three parts, which
// are put into their form here: what is supported, the Italian section, and how many contacts there were. "" when there
// is nothing to write.
func publicCodeYAML(p *publiccode.PublicCode) string {
	if p == nil {
		return ""
	}
	raw, err := json.Marshal(p)
	if err != nil { // texts and numbers always have a JSON form
		return ""
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		return ""
	}
	if main, ok := m["maintenance"].(map[string]any); ok {
		delete(main, "contactCount")
	}
	if len(p.Supports) > 0 {
		var ids []any
		for _, id := range p.Supports {
			ids = append(ids, map[string]any{"id": id})
		}
		m["supports"] = ids
	}
	if loc, ok := m["localisation"].(map[string]any); ok {
		loc["localisationReady"] = p.Localisation.Ready
	}
	if p.IT != nil {
		m["IT"] = italian(p.IT)
	}
	out, err := yaml.Marshal(m)
	if err != nil {
		return ""
	}
	return string(out)
}

func italian(it *publiccode.Italy) map[string]any {
	out := map[string]any{}
	if it.CountryExtensionVersion != "" {
		out["countryExtensionVersion"] = it.CountryExtensionVersion
	}
	if it.CodiceIPA != "" {
		out["riuso"] = map[string]any{"codiceIPA": it.CodiceIPA}
	}
	for name, keys := range map[string][]string{"conforme": it.Conforme, "piattaforme": it.Piattaforme} {
		on := map[string]any{}
		for _, k := range keys {
			on[k] = true
		}
		if len(on) > 0 {
			out[name] = on
		}
	}
	return out
}
