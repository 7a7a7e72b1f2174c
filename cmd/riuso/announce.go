package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/url"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/catalog/notice"
	"github.com/open-community-pa/riuso/indexer/announce"
	"github.com/open-community-pa/riuso/indexer/outbound"
	"github.com/open-community-pa/riuso/schema"
)

// problems names what is wrong with a source: equal names, equal problems, whenever and however often they are met.
func problems(st *catalog.SourceState) string {
	if !notice.Needed(st) {
		return ""
	}
	last := st.Last()
	trouble := ""
	if last.Outcome == catalog.Failed || last.Outcome == catalog.Absent {
		trouble = string(last.Outcome)
	}
	if st.Held != nil {
		trouble += "held"
	}
	return trouble + "|" + notice.Fingerprint(st.Findings)
}

// announcing tells the operator, in the log and where the operator wants, when what is wrong with a source is something
// else than before; send may be nil.
func announcing(logger *slog.Logger, base string, send func(announce.Notice) error) func(before, after catalog.SourceState) {
	return func(before, after catalog.SourceState) {
		now := problems(&after)
		if now == problems(&before) {
			return
		}
		last := after.Last()
		errs, warnings, _ := schema.Weigh(after.Findings)
		if now == "" {
			logger.Info("problems solved", "source", after.Source.ID, "outcome", last.Outcome)
		} else {
			logger.Warn("problems changed", append([]any{"source", after.Source.ID, "outcome", last.Outcome, "errors", errs, "warnings", warnings}, reasonOf(&last)...)...)
		}
		if send == nil {
			return
		}
		n := announce.Notice{Event: announce.Problems, Source: after.Source.ID, Title: cmp.Or(after.Source.Title, string(after.Source.ID)), URL: cmp.Or(after.URL, after.Source.URL), Outcome: last.Outcome,
			Reason: last.Reason, Since: last.At, Findings: after.Findings, Text: schema.Text{It: notice.Text(after, base, schema.It), En: notice.Text(after, base, schema.En)}}
		if base != "" {
			n.Page = base + "/fonti/" + string(after.Source.ID)
		}
		if now == "" {
			n.Event, n.Text = announce.Solved, schema.Text{}
		}
		if err := send(n); err != nil && !errors.Is(err, catalog.ErrBusy) { // a full queue is told where it is
			logger.Error("announcement", "source", after.Source.ID, "err", err)
		}
	}
}

// reasonOf is the reason of a visit for a line of the log, where it has one.
func reasonOf(v *catalog.VisitSummary) []any {
	if v.Reason.En == "" {
		return nil
	}
	return []any{"reason", v.Reason.En}
}

// announcer makes what sends announcements, nil without an address.
func (p *program) announcer(k *keeping, n *network) (*announce.Announcer, error) {
	if k.announce == "" {
		return nil, nil
	}
	// Where the operator says is where announcements go, on a network of the operator's own, too, and nowhere else.
	u, err := url.Parse(k.announce)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return nil, usageError{p.said(catalog.ErrInvalid, "--announce: %s non è un indirizzo http o https senza utente: scrivi per esempio --announce https://avvisi.example.it/riuso",
			"--announce: %s is no http or https address without a user: write, say, --announce https://notices.example.it/riuso", shownAddress(k.announce, p.lang))}
	}
	to := outbound.HostPort(u)
	client, err := n.client(outbound.Config{AllowHosts: []string{to}}, false)
	if err != nil {
		return nil, err
	}
	a, err := announce.New(announce.Config{URL: k.announce, Secret: k.announceSecret, Client: client, Logger: k.crawling.logger})
	if errors.Is(err, catalog.ErrInvalid) { // the address was judged above
		return nil, usageError{p.said(err, "--announce-secret-file: ciò che segue «whsec_» non è base64: per un segreto di altra forma togli «whsec_»",
			"--announce-secret-file: what follows \"whsec_\" is not base64: take \"whsec_\" away from a secret of another form")}
	}
	return a, err
}

// sending gives what puts a notice into the queue of an announcer, nil without one.
func sending(ctx context.Context, a *announce.Announcer) func(announce.Notice) error {
	if a == nil {
		return nil
	}
	return func(n announce.Notice) error { return a.Send(ctx, n) }
}
