// Package site is how the catalogue speaks to people: the pages, rendered on the server, whole without JavaScript.
//
// It asks the catalogue through the small interfaces of this package ([Entries], [Lists], [Sources], [Searcher]) and
// never sees where the records lie. Everything it shows carries the commit that it came from.
//
// A request goes through four doors: headers (security, deadline, size), a handler that returns an error, one table that
// maps the kinds of error to statuses, and a page that is rendered to memory before a byte is written.
//
// What a person reads is in ui: layout is the frame of every page, parts are the pieces that pages share, pages/<name> is
// one page, messages holds the words of the interface in the two languages, static holds the style, the mark and, after
// "npm run build", the subset of Bootstrap Italia in static/dist. Without that build the pages use static/plain.css.
//
// Italian pages stand at the root, English ones under /en with the same paths. The contents stay in the language of
// those who wrote them.
package site
