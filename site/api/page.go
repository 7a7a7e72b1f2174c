package api

import (
	"net/url"
	"strconv"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// maxAfter is the longest cursor, in bytes: longer than any id.
const maxAfter = 200

// number reads a parameter that must lie between 1 and most; def stands for none.
func (rq *request) number(name string, def, most int) (int, error) {
	s := rq.values.Get(name)
	if s == "" {
		return def, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > most {
		return 0, invalid(schema.Tf("Il parametro %s deve essere un numero tra 1 e %d.", "The parameter %s must be a number between 1 and %d.", name, most), name)
	}
	return n, nil
}

// cursor reads where a list is to go on, and how much of it is wanted.
func (rq *request) cursor() (after string, size int, err error) {
	if after = rq.values.Get("after"); len(after) > maxAfter {
		return "", 0, invalid(schema.T("Il parametro after non è l'id di una voce.", "The parameter after is not the id of an entry."), "after")
	}
	size, err = rq.number("size", defaultPageSize, catalog.MaxSize)
	return after, size, err
}

// nextPage is the address that goes on after the given id, with the same filters; a page that is not full is the last one.
func (rq *request) nextPage(got, size int, last string, filters ...string) string {
	if got < size {
		return ""
	}
	v := url.Values{"after": {last}, "size": {strconv.Itoa(size)}}
	for _, name := range append(filters, "lang") {
		if x := rq.values.Get(name); x != "" {
			v.Set(name, x)
		}
	}
	return rq.base + rq.path + "?" + v.Encode()
}
