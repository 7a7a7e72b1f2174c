package peer

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/open-community-pa/riuso/schema"
)

// page is one page of any list of the API.
type page struct {
	Data  json.RawMessage `json:"data"`
	Links struct {
		Next *string `json:"next"`
	} `json:"links"`
}

// list walks over the pages of a list and hands out its items. take says whether an item was new, and an error when no
// more can be taken. first stays true until one page has been read.
func (s *listing) list(ctx context.Context, path string, all bool, take func(json.RawMessage) (fresh bool, err error)) error {
	s.first = true
	query := "?page%5Bsize%5D=" + strconv.Itoa(pageSize)
	if all {
		query += "&all=true"
	}
	after, stale := "", 0
	cursors := map[string]bool{}
	for {
		at := path + query
		if after != "" {
			at += "&page%5Bafter%5D=" + url.QueryEscape(after)
		}
		a, err := s.get(ctx, s.base+at, accept, stamp{}, s.r.cfg.AnswerBytes)
		if err != nil {
			return err
		}
		var p page
		if err := s.decode(a.body, &p); err != nil {
			return err
		}
		items, err := itemsOf(p.Data)
		if err != nil {
			return err
		}
		s.first = false
		if len(s.marks) <= MaxMarkedPages {
			s.marks = append(s.marks, markedPage{at, a.stamp})
		}
		fresh := false
		for _, item := range items {
			isNew, err := take(item)
			if err != nil {
				return err
			}
			fresh = fresh || isNew
		}
		if p.Links.Next == nil || *p.Links.Next == "" {
			return nil
		}
		if stale++; fresh {
			stale = 0
		}
		if stale > emptyPages {
			return endless(schema.T("l'elenco continua senza dare nulla di nuovo", "the list goes on without giving anything new"))
		}
		if after, err = s.cursor(*p.Links.Next); err != nil {
			return err
		}
		if cursors[after] {
			return endless(schema.T("l'elenco torna su una pagina già data", "the list comes back to a page that was given already"))
		}
		cursors[after] = true
	}
}

func endless(text schema.Text) error { return &fault{kind: ErrBadAnswer, text: text} }

// itemsOf cuts the data of a page into its items; null is the empty list.
func itemsOf(data json.RawMessage) ([]json.RawMessage, error) {
	if data == nil {
		return nil, &fault{kind: ErrNotThis, text: schema.T("l'indirizzo risponde in JSON ma non come un catalogo di Developers Italia: manca «data»; controlla url: nella fonte",
			"the address answers in JSON but not as a catalogue of Developers Italia: “data” is missing; check url: in the source")}
	}
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		return nil, &fault{kind: ErrNotThis, cause: err, text: schema.T("l'indirizzo risponde in JSON ma non come un catalogo di Developers Italia: «data» non è un elenco; controlla url: nella fonte",
			"the address answers in JSON but not as a catalogue of Developers Italia: “data” is no list; check url: in the source")}
	}
	return items, nil
}

// cursor takes where to go on out of a "next". Only that is taken: the address stays ours, and a "next" on another host
// is refused. The servers do not escape the cursor, so a plus in it is a plus.
func (s *listing) cursor(next string) (string, error) {
	bad := func() (string, error) {
		return "", endless(schema.T("non si capisce dove continua l'elenco (links.next)", "where the list goes on cannot be understood (links.next)"))
	}
	if len(next) > maxAddress {
		return bad()
	}
	u, err := url.Parse(next)
	if err != nil {
		return bad()
	}
	if own, err := url.Parse(s.base); err != nil || u.Host != "" && !strings.EqualFold(u.Host, own.Host) {
		return "", endless(schema.Tf("l'elenco continuerebbe su un altro server (%s): non lo seguiamo", "the list would go on at another server (%s): we do not follow it", line(u.Host, 80)))
	}
	q, err := url.ParseQuery(strings.ReplaceAll(u.RawQuery, "+", "%2B"))
	if err != nil || q.Get("page[after]") == "" {
		return bad()
	}
	return q.Get("page[after]"), nil
}
