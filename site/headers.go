package site

import (
	"strings"

	"github.com/gin-gonic/gin"
)

// policy is the content security policy of a page; hosts are those from which its images may come, beside our own.
// There is no inline script or style anywhere, so nothing "unsafe" is needed.
func policy(hosts []string) string {
	img := "img-src 'self'"
	for _, h := range hosts {
		img += " " + h
	}
	return strings.Join([]string{
		"default-src 'none'", "style-src 'self'", "script-src 'self'", "font-src 'self'", img,
		"form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
}

// headers sets what every answer carries, pages or not. A page that shows images of a kit widens img-src for itself.
func (s *Site) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy(nil))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Next()
}
