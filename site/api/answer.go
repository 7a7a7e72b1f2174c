package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/open-community-pa/riuso/catalog"
)

//go:embed openapi.json
var description []byte

// linked is an answer that continues at another address.
type linked interface{ next() string }

// shrinkable is an answer that can be given with less in it when it is too big.
type shrinkable interface{ shrink() any }

// answer writes v as JSON with a strong ETag, so that a client that asks again gets 304. Whatever v holds goes through
// [catalog.Masked]: no answer can forget a field.
func (a *API) answer(c *gin.Context, v any) {
	body, err := encode(v)
	if err == nil && len(body) > MaxAnswer {
		if s, ok := v.(shrinkable); ok {
			body, err = encode(s.shrink())
		}
		if err == nil && len(body) > MaxAnswer {
			err = fmt.Errorf("%d bytes: %w", len(body), errTooBig)
		}
	}
	if err != nil {
		a.fail(c, fmt.Errorf("api: %w", err))
		return
	}
	if l, ok := v.(linked); ok && l.next() != "" {
		c.Header("Link", "<"+l.next()+`>; rel="next"`)
	}
	a.send(c, "application/json; charset=utf-8", body)
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // nosniff and the content type say that it is no page
	if err := e.Encode(catalog.Masked(v)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (a *API) send(c *gin.Context, contentType string, body []byte) {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	c.Header("ETag", tag)
	c.Header("Cache-Control", fmt.Sprintf("public, max-age=%d", int(maxAge.Seconds())))
	if matches(c.GetHeader("If-None-Match"), tag) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	if c.Request.Method == http.MethodHead {
		c.Header("Content-Type", contentType)
		c.Header("Content-Length", fmt.Sprint(len(body)))
		c.Status(http.StatusOK)
		c.Writer.WriteHeaderNow()
		return
	}
	c.Data(http.StatusOK, contentType, body)
}

// matches says whether one of the tags of If-None-Match is tag; weak ones count (RFC 9110, 13.1.2).
func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == tag {
			return true
		}
	}
	return false
}

// describe gives the description of the API.
func (a *API) describe(c *gin.Context) {
	noteRoute(c)
	a.send(c, "application/json; charset=utf-8", description)
}
