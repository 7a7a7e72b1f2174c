package api

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/open-community-pa/riuso/catalog"
)

// stateAge is how old the figures of the catalogue in /metrics may be: reading all sources is not for every scrape.
const stateAge = 30 * time.Second

// metrics are the figures for whoever operates the program, in a registry of their own.
type metrics struct {
	now      func() time.Time
	reader   Reader
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	searches *prometheus.HistogramVec
	kits     *prometheus.GaugeVec
	visits   *visitFigures
	things   *prometheus.GaugeVec
	up       prometheus.Gauge

	mu   sync.Mutex
	read time.Time // when the figures of the catalogue were last read
}

func newMetrics(cfg Config) *metrics {
	m := &metrics{now: cfg.Now, reader: cfg.Reader, registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "riuso_http_request_duration_seconds",
			Help: "Duration of requests by route, method and status.", Buckets: []float64{.001, .005, .01, .05, .1, .5, 1, 5, 10}}, []string{"route", "method", "status"}),
		searches: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "riuso_search_duration_seconds",
			Help: "Duration of searches of the API by outcome.", Buckets: []float64{.0005, .001, .005, .01, .05, .1, .5, 1, 5}}, []string{"outcome"}),
		kits:   prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "riuso_kits", Help: "Published entries by form."}, []string{"form"}),
		visits: newVisitFigures(),
		things: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "riuso_things", Help: "Published things by kind."}, []string{"kind"}),
		up:     prometheus.NewGauge(prometheus.GaugeOpts{Name: "riuso_catalogue_up", Help: "1 when the catalogue could be read."}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "riuso_build_info", Help: "Always 1; the version is a label."}, []string{"version"})
	build.WithLabelValues(cfg.Version).Set(1)
	m.registry.MustRegister(m.requests, m.searches, m.kits, m.things, m.up, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.registry.MustRegister(m.visits.all()...)
	return m
}

// routeKey is where a request carries the name of its route, from the API's engine out to the site's.
type routeKey struct{}

type routeName struct{ name string }

// count measures every request of the engine on which the API is mounted.
func (m *metrics) count(c *gin.Context) {
	start, name := m.now(), &routeName{}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), routeKey{}, name))
	c.Next()
	route := name.name
	if route == "" {
		route = c.FullPath()
	}
	if route == "" {
		route = "none" // never the path itself: strangers choose it
	}
	m.requests.WithLabelValues(route, method(c.Request.Method), strconv.Itoa(c.Writer.Status())).Observe(m.now().Sub(start).Seconds())
}

// method keeps strangers from making labels.
func method(s string) string {
	switch s {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
		return s
	}
	return "other"
}

// noteRoute tells count which route of the API answers.
func noteRoute(c *gin.Context) {
	if n, ok := c.Request.Context().Value(routeKey{}).(*routeName); ok && c.FullPath() != "" {
		n.name = c.FullPath()
	}
}

func (m *metrics) searched(took time.Duration, err error) {
	outcome := "ok"
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		outcome = "too-slow"
	case err != nil:
		outcome = "failed"
	}
	m.searches.WithLabelValues(outcome).Observe(took.Seconds())
}

// refresh reads the figures of the catalogue, at most every stateAge.
func (m *metrics) refresh(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := m.now(); !m.read.IsZero() && now.Sub(m.read) < stateAge {
		return nil
	}
	stats, err := m.reader.Stats(ctx)
	if err != nil {
		return err
	}
	all, err := m.reader.FindSources(ctx, catalog.SourceQuery{Own: true, Size: 1})
	if err != nil {
		return err
	}
	m.kits.WithLabelValues(string(catalog.FormKit)).Set(float64(stats.Kits))
	m.kits.WithLabelValues(string(catalog.FormSoftware)).Set(float64(stats.Software))
	m.kits.WithLabelValues(string(catalog.FormLegacy)).Set(float64(stats.Legacy))
	m.things.WithLabelValues("document").Set(float64(stats.Documents))
	m.things.WithLabelValues("adoption").Set(float64(stats.Adoptions))
	m.things.WithLabelValues("entity").Set(float64(stats.Entities))
	m.things.WithLabelValues("community").Set(float64(stats.Communities))
	m.visits.set(all, m.now())
	m.read = m.now()
	return nil
}

// proxyHeaders are what a proxy adds: behind one on this machine every request seems to come from here.
var proxyHeaders = [...]string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"}

// fromHere says whether a request comes from this very machine, and not through a proxy that says so.
func fromHere(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	for _, h := range proxyHeaders {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// showMetrics answers a scrape from this machine; to others there is nothing here. Figures of the catalogue that could not be read are the old ones, with up at 0.
func (a *API) showMetrics(c *gin.Context) {
	noteRoute(c)
	if !fromHere(c.Request) {
		a.fail(c, catalog.ErrNotFound)
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), a.cfg.Timeout)
	defer cancel()
	if err := a.metrics.refresh(ctx); err != nil {
		a.metrics.up.Set(0)
		a.cfg.Logger.ErrorContext(ctx, "catalogue not read for metrics", "err", err)
	} else {
		a.metrics.up.Set(1)
	}
	c.Header("Cache-Control", "no-store")
	promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{}).ServeHTTP(c.Writer, c.Request)
}
