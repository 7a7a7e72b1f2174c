package fix

import (
	"bytes"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/open-community-pa/riuso/schema"
)

// moved applies the edits of one move and gives the result when it says what was there but for the move: expect does to
// the values before and after what makes them equal.
func (d *document) moved(edits []Edit, expect func(before, after map[string]any)) ([]byte, []Edit) {
	if len(edits) == 0 {
		return d.data, nil
	}
	out := d.apply(edits)
	before, ok1 := values(d.text)
	after, ok2 := values(out[d.begin : d.begin+len(d.text)+len(out)-len(d.data)])
	if !ok1 || !ok2 {
		return d.data, nil
	}
	expect(before, after)
	if !reflect.DeepEqual(before, after) {
		return d.data, nil
	}
	return out, edits
}

func values(text []byte) (out map[string]any, ok bool) {
	defer func() {
		if recover() != nil {
			out, ok = nil, false
		}
	}()
	if _, ok := read(text); !ok {
		return nil, false
	}
	return out, yaml.Unmarshal(text, &out) == nil
}

const urnOfPA = "urn:x-italian-pa:"

// ipaCode brings IT.riuso.codiceIPA to organisation.uri, as readers of the standard do by themselves, or takes it away when
// it is there already.
func (d *document) ipaCode() (edits []Edit, expect func(before, after map[string]any)) {
	itKey, it := entry(d.root, "IT")
	riusoKey, riuso := entry(it, "riuso")
	key, code := entry(riuso, "codiceIPA")
	if key == nil || !d.foundAt("P43", key) || len(riuso.Content) != 2 || it.Style&yaml.FlowStyle != 0 || strings.ContainsAny(code.Value, " :#") {
		return nil, nil
	}
	first, whole := riusoKey, len(it.Content) == 2
	if whole {
		first = itKey
	}
	gone, ok := d.removal(first, code)
	if !ok {
		return nil, nil
	}
	gone.Key = "IT.riuso.codiceIPA"
	uri := urnOfPA + code.Value
	_, organisation := entry(d.root, "organisation")
	switch {
	case organisation != nil:
		if _, there := entry(organisation, "uri"); there == nil || !strings.EqualFold(there.Value, uri) {
			return nil, nil
		}
		gone.What = schema.T("codice IPA tolto dalla sezione superata: è già in organisation.uri", "IPA code removed from the deprecated section: organisation.uri has it")
		edits = []Edit{gone}
	case d.hasKey("organisation"):
		return nil, nil
	default:
		urlKey, url := entry(d.root, "url")
		come, ok := d.insertion(urlKey, url, "organisation:", "  uri: "+uri)
		if !ok {
			return nil, nil
		}
		gone.What = schema.T("codice IPA portato in organisation.uri", "IPA code brought to organisation.uri")
		come.Key, come.What = "organisation.uri", schema.Tf("aggiunto «%s»", "added %q", uri)
		edits = []Edit{gone, come}
	}
	return edits, func(before, after map[string]any) {
		if whole {
			delete(before, "IT")
		} else if section, ok := before["IT"].(map[string]any); ok {
			delete(section, "riuso")
		}
		if organisation == nil {
			before["organisation"] = map[string]any{"uri": uri}
		}
	}
}

// owner brings legal.repoOwner to organisation.name, or takes it away when it is there already.
func (d *document) owner() (edits []Edit, expect func(before, after map[string]any)) {
	_, legal := entry(d.root, "legal")
	key, name := entry(legal, "repoOwner")
	_, organisation := entry(d.root, "organisation")
	if key == nil || !d.foundAt("P41", key) || legal.Style&yaml.FlowStyle != 0 || len(legal.Content) == 2 || organisation == nil {
		return nil, nil
	}
	gone, ok := d.removal(key, name)
	if !ok {
		return nil, nil
	}
	gone.Key = "legal.repoOwner"
	_, there := entry(organisation, "name")
	switch {
	case there != nil && there.Value == name.Value:
		gone.What = schema.T("«legal.repoOwner» tolto: è già in organisation.name", "legal.repoOwner removed: organisation.name has it")
		edits = []Edit{gone}
	case there != nil || organisation.Style&yaml.FlowStyle != 0:
		return nil, nil
	default:
		at, length, _ := d.raw(name)
		uriKey, uri := entry(organisation, "uri")
		if uriKey == nil {
			return nil, nil
		}
		come, ok := d.insertion(uriKey, uri, strings.Repeat(" ", uriKey.Column-1)+"name: "+string(d.data[at:at+length]))
		if !ok {
			return nil, nil
		}
		gone.What = schema.T("«legal.repoOwner» portato in organisation.name", "legal.repoOwner brought to organisation.name")
		come.Key, come.What = "organisation.name", schema.Tf("aggiunto «%s»", "added %q", name.Value)
		edits = []Edit{gone, come}
	}
	return edits, func(before, after map[string]any) {
		if section, ok := before["legal"].(map[string]any); ok {
			delete(section, "repoOwner")
		}
		if section, ok := before["organisation"].(map[string]any); ok {
			section["name"] = name.Value
		}
	}
}

func (d *document) hasKey(name string) bool {
	for i := 0; i < len(d.root.Content); i += 2 {
		if d.root.Content[i].Value == name {
			return true
		}
	}
	return false
}

// removal is the edit that takes away the whole lines from a key to a value: nothing else may stand on them, nor a comment.
func (d *document) removal(key, value *yaml.Node) (e Edit, ok bool) {
	_, _, plain := d.raw(value)
	if !plain || key.Line > value.Line || value.Line > len(d.starts) {
		return e, false
	}
	from, to := d.starts[key.Line-1], len(d.text)
	if value.Line < len(d.starts) {
		to = d.starts[value.Line]
	}
	lines := d.text[from:to]
	indent := len(lines) - len(bytes.TrimLeft(lines, " "))
	if bytes.ContainsAny(lines, "#\t") || indent != key.Column-1 {
		return e, false
	}
	return Edit{Line: key.Line, Column: key.Column, offset: d.begin + from, length: len(lines)}, true
}

// insertion is the edit that adds lines behind the line of an entry that stands on one line.
func (d *document) insertion(key, value *yaml.Node, lines ...string) (e Edit, ok bool) {
	if key == nil || key.Line != value.Line || key.Line >= len(d.starts) {
		return e, false
	}
	if _, _, plain := d.raw(value); !plain {
		return e, false
	}
	start := d.starts[key.Line]
	end := "\n"
	if bytes.HasSuffix(d.text[:start], []byte("\r\n")) {
		end = "\r\n"
	} else if !bytes.HasSuffix(d.text[:start], []byte("\n")) {
		return e, false
	}
	return Edit{Line: key.Line + 1, Column: 1, offset: d.begin + start, text: strings.Join(lines, end) + end}, true
}
