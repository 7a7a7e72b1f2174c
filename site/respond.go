package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

const (
	contentHTML = "text/html; charset=utf-8"
	// gzipFrom is the size from which a page is sent compressed, in bytes: a smaller one fits a packet or two anyway.
	gzipFrom = 1400
)

// send renders p to memory and writes it, with a tag of its content: who has the same page gets 304 and no body.
func (s *Site) send(c *gin.Context, p *Page) error {
	if p.base == "" {
		p.base = requestBase(c.Request)
	}
	body, err := s.render(p)
	if err != nil {
		return err
	}
	if len(p.imgHosts) > 0 {
		c.Header("Content-Security-Policy", policy(p.imgHosts))
	}
	c.Header("Content-Language", string(p.Lang))
	if p.once {
		c.Header("Cache-Control", "no-store")
		c.Data(http.StatusOK, contentHTML, body) // not compressed: what was typed stands beside what others wrote
		return nil
	}
	c.Header("Cache-Control", "no-cache")
	return s.sendTagged(c, contentHTML, body)
}

// sendTagged writes body with a strong ETag, compressed for those who can read that.
func (s *Site) sendTagged(c *gin.Context, contentType string, body []byte) error {
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:12])
	zip := len(body) >= gzipFrom && acceptsGzip(c.GetHeader("Accept-Encoding"))
	if zip {
		tag += "-gz"
	}
	tag = `"` + tag + `"`
	c.Header("Vary", "Accept-Encoding")
	c.Header("ETag", tag)
	if tagMatches(c.GetHeader("If-None-Match"), tag) {
		c.Status(http.StatusNotModified)
		return nil
	}
	if zip {
		var buf bytes.Buffer
		w, ok := s.zips.Get().(*gzip.Writer)
		if !ok {
			return fmt.Errorf("site: gzip: no writer")
		}
		defer s.zips.Put(w)
		w.Reset(&buf)
		if _, err := w.Write(body); err != nil {
			return fmt.Errorf("site: gzip: %w", err)
		}
		if err := w.Close(); err != nil {
			return fmt.Errorf("site: gzip: %w", err)
		}
		c.Header("Content-Encoding", "gzip")
		body = buf.Bytes()
	}
	c.Data(http.StatusOK, contentType, body)
	return nil
}

// tagMatches says whether an If-None-Match header names the tag (RFC 9110 §13.1.2, weak comparison).
func tagMatches(header, tag string) bool {
	for _, t := range strings.Split(header, ",") {
		t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
		if t == tag || t == "*" {
			return true
		}
	}
	return false
}

// acceptsGzip reads an Accept-Encoding header; "gzip;q=0" refuses.
func acceptsGzip(header string) bool {
	for _, part := range strings.Split(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q := strings.ReplaceAll(params, " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}

// requestBase is the address at which the reader sees the site, when the operator did not say; "" when what the request
// says cannot be a host. Who asks chooses it: an operator whose pages are kept by others sets Config.BaseURL.
func requestBase(r *http.Request) string {
	if !plausibleHost(r.Host) {
		return ""
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// maxHost is the longest host of an address, in bytes (RFC 1035), with its port.
const maxHost = 253 + len(":65535")

// plausibleHost says whether host is letters, digits, dots and dashes, and perhaps a port.
func plausibleHost(host string) bool {
	name, port, hasPort := strings.Cut(host, ":")
	among := func(s, others string) bool {
		return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(others, r)
		})
	}
	if hasPort && (len(port) > 5 || strings.Trim(port, "0123456789") != "" || port == "") {
		return false
	}
	return len(host) <= maxHost && among(name, ".-") && !strings.HasPrefix(name, ".") && !strings.Contains(name, "..")
}
