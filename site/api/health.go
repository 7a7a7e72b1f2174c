package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
)

// healthAnswer says whether the catalogue can be read and searched.
type healthAnswer struct {
	Status  string    `json:"status"` // "ok", "degraded" or "failing"
	Version string    `json:"version,omitempty"`
	Store   part      `json:"store"`
	Index   part      `json:"index"`
	Visits  *part     `json:"visits,omitempty"` // not there when the site makes none
	Kits    int       `json:"kits"`             // entries of any form
	Updated time.Time `json:"updated,omitzero"` // newest visit of any source
}

// part is one of the things that must work. What is wrong is in the log, not here.
type part struct {
	OK bool `json:"ok"`
}

// health answers 200 when a read and a search work, else 503. A catalogue without any entry is healthy. A site whose visits
// are held up, by a full disk say, is degraded and answers 200: it shows what it has, and to start it again would not help.
func (a *API) health(c *gin.Context) {
	noteRoute(c)
	ctx, cancel := context.WithTimeout(c.Request.Context(), a.cfg.Timeout)
	defer cancel()
	out := healthAnswer{Status: "ok", Version: a.cfg.Version}
	stats, err := a.cfg.Reader.Stats(ctx)
	if out.Store.OK = err == nil; err != nil {
		a.cfg.Logger.ErrorContext(ctx, "store not healthy", "err", err)
	}
	out.Kits, out.Updated = stats.Kits+stats.Software+stats.Legacy, stats.Updated
	_, err = a.cfg.Searcher.Search(ctx, catalog.Query{Page: 1, Size: 1})
	if out.Index.OK = err == nil; err != nil {
		a.cfg.Logger.ErrorContext(ctx, "index not healthy", "err", err)
	}
	status := http.StatusOK
	if !out.Store.OK || !out.Index.OK {
		out.Status, status = "failing", http.StatusServiceUnavailable
	}
	if a.cfg.Visits != nil {
		out.Visits = &part{OK: a.cfg.Visits() == nil}
		if !out.Visits.OK && status == http.StatusOK {
			out.Status = "degraded"
		}
	}
	body, err := json.Marshal(out)
	if err != nil {
		a.fail(c, err)
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Data(status, "application/json; charset=utf-8", body)
}
