package api

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/open-community-pa/riuso/catalog"
	"github.com/open-community-pa/riuso/schema"
)

// visitFigures are the figures of /metrics about sources and their visits: the present state of all of them, as gauges.
// Labels are words of ours, never a name of a source: a catalogue may lead to 20,000, and strangers choose them.
type visitFigures struct {
	outcomes, kinds, states, findings     *prometheus.GaugeVec
	newest, oldest                        prometheus.Gauge
	bytes, requests, records, heldEntries prometheus.Gauge
}

func newVisitFigures() *visitFigures {
	vec := func(name, help, label string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{label})
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	return &visitFigures{
		outcomes:    vec("riuso_sources", "Sources by the outcome of their last visit; never is for those that were not visited, off for those that are not to be.", "outcome"),
		kinds:       vec("riuso_sources_by_kind", "Sources by kind.", "kind"),
		states:      vec("riuso_sources_by_state", "Sources that wait to be confirmed (held), give entries or places (giving), or give nothing (empty).", "state"),
		findings:    vec("riuso_source_findings", "Findings of all sources by severity, without those that are ignored with a reason.", "severity"),
		newest:      gauge("riuso_last_visit_age_seconds", "Time since the newest visit of any source; -1 when there was none."),
		oldest:      gauge("riuso_oldest_good_visit_age_seconds", "Time since the last good visit of the source that has waited longest for one; -1 when there was none."),
		bytes:       gauge("riuso_last_visits_received_bytes", "Bytes received in the last visit of each source, together."),
		requests:    gauge("riuso_last_visits_requests", "Requests made in the last visit of each source, together."),
		records:     gauge("riuso_source_records", "Records that sources have given and that are not gone."),
		heldEntries: gauge("riuso_held_entries", "Entries that visits would take away and that wait to be confirmed."),
	}
}

func (f *visitFigures) all() []prometheus.Collector {
	return []prometheus.Collector{f.outcomes, f.kinds, f.states, f.findings, f.newest, f.oldest, f.bytes, f.requests, f.records, f.heldEntries}
}

// set takes over what a query about all sources says. Every label is always there, with 0 for none.
func (f *visitFigures) set(all catalog.SourceResult, now time.Time) {
	for _, g := range catalog.SourceGroups() {
		switch g {
		case catalog.SourceHeld, catalog.SourceGiving, catalog.SourceEmpty:
			f.states.WithLabelValues(string(g)).Set(float64(all.Groups[g]))
		case catalog.SourceFailing: // the sum of two outcomes
		default:
			f.outcomes.WithLabelValues(string(g)).Set(float64(all.Groups[g]))
		}
	}
	other := 0
	for kind, n := range all.Kinds {
		if !schema.SourceKinds.Has(kind) {
			other += n
		}
	}
	for _, k := range schema.SourceKinds.Values {
		f.kinds.WithLabelValues(k.Value).Set(float64(all.Kinds[k.Value]))
	}
	f.kinds.WithLabelValues("other").Set(float64(other))
	f.findings.WithLabelValues(string(schema.Error)).Set(float64(all.All.Errors))
	f.findings.WithLabelValues(string(schema.Warning)).Set(float64(all.All.Warnings))
	f.newest.Set(age(all.All.Newest, now))
	f.oldest.Set(age(all.All.Oldest, now))
	f.bytes.Set(float64(all.All.Bytes))
	f.requests.Set(float64(all.All.Requests))
	f.records.Set(float64(all.All.Records))
	f.heldEntries.Set(float64(all.All.Held))
}

// age is the time since then in seconds, -1 when there was no then.
func age(then, now time.Time) float64 {
	if then.IsZero() {
		return -1
	}
	return now.Sub(then).Seconds()
}
