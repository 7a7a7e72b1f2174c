// Package legacy understands a kit that was never written as one: folders of PDFs with a phase in their names, as the
// founding programme left them (kit format, Part II). It recognises such a repository, arranges its files, reads what
// their texts tell, and proposes a kit that its owner reviews: files that point at untouched originals.
//
// Everything is pure: the same files, texts and bodies give the same bytes. Each decision carries its reason, in words for
// the report and the pages. The rules are data (see rules.go) and have a version, [RulesVersion].
package legacy

// RulesVersion names the rules. Change it with them: what was imported by other rules is then understood again.
const RulesVersion = "1"
