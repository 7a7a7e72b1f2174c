package attach

import (
	"bytes"
	"context"
	"io"
	"strings"
)

// readBPMN reads a diagram of a process: the names of pools, lanes, tasks, events, gateways and flows, and what documents
// them, each once, in the order of the file (BPMN 2.0, ISO/IEC 19510).
func readBPMN(ctx context.Context, data []byte, l *lines) error {
	var in io.Reader = bytes.NewReader(data)
	if s, ok := utf16Text(data); ok {
		in = strings.NewReader(strings.TrimPrefix(s, "\ufeff"))
	}
	seen := map[string]bool{}
	say := func(s string) error {
		s = oneLine(s)
		if s == "" || seen[s] {
			return nil
		}
		seen[s] = true
		err := l.words(s)
		l.line()
		return err
	}
	var told strings.Builder
	texts := 0
	return walkXML(ctx, l, in, handler{
		start: func(name string, at attrs) error {
			switch name {
			case "extensionElements", "BPMNDiagram", "import", "conditionExpression", "script", "interface", "ioSpecification", "dataInputAssociation", "dataOutputAssociation":
				return errSkip
			case "documentation", "text":
				texts++
				told.Reset()
			case "definitions", "message", "error", "signal", "escalation", "dataState", "property", "itemDefinition", "resource":
				return nil // names for machines
			}
			return say(at.get("name"))
		},
		end: func(name string) error {
			if name != "documentation" && name != "text" {
				return nil
			}
			texts = max(0, texts-1)
			err := say(told.String())
			told.Reset()
			return err
		},
		text: func(s string) error {
			if texts > 0 && told.Len() < maxToken {
				told.WriteString(s)
			}
			return nil
		},
	})
}
